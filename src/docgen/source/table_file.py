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
        self._lines = lines
        self._heads = heads

    def holds(self, path: Path) -> bool:
        """Whether a path into the list the rows joined is one of the rows."""
        return bool(path) and isinstance(path[0], int) and path[0] >= self.offset

    def place(self, path: Path) -> Place:
        """Line of the row; as column the number of the cell in it, counted from 1."""
        row = path[0] - self.offset if path and isinstance(path[0], int) else -1
        if not 0 <= row < len(self._lines):
            return Place(self.shown)
        dotted = ".".join(str(key) for key in path[1:])
        column = next(
            (i for i, head in enumerate(self._heads, 1) if head == dotted or head.startswith(f"{dotted}.")), 1
        )
        return Place(self.shown, self._lines[row], column)


def parse_csv(text: str, shown: str) -> Table:
    """Reads comma-separated UTF-8; its first row names the keys."""
    problems = forbidden_characters(text, shown)
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[dict[str, Any]] = []
    lines: list[int] = []
    heads: list[str] = []
    try:
        heads = [head.strip() for head in next(reader, [])]
        problems += _bad_heads(heads, shown)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
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
    return table


def _bad_heads(heads: list[str], shown: str) -> list[Problem]:
    if len(heads) == 1 and (";" in heads[0] or "\t" in heads[0]):
        return [Problem("csv_not_comma", place=Place(shown))]
    return [
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
