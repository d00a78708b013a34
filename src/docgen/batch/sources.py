"""Which files below a folder are deals, and what number each has; without loading any."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.source.yaml_file import parse_yaml

RECORD, PATTERN = ".approvals.yaml", ".template.yaml"
"""Files that look like deals and are none: decisions about one, and the pattern of a `docgen batch`."""

_KEY = re.compile(r"""^(['"]?)(deal|customer)\1[ \t]*:(?:[ \t]+(.*))?$""", re.MULTILINE)
_ELSE = re.compile(r"[ \t]*($|[#>|&*!\[{]|\".*\\)")
"""A value that is read otherwise than it stands: on the next line, as a block, with a mark before it, with escapes."""
_BEFORE = re.compile(r"\A(?:[ \t]*(?:#.*)?\n|---[ \t]*\n)*")


@dataclass(frozen=True, slots=True)
class DealFile:
    """A deal as it lies on disk. `number`: what its papers are named after; "" where it cannot be told. `barred`: why
    the file, or the folder in which deals may be, could not be looked into."""

    path: Path
    number: str
    content: bytes
    barred: str = ""


def find_deals(start: Path, out: Path) -> list[DealFile]:
    """Every deal below a folder, by path; or the one file that is named. Hidden folders and `out` are passed over; what
    could not be looked into is among them, since a deal may be there."""
    if not start.is_dir():
        return [deal_file(start) or DealFile(start, "", b"")]
    barred: list[DealFile] = []
    found = [deal_file(path) for path in _yaml_files(start, os.path.realpath(out), barred)]
    return [each for each in found if each is not None] + barred


def deal_file(path: Path) -> DealFile | None:
    """The deal a file holds: a mapping with the keys `deal` and `customer`. None for anything else."""
    try:
        content = _content(path)
    except OSError as error:
        return _barred(path, error)
    keys = _keys(_text(content)) if b"d\0e" in content or b"deal" in content else {}
    return DealFile(path, keys["deal"], content) if {"deal", "customer"} <= set(keys) else None


def _yaml_files(start: Path, out: str, barred: list[DealFile]) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        barred.append(_barred(Path(error.filename), error))

    for folder, inner, names in os.walk(start, onerror=tell):
        here = Path(folder)
        inner[:] = sorted(each for each in inner if not each.startswith(".") and os.path.realpath(here / each) != out)
        for name in sorted(names):
            if name.endswith(".yaml") and not name.endswith((RECORD, PATTERN)) and not name.startswith("."):
                yield here / name


def _barred(path: Path, error: OSError) -> DealFile:
    return DealFile(path, "", b"", error.strerror or type(error).__name__)


def _content(path: Path) -> bytes:
    """Nothing of what is no file. A link that leads nowhere is an error: somebody meant a file."""
    return path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else b""


def _text(content: bytes) -> str:
    """A deal in another encoding, or damaged, is one too: what is wrong with it is told when it is read."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if is_wide else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _keys(text: str) -> dict[str, str]:
    """`deal` and `customer` of a text, as far as they stand there. Written as usual they are seen without reading the
    whole file; what is written otherwise is read."""
    written = {match[2]: match[3] or "" for match in _KEY.finditer(text)}
    if _BEFORE.sub("", text, count=1).startswith(("{", " ")) or _ELSE.match(written.get("deal", "x")):
        data: dict[str, Any] = parse_yaml(text, "").data
        return {key: str(data[key]) for key in ("deal", "customer") if key in data} or written
    return {key: _plain(value) for key, value in written.items()}


def _plain(value: str) -> str:
    """A scalar of one line without its quotes and comment."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0]
    return re.split(r"\s#", value, maxsplit=1)[0].strip()
