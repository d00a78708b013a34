"""The marks lawyers type: `[[ref:fees]]`, `[[term:software]]`, `[[law:cc496]]`, `[[annex:annex_sla]]`, …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

MARK = re.compile(r"\[\[\s*(ref|term|law|annex|table)\s*:\s*([A-Za-z0-9_.-]+)\s*(?:\|\s*([^\]|]+?)\s*)?\]\]")
ANY_MARK = re.compile(r"\[\[[^\]]*\]\]?")
TABLE = re.compile(r"^[ \t]*\[\[\s*table\s*:\s*([A-Za-z0-9_-]+)\s*\]\][ \t]*$", re.MULTILINE)


class Mark(NamedTuple):
    """One mark of a text: what kind, of what, in which form; `line` of the text, counted from 1."""

    kind: str
    key: str
    form: str
    line: int


def marks_of(source: str) -> Iterator[Mark]:
    """Every mark of a text, in order."""
    for match in MARK.finditer(source):
        yield Mark(match[1], match[2], match[3] or "", source.count("\n", 0, match.start()) + 1)


def malformed(source: str) -> Iterator[tuple[str, int]]:
    """What looks like a mark and is none, with its line."""
    for match in ANY_MARK.finditer(source):
        if not MARK.fullmatch(match[0]):
            yield match[0], source.count("\n", 0, match.start()) + 1


def replaced(source: str, put: Callable[[Mark], str]) -> str:
    """The text with each mark replaced by what `put` says."""
    return MARK.sub(lambda m: put(Mark(m[1], m[2], m[3] or "", source.count("\n", 0, m.start()) + 1)), source)
