"""What a value section gets wrong beyond its grammar. A new check is one function and one line in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from docgen.deal import Deal
from docgen.deal.value import AmountRange, Benefit, RateRange, ValueModel
from docgen.pricing import Quote
from docgen.problems import Path, Problem, problem, warning
from docgen.value.price import price_total, priced_lines

_PRICED = (("lines",), ("alternatives",), ("discounts",))
"""Damage of these makes a comparison with the price meaningless."""


def _rate(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    """No silent discount rate: the customer's finance department knows its own. Without one there is no case to tell;
    a quotation can do without."""
    if terms.discount_rate is None:
        yield warning("value_needs_rate", "value")


def _flows(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    if not terms.flows:
        return
    beside = [key for key in ("benefits", "costs", "investment") if key in terms.model_fields_set]
    if terms.investment == "quote" and "investment" in beside:
        beside.remove("investment")
    if beside:
        yield problem("flows_beside", "value", "flows", beside=", ".join(beside))
    if len(terms.flows) < 2:
        yield problem("flows_too_short", "value", "flows")
    months = 12 * (len(terms.flows) - 1)
    if "horizon_months" in terms.model_fields_set and terms.horizon_months != months:
        yield problem("flows_not_horizon", "value", "horizon_months", years=len(terms.flows) - 1, months=months)
    price = price_total(quote, terms)
    if quote.lines and terms.flows[0] != -price:
        found = warning("flows_not_price", "value", "flows", 0, amount=f"{terms.flows[0]:,}", price=f"{price:,}")
        yield replace(found, depends=_PRICED)


def _benefits(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    if not terms.benefits and not terms.flows:
        yield warning("value_without_benefits", "value")
    seen: set[str] = set()
    for index, benefit in enumerate(terms.benefits):
        path: Path = ("value", "benefits", index)
        if benefit.id in seen:
            yield problem("duplicate_benefit", *path, "id", id=benefit.id)
        seen.add(benefit.id)
        yield from _amount(benefit, path)


def _amount(benefit: Benefit, path: Path) -> Iterator[Problem]:
    """An amount per year, or a baseline with its improvement; a baseline beside an amount per year only tells."""
    if benefit.per_year is not None and benefit.improvement is not None:
        yield problem("benefit_twice", *path, "per_year")
    elif benefit.per_year is None and benefit.improvement is None:
        yield problem("benefit_needs_amount", *path, id=benefit.id)
    elif benefit.per_year is None and benefit.baseline is None:
        yield problem("benefit_needs_baseline", *path, id=benefit.id)


def _ranges(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    for path, span in _all_ranges(terms):
        low, high = span.low, span.high
        if (low is not None and low > span.expected) or (high is not None and high < span.expected):
            yield problem("range_turned", *path)


def _all_ranges(terms: ValueModel) -> Iterator[tuple[Path, AmountRange | RateRange]]:
    sections = {
        "benefits": (terms.benefits, ("baseline", "improvement", "per_year")),
        "costs": (terms.costs, ("initial", "per_year")),
        "investment": (() if terms.investment == "quote" else terms.investment, ("amount",)),
    }
    for section, (items, names) in sections.items():
        for index, item in enumerate(items):
            for name in names:
                span = getattr(item, name)
                if span is not None:
                    yield ("value", section, index, name), span


def _months(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    """What begins too late to count, or earlier than can be."""
    horizon = terms.horizon_months
    if terms.flows:
        return
    late = terms.benefits and all((b.start_month or terms.go_live_month + 1) > horizon for b in terms.benefits)
    if late and terms.go_live_month >= horizon:
        yield warning("go_live_after_horizon", "value", "go_live_month", month=terms.go_live_month, horizon=horizon)
    for index, benefit in enumerate(terms.benefits):
        start = benefit.start_month
        if start is not None and start > horizon:
            yield warning("benefit_after_horizon", "value", "benefits", index, "start_month", horizon=horizon)
        elif start is not None and start <= terms.go_live_month:
            live = terms.go_live_month
            yield warning("benefit_before_go_live", "value", "benefits", index, "start_month", month=start, live=live)
    for index, part in enumerate(() if terms.investment == "quote" else terms.investment):
        if part.month > horizon:
            yield warning("investment_after_horizon", "value", "investment", index, "month", horizon=horizon)


def _investment(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    """The price is the investment: it must be there, and what is typed instead must agree with it."""
    if terms.flows:
        return
    if terms.investment == "quote":
        if not deal.lines and not deal.alternatives:
            found = problem("value_without_price", "value")
            yield replace(found, severity="warning" if terms.maturity == "initial" else "error", depends=_PRICED)
        return
    price, stated = price_total(quote, terms), sum(part.amount.expected for part in terms.investment)
    if quote.lines and stated != price:
        found = warning("investment_not_price", "value", "investment", amount=f"{stated:,}", price=f"{price:,}")
        yield replace(found, depends=_PRICED)


def _service(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    """Years of benefits for which no service is paid flatter the result."""
    if terms.flows or terms.investment != "quote":
        return
    months = [line.line.months for line in priced_lines(quote, terms) if line.line.months is not None]
    if months and max(months) + terms.go_live_month < terms.horizon_months:
        term = int(max(months))
        found = warning("service_ends_early", "value", "horizon_months", term=term, horizon=terms.horizon_months)
        yield replace(found, depends=_PRICED)


CHECKS: tuple[Callable[[Deal, ValueModel, Quote], Iterator[Problem]], ...] = (
    _rate,
    _flows,
    _benefits,
    _ranges,
    _months,
    _investment,
    _service,
)


def check(deal: Deal, terms: ValueModel, quote: Quote) -> Iterator[Problem]:
    for each in CHECKS:
        yield from each(deal, terms, quote)
