"""The investment by kind of product; it sums to the quotation's total because it is made of its lines."""

from __future__ import annotations

from decimal import Decimal

from docgen.answers import customer_figures
from docgen.content.blocks import Blocks, Cell, Column, Row, Table, plain, strong
from docgen.documents.page import Page
from docgen.vocabulary import KINDS

ZERO = Decimal(0)
Sums = tuple[Decimal, Decimal, Decimal]


def investment_table(page: Page) -> Blocks:
    """Net, tax and gross of each kind; without tax one column of amounts."""
    sums: dict[str, Sums] = {}
    for line in page.facts.quote.counted:
        if line.line.role != "heading":
            before = sums.get(line.line.kind, (ZERO, ZERO, ZERO))
            net, tax, gross = customer_figures(line)
            sums[line.line.kind] = (before[0] + net, before[1] + tax, before[2] + gross)
    if not sums:
        return ()
    totals = page.facts.quote.totals
    taxed = bool(totals.customer_tax)
    keys = ("net_amount", "tax_amount", "gross_amount") if taxed else ("amount",)
    columns = (Column(1 - 0.2 * len(keys)), *(Column(0.2, "end") for _ in keys))
    heads = (Cell(page.head("cost_kind")), *(Cell(page.head(key)) for key in keys))
    rows = [
        Row((Cell(plain(page.per_language(lambda w, k=kind: w.kind(k)))), *_cells(page, sums[kind], taxed=taxed)))
        for kind in KINDS
        if kind in sums
    ]
    whole = (totals.customer_gross - totals.customer_tax, totals.customer_tax, totals.customer_gross)
    rows.append(
        Row((Cell(strong(page.label("payments_total"))), *_cells(page, whole, taxed=taxed, heavy=True)), "total")
    )
    return (Table(columns, tuple(rows), heads, title=page.label("investment_of")),)


def _cells(page: Page, figures: Sums, *, taxed: bool, heavy: bool = False) -> tuple[Cell, ...]:
    ink = strong if heavy else plain
    shown = figures if taxed else figures[2:]
    return tuple(Cell(ink(page.amount(each))) for each in shown)
