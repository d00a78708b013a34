"""A letter in other formats: as text, from what Word would show; as PDF, by LibreOffice where the machine has it.

docgen's own PDF is not made of Word files, and a PDF that LibreOffice makes promises less: no PDF/A, no attached copy
of the deal, and not the same bytes on two machines.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docgen.problems import Problem
from docgen.wordfile import Table, WordFile, read_word

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 180
"""Seconds; a cold start on a busy machine takes twenty."""


def as_text(docx: bytes) -> bytes:
    """Paragraphs as lines, rows of tables as lines with tabs between cells."""
    file = read_word(docx, "letter")
    assert isinstance(file, WordFile), "docgen wrote it"
    return (re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(file))).strip() + "\n").encode()


def _lines(file: WordFile) -> Iterator[str]:
    for block in file.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells).rstrip()
            yield ""
        else:
            yield from (*block.boxed, f"{block.label} {block.text}".strip())


def as_pdf(docx: bytes, made: dt.datetime) -> bytes | Problem:
    """The PDF, or why there is none."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        return Problem("letter_no_office", origin="template")
    with tempfile.TemporaryDirectory(prefix="docgen-letter-") as folder:
        place = Path(folder)
        (place / "letter.docx").write_bytes(docx)
        try:
            done = subprocess.run(
                [program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
                 "--convert-to", "pdf", "--outdir", folder, str(place / "letter.docx")],
                capture_output=True, timeout=_PATIENCE, check=False,
                env={**os.environ, "SOURCE_DATE_EPOCH": str(int(made.timestamp())), "TZ": "UTC"},
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return _failed(str(error))
        result = place / "letter.pdf"
        return result.read_bytes() if result.is_file() else _failed(done.stderr.decode("utf-8", "replace"))


def _failed(reason: str) -> Problem:
    return Problem(
        "letter_not_converted", (), {"reason": " ".join(reason.split())[:200] or "it says nothing"}, origin="template"
    )
