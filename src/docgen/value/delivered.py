"""What came of it: actual figures against the plan, line by line and year by year after each line's begin.

Planned 774,000 in the second year, actual 812,700: 38,700 more, 5.0 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from docgen.value.benefits import BenefitLine


@dataclass(frozen=True, slots=True)
class Delivered:
    """One benefit in one year of its own, counted from 1."""

    line: BenefitLine
    year: int
    plan: Fraction
    actual: Fraction

    @property
    def variance(self) -> Fraction:
        return self.actual - self.plan

    @property
    def rate(self) -> Fraction | None:
        """Variance over plan; None where nothing was planned."""
        return self.variance / abs(self.plan) if self.plan else None


def delivered(lines: Sequence[BenefitLine]) -> Iterator[Delivered]:
    for line in lines:
        for year, actual in enumerate(line.benefit.actual, 1):
            yield Delivered(line, year, line.planned(year), Fraction(actual))
