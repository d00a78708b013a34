"""The head of a value statement: for whom, how firm its figures are, and the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import (
    Blocks,
    Columns,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Together,
    plain,
    stacked,
    strong,
)
from docgen.documents.components.value_summary import payback_figure, roi_figure
from docgen.documents.components.value_writing import case_of, word
from docgen.documents.page import Page
from docgen.locales.value import value_word
from docgen.money import to_minor


def about(page: Page) -> Blocks:
    """For whom it is, and what it is: number, date, how firm the figures are."""
    return (Columns(((Facts(tuple(_reader(page))),), (Facts(tuple(_paper(page))),)), (0.44, 0.56)),)


def _reader(page: Page) -> Iterator[Fact]:
    customer = page.facts.deal.customer
    person = customer.contacts[0] if customer.contacts else None
    comma = "，" if page.language == "zh-CN" else ", "
    called = "" if person is None else comma.join(filter(None, (page.text(person.name), page.text(person.title))))
    yield Fact(word(page, "for_whom"), stacked(strong(page.text(customer.name)), plain(called)))


def _paper(page: Page) -> Iterator[Fact]:
    deal = page.facts.deal
    yield Fact(page.label("number"), plain(f"{deal.number} · {page.day(deal.date)}"))
    yield Fact(word(page, "state"), plain(word(page, f"state_{_state(page)}")))
    if deal.prepared_by is not None:
        yield Fact(page.label("prepared_by"), plain(page.text(deal.prepared_by.name)))


def _state(page: Page) -> str:
    """How firm the figures are; of a finance department's own flows docgen knows no more than that."""
    case = case_of(page)
    return "flows" if case.terms.flows else case.maturity


def headline(page: Page) -> Blocks:
    """What is gained, paid and left; then the rate of return, when the money is back, what waiting costs."""
    box = Together((KeyFigures(tuple(_worth(page))), KeyFigures(tuple(_returns(page)))))
    return (page.commented(box, ("earlier",), ("value", "maturity")),)


def _worth(page: Page) -> Iterator[KeyFigure]:
    case = case_of(page)
    figures = case.figures()
    cost = "box_cost_flows" if case.terms.flows else "box_cost" if case.terms.costs else "box_cost_price"
    yield KeyFigure(page.label("box_tbb"), page.money(figures.tbb), _between(page, "tbb"))
    yield KeyFigure(word(page, cost), page.money(figures.tco), _between(page, "tco"))
    yield KeyFigure(word(page, "npv"), page.money(figures.npv), _between(page, "npv"), lead=True)


def _between(page: Page, figure: str) -> str:
    """An estimate says how far it reaches; a proven figure that it is a present value."""
    case = case_of(page)
    low, high = (getattr(case.figures(scenario), figure) for scenario in ("conservative", "optimistic"))
    if case.maturity in ("proven", "delivered") or low == high:
        return word(page, "present_value_of")
    low, high = sorted((low, high))
    return f"{value_word(page.language, 'estimate_between')} {page.amount(low)}–{page.amount(high)}"


def _returns(page: Page) -> Iterator[KeyFigure]:
    case = case_of(page)
    yield from roi_figure(page, case)
    yield payback_figure(page, case)
    delay = case.cost_of_delay
    if case.delivered:
        plan, actual = case.planned_and_actual()
        yield KeyFigure(word(page, "box_actual"), page.money(actual), word(page, "planned", plan=page.amount(plan)))
    elif delay is not None:
        yield KeyFigure(word(page, "box_delay"), page.money(to_minor(delay, case.digits)), word(page, "a_month"))
