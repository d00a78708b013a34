"""The sample contracts, read once, and their papers as people get them."""

from __future__ import annotations

import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path

from docgen.facts import Facts
from docgen.pipeline import prepare, produce
from docgen.reading import Workspace
from tests.conftest import SAMPLES, TODAY

FOLDER = SAMPLES / "contracts"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/deal.yaml"))
WORKSPACE = Workspace.for_deal(FOLDER / NAMES[0] / "deal.yaml")


def deal_of(name: str) -> Path:
    """A sample by its folder: one of the contracts, else one of the other samples."""
    return (FOLDER if name in NAMES else SAMPLES) / name / "deal.yaml"


@cache
def facts_of(name: str) -> Facts:
    """A sample, drafted; it must have no errors."""
    ready = prepare(deal_of(name), WORKSPACE, TODAY)
    assert ready.facts is not None and not ready.has_errors, ready.problems
    return ready.facts


@cache
def paper(name: str, form: str, document: str = "contract") -> bytes:
    return produce(facts_of(name), document, WORKSPACE, today=TODAY, formats=[form]).files[form]


def language_of(name: str) -> str:
    return "-".join(facts_of(name).deal.language)


# ---- read back ------------------------------------------------------------------------------------------------------
def text_of_word(data: bytes, folder: Path) -> str:
    """The words of a Word file's body as they stand in its XML, without the numbers Word computes."""
    path = folder / "paper.docx"
    path.write_bytes(data)
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>", "\n", xml))


def text_of_pdf(data: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
    return done.stdout


def pressed(text: str) -> str:
    """Without spaces and line ends, which each writer sets in its own way."""
    return re.sub(r"\s+", "", text)
