"""What the result hangs on: the swing of each uncertain figure, and how far adoption or price may move.

Each driver is moved alone from its low to its high, everything else as expected: the NPV moves by (high − low) ×
present value of one unit. An improvement of 10 / 15 / 20 % on 1,000,000 a year for three years at 10 % (annual_end,
live at once): 2.48685 × 50,000 = 124,342.60 either way, a swing of 248,685.20.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from docgen.problems import Path
from docgen.value.benefits import FACTORS, BenefitLine, factors_of, with_factor
from docgen.value.model import Model, Outcome
from docgen.value.streams import Span, Stream
from docgen.values import Text


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar of a tornado.

    factor   baseline, improvement, per_year of a benefit; initial, per_year, amount of a cost
    span     the figure itself: a rate for an improvement, else an amount
    npv_low  NPV when the figure is at its low end;  npv_high: at its high end
    """

    name: Text | None
    kind: str
    factor: str
    path: Path
    span: Span
    npv_low: Fraction
    npv_high: Fraction

    @property
    def swing(self) -> Fraction:
        return abs(self.npv_high - self.npv_low)


def tornado(model: Model, lines: Sequence[BenefitLine], expected: Outcome) -> tuple[Swing, ...]:
    """The widest first; among equals the earlier in the file."""
    swings = [*_benefit_swings(model, lines, expected.npv), *_cost_swings(model, expected.npv)]
    return tuple(sorted(swings, key=lambda s: -s.swing))


def _benefit_swings(model: Model, lines: Sequence[BenefitLine], npv: Fraction) -> Iterator[Swing]:
    for line in lines:
        stream, worth = line.stream, line.stream.worth(model.factors)
        for factor, span in factors_of(line.benefit).items():
            if factor in FACTORS and span.is_open:
                ends = (with_factor(line.benefit, factor, end) for end in (span.low, span.high))
                low, high = (npv + (end - stream.amount.expected) * worth for end in ends)
                yield Swing(stream.name, stream.kind, factor, stream.path, span, low, high)


def _cost_swings(model: Model, npv: Fraction) -> Iterator[Swing]:
    for stream in model.costs:
        if stream.amount.is_open:
            worth, span = stream.worth(model.factors), stream.amount
            low, high = (npv - (end - span.expected) * worth for end in (span.low, span.high))
            factor = str(stream.path[-1]) if isinstance(stream.path[-1], str) else "amount"
            yield Swing(stream.name, stream.kind, factor, stream.path, span, low, high)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where the NPV is zero, all else as expected.

    adoption    share of the planned adoption that is enough: TCO / TBB; above 1 the plan does not pay. None without
                benefits
    price       the price at which nothing is gained;  price_rate: that price over today's. None where there is no
                price, or where even a gift would not pay
    """

    adoption: Fraction | None
    price: Fraction | None
    price_rate: Fraction | None


def break_even(model: Model, expected: Outcome) -> BreakEven:
    """TBB 5,000,000, TCO 3,000,000 of which 2,500,000 is price: 60 % of the adoption is enough, or a price of 180 %."""
    prices: list[Stream] = [s for s in model.costs if s.is_price]
    worth = sum((s.amount.expected * s.worth(model.factors) for s in prices), Fraction(0))
    nominal = sum((s.amount.expected for s in prices), Fraction(0))
    adoption = expected.tco / expected.tbb if expected.tbb > 0 else None
    if worth <= 0 or worth + expected.npv < 0:
        return BreakEven(adoption, None, None)
    rate = (worth + expected.npv) / worth
    return BreakEven(adoption, nominal * rate, rate)
