"""What docgen price and docgen explain tell a rep, on small deals with figures worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.safety.house import call

Data = dict[str, Any]
LIST: Data = {
    "price_list": "x",
    "edition": "1",
    "currency": "USD",
    "taxes": {"t": "10%"},
    "products": [
        {"sku": "A", "name": "Alpha", "kind": "licence", "price": "100", "cost": "40"},
        {"sku": "R", "name": "Rental", "kind": "subscription", "per": "month", "price": "10", "minimum": "50"},
    ],
    "partner_tiers": {"gold": "20%"},
    "partner_rebates": {"gold": [{"from": "1000", "percent": "2%"}, {"from": "5000", "percent": "3%"}]},
}
DEAL: Data = {
    "deal": "D-1",
    "language": "en",
    "date": "2026-05-01",
    "valid_until": "2099-01-01",
    "price_list": "x",
    "customer": {"name": "ACME"},
    "lines": [{"sku": "A", "quantity": "12"}],
}
GOLD = {"name": "P", "tier": "gold"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    _write(tmp_path / "price_lists" / "x" / "list.yaml", LIST)
    _write(tmp_path / "sellers.yaml", {"sellers": {"main": {"name": "Seller"}}})
    _write(tmp_path / "approvals.yaml", {"approvals": []})
    return tmp_path


def _write(path: Path, data: Data) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _told(house: Path, command: str = "price", **deal: Any) -> dict[str, str]:
    """The lines that are printed, by what stands at their head."""
    _write(house / "deal.yaml", {**DEAL, **deal})
    done = call(command, "deal.yaml", cwd=house)
    assert done.returncode == 0, done.stderr
    return {line.split("  ")[0]: " ".join(line.split()) for line in done.stdout.splitlines() if line.strip()}


def test_level_instalments_stand_in_one_row_and_interest_is_a_figure_of_its_own(house: Path) -> None:
    """1,320.00 at 12 % in 3: 448.83 twice and 448.82; in all 1,346.48, of it 26.48 interest."""
    told = _told(house, payment={"instalments": "3", "rate": "12%"})
    assert told["Instalment 1"] == "Instalment 1 signing 448.83"
    assert told["Instalment 2"] == "Instalment 2 monthly 448.83"
    assert told["Instalment 3"] == "Instalment 3 monthly 448.82"
    assert told["interest"] == "interest 26.48 of it, beside the gross total"
    told = _told(house, payment={"instalments": "12", "rate": "0%"})
    assert told["Instalment 2 to 12"] == "Instalment 2 to 12 monthly 110.00 each"


def test_a_partner_s_rebate_is_told_with_the_step_ahead(house: Path) -> None:
    """12 × 100 less 20 % = 960.00, below 1,000; 13 make 1,040.00, of which 2 % are 20.80; 63 make 5,040.00."""
    told = _told(house, partner=GOLD)
    assert told["rebate"] == "rebate 0.00 2% from a net of 1,000.00"
    told = _told(house, partner=GOLD, lines=[{"sku": "A", "quantity": "13"}])
    assert told["rebate"] == "rebate 20.80 2% of our net, paid back later; 3% from a net of 5,000.00"
    told = _told(house, partner=GOLD, lines=[{"sku": "A", "quantity": "63"}])
    assert told["rebate"] == "rebate 151.20 3% of our net, paid back later"


def test_explain_says_where_a_partner_s_rates_stand(house: Path) -> None:
    told = _told(house, "explain", partner=GOLD, lines=[{"sku": "A", "quantity": "63"}])
    assert told["profit"].endswith("20.0% of his sale price_lists/x/list.yaml:19")
    assert told["rebate"].endswith("paid back later price_lists/x/list.yaml:22")
    told = _told(house, "explain", partner={**GOLD, "discount": "25%", "because": "b"})
    assert told["profit"].endswith("25.0% of his sale deal.yaml:14")


def test_in_a_resale_the_gross_says_who_pays_whom(house: Path) -> None:
    told = _told(house, partner=GOLD)
    assert told["gross"] == "gross USD 1,056.00 the partner pays us; the customer pays him 1,320.00"
    assert told["net"] == "net 960.00 after the partner's discount, margin 50.0%"


def test_a_credit_is_told_apart_from_the_discount(house: Path) -> None:
    """1,200 − 10 % = 1,080 − 300 credited = 780: 35 % in all, 10 % given away."""
    line = {"sku": "A", "quantity": "12", "discount": "10%", "upgrade": {"sku": "A", "paid": "300"}}
    assert _told(house, lines=[line])["net"] == "net 780.00 discount 35.0%, 10.0% without the credit, margin 38.5%"


def test_segments_of_a_ramp_say_their_months(house: Path) -> None:
    ramp = [{"months": "1", "quantity": "9"}, {"months": "11", "quantity": "12"}]
    _write(house / "deal.yaml", {**DEAL, "lines": [{"sku": "R", "ramp": ramp}]})
    shown = call("price", "deal.yaml", cwd=house).stdout
    assert "Rental, month 1 " in shown and "Rental, months 2 to 12" in shown
    assert "2  R  Rental   months 2 to 12" in call("explain", "deal.yaml", cwd=house).stdout


def test_a_minimum_above_the_list_is_no_negative_discount(house: Path) -> None:
    """3 × 10 × 12 = 360, at least 50 a month = 600; the bar stays as long as the list's."""
    _write(house / "deal.yaml", {**DEAL, "lines": [{"sku": "R", "quantity": "3"}]})
    shown = call("explain", "deal.yaml", cwd=house).stdout
    assert "66.7% above list" in shown and "discount −" not in shown
    assert "█" * 25 not in shown


def test_a_list_far_away_is_told_as_docgen_s_own_and_one_nearby_by_a_short_path(house: Path) -> None:
    _write(house / "deals" / "deal.yaml", DEAL | {"partner": GOLD})
    shown = call("explain", "deal.yaml", "A", cwd=house / "deals").stdout
    assert "  ../price_lists/x/list.yaml:19" in shown
    _write(house / "own.yaml", DEAL | {"price_list": "crm-us", "date": "2026-11-20", "lines": [{"sku": "CRM-PRO"}]})
    assert str(house) not in call("explain", "own.yaml", cwd=house).stdout
