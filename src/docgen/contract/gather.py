"""A deal, its quote and its seller as the facts of a contract: nothing but what follows from the data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from docgen.contract import facts as f
from docgen.contract import gather_terms as terms
from docgen.contract.dates import end_of_term, last_notice_day
from docgen.contract.kinds import contract_types
from docgen.contract.library import Library
from docgen.contract.sides import CHINA, Sides
from docgen.deal import Deal
from docgen.deal.contract import Contract
from docgen.deal.model import Customer
from docgen.deal.people import Person
from docgen.period import add_months
from docgen.pricing import Quote, QuoteLine
from docgen.seller import Seller
from docgen.values import Text
from docgen.vocabulary import Due


def gather(sides: Sides, library: Library) -> f.ContractFacts:
    """The facts of a deal's contract."""
    deal, quote, seller = sides.deal, sides.quote, sides.seller
    own = deal.contract or Contract()
    types = contract_types(deal, quote)
    main = types[0] if types else ""
    country = deal.customer.country or seller.country
    code, law = library.law(deal.terms.governing_law, seller.country)
    starts, months = _term(deal, quote, own)
    return f.ContractFacts(
        buyer=library.book.sides["partner" if main == "reseller" else "buyer"],
        supplier=library.book.sides["supplier"],
        customer=_customer(deal.customer, country),
        seller=_seller(seller, deal.prepared_by),
        contract=_paper(deal, own, types),
        has=_has(quote),
        fees=_fees(deal, quote),
        term=_term_facts(deal, starts, months),
        renewal=_renewal(deal),
        late=f.LateFacts(terms.rate(own.late.rate_per_day), terms.rate(own.late.cap))
        if own.late
        else f.LateFacts(None, None),
        price_protection=f.PriceProtectionFacts(
            terms.rate(own.price_protection.cap) if own.price_protection else None,
            own.price_protection.years if own.price_protection else None,
        ),
        acceptance=terms.acceptance_facts(deal),
        warranty=f.WarrantyFacts(
            deal.terms.warranty.months if deal.terms.warranty else None,
            deal.terms.warranty.start if deal.terms.warranty else "acceptance",
        ),
        liability=terms.liability_facts(deal, quote),
        sla=terms.sla_facts(deal),
        support=f.SupportFacts(
            own.support.tier if own.support else "standard", own.support.hours if own.support else None
        ),
        data=terms.data_facts(own, library, country, seller.country),
        change=terms.change_facts(own, quote),
        ip=f.IpFacts(own.ip.owner, own.ip.transfer_on, own.ip.source_code)
        if own.ip
        else f.IpFacts("supplier", "full_payment", False),
        escrow_agent=own.escrow.agent if own.escrow else None,
        trial=terms.trial_facts(deal, own),
        channel=terms.channel_facts(sides, own),
        law=f.LawFacts(code, law.name if law else Text.of(code), (law.country if law else code) != CHINA),
        forum=terms.forum_facts(deal),
        project=terms.project_facts(deal, quote, own),
        flags=f.FlagFacts(**{name: getattr(own.flags, name) for name in type(own.flags).model_fields}),
        delivery=terms.open_ended(deal.terms.delivery),
        foreign=country != CHINA or seller.country != CHINA,
        currency=quote.currency,
        special_terms=bool(own.special_terms),
        third_party=bool(own.third_party),
    )


# ---- parties and paper ----------------------------------------------------------------------------------------------
def _customer(customer: Customer, country: str) -> f.PartyFacts:
    """The person to write to is the first with an address to write to."""
    reached = (each for each in customer.contacts if each.email)
    first = next(reached, customer.contacts[0] if customer.contacts else None)
    return f.PartyFacts(
        customer.name,
        country,
        customer.address,
        customer.tax_id,
        customer.legal_representative,
        customer.phone or (first.phone if first else None),
        first.email if first else None,
        first.name if first else None,
        customer.bank.name if customer.bank else None,
        customer.bank.account if customer.bank else None,
    )


def _seller(seller: Seller, writer: Person | None) -> f.PartyFacts:
    """The house; its person to write to is who prepared the deal."""
    return f.PartyFacts(
        seller.name,
        seller.country,
        seller.address,
        seller.tax_id,
        seller.legal_representative,
        seller.phone or (writer.phone if writer else None),
        seller.email or (writer.email if writer else None),
        writer.name if writer else None,
        seller.bank.name if seller.bank else None,
        seller.bank.account if seller.bank else None,
    )


def _paper(deal: Deal, own: Contract, types: tuple[str, ...]) -> f.PaperFacts:
    bilingual = len(deal.language) > 1
    prevailing = own.prevailing or (deal.language[0] if bilingual else None)
    copies = 4 if own.copies is None else own.copies
    return f.PaperFacts(
        number=own.number or f"{deal.deal}-C",
        type=types[0] if types else "",
        types=types,
        quote=deal.number,
        quote_date=deal.date,
        bilingual=bilingual,
        prevailing=prevailing,
        prevailing_language=Text.model_validate(terms.LANGUAGE_NAMES[prevailing]) if prevailing else None,
        sign_date=own.sign_date,
        effective=own.effective,
        place=own.place,
        copies=copies,
        copies_each=copies // 2,
        project=deal.title,
        main=own.main,
    )


# ---- what is bought, and for how much -------------------------------------------------------------------------------
def _has(quote: Quote) -> f.HasFacts:
    kinds = {line.line.kind for line in quote.counted}
    return f.HasFacts(
        lines=any(True for _ in quote.counted),
        licence="licence" in kinds,
        subscription="subscription" in kinds,
        hardware="hardware" in kinds,
        services="service" in kinds,
        training="training" in kinds,
        maintenance="maintenance" in kinds,
        custom="custom" in kinds or any(line.line.product is None for line in quote.counted),
        free=any(_is_free(line) for line in quote.counted),
    )


def _is_free(line: QuoteLine) -> bool:
    return line.line.role != "heading" and not line.customer


def _fees(deal: Deal, quote: Quote) -> f.FeesFacts:
    totals, currency = quote.totals, quote.currency
    gross, tax = totals.customer_gross, totals.customer_tax
    rates = {line.tax_rate for line in quote.counted if line.line.role != "heading" and line.customer}
    recurring = any(line.line.is_recurring for line in quote.counted)
    upfront = sum((p.amount for p in quote.payments if p.due == "signing" and not p.recurring), Decimal(0))
    return f.FeesFacts(
        total=f.Money(gross, currency),
        net=f.Money(gross - tax, currency),
        tax=f.Money(tax, currency),
        taxed=bool(tax),
        tax_inclusive=quote.tax_inclusive,
        one_tax_rate=Fraction(next(iter(rates))) if len(rates) == 1 else None,
        recurring=recurring,
        yearly=f.Money(totals.arr, currency) if recurring else None,
        upfront_share=Fraction(upfront) / Fraction(gross) if gross else Fraction(0),
        events=tuple(event for event in get_args(Due) if any(p.due == event for p in quote.payments)),
    )


def _term(deal: Deal, quote: Quote, own: Contract) -> tuple[dt.date | None, int | None]:
    """First day and whole months of the longest recurring line; of a trial, a reseller or an NDA what the deal says."""
    lines = [line.line for line in quote.counted if line.line.is_recurring and line.line.starts is not None]
    if lines:
        starts = min(line.starts for line in lines if line.starts is not None)
        ends = max((line.ends for line in lines if line.ends is not None), default=None)
        if ends is not None:
            months = _whole_months(starts, ends)
            if months:
                return starts, months
        return starts, deal.term_months
    return deal.starts or own.effective, deal.term_months


def _whole_months(starts: dt.date, ends: dt.date) -> int | None:
    after = ends + dt.timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month
    return months if add_months(starts, months) == after else None


def _term_facts(deal: Deal, starts: dt.date | None, months: int | None) -> f.TermFacts:
    ends = end_of_term(starts, months) if starts is not None and months is not None else None
    notice = deal.terms.renewal.notice_days if deal.terms.renewal else None
    last = last_notice_day(ends, notice) if ends is not None and notice is not None else None
    return f.TermFacts(starts, months, ends, last)


def _renewal(deal: Deal) -> f.RenewalFacts:
    """`same`, `list` and `uplift` say what a renewal costs; whether it comes about is then the customer's option."""
    renewal = deal.terms.renewal
    if renewal is None:
        return f.RenewalFacts("none", None, None, None)
    mode = renewal.mode if renewal.mode in ("none", "option", "auto") else "option"
    return f.RenewalFacts(mode, renewal.months, renewal.notice_days, terms.rate(renewal.uplift))
