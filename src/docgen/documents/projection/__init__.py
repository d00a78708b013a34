"""What a template may speak about: a customer-safe, read-only copy of the facts in one language.

A literal allow-list. Cost, margin, floor, reasons, stage and everything else internal has no name here, so no template
can print it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from docgen.deal.model import Customer
from docgen.deal.people import Person
from docgen.deal.terms import Acceptance, Warranty
from docgen.documents.page import Page, one_line
from docgen.documents.projection.later import Later, LaterList
from docgen.locales.amount_in_words import amount_in_words
from docgen.pricing import RenewalPrice
from docgen.seller import SellerBank
from docgen.values import Text


def project(page: Page) -> Mapping[str, Any]:
    deal, seller, quote = page.facts.deal, page.facts.seller, page.facts.quote
    return {
        "number": deal.number,
        "title": _text(deal.title, page),
        "date": page.day(deal.date),
        "valid_until": page.day(deal.offered_until),
        "currency": quote.currency,
        "total": page.money(quote.totals.customer_gross),
        "total_in_words": _in_words(page),
        "total_before_tax": page.money(quote.totals.customer_gross - quote.totals.customer_tax),
        "total_tax": page.money(quote.totals.customer_tax),
        "alternatives": _alternatives(page),
        "recommended": next((each["name"] for each in _alternatives(page) if each["recommended"]), None),
        "taxed": bool(quote.totals.customer_tax),
        "tax_inclusive": quote.tax_inclusive,
        "recurring": any(line.line.is_recurring for line in quote.counted),
        "has_optional": bool(quote.optional),
        "has_payments": bool(quote.payments),
        "end_customer": _text(page.facts.end_customer, page),
        "customer": {
            "name": _text(deal.customer.name, page),
            "address": _text(deal.customer.address, page),
            "tax_id": deal.customer.tax_id,
            "contact": _contact(deal.customer, page),
        },
        "seller": {
            "name": _text(seller.name, page),
            "address": _text(seller.address, page),
            "tax_id": seller.tax_id,
            "email": seller.email,
            "website": seller.website,
            "phone": seller.phone,
            "bank": _bank(seller.bank, page),
            "about": None if seller.profile is None else _text(seller.profile.about, page),
        },
        "prepared_by": _person(deal.prepared_by, page),
        "terms": {
            "delivery": _open_ended(deal.terms.delivery, page),
            "price": _open_ended(deal.terms.price, page),
            "acceptance": _acceptance(deal.terms.acceptance, page),
            "warranty": _warranty(deal.terms.warranty),
            "renewal": _renewal(quote.renewal, page),
            "notes": [note.get(page.language) for note in deal.terms.notes],
        },
        "lines": LaterList(lambda: _lines(page)),
        "optional_lines": LaterList(lambda: _lines(page, optional=True)),
        "payments": LaterList(lambda: _payments(page)),
        "story": Later(lambda: _story(page)),
        "value": Later(lambda: _value(page)),
    }


def _in_words(page: Page) -> str | None:
    """None for amounts that have no words, from 10^16 on."""
    quote = page.facts.quote
    try:
        return amount_in_words(quote.totals.customer_gross, quote.currency, page.language)
    except ValueError:
        return None


def _lines(page: Page, *, optional: bool = False) -> Sequence[Mapping[str, Any]]:
    from docgen.documents.projection.lines import project_lines

    return project_lines(page, optional=optional)


def _payments(page: Page) -> Sequence[Mapping[str, Any]]:
    from docgen.documents.projection.lines import project_payments

    return project_payments(page)


def _story(page: Page) -> Mapping[str, Any]:
    from docgen.documents.projection.story import project_references, project_story, project_why_now

    return {
        **project_story(page),
        "references": project_references(page),
        "why_now": project_why_now(page),
    }


def _value(page: Page) -> Mapping[str, Any]:
    from docgen.documents.projection.value import project_value

    return project_value(page)


def _alternatives(page: Page) -> list[Mapping[str, Any]]:
    """The offers a customer may choose from; none where there is no choice."""
    offers = page.facts.alternatives
    return [
        {
            "name": one_line(offer.called(page.language)),
            "recommended": offer.recommended,
            "total": page.money(offer.quote.totals.customer_gross),
        }
        for offer in (offers if len(offers) > 1 else ())
    ]


def _text(text: Text | None, page: Page) -> str | None:
    return None if text is None else text.get(page.language)


def _open_ended(text: Text | None, page: Page) -> str | None:
    """A sentence without its full stop: the template sets it, so that there is always one."""
    return None if text is None else text.get(page.language).rstrip("。. ")


def _bank(bank: SellerBank | None, page: Page) -> Mapping[str, Any] | None:
    return None if bank is None else {"name": _text(bank.name, page), "account": bank.account}


def _contact(customer: Customer, page: Page) -> Mapping[str, Any] | None:
    """Name and title of the first one: their part in the decision stays in the house."""
    if not customer.contacts:
        return None
    first = customer.contacts[0]
    return {"name": _text(first.name, page), "title": _text(first.title, page)}


def _person(person: Person | None, page: Page) -> Mapping[str, Any] | None:
    if person is None:
        return None
    return {
        "name": _text(person.name, page),
        "title": _text(person.title, page),
        "phone": person.phone,
        "email": person.email,
    }


def _acceptance(acceptance: Acceptance | None, page: Page) -> Mapping[str, Any] | None:
    if acceptance is None:
        return None
    return {
        "days": acceptance.days,
        "working_days": acceptance.unit == "working_days",
        "deemed": acceptance.deemed,
        "retests": acceptance.retests,
        "criteria": _text(acceptance.criteria, page),
    }


def _renewal(renewal: RenewalPrice | None, page: Page) -> Mapping[str, Any] | None:
    """The customer's price of a renewal, never the partner's."""
    if renewal is None:
        return None
    return {
        "mode": renewal.mode,
        "months": page.months(Fraction(renewal.months)),
        "from": page.day(renewal.starts),
        "amount": page.money(renewal.customer),
        "uplift": None if renewal.uplift is None else page.exact_rate(renewal.uplift),
    }


def _warranty(warranty: Warranty | None) -> Mapping[str, Any] | None:
    return None if warranty is None else {"months": warranty.months, "start": warranty.start}
