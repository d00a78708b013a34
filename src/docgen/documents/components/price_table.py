"""The lines of a quotation, grouped by kind; bundles with their contents; options apart from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.answers import customer_figures
from docgen.content.blocks import (
    Align,
    Blocks,
    Cell,
    Column,
    Inlines,
    Row,
    Table,
    Text,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.documents.page import Page
from docgen.money import share_of, to_minor
from docgen.pricing import Quote, QuoteLine
from docgen.pricing.list_price import steps_of
from docgen.vocabulary import KINDS

DASH = "–"


@dataclass(frozen=True)
class _Form:
    """Which columns there are: with discounts shown the list price and the discount, without them the net price."""

    heads: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def width(self) -> int:
        return len(self.heads)


def _form(page: Page) -> _Form:
    """Columns by key and share of the width; figures to the right, the number centred. Where nothing is discounted, or
    nothing taxed, there is no column for it."""
    lines = page.facts.quote.lines
    shows = page.facts.deal.show_discounts and any(line.conceded_rate for line in lines)
    keys: tuple[str, ...] = _OPEN if shows else _NET_ONLY
    if not any(line.tax_rate for line in lines):
        keys = keys[:-1]
    align: dict[str, Align] = {"no": "center", "item": "start"}
    return _Form(keys, tuple(Column(_SHARES[key], align.get(key, "end")) for key in keys))


_SHARES = {
    "no": 0.045,
    "item": 0.5,
    "quantity": 0.1,
    "list_price": 0.11,
    "unit_price": 0.12,
    "discount": 0.075,
    "net": 0.12,
    "tax": 0.05,
}
"""Of the width; writers give columns of figures what their longest figure needs."""
_OPEN = ("no", "item", "quantity", "list_price", "discount", "net", "tax")
_NET_ONLY = ("no", "item", "quantity", "unit_price", "net", "tax")


def price_table(page: Page) -> Blocks:
    """Every line that counts, by kind in the trade's order, a subtotal where there is more than one kind."""
    lines = tuple(page.facts.quote.counted)
    return (_table(page, lines, subtotals=True),) if lines else ()


def optional_table(page: Page) -> Blocks:
    """Lines offered but not in the total."""
    lines = page.facts.quote.optional
    return (_table(page, lines, subtotals=False),) if lines else ()


def _table(page: Page, lines: Sequence[QuoteLine], *, subtotals: bool) -> Table:
    form = _form(page)
    rows = tuple(_rows(page, form, lines, subtotals))
    heads = [_head(page, key) for key in form.heads]
    return Table(form.columns, rows, tuple(Cell(head) for head in heads), title=page.label("item"))


def _head(page: Page, key: str) -> Inlines:
    """In tax-inclusive lists the amounts are what is paid, tax included, and their head says so."""
    return page.head("amount_with_tax" if key == "net" and page.facts.quote.tax_inclusive else key)


def _rows(page: Page, form: _Form, lines: Sequence[QuoteLine], subtotals: bool) -> Iterator[Row]:
    groups = by_kind(lines)
    number = 0
    for kind, members in groups:
        if len(groups) > 1:
            yield Row((Cell(strong(page.per_language(lambda w, k=kind: w.kind(k))), span=form.width),), "group")
        for line in members:
            if line.line.bundle is None:
                number += 1
            yield _row(page, form, line, number)
        if subtotals and len(groups) > 1:
            yield _subtotal(page, form, members)


def by_kind(lines: Sequence[QuoteLine]) -> list[tuple[str, list[QuoteLine]]]:
    """A bundle and its parts stay together, in the group of its first paid part."""
    groups: dict[str, list[QuoteLine]] = {}
    home: dict[int, str] = {}
    for line in lines:
        if line.line.bundle is not None and line.line.role == "part":
            home.setdefault(line.line.bundle, line.line.kind)
    for line in lines:
        kind = home.get(line.line.bundle or line.number, line.line.kind)
        groups.setdefault(kind, []).append(line)
    return [(kind, groups[kind]) for kind in KINDS if kind in groups]


def _subtotal(page: Page, form: _Form, members: Sequence[QuoteLine]) -> Row:
    amount = sum((shown_net(line, page.facts.quote) for line in members), Decimal(0))
    before = form.heads.index("net")
    after = tuple(Cell() for _ in form.heads[before + 1 :])
    label = Cell(plain(page.label("subtotal")), span=before, align="end")
    return Row((label, Cell(plain(page.amount(amount))), *after), "subtotal")


def _row(page: Page, form: _Form, line: QuoteLine, number: int) -> Row:
    own = line.line
    if own.role == "heading":
        quantity = Cell(plain(page.quantity(own.quantity, own.unit)))
        rest = Cell(span=form.width - 3)
        return Row((Cell(plain(str(number))), Cell(_item(page, line, strong_name=True)), quantity, rest), "heading")
    cells = {
        "no": Cell(plain(str(number)) if own.bundle is None else ()),
        "item": Cell(_item(page, line), indent=0 if own.bundle is None else 1),
        "quantity": Cell(_quantity(page, line)),
        "list_price": Cell(plain(_list_price(page, line))),
        "unit_price": Cell(plain(unit_net(page, line))),
        "discount": Cell(_discount(page, line)),
        "net": Cell(plain(page.amount(shown_net(line, page.facts.quote)))),
        "tax": Cell(plain(page.exact_rate(line.tax_rate))),
    }
    return Row(tuple(cells[key] for key in form.heads), "body" if own.bundle is None else "part")


# ---- cells ----------------------------------------------------------------------------------------------------------
def _item(page: Page, line: QuoteLine, *, strong_name: bool = False) -> Inlines:
    """Name; below it, paler: number and description, the term, the price tiers, a note. A bundle's part is one line."""
    own = line.line
    first, *others = dict.fromkeys(own.name.get(x) for x in page.languages)
    if own.bundle is not None:
        named = (*plain(" / ".join((first, *others))), Text("  "), *quiet(own.sku or ""))
        return stacked(named, quiet(_term(page, line)), quiet(_tiers(page, line)), quiet(_credit(page, line)))
    notes = dict.fromkeys(own.line.note.get(x) for x in page.languages) if own.line.note is not None else ()
    return stacked(
        strong(first) if strong_name else plain(first),
        *(quiet(other) for other in others),
        *(
            quiet(text)
            for text in (_described(page, line), _term(page, line), _tiers(page, line), _credit(page, line), *notes)
        ),
    )


def _described(page: Page, line: QuoteLine) -> str:
    product = line.line.product
    if product is None:
        return ""
    described = product.description.get(page.language) if product.description is not None else ""
    return " · ".join(filter(None, (product.sku, described)))


def _term(page: Page, line: QuoteLine) -> str:
    own = line.line
    if own.months is None or own.starts is None or own.ends is None:
        return ""
    term = page.label("term_of", months=page.months(own.months), first=page.day(own.starts), last=page.day(own.ends))
    if page.is_bilingual:
        term = f"{page.months(own.months)} · {own.starts.isoformat()} – {own.ends.isoformat()}"
    free = page.label("free_months", months=page.months(Fraction(own.line.free_months))) if own.line.free_months else ""
    return " · ".join(filter(None, (term, _convention(page, own.months), free)))


def _convention(page: Page, months: Fraction) -> str:
    """How a part of a month was counted, where there is one."""
    return page.label(f"proration_{page.facts.catalog.proration}") if months.denominator != 1 else ""


def _credit(page: Page, line: QuoteLine) -> str:
    """What is credited for the product the line replaces; it is in the net."""
    return page.label("upgrade_credit", amount=page.amount(-line.credit)) if line.credit else ""


def _tiers(page: Page, line: QuoteLine) -> str:
    """How a price by tiers comes about, wherever one unit price does not say it."""
    product = line.line.product
    if product is None or any(step.lane == "contract" for step in line.steps):
        return ""
    tiers, parts = product.tiers, []
    if tiers is not None and tiers.mode == "package" and tiers.size is not None and tiers.price is not None:
        parts.append(page.label("package", size=page.number(tiers.size), price=page.unit_price(tiers.price)))
    elif tiers is not None:
        steps = [_tier(page, *step) for step in steps_of(tiers)]
        parts.append(page.words.label("tiers", tiers=("；" if page.language == "zh-CN" else "; ").join(steps)))
    if product.free_units:
        parts.append(page.label("free_units", units=page.quantity(product.free_units, product.unit)))
    if product.minimum is not None:
        parts.append(page.label("minimum", amount=page.amount(product.minimum)))
    if product.maximum is not None:
        parts.append(page.label("maximum", amount=page.amount(product.maximum)))
    return " · ".join(parts)


def _tier(page: Page, above: Decimal, up_to: Decimal | None, price: Decimal, flat: Decimal) -> str:
    cost = page.unit_price(price)
    if flat:
        cost = page.words.label("tier_flat", price=cost, flat=page.amount(flat))
    if up_to is None:
        return page.words.label("tier_above", above=page.number(above), price=cost)
    return page.words.label("tier_to", to=page.number(up_to), price=cost)


def _quantity(page: Page, line: QuoteLine) -> Inlines:
    """Units, and below them how often the price is due, so that the row multiplies."""
    own = line.line
    per = own.product.per if own.product is not None else None
    times = (
        f"× {page.number(_short(own.periods))} {page.per_language(lambda w: w.unit(per or '', _short(own.periods)))}"
        if per
        else ""
    )
    return stacked(plain(page.quantity(own.quantity, own.unit)), quiet(times))


def _short(periods: Fraction) -> Decimal:
    """Periods for the eye: 7.5 months, 2.3333 years."""
    return to_minor(periods, 4)


def _list_price(page: Page, line: QuoteLine) -> str:
    return DASH if line.unit_price is None else page.unit_price(line.unit_price)


def unit_net(page: Page, line: QuoteLine) -> str:
    """Net of one unit and period, rounded for the eye; the amount is what counts."""
    if line.unit_price is not None and line.list == shown_net(line, page.facts.quote):
        return page.unit_price(line.unit_price)
    quantity, periods = line.line.quantity, line.line.periods
    if not quantity or not periods:
        return DASH
    of_unit = Fraction(periods.denominator, periods.numerator) / Fraction(quantity)
    return page.amount(share_of(shown_net(line, page.facts.quote), of_unit, page.facts.quote.digits))


def _discount(page: Page, line: QuoteLine) -> Inlines:
    if line.line.role == "included":
        return plain(page.label("included"))
    return plain(page.rate(line.conceded_rate)) if line.conceded_rate else plain(DASH)


def shown_net(line: QuoteLine, quote: Quote) -> Decimal:
    """A line's amount as papers show it: net of tax, or with it where the list's prices include it."""
    net, _, gross = customer_figures(line)
    return gross if quote.tax_inclusive else net
