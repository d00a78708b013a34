"""For the house alone: what the customer pays, what the partner keeps of it, what it costs us, what is left.

Before tax. Customer 240,768.00, partner pays 204,652.80: his profit 36,115.20, 15.0 %; cost 54,000.00, our margin
150,652.80, 73.6 % of what he pays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from docgen.answers import customer_figures
from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Inlines,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.documents.audience import seen_by
from docgen.documents.components.payment_plan import payment_plan
from docgen.documents.components.price_table import by_kind
from docgen.documents.page import Page
from docgen.pricing import QuoteLine
from docgen.pricing.quote import total

_HEADS = ("item", "customer_price", "partner_price", "partner_profit", "cost", "margin")
_SHARES = (0.3, 0.14, 0.14, 0.14, 0.14, 0.14)


@dataclass(frozen=True, slots=True)
class Split:
    """Of one line or of all, net: what the customer pays the partner, the partner us, and what it costs us."""

    customer: Decimal
    partner: Decimal
    cost: Decimal

    @property
    def profit(self) -> Decimal:
        return self.customer - self.partner

    @property
    def margin(self) -> Decimal:
        return self.partner - self.cost


def split_of(line: QuoteLine) -> Split:
    return Split(customer_figures(line)[0], line.net, line.cost)


def whole_split(page: Page) -> Split:
    parts = [split_of(line) for line in page.facts.quote.counted]
    return Split(total(p.customer for p in parts), total(p.partner for p in parts), total(p.cost for p in parts))


def split_figures(page: Page) -> Blocks:
    """Number, what each of the three gets, and our margin as the figure that weighs most."""
    whole = whole_split(page)
    figures = (
        KeyFigure(page.label("number"), page.facts.deal.number),
        KeyFigure(page.label("customer_price"), page.money(whole.customer)),
        KeyFigure(page.label("partner_profit"), page.money(whole.profit), _rate(page, whole.profit, whole.customer)),
        KeyFigure(page.label("margin"), page.money(whole.margin), _rate(page, whole.margin, whole.partner), lead=True),
    )
    return (KeyFigures(figures),)


def profit_split(page: Page) -> Blocks:
    lines = tuple(page.facts.quote.counted)
    if not lines:
        return ()
    columns = (Column(_SHARES[0]), *(Column(share, "end") for share in _SHARES[1:]))
    heads = tuple(Cell(page.head(key)) for key in _HEADS)
    return (Table(columns, tuple(_rows(page, lines)), heads, title=page.label("partner_profit")),)


def _rows(page: Page, lines: tuple[QuoteLine, ...]) -> Iterator[Row]:
    groups = by_kind(lines)
    for kind, members in groups:
        if len(groups) > 1:
            name = page.per_language(lambda w, k=kind: w.kind(k))
            yield Row((Cell(strong(name), span=len(_HEADS)),), "group")
        for line in members:
            yield _row(page, line)
    yield Row((Cell(strong(page.label("payments_total"))), *_figures(page, whole_split(page))), "subtotal")


def _row(page: Page, line: QuoteLine) -> Row:
    own = line.line
    first, *others = dict.fromkeys(own.name.get(x) for x in page.languages)
    named = stacked(
        strong(first) if own.role == "heading" else plain(first),
        quiet(" · ".join(filter(None, (*others, own.sku, page.quantity(own.quantity, own.unit))))),
    )
    if own.role == "heading":
        return Row((Cell(named, span=len(_HEADS)),), "heading")
    item = Cell(named, indent=0 if own.bundle is None else 1)
    return Row((item, *_figures(page, split_of(line))), "body" if own.bundle is None else "part")


def _figures(page: Page, split: Split) -> tuple[Cell, ...]:
    """Amounts; below those that are a share of another their rate."""
    return (
        Cell(plain(page.amount(split.customer))),
        Cell(plain(page.amount(split.partner))),
        Cell(_with_rate(page, split.profit, split.customer)),
        Cell(plain(page.amount(split.cost))),
        Cell(_with_rate(page, split.margin, split.partner)),
    )


def _with_rate(page: Page, amount: Decimal, whole: Decimal) -> Inlines:
    return stacked(plain(page.amount(amount)), quiet(_rate(page, amount, whole)))


def _rate(page: Page, part: Decimal, whole: Decimal) -> str:
    """What the part is of the whole; a rate of nothing is not told, as of what is given with a bundle."""
    return page.rate(Fraction(part) / Fraction(whole)) if whole else ""


def partner_payments(page: Page) -> Blocks:
    """The plan over what the partner pays us."""
    whole = replace(page.facts, audience="customer")
    return payment_plan(replace(page, facts=seen_by("partner", whole)))
