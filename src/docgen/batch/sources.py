"""Which files below a folder are deals, and what number each has; without loading any."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.source.yaml_file import parse_yaml

RECORD, PATTERN = ".approvals.yaml", ".template.yaml"
"""Files that look like deals and are none: decisions about one, and the pattern of a `docgen batch`."""

_KEY = re.compile(r"""^(['"]?)(deal|customer)\1[ \t]*:(?:[ \t]+(.*))?$""", re.MULTILINE)
_BEFORE = re.compile(r"\A(?:[ \t]*(?:#.*)?\n|---[ \t]*\n)*")


@dataclass(frozen=True, slots=True)
class DealFile:
    """A deal as it lies on disk. `number`: what its papers are named after; "" where it cannot be told."""

    path: Path
    number: str
    content: bytes


def find_deals(start: Path, out: Path) -> list[DealFile]:
    """Every deal below a folder, by path; or the one file that is named. Hidden folders and `out` are passed over."""
    if not start.is_dir():
        return [deal_file(start) or DealFile(start, "", _content(start))]
    found = (deal_file(path) for path in _yaml_files(start, out.absolute()))
    return [each for each in found if each is not None]


def deal_file(path: Path) -> DealFile | None:
    """The deal a file holds: a mapping with the keys `deal` and `customer`. None for anything else."""
    content = _content(path)
    if b"deal" not in content or b"customer" not in content:
        return None
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    keys = _keys(text)
    return DealFile(path, keys["deal"], content) if {"deal", "customer"} <= set(keys) else None


def _yaml_files(start: Path, out: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(start):
        here = Path(folder)
        inner[:] = sorted(each for each in inner if not each.startswith(".") and (here / each).absolute() != out)
        for name in sorted(names):
            if name.endswith(".yaml") and not name.endswith((RECORD, PATTERN)) and not name.startswith("."):
                yield here / name


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _keys(text: str) -> dict[str, str]:
    """`deal` and `customer` of a text, as far as they stand there. Written as usual they are seen without reading the
    whole file; braces and an indented file are read."""
    if _BEFORE.sub("", text, count=1).startswith(("{", " ")):
        data: dict[str, Any] = parse_yaml(text, "").data
        return {key: str(data[key]) for key in ("deal", "customer") if key in data}
    return {match[2]: _plain(match[3] or "") for match in _KEY.finditer(text)}


def _plain(value: str) -> str:
    """A scalar of one line without its quotes and comment."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0]
    return re.split(r"\s#", value, maxsplit=1)[0].strip()
