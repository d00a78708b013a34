"""Lines and payments for templates that set tables of their own: what `price-table` and `payment-plan` show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.content.blocks import text_of
from docgen.documents.components.payment_plan import due_words
from docgen.documents.components.price_table import by_kind, shown_net, unit_net
from docgen.documents.page import Page
from docgen.pricing import Payment, QuoteLine
from docgen.values import Text


def project_lines(page: Page, *, optional: bool = False) -> Sequence[Mapping[str, Any]]:
    """The lines that count, or those offered beside them, in the order of the price table. A part of a bundle has no
    number."""
    quote = page.facts.quote
    lines = quote.optional if optional else tuple(quote.counted)
    numbers = iter(range(1, len(lines) + 1))
    return [
        _line(page, line, str(next(numbers)) if line.line.bundle is None else None)
        for _, members in by_kind(lines)
        for line in members
    ]


def _line(page: Page, line: QuoteLine, number: str | None) -> Mapping[str, Any]:
    own, product = line.line, line.line.product
    priced = own.role != "heading"
    shows = page.facts.deal.show_discounts and priced and line.conceded_rate
    return {
        "number": number,
        "sku": own.sku,
        "name": own.name.get(page.language),
        "description": _said(product.description, page) if product is not None else None,
        "note": _said(own.line.note, page),
        "quantity": page.quantity(own.quantity, own.unit),
        "unit_price": unit_net(page, line) if priced else None,
        "discount": page.rate(line.conceded_rate) if shows else None,
        "net": page.amount(shown_net(line, page.facts.quote)) if priced else None,
        "tax_rate": page.exact_rate(line.tax_rate) if priced and line.tax_rate else None,
        "starts": page.day(own.starts) if own.starts is not None else None,
        "ends": page.day(own.ends) if own.ends is not None else None,
        "is_part": own.bundle is not None,
    }


def project_payments(page: Page) -> Sequence[Mapping[str, Any]]:
    return [_payment(page, each) for each in page.facts.quote.payments]


def _payment(page: Page, payment: Payment) -> Mapping[str, Any]:
    return {
        "name": _said(payment.name, page),
        "due": text_of(due_words(page, payment)),
        "share": None if payment.share is None else page.exact_rate(payment.share),
        "amount": page.amount(payment.amount),
    }


def _said(text: Text | None, page: Page) -> str | None:
    return None if text is None else text.get(page.language)
