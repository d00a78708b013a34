"""The lanes of the price waterfall, in order. A new rule is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docgen.pricing.book import Book, Priced
from docgen.pricing.rules.automatic import promotion, term_discount, volume_discount
from docgen.pricing.rules.bundle_price import bundle_price
from docgen.pricing.rules.contract_price import contract_price
from docgen.pricing.rules.deal_discount import deal_discounts
from docgen.pricing.rules.negotiated import negotiated
from docgen.pricing.rules.partner_discount import partner_discount
from docgen.pricing.rules.referral import referral_discount
from docgen.pricing.rules.tier_price import tier_price
from docgen.pricing.rules.upgrade_credit import upgrade_credit

Lane = Callable[[Sequence[Priced], Book], None]

AUTOMATIC: tuple[Lane, ...] = (contract_price, tier_price, volume_discount, term_discount, bundle_price, promotion)
"""list → regular, line by line, without anybody asking."""

NEGOTIATED: tuple[Lane, ...] = (negotiated,)
"""What was agreed on one line; before lines that are a rate of others look at their net."""

WHOLE_DEAL: tuple[Lane, ...] = (upgrade_credit, referral_discount, deal_discounts)
"""→ customer."""

CHANNEL: tuple[Lane, ...] = (partner_discount,)
"""→ net."""
