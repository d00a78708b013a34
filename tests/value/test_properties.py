"""What holds of every value model, tried on generated ones; and the same figures from a second hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from docgen.value.discounting import Discounting
from docgen.value.figures import rounded_parts
from docgen.value.returns import irr, payback, present_value
from docgen.value.roots import count_rates, only_rate
from docgen.value.streams import SCENARIOS, Scenario
from tests.pricing.deals import bounded
from tests.value.models import amounts, case_of, flow_sections, sections
from tests.value.second import answer, rate_of_return

NEAR = Fraction(1, 10**30)


def near(found: Fraction | None, wanted: Fraction | None) -> bool:
    if found is None or wanted is None:
        return found is None and wanted is None
    return abs(found - wanted) <= NEAR * max(1, abs(wanted))


# ---- the second hand ------------------------------------------------------------------------------------------------
@bounded
@given(sections(), st.sampled_from(SCENARIOS))
def test_a_second_hand_comes_to_the_same_figures(value: dict[str, Any], scenario: Scenario) -> None:
    case, wanted = case_of(value), answer(value, scenario)
    outcome, told = case.scenarios[scenario], case.figures(scenario)
    assert (told.tbb, told.tco, told.npv) == (wanted["tbb"], wanted["tco"], wanted["npv"])
    assert near(outcome.npv, wanted["exact_npv"])
    assert near(outcome.roi, wanted["roi"])
    assert near(outcome.nominal.signature, wanted["nominal"])
    assert near(outcome.discounted.signature, wanted["discounted"])


@bounded
@given(flow_sections())
def test_a_second_hand_agrees_on_plain_flows(value: dict[str, Any]) -> None:
    case, wanted = case_of(value), answer(value)
    assert case.figures().npv == wanted["npv"]
    assert near(case.expected.nominal.signature, wanted["nominal"])
    rate = rate_of_return(value)
    if rate is not None and case.expected.irr.rate is not None:
        assert near(case.expected.irr.rate, rate)


# ---- scenarios, adoption, sums --------------------------------------------------------------------------------------
@bounded
@given(sections())
def test_scenarios_stand_in_order(value: dict[str, Any]) -> None:
    low, expected, high = (case_of(value).scenarios[s] for s in SCENARIOS)
    assert low.tbb <= expected.tbb <= high.tbb
    assert low.tco >= expected.tco >= high.tco
    assert low.npv <= expected.npv <= high.npv


@bounded
@given(sections(), st.integers(0, 99), st.integers(0, 100))
def test_more_adoption_is_never_worth_less(value: dict[str, Any], less: int, more: int) -> None:
    assume(value["benefits"])
    less, more = sorted((less, more))
    worth = []
    for percent in (less, more):
        for benefit in value["benefits"]:
            benefit["adoption"] = [f"{percent}%"]
        worth.append(case_of(value).expected.tbb)
    assert worth[0] <= worth[1]


@bounded
@given(sections())
def test_break_even_adoption_brings_the_npv_to_zero(value: dict[str, Any]) -> None:
    case = case_of(value)
    share = case.break_even.adoption
    assume(share is not None)
    assert share * case.expected.tbb == case.expected.tco


@bounded
@given(sections())
def test_the_parts_of_a_model_are_worth_the_whole(value: dict[str, Any]) -> None:
    lists = ("benefits", "costs", "investment")
    halves = [case_of(value | {key: value[key][start::2] for key in lists}).scenarios for start in (0, 1)]
    whole = case_of(value).scenarios
    for scenario in SCENARIOS:
        assert halves[0][scenario].npv + halves[1][scenario].npv == whole[scenario].npv


@bounded
@given(sections(), st.integers(2, 9))
def test_n_times_the_money_is_worth_n_times_as_much(value: dict[str, Any], times: int) -> None:
    before = case_of(value).expected
    for part in value["investment"]:
        part["amount"] = scaled(part["amount"], times)
    for line in (*value["benefits"], *value["costs"]):
        for key in ("per_year", "baseline", "initial"):
            if key in line:
                line[key] = scaled(line[key], times)
    after = case_of(value).expected
    assert after.npv == times * before.npv
    assert (after.roi, after.irr, after.mirr) == (before.roi, before.irr, before.mirr)
    assert after.nominal == before.nominal


def scaled(figure: Any, times: int) -> Any:
    if isinstance(figure, dict):
        return {key: scaled(value, times) for key, value in figure.items()}
    return str(Decimal(figure) * times)


@bounded
@given(st.one_of(sections(), flow_sections()), st.sampled_from(SCENARIOS))
def test_every_table_sums_to_the_figures_above_it(value: dict[str, Any], scenario: Scenario) -> None:
    case = case_of(value)
    told = case.figures(scenario)
    assert told.npv == told.tbb - told.tco
    assert sum(row.pv for row in told.years) == told.npv == told.years[-1].cumulative_pv
    assert all(row.net == row.benefit - row.cost for row in told.years)
    assert sum(row.net for row in told.years) == told.years[-1].cumulative
    expected = case.figures()
    assert sum(pv for _, pv in case.worth_of_benefits()) == (expected.tbb if case.model.benefits else 0)
    assert sum(pv for _, pv in case.worth_of_costs()) == (expected.tco if case.model.costs else 0)


@bounded
@given(st.lists(st.fractions(-1000, 1000, max_denominator=999), min_size=1, max_size=30), st.integers(0, 3))
def test_rounded_parts_stay_within_a_unit_and_sum(parts: list[Fraction], digits: int) -> None:
    rounded = rounded_parts(parts, digits)
    unit = Fraction(1, 10**digits)
    assert abs(sum(map(Fraction, rounded)) - sum(parts)) <= unit / 2
    assert all(abs(Fraction(r) - p) < 2 * unit for r, p in zip(rounded, parts, strict=True))


@bounded
@given(sections())
def test_the_tornado_ends_lie_within_the_scenarios(value: dict[str, Any]) -> None:
    case = case_of(value)
    low, high = case.scenarios["conservative"].npv, case.scenarios["optimistic"].npv
    assert all(low <= end <= high for swing in case.tornado for end in (swing.npv_low, swing.npv_high))
    assert [s.swing for s in case.tornado] == sorted((s.swing for s in case.tornado), reverse=True)


# ---- payback and rates ----------------------------------------------------------------------------------------------
@bounded
@given(st.lists(st.integers(-100, 100).map(Fraction), min_size=1, max_size=40))
def test_after_payback_the_running_sum_is_never_below_zero(flow: list[Fraction]) -> None:
    months = payback(flow)
    if months is None:
        assert sum(flow) < 0
        return
    first_whole = -(-months.numerator // months.denominator)
    assert all(sum(flow[: month + 1]) >= 0 for month in range(first_whole, len(flow)))
    if months:
        assert sum(flow[:first_whole]) < 0


@bounded
@given(amounts, st.lists(st.integers(0, 10**6).map(Fraction), min_size=12, max_size=48), st.sampled_from([5, 10, 40]))
def test_discounting_never_brings_money_back_sooner(paid: str, gains: list[Fraction], rate: int) -> None:
    flow = [-Fraction(paid), *gains]
    factors = Discounting(Fraction(rate, 100), "monthly_effective").factors(len(gains))
    nominal = payback(flow)
    discounted = payback([f * factor for f, factor in zip(flow, factors, strict=True)])
    assert discounted is None or (nominal is not None and nominal <= discounted)


@bounded
@given(st.lists(st.integers(-(10**6), 10**6).map(Fraction), min_size=13, max_size=61), st.booleans())
def test_at_the_irr_the_flows_are_worth_nothing(flow: list[Fraction], by_year: bool) -> None:
    convention = "annual_end" if by_year else "monthly_effective"
    found = irr(flow, Discounting(Fraction(1, 10), convention)).rate
    assume(found is not None)
    assert found > -1
    at = Discounting(found, convention)
    factors = at.factors(len(flow) - 1)
    gained = present_value([max(f, Fraction(0)) for f in flow], factors)
    assert abs(present_value(flow, factors)) <= gained * Fraction(1, 10**25)


roots = st.lists(st.fractions(Fraction(1, 20), 20, max_denominator=40), max_size=4, unique=True)


@bounded
@given(roots, st.lists(st.integers(1, 30), max_size=2), st.sampled_from([1, -1]))
def test_rates_are_counted_as_they_were_built_in(xs: list[Fraction], others: list[int], sign: int) -> None:
    """A polynomial with these factors 1/(1 + rate) as roots, and pairs of roots that are no real numbers."""
    flows = [Fraction(sign)]
    for x in xs:
        flows = times(flows, [-x, Fraction(1)])
    for n in others:
        flows = times(flows, [Fraction(n), Fraction(-1, n), Fraction(1)])
    assert count_rates(flows) == min(len(xs), 2)
    if len(xs) == 1:
        assert abs(only_rate(flows) - (1 / xs[0] - 1)) < Fraction(1, 10**30)


def times(left: list[Fraction], right: list[Fraction]) -> list[Fraction]:
    out = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            out[i + j] += a * b
    return out
