"""docgen solve on small deals with figures worked by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.approvals.review import RuleSet
from docgen.solving import Answer, Goal, MarginGoal, NetGoal, NoApprovalGoal, Proposal, answer_json, solve
from tests.pricing.deals import Data, World
from tests.safety.house import call

LIST: Data = {
    "price_list": "x",
    "currency": "CNY",
    "taxes": {"a": "13%"},
    "partner_tiers": {"gold": "15%"},
    "products": [
        {"sku": "L", "name": "Licence", "kind": "licence", "price": "100", "cost": "20", "floor": "60", "tax": "a"},
        {"sku": "C", "name": "Cloud", "kind": "subscription", "per": "month", "price": "10", "cost": "4", "tax": "a"},
        {"sku": "V", "name": "Service", "kind": "service", "price": "50", "cost": "40", "floor": "45", "tax": "a"},
        {"sku": "S", "name": "Suite", "kind": "bundle"},
        {
            "sku": "M",
            "name": "Maintenance",
            "kind": "maintenance",
            "per": "year",
            "price": {"percent_of": {"kind": "licence"}, "rate": "20%", "basis": "net"},
            "tax": "a",
        },
    ],
    "bundles": {
        "S": {
            "groups": [
                {
                    "name": "g",
                    "options": [
                        {"sku": "L", "quantity": "10", "required": "true"},
                        {"sku": "V", "quantity": "10", "required": "true"},
                        {"sku": "C", "included": "true"},
                    ],
                }
            ]
        }
    },
    "approvals": [
        {"rule": "deep", "when": "discount > 10%", "approver": "sales_manager", "because": "more than 10%"},
        {"rule": "one-line", "when": "line_discount > 30%", "approver": "sales_director", "because": "one line"},
        {"rule": "floor", "when": "below_floor", "approver": "general_manager", "because": "below its floor"},
    ],
}
L10: Data = {"sku": "L", "quantity": "10"}
"""1,000.00, floor 600.00, cost 200.00."""
V10: Data = {"sku": "V", "quantity": "10"}
"""500.00, floor 450.00, cost 400.00."""


def world(*lines: Data, catalog: Data | None = None, **deal: Any) -> World:
    head = {"deal": "D-1", "date": "2026-05-01", "customer": {"name": "ACME"}, "lines": list(lines)}
    return World({**LIST, **(catalog or {})}, {**head, **deal})


def solved(given: World, goal: Goal) -> Answer:
    facts = given.facts()
    return solve(facts.deal, facts.catalog, [RuleSet(facts.catalog.approvals, "price_list")], goal)


def net(amount: str) -> NetGoal:
    return NetGoal(Decimal(amount))


def edits(answer: Answer, goal: Goal, spread: str) -> dict[str, Any]:
    found = next(p for p in answer_json(answer, goal)["proposals"] if p["spread"] == spread)
    return {edit["path"]: edit["value"] for edit in found["edits"]}


def spreads(answer: Answer) -> list[str]:
    return [proposal.spread for proposal in answer.proposals]


def nets(proposal: Proposal) -> list[str]:
    return [str(line.net) for line in proposal.trial.quote.lines]


# ---- a net ----------------------------------------------------------------------------------------------------------
def test_one_discount_on_the_deal_is_spread_by_what_is_left() -> None:
    """150 off 1,500: 100 and 50; the service would fall to its floor of 450 exactly, which is allowed."""
    answer = solved(world(L10, V10), goal := net("1350"))
    assert edits(answer, goal, "whole") == {"discounts": [{"name": "整单优惠", "amount": "150.00"}]}
    whole = next(p for p in answer.proposals if p.spread == "whole")
    assert nets(whole) == ["900.00", "450.00"]


def test_the_room_above_the_floors_weighs() -> None:
    """Rooms of 400 and 50; but one line over 30 % would need a yes, so the licence has an easy room of 300.
    175 spread over 300 : 50 is 150 and 25."""
    answer = solved(world(L10, V10), goal := net("1325"))
    assert edits(answer, goal, "room") == {"lines.0.discount": {"net": "850.00"}, "lines.1.discount": {"net": "475.00"}}


def test_services_stay_whole_where_the_software_can_give_it() -> None:
    answer = solved(world(L10, V10), goal := net("1325"))
    narrow = answer_json(answer, goal)["proposals"][0]
    assert [edit["path"] for edit in narrow["edits"]] == ["lines.0.discount"]
    assert (narrow["net"], [line["net"] for line in narrow["lines"]]) == ("1325.00", ["825.00"])


def test_an_even_discount_is_not_offered_where_a_line_would_fall_below_its_floor() -> None:
    """300 off evenly takes 100 off the service, and it has a room of 50."""
    answer = solved(world(L10, V10), net("1200"))
    assert "whole" not in spreads(answer)
    assert answer.proposals
    assert all(not p.trial.below_floor for p in answer.proposals)


def test_fewest_approvals_come_first_then_fewest_lines() -> None:
    answer = solved(world(L10, V10), net("1100"))
    assert [len(p.asked) for p in answer.proposals] == sorted(len(p.asked) for p in answer.proposals)
    assert answer.proposals[0].rank == min(p.rank for p in answer.proposals)


def test_the_lowest_net_is_told_where_the_floors_forbid_the_goal() -> None:
    """600 and 450. A cent less, evenly, is more than 30 % off each line and takes the service below its floor."""
    answer = solved(world(L10, V10), net("1049.99"))
    (problem,) = answer.problems
    assert (problem.code, problem.params["lowest"]) == ("goal_below_floors", "1,050.00")
    needed = ["sales_manager (deep: discount > 10%)", "sales_director (one-line: line_discount > 30%)"]
    assert problem.params["needs"].split(", ") == [*needed, "general_manager (floor: below_floor)"]


def test_the_lowest_net_itself_can_be_reached() -> None:
    answer = solved(world(L10, V10), net("1050"))
    assert [nets(p) for p in answer.proposals] == [["600.00", "450.00"]]


def test_above_the_regular_price_there_is_nothing() -> None:
    answer = solved(world({**L10, "discount": "20%"}, V10), net("1500.01"))
    assert [(p.code, p.params["highest"]) for p in answer.problems] == [("goal_above_regular", "1,500.00")]


def test_a_goal_below_the_present_net_goes_on_from_the_discounts_the_deal_has() -> None:
    answer = solved(world({**L10, "discount": "20%"}, V10), goal := net("1250"))
    assert not answer.from_regular
    assert edits(answer, goal, "whole") == {"discounts": [{"name": "整单优惠", "amount": "50.00"}]}


def test_a_goal_above_the_present_net_replaces_the_discounts_the_deal_has() -> None:
    deal = world({**L10, "discount": "20%"}, V10, discounts=[{"name": "d", "percent": "5%"}])
    answer = solved(deal, goal := net("1400"))
    assert answer.from_regular
    assert edits(answer, goal, "whole") == {
        "lines.0.discount": None,
        "discounts": [{"name": "整单优惠", "amount": "100.00"}],
    }


def test_a_discount_that_fixes_the_total_has_to_go() -> None:
    deal = world(L10, V10, discounts=[{"name": "抹零", "to": "1600"}])
    answer = solved(deal, goal := net("1400"))
    assert [str(d.name) for d in answer.dropped] == ["抹零"]
    assert edits(answer, goal, "whole") == {"discounts": [{"name": "整单优惠", "amount": "100.00"}]}


def test_a_deal_that_stands_at_the_goal_is_there() -> None:
    assert solved(world(L10), net("1000")).is_there


def test_a_goal_finer_than_the_currency_is_refused() -> None:
    yen = world(L10, catalog={"currency": "JPY"})
    assert [p.code for p in solved(yen, net("900.5")).problems] == ["goal_too_fine"]


@pytest.mark.parametrize(("currency", "goal"), [("JPY", "987"), ("KWD", "987.654"), ("USD", "987.65")])
def test_the_goal_is_met_in_the_digits_of_the_currency(currency: str, goal: str) -> None:
    answer = solved(
        world(L10, V10, catalog={"currency": currency}, discounts=[{"name": "d", "percent": "30%"}]), net(goal)
    )
    assert answer.proposals
    assert {str(p.trial.quote.totals.net) for p in answer.proposals} == {goal}


# ---- what stands in the way of a cent -------------------------------------------------------------------------------
def test_a_partner_s_rate_is_solved_through() -> None:
    """15 % comes off after the customer price; the floors hold after it: 450 / 0.85 for the service, at 425 already
    below, is not our doing."""
    resale = world(L10, V10, partner={"name": "P", "tier": "gold"})
    answer = solved(resale, net("1200.01"))
    assert {str(p.trial.quote.totals.net) for p in answer.proposals} == {"1200.01"}


def test_taxes_inside_prices_are_solved_through() -> None:
    inclusive = world(L10, V10, catalog={"prices": "tax_inclusive"})
    for goal in ("1234.56", "1234.57", "1234.58", "1234.59"):
        assert solved(inclusive, net(goal)).proposals, goal


def test_lines_that_are_a_rate_of_the_net_of_others_follow_their_base() -> None:
    """Each cent off the licences takes 0.2 more off the maintenance; it gets no discount of its own."""
    answer = solved(world(L10, V10, {"sku": "M", "term_months": "12"}), goal := net("1600.01"))
    assert len(answer.proposals) == 3
    assert "lines.2.discount" not in {path for s in spreads(answer) for path in edits(answer, goal, s)}


def test_a_bundle_is_discounted_on_its_heading_down_to_the_first_floor_of_its_parts() -> None:
    """Parts 1,000 and 500, the rest included. An amount is spread 2 : 1, so the service's floor is reached at 150; the
    cloud, 1,200 at a cost of 480, can give 720."""
    suite = world({"sku": "S"}, {"sku": "C", "quantity": "10", "term_months": "12"}, catalog={"approvals": []})
    answer = solved(suite, goal := net("1830"))
    assert edits(answer, goal, spreads(answer)[0]) == {
        "lines.0.discount": {"amount": "150.00"},
        "lines.1.discount": {"net": "480.00"},
    }
    assert nets(answer.proposals[0]) == ["0.00", "900.00", "450.00", "0.00", "480.00"]


def test_segments_with_a_discount_of_their_own_are_places_of_their_own() -> None:
    """1,200 and 2,160, at costs of 480 and 960: 1,760 need both."""
    ramp = [{"months": "12", "quantity": "10"}, {"months": "12", "quantity": "20", "discount": "10%"}]
    answer = solved(world({"sku": "C", "ramp": ramp}, catalog={"approvals": []}), goal := net("1600"))
    written = edits(answer, goal, next(s for s in spreads(answer) if s != "whole"))
    assert set(written) == {"lines.0.discount", "lines.0.ramp.1.discount"}


def test_a_credit_of_an_upgrade_stays_and_the_floor_looks_at_the_price_before_it() -> None:
    """1,000.00 less 300.00 credited = 700.00; the floor of 600.00 leaves 300.00."""
    newer: Data = {**L10, "upgrade": {"sku": "L", "paid": "300"}}
    given, beside = world(newer), world(newer, V10)
    assert [nets(each) for each in solved(given, net("300")).proposals] == [["300.00"]]
    assert edits(solved(beside, net("1000")), net("1000"), "software") == {"lines.0.discount": {"net": "800.00"}}
    (missed,) = solved(given, net("299.99")).problems
    assert (missed.code, missed.params["lowest"]) == ("goal_below_floors", "300.00")


def test_with_a_credit_on_top_a_line_loses_no_more_than_it_has() -> None:
    """6.47 − 6.44 off the deal = 0.03, of which a credit of 0.01 leaves 0.02; 9.67 to go off by that proportion."""
    small: Data = {"sku": "L", "name": "L", "kind": "licence", "price": "6.47", "floor": "0", "tax": "a"}
    newer: Data = {"sku": "L", "quantity": "1", "upgrade": {"sku": "L", "paid": "0.01"}}
    discounts = [{"name": "d", "amount": "6.44"}]
    given = world(newer, catalog={"products": [small], "bundles": {}, "approvals": []}, discounts=discounts)
    goal = NoApprovalGoal()
    assert answer_json(solved(given, goal), goal)["proposals"][0]["net"] == "0.00"


def test_optional_lines_are_left_alone() -> None:
    answer = solved(world(L10, {**V10, "optional": "true"}), goal := net("900"))
    assert [[line["line"] for line in p["lines"]] for p in answer_json(answer, goal)["proposals"]] == [[1]]


# ---- a margin -------------------------------------------------------------------------------------------------------
def test_the_lowest_net_with_a_margin_is_cost_over_one_minus_the_rate() -> None:
    """Cost 600: at 50 % exactly 1,200.00, at 48 % 1,153.85 (1,153.84 would be 47.9997 %)."""
    deal = world(L10, V10)
    assert {str(p.trial.quote.totals.net) for p in solved(deal, MarginGoal(Decimal("0.5"))).proposals} == {"1200.00"}
    (first, *_) = solved(deal, MarginGoal(Decimal("0.48"))).proposals
    assert str(first.trial.quote.totals.net) == "1153.85"
    assert first.beyond is not None
    assert (str(first.beyond.net), first.beyond.margin_rate < Decimal("0.48")) == ("1153.84", True)


def test_a_referrer_s_commission_is_a_cost_of_the_margin() -> None:
    """15 % of the net goes to the referrer: 600 / (1 − 0.15 − 0.4) = 1,333.33…, so 1,333.34 at least."""
    deal = world(L10, V10, partner={"name": "P", "tier": "gold", "mode": "referral"}, catalog={"approvals": []})
    lowest = {p.trial.quote.totals.net for p in solved(deal, MarginGoal(Decimal("0.4"))).proposals}
    assert len(lowest) == 1
    assert abs(lowest.pop() - Decimal("1333.34")) <= Decimal("0.02"), "the commission is rounded line by line"


def test_a_margin_above_the_regular_one_is_out_of_reach() -> None:
    answer = solved(world({**L10, "discount": "5%"}, V10), MarginGoal(Decimal("0.7")))
    assert [(p.code, p.params["highest"]) for p in answer.problems] == [("margin_above_regular", "60%")]


def test_without_costs_a_margin_is_no_goal() -> None:
    products = [{"sku": "L", "name": "L", "kind": "licence", "price": "100", "tax": "a"}]
    answer = solved(world(L10, catalog={"products": products, "bundles": {}}), MarginGoal(Decimal("0.5")))
    assert [p.code for p in answer.problems] == ["margin_without_cost"]


# ---- no approval ----------------------------------------------------------------------------------------------------
def test_a_limit_is_reached_exactly_and_not_passed() -> None:
    """10 % of 1,500 is allowed; a cent more asks the manager."""
    answer = solved(world(L10, V10), NoApprovalGoal())
    assert {str(p.trial.quote.totals.net) for p in answer.proposals} == {"1350.00"}
    for proposal in answer.proposals:
        assert proposal.asked == ()
        assert proposal.beyond is not None
        assert [a.rule for a in proposal.beyond.asks] == ["deep"]
        assert str(proposal.beyond.net) == "1349.99"


def test_what_is_asked_without_any_discount_limits_nothing() -> None:
    always = [{"rule": "always", "when": "net > 0", "approver": "finance", "because": "always"}, *LIST["approvals"]]
    answer = solved(world(L10, V10, catalog={"approvals": always}), NoApprovalGoal())
    assert {str(p.trial.quote.totals.net) for p in answer.proposals} == {"1350.00"}
    assert {tuple(a.rule for a in p.asked) for p in answer.proposals} == {("always",)}


def test_a_deal_that_asks_already_is_solved_anew_from_the_regular_price() -> None:
    answer = solved(world({**L10, "discount": "35%"}, V10), NoApprovalGoal())
    assert answer.from_regular
    assert str(answer.proposals[0].trial.quote.totals.net) == "1350.00"


def test_without_rules_the_floors_are_the_end() -> None:
    answer = solved(world(L10, V10, catalog={"approvals": []}), NoApprovalGoal())
    best = answer.proposals[0]
    assert (nets(best), best.beyond) == (["600.00", "450.00"], None)


# ---- the command ----------------------------------------------------------------------------------------------------
@pytest.fixture
def house(tmp_path: Path) -> Path:
    _write(tmp_path / "price_lists" / "x" / "list.yaml", LIST)
    _write(tmp_path / "sellers.yaml", {"sellers": {"main": {"name": "Seller"}}})
    _write(tmp_path / "approvals.yaml", {"approvals": []})
    _write(tmp_path / "deal.yaml", {**world(L10, V10, {**V10, "discount": "5%"}).deal, "price_list": "x"})
    return tmp_path


def _write(path: Path, data: Data) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_what_is_printed_to_write_prices_to_the_goal_when_it_is_written(house: Path) -> None:
    shown = call("solve", "--net", "1900.07", cwd=house)
    assert (shown.returncode, shown.stderr) == (0, "")
    blocks = shown.stdout.split("   write\n")[1:]
    deal = (house / "deal.yaml").read_text("utf-8")
    assert blocks
    for block in blocks:
        _paste(house, deal, block.split("   proof,")[0])
        priced = call("price", "pasted.yaml", "--format", "json", cwd=house)
        assert json.loads(priced.stdout)["totals"]["net"] == "1900.07"


def _paste(house: Path, deal: str, block: str) -> None:
    """Put each edit where it says: a line's discount at the place behind `#`, the list of discounts at the end."""
    lines = deal.splitlines()
    data = yaml.load(deal, yaml.BaseLoader)
    places = [number for number, text in enumerate(lines, 1) if text.startswith("- sku")]
    for text in block.splitlines():
        if "#" in text and "discount" in text:
            written, place = text.split("#")
            at = places.index(int(place.split(":")[1].split()[0]))
            data["lines"][at].pop("discount", None)
            data["lines"][at] |= yaml.load("{" + written.strip() + "}", yaml.BaseLoader) if "(" not in written else {}
    if "discounts:" in block:
        data |= yaml.load("discounts:" + block.split("discounts:")[1], yaml.BaseLoader)
    _write(house / "pasted.yaml", data)


def test_the_proof_is_printed_with_the_goal_the_floors_and_the_approvals(house: Path) -> None:
    shown = call("solve", "--net", "1900", cwd=house).stdout
    assert (
        """   proof, priced again
     net 1,900.00 = goal
     no line falls below its floor
     approvals beyond those asked now: none
"""
        in shown
    )


def test_no_reachable_goal_ends_with_1_and_the_way_out(house: Path) -> None:
    done = call("solve", "deal.yaml", "--net", "1", cwd=house)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the lowest net is 1,500.00" in done.stderr
    told = json.loads(call("solve", "--net", "1", "--format", "json", cwd=house).stdout)
    assert ([p["code"] for p in told["problems"]], told["proposals"]) == (["goal_below_floors"], [])


GOALS: list[tuple[str, ...]] = [
    (),
    ("--net", "1", "--no-approval"),
    ("--net", "1,5"),
    ("--margin", "35"),
    ("--margin", "100%"),
]


@pytest.mark.parametrize("options", GOALS)
def test_not_exactly_one_readable_goal_is_wrong_usage(house: Path, options: tuple[str, ...]) -> None:
    assert call("solve", "deal.yaml", *options, cwd=house).returncode == 2


def test_a_deal_with_errors_is_not_solved(house: Path) -> None:
    (house / "deal.yaml").write_text("deal: D-1\n", "utf-8")
    done = call("solve", "--no-approval", cwd=house)
    assert (done.returncode, done.stdout) == (1, "")


# ---- alternatives ---------------------------------------------------------------------------------------------------
TWO: list[Data] = [{"name": "Small", "lines": [L10]}, {"name": "Large", "recommended": "true", "lines": [L10, V10]}]
"""1,000.00; 1,500.00. Five per cent of the deal's own: 950.00 and 1,425.00."""


def _two(house: Path, **more: Any) -> None:
    made = {**world(L10).deal, "price_list": "x", "discounts": [{"name": "five", "percent": "5%"}], **more}
    _write(house / "deal.yaml", {key: value for key, value in made.items() if key != "lines"})


@pytest.mark.parametrize(("name", "index", "goal"), [("Large", 1, "1400.00"), ("Small", 0, "900.00")])
def test_every_edit_of_an_alternative_says_where_it_belongs_in_the_file(
    house: Path, name: str, index: int, goal: str
) -> None:
    """Written there, each proposal prices to the goal, and the other alternative costs what it did."""
    _two(house, alternatives=TWO)
    other = json.loads(call("price", "--format", "json", cwd=house).stdout)["alternatives"][1 - index]
    told = call("solve", "--alternative", name, "--net", goal, "--format", "json", cwd=house)
    proposals = json.loads(told.stdout)["proposals"]
    assert {each["spread"] for each in proposals} >= {"whole"}
    for proposal in proposals:
        data = json.loads(json.dumps(yaml.load((house / "deal.yaml").read_text("utf-8"), yaml.BaseLoader)))
        for edit in proposal["edits"]:
            *outer, last = (int(key) if key.isdigit() else key for key in edit["path"].split("."))
            assert outer[:2] == ["alternatives", index]
            target: Any = data
            for key in outer:
                target = target[key]
            target[last] = edit["value"]
        _write(house / "pasted.yaml", data)
        priced = json.loads(call("price", "pasted.yaml", "--format", "json", cwd=house).stdout)
        assert priced["alternatives"][index]["totals"]["net"] == goal
        assert priced["alternatives"][1 - index] == other


def test_discounts_of_an_alternative_are_named_as_its_own_on_the_terminal(house: Path) -> None:
    _two(house, alternatives=TWO)
    assert "     discounts:   # in alternatives.1 Large" in call("solve", "--net", "1400", cwd=house).stdout


def test_for_lines_in_a_table_the_column_is_told(house: Path) -> None:
    _two(house, alternatives=[TWO[0], {**TWO[1], "lines": "large.csv"}], discounts=[])
    (house / "large.csv").write_text("sku,quantity,discount\nL,10,\nV,10,5%\n", "utf-8")
    shown = call("solve", "--net", "1400", cwd=house).stdout
    assert "     discount.net: 925.00   # large.csv:2 L" in shown
    assert "in large.csv each is a column; the column discount becomes discount.percent" in shown
