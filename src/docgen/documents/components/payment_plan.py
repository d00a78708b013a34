"""Who pays what when, and to which account."""

from __future__ import annotations

from decimal import Decimal

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Fact,
    Facts,
    Inlines,
    Row,
    Table,
    Together,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.documents.page import Page
from docgen.locales import Words, words
from docgen.pricing import Payment

SHORT = 10
"""Rows of a plan that is kept on one page."""


def payment_plan(page: Page) -> Blocks:
    payments = page.facts.quote.payments
    if not payments:
        return ()
    columns = (Column(0.28), Column(0.38), Column(0.12, "end"), Column(0.22, "end"))
    heads = tuple(
        Cell(page.head(key)) for key in ("payment", "due", "share", "amount_with_tax" if _taxed(page) else "amount")
    )
    rows = [_row(page, payment) for payment in payments]
    if any(payment.recurring for payment in payments):
        total = sum((p.amount for p in payments), Decimal(0))
        rows.append(
            Row((Cell(strong(page.label("payments_total")), span=3), Cell(strong(page.money(total)))), "subtotal")
        )
    table = Table(columns, tuple(rows), heads, title=page.label("payment"))
    return (Together((table,)),) if len(rows) <= SHORT else (table,)


def _taxed(page: Page) -> bool:
    return bool(page.facts.quote.totals.customer_tax)


def _row(page: Page, payment: Payment) -> Row:
    share = "" if payment.share is None else page.exact_rate(payment.share)
    cells = (page.lines(payment.name), due_words(page, payment), plain(share), plain(page.amount(payment.amount)))
    return Row(tuple(Cell(cell) for cell in cells))


def due_words(page: Page, payment: Payment) -> Inlines:
    """A day, or so many days after an event."""
    if payment.date is not None:
        return plain(page.day(payment.date))
    first, *rest = (_due_words(words(x), payment) for x in page.languages)
    return stacked(plain(first), *(quiet(other) for other in rest))


def _due_words(speech: Words, payment: Payment) -> str:
    event = speech.event(payment.due)
    if payment.due == "monthly":
        return f"{event} {payment.number}"
    if not payment.days and not payment.from_month_end:
        return speech.label("at_event", event=event)
    key = "days_after_month" if payment.from_month_end else "days_after"
    return speech.label(key, event=event, days=str(payment.days), unit=speech.unit("day", Decimal(payment.days)))


def bank_details(page: Page) -> Blocks:
    seller = page.facts.seller
    if seller.bank is None:
        return ()
    facts = (
        Fact(page.label("account_name"), page.lines(seller.name)),
        Fact(page.label("bank"), page.lines(seller.bank.name)),
        Fact(page.label("account"), plain(seller.bank.account)),
    )
    return (Facts(facts),)
