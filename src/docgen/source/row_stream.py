"""A CSV read row by row, and rows laid over a YAML file: each cell takes the place of one value of a pattern.

    deal,customer.name,lines.0.quantity
    R-1,江苏示例,12

However many rows there are, one is held at a time.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from docgen.problems import Path, Place, Problem
from docgen.source.table_file import bad_heads, without_guard
from docgen.source.text_file import decode, has_forbidden

_DEEPEST = 8
_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that UTF-8 does not have."""


@dataclass
class Row:
    """One row: its cells that hold anything, with the number of their column, and where it stands. It is a `Mount` of
    the file it is laid over: what it brings has its place in the table. `made`: mappings and lists it brought along, by
    dotted path, with the column; known when it is laid over a file."""

    shown: str
    line: int
    cells: tuple[tuple[str, str, int], ...]
    head_line: int = 1
    problems: list[Problem] = field(default_factory=list)
    is_unreadable: bool = False
    may_mislead: bool = False
    made: dict[str, int] = field(default_factory=dict)

    def get(self, head: str) -> str | None:
        return next((cell for name, cell, _ in self.cells if name == head), None)

    def holds(self, path: Path) -> bool:
        return self._column(path) > 0

    def place(self, path: Path) -> Place:
        return Place(self.shown, self.line, self._column(path) or 1)

    def head(self, path: Path) -> Place:
        return Place(self.shown, self.head_line, self._column(path) or 1)

    def damaged(self) -> list[Path]:
        return []

    def _column(self, path: Path) -> int:
        """Of the cell that brought the value at `path`, or one it stands in; 0 for what no cell brought."""
        dotted = ".".join(map(str, path)) + "."
        brought = (*((head, column) for head, _, column in self.cells), *self.made.items())
        return next((column for head, column in brought if dotted.startswith(f"{head}.")), 0)


@dataclass(frozen=True)
class Unread:
    """A row, or the rest of the table, that could not be read."""

    problems: tuple[Problem, ...]


def read_rows(stream: BinaryIO, shown: str) -> Iterator[Row | Unread]:
    """Comma-separated UTF-8; the first row that is not empty names the keys. A row that cannot be read is told, and the
    next one follows; what ends the reading is told last."""
    text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")  # what is no UTF-8 is found by row
    reader = csv.reader(text, strict=True)
    heads: list[str] = []
    head_line = before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            foreign = _not_utf8(cells, shown, line)
            if foreign is not None:
                yield Unread((foreign,))
                return
            cells = [without_guard(cell.strip()) for cell in cells]
            if not any(cells):
                continue
            if heads:
                yield _row(heads, cells, shown, line, head_line)
                continue
            heads, head_line = cells, line
            found = bad_heads(heads, shown, line)
            if found:
                yield Unread(tuple(found))
                return
    except csv.Error as error:
        yield Unread((Problem("csv_syntax", params={"reason": str(error)}, place=Place(shown, reader.line_num)),))
        return
    if not heads:
        yield Unread((Problem("csv_without_heads", place=Place(shown)),))


def _not_utf8(cells: Sequence[str], shown: str, line: int) -> Problem | None:
    """A row of another encoding; so is the rest of the table, then."""
    whole = "".join(cells)
    if whole.isascii():
        return None
    found = decode(whole.encode("utf-8", "surrogateescape"), shown)
    column = next((number for number, cell in enumerate(cells, 1) if _ESCAPED.search(cell)), 1)
    return found.at(Place(shown, line, column)) if isinstance(found, Problem) else None


def _row(heads: Sequence[str], cells: Sequence[str], shown: str, line: int, head_line: int) -> Row | Unread:
    if len(cells) > len(heads):
        counted = {"cells": str(len(cells)), "heads": str(len(heads))}
        return Unread((Problem("too_many_cells", params=counted, place=Place(shown, line, len(heads) + 1)),))
    problems = [
        Problem("forbidden_character", params={"character": name}, place=Place(shown, line, column))
        for column, cell in enumerate(cells, 1)
        if (name := has_forbidden(cell)) is not None
    ]
    problems += [
        Problem("cell_without_head", place=Place(shown, line, column))
        for column, (head, cell) in enumerate(zip(heads, cells, strict=False), 1)
        if cell and not head
    ]
    if problems:
        return Unread(tuple(problems))
    filled = ((head, cell, column) for column, (head, cell) in enumerate(zip(heads, cells, strict=False), 1) if cell)
    return Row(shown, line, tuple(filled), head_line)


# ---- over a file ----------------------------------------------------------------------------------------------------
def lay_over(data: dict[str, Any], row: Row) -> list[Problem]:
    """Put every cell in its place in `data`; numbers count the items of a list, the one behind the last is added. What
    cannot be put anywhere is told at its head."""
    problems = []
    for head, cell, column in row.cells:
        brought: list[str] = []
        code = _put(data, head.split("."), cell, brought)
        row.made.update((path, column) for path in brought if path not in row.made)
        if code is not None:
            place = Place(row.shown, row.head_line, column)
            problems.append(Problem(code, params={"head": head}, place=place))
    return problems


def _put(data: dict[str, Any], keys: Sequence[str], cell: str, brought: list[str]) -> str | None:
    """None when it is done, else the code of what stands in the way. `brought` gets each mapping that is new."""
    if len(keys) > _DEEPEST:
        return "row_path_too_deep"
    target: Any = data
    for length, (key, following) in enumerate(zip(keys, (*keys[1:], None), strict=True), 1):
        if not isinstance(target, dict | list):
            return "row_path_through_text"
        at = _slot(target, key)
        if at is None:
            return "row_path_no_item"
        if following is None:
            target[at] = cell
        elif target[at] is None:
            target[at] = [] if following.isdigit() else {}
            brought.append(".".join(keys[:length]))
        target = target[at]
    return None


def _slot(target: dict[str, Any] | list[Any], key: str) -> Any:
    """Where `key` leads to, made if it is not there; None for an item of a list that is not its next."""
    if isinstance(target, dict):
        target.setdefault(key, None)
        return key
    if not key.isascii() or not key.isdigit() or int(key) > len(target):
        return None
    if int(key) == len(target):
        target.append(None)
    return int(key)
