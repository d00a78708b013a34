"""What money of a later month is worth at signature, by one of two conventions. Exact but for one root.

annual_end          the flows of a year are discounted at its end: factor (1 + r)^−y in every month of year y. A last
                    year that the horizon cuts short is discounted to the end of a whole year, too.
monthly_effective   each month by itself: (1 + r)^(−m/12), the monthly rate that makes r in twelve months.

Month 0, the signature, is not discounted. 1,000 of month 18 at 10 %: 826.45 (annual_end: 1.1^−2), 866.78
(monthly_effective: 1.1^−1.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Convention = Literal["annual_end", "monthly_effective"]

_ROOTS = Context(prec=60)
"""For roots, which no fraction can hold: sixty digits, far beyond the cent of any amount."""


@dataclass(frozen=True, slots=True)
class Discounting:
    """A yearly rate and its convention."""

    rate: Fraction
    convention: Convention

    def factors(self, horizon: int) -> tuple[Fraction, ...]:
        """What one unit of money in month 0, 1, … `horizon` is worth at signature."""
        return _factors(self.rate, self.convention, horizon)

    def periods(self, monthly: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Monthly flows as the convention sees them: month 0, then years or months."""
        return by_year(monthly) if self.convention == "annual_end" else tuple(monthly)

    def periods_factors(self, horizon: int) -> tuple[Fraction, ...]:
        """The factors of those periods."""
        factors = self.factors(horizon)
        if self.convention == "monthly_effective":
            return factors
        return tuple(factors[min(12 * year, horizon)] for year in range(year_of(horizon) + 1))

    def years(self, horizon: int) -> Fraction:
        """How many years the last flow lies off: 30 months are 3 years at their end, 2.5 by months."""
        return Fraction(year_of(horizon)) if self.convention == "annual_end" else Fraction(horizon, 12)

    def yearly(self, rate: Fraction) -> Fraction:
        """A rate per period as a yearly one."""
        return rate if self.convention == "annual_end" else (1 + rate) ** 12 - 1


@lru_cache(maxsize=64)
def _factors(rate: Fraction, convention: Convention, horizon: int) -> tuple[Fraction, ...]:
    if convention == "annual_end":
        return tuple((1 + rate) ** -year_of(month) for month in range(horizon + 1))
    parts = [power(1 + rate, Fraction(-month, 12)) for month in range(12)]
    return tuple((1 + rate) ** -(month // 12) * parts[month % 12] for month in range(horizon + 1))


def year_of(month: int) -> int:
    """0 for the signature, 1 for months 1 to 12, 2 for 13 to 24."""
    return -(-month // 12)


def by_year(monthly: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Sums by year; the first is month 0 alone."""
    years = [Fraction(0)] * (year_of(len(monthly) - 1) + 1)
    for month, flow in enumerate(monthly):
        years[year_of(month)] += flow
    return tuple(years)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """base^exponent, base above zero: exact for a whole exponent, to sixty digits for others. 1.1^0.5 = 1.0488088…"""
    if exponent.denominator == 1:
        return base**exponent.numerator
    return Fraction(_ROOTS.power(_decimal(base), _decimal(exponent)))


def _decimal(value: Fraction) -> Decimal:
    return _ROOTS.divide(Decimal(value.numerator), Decimal(value.denominator))
