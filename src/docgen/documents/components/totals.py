"""The totals: from the list to what is paid, tax by rate, the amount in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.answers import customer_figures
from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Columns,
    Inlines,
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


def totals(page: Page) -> Blocks:
    rows = tuple(_rows(page))
    table = Table((Column(0.46), Column(0.54, "end")), rows, role="summary", title=page.label("total_plain"))
    return (Columns(((_in_words(page),), (table,)), (0.42, 0.58)),)


def _rows(page: Page) -> Iterator[Row]:
    figures, shows = page.facts.quote.totals, page.facts.deal.show_discounts
    inclusive = page.facts.quote.tax_inclusive
    net = figures.customer_gross - figures.customer_tax
    if shows and figures.discount:
        yield _row(page, "list_total_tax" if inclusive else "list_total", figures.list)
        if figures.discount != figures.credit:
            yield _row(page, "less_discount", figures.credit - figures.discount)
        if figures.credit:
            yield _row(page, "less_credit", -figures.credit)
    if figures.customer_tax and not inclusive:
        yield _row(page, "net_total", net)
    yield from _recurring(page)
    if inclusive:
        yield _row(page, "of_which_tax", figures.customer_tax)
    else:
        for rate, tax in _tax_by_rate(page):
            label = " / ".join(
                dict.fromkeys(f"{words(x).label('vat')} {page.exact_rate(rate)}" for x in page.languages)
            )
            yield Row((Cell(plain(label)), Cell(plain(page.amount(tax)))))
    label = "grand_total" if figures.customer_tax else "grand_total_no_tax"
    total = Cell(strong(page.money(figures.customer_gross)))
    yield Row((Cell(_strong_label(page, label)), total), "total")


def _recurring(page: Page) -> Iterator[Row]:
    """One-time, over the term, and a year of it, where the deal has both or any recurring part."""
    lines = list(page.facts.quote.counted)
    recurring = sum((shown_net(page, line) for line in lines if line.line.is_recurring), Decimal(0))
    if not recurring:
        return
    once = sum((shown_net(page, line) for line in lines if not line.line.is_recurring), Decimal(0))
    if once:
        yield _row(page, "of_which_one_time", once, quieter=True)
    yield _row(page, "of_which_recurring", recurring, quieter=True)
    if page.facts.quote.totals.customer == page.facts.quote.totals.net:
        yield _row(page, "yearly", page.facts.quote.totals.arr, quieter=True)


def _tax_by_rate(page: Page) -> list[tuple[Decimal, Decimal]]:
    """Each rate once, with the sum of its lines' tax; a rate of nothing is not a tax."""
    out: dict[Decimal, Decimal] = {}
    for line in page.facts.quote.counted:
        if line.line.role != "heading" and line.tax_rate:
            out[line.tax_rate] = out.get(line.tax_rate, Decimal(0)) + customer_figures(line)[1]
    return sorted(out.items(), reverse=True)


def _row(page: Page, key: str, amount: Decimal, *, quieter: bool = False) -> Row:
    figure = page.amount(amount)
    if quieter:
        return Row((Cell(quiet(page.label(key))), Cell(quiet(figure))))
    return Row((Cell(plain(page.label(key))), Cell(plain(figure))))


def _strong_label(page: Page, key: str) -> Inlines:
    return strong(page.label(key))


def _in_words(page: Page) -> Paragraph:
    """Beside the figures, where the eye that doubts them looks next."""
    quote = page.facts.quote
    parts = []
    for language in page.languages:
        parts.append(quiet(words(language).label("in_words")))
        parts.append(plain(amount_in_words(quote.totals.customer_gross, quote.currency, language)))
    return Paragraph(stacked(*parts))
