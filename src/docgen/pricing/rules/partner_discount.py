"""Lane partner: in a resale deal the partner's rate comes off the customer's price.

Gold partner 15 %, customer price 240,768.00: −36,115.20.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docgen.money import ZERO
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import PARTNER_DISCOUNT
from docgen.problems import Path, Problem, problem


def partner_discount(lines: Sequence[Priced], book: Book) -> None:
    partner = book.deal.partner
    if partner is None or partner.mode != "resale":
        return
    rate, origin, path = partner_rate(book)
    for priced in lines:
        if priced.is_paid:
            change = -book.share(priced.left, rate)
            priced.step("partner", PARTNER_DISCOUNT, change, origin, path, rate=rate, because=partner.because)


def partner_problems(book: Book) -> list[Problem]:
    """A rate of one's own needs a reason; a tier must be one of the price list's."""
    partner, tiers = book.deal.partner, book.catalog.partner_tiers
    if partner is None:
        return []
    if partner.discount is not None:
        return [] if partner.because is not None else [problem("needs_because", "partner", "discount")]
    if partner.tier in tiers or (partner.tier is None and partner.mode == "referral"):
        return []
    found = problem("unknown_partner_tier", "partner", "tier", tier=partner.tier or "", known="\n".join(tiers))
    return [replace(found, depends=(("partner", "discount"),))]


def partner_rate(book: Book) -> tuple[Decimal, str, Path]:
    """The deal's own rate, else the tier's; and where it stands."""
    partner, tiers = book.deal.partner, book.catalog.partner_tiers
    if partner is not None and partner.discount is not None:
        return partner.discount, "deal", ("partner", "discount")
    if partner is not None and partner.tier in tiers:
        return tiers[partner.tier], "price_list", ("partner_tiers", partner.tier)
    return ZERO, "deal", ("partner",)
