"""One deal, all its papers: what a worker does. Plain values in, plain values out, nothing written.

Everything an order needs stands in it, so that it can be carried out in another process or on another machine that
sees the same folders.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from docgen.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from docgen.facts import Facts
    from docgen.pipeline import Prepared
    from docgen.reading import Workspace
    from docgen.source.load import Loaded
    from docgen.source.row_stream import Row


MODEL = ("json", "xlsx")
"""Formats in which `value` is the model itself, not the paper."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make. `documents`: these; None for those the deal lists, or all that apply. `stand_in`: the folder paths
    are shown from. `languages`: () for the deal's own. `review`: with comments for reviewers. `row`: cells to lay over
    the deal file, which is then a pattern. `ground`: names the state of its workspace, so that a worker reads price
    lists and rules once for all deals of that state; "" where nobody knows it. `out`: where its papers go, and
    contracts of an older state may lie; "" where nobody looks."""

    deal: str
    workspace: str | None
    today: dt.date
    formats: tuple[str, ...]
    stand_in: str
    documents: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    review: bool = False
    row: Row | None = None
    ground: str = ""
    out: str = ""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One document of a deal: its files by name, or the errors in its way. `state`: draft, approved, clear; failed."""

    document: str
    state: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    seconds: float

    @property
    def has_errors(self) -> bool:
        return self.state == "failed"


@dataclass(frozen=True, slots=True)
class MadeDeal:
    """All papers of a deal. With errors in the deal itself there are none; `until` is then None. `source`: the deal
    file a row made of its pattern. `beside`: what was found in the out folder, true as long as it lies there."""

    number: str
    until: dt.date | None
    papers: tuple[MadePaper, ...]
    problems: tuple[Problem, ...]
    seconds: float
    source: bytes = b""
    beside: tuple[Problem, ...] = ()


def make(order: Order) -> MadeDeal:
    """Carry out one order. What stands in users' files never raises; an exception is a fault of docgen."""
    began = perf_counter()
    _stand_in(order.stand_in)
    ready, workspace = _prepared(order)
    facts = ready.facts
    if facts is None or ready.has_errors:
        return MadeDeal("", None, (), ready.problems, perf_counter() - began)
    documents = _documents(facts, workspace, order)
    papers = tuple(_paper(facts, document, workspace, order) for document in documents)
    deal = facts.deal
    source = _source(facts) if order.row is not None else b""
    beside = tuple(_beside(facts, workspace, papers, order.out))
    return MadeDeal(deal.deal, deal.offered_until, papers, ready.problems, perf_counter() - began, source, beside)


def _beside(facts: Facts, workspace: Workspace, papers: Sequence[MadePaper], out: str) -> Iterator[Problem]:
    """Contracts of the deal in the out folder that are not made now, and say something else than it does."""
    if out:
        from docgen.looking import stale_contracts

        yield from stale_contracts(facts, workspace, Path(out), [name for paper in papers for name in paper.files])


def _source(facts: Facts) -> bytes:
    """The deal as a file of its own, tables beside it included."""
    from docgen.source.yaml_writer import dump_yaml

    return dump_yaml(facts.sources["deal"].tree.data)


def _stand_in(folder: str) -> None:
    """Paths in messages are those a person would type where the command was given."""
    if folder != os.fspath(Path.cwd()) and Path(folder).is_dir():
        os.chdir(folder)


def _prepared(order: Order) -> tuple[Prepared, Workspace]:
    from docgen.pipeline import prepare
    from docgen.reading import Workspace

    deal = Path(order.deal)
    workspace = Workspace.for_deal(deal, Path(order.workspace) if order.workspace else None)
    if order.ground:
        workspace = replace(workspace, kept=_kept_for(order.ground, order.stand_in))
    only = order.documents[0] if order.documents is not None and len(order.documents) == 1 else None
    return prepare(deal, workspace, order.today, document=only, row=order.row), workspace


@lru_cache(maxsize=4)
def _kept_for(ground: str, stand_in: str) -> dict[Path, Loaded[Any]]:
    """What this worker has read of one state of a workspace, seen from one folder. A few states, since files are saved
    while somebody watches."""
    return {}


def _documents(facts: Facts, workspace: Workspace, order: Order) -> Sequence[str]:
    """Those that are asked for, else the deal's own list, else all that apply."""
    if order.documents is not None:
        return order.documents
    from docgen.documents.applying import applying

    return tuple(dict.fromkeys(facts.deal.documents)) or applying(facts, workspace.template_folders())


def _paper(facts: Facts, document: str, workspace: Workspace, order: Order) -> MadePaper:
    from docgen.pipeline import produce

    began = perf_counter()
    models = [each for each in order.formats if each in MODEL] if document == "value" else []
    formats = [each for each in order.formats if each != "xlsx" and each not in models]
    formats = list(_of_letter(facts, document, workspace, order, formats))
    try:
        papers = produce(
            facts,
            document,
            workspace,
            today=order.today,
            languages=order.languages,
            formats=formats,
            review=order.review,
        )
    except ProblemsFound as found:
        return MadePaper(document, "failed", {}, tuple(_new(found.problems, facts)), perf_counter() - began)
    stem = papers.name(document)
    files = {f"{stem}.{name}": data for name, data in papers.files.items()}
    if models:
        from docgen.documents.value_workbook import model_files
        from docgen.pipeline import made_on

        files |= model_files(facts, models, made_on(facts.deal.date))
    told = (*papers.facts.verdict.gates, *papers.warnings)
    return MadePaper(document, state_of(papers.facts), files, told, perf_counter() - began)


def _of_letter(
    facts: Facts, document: str, workspace: Workspace, order: Order, formats: Sequence[str]
) -> Sequence[str]:
    """A company's Word letter comes as Word; as PDF, which LibreOffice makes, only where Word is not asked for too."""
    from docgen.documents.manifest import is_letter

    languages = order.languages or facts.deal.language
    if not is_letter(document, workspace.template_folders(), languages[0]):
        return formats
    kept = [each for each in formats if each != "html" and (each != "pdf" or "docx" not in formats)]
    return kept or ["docx"]


def _new(found: Sequence[Problem], facts: Facts) -> Iterator[Problem]:
    """Problems of a paper without the warnings its deal has told already; one without a place is of its name."""
    known = {(each.code, each.place) for each in facts.problems}
    named = facts.sources["deal"].place(("documents",))
    for each in found:
        if each.is_error or (each.code, each.place) not in known:
            yield each if each.place is not None else each.at(named)


def state_of(facts: Facts) -> str:
    """As the paper says of itself: draft while something is open, approved, or clear with nothing to agree to."""
    if not facts.verdict.is_clear:
        return "draft"
    return "approved" if facts.verdict.approvals else "clear"
