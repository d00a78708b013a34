"""What a new edition changes, and what it does to deals: as values, in JSON, and as a price manager reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from docgen.cli.main import cli
from tests.conftest import TODAY

OLD: dict[str, Any] = {
    "price_list": "mini",
    "edition": "1",
    "currency": "CNY",
    "valid": {"from": "2026-01-01", "until": "2026-06-30"},
    "taxes": {"goods": "13%", "services": "6%"},
    "products": [
        {"sku": "A", "name": "Financials", "kind": "licence", "unit": "user", "price": 100, "cost": 20, "tax": "goods"},
        {"sku": "B", "name": "Stock", "kind": "licence", "unit": "user", "price": 50, "cost": 10, "tax": "goods"},
        {"sku": "S", "name": "Day", "kind": "service", "unit": "day", "price": 1000, "floor": 800, "tax": "services"},
    ],
    "discounts": [
        {
            "name": "Volume",
            "lane": "volume",
            "on": {"sku": "A"},
            "by": "quantity",
            "steps": [{"from": 10, "percent": "10%"}],
        }
    ],
    "approvals": [{"rule": "deep", "when": "discount > 20%", "approver": "sales_manager", "because": "deep"}],
}
DEAL: dict[str, Any] = {
    "deal": "D-1",
    "language": "en",
    "date": "2026-05-01",
    "price_list": "mini",
    "customer": {"name": "ACME"},
    "lines": [{"sku": "A", "quantity": 10}, {"sku": "S", "quantity": 2}],
}


def edition(**changes: Any) -> dict[str, Any]:
    """The next edition: the old one with these keys changed."""
    return OLD | {"edition": "2", "valid": {"from": "2026-07-01", "until": "2026-12-31"}} | changes


def products(**prices: Any) -> list[dict[str, Any]]:
    return [p | {"price": prices.get(p["sku"], p["price"])} for p in OLD["products"]]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sellers.yaml").write_text("sellers: {main: {name: Seller}}\n", "utf-8")
    (tmp_path / "approvals.yaml").write_text("approvals: []\n", "utf-8")
    put(tmp_path, "old.yaml", OLD)
    put(tmp_path, "deal.yaml", DEAL)
    return tmp_path


def put(folder: Path, name: str, data: dict[str, Any]) -> None:
    (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def diff(house: Path, new: dict[str, Any], *words: str, code: int = 0) -> str:
    put(house, "new.yaml", new)
    arguments = ["--today", TODAY.isoformat(), "prices", "diff", "old.yaml", "new.yaml", *words]
    done = CliRunner().invoke(cli, arguments, prog_name="docgen")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 or "--format" in words else done.output


def answer(house: Path, new: dict[str, Any], *deals: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff(house, new, *deals, "--format", "json", code=code))
    return found


def changes(house: Path, new: dict[str, Any]) -> list[tuple[Any, ...]]:
    keys = ("state", "section", "name", "field", "before", "after", "rate")
    return [tuple(each[key] for key in keys) for each in answer(house, new)["changes"]]


# ---- the list -------------------------------------------------------------------------------------------------------
def test_an_edition_that_says_the_same_changes_nothing(house: Path) -> None:
    assert changes(house, edition()) == []
    assert "the lists say the same" in diff(house, edition())


def test_products_are_new_gone_and_repriced(house: Path) -> None:
    new = [*products(A=105)[::2], OLD["products"][1] | {"sku": "C", "price": 7}]
    assert changes(house, edition(products=new)) == [
        ("added", "product", "C", None, None, "7", None),
        ("removed", "product", "B", None, "50", None, None),
        ("changed", "product", "A", "price", "100", "105", "0.05"),
    ]


def test_every_field_of_a_product_that_differs_is_told(house: Path) -> None:
    new = [OLD["products"][0] | {"name": "Finance", "cost": 25, "price": 100}, *OLD["products"][1:]]
    assert [each[3:6] for each in changes(house, edition(products=new))] == [
        ("name.zh-CN", "Financials", "Finance"),
        ("name.en", "Financials", "Finance"),
        ("cost", "20", "25"),
    ]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"taxes": {"goods": "13%", "services": "9%"}}, ("changed", "tax", "services", "6%", "9%")),
        (
            {"discounts": [OLD["discounts"][0] | {"steps": [{"from": 10, "percent": "8%"}]}]},
            (
                "changed",
                "discount",
                "Volume",
                "volume, from 10 10%, by quantity, on sku A",
                "volume, from 10 8%, by quantity, on sku A",
            ),
        ),
        ({"discounts": []}, ("removed", "discount", "Volume", "volume, from 10 10%, by quantity, on sku A", None)),
        ({"rules": [{"sku": "A", "requires": ["B"]}]}, ("added", "rule", "A requires B", None, "yes")),
        (
            {"contract_prices": [{"customer": "ACME", "sku": "A", "price": 90, "until": "2026-12-31"}]},
            ("added", "agreed price", "ACME, A", None, "90 … to 2026-12-31"),
        ),
        ({"partner_tiers": {"gold": "12.5%"}}, ("added", "partner tier", "gold", None, "12.5%")),
        (
            {"payment_plans": {"standard": [{"name": "All", "share": "100%", "days": 30}]}},
            ("added", "payment plan", "standard", None, "All 100% signing + 30"),
        ),
        (
            {"approvals": [OLD["approvals"][0] | {"when": "discount > 5%"}]},
            (
                "changed",
                "approval",
                "deep",
                "discount > 20%, sales_manager, price 1, quorum all",
                "discount > 5%, sales_manager, price 1, quorum all",
            ),
        ),
        ({"tax_rounding": "total"}, ("changed", "list", "tax_rounding", "line", "total")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_whatever_else_differs_is_told_by_its_name(
    house: Path, change: dict[str, Any], wanted: tuple[Any, ...]
) -> None:
    (found,) = changes(house, edition(**change))
    assert (*found[:3], *found[4:6]) == wanted


def test_a_bundle_is_told_with_its_price_and_parts(house: Path) -> None:
    bundle = {"sku": "X", "name": "Suite", "kind": "bundle"}
    parts = [{"sku": "A", "quantity": 5, "required": True}, {"sku": "B", "quantity": "free"}]
    new = edition(
        products=[*OLD["products"], bundle],
        bundles={"X": {"price": {"parts_less": "15%"}, "groups": [{"name": "Core", "max": 2, "options": parts}]}},
    )
    assert ("added", "bundle", "X", None, None, "15% off; Core (0–2): A × 5 required, B × free", None) in changes(
        house, new
    )


# ---- deals ----------------------------------------------------------------------------------------------------------
def test_a_deal_is_priced_by_both_and_its_lines_told_with_both_nets(house: Path) -> None:
    (found,) = answer(house, edition(products=products(A=110)), "deal.yaml")["deals"]
    # 10 × 100 − 10 % = 900, 10 × 110 − 10 % = 990; two days at 1,000 stay
    assert (found["before"]["net"], found["after"]["net"]) == ("2900.00", "2990.00")
    assert found["difference"] == {"net": "90.00", "gross": "101.70", "margin": "90.00", "rate": "0.031034482759"}
    assert [(line["sku"], line["net_before"], line["net_after"]) for line in found["lines"]] == [
        ("A", "900.00", "990.00")
    ]


def test_a_deal_is_moved_to_the_nearest_day_of_an_edition_and_that_is_said(house: Path) -> None:
    (found,) = answer(house, edition(), "deal.yaml")["deals"]
    assert (found["date"], found["before"]["date"], found["after"]["date"]) == (
        "2026-05-01",
        "2026-05-01",
        "2026-07-01",
    )
    assert "after: priced on 2026-07-01, the nearest day of mini@2 to 2026-05-01" in diff(
        house, edition(products=products(A=110)), "deal.yaml"
    )


def test_moving_the_pricing_day_moves_no_service(house: Path) -> None:
    yearly = {"sku": "Y", "name": "Cloud", "kind": "subscription", "per": "month", "price": 10, "tax": "services"}
    put(house, "old.yaml", OLD | {"products": [*OLD["products"], yearly]})
    put(house, "deal.yaml", DEAL | {"lines": [{"sku": "Y", "quantity": 1, "ends": "2027-04-30"}]})
    (found,) = answer(house, edition(products=[*OLD["products"], yearly]), "deal.yaml")["deals"]
    assert found["before"]["net"] == found["after"]["net"] == "120.00"


def test_approvals_that_come_and_go_are_told(house: Path) -> None:
    stricter = edition(approvals=[OLD["approvals"][0] | {"when": "discount > 3%"}])
    (found,) = answer(house, stricter, "deal.yaml")["deals"]
    assert [(a["state"], a["rule"]) for a in found["approvals"]] == [("asked", "deep")]
    assert "must now agree: sales_manager (deep)" in diff(house, stricter, "deal.yaml")


def test_lines_that_fall_below_their_floor_are_told(house: Path) -> None:
    (found,) = answer(house, edition(products=products(S=790)), "deal.yaml")["deals"]
    assert found["below_floor"] == ["S"]
    assert "now below the floor: S" in diff(house, edition(products=products(S=790)), "deal.yaml")


def test_a_product_that_is_gone_is_told_at_its_line_and_the_deal_has_no_new_price(house: Path) -> None:
    gone = edition(products=OLD["products"][:2])
    found = answer(house, gone, "deal.yaml")
    (deal,) = found["deals"]
    assert deal["after"] is None and deal["difference"] is None and found["totals"] is None
    (problem,) = [p for p in deal["problems"] if p["severity"] == "error"]
    assert (problem["code"], problem["file"], problem["path"]) == ("unknown_sku", "deal.yaml", "lines.1.sku")
    assert "there is no S in mini@2" in diff(house, gone, "deal.yaml")


def test_several_deals_are_summed_exactly(house: Path) -> None:
    put(house, "other.yaml", DEAL | {"deal": "D-2", "lines": [{"sku": "B", "quantity": 3}]})
    new = edition(products=products(A=110, B="50.005"))
    totals = answer(house, new, "deal.yaml", "other.yaml")["totals"]
    # 3 × 50.005 = 150.015 → 150.02
    assert totals["net"] == {"before": "3050.00", "after": "3140.02", "difference": "90.02"}
    assert totals["deals"] == 2
    shown = diff(house, new, "deal.yaml", "other.yaml")
    assert "net, 2 deals" in shown and "+90.02" in shown and "+3.0%" in shown


def test_records_of_decisions_among_the_deals_are_passed_over(house: Path) -> None:
    put(house, "deal.approvals.yaml", {"entries": []})
    found = answer(house, edition(products=products(A=110)), "deal.approvals.yaml", "deal.yaml")["deals"]
    assert [each["file"] for each in found] == ["deal.yaml"]


def test_a_list_in_another_currency_is_not_compared_in_money(house: Path) -> None:
    (found,) = answer(house, edition(currency="USD"), "deal.yaml")["deals"]
    assert found["difference"] is None and found["after"]["currency"] == "USD"


def test_a_deal_with_mistakes_of_its_own_ends_with_1_and_the_others_are_compared(house: Path) -> None:
    put(house, "wrong.yaml", DEAL | {"lines": [{"sku": "A", "quantity": "many"}]})
    wrong, right = answer(house, edition(products=products(A=110)), "wrong.yaml", "deal.yaml", code=1)["deals"]
    assert wrong["before"] is None and wrong["after"] is None
    assert [p["code"] for p in wrong["problems"]] == ["not_a_number"]
    assert right["difference"]["net"] == "90.00"


def test_an_edition_with_errors_is_told_and_nothing_compared(house: Path) -> None:
    shown = diff(house, edition(products=[OLD["products"][0] | {"tax": "good"}]), "deal.yaml", code=1)
    assert "new.yaml" in shown and "did you mean goods?" in shown


def test_a_deal_without_any_change_takes_one_row(house: Path) -> None:
    put(house, "deal.yaml", DEAL | {"lines": [{"sku": "S", "quantity": 2}]})
    put(house, "new.yaml", edition(valid={"from": "2026-01-01"}))
    shown = diff(house, edition(valid={"from": "2026-01-01"}, products=products(A=110)), "deal.yaml")
    assert shown.splitlines()[-1].split() == ["D-1", "2,000.00", "2,000.00", "0.00", "0.0%", "100.0%"]
