"""A table beside a YAML file: rows become mappings, `name.zh-CN` a nested key, an empty cell an absent one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from docgen.problems import Path, Place, Problem
from docgen.source.look_alikes import may_hold
from docgen.source.text_file import forbidden_characters

_UNREADABLE = ("csv_not_comma", "csv_syntax", "csv_without_heads")
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """A text no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.

    `=1+1` becomes `'=1+1`, and `'=1+1` itself `''=1+1`, so that `without_guard` gives back every text there is.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def without_guard(cell: str) -> str:
    """A guarded text as it was; every other one as it is."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class Table:
    """Rows of a CSV or a sheet as a list of nested mappings, with the line of each row and the column of each key.

    offset  how many items stand before the rows in the list they join
    """

    def __init__(
        self, shown: str, rows: list[dict[str, Any]], lines: list[int], heads: list[str], head_line: int = 1
    ) -> None:
        self.shown = shown
        self.rows = rows
        self.problems: list[Problem] = []
        self.broken: list[Path] = []
        self.offset = 0
        self.is_unreadable = False
        self.may_mislead = False
        self._lines = lines
        self._heads = heads
        self._head_line = head_line

    def holds(self, path: Path) -> bool:
        """Whether a path into the list the rows joined is one of the rows."""
        return bool(path) and isinstance(path[0], int) and path[0] >= self.offset

    def damaged(self) -> list[Path]:
        """Paths, in the list the rows joined, of cells whose value could not be had."""
        return [(int(path[0]) + self.offset, *path[1:]) for path in self.broken]

    def place(self, path: Path) -> Place:
        """Line of the row; as column the number of the cell in it, counted from 1. A key nobody knows: its head."""
        row = path[0] - self.offset if path and isinstance(path[0], int) else -1
        if not 0 <= row < len(self._lines):
            return Place(self.shown)
        return Place(self.shown, self._lines[row], self._column(path))

    def head(self, path: Path) -> Place:
        return Place(self.shown, self._head_line, self._column(path))

    def _column(self, path: Path) -> int:
        """The column of the key, or of the nearest key above it that has one; then of the key without those above it,
        for what a grammar gathers, such as a price's own `from` under `valid`."""
        keys = [str(key) for key in path[1:]]
        above = [keys[:length] for length in range(len(keys), 0, -1)]
        for each in (*above, *(keys[start:] for start in range(1, len(keys)))):
            dotted = ".".join(each)
            found = (i for i, head in enumerate(self._heads, 1) if head == dotted or head.startswith(f"{dotted}."))
            if column := next(found, 0):
                return column
        return 1


Row = tuple[int, list[str]]
"""A row's line in the file, and its cells."""


def parse_csv(text: str, shown: str) -> Table:
    """Reads comma-separated UTF-8; its first row names the keys."""
    problems = forbidden_characters(text, shown)
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    before = 0
    try:
        for cells in reader:
            rows.append((before + 1, [without_guard(cell.strip()) for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        problems.append(Problem("csv_syntax", params={"reason": str(error)}, place=Place(shown, reader.line_num)))
    return table_of(rows, shown, problems)


def table_of(
    rows: Iterable[Row], shown: str, problems: list[Problem], broken: Container[tuple[int, int]] = ()
) -> Table:
    """Rows of cells as a table: the first that is not empty names the keys. `broken`: line and column of cells whose
    value could not be had."""
    filled = [(line, cells) for line, cells in rows if any(cells)]
    head_line, heads = filled[0] if filled else (1, [])
    problems = [*problems, *bad_heads(heads, shown, head_line)]
    mappings: list[dict[str, Any]] = []
    lines: list[int] = []
    damaged: list[Path] = []
    for line, cells in filled[1:]:
        nameless = next((i for i, (h, c) in enumerate(zip(heads, cells, strict=False)) if c and not h), None)
        if nameless is not None and not any(p.code == "cell_without_head" for p in problems):
            problems.append(Problem("cell_without_head", place=Place(shown, line, nameless + 1)))
        if len(cells) > len(heads):
            counted = {"cells": str(len(cells)), "heads": str(len(heads))}
            problems.append(Problem("too_many_cells", params=counted, place=Place(shown, line, len(heads) + 1)))
            continue
        damaged += [(len(lines), *keys_of(h)) for i, h in enumerate(heads, 1) if (line, i) in broken and h]
        mappings.append(_nested(heads, cells))
        lines.append(line)
    table = Table(shown, mappings, lines, heads, head_line)
    table.problems = problems
    table.broken = damaged
    table.may_mislead = any(may_hold(cell) for _, cells in filled for cell in cells if not cell.isascii())
    table.is_unreadable = any(p.code in _UNREADABLE for p in problems)
    if table.is_unreadable:
        table.rows = []
    return table


def bad_heads(heads: list[str], shown: str, line: int) -> list[Problem]:
    """What is wrong with a row of heads: none at all, other separators, one inside another, one twice."""
    if not any(heads):
        return [Problem("csv_without_heads", place=Place(shown))]
    if len(heads) == 1 and (";" in heads[0] or "\t" in heads[0]):
        return [Problem("csv_not_comma", place=Place(shown))]
    first = {head: index for index, head in reversed(list(enumerate(heads))) if head}
    inside = [
        Problem("head_of_head", params={"head": outer, "other": head}, place=Place(shown, line, first[outer] + 1))
        for head in heads
        for outer in _outer_heads(head)
        if outer in first
    ]
    twice = [
        Problem("duplicate_key", params={"key": head, "line": str(line)}, place=Place(shown, line, index + 1))
        for index, head in enumerate(heads)
        if head and first[head] != index
    ]
    return inside + twice


def _outer_heads(head: str) -> Iterator[str]:
    """`name` of `name.zh-CN`."""
    return (head[: match.start()] for match in re.finditer(r"\.", head) if match.start())


def keys_of(head: str) -> list[str]:
    """`name.zh-CN` as the keys it stands for."""
    return head.split(".") if head.count(".") < 5 else [head]


def _nested(heads: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for head, cell in zip(heads, cells, strict=False):
        if not head or not cell:
            continue
        *outer, last = keys_of(head)
        target = row
        for key in outer:
            inner = target.setdefault(key, {})
            target = inner if isinstance(inner, dict) else target
        target[last] = cell
    return row
