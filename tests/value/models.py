"""Value sections as hypothesis makes them, in the words of a deal file, and a deal around them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from docgen.deal import Deal
from docgen.pricing import Quote, Totals
from docgen.value.case import ValueCase, value_case

ZERO = Decimal(0)
NO_PRICE = Quote("CNY", 2, False, (), Totals(*[ZERO] * 13), (), ())

amounts = st.integers(1, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
shares = st.integers(0, 100).map(lambda percent: f"{percent}%")


@st.composite
def ranges(draw: st.DrawFn) -> Any:
    if draw(st.booleans()):
        return draw(amounts)
    low, expected, high = sorted(draw(st.tuples(*[st.integers(1, 10**7)] * 3)))
    return {"low": str(low), "expected": str(expected), "high": str(high)}


@st.composite
def improvements(draw: st.DrawFn) -> Any:
    low, expected, high = sorted(draw(st.tuples(*[st.integers(1, 60)] * 3)))
    return {"low": f"{low}%", "expected": f"{expected}%", "high": f"{high}%"}


@st.composite
def benefits(draw: st.DrawFn, number: int) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"b{number}", "name": f"benefit {number}"}
    if draw(st.booleans()):
        made["per_year"] = draw(ranges())
    else:
        made |= {"baseline": draw(ranges()), "improvement": draw(improvements())}
        if draw(st.booleans()):
            made["unit_value"] = draw(st.sampled_from(["6%", "65", "0.5", "1.25"]))
    for key, strategy in (("recapture", shares), ("risk", shares), ("start_month", st.integers(1, 40).map(str))):
        if draw(st.booleans()):
            made[key] = draw(strategy)
    for key in ("build_up", "adoption"):
        if draw(st.booleans()):
            made[key] = draw(st.lists(shares, min_size=1, max_size=6))
    return made


@st.composite
def costs(draw: st.DrawFn) -> dict[str, Any]:
    return {"name": "cost", "initial": draw(ranges()), "per_year": draw(ranges()), "contingency": draw(shares)}


@st.composite
def sections(draw: st.DrawFn) -> dict[str, Any]:
    months = st.integers(1, 36)
    return {
        "discount_rate": draw(st.sampled_from(["0%", "4%", "10%", "12.5%", "33%"])),
        "discounting": draw(st.sampled_from(["annual_end", "monthly_effective"])),
        "horizon_months": str(draw(months)),
        "go_live_month": str(draw(st.integers(0, 24))),
        "investment": draw(
            st.lists(st.fixed_dictionaries({"month": st.integers(0, 30).map(str), "amount": ranges()}), max_size=3)
        ),
        "benefits": [draw(benefits(number)) for number in range(draw(st.integers(0, 4)))],
        "costs": draw(st.lists(costs(), max_size=2)),
    }


@st.composite
def flow_sections(draw: st.DrawFn) -> dict[str, Any]:
    flows = draw(st.lists(st.integers(-(10**6), 10**6).map(str), min_size=2, max_size=9))
    return {"discount_rate": draw(st.sampled_from(["0%", "5%", "10%", "25%"])), "flows": flows}


def case_of(value: dict[str, Any]) -> ValueCase:
    deal = Deal.model_validate({"deal": "D-1", "date": "2026-01-15", "customer": {"name": "ACME"}, "value": value})
    case = value_case(deal, NO_PRICE)
    assert case is not None
    return case
