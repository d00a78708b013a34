"""What flows in and out, as streams: an amount, and which share of it falls into each month.

Everything in the model is linear in the amounts, so scenarios, sensitivity and break-even only change amounts and keep
the timing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from docgen.deal.value import AmountRange, RateRange
from docgen.problems import Path
from docgen.values import Text

Scenario = Literal["conservative", "expected", "optimistic"]
SCENARIOS: tuple[Scenario, ...] = ("conservative", "expected", "optimistic")

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Low, expected and high of one figure; all the same where only one is known."""

    low: Fraction
    expected: Fraction
    high: Fraction

    @classmethod
    def of(cls, stated: AmountRange | RateRange | Decimal | Fraction | int) -> Span:
        if not isinstance(stated, AmountRange | RateRange):
            return cls(Fraction(stated), Fraction(stated), Fraction(stated))
        low = stated.expected if stated.low is None else stated.low
        high = stated.expected if stated.high is None else stated.high
        return cls(Fraction(low), Fraction(stated.expected), Fraction(high))

    @property
    def is_open(self) -> bool:
        return self.low != self.high

    def benefit(self, scenario: Scenario) -> Fraction:
        """Conservative takes the low benefit."""
        return {"conservative": self.low, "expected": self.expected, "optimistic": self.high}[scenario]

    def cost(self, scenario: Scenario) -> Fraction:
        """Conservative takes the high cost."""
        return {"conservative": self.high, "expected": self.expected, "optimistic": self.low}[scenario]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a cost falls to the months.

    once     all of it in month `after`
    yearly   a twelfth of a year's amount in each month from month 1
    service  evenly over `months` of service after month `after`, the last in part: 5.5 months after month 2 are months
             3 to 7 and half of month 8
    share    what the amount is multiplied with: 1 + contingency
    """

    how: Literal["once", "yearly", "service"]
    after: int = 0
    months: Fraction = Fraction(0)
    share: Fraction = Fraction(1)

    def timing(self, horizon: int) -> tuple[Fraction, ...]:
        return tuple(self.share * self._in(month) for month in range(horizon + 1))

    def _in(self, month: int) -> Fraction:
        if self.how == "once":
            return Fraction(month == self.after)
        if month == 0:
            return Fraction(0)
        if self.how == "yearly":
            return Fraction(1, MONTHS_A_YEAR)
        return (
            max(Fraction(0), min(Fraction(month), self.after + self.months) - max(month - 1, self.after)) / self.months
        )


@dataclass(frozen=True, slots=True)
class Stream:
    """One line of the model.

    kind    of a benefit save, earn or avoid; of a cost the kind of product, or internal, hardware …
    amount  a full year of what comes each year, the whole of what is paid once; in the deal's currency
    timing  share of the amount in month 0, 1, … horizon;  spread: how a cost comes to it
    path    where the deal says so;  is_price: whether it is what the seller is paid
    """

    name: Text | None
    kind: str
    path: Path
    amount: Span
    timing: tuple[Fraction, ...]
    spread: Spread | None = None
    is_price: bool = False

    def worth(self, factors: Sequence[Fraction]) -> Fraction:
        """Present value of one unit of the amount."""
        return sum((t * f for t, f in zip(self.timing, factors, strict=True) if t), Fraction(0))


def flow_streams(flows: Sequence[Decimal]) -> tuple[Stream, Stream]:
    """A finance department's own net amounts by year as one stream of what comes in and one of what is paid. The first
    falls to the signature, each later one evenly over its twelve months."""
    monthly = [Fraction(flows[0]), *(Fraction(flow) / MONTHS_A_YEAR for flow in flows[1:] for _ in range(12))]
    gained = tuple(max(flow, Fraction(0)) for flow in monthly)
    paid = tuple(max(-flow, Fraction(0)) for flow in monthly)
    path = ("value", "flows")
    return Stream(None, "flows", path, Span.of(1), gained), Stream(None, "flows", path, Span.of(1), paid)
