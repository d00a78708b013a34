"""The value case of a deal: what the customer gains and pays, in three scenarios, with what it hangs on.

    TBB = Σ PV(baseline × unit value × improvement × recapture × build-up × adoption × (1 − risk))
    TCO = Σ PV(cost × (1 + contingency))        NPV = TBB − TCO        ROI = NPV / TCO

Everything here is exact; `figures` rounds for the eye.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.deal import Deal
from docgen.deal.value import Maturity, ValueModel
from docgen.money import ZERO, to_minor
from docgen.pricing import Quote
from docgen.problems import Problem
from docgen.value.benefits import BenefitLine, benefit_lines
from docgen.value.costs import cost_streams
from docgen.value.delivered import Delivered, delivered
from docgen.value.discounting import Discounting
from docgen.value.figures import Figures, figures, rounded_parts
from docgen.value.gates import gates
from docgen.value.model import Model, Outcome, outcome
from docgen.value.sensitivity import BreakEven, Swing, break_even, tornado
from docgen.value.streams import SCENARIOS, Scenario, Stream, flow_streams


@dataclass(frozen=True, slots=True)
class ValueCase:
    """A deal's value model, worked out. Amounts in the deal's currency with `digits` decimals.

    terms    the section of the deal;  lines: its benefits with their streams (none for `flows`)
    gates    what the model's maturity still lacks: warnings in a draft, errors for a final value statement
    """

    terms: ValueModel
    currency: str
    digits: int
    model: Model
    lines: tuple[BenefitLine, ...]
    scenarios: Mapping[Scenario, Outcome]
    tornado: tuple[Swing, ...]
    break_even: BreakEven
    delivered: tuple[Delivered, ...]
    gates: tuple[Problem, ...]

    @property
    def expected(self) -> Outcome:
        return self.scenarios["expected"]

    @property
    def maturity(self) -> Maturity:
        return self.terms.maturity

    @property
    def tells_rates(self) -> bool:
        """Whether a paper may print rates of return: not before the figures are refined."""
        return self.maturity != "initial"

    @property
    def is_range(self) -> bool:
        """Whether any figure is a range, so that the scenarios differ."""
        return len({(each.tbb, each.tco) for each in self.scenarios.values()}) > 1

    def figures(self, scenario: Scenario = "expected") -> Figures:
        return figures(self.scenarios[scenario], self.digits)

    def full_year(self, scenario: Scenario) -> Fraction:
        """What all benefits bring in a year when everything has built up."""
        return sum((line.full_year(scenario) for line in self.lines), Fraction(0))

    @property
    def invested(self) -> Fraction:
        """The investment as stated, whenever it is paid."""
        return sum((s.amount.expected for s in self.model.costs if s.is_price), Fraction(0))

    @property
    def cost_of_delay(self) -> Fraction | None:
        """What each month of delay costs: the conservative full-run yearly benefit / 12. 1,200,000 a year: 100,000.
        None for a model of plain flows, which states no full year."""
        return self.full_year("conservative") / 12 if self.lines else None

    def worth_of_benefits(self) -> list[tuple[Stream, Decimal]]:
        """Present value of each benefit, expected; they sum to TBB."""
        return self._worth(self.model.benefits, self.figures().tbb)

    def worth_of_costs(self) -> list[tuple[Stream, Decimal]]:
        """Present value of each cost, expected; they sum to TCO."""
        return self._worth(self.model.costs, self.figures().tco)

    def full_years(self) -> list[Decimal]:
        """A full year of each benefit when everything has built up, expected; they sum."""
        return rounded_parts([line.full_year("expected") for line in self.lines], self.digits)

    def paid_in_horizon(self) -> list[Decimal]:
        """What each cost takes within the horizon, expected, undiscounted; they sum to the costs of all years."""
        return rounded_parts([s.amount.expected * sum(s.timing) for s in self.model.costs], self.digits)

    def planned_and_actual(self) -> tuple[Decimal, Decimal]:
        """Of all lines and years that were delivered, as their rounded rows add up."""
        plan = sum((to_minor(each.plan, self.digits) for each in self.delivered), ZERO)
        return plan, sum((to_minor(each.actual, self.digits) for each in self.delivered), ZERO)

    def _worth(self, streams: tuple[Stream, ...], total: Decimal) -> list[tuple[Stream, Decimal]]:
        exact = [s.amount.expected * s.worth(self.model.factors) for s in streams]
        return list(zip(streams, rounded_parts(exact, self.digits, total) if exact else [], strict=True))


def value_case(deal: Deal, quote: Quote) -> ValueCase | None:
    """The value section of a deal, worked out; None without one, or without a discount rate."""
    terms = deal.value
    if terms is None or terms.discount_rate is None or len(terms.flows) == 1:
        return None
    horizon = horizon_of(terms)
    lines = () if terms.flows else tuple(benefit_lines(terms, horizon))
    model = _model(deal, terms, quote, lines, horizon)
    scenarios = {scenario: outcome(model, scenario) for scenario in SCENARIOS}
    expected = scenarios["expected"]
    return ValueCase(
        terms=terms,
        currency=quote.currency,
        digits=quote.digits,
        model=model,
        lines=lines,
        scenarios=scenarios,
        tornado=tornado(model, lines, expected),
        break_even=break_even(model, expected),
        delivered=tuple(delivered(lines)),
        gates=tuple(gates(terms, expected.npv)),
    )


def horizon_of(terms: ValueModel) -> int:
    """Months from signature; with `flows` as many years as they have."""
    return 12 * (len(terms.flows) - 1) if terms.flows else terms.horizon_months


def _model(deal: Deal, terms: ValueModel, quote: Quote, lines: tuple[BenefitLine, ...], horizon: int) -> Model:
    benefits: tuple[Stream, ...] = tuple(line.stream for line in lines)
    costs: tuple[Stream, ...]
    if terms.flows:
        gained, paid = flow_streams(terms.flows)
        benefits, costs = (gained,), (paid,)
    else:
        costs = tuple(cost_streams(deal, terms, quote, horizon))
    discounting = Discounting(Fraction(terms.discount_rate or 0), terms.discounting)
    return Model(benefits, costs, horizon, terms.go_live_month, discounting)
