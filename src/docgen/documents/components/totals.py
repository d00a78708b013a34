"""The totals: from the list to what is paid, tax by rate, the amount in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from docgen.answers import customer_figures
from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Columns,
    Paragraph,
    Row,
    Table,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.documents.components.price_table import shown_net
from docgen.documents.page import Page
from docgen.locales import words
from docgen.locales.amount_in_words import amount_in_words
from docgen.pricing import Quote


def totals(page: Page) -> Blocks:
    rows = tuple(_rows(page))
    table = Table((Column(0.46), Column(0.54, "end")), rows, role="summary", title=page.label("total_plain"))
    return (Columns(((_in_words(page),), (table,)), (0.42, 0.58)),)


TAX = "vat"


@dataclass(frozen=True)
class Sum:
    """One line of a quote's totals as its customer sees them; `quieter`: a part of the line above."""

    label: str
    amount: Decimal
    quieter: bool = False


def sums(page: Page, quote: Quote) -> Iterator[Sum]:
    """From the list down to the total, which comes last. Of recurring parts: once, over the term, and a year of it."""
    figures, inclusive = quote.totals, quote.tax_inclusive
    if page.facts.deal.show_discounts and figures.discount:
        yield Sum("list_total_tax" if inclusive else "list_total", figures.list)
        if figures.discount != figures.credit:
            yield Sum("less_discount", figures.credit - figures.discount)
        if figures.credit:
            yield Sum("less_credit", -figures.credit)
    if figures.customer_tax and not inclusive:
        yield Sum("net_total", figures.customer_gross - figures.customer_tax)
    recurring = sum((shown_net(line, quote) for line in quote.counted if line.line.is_recurring), Decimal(0))
    once = sum((shown_net(line, quote) for line in quote.counted if not line.line.is_recurring), Decimal(0))
    if recurring and once:
        yield Sum("of_which_one_time", once, quieter=True)
    if recurring:
        yield Sum("of_which_recurring", recurring, quieter=True)
    if recurring and figures.customer == figures.net:
        yield Sum("yearly", figures.arr, quieter=True)
    if figures.customer_tax or inclusive:
        yield Sum("of_which_tax" if inclusive else TAX, figures.customer_tax)
    yield Sum("grand_total" if figures.customer_tax else "grand_total_no_tax", figures.customer_gross)


def _rows(page: Page) -> Iterator[Row]:
    *parts, whole = sums(page, page.facts.quote)
    for part in parts:
        if part.label == TAX:
            yield from _tax_rows(page)
        else:
            yield _row(page, part)
    yield Row((Cell(strong(page.label(whole.label))), Cell(strong(page.money(whole.amount)))), "total")


def _tax_rows(page: Page) -> Iterator[Row]:
    for rate, tax in _tax_by_rate(page):
        label = " / ".join(dict.fromkeys(f"{words(x).label('vat')} {page.exact_rate(rate)}" for x in page.languages))
        yield Row((Cell(plain(label)), Cell(plain(page.amount(tax)))))


def _tax_by_rate(page: Page) -> list[tuple[Decimal, Decimal]]:
    """Each rate once, with the sum of its lines' tax; a rate of nothing is not a tax."""
    out: dict[Decimal, Decimal] = {}
    for line in page.facts.quote.counted:
        if line.line.role != "heading" and line.tax_rate:
            out[line.tax_rate] = out.get(line.tax_rate, Decimal(0)) + customer_figures(line)[1]
    return sorted(out.items(), reverse=True)


def _row(page: Page, part: Sum) -> Row:
    ink = quiet if part.quieter else plain
    return Row((Cell(ink(page.label(part.label))), Cell(ink(page.amount(part.amount)))))


def _in_words(page: Page) -> Paragraph:
    """Beside the figures, where the eye that doubts them looks next."""
    quote = page.facts.quote
    parts = []
    for language in page.languages:
        parts.append(quiet(words(language).label("in_words")))
        parts.append(plain(amount_in_words(quote.totals.customer_gross, quote.currency, language)))
    return Paragraph(stacked(*parts))
