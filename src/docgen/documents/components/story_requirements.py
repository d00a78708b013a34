"""What the customer asks for, and how we answer: counts, the table of answers, and who answers what in detail."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Inlines,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.deal.story import Requirement
from docgen.documents.components.price_table import DASH
from docgen.documents.components.story_goals import story_of
from docgen.documents.page import Page

ANSWERS = ("full", "configuration", "custom", "partial", "no", None)


def answer_counts(page: Page) -> Blocks:
    """How many are answered in which way; the ways nobody uses are not there."""
    requirements = story_of(page).requirements
    counts = [(answer, sum(each.answer == answer for each in requirements)) for answer in ANSWERS]
    figures = [KeyFigure(_answer(page, answer), str(count)) for answer, count in counts if count]
    return (KeyFigures(tuple(figures)),) if len(figures) > 1 else ()


def answers(page: Page) -> Blocks:
    """Each requirement with its answer; what is not met as it stands is explained."""
    requirements = story_of(page).requirements
    if not requirements:
        return ()
    columns = (Column(0.06), Column(0.36), Column(0.16), Column(0.42))
    heads = tuple(Cell(page.head(key)) for key in ("no", "requirement", "answer", "how_answered"))
    rows = []
    for index, each in enumerate(requirements):
        plainly = each.answer in ("full", "configuration")
        answer = plain(_answer(page, each.answer)) if plainly else strong(_answer(page, each.answer))
        how = page.lines(each.why) if each.why is not None else plain(_names(page, each))
        rows.append(
            Row(
                (
                    Cell(plain(each.id)),
                    Cell(page.lines(each.text)),
                    Cell(page.remarked(answer, "story", "requirements", index)),
                    Cell(how),
                )
            )
        )
    return (Table(columns, tuple(rows), heads, title=page.label("requirements")),)


def requirement_details(page: Page) -> Blocks:
    """Priority, part of the solution and products of each requirement."""
    requirements = story_of(page).requirements
    if not requirements:
        return ()
    columns = (Column(0.07), Column(0.37), Column(0.1), Column(0.16), Column(0.3))
    heads = tuple(Cell(page.head(key)) for key in ("no", "requirement", "priority", "solution_part", "answered_by"))
    return (
        Table(columns, tuple(_detail(page, each) for each in requirements), heads, title=page.label("requirements")),
    )


def _detail(page: Page, each: Requirement) -> Row:
    part = DASH if each.part is None else page.label(f"part_{each.part}")
    products = list(_products(page, each))
    return Row(
        (
            Cell(plain(each.id)),
            Cell(page.lines(each.text)),
            Cell(plain(page.label(f"priority_{each.priority}"))),
            Cell(plain(part)),
            Cell(stacked(*products) if products else plain(DASH)),
        )
    )


def _names(page: Page, each: Requirement) -> str:
    """Names of the quoted products that answer a requirement, each once."""
    quoted = {line.line.sku: line.line.name for line in page.facts.quote.lines if line.line.sku is not None}
    names = (page.text(quoted[sku]) for sku in dict.fromkeys(each.lines) if sku in quoted)
    return page.words.label("list_comma").join(names)


def _products(page: Page, each: Requirement) -> Iterator[Inlines]:
    quoted = {line.line.sku: line.line.name for line in page.facts.quote.lines if line.line.sku is not None}
    for sku in dict.fromkeys(each.lines):
        if sku in quoted:
            yield (*plain(page.text(quoted[sku])), *quiet(f"  {sku}"))


def _answer(page: Page, answer: str | None) -> str:
    return page.label(f"answer_{answer or 'open'}")
