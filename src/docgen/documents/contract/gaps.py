"""What a contract prints in its tables and the deal does not say: the mark in the cell, and the place to say it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from docgen.content.blocks import Inlines, plain, stacked
from docgen.contract.draft import Chosen, Draft
from docgen.documents.allowed import Allowance
from docgen.documents.contract.marks import marks_of
from docgen.documents.contract.printed import context
from docgen.documents.contract.wording import lines_kept
from docgen.documents.page import Page
from docgen.documents.words import TemplateTrouble, Wording
from docgen.locales import words
from docgen.problems import Path

NOTICE = ("address", "contact", "phone", "email")
"""Where letters reach a side."""
PARTICULARS: Mapping[str, str] = {"data_subjects": "subjects", "data_kinds": "kinds", "data_place": "residency"}
"""What is said of processing: the label of a row, and the fact that fills it."""
_WRITER: Mapping[str, Path] = {
    "address": ("seller",),
    "contact": ("prepared_by",),
    "phone": ("prepared_by",),
    "email": ("prepared_by",),
}


class OpenTable(NamedTuple):
    """A table a deal may leave without rows: how the mark calls it, where the deal would say them, whether it does."""

    label: str
    path: Path
    is_said: Callable[[Draft], bool]


OPEN_TABLES: Mapping[str, OpenTable] = {
    "items": OpenTable("item", ("lines",), lambda draft: draft.facts.has.lines),
    "fees": OpenTable("item", ("lines",), lambda draft: draft.facts.has.lines),
    "sla_credits": OpenTable("service_credits", ("terms", "sla", "credits"), lambda draft: draft.facts.sla.credits),
    "special_terms": OpenTable("special_term", ("contract", "special_terms"), lambda draft: draft.facts.special_terms),
    "annexes": OpenTable("annex_head", ("contract", "with"), lambda draft: bool(draft.annexes)),
    "bank": OpenTable("bank", ("seller",), lambda draft: draft.facts.seller.bank is not None),
}
"""Words lead in to them, and must not lead to nothing: without rows a draft shows the mark in the table's place."""


class OpenCell(NamedTuple):
    """A cell that shows a mark: its clause, its label, and where the deal would say it."""

    clause: str
    label: str
    path: Path


def mark(page: Page, label: str) -> Inlines:
    """The mark a draft shows, one language below the other."""
    return stacked(*(plain(_mark(language, label)) for language in page.languages))


def _mark(language: str, label: str) -> str:
    speech = words(language)
    return speech.label("gap", name=speech.label(label))


def open_cells(draft: Draft) -> Iterator[OpenCell]:
    """Every cell of this contract's tables that shows a mark, and every table that is one."""
    for chosen in draft.chosen:
        tables = _tables_of(draft, chosen)
        if "notices" in tables:
            yield from _of_notices(draft, chosen.key)
        if "data_particulars" in tables:
            for label, fact in PARTICULARS.items():
                if getattr(draft.facts.data, fact) is None:
                    yield OpenCell(chosen.key, label, ("contract", "data", fact))
        for name in sorted(tables & OPEN_TABLES.keys()):
            if not OPEN_TABLES[name].is_said(draft):
                yield OpenCell(chosen.key, OPEN_TABLES[name].label, OPEN_TABLES[name].path)


_SIDES = ("customer", "partner", "seller", "prepared_by")


def by_side(cells: Iterable[OpenCell]) -> Iterator[tuple[list[OpenCell], Path]]:
    """Cells as they are told, and where: those of a clause that one side would fill together, at the side."""
    together: dict[tuple[str, Path], list[OpenCell]] = {}
    for cell in cells:
        about = cell.path[:1] if cell.path[0] in _SIDES else cell.path
        together.setdefault((cell.clause, about), []).append(cell)
    for (_, about), found in together.items():
        paths = {cell.path for cell in found}
        yield found, paths.pop() if len(paths) == 1 else about


def _tables_of(draft: Draft, chosen: Chosen) -> set[str]:
    """Tables the clause asks for under the conditions that hold; only a clause that has any is filled for it."""
    language = draft.sides.deal.language[0]
    text = chosen.clause.text(chosen.variant, language)
    if text is None or not any(found.kind == "table" for found in marks_of(text.source)):
        return set()
    wording = Wording(context(draft, chosen, language), Allowance())
    with contextlib.suppress(TemplateTrouble):  # told when the paper is worded
        filled, _ = wording.fill(lines_kept(text.source), text.shown, 1)
        return {found.key for found in marks_of(filled) if found.kind == "table"}
    return set()


def _of_notices(draft: Draft, clause: str) -> Iterator[OpenCell]:
    buyer: Path = ("partner",) if draft.sides.end_customer is not None else ("customer",)
    for key in NOTICE:
        if getattr(draft.facts.customer, key) is None:
            yield OpenCell(clause, key, (*buyer, "contacts" if key in ("contact", "email") else key))
        if getattr(draft.facts.seller, key) is None:
            yield OpenCell(clause, key, _WRITER[key])
