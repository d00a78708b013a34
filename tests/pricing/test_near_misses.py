"""Near misses of deals too large to be priced anew for each candidate: there every candidate is priced on its line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.pricing import price
from docgen.pricing.near_misses import NearMiss, near_misses

STEPS = {"mode": "volume", "steps": [{"up_to": "49", "price": "260"}, {"price": "230"}]}
CATALOG: dict[str, Any] = {
    "price_list": "x",
    "currency": "CNY",
    "taxes": {"vat": "13%"},
    "products": [
        {"sku": "U", "name": "U", "kind": "licence", "price": "260", "tiers": STEPS},
        {"sku": "R", "name": "R", "kind": "subscription", "per": "month", "price": "260", "tiers": STEPS},
    ],
    "discounts": [
        {"name": "all", "lane": "term", "by": "quantity", "across": "deal", "steps": [{"from": "400", "percent": "9%"}]}
    ],
}


def found(first: dict[str, Any], others: int) -> tuple[NearMiss, ...]:
    """Of a deal whose first line is near a tier, beside so many that are not."""
    lines = [first, *({"sku": "U", "quantity": "1"} for _ in range(others))]
    deal = Deal.model_validate(
        {"deal": "D", "date": "2026-01-15", "price_list": "x", "customer": {"name": "A"}, "lines": lines}
        | {"discounts": [{"name": "d", "percent": "10%"}]}
    )
    catalog = Catalog.model_validate(CATALOG)
    return near_misses(deal, catalog, price(deal, configure(deal, catalog), catalog))


def test_up_to_200_lines_the_whole_deal_is_priced_with_its_discounts() -> None:
    (miss,) = found({"sku": "U", "quantity": "48"}, 199)
    assert not miss.alone
    assert miss.change == (50 * 230 - 48 * 260) * Decimal("0.9") * Decimal("1.13")
    assert miss.total == (50 * 230 + 199 * 260) * Decimal("0.9") * Decimal("1.13")


def test_of_more_lines_the_line_alone_is_priced_without_the_discounts_of_the_deal() -> None:
    (miss,) = found({"sku": "U", "quantity": "48"}, 200)
    assert miss.alone and miss.line.number == 1
    assert miss.change == (50 * 230 - 48 * 260) * Decimal("1.13")
    assert miss.total == 50 * 230 * Decimal("1.13")
    assert miss.each == (260, 230)


def test_of_a_ramp_in_a_large_deal_the_segment_is_found_again() -> None:
    ramp = [{"months": "12", "quantity": "10"}, {"months": "12", "quantity": "48"}]
    (miss,) = found({"sku": "R", "ramp": ramp}, 200)
    assert miss.alone and (miss.line.number, miss.now, miss.then) == (2, 48, 50)
    assert miss.change == (50 * 230 - 48 * 260) * 12 * Decimal("1.13")


def test_rules_across_the_deal_are_not_tried_in_a_large_one() -> None:
    assert [miss.because.get("en") for miss in found({"sku": "U", "quantity": "180"}, 199)] == ["all"]
    assert found({"sku": "U", "quantity": "180"}, 200) == ()
