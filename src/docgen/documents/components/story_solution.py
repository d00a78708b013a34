"""What is delivered: the products of each part of the solution, and what is in and out of scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Columns,
    ListBlock,
    Paragraph,
    Row,
    Table,
    plain,
    strong,
)
from docgen.documents.components.story_goals import story_of
from docgen.documents.page import Page
from docgen.pricing import QuoteLine
from docgen.values import Text

PARTS: Mapping[str, tuple[str, ...]] = {
    "services": ("service", "training", "custom"),
    "systems": ("hardware",),
    "applications": ("licence", "subscription"),
    "management": ("maintenance",),
}
"""Kinds of products each part of a solution holds."""


def contents(page: Page) -> Blocks:
    """One row a part with the products it holds and how many; optional lines are not in it."""
    rows = [Row((Cell(strong(page.label(f"part_{part}"))), Cell(plain(held)))) for part, held in _held(page)]
    if not rows:
        return ()
    heads = (Cell(page.head("solution_part")), Cell(page.head("contains")))
    return (Table((Column(0.2), Column(0.8)), tuple(rows), heads, title=page.label("contains")),)


def _held(page: Page) -> Iterator[tuple[str, str]]:
    for part, kinds in PARTS.items():
        lines = [line for line in page.facts.quote.counted if line.line.kind in kinds and line.line.role != "heading"]
        if lines:
            yield part, page.words.label("list_comma").join(_counted(page, lines))


def _counted(page: Page, lines: Sequence[QuoteLine]) -> Iterator[str]:
    """Each product once, with all its units; of a ramp the largest step."""
    quantity: dict[str, Decimal] = {}
    ramp: dict[str, Decimal] = {}
    first: dict[str, QuoteLine] = {}
    for line in lines:
        key = line.line.sku or str(line.line.name)
        first.setdefault(key, line)
        if line.line.from_month is None:
            quantity[key] = quantity.get(key, Decimal(0)) + line.line.quantity
        else:
            ramp[key] = max(ramp.get(key, Decimal(0)), line.line.quantity)
    for key, line in first.items():
        count = quantity.get(key, Decimal(0)) + ramp.get(key, Decimal(0))
        yield f"{page.text(line.line.name)} {page.quantity(count, line.line.unit)}"


def scope(page: Page) -> Blocks:
    """In and out side by side; one list where there is only one."""
    told = story_of(page).scope
    sides = [(key, texts) for key, texts in (("in_scope", told.inside), ("out_scope", told.out)) if texts]
    columns = tuple((Paragraph(strong(page.label(key))), _list(page, texts)) for key, texts in sides)
    return (Columns(columns),) if len(columns) > 1 else columns[0] if columns else ()


def _list(page: Page, texts: Sequence[Text]) -> ListBlock:
    return ListBlock(tuple((Paragraph(page.lines(each)),) for each in texts))
