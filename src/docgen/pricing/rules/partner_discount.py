"""Lane partner: in a resale deal the partner's rate comes off the customer's price.

Gold partner 15 %, customer price 240,768.00: −36,115.20.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.money import ZERO
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import PARTNER_DISCOUNT
from docgen.problems import Path, problem


def partner_discount(lines: Sequence[Priced], book: Book) -> None:
    partner = book.deal.partner
    if partner is None or partner.mode != "resale":
        return
    rate, origin, path = _rate(book)
    for priced in lines:
        if priced.is_paid:
            priced.step(
                "partner",
                PARTNER_DISCOUNT,
                -book.share(priced.left, rate),
                origin,
                path,
                rate=rate,
                because=partner.because,
            )


def _rate(book: Book) -> tuple[Decimal, str, Path]:
    partner = book.deal.partner
    tiers = book.catalog.partner_tiers
    if partner is None:
        return ZERO, "deal", ("partner",)
    if partner.discount is not None:
        if partner.because is None:
            book.problems.append(problem("needs_because", "partner", "discount"))
        return partner.discount, "deal", ("partner", "discount")
    if partner.tier in tiers:
        return tiers[partner.tier], "price_list", ("partner_tiers", partner.tier)
    book.problems.append(problem("unknown_partner_tier", "partner", "tier", tier=partner.tier, known="\n".join(tiers)))
    return ZERO, "deal", ("partner",)
