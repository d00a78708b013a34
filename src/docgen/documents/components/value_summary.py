"""What is paid and what it brings, in one strip: for the reader who reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Row,
    RowRole,
    Table,
    plain,
    stacked,
    strong,
)
from docgen.documents.page import Page
from docgen.locales.dates import format_months
from docgen.money import to_minor

if TYPE_CHECKING:
    from docgen.value.case import ValueCase


def investment_and_return(page: Page) -> Blocks:
    """Benefit, return and payback where the deal has a value model; the investment weighs most."""
    totals = page.facts.quote.totals
    figures = [] if page.facts.value is None else list(_gain(page, page.facts.value))
    if page.facts.quote.lines:
        label = "box_investment_taxed" if totals.customer_tax else "box_investment"
        figures.append(KeyFigure(page.label(label), page.money(totals.customer_gross), lead=True))
    box = KeyFigures(tuple(figures))
    return (page.commented(box, ("earlier",), ("value", "maturity")),) if len(figures) > 1 else ()


def _gain(page: Page, case: ValueCase) -> Iterator[KeyFigure]:
    horizon = " / ".join(format_months(case.model.horizon, x) for x in page.languages)
    told = page.label("over_horizon", months=horizon)
    yield KeyFigure(page.label("box_tbb"), page.money(case.figures().tbb), told)
    yield from roi_figure(page, case)
    yield payback_figure(page, case, live=False)


def roi_figure(page: Page, case: ValueCase) -> Iterator[KeyFigure]:
    """The return with its method, where the model's maturity allows a rate and something is paid."""
    roi = case.expected.roi
    if case.tells_rates and roi is not None:
        yield KeyFigure(page.label("box_roi"), page.rate(roi), page.label("roi_is"))


def payback_figure(page: Page, case: ValueCase, *, live: bool = True) -> KeyFigure:
    """When the money is back, from signature and, with `live`, from go-live too."""
    found = case.expected.nominal
    if found.signature is None:
        return KeyFigure(page.label("box_payback"), page.label("never_pays"))
    note = page.label("from_signature")
    if live and found.go_live is not None and case.model.go_live:
        note = page.label("from_signature_and_live", months=_months(page, found.go_live))
    return KeyFigure(page.label("box_payback"), _months(page, found.signature), note)


def _months(page: Page, span: Fraction) -> str:
    return " / ".join(format_months(to_minor(span, 1), x) for x in page.languages)


def benefit_summary(page: Page) -> Blocks:
    """Each benefit with what it is counted from, its full year and present value; they sum to the TBB."""
    case = page.facts.value
    if case is None or not case.lines:
        return ()
    columns = (Column(0.24), Column(0.36), Column(0.2, "end"), Column(0.2, "end"))
    heads = tuple(Cell(page.head(key)) for key in ("benefit", "benefit_driver", "full_year", "present_value"))
    figures = case.figures()
    rows = [
        Row(
            (
                Cell(page.remarked(page.lines(line.benefit.name), "value", "benefits", index)),
                Cell(
                    stacked(page.lines(line.benefit.driver), page.lines(line.benefit.evidence or line.benefit.source))
                ),
                Cell(plain(page.amount(to_minor(line.full_year("expected"), case.digits)))),
                Cell(plain(page.amount(worth))),
            )
        )
        for index, (line, (_, worth)) in enumerate(zip(case.lines, case.worth_of_benefits(), strict=True))
    ]
    rows += [
        _sum(page, "total_benefit", figures.tbb, "subtotal"),
        _sum(page, "total_cost", -figures.tco, "subtotal"),
        _sum(page, "net_present", figures.npv, "total"),
    ]
    return (Table(columns, tuple(rows), heads, title=page.label("benefit")),)


def _sum(page: Page, label: str, amount: Decimal, role: RowRole) -> Row:
    return Row((Cell(strong(page.label(label)), span=3), Cell(strong(page.amount(amount)))), role)
