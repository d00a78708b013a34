"""A table beside a YAML file: rows become mappings, `name.zh-CN` a nested key, an empty cell an absent one."""

from __future__ import annotations

import csv
import io
from typing import Any

from docgen.problems import Path, Place, Problem
from docgen.source.text_file import forbidden_characters


class Table:
    """Rows of a CSV as a list of nested mappings, with the line of each row and the column of each key.

    offset  how many items stand before the rows in the list they join
    """

    def __init__(self, shown: str, rows: list[dict[str, Any]], lines: list[int], heads: list[str]) -> None:
        self.shown = shown
        self.rows = rows
        self.problems: list[Problem] = []
        self.offset = 0
        self.is_unreadable = False
        self._lines = lines
        self._heads = heads

    def holds(self, path: Path) -> bool:
        """Whether a path into the list the rows joined is one of the rows."""
        return bool(path) and isinstance(path[0], int) and path[0] >= self.offset

    def place(self, path: Path) -> Place:
        """Line of the row; as column the number of the cell in it, counted from 1. A key nobody knows: its head."""
        row = path[0] - self.offset if path and isinstance(path[0], int) else -1
        if not 0 <= row < len(self._lines):
            return Place(self.shown)
        return Place(self.shown, self._lines[row], self._column(path))

    def head(self, path: Path) -> Place:
        return Place(self.shown, 1, self._column(path))

    def _column(self, path: Path) -> int:
        """The column of the key, or of the nearest key above it that has one."""
        keys = [str(key) for key in path[1:]]
        for length in range(len(keys), 0, -1):
            dotted = ".".join(keys[:length])
            found = (i for i, head in enumerate(self._heads, 1) if head == dotted or head.startswith(f"{dotted}."))
            if column := next(found, 0):
                return column
        return 1


def parse_csv(text: str, shown: str) -> Table:
    """Reads comma-separated UTF-8; its first row names the keys."""
    problems = forbidden_characters(text, shown)
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[dict[str, Any]] = []
    lines: list[int] = []
    heads: list[str] = []
    try:
        heads = next((found for found in ([c.strip() for c in row] for row in reader) if any(found)), [])
        problems += _bad_heads(heads, shown)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            nameless = next(
                (i for i, (h, c) in enumerate(zip(heads, cells, strict=False)) if c.strip() and not h), None
            )
            if nameless is not None and not any(p.code == "cell_without_head" for p in problems):
                problems.append(Problem("cell_without_head", place=Place(shown, line, nameless + 1)))
            if len(cells) > len(heads):
                problems.append(
                    Problem(
                        "too_many_cells",
                        params={"cells": str(len(cells)), "heads": str(len(heads))},
                        place=Place(shown, line, len(heads) + 1),
                    )
                )
                continue
            rows.append(_nested(heads, cells))
            lines.append(line)
    except csv.Error as error:
        problems.append(Problem("csv_syntax", params={"reason": str(error)}, place=Place(shown, reader.line_num)))
    table = Table(shown, rows, lines, heads)
    table.problems = problems
    table.is_unreadable = any(p.code in ("csv_not_comma", "csv_syntax", "csv_without_heads") for p in problems)
    if table.is_unreadable:
        table.rows = []
    return table


def _bad_heads(heads: list[str], shown: str) -> list[Problem]:
    if not any(heads):
        return [Problem("csv_without_heads", place=Place(shown))]
    if len(heads) == 1 and (";" in heads[0] or "\t" in heads[0]):
        return [Problem("csv_not_comma", place=Place(shown))]
    return [
        Problem("head_of_head", params={"head": head, "other": other}, place=Place(shown, 1, index + 1))
        for index, head in enumerate(heads)
        for other in heads
        if head and other.startswith(f"{head}.")
    ] + [
        Problem("duplicate_key", params={"key": head, "line": "1"}, place=Place(shown, 1, index + 1))
        for index, head in enumerate(heads)
        if head and head in heads[:index]
    ]


def _nested(heads: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for head, cell in zip(heads, cells, strict=False):
        if not head or not cell.strip():
            continue
        *outer, last = head.split(".") if head.count(".") < 5 else [head]
        target = row
        for key in outer:
            inner = target.setdefault(key, {})
            target = inner if isinstance(inner, dict) else target
        target[last] = cell.strip()
    return row
