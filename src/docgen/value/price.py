"""What of the quotation the customer buys and bears: the investment of the value model."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.deal.value import ValueModel
from docgen.money import ZERO
from docgen.pricing import Quote, QuoteLine


def priced_lines(quote: Quote, value: ValueModel) -> Iterator[QuoteLine]:
    """The lines that are bought; optional ones too where the model says so."""
    return (line for line in quote.lines if line.line.role != "heading" and (line.counts or value.with_options))


def customer_amount(line: QuoteLine, value: ValueModel) -> Decimal:
    """What the customer bears: the price before tax, or with it where he cannot recover it."""
    if not value.tax_recoverable:
        return line.payable
    return line.payable - (line.tax if line.customer_tax is None else line.customer_tax)


def price_total(quote: Quote, value: ValueModel) -> Decimal:
    return sum((customer_amount(line, value) for line in priced_lines(quote, value)), ZERO)
