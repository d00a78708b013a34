"""Everything the customer pays, as streams: the price, or amounts by month, and costs of his own with contingency.

The price comes from the quote and is never typed twice: what is paid once in month 0, what recurs evenly over its
months of service, as the customer pays it (before any partner's discount), without tax unless he cannot recover it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from docgen.deal import Deal
from docgen.deal.value import Cost, ValueModel
from docgen.money import ZERO
from docgen.period import add_months
from docgen.pricing import Quote
from docgen.problems import Path
from docgen.value.price import customer_amount, priced_lines
from docgen.value.streams import Span, Spread, Stream
from docgen.values import Text

INVESTMENT = ("value", "investment")


def cost_streams(deal: Deal, value: ValueModel, quote: Quote, horizon: int) -> Iterator[Stream]:
    """The price, or what the model states instead; then the customer's own costs."""
    if value.investment == "quote":
        yield from _price(deal, value, quote, horizon)
    else:
        for index, part in enumerate(value.investment):
            spread, path = Spread("once", part.month), (*INVESTMENT, index)
            yield _stream(part.name, part.kind, path, Span.of(part.amount), spread, horizon, is_price=True)
    for index, cost in enumerate(value.costs):
        yield from _own(cost, index, horizon)


def _stream(
    name: Text | None, kind: str, path: Path, amount: Span, spread: Spread, horizon: int, *, is_price: bool = False
) -> Stream:
    return Stream(name, kind, path, amount, spread.timing(horizon), spread, is_price)


def _own(cost: Cost, index: int, horizon: int) -> Iterator[Stream]:
    """Contingency on all of a cost: 300,000 and 60,000 a year with 5 % are 315,000 and 63,000 a year."""
    share = 1 + Fraction(cost.contingency)
    path = ("value", "costs", index)
    once, yearly = Spread("once", share=share), Spread("yearly", share=share)
    for key, amount, spread in (("initial", cost.initial, once), ("per_year", cost.per_year, yearly)):
        if amount is not None:
            yield _stream(cost.name, cost.kind, (*path, key), Span.of(amount), spread, horizon)


# ---- the price ------------------------------------------------------------------------------------------------------
def _price(deal: Deal, value: ValueModel, quote: Quote, horizon: int) -> Iterator[Stream]:
    """One stream for each kind of product and term, so that a long quotation stays a short model."""
    signed = value.signature or deal.date
    sums: dict[tuple[str, int, Fraction | None], Decimal] = {}
    for line in priced_lines(quote, value):
        begins = 0 if line.line.starts is None else months_until(line.line.starts, signed)
        key = (line.line.kind, begins, line.line.months)
        sums[key] = sums.get(key, ZERO) + customer_amount(line, value)
    for (kind, begins, months), amount in sums.items():
        spread = Spread("once") if months is None else Spread("service", begins, months)
        yield _stream(None, kind, INVESTMENT, Span.of(amount), spread, horizon, is_price=True)


def months_until(day: dt.date, signed: dt.date) -> int:
    """Whole months from signature to the first day of service; service that runs already counts from signature.

    Signed on 20 November, service from 1 January: 1, so its first month is month 2, the one that day falls into.
    """
    months = (day.year - signed.year) * 12 + day.month - signed.month
    if months > 0 and add_months(signed, months) > day:
        months -= 1
    return max(months, 0)
