"""What a partner earns on a deal, and what of it is a cost of ours. Internal: nothing of it is on a quotation.

Resale, gold 15 %, rebate 2 % of our net: the customer pays 240,768.00, the partner buys at 204,652.80, so his profit is
36,115.20; the rebate of 4,093.06 is paid back later and is a cost of ours.
Referral 10 %: the customer pays us 240,768.00, of which 24,076.80 are the referrer's commission, a cost of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.catalog import Catalog
from docgen.catalog.programmes import DiscountStep
from docgen.deal import Deal
from docgen.money import ZERO
from docgen.pricing.book import Book
from docgen.pricing.quote import PartnerShare, QuoteLine, total
from docgen.pricing.rules.partner_discount import partner_rate


def paid_out(book: Book, net: Decimal) -> Decimal:
    """Rate of each line's net that goes to the partner after the sale, by the deal's net: commission or rebate."""
    partner = book.deal.partner
    if partner is None:
        return ZERO
    if partner.mode == "referral":
        return partner_rate(book)[0]
    rebate = book.catalog.partner_rebates.get(partner.tier or "", ZERO)
    return rebate if isinstance(rebate, Decimal) else _step(rebate, net)


def _step(steps: Sequence[DiscountStep], net: Decimal) -> Decimal:
    """The rate reached holds for the whole net."""
    reached = [step for step in steps if step.reached_from <= net]
    return max(reached, key=lambda step: step.reached_from).percent if reached else ZERO


def next_rebate(deal: Deal, catalog: Catalog, net: Decimal) -> DiscountStep | None:
    """The step of the partner's rebate that a larger net would reach; None at the last one, and for a plain rate."""
    partner = deal.partner
    rebate = (
        catalog.partner_rebates.get(partner.tier or "") if partner is not None and partner.mode == "resale" else None
    )
    ahead = [step for step in rebate if step.reached_from > net] if isinstance(rebate, tuple) else []
    return min(ahead, key=lambda step: step.reached_from, default=None)


def partner_share(book: Book, lines: Sequence[QuoteLine], rate: Decimal) -> PartnerShare | None:
    """The split of the lines that count, before tax."""
    partner = book.deal.partner
    if partner is None:
        return None
    counted = [line for line in lines if line.counts]
    zero, buys = book.round(ZERO), total(line.net for line in counted)
    later = book.round(total(line.paid_out for line in counted))
    sells = total(line.payable - (line.tax if line.customer_tax is None else line.customer_tax) for line in counted)
    is_resale = partner.mode == "resale"
    return PartnerShare(
        sells=book.round(sells),
        buys=book.round(buys),
        rebate=later if is_resale else zero,
        rebate_rate=rate if is_resale else ZERO,
        commission=zero if is_resale else later,
        commission_rate=ZERO if is_resale else rate,
    )
