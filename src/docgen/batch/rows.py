"""One deal of each row of a table: the row laid over a pattern, its papers in a folder of its own.

Rows are read, made and written as they come; what is remembered of each is its number, on disk.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.batch.build import lost
from docgen.batch.executors import Crew, Lost, answers
from docgen.batch.fingerprint import Prints
from docgen.batch.job import MadeDeal, Order, make
from docgen.batch.sources import DealFile
from docgen.problems import Place, Problem
from docgen.source.output import write_papers
from docgen.source.row_stream import Row, Unread

DEAL = "deal.yaml"
"""The deal a row made, beside its papers: it can be priced, approved and verified like any other."""


@dataclass(frozen=True, slots=True)
class RowsWish:
    """What to make of the rows: the pattern, and where papers go: `out/<deal>/`."""

    pattern: Path
    out: Path
    workspace: Path | None
    today: dt.date
    formats: tuple[str, ...]
    force: bool = False


@dataclass(slots=True)
class Made:
    """Counts, as far as it went. `faults`: rows for which docgen is to blame."""

    rows: int = 0
    failed: int = 0
    papers: int = 0
    faults: int = 0

    @property
    def exit_code(self) -> int:
        return 4 if self.faults else int(bool(self.failed))


class Batch:
    """Makes a deal of each row. `tell` gets the problems of each row, in the order of the rows; those of the pattern
    are told once."""

    def __init__(self, wish: RowsWish, tell: Callable[[Sequence[Problem]], None]) -> None:
        self._wish = wish
        self._in_order = _InOrder(tell)
        self._numbers = _Numbers()
        self._told: set[tuple[str, Place | None]] = set()
        self._ground = Prints(wish.workspace).of_ground(DealFile(wish.pattern, "", b""))
        self.made = Made()

    def run(self, rows: Iterable[Row | Unread], crew: Crew) -> Made:
        for order, answer in answers(make, self._orders(rows), crew):
            assert order.row is not None, "every order of a batch is of a row"
            self._settle(order.row, answer)
        return self.made

    def _orders(self, rows: Iterable[Row | Unread]) -> Iterator[Order]:
        wish = self._wish
        named = str(wish.workspace) if wish.workspace is not None else None
        for row in rows:
            self.made.rows += 1
            self._in_order.begin(self.made.rows if isinstance(row, Unread) else row)
            refused = row.problems if isinstance(row, Unread) else self._refused(row)
            if refused:
                self.made.failed += 1
                self._in_order.end(self.made.rows if isinstance(row, Unread) else row, refused)
            elif isinstance(row, Row):
                stand_in, pattern = str(Path.cwd()), str(wish.pattern)
                yield Order(pattern, named, wish.today, wish.formats, stand_in, row=row, ground=self._ground)

    def _refused(self, row: Row) -> tuple[Problem, ...]:
        """A row whose papers would have no name, or the name of another's."""
        number = row.get("deal")
        if number is None:
            return (Problem("row_without_number", place=row.place(())),)
        line = self._numbers.first(number.casefold(), row.line)
        if line == row.line:
            return ()
        words = {"number": number, "line": str(line)}
        return (Problem("row_same_number", ("deal",), words, place=row.place(("deal",))),)

    def _settle(self, row: Row, answer: MadeDeal | Lost) -> None:
        if isinstance(answer, Lost):
            found = [lost(answer, row.shown).at(row.place(()))]
            self.made.faults += answer.error is not None
        else:
            found = [*answer.problems, *(problem for paper in answer.papers for problem in paper.problems)]
            found += self._written(answer)
        self.made.failed += any(each.is_error for each in found)
        self._in_order.end(row, [each for each in found if self._is_new(each, row)])

    def _written(self, deal: MadeDeal) -> list[Problem]:
        """Write what could be made, each paper whole or not at all, and the deal."""
        folder = self._wish.out / deal.number
        failed: list[Problem] = []
        for paper in deal.papers:
            if not paper.has_errors:
                failed += write_papers(folder, paper.files, force=self._wish.force)
                self.made.papers += not failed
        if deal.source and not failed:
            failed += write_papers(folder, {DEAL: deal.source}, force=self._wish.force)
        return failed

    def _is_new(self, problem: Problem, row: Row) -> bool:
        """What stands in the row is its own; what stands in its head or in the pattern is the same for all."""
        if problem.place is None or (problem.place.file == row.shown and problem.place.line == row.line):
            return True
        known = (problem.code, problem.place)
        is_new = known not in self._told
        self._told.add(known)
        return is_new


class _InOrder:
    """Tells what was found in the order in which the rows came, whoever is done first."""

    def __init__(self, tell: Callable[[Sequence[Problem]], None]) -> None:
        self._tell = tell
        self._begun: deque[int] = deque()
        self._ended: dict[int, Sequence[Problem]] = {}

    def begin(self, row: Row | int) -> None:
        self._begun.append(_line(row))

    def end(self, row: Row | int, found: Sequence[Problem]) -> None:
        self._ended[_line(row)] = found
        while self._begun and self._begun[0] in self._ended:
            self._tell(self._ended.pop(self._begun.popleft()))


def _line(row: Row | int) -> int:
    """What tells rows apart: their line; of those that could not be read a number below all lines."""
    return row.line if isinstance(row, Row) else -row


class _Numbers:
    """The numbers that were there, in a file that vanishes with it."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.execute("CREATE TABLE numbers (number TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def first(self, number: str, line: int) -> int:
        """The line a number was first met at."""
        self._kept.execute("INSERT OR IGNORE INTO numbers VALUES (?, ?)", (number, line))
        found: tuple[int] = self._kept.execute("SELECT line FROM numbers WHERE number = ?", (number,)).fetchone()
        return found[0]
