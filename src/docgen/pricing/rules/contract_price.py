"""Lane contract: a unit price agreed with this customer takes the place of the list price, and of its tiers.

List 4,800.00, agreed 4,300.00, 60 users: −30,000.00.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.pricing.book import Book, Priced
from docgen.pricing.names import CONTRACT_PRICE
from docgen.pricing.quote import Beaten, rate_of


def contract_price(lines: Sequence[Priced], book: Book) -> None:
    """Of several agreed prices the lowest counts."""
    customer = book.deal.customer.name
    agreed = [
        (index, price)
        for index, price in enumerate(book.catalog.contract_prices)
        if price.customer in (customer.zh, customer.en) and price.holds_on(book.day)
    ]
    if not agreed:
        return
    for priced in lines:
        if not priced.takes_unnamed_rules:
            continue
        own = sorted((price.price, index) for index, price in agreed if price.sku == priced.line.sku)
        if own:
            unit, index = own[0]
            wanted = book.extended(unit, priced.line.quantity, priced.line.periods)
            beaten = tuple(_beaten(priced, other, at) for other, at in own[1:])
            path = ("contract_prices", index)
            priced.step("contract", CONTRACT_PRICE, wanted - priced.left, "price_list", path, beaten=beaten)
            priced.contract_priced = True


def _beaten(priced: Priced, price: Decimal, index: int) -> Beaten:
    """A dearer agreed price, as the rate it would have been of the list price."""
    return Beaten(CONTRACT_PRICE, rate_of(priced.unit_price or price, price), "price_list", ("contract_prices", index))
