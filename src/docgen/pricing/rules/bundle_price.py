"""Lane bundle: what buying the parts together is worth.

included part: one step of −100 %.  parts_less 15 %: −15 % of what is left on each paid part.
fixed 500,000.00 for one bundle whose paid parts stand at 612,000.00: −112,000.00, spread over the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.catalog.model import Bundle, FixedPrice, PartsLess
from docgen.money import ONE, allocate
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import BUNDLE_DISCOUNT, BUNDLE_PRICE, INCLUDED
from docgen.pricing.quote import total
from docgen.problems import Path


def bundle_price(lines: Sequence[Priced], book: Book) -> None:
    wave = set(map(id, lines))
    for priced in lines:
        if priced.line.role == "included":
            priced.step(
                "bundle", INCLUDED, -priced.left, "price_list", _bundle_path(book, priced.line.bundle), rate=ONE
            )
        elif priced.line.role == "heading":
            bundle = book.catalog.bundles[priced.line.sku or ""]
            parts = [p for p in book.paid_parts(priced.line) if id(p) in wave]
            _price_bundle(bundle, priced.line.quantity, parts, ("bundles", priced.line.sku or "", "price"), book)


def _price_bundle(bundle: Bundle, quantity: Decimal, parts: list[Priced], path: Path, book: Book) -> None:
    if isinstance(bundle.price, PartsLess):
        rate = bundle.price.parts_less
        for part in parts:
            part.step("bundle", BUNDLE_DISCOUNT, -book.share(part.left, rate), "price_list", path, rate=rate)
    elif isinstance(bundle.price, FixedPrice):
        change = book.round(bundle.price.fixed * quantity) - total(p.left for p in parts)
        for part, amount in zip(parts, allocate(change, [p.left for p in parts], book.digits), strict=True):
            part.step("bundle", BUNDLE_PRICE, amount, "price_list", path)


def _bundle_path(book: Book, heading: int | None) -> Path:
    sku = book.lines[heading - 1].line.sku if heading else ""
    return ("bundles", sku or "")
