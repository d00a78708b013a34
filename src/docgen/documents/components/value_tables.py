"""The tables of a value statement: what is paid, year by year, in three cases, and how it is counted.

Every amount is the one the model's JSON holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.content.blocks import Blocks, Cell, Inlines, Row, plain, quiet, stacked, strong
from docgen.documents.components.price_table import DASH
from docgen.documents.components.value_writing import (
    GROUPS,
    PARTS,
    Shape,
    case_of,
    head,
    in_line,
    named,
    span_of,
    table,
    word,
)
from docgen.documents.page import Page
from docgen.locales.dates import format_months
from docgen.locales.numbers import format_rate_exact
from docgen.locales.value import value_word
from docgen.money import ZERO, to_minor
from docgen.value.model import Outcome
from docgen.value.streams import SCENARIOS, Spread, Stream


# ---- what is paid ---------------------------------------------------------------------------------------------------
def investment(page: Page) -> Blocks:
    """Hardware, software, services as the quotation has them, then the customer's own effort."""
    case = case_of(page)
    if case.terms.flows or not case.model.costs:
        return ()
    shapes = (Shape("cost_part", 0.14), Shape("cost_line", 0.22), Shape("cost_when", 0.3),
              Shape("cost_paid", 0.17, figures=True), Shape("pv", 0.17, figures=True))  # fmt: skip
    paid = case.paid_in_horizon()
    found = [
        (stream, *amounts)
        for (stream, worth), amount in zip(case.worth_of_costs(), paid, strict=True)
        for amounts in [(amount, worth)]
    ]
    rows: list[Row] = []
    for part in PARTS:
        before: Stream | None = None
        for stream, amount, worth in (each for each in found if _part(each[0]) == part):
            rows.append(Row((*_cost(page, part, stream, before), *_figures(page, (amount, worth)))))
            before = stream
    total = (
        Cell(strong(word(page, "tco")), span=3),
        *_figures(page, (sum(paid, ZERO), case.figures().tco), heavy=True),
    )
    return table(page, shapes, [*rows, Row(total, "subtotal")], word(page, "costs"))


def _part(stream: Stream) -> str:
    return GROUPS.get(stream.kind, "part_other")


def _cost(page: Page, part: str, stream: Stream, before: Stream | None) -> tuple[Cell, ...]:
    """Its part where a new one begins, what it is, and when it is paid. What is called like its part is named once."""
    first = "" if before is not None else word(page, part)
    when = Cell(plain(_when(page, stream.spread)))
    if named(page, stream) == first:
        return Cell(plain(first), span=2), when
    return Cell(plain(first)), Cell(_called(page, stream, before)), when


def _called(page: Page, stream: Stream, before: Stream | None) -> Inlines:
    """Its name, and of a cost of the customer's own who answers for it and what shows it."""
    name = plain(named(page, stream))
    if stream.is_price or not isinstance(stream.path[2], int):
        return name
    if before is not None and before.path[:3] == stream.path[:3]:
        return name
    cost = case_of(page).terms.costs[stream.path[2]]
    source = " · ".join(filter(None, (page.text(cost.owner), page.text(cost.evidence or cost.source))))
    return stacked(page.remarked(name, "value", "costs", stream.path[2]), quiet(source))


def _when(page: Page, spread: Spread | None) -> str:
    """When it is paid, in each language of the paper."""
    return "" if spread is None else " ".join(dict.fromkeys(_paid(spread, each) for each in page.languages))


def _paid(spread: Spread, language: str) -> str:
    month = str(spread.after)
    if spread.how == "service":
        served = format_months(to_minor(spread.months, 1), language)
        when = value_word(language, "in_service", months=served, month=month)
    elif spread.how == "yearly":
        when = value_word(language, "each_year")
    else:
        when = value_word(language, "once_later" if spread.after else "once", month=month)
    if spread.share == 1:
        return when
    share = format_rate_exact(spread.share - 1, language)
    return value_word(language, "with_contingency", when=when, share=share)


# ---- years and cases ------------------------------------------------------------------------------------------------
def years(page: Page) -> Blocks:
    """The cash flow year by year; present values sum to the NPV."""
    told = case_of(page).figures()
    keys = ("benefits", "costs", "net", "running", "pv")
    shapes = [Shape("year", 0.15), *(Shape(key, 0.17, figures=True) for key in keys)]
    rows = []
    for row in told.years:
        name = word(page, "year_number", number=str(row.year)) if row.year else word(page, "signature")
        amounts = (row.benefit, -row.cost, row.net, row.cumulative, row.pv)
        rows.append(Row((Cell(plain(name)), *_figures(page, amounts))))
    whole = (sum((r.benefit for r in told.years), ZERO), -sum((r.cost for r in told.years), ZERO),
             sum((r.net for r in told.years), ZERO))  # fmt: skip
    cells = (*_figures(page, whole, heavy=True), Cell(), *_figures(page, (told.npv,), heavy=True))
    return table(page, shapes, [*rows, Row((Cell(strong(word(page, "total"))), *cells), "subtotal")], word(page, "net"))


def _figures(page: Page, amounts: Sequence[Decimal], *, heavy: bool = False) -> tuple[Cell, ...]:
    ink = strong if heavy else plain
    return tuple(Cell(ink(page.amount(each))) for each in amounts)


def scenarios(page: Page) -> Blocks:
    """The three cases side by side."""
    case = case_of(page)
    shapes = [Shape("case_figure", 0.34), *(Shape(f"case_{each}", 0.22, figures=True) for each in SCENARIOS)]
    outcomes = [(case.figures(each), case.scenarios[each]) for each in SCENARIOS]
    lines: list[tuple[str, list[str]]] = [
        ("tbb", [page.amount(told.tbb) for told, _ in outcomes]),
        ("tco", [page.amount(told.tco) for told, _ in outcomes]),
        ("npv", [page.amount(told.npv) for told, _ in outcomes]),
    ]
    if case.tells_rates:
        lines.append(("roi", [_rate(page, found.roi) for _, found in outcomes]))
    lines.append(("payback", [span_of(page, found.nominal.signature) for _, found in outcomes]))
    if case.model.go_live:
        lines.append(("payback_live", [span_of(page, found.nominal.go_live) for _, found in outcomes]))
    rows = [
        Row(
            (
                Cell(head(page, key, strong if key == "npv" else plain)),
                *(Cell((strong if key == "npv" else plain)(each)) for each in cells),
            )
        )
        for key, cells in lines
    ]
    return table(page, shapes, rows, word(page, "scenario"))


def _rate(page: Page, rate: Fraction | None) -> str:
    return DASH if rate is None else page.rate(rate)


# ---- how it is counted ----------------------------------------------------------------------------------------------
def method(page: Page) -> Blocks:
    """Each figure with its formula in words and what it comes to. The price at which nothing is gained stays ours."""
    shapes = (Shape("figure", 0.36), Shape("formula", 0.49), Shape("value", 0.15, figures=True))
    rows = [
        Row((Cell(in_line(page, key)), Cell(in_line(page, how)), Cell(plain(value))))
        for key, how, value in _ledger(page)
    ]
    return table(page, shapes, rows, word(page, "formula"))


def _ledger(page: Page) -> Iterator[tuple[str, str, str]]:
    case = case_of(page)
    told, expected = case.figures(), case.expected
    yield "tbb", "how_benefits", page.amount(told.tbb)
    yield "tco", "how_price", page.amount(told.tco)
    yield "npv", "how_npv", page.amount(told.npv)
    if case.tells_rates:
        yield from _rates(page, expected)
    yield "payback", "how_payback", span_of(page, expected.nominal.signature)
    yield "payback_discounted", "how_payback_discounted", span_of(page, expected.discounted.signature)


def _rates(page: Page, expected: Outcome) -> Iterator[tuple[str, str, str]]:
    yield "roi", "how_roi", _rate(page, expected.roi)
    yield "irr", expected.irr.note or "how_irr", _rate(page, expected.irr.rate)
    yield "mirr", "how_mirr", _rate(page, expected.mirr)
