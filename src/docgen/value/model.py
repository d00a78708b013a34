"""The monthly model: streams of benefits and costs over the horizon, and what they come to in one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from docgen.value.discounting import Discounting, by_year
from docgen.value.returns import Irr, from_go_live, irr, mirr, payback, present_value, roi
from docgen.value.streams import Scenario, Stream

Monthly = tuple[Fraction, ...]


@dataclass(frozen=True)
class Model:
    """horizon and go_live in months from signature."""

    benefits: tuple[Stream, ...]
    costs: tuple[Stream, ...]
    horizon: int
    go_live: int
    discounting: Discounting

    @cached_property
    def factors(self) -> Monthly:
        return self.discounting.factors(self.horizon)

    def benefit_flow(self, scenario: Scenario) -> Monthly:
        return _sum([(s.amount.benefit(scenario), s.timing) for s in self.benefits], self.horizon)

    def cost_flow(self, scenario: Scenario) -> Monthly:
        return _sum([(s.amount.cost(scenario), s.timing) for s in self.costs], self.horizon)


def _sum(parts: Sequence[tuple[Fraction, Monthly]], horizon: int) -> Monthly:
    flow = [Fraction(0)] * (horizon + 1)
    for amount, timing in parts:
        for month, share in enumerate(timing):
            if share:
                flow[month] += amount * share
    return tuple(flow)


@dataclass(frozen=True, slots=True)
class Payback:
    """Months from signature and from go-live; None where what is paid never comes back within the horizon."""

    signature: Fraction | None
    go_live: Fraction | None


@dataclass(frozen=True, slots=True)
class Year:
    """A row of the cash-flow table; year 0 is the signature. `pv` is the present value of `net`."""

    year: int
    benefit: Fraction
    cost: Fraction
    net: Fraction
    pv: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scenario, exact; amounts in the deal's currency, rates per year.

    TBB = Σ PV(benefits), TCO = Σ PV(costs), NPV = TBB − TCO, ROI = NPV / TCO.
    """

    tbb: Fraction
    tco: Fraction
    roi: Fraction | None
    irr: Irr
    mirr: Fraction | None
    nominal: Payback
    discounted: Payback
    years: tuple[Year, ...]

    @property
    def npv(self) -> Fraction:
        return self.tbb - self.tco


def outcome(model: Model, scenario: Scenario) -> Outcome:
    """Everything a scenario comes to."""
    benefit, cost = model.benefit_flow(scenario), model.cost_flow(scenario)
    net = tuple(b - c for b, c in zip(benefit, cost, strict=True))
    worth = tuple(flow * factor for flow, factor in zip(net, model.factors, strict=True))
    tbb, tco = present_value(benefit, model.factors), present_value(cost, model.factors)
    return Outcome(
        tbb=tbb,
        tco=tco,
        roi=roi(tbb - tco, tco),
        irr=irr(net, model.discounting),
        mirr=mirr(net, model.discounting),
        nominal=_payback(net, model.go_live),
        discounted=_payback(worth, model.go_live),
        years=_years(benefit, cost, worth),
    )


def _payback(flow: Monthly, go_live: int) -> Payback:
    months = payback(flow)
    return Payback(months, from_go_live(months, go_live))


def _years(benefit: Monthly, cost: Monthly, worth: Monthly) -> tuple[Year, ...]:
    rows = zip(by_year(benefit), by_year(cost), by_year(worth), strict=True)
    return tuple(Year(number, b, c, b - c, pv) for number, (b, c, pv) in enumerate(rows))
