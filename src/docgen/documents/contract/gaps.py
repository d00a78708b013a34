"""What a contract prints in its tables and the deal does not say: the mark in the cell, and the place to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.content.blocks import Inlines, plain, stacked
from docgen.contract.draft import Chosen, Draft
from docgen.documents.contract.marks import marks_of
from docgen.documents.page import Page
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
    """Every cell of this contract's tables that shows a mark."""
    for chosen in draft.chosen:
        tables = _tables_of(chosen)
        if "notices" in tables:
            yield from _of_notices(draft, chosen.key)
        if "data_particulars" in tables:
            for label, fact in PARTICULARS.items():
                if getattr(draft.facts.data, fact) is None:
                    yield OpenCell(chosen.key, label, ("contract", "data", fact))


def _tables_of(chosen: Chosen) -> set[str]:
    texts = (text.source for (variant, _), text in chosen.clause.texts.items() if variant == chosen.variant)
    return {found.key for text in texts for found in marks_of(text) if found.kind == "table"}


def _of_notices(draft: Draft, clause: str) -> Iterator[OpenCell]:
    buyer: Path = ("partner",) if draft.sides.end_customer is not None else ("customer",)
    for key in NOTICE:
        if getattr(draft.facts.customer, key) is None:
            yield OpenCell(clause, key, (*buyer, "contacts" if key in ("contact", "email") else key))
        if getattr(draft.facts.seller, key) is None:
            yield OpenCell(clause, key, _WRITER[key])
