"""What a series of flows is worth: pure formulas, each as text books have it, with worked numbers.

Flows are money by month (or by period), the first at signature; factors are those of `Discounting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from docgen.value.discounting import Discounting, power
from docgen.value.roots import count_rates, only_rate

IrrNote = Literal["irr_none", "irr_several"]
ZERO = Fraction(0)


def present_value(flows: Sequence[Fraction], factors: Sequence[Fraction]) -> Fraction:
    """Σ flow × factor. −10,000 now, then 3,000, 4,200, 6,800 at the ends of three years, at 10 %: 1,307.29."""
    return sum((flow * factor for flow, factor in zip(flows, factors, strict=True) if flow), ZERO)


def roi(npv: Fraction, tco: Fraction) -> Fraction | None:
    """NPV / TCO; None where nothing is paid. 1,307.29 / 10,000 = 13.07 %."""
    return npv / tco if tco > 0 else None


@dataclass(frozen=True, slots=True)
class Irr:
    """The internal rate of return per year, or why there is none to tell."""

    rate: Fraction | None
    note: IrrNote | None = None


def irr(monthly: Sequence[Fraction], discounting: Discounting) -> Irr:
    """The one yearly rate at which the flows are worth nothing; None where there is none, or several.

    −70,000, then 12,000, 15,000, 18,000, 21,000, 26,000 a year: 8.66 %.
    """
    flows = discounting.periods(monthly)
    found = count_rates(flows)
    if found != 1:
        return Irr(None, "irr_several" if found else "irr_none")
    return Irr(discounting.yearly(only_rate(flows)))


def mirr(monthly: Sequence[Fraction], discounting: Discounting) -> Fraction | None:
    """Modified rate, what is paid financed and what comes in reinvested at the discount rate:
    (1 + r) × (PV of what comes in / PV of what is paid)^(1/years) − 1; None where one of them is missing.

    −1,000, then 500, 400, 300, 100 at 10 %: 1.1 × (1,078.82 / 1,000)^(1/4) − 1 = 12.11 %.
    """
    flows = discounting.periods(monthly)
    horizon = len(monthly) - 1
    factors = discounting.periods_factors(horizon)
    gained = present_value([max(flow, ZERO) for flow in flows], factors)
    paid = -present_value([min(flow, ZERO) for flow in flows], factors)
    years = discounting.years(horizon)
    if gained == 0 or paid == 0 or years == 0:
        return None
    return (1 + discounting.rate) * power(gained / paid, 1 / years) - 1


def payback(monthly: Sequence[Fraction]) -> Fraction | None:
    """Months until what came in has made good what was paid, for good: the last time the running sum rises from below
    zero, with a straight line inside that month. 0 where it is never below, None where it ends below.

    −1,000, then 400 a month: 2.5. −100, 150, −100, 100: 2.5, not 0.67, since it falls below once more.
    """
    total = list(accumulate(monthly))
    if total[-1] < 0:
        return None
    below = next((month for month in range(len(total) - 1, -1, -1) if total[month] < 0), None)
    if below is None:
        return ZERO
    return below + -total[below] / monthly[below + 1]


def from_go_live(months: Fraction | None, go_live: int) -> Fraction | None:
    """The same moment counted from go-live; 0 where it comes before."""
    return None if months is None else max(months - go_live, ZERO)
