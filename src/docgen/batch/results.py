"""What became of each deal and each paper of a build, as plain values for the terminal and the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path

Outcome = Literal["written", "unchanged", "stale", "failed"]
"""Of a paper: written now · as it was · would differ from what lies there (only told by a check) · not made."""


@dataclass(frozen=True, slots=True)
class BuiltPaper:
    """One document of a deal. `state`: what it says of itself: draft, approved, clear; `files` below the out folder."""

    document: str
    outcome: Outcome
    state: str
    files: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BuiltDeal:
    """One deal file. With errors of its own it has no papers. `was_made`: something was worked out for it now.
    `is_fault`: docgen is to blame."""

    file: str
    number: str
    papers: tuple[BuiltPaper, ...]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    was_made: bool = True
    is_fault: bool = False

    @property
    def has_failed(self) -> bool:
        return any(each.is_error for each in self.told()) or any(each.outcome == "failed" for each in self.papers)

    def told(self) -> Iterator[Problem]:
        """Everything found for it, each once."""
        found = [*self.problems, *(problem for paper in self.papers for problem in paper.problems)]
        yield from {(each.code, each.place, tuple(sorted(each.params.items()))): each for each in found}.values()


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a build."""

    deals: int
    failed_deals: int
    papers: int
    outcomes: Counter[str]
    drafts: int

    @classmethod
    def of(cls, deals: Sequence[BuiltDeal]) -> Summary:
        papers = [paper for deal in deals for paper in deal.papers]
        return cls(
            deals=len(deals),
            failed_deals=sum(deal.has_failed for deal in deals),
            papers=len(papers),
            outcomes=Counter(paper.outcome for paper in papers),
            drafts=sum(paper.state == "draft" for paper in papers),
        )


def left_over_problem(name: str, out: Path, *, is_error: bool) -> Problem:
    """A paper in the out folder that no deal makes any more; for a check it is as bad as a stale one."""
    shown = shown_path(out / name)
    return Problem("left_over", params={"file": shown}, severity="error" if is_error else "warning", place=Place(shown))


def exit_code(deals: Sequence[BuiltDeal]) -> int:
    """0 where all papers are as they should be, 1 where one is stale or failed, 4 where docgen is to blame."""
    if any(deal.is_fault for deal in deals):
        return 4
    stale = any(paper.outcome == "stale" for deal in deals for paper in deal.papers)
    return int(stale or any(deal.has_failed for deal in deals))
