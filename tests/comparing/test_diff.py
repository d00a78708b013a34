"""docgen diff: what changed between two deals, in money, lines, terms and approvals."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.safety.house import call

Data = dict[str, Any]
LIST: Data = {
    "price_list": "x",
    "edition": "1",
    "currency": "CNY",
    "valid": {"until": "2026-12-31"},
    "taxes": {"vat": "13%"},
    "products": [
        {"sku": "A", "name": "Alpha", "kind": "licence", "price": "100", "cost": "40", "tax": "vat"},
        {"sku": "B", "name": "Beta", "kind": "licence", "price": "200", "tax": "vat"},
        {"sku": "R", "name": "Rental", "kind": "subscription", "per": "month", "price": "10", "tax": "vat"},
        {"sku": "S", "name": "Suite", "kind": "bundle"},
    ],
    "bundles": {"S": {"groups": [{"name": "g", "options": [{"sku": "B", "quantity": "free", "required": "true"}]}]}},
    "payment_plans": {
        "standard": [{"name": "首付款", "share": "30%"}, {"name": "尾款", "share": "70%", "due": "go_live"}]
    },
    "approvals": [
        {"rule": "deep", "when": "discount > 20%", "approver": "sales_manager", "because": "deeper than 20%"}
    ],
}
DEAL: Data = {
    "deal": "D-1",
    "date": "2026-05-01",
    "customer": {"name": "ACME"},
    "price_list": "x",
    "lines": [{"sku": "A", "quantity": "60", "discount": "12%", "because": "first"}, {"sku": "B", "quantity": "5"}],
}

Diff = Callable[..., Data]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    _write(tmp_path / "price_lists" / "x" / "1" / "list.yaml", LIST)
    _write(tmp_path / "sellers.yaml", {"sellers": {"main": {"name": "Seller"}}})
    _write(tmp_path / "approvals.yaml", {"approvals": []})
    return tmp_path


@pytest.fixture
def diff(house: Path) -> Diff:
    def compared(after: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Data:
        _write(house / "a.yaml", {**DEAL, **(before or {})})
        _write(house / "b.yaml", {**DEAL, **after})
        done = call("diff", "a.yaml", "b.yaml", "--format", "json", cwd=house)
        assert done.returncode == 0, done.stderr
        found: Data = json.loads(done.stdout)
        return found

    return compared


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False), encoding="utf-8")


def _told(changes: list[Data]) -> dict[str, tuple[str | None, str | None]]:
    return {change["what"]: (change["before"], change["after"]) for change in changes}


def _lines(*lines: Data) -> Data:
    return {"lines": list(lines)}


A, B = DEAL["lines"]


# ---- nothing --------------------------------------------------------------------------------------------------------
def test_a_deal_does_not_differ_from_itself(house: Path) -> None:
    _write(house / "a.yaml", DEAL)
    done = call("diff", "a.yaml", "a.yaml", cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no difference that matters" in done.stdout
    assert not {"money", "lines", "terms", "approvals"} & {line.split(" ")[0] for line in done.stdout.splitlines()}


def test_comments_and_the_order_of_keys_are_no_difference(house: Path) -> None:
    _write(house / "a.yaml", DEAL)
    turned = yaml.safe_dump(dict(reversed(DEAL.items())), sort_keys=False)
    (house / "b.yaml").write_text(f"# a comment\n{turned}", "utf-8")
    done = call("diff", "a.yaml", "b.yaml", "--format", "json", cwd=house)
    assert json.loads(done.stdout)["same"] is True


def test_a_plan_written_out_is_the_plan_of_the_price_list(diff: Diff) -> None:
    assert diff({"payment": LIST["payment_plans"]["standard"]})["same"] is True


def test_a_section_without_money_is_named_but_no_difference(diff: Diff) -> None:
    found = diff({"title": "Another title"})
    assert (found["same"], found["also_edited"]) == (True, ["title"])


# ---- money ----------------------------------------------------------------------------------------------------------
def test_money_is_told_with_difference_and_rate(diff: Diff) -> None:
    """60 × 100 − 12 % + 5 × 200 = 6,280; with 80: 8,040. Gross at 13 %: 7,096.40 and 9,085.20."""
    money = {each["name"]: each for each in diff(_lines({**A, "quantity": "80"}, B))["money"]}
    gross = {
        "name": "total (gross)",
        "before": "7096.40",
        "after": "9085.20",
        "difference": "1988.80",
        "rate": "0.280255",
    }
    assert money["total (gross)"] == gross
    assert (money["net"]["before"], money["net"]["after"]) == ("6280.00", "8040.00")
    assert "yearly (ARR)" not in money


def test_recurring_deals_tell_the_year_and_the_whole_term(diff: Diff) -> None:
    rented = {"sku": "R", "quantity": "10", "term_months": "12"}
    money = {m["name"]: m for m in diff(_lines({**rented, "term_months": "24"}), _lines(rented))["money"]}
    assert (money["whole term (TCV)"]["before"], money["whole term (TCV)"]["after"]) == ("1200.00", "2400.00")
    assert "yearly (ARR)" not in money, "100 a month either way"


# ---- lines ----------------------------------------------------------------------------------------------------------
def test_a_changed_line_tells_each_thing_that_changed(diff: Diff) -> None:
    found = diff(_lines({**A, "quantity": "80", "discount": "15%"}, B))["lines"]
    assert [(line["state"], line["sku"]) for line in found] == [("changed", "A")]
    assert _told(found[0]["changes"]) == {
        "quantity": ("60", "80"),
        "discount": ("0.12", "0.15"),
        "net": ("5280.00", "6800.00"),
    }


def test_a_line_put_in_the_middle_changes_none_of_its_neighbours(diff: Diff) -> None:
    found = diff(_lines(A, {"custom": "c", "price": "7", "tax": "vat"}, B))["lines"]
    assert [(line["state"], line["name"]) for line in found] == [("added", "c")]


def test_a_moved_line_is_no_difference(diff: Diff) -> None:
    assert diff(_lines(B, A))["same"] is True


def test_one_of_two_lines_of_the_same_product_is_the_one_that_changed(diff: Diff) -> None:
    twice = _lines({"sku": "B", "quantity": "1"}, {"sku": "B", "quantity": "2"})
    found = diff(_lines({"sku": "B", "quantity": "2"}, {"sku": "B", "quantity": "3"}), twice)["lines"]
    assert [(line["state"], _told(line["changes"])["quantity"]) for line in found] == [("changed", ("1", "3"))]


def test_a_second_line_of_the_same_product_is_added_and_the_first_stays(diff: Diff) -> None:
    found = diff(_lines({"sku": "B", "quantity": "9"}, A, B))["lines"]
    assert [(line["state"], line["quantity"]) for line in found] == [("added", "9")]


def test_parts_of_a_bundle_are_told_under_their_heading(diff: Diff) -> None:
    suite = {"sku": "S", "options": {"B": "4"}}
    found = diff(_lines({**suite, "options": {"B": "6"}}), _lines(suite))["lines"]
    assert (found[0]["sku"], [part["sku"] for part in found[0]["parts"]]) == ("S", ["B"])
    assert _told(found[0]["parts"][0]["changes"])["quantity"] == ("4", "6")


def test_segments_of_a_ramp_are_told_under_their_line(diff: Diff) -> None:
    def ramp(*quantities: str) -> Data:
        return _lines({"sku": "R", "ramp": [{"months": "12", "quantity": quantity} for quantity in quantities]})

    found = diff(ramp("5", "12", "20"), ramp("5", "10"))["lines"]
    assert [(part["state"], part["name"]) for part in found[0]["parts"]] == [
        ("changed", "from month 13"),
        ("added", "from month 25"),
    ]


def test_a_discount_on_the_deal_moves_lines_without_changing_them(diff: Diff) -> None:
    found = diff({"discounts": [{"name": "year end", "percent": "5%"}]})
    assert (found["lines"], found["repriced_lines"]) == ([], 2)
    assert _told(found["terms"]) == {"discount year end": (None, "0.05")}


def test_another_edition_tells_the_prices_that_changed(house: Path, diff: Diff) -> None:
    products = [{**LIST["products"][0], "price": "110"}, *LIST["products"][1:]]
    newer = {**LIST, "edition": "2", "valid": {"from": "2027-01-01"}, "products": products}
    _write(house / "price_lists" / "x" / "2" / "list.yaml", newer)
    found = diff({"date": "2027-01-15"})
    assert _told(found["terms"])["price list"] == ("x@1", "x@2")
    assert _told(found["lines"][0]["changes"])["list unit price"] == ("100", "110")
    assert len(found["lines"]) == 1


# ---- terms ----------------------------------------------------------------------------------------------------------
TERMS = [
    ({"terms": {"warranty": {"months": 24}}}, {"terms": {"warranty": {"months": 12}}}, "warranty months", ("12", "24")),
    ({"terms": {"liability": {"cap": "200%"}}}, {"terms": {"liability": {"cap": "100%"}}}, "liability cap", ("1", "2")),
    ({"valid_days": "10"}, {}, "offer valid until", ("2026-05-31", "2026-05-11")),
    ({"billing": "yearly"}, {}, "billing", ("upfront", "yearly")),
    ({"customer": {"name": "ACME", "tax_id": "7"}}, {}, "customer tax number", (None, "7")),
    ({"customer": {"name": "Other"}}, {}, "customer name", ("ACME", "Other")),
    ({"partner": {"name": "P", "mode": "referral"}}, {}, "partner name", (None, "P")),
    ({"contract": {"type": "saas"}}, {"contract": {"type": "licence"}}, "contract type", ("licence", "saas")),
    ({"term_months": "24"}, {"term_months": "12"}, "term in months", ("12", "24")),
    ({"stage": "6"}, {"stage": "5"}, "selling stage", ("5", "6")),
]


@pytest.mark.parametrize(("after", "before", "what", "values"), TERMS, ids=[what for _, _, what, _ in TERMS])
def test_every_commercial_term_is_told_by_its_name(
    diff: Diff, after: Data, before: Data, what: str, values: tuple[str, str]
) -> None:
    assert _told(diff(after, before)["terms"])[what] == values


def test_a_payment_part_is_told_by_its_name_with_share_event_and_days(diff: Diff) -> None:
    plan = [{"name": "首付款", "share": "20%", "days": "15"}, {"name": "尾款", "share": "80%", "due": "acceptance"}]
    assert _told(diff({"payment": plan})["terms"]) == {
        "payment 首付款": ("0.3", "0.2"),
        "payment 首付款 days": ("0 days", "15 days"),
        "payment 尾款": ("0.7", "0.8"),
        "payment 尾款 due": ("go_live", "acceptance"),
    }


# ---- approvals ------------------------------------------------------------------------------------------------------
def test_who_must_now_agree_is_told_with_rule_limit_and_figure(diff: Diff) -> None:
    deeper = _lines({**A, "discount": "30%"}, B)
    asked = diff(deeper)["approvals"]
    assert [(a["state"], a["rule"], a["approver"], a["when"]) for a in asked] == [
        ("asked", "deep", "sales_manager", "discount > 20%")
    ]
    assert asked[0]["figures"] == {"discount": "0.257142857143"}, "1,800 of 7,000"
    assert [a["state"] for a in diff({}, deeper)["approvals"]] == ["dropped"]


def test_the_same_approval_over_other_figures_tells_both(diff: Diff) -> None:
    asked = diff(_lines({**A, "discount": "35%"}, B), _lines({**A, "discount": "28%"}, B))["approvals"]
    assert [(a["state"], a["figures_before"], a["figures"]) for a in asked] == [
        ("still", {"discount": "0.24"}, {"discount": "0.3"})
    ]


# ---- what cannot be compared ----------------------------------------------------------------------------------------
def test_the_errors_of_both_files_are_told(house: Path) -> None:
    _write(house / "a.yaml", {**DEAL, "lines": [{"sku": "NIX"}]})
    _write(house / "b.yaml", {**DEAL, "date": "tomorrow"})
    done = call("diff", "a.yaml", "b.yaml", cwd=house)
    assert (done.returncode, done.stdout) == (1, "")
    assert "a.yaml:" in done.stderr
    assert "b.yaml:" in done.stderr


def test_a_paper_is_not_a_deal_file(house: Path) -> None:
    _write(house / "a.yaml", DEAL)
    done = call("diff", "a.yaml", "signed.pdf", cwd=house)
    assert done.returncode == 1
    assert "signed.pdf is not a deal file" in done.stderr


def test_deals_of_two_numbers_and_currencies_are_told_side_by_side(house: Path) -> None:
    _write(house / "price_lists" / "y" / "list.yaml", {**LIST, "price_list": "y", "currency": "JPY"})
    _write(house / "a.yaml", DEAL)
    _write(house / "b.yaml", {**DEAL, "deal": "D-2", "price_list": "y"})
    done = call("diff", "a.yaml", "b.yaml", cwd=house)
    assert done.stdout.startswith("D-1-1 → D-2-1 · ACME")
    assert ("7,096.40" in done.stdout, "7,096\n" in done.stdout) == (True, True)


# ---- alternatives ---------------------------------------------------------------------------------------------------
def _offered(**lines: list[Data]) -> Data:
    """Alternatives by name; `Best` is recommended."""
    named = [{"name": name, "lines": own, "recommended": str(name == "Best").lower()} for name, own in lines.items()]
    return {"lines": [], "alternatives": named}


GOOD, BEST = [{"sku": "A", "quantity": "10"}], [{"sku": "B", "quantity": "10"}]


def test_another_alternative_is_told_with_its_totals_and_lines(diff: Diff) -> None:
    """10 × 100 and 12 × 100, with 13 % tax; the recommended one is as it was."""
    more = [{"sku": "A", "quantity": "12"}]
    found = diff(_offered(Good=more, Best=BEST), _offered(Good=GOOD, Best=BEST))
    assert found["money"] == found["lines"] == [] and found["same"] is False
    (told,) = found["alternatives"]
    assert (told["state"], told["name"], told["total_before"], told["total_after"]) == (
        "changed",
        "Good",
        "1130.00",
        "1356.00",
    )
    assert _told(told["lines"][0]["changes"]) == {"quantity": ("10", "12"), "net": ("1000.00", "1200.00")}


def test_alternatives_that_came_went_or_were_renamed_are_told(diff: Diff) -> None:
    small = [{"sku": "A", "quantity": "1"}]
    found = diff(_offered(Starter=GOOD, Best=BEST, New=small), _offered(Good=GOOD, Best=BEST, Old=BEST))
    told = {each["name"]: (each["state"], each["was_called"]) for each in found["alternatives"]}
    assert told == {"Starter": ("changed", "Good"), "New": ("added", None), "Old": ("removed", None)}


def test_the_order_of_alternatives_is_no_difference(diff: Diff) -> None:
    assert diff(_offered(Best=BEST, Good=GOOD), _offered(Good=GOOD, Best=BEST))["same"] is True


def test_another_recommendation_is_told_though_nothing_else_differs(diff: Diff) -> None:
    before = _offered(Good=GOOD, Best=GOOD)
    after: Data = json.loads(json.dumps(before))
    for each in after["alternatives"]:
        each["recommended"] = str(each["name"] == "Good").lower()
    found = diff(after, before)
    assert found["recommended"] == {"before": "Best", "after": "Good"}
    assert found["same"] is False and found["alternatives"] == []


def test_a_plan_of_another_alternative_is_told_under_it_and_the_deals_only_once(diff: Diff) -> None:
    before, after = _offered(Good=GOOD, Best=BEST), _offered(Good=GOOD, Best=BEST)
    after["alternatives"][0]["payment"] = [{"name": "all", "share": "100%"}]
    (told,) = diff(after, before)["alternatives"]
    assert "payment all" in _told(told["terms"])
    found = diff({**_offered(Good=GOOD, Best=BEST), "discounts": [{"name": "d", "percent": "5%"}]}, before)
    assert _told(found["terms"]) == {"discount d": (None, "0.05")}
    assert [(each["terms"], each["repriced_lines"]) for each in found["alternatives"]] == [([], 1)]


def test_a_part_that_is_new_or_gone_stands_in_one_row(house: Path) -> None:
    _write(house / "a.yaml", DEAL)
    plan = [{"name": "deposit", "share": "40%", "days": "10"}, {"name": "尾款", "share": "60%", "due": "go_live"}]
    _write(house / "b.yaml", {**DEAL, "payment": plan})
    told = call("diff", "a.yaml", "b.yaml", cwd=house).stdout
    assert "payment deposit  – → 40%, due signing, 10 days" in told
    assert "payment 首付款   30%, due signing → –" in told
