"""What a month of the recurring lines costs at the end of their term, and what a renewal costs by that.

100 users at 230.00 list, 198.00 net, 36 months to 2029-12-31. Renewed for 12 months from 2030-01-01:
same 100 × 198.00 × 12 = 237,600.00 · list 100 × 230.00 × 12 = 276,000.00 · uplift 3 % 237,600.00 × 1.03 = 244,728.00.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.deal import Deal
from docgen.money import Exact, to_minor
from docgen.period import add_months
from docgen.pricing.quote import QuoteLine, RenewalPrice, total

DEFAULT_MONTHS = 12


def renewal_price(deal: Deal, lines: Sequence[QuoteLine], digits: int, *, is_inclusive: bool) -> RenewalPrice | None:
    """The price of a renewal where the deal's terms set one; rounded once, over all lines."""
    terms = deal.terms.renewal
    counted = [line for line in lines if line.counts]
    last = _last_day(counted)
    if terms is None or terms.mode not in ("same", "list", "uplift") or last is None:
        return None
    months = terms.months or DEFAULT_MONTHS
    times = months * (1 + Fraction(terms.uplift or 0) if terms.mode == "uplift" else Fraction(1))

    def renewed(own: Callable[[QuoteLine], Fraction]) -> Fraction:
        return times * _last_month(counted, own)

    def before_tax(amount: Fraction, line: QuoteLine) -> Fraction:
        return amount / (1 + Fraction(line.tax_rate)) if is_inclusive else amount

    if terms.mode == "list":
        net = renewed(lambda line: before_tax(Fraction(line.list), line))
        customer = renewed(lambda line: Fraction(line.list))
    else:
        net = renewed(lambda line: before_tax(Fraction(line.credit), line) + Fraction(line.net))
        customer = renewed(lambda line: Fraction(line.customer + line.credit))
    return RenewalPrice(
        terms.mode,
        last + dt.timedelta(days=1),
        months,
        to_minor(net, digits),
        to_minor(customer, digits),
        terms.uplift if terms.mode == "uplift" else None,
    )


def net_of_last_month(counted: Sequence[QuoteLine], *, is_inclusive: bool) -> Fraction:
    """Recurring net of the last month of the longest term. A credit is given once, so it lowers no month's price."""

    def before_credit(line: QuoteLine) -> Exact:
        if not line.credit:
            return line.net
        return Fraction(line.net) + Fraction(line.credit) / (
            1 + Fraction(line.tax_rate) if is_inclusive else Fraction(1)
        )

    return _last_month(counted, before_credit)


def _last_month(counted: Iterable[QuoteLine], amount: Callable[[QuoteLine], Exact]) -> Fraction:
    """Of each line that still runs in the last month of the longest term, its amount over its months. There are many
    lines and few terms, so amounts are summed by term before they are divided."""
    recurring = [line for line in counted if line.line.months and line.line.ends]
    last = _last_day(recurring)
    if last is None:
        return Fraction(0)
    begins = add_months(last, -1)
    by_term: dict[tuple[int, int], list[Exact]] = {}
    for line in recurring:
        if line.line.months and line.line.ends and line.line.ends > begins:
            by_term.setdefault(line.line.months.as_integer_ratio(), []).append(amount(line))
    return sum((_summed(amounts) / Fraction(*months) for months, amounts in by_term.items()), Fraction(0))


def _summed(amounts: Sequence[Exact]) -> Fraction:
    plain = total(each for each in amounts if isinstance(each, Decimal))
    return sum((each for each in amounts if isinstance(each, Fraction)), Fraction(plain))


def _last_day(counted: Iterable[QuoteLine]) -> dt.date | None:
    return max((line.line.ends for line in counted if line.line.ends is not None), default=None)
