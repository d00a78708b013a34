"""How the customer decides, and what is estimated before everything is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Inlines,
    KeyFigure,
    KeyFigures,
    Row,
    Strong,
    Table,
    plain,
    stacked,
    strong,
)
from docgen.deal.model import Earlier
from docgen.deal.story import EvaluationStep, Requirement
from docgen.documents.components.price_table import DASH
from docgen.documents.components.story_goals import story_of
from docgen.documents.page import Page
from docgen.money import to_minor

PAPER = "initial-solution"
"""The paper whose own ranges it may print, as `earlier` names it."""


def evaluation_plan(page: Page) -> Blocks:
    """Dated steps, who takes them, what is decided; criteria and result of a proof of concept."""
    steps = story_of(page).evaluation_plan
    if not steps:
        return ()
    heads = tuple(Cell(page.head(key)) for key in ("day", "evaluation_step", "who", "decision"))
    columns = (Column(0.16), Column(0.46), Column(0.2), Column(0.18))
    rows = tuple(Row(tuple(Cell(cell) for cell in _cells(page, step))) for step in steps)
    return (Table(columns, rows, heads, title=page.label("evaluation_step")),)


def _cells(page: Page, step: EvaluationStep) -> tuple[Inlines, ...]:
    return (
        plain(DASH if step.date is None else page.short_day(step.date)),
        stacked(strong(page.text(step.step)), *_proof(page, step)),
        page.lines(step.who),
        plain(DASH if step.decision is None else _decision(page, step.decision)),
    )


def _proof(page: Page, step: EvaluationStep) -> Iterator[Inlines]:
    for criterion in step.criteria:
        yield (Strong(plain(page.label("criteria"))), *page.lines(criterion))
    if step.result is not None:
        yield (Strong(plain(page.label("result"))), *page.lines(step.result))


def _decision(page: Page, decision: str) -> str:
    """`go-no-go` in words; anything else as it is written."""
    return page.label("decision_go_no_go") if decision == "go-no-go" else decision


# ---- the initial solution -------------------------------------------------------------------------------------------
def estimate(page: Page) -> Blocks:
    """Value a year, investment and time, as ranges where ranges were told."""
    figures = tuple(_estimates(page))
    return (KeyFigures(figures),) if figures else ()


def _estimates(page: Page) -> Iterator[KeyFigure]:
    told = {each.figure: each for each in page.facts.deal.earlier if each.paper == PAPER}
    case, totals = page.facts.value, page.facts.quote.totals
    if "benefits" in told:
        yield KeyFigure(page.label("estimated_value"), _span(page, told["benefits"]))
    elif case is not None and case.lines:
        ends = [to_minor(case.full_year(end), case.digits) for end in ("conservative", "optimistic")]
        yield KeyFigure(page.label("estimated_value"), _between(page, ends))
    if "go_live" in told:
        months = [page.number(each) for each in (told["go_live"].low, told["go_live"].high) if each is not None]
        yield KeyFigure(page.label("estimated_time"), page.label("months_between", months="–".join(months)))
    elif case is not None and case.terms.go_live_month:
        month = str(case.terms.go_live_month)
        yield KeyFigure(page.label("estimated_time"), page.label("months_between", months=month))
    if "investment" in told:
        yield KeyFigure(page.label("estimated_investment"), _span(page, told["investment"]), lead=True)
    elif page.facts.quote.lines:
        net = totals.customer_gross - totals.customer_tax
        yield KeyFigure(page.label("estimated_investment"), page.money(net), lead=True)


def _span(page: Page, told: Earlier) -> str:
    return _between(page, [each for each in (told.low, told.high) if each is not None])


def _between(page: Page, ends: Sequence[Decimal]) -> str:
    """Both ends, the currency once."""
    first, *rest = dict.fromkeys(ends)
    return " – ".join([page.money(first), *(page.amount(each) for each in rest)])


def bridge(page: Page) -> Blocks:
    """From requirements over the ways to meet them to what was chosen, by part of the solution."""
    parts: dict[str, list[Requirement]] = {}
    for each in story_of(page).requirements:
        if each.part is not None:
            parts.setdefault(each.part, []).append(each)
    if not parts:
        return ()
    heads = tuple(Cell(page.head(key)) for key in ("requirement", "way", "chosen"))
    rows: list[Row] = []
    for part in ("services", "systems", "applications", "management"):
        if part in parts:
            rows.append(Row((Cell(strong(page.label(f"part_{part}")), span=3),), "group"))
            rows += [_bridged(page, each) for each in parts[part]]
    return (Table((Column(0.38), Column(0.34), Column(0.28)), tuple(rows), heads, title=page.label("way")),)


def _bridged(page: Page, each: Requirement) -> Row:
    quoted = {line.line.sku: line.line.name for line in page.facts.quote.lines if line.line.sku is not None}
    names = [page.text(quoted[sku]) for sku in dict.fromkeys(each.lines) if sku in quoted]
    way = page.lines(each.why) or plain(page.label(f"answer_{each.answer or 'open'}"))
    chosen = plain(page.words.label("list_comma").join(names) or DASH)
    return Row((Cell(plain(f"{each.id}  {page.text(each.text)}")), Cell(way), Cell(chosen)))
