"""Small values of pricing that are asked for by papers, not by the JSON of prices."""

from __future__ import annotations

from decimal import Decimal

from docgen.catalog import Catalog
from docgen.catalog.model import Tiers
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.money import allocate
from docgen.pricing import Quote, price
from docgen.pricing.list_price import steps_of


def test_a_tier_table_says_from_where_to_where_each_price_holds() -> None:
    steps = [
        {"up_to": "10", "price": "5", "flat": "2"},
        {"up_to": "20", "price": "4"},
        {"price": "3"},
    ]
    table = list(steps_of(Tiers.model_validate({"mode": "volume", "steps": steps})))
    assert table == [(0, 10, 5, 2), (10, 20, 4, 0), (20, None, 3, 0)]


def _quote() -> Quote:
    catalog = Catalog.model_validate(
        {
            "price_list": "x",
            "currency": "CNY",
            "taxes": {"v": "13%"},
            "products": [
                {"sku": "S", "name": "S", "kind": "bundle", "unit": "set"},
                {"sku": "A", "name": "A", "kind": "licence", "unit": "user", "price": "100"},
                {"sku": "M", "name": "M", "kind": "subscription", "per": "month", "unit": "seat", "price": "10"},
            ],
            "bundles": {"S": {"groups": [{"name": "g", "options": [{"sku": "A", "required": "true"}]}]}},
        }
    )
    lines = [
        {"sku": "A", "discount": "10%"},
        {"sku": "S"},
        {"custom": "c", "price": "1"},
        {"custom": "d", "price": "1", "unit": "day", "optional": "true"},
        {"sku": "M", "starts": "2027-01-15", "term_months": "12"},
    ]
    deal = Deal.model_validate(
        {"deal": "D", "date": "2026-01-15", "price_list": "x", "customer": {"name": "A"}, "lines": lines}
    )
    return price(deal, configure(deal, catalog), catalog)


def test_every_line_has_the_unit_it_is_sold_by() -> None:
    assert [line.line.unit for line in _quote().lines] == ["user", "set", "user", "item", "day", "seat"]


def test_a_line_runs_from_its_first_to_its_last_day() -> None:
    last = _quote().lines[-1].line
    assert (str(last.starts), str(last.ends), last.anchor, last.from_month) == ("2027-01-15", "2028-01-14", None, None)


def test_a_quote_tells_its_options_its_bundles_parts_and_each_discount() -> None:
    quote = _quote()
    assert [line.number for line in quote.optional] == [5]
    assert [line.number for line in quote.parts_of(quote.lines[1])] == [3]
    assert quote.lines[0].discount_rate == Decimal("0.1") and quote.lines[1].discount_rate == 0
    assert [line.number for line in quote.counted] == [1, 2, 3, 4, 6]


def test_nothing_over_nobody_is_nothing() -> None:
    assert allocate(Decimal(0), [], 2) == []
    assert allocate(Decimal("-0.05"), [Decimal(1)] * 3, 2) == [Decimal("-0.02"), Decimal("-0.02"), Decimal("-0.01")]
