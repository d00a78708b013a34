"""All papers of all deals below a folder: what is due, made by workers, written here.

Papers are written by one process, so that the record of their hashes cannot lose an entry; workers only work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.batch.cache import Cache, KeptDeal, KeptPaper
from docgen.batch.executors import Crew, Lost, answers
from docgen.batch.fingerprint import Prints, content_print
from docgen.batch.job import MadeDeal, MadePaper, Order, make
from docgen.batch.layout import Laid, lay_out
from docgen.batch.leftovers import left_over
from docgen.batch.results import BuiltDeal, BuiltPaper, Outcome
from docgen.batch.sources import find_deals
from docgen.problems import Place, Problem
from docgen.source.output import write_papers
from docgen.source.workspace import shown_path

_OFTEN = 25
"""Deals after which the cache is written: what a killed build has done is not done again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to build. `check`: only look whether what lies in `out` is what would be written; nothing is written.
    `force`: replace papers somebody edited."""

    start: Path
    out: Path
    workspace: Path | None
    today: dt.date
    formats: tuple[str, ...]
    check: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class _Due:
    """A deal, its fingerprint, and what is kept of it. `documents`: the stale ones; None for all, () for none."""

    laid: Laid
    made_of: str
    kept: KeptDeal | None
    documents: tuple[str, ...] | None


class Build:
    """One build: planned when it is made, done by `run`."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._prints = Prints(wish.workspace)
        self._cache = Cache.read(wish.out)
        self._known = dict(self._cache.deals)
        self._due = [self._planned(each) for each in lay_out(find_deals(wish.start, wish.out), wish.start)]

    @property
    def deals(self) -> int:
        return len(self._due)

    @property
    def left_over(self) -> tuple[str, ...]:
        """Papers of earlier builds that lie in `out` and that no deal makes any more; known when it has run."""
        return self._cache.left

    @property
    def to_make(self) -> int:
        """Deals for which something must be worked out."""
        return sum(self._order(due) is not None for due in self._due)

    def run(self, crew: Crew, tell: Callable[[BuiltDeal], None]) -> list[BuiltDeal]:
        """Make what is due and write it; all are tried. Deals are told in their order, each as soon as that allows."""
        orders = {order.deal: due for due in self._due if (order := self._order(due)) is not None}
        done = {due.laid.deal.path: self._as_it_was(due) for due in self._due if str(due.laid.deal.path) not in orders}
        told: list[BuiltDeal] = []
        asked = (order for order in map(self._order, orders.values()) if order is not None)
        for number, (order, answer) in enumerate(answers(make, asked, crew), 1):
            due = orders[order.deal]
            done[due.laid.deal.path] = self._settled(due, answer)
            if number % _OFTEN == 0 and not self._wish.check:
                self._cache.write()
            self._tell(done, told, tell)
        self._tell(done, told, tell)
        self._keep(told)
        return told

    def _tell(self, done: dict[Path, BuiltDeal], told: list[BuiltDeal], tell: Callable[[BuiltDeal], None]) -> None:
        for due in self._due[len(told) :]:
            found = done.get(due.laid.deal.path)
            if found is None:
                return
            told.append(found)
            tell(found)

    # -- what is due --------------------------------------------------------------------------------------------------
    def _planned(self, laid: Laid) -> _Due:
        made_of = self._prints.of_deal(laid.deal)
        kept = self._cache.deals.get(self._cache.name_of(laid.deal.path))
        if kept is None or kept.made_of != made_of or not kept.says_the_same_on(self._wish.today):
            return _Due(laid, made_of, None, None)
        stale = (name for name, paper in kept.papers.items() if not self._is_fresh(laid, name, paper, made_of))
        return _Due(laid, made_of, kept, tuple(stale))

    def _is_fresh(self, laid: Laid, document: str, paper: KeptPaper, made_of: str) -> bool:
        """Made of the same, and lying where it belongs, as it was written."""
        if paper.made_of != self._paper_print(laid, document, made_of):
            return False
        return all(
            Path(name).parent.as_posix() == (laid.folder or ".")
            and content_print(_bytes(self._wish.out / name)) == known
            for name, known in paper.files.items()
        )

    def _paper_print(self, laid: Laid, document: str, made_of: str) -> str:
        return self._prints.of_paper(laid.deal, document, made_of, self._wish.formats)

    def _order(self, due: _Due) -> Order | None:
        """None where nothing is to be worked out."""
        blocked = due.laid.problem is not None and due.laid.problem.is_error
        if blocked or due.documents == ():
            return None
        wish = self._wish
        named = str(wish.workspace) if wish.workspace is not None else None
        deal = due.laid.deal
        ground = self._prints.of_ground(deal)
        stand_in = str(Path.cwd())
        out = str(wish.out / due.laid.folder)
        return Order(str(deal.path), named, wish.today, wish.formats, stand_in, due.documents, ground=ground, out=out)

    def _name(self, due: _Due) -> str:
        return self._cache.name_of(due.laid.deal.path)

    # -- what became of it --------------------------------------------------------------------------------------------
    def _as_it_was(self, due: _Due) -> BuiltDeal:
        shown, number = shown_path(due.laid.deal.path), due.laid.deal.number
        told = (due.laid.problem,) if due.laid.problem is not None else ()
        if due.kept is None or (told and told[0].is_error):
            return BuiltDeal(shown, number, (), told, was_made=False)
        papers = tuple(
            BuiltPaper(name, "unchanged", paper.state, tuple(paper.files), paper.problems)
            for name, paper in due.kept.papers.items()
        )
        return BuiltDeal(shown, due.kept.number, papers, (*told, *due.kept.problems), was_made=False)

    def _settled(self, due: _Due, answer: MadeDeal | Lost) -> BuiltDeal:
        shown, laid = shown_path(due.laid.deal.path), due.laid
        told = (laid.problem,) if laid.problem is not None else ()
        if isinstance(answer, Lost):
            return BuiltDeal(
                shown, laid.deal.number, (), (*told, lost(answer, shown)), is_fault=answer.error is not None
            )
        papers = {paper.document: self._placed(laid, paper) for paper in answer.papers}
        if not self._wish.check:
            self._remember(due, answer, papers)
        known = {each.document: each for each in self._as_it_was(due).papers} if due.kept is not None else {}
        made = tuple({**known, **papers}.values())
        number = answer.number or laid.deal.number
        return BuiltDeal(shown, number, made, (*told, *answer.problems, *answer.beside), answer.seconds)

    def _placed(self, laid: Laid, paper: MadePaper) -> BuiltPaper:
        """Write a paper, or compare it with what lies there."""
        folder = self._wish.out / laid.folder
        names = tuple((Path(laid.folder) / name).as_posix() for name in paper.files)
        built = BuiltPaper(paper.document, "failed", paper.state, names, paper.problems, paper.seconds)
        if paper.has_errors:
            return replace(built, files=())
        if all(_bytes(folder / name) == data for name, data in paper.files.items()):
            return replace(built, outcome="unchanged")
        if self._wish.check:
            return replace(built, outcome="stale")
        failed = write_papers(folder, paper.files, force=self._wish.force)
        outcome: Outcome = "failed" if failed else "written"
        return replace(built, outcome=outcome, problems=(*paper.problems, *failed))

    # -- what is kept -------------------------------------------------------------------------------------------------
    def _remember(self, due: _Due, answer: MadeDeal, papers: dict[str, BuiltPaper]) -> None:
        """A deal with errors, or a paper that could not be made, is tried again next time."""
        name = self._name(due)
        if answer.until is None:
            if name in self._known:  # its papers are still there
                self._cache.deals[name] = replace(self._known[name], made_of="")
            return
        kept = dict(due.kept.papers) if due.kept is not None else {}
        for paper in answer.papers:
            kept[paper.document] = self._kept(due, paper, papers[paper.document])
        self._cache.deals[name] = KeptDeal(
            due.made_of, answer.number, answer.until, self._wish.today, kept, answer.problems
        )

    def _kept(self, due: _Due, paper: MadePaper, built: BuiltPaper) -> KeptPaper:
        made_of = "" if built.outcome == "failed" else self._paper_print(due.laid, paper.document, due.made_of)
        hashes = {name: content_print(data) for name, data in zip(built.files, paper.files.values(), strict=True)}
        return KeptPaper(made_of, paper.state, hashes if made_of else {}, paper.problems)

    def _keep(self, told: Sequence[BuiltDeal]) -> None:
        kept = self._cache
        kept.left = left_over(
            kept, self._known, {self._name(due): deal for due, deal in zip(self._due, told, strict=True)}
        )
        kept.deals = {name: deal for name, deal in kept.deals.items() if not kept.is_gone(name)}
        if self.to_make and not self._wish.check:
            kept.write()


def lost(answer: Lost, shown: str) -> Problem:
    """An order that got no answer, as a problem of its file."""
    if answer.error is None:
        return Problem("worker_died", place=Place(shown))
    what = f"{type(answer.error).__name__}: {str(answer.error)[:300]}"
    return Problem("docgen_fault", params={"what": what}, place=Place(shown))


def _bytes(path: Path) -> bytes:
    """What lies there; nothing where nothing does."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
