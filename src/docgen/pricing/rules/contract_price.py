"""Lane contract: a unit price agreed with this customer takes the place of the list price, and of its tiers.

List 4,800.00, agreed 4,300.00, 60 users: −30,000.00.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.catalog import Catalog
from docgen.catalog.model import ContractPrice
from docgen.deal import Deal
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import CONTRACT_PRICE

Agreed = tuple[int, ContractPrice]
"""Index in the file, price."""


def contract_price(lines: Sequence[Priced], book: Book) -> None:
    agreed: dict[str | None, list[Agreed]] = {}
    for each in agreed_with(book.deal, book.catalog):
        if each[1].holds_on(book.day):
            agreed.setdefault(each[1].sku, []).append(each)
    for priced in lines if agreed else ():
        if priced.line.sku in agreed and priced.line.takes_unnamed_rules:
            index, price = cheapest(agreed[priced.line.sku])
            wanted = book.extended(price.price, priced.line.quantity, priced.line.periods)
            priced.step("contract", CONTRACT_PRICE, wanted - priced.left, "price_list", ("contract_prices", index))
            priced.contract_priced = True


def agreed_with(deal: Deal, catalog: Catalog) -> list[Agreed]:
    """Every price agreed with the deal's customer, by his name in either language, on whatever days."""
    names = (deal.customer.name.zh, deal.customer.name.en)
    return [each for each in enumerate(catalog.contract_prices) if each[1].customer in names]


def cheapest(agreed: Sequence[Agreed]) -> Agreed:
    """Of several agreed prices the lowest counts; of equal ones the later in the file."""
    return min(agreed, key=lambda each: (each[1].price, -each[0]))
