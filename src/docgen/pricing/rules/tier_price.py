"""Lane tier: from the product's price to what its tiers, free units, minimum and maximum make of it.

Price 260.00, volume tier 230.00 from 50 units, 100 users, 36 months: 936,000.00 → 828,000.00, a step of −108,000.00.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.pricing.book import Book, Priced
from docgen.pricing.list_price import has_tier_pricing, tier_amount
from docgen.pricing.names import TIER_PRICE


def tier_price(lines: Sequence[Priced], book: Book) -> None:
    """No step where the tier itself is the list price, nor beside a price agreed with the customer."""
    for priced in lines:
        product = priced.line.product
        if product is None or product.unit_price is None or not has_tier_pricing(product) or priced.contract_priced:
            continue
        if priced.is_paid:
            wanted = book.extended(tier_amount(product, priced.line.quantity), Decimal(1), priced.line.periods)
            path = ("products", book.catalog.index_of(product), "tiers")
            priced.step("tier", TIER_PRICE, wanted - priced.left, "price_list", path)
