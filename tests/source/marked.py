"""YAML with its mistakes marked: `⟦code⟧` stands right before the place a problem must name."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.problems import Problem

_MARK = re.compile(r"⟦(\w+)⟧")
Found = tuple[int, int, str]
"""Line, column, code."""


def unmarked(text: str) -> tuple[str, list[Found]]:
    """The text without marks, and what must be found where."""
    expected: list[Found] = []
    out = ""
    at = 0
    for match in _MARK.finditer(text):
        out += text[at : match.start()]
        expected.append((out.count("\n") + 1, len(out) - (out.rfind("\n") + 1) + 1, match[1]))
        at = match.end()
    return out + text[at:], sorted(expected)


def found_in(problems: list[Problem], file: Path | None = None, severity: str = "error") -> list[Found]:
    """What was found, in the same form; with `file` only problems of that file."""
    return sorted(
        (p.place.line, p.place.column, p.code) if p.place else (0, 0, p.code)
        for p in problems
        if p.severity == severity and (file is None or (p.place is not None and p.place.file.endswith(file.name)))
    )
