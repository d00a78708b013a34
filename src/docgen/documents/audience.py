"""Who reads a paper decides what it may tell.

    customer   the customer's prices; never what a partner pays us
    partner    what the partner pays us, as if he were the customer; never our cost or margin
    internal   everything; such a paper never leaves the house

A view is a copy of the facts: components and templates are the same for every reader and see only what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.deal import Deal
from docgen.deal.channel import Partner
from docgen.deal.model import Customer
from docgen.documents.manifest import Manifest
from docgen.facts import Facts
from docgen.offers import Offer
from docgen.pricing import Payment, Quote, QuoteLine
from docgen.pricing.payments import plan_payments
from docgen.problems import Problem, problem
from docgen.vocabulary import Audience


def unmet(manifest: Manifest, facts: Facts) -> Iterator[Problem]:
    """What the document needs and the deal does not have."""
    if "value" in manifest.needs and facts.value is None:
        yield problem("no_value") if facts.deal.value is None else problem("value_needs_rate", "value")
    if "contract" in manifest.needs:
        yield from _no_contract(facts)
        return
    if manifest.audience != "partner" and "resale" not in manifest.needs:
        return
    if reseller(facts.deal) is None:
        yield problem("no_reseller", "partner", document=manifest.document)
    elif _partners_payments(facts, facts.quote)[1]:
        yield problem("amounts_of_the_customer", "payment", document=manifest.document)


def _no_contract(facts: Facts) -> Iterator[Problem]:
    if facts.draft is None:
        yield problem("no_contract_book")
    elif not facts.draft.facts.contract.types:
        yield problem("no_contract_type", "contract" if facts.deal.contract is not None else "lines")


def reseller(deal: Deal) -> Partner | None:
    """The partner who buys from us and sells on, where there is one."""
    return deal.partner if deal.partner is not None and deal.partner.mode == "resale" else None


def seen_by(audience: Audience, facts: Facts) -> Facts:
    """The facts as this kind of reader may have them."""
    if facts.audience == audience:
        return facts
    assert facts.audience == "customer", "a view is made of the whole facts, never of another view"
    return _partners(facts) if audience == "partner" else replace(facts, audience=audience)


_OF_A_BUYER = ("name", "address", "tax_id", "legal_representative", "country", "phone", "bank", "contacts")


# ---- the partner's view ---------------------------------------------------------------------------------------------
def _partners(facts: Facts) -> Facts:
    """The partner stands where the customer stood, and pays what he pays us; list and discounts are shown to him."""
    partner = reseller(facts.deal)
    assert partner is not None, "asked for before: see `unmet`"
    buyer = Customer(**{name: getattr(partner, name) for name in _OF_A_BUYER})
    deal = facts.deal.model_copy(update={"customer": buyer, "show_discounts": True})
    return replace(
        facts,
        deal=deal,
        quote=_partners_quote(facts, facts.quote),
        alternatives=tuple(_partners_offer(facts, each) for each in facts.alternatives),
        audience="partner",
        end_customer=facts.deal.customer.name,
    )


def _partners_offer(facts: Facts, offer: Offer) -> Offer:
    return replace(offer, quote=_partners_quote(replace(facts, deal=offer.deal), offer.quote))


def _partners_quote(facts: Facts, quote: Quote) -> Quote:
    lines = tuple(_partners_line(line, quote) for line in quote.lines)
    totals = quote.totals
    paid = replace(
        totals,
        customer=totals.gross if quote.tax_inclusive else totals.net,
        customer_tax=totals.tax,
        customer_gross=totals.gross,
    )
    return replace(quote, lines=lines, totals=paid, payments=_partners_payments(facts, quote)[0])


def _partners_line(line: QuoteLine, quote: Quote) -> QuoteLine:
    """List less every discount, the partner's included: 288,000.00 less 36.1 % is 184,187.52."""
    price = line.gross if quote.tax_inclusive else line.net
    return replace(line, customer=price, customer_tax=None, customer_gross=None)


def _partners_payments(facts: Facts, quote: Quote) -> tuple[tuple[Payment, ...], list[Problem]]:
    """The deal's plan over what the partner pays us."""
    lines = [_partners_line(line, quote) for line in quote.lines]
    return plan_payments(facts.deal, facts.catalog, lines, quote.digits)
