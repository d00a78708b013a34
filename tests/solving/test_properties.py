"""What holds of every answer of docgen solve, tried on generated deals: each proposal is written into the deal as its
edits say, read anew, and priced by the engine alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docgen.approvals.review import RuleSet
from docgen.facts import Facts
from docgen.money import to_minor
from docgen.problems import only_errors
from docgen.solving import Answer, Goal, MarginGoal, NetGoal, NoApprovalGoal, answer_json, solve
from tests.pricing.deals import THOROUGH, Data, World, bounded, mixed_worlds, worlds

searched = settings(bounded, max_examples=2000 if THOROUGH else 25)
"""A search prices a deal dozens of times."""

RULES = (
    {"rule": "deep", "when": "discount > 20%", "approver": "sales_manager", "because": "deep"},
    {"rule": "deeper", "when": "discount > 37.5%", "approver": "sales_director", "because": "deeper"},
    {"rule": "one line", "when": "line_discount > 45%", "approver": "sales_director", "because": "one line"},
    {"rule": "thin", "when": "margin < 30%", "approver": "finance", "because": "thin"},
    {"rule": "floor", "when": "below_floor", "approver": "general_manager", "because": "floor"},
)


@st.composite
def negotiations(draw: st.DrawFn) -> World:
    """A deal whose products have floors, under rules about discount, margin and floors."""
    world = draw(st.one_of(worlds(), mixed_worlds()))
    products = [_with_floor(product, draw(st.integers(0, 110))) for product in world.catalog["products"]]
    rules = draw(st.lists(st.sampled_from(RULES), unique_by=lambda rule: rule["rule"]))
    return world.but(catalog={"products": products, "approvals": rules})


def _with_floor(product: Data, percent: int) -> Data:
    price = product.get("price")
    if percent > 95 or not isinstance(price, str):
        return product
    return {**product, "floor": format((Decimal(price) * percent / 100).quantize(Decimal("0.01")), "f")}


def _sound(world: World) -> Facts:
    facts = world.facts()
    assume(not only_errors(facts.problems) and facts.quote.totals.net > 0)
    return facts


def _solve(facts: Facts, goal: Goal) -> Answer:
    return solve(facts.deal, facts.catalog, [RuleSet(facts.catalog.approvals, "price_list")], goal)


def written(world: World, edits: list[Data]) -> World:
    """The deal with the edits of a proposal, as texts, put where they say."""
    lines = [dict(line) for line in world.deal["lines"]]
    deal: Data = {"lines": lines}
    for edit in edits:
        keys = edit["path"].split(".")
        if keys == ["discounts"]:
            deal["discounts"] = edit["value"]
            continue
        line = lines[int(keys[1])]
        if len(keys) > 3:
            line["ramp"] = [dict(segment) for segment in line["ramp"]]
        target = line["ramp"][int(keys[3])] if len(keys) > 3 else line
        target.pop("discount", None)
        if edit["value"] is not None:
            target["discount"] = edit["value"]
    return world.but(deal=deal)


def regular(world: World) -> Facts:
    """The deal without anything negotiated."""
    lines = [{k: v for k, v in line.items() if k != "discount"} for line in world.deal["lines"]]
    return world.but(deal={"lines": lines, "discounts": []}).facts()


def _each(world: World, answer: Answer, goal: Goal) -> list[tuple[Mapping[str, Any], Facts]]:
    told = answer_json(answer, goal)["proposals"]
    assert len(told) <= 3
    priced = [(each, written(world, each["edits"]).facts()) for each in told]
    for each, facts in priced:
        assert not only_errors(facts.problems)
        assert each["net"] == f"{facts.quote.totals.net:f}"
        assert [a["rule"] for a in each["approvals"]] == [a.rule for a in facts.verdict.approvals]
    assert len({tuple(line.net for line in facts.quote.lines) for _, facts in priced}) == len(priced)
    return priced


def _below(facts: Facts) -> set[int]:
    return {line.number for line in facts.quote.lines if line.below_floor}


def _rules(facts: Facts) -> set[str]:
    return {approval.rule for approval in facts.verdict.approvals}


@searched
@given(negotiations(), st.integers(1, 1050))
def test_a_net_is_reached_to_the_cent_and_no_line_falls_below_its_floor(world: World, thousandths: int) -> None:
    facts = _sound(world)
    goal = NetGoal(to_minor(facts.quote.totals.net * thousandths / 1000, facts.quote.digits))
    answer = _solve(facts, goal)
    assert bool(answer.proposals) + bool(answer.problems) + answer.is_there == 1
    allowed = _below(facts) | _below(regular(world))
    for _, found in _each(world, answer, goal):
        assert found.quote.totals.net == goal.net
        assert _below(found) <= allowed
    for line, before in ((line, before) for p in answer.proposals for before, line in p.touched):
        assert line.line.role in ("single", "part"), "headings have no price and what is included stays free"
        assert before.number == line.number


@searched
@given(negotiations(), st.integers(10, 90))
def test_a_margin_is_kept_and_a_cent_less_would_not_keep_it(world: World, percent: int) -> None:
    facts = _sound(world)
    goal = MarginGoal(Decimal(percent) / 100)
    answer = _solve(facts, goal)
    allowed = _below(facts) | _below(regular(world))
    for told, found in _each(world, answer, goal):
        assert found.quote.totals.margin_rate >= Fraction(percent, 100)
        assert _below(found) <= allowed
        deeper = told["one_deeper"]
        if deeper is not None and not deeper["below_floor"] and Decimal(deeper["net"]):
            assert Fraction(deeper["margin_rate"]) < Fraction(percent, 100)


@searched
@given(negotiations())
def test_the_deepest_point_without_approval_asks_nothing_new_and_the_next_one_does(world: World) -> None:
    facts = _sound(world)
    answer = _solve(facts, NoApprovalGoal())
    asked_anyway = _rules(regular(world))
    for told, found in _each(world, answer, NoApprovalGoal()):
        assert _rules(found) <= asked_anyway
        deeper = told["one_deeper"]
        assert deeper is None or deeper["asks"] or deeper["below_floor"] or not Decimal(deeper["net"])


@searched
@given(negotiations(), st.integers(1, 1000))
def test_a_plain_deal_reaches_every_net_between_its_floors_and_its_regular_price(
    world: World, thousandths: int
) -> None:
    """Without a partner and without taxes in prices nothing stands between two cents."""
    plain = world.but(catalog={"prices": "tax_exclusive"}, deal={"partner": None})
    facts = _sound(plain)
    answer = _solve(facts, goal := NetGoal(to_minor(facts.quote.totals.net * thousandths / 1000, facts.quote.digits)))
    assert [p.code for p in answer.problems] in ([], ["goal_below_floors"])
    assert answer_json(answer, goal)["goal"] == {"net": f"{goal.net:f}"}
