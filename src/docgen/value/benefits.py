"""A benefit line as a stream: what a full year of it is worth, and how it builds up.

A full year is baseline × unit value × improvement, or the amount per year. Month m of the line brings a twelfth of it ×
recapture × build-up of its quarter × adoption of its year × (1 − risk), counted from the line's first month: the month
after go-live, or its own `start_month`. The last entry of build-up and adoption persists.

86,000,000 × 6 % × 15 % = 774,000 a year; in the first quarter at 25 % build-up and 10 % risk: 14,512.50 a month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from docgen.deal.value import Benefit, ValueModel
from docgen.value.streams import MONTHS_A_YEAR, Scenario, Span, Stream

MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A benefit of the deal with its stream.

    begins    the first month that brings something
    full_run  share of a full year that is left when build-up and adoption have reached their last entry
    """

    benefit: Benefit
    stream: Stream
    begins: int
    full_run: Fraction

    def full_year(self, scenario: Scenario) -> Fraction:
        """What a year brings when everything has built up."""
        return self.stream.amount.benefit(scenario) * self.full_run

    def planned(self, year: int, scenario: Scenario = "expected") -> Fraction:
        """What the plan says for the line's year 1, 2, …, whether or not the horizon reaches that far."""
        first = self.begins + MONTHS_A_YEAR * (year - 1)
        months = (share_of_month(self.benefit, self.begins, m) for m in range(first, first + MONTHS_A_YEAR))
        return self.stream.amount.benefit(scenario) * sum(months, Fraction(0))


def benefit_lines(value: ValueModel, horizon: int) -> Iterator[BenefitLine]:
    for index, benefit in enumerate(value.benefits):
        begins = first_month(benefit, value)
        timing = tuple(share_of_month(benefit, begins, month) for month in range(horizon + 1))
        stream = Stream(benefit.name, benefit.kind, ("value", "benefits", index), yearly(benefit), timing)
        yield BenefitLine(benefit, stream, begins, _full_run(benefit))


def first_month(benefit: Benefit, value: ValueModel) -> int:
    return value.go_live_month + 1 if benefit.start_month is None else benefit.start_month


def share_of_month(benefit: Benefit, begins: int, month: int) -> Fraction:
    """Share of a full year that one month brings."""
    if month < begins:
        return Fraction(0)
    build_up = _entry(benefit.build_up, (month - begins) // MONTHS_A_QUARTER)
    adoption = _entry(benefit.adoption, (month - begins) // MONTHS_A_YEAR)
    return _kept(benefit) * build_up * adoption / MONTHS_A_YEAR


def _entry(entries: Sequence[Decimal], number: int) -> Fraction:
    """The entry of a quarter or year; the last persists, none is all of it."""
    return Fraction(entries[min(number, len(entries) - 1)]) if entries else Fraction(1)


def _kept(benefit: Benefit) -> Fraction:
    return Fraction(benefit.recapture) * (1 - Fraction(benefit.risk))


def _full_run(benefit: Benefit) -> Fraction:
    return _kept(benefit) * _entry(benefit.build_up[-1:], 0) * _entry(benefit.adoption[-1:], 0)


# ---- a full year ----------------------------------------------------------------------------------------------------
FACTORS = ("baseline", "improvement", "per_year")
"""The figures of a benefit that may be a range, and so drive the result."""


def yearly(benefit: Benefit) -> Span:
    """A full year: expected figures together, and the least and most that any corner of the ranges gives.

    A range of 10–20 % on a baseline of 90–110: least 9, most 22. (With a negative baseline the high improvement is the
    bad one, so all corners are looked at.)
    """
    factors = factors_of(benefit)
    corners = [_product(corner) for corner in product(*((f.low, f.expected, f.high) for f in factors.values()))]
    return Span(min(corners), _product(f.expected for f in factors.values()), max(corners))


def with_factor(benefit: Benefit, name: str, figure: Fraction) -> Fraction:
    """The expected full year with one of its figures changed."""
    return _product(figure if key == name else f.expected for key, f in factors_of(benefit).items())


def factors_of(benefit: Benefit) -> dict[str, Span]:
    """The figures a full year is the product of; a benefit that states none is worth nothing."""
    if benefit.per_year is not None:
        return {"per_year": Span.of(benefit.per_year)}
    if benefit.baseline is None or benefit.improvement is None:
        return {"per_year": Span.of(0)}
    worth = {} if benefit.unit_value is None else {"unit_value": Span.of(benefit.unit_value)}
    return {"baseline": Span.of(benefit.baseline), **worth, "improvement": Span.of(benefit.improvement)}


def _product(figures: Sequence[Fraction] | Iterator[Fraction]) -> Fraction:
    out = Fraction(1)
    for figure in figures:
        out *= figure
    return out
