"""A finished paper made again from its deal, and compared: byte by byte, and word by word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from typing import Literal

from docgen.batch.job import MadeDeal, Order, make
from docgen.batch.sources import DealFile, deal_file, find_deals
from docgen.batch.stamp import Finished, spoken_of
from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path

_REASONS = {
    "docgen.content": "the data of the deal are others",
    "docgen.template": "the template's texts are others",
    "docgen.clauses": "its clauses are others",
}
"""Properties that are hashes, in words; of the others both values are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that stands only in the paper, or only in what the deal says now."""

    where: Literal["paper", "deal"]
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of making a paper again. `as_of`: the day it was made again for; the last of the offer where it has
    ended and the paper is from before. `reasons`: what the two files say of themselves differently. `other_charts`: its
    native charts were written anew and could not be compared."""

    deal: str
    as_of: dt.date
    same_bytes: bool
    differences: tuple[Difference, ...] = ()
    reasons: tuple[str, ...] = ()
    other_charts: bool = False


def find_deal(paper: Finished, named: Path | None, start: Path) -> DealFile | Problem:
    """The deal a paper was made from: the file that is named, else the one with its number, in the paper's own folder
    or below `start`."""
    number = paper.stamp.deal
    if named is not None:
        deal = deal_file(named) or DealFile(named, number, b"")
        if deal.barred or deal.number == number:
            return deal
        words = {"file": paper.shown, "number": number, "deal": shown_path(named), "own": deal.number}
        return Problem("paper_of_other_deal", params=words, place=Place(paper.shown))
    beside = (deal_file(path) for path in sorted(paper.path.parent.glob("*.yaml")))
    found = [each for each in beside if each is not None and each.number == number]
    found = found or [each for each in find_deals(start, start / "out") if each.number == number]
    if not found:
        words = {"number": number, "folder": shown_path(start)}
        return Problem("deal_not_there", params=words, place=Place(paper.shown))
    if len(found) > 1:
        first, second = (shown_path(each.path) for each in found[:2])
        words = {"file": first, "other": second, "number": number}
        return Problem("deal_not_clear", params=words, place=Place(paper.shown))
    return found[0]


def prove(paper: Finished, deal: Path, workspace: Path | None, today: dt.date) -> Proof | tuple[Problem, ...]:
    """Make the paper again and compare, or say why it cannot be made. An offer that has ended is made again as it was
    on its last day, if the paper then comes out the same."""
    made = make(_order(paper, deal, workspace, today))
    proof = _compared(paper, made, deal, today)
    if isinstance(proof, tuple) or not proof.differences or made.until is None or today <= made.until:
        return proof
    earlier = _compared(paper, make(_order(paper, deal, workspace, made.until)), deal, made.until)
    return proof if isinstance(earlier, tuple) or earlier.differences else earlier


def _order(paper: Finished, deal: Path, workspace: Path | None, today: dt.date) -> Order:
    stamp = paper.stamp
    return Order(
        str(deal),
        str(workspace) if workspace is not None else None,
        today,
        (paper.form,),
        str(Path.cwd()),
        documents=(stamp.document,),
        languages=stamp.languages,
        review=stamp.review,
    )


def _compared(paper: Finished, made: MadeDeal, deal: Path, day: dt.date) -> Proof | tuple[Problem, ...]:
    if not made.papers or made.papers[0].has_errors:
        return (*made.problems, *(problem for each in made.papers for problem in each.problems))
    (data,) = made.papers[0].files.values()
    shown = shown_path(deal)
    if data == paper.data:
        return Proof(shown, day, same_bytes=True)
    then, now = paper.spoken, spoken_of(paper.form, data)
    differences, reasons = tuple(_differences(then.lines, now.lines)), tuple(_reasons(paper.stamp.says, now.says))
    return Proof(shown, day, False, differences, reasons, then.charts != now.charts)


def _differences(paper: Sequence[str], deal: Sequence[str]) -> Iterator[Difference]:
    """Lines of one side only, in the order of the paper. What both begin with is set aside first."""
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(paper, deal, strict=False)))
    paper, deal = paper[head:], deal[head:]
    for kind, begin, end, first, last in SequenceMatcher(None, paper, deal, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (Difference("paper", text) for text in paper[begin:end])
            yield from (Difference("deal", text) for text in deal[first:last])


def _reasons(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name, value in sorted(then.items()):
        other = now.get(name, "")
        if name.startswith("docgen.") and value != other:
            told = name.removeprefix("docgen.").replace("_", " ")
            yield _REASONS.get(name) or f"{told} {value} in the paper, {other or 'none'} now"
