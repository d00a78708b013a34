"""What is bought and what it costs, as a contract says it: net prices only, tax line by line, the plan of payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.answers import customer_figures
from docgen.content.blocks import Align, Blocks, Cell, Column, Inlines, Row, Table, plain, quiet, stacked, strong
from docgen.contract.draft import Draft
from docgen.documents.components.payment_plan import payment_plan
from docgen.documents.components.price_table import shown_net
from docgen.documents.contract.gaps import mark
from docgen.documents.page import Page
from docgen.pricing import QuoteLine


def _columns(*shares: tuple[float, Align]) -> tuple[Column, ...]:
    return tuple(Column(width, align) for width, align in shares)


def _heads(page: Page, *keys: str) -> tuple[Cell, ...]:
    return tuple(Cell(page.head(key)) for key in keys)


def items(draft: Draft, page: Page) -> Blocks:
    """Products, metric and quantity; parts of a bundle below it, free ones too. What is on trial has no term of its own
    yet: that of a purchase would contradict the trial's."""
    timed = "trial" not in draft.facts.contract.types
    lines = tuple(page.facts.quote.counted)
    if not lines:
        return ()
    columns = _columns((0.06, "center"), (0.52, "start"), (0.24, "start"), (0.18, "end"))
    rows = tuple(_item_row(page, line, number, timed) for line, number in _counted(lines))
    return (Table(columns, rows, _heads(page, "no", "item", "kind_head", "quantity"), title=page.label("item")),)


def _counted(lines: Sequence[QuoteLine]) -> Iterator[tuple[QuoteLine, str]]:
    number = 0
    for line in lines:
        number += line.line.bundle is None
        yield line, str(number) if line.line.bundle is None else ""


def _item_row(page: Page, line: QuoteLine, number: str, timed: bool) -> Row:
    own = line.line
    part = own.bundle is not None
    kind = page.per_language(lambda w: w.kind(own.kind))
    cells = (
        Cell(plain(number)),
        Cell(_called(page, line, timed), indent=int(part)),
        Cell(plain(kind)),
        Cell(plain(page.quantity(own.quantity, own.unit))),
    )
    return Row(cells, "heading" if own.role == "heading" else "part" if part else "body")


def _called(page: Page, line: QuoteLine, timed: bool = True) -> Inlines:
    own = line.line
    first, *others = dict.fromkeys(own.name.get(x) for x in page.languages)
    term = ""
    if timed and own.months is not None and own.starts is not None and own.ends is not None:
        term = f"{page.months(own.months)} · {own.starts.isoformat()} – {own.ends.isoformat()}"
    return stacked(
        strong(first) if own.role == "heading" else plain(first),
        *(quiet(other) for other in others),
        quiet(" · ".join(filter(None, (own.sku or "", term)))),
    )


# ---- prices ---------------------------------------------------------------------------------------------------------
def fees(draft: Draft, page: Page) -> Blocks:
    """Every line with net, its own tax rate, tax and gross; the total last. No list price, no discount."""
    quote = page.facts.quote
    lines = tuple(quote.counted)
    if not lines:
        return ()
    taxed = any(line.tax_rate for line in lines)
    keys = ("no", "item", "quantity", "net", "tax", "tax_amount", "amount_with_tax") if taxed else (
        "no", "item", "quantity", "amount")  # fmt: skip
    shares: tuple[tuple[float, Align], ...] = (
        ((0.05, "center"), (0.37, "start"), (0.12, "end"), (0.14, "end"), (0.07, "end"), (0.11, "end"), (0.14, "end"))
        if taxed
        else ((0.06, "center"), (0.58, "start"), (0.16, "end"), (0.2, "end"))
    )
    rows = [_fee_row(page, line, number, taxed=taxed) for line, number in _counted(lines)]
    rows.append(_total_row(page, lines, taxed=taxed))
    return (Table(_columns(*shares), tuple(rows), _heads(page, *keys), title=page.label("fees")),)


def _fee_row(page: Page, line: QuoteLine, number: str, *, taxed: bool) -> Row:
    own = line.line
    part = own.bundle is not None
    named = (Cell(plain(number)), Cell(_called(page, line), indent=int(part)))
    quantity = Cell(plain(page.quantity(own.quantity, own.unit)))
    if own.role == "heading":
        return Row((*named, quantity, Cell(span=4 if taxed else 1)), "heading")
    net, tax, gross = customer_figures(line)
    if not taxed:
        cells = [plain(page.amount(shown_net(line, page.facts.quote)))]
    else:
        cells = [
            plain(page.amount(net)),
            plain(page.exact_rate(line.tax_rate)),
            plain(page.amount(tax)),
            plain(page.amount(gross)),
        ]
    return Row((*named, quantity, *(Cell(cell) for cell in cells)), "part" if part else "body")


def _total_row(page: Page, lines: Sequence[QuoteLine], *, taxed: bool) -> Row:
    figures = [customer_figures(line) for line in lines if line.line.role != "heading"]
    net, tax, gross = (sum((each[at] for each in figures), Decimal(0)) for at in range(3))
    label = Cell(strong(page.label("contract_total", currency=page.facts.quote.currency)), span=3)
    if not taxed:
        return Row((label, Cell(strong(page.amount(gross)))), "total")
    amounts = (strong(page.amount(net)), (), strong(page.amount(tax)), strong(page.amount(gross)))
    return Row((label, *(Cell(each) for each in amounts)), "total")


def tax_rates(draft: Draft, page: Page) -> Blocks:
    """Net and tax by rate, for the invoices."""
    by_rate: dict[Decimal, list[Decimal]] = {}
    for line in page.facts.quote.counted:
        if line.line.role != "heading" and line.customer:
            net, tax, gross = customer_figures(line)
            sums = by_rate.setdefault(line.tax_rate, [Decimal(0)] * 3)
            by_rate[line.tax_rate] = [a + b for a, b in zip(sums, (net, tax, gross), strict=True)]
    if not by_rate:
        return ()
    rows = tuple(
        Row(tuple(Cell(plain(text)) for text in (page.exact_rate(rate), *(page.amount(each) for each in sums))))
        for rate, sums in sorted(by_rate.items(), reverse=True)
    )
    columns = _columns((0.16, "start"), (0.28, "end"), (0.28, "end"), (0.28, "end"))
    return (Table(columns, rows, _heads(page, "tax", "net", "tax_amount", "amount_with_tax"), title=page.label("vat")),)


def payments(draft: Draft, page: Page) -> Blocks:
    """The quote's own plan of payments."""
    return payment_plan(page)


# ---- services and resale --------------------------------------------------------------------------------------------
def services(draft: Draft, page: Page) -> Blocks:
    """Lines of work, with their days or sessions."""
    lines = [line for line in page.facts.quote.counted if line.line.kind in ("service", "training", "custom")]
    if not lines:
        return ()
    rows = tuple(
        Row(
            (
                Cell(plain(str(number))),
                Cell(stacked(page.lines(line.line.name), _note(page, line))),
                Cell(plain(page.quantity(line.line.quantity, line.line.unit))),
            )
        )
        for number, line in enumerate(lines, 1)
    )
    columns = _columns((0.06, "center"), (0.74, "start"), (0.2, "end"))
    return (Table(columns, rows, _heads(page, "no", "service_head", "quantity"), title=page.label("service_head")),)


def _note(page: Page, line: QuoteLine) -> Inlines:
    note = line.line.line.note
    return () if note is None else quiet(page.text(note))


def resale_products(draft: Draft, page: Page) -> Blocks:
    """What a partner may resell, at which discount off the list price of the day of his order."""
    discount = draft.facts.channel.discount
    shown = plain(page.exact_rate(discount)) if discount is not None else mark(page, "discount_off_list")
    lines = [line for line in page.facts.quote.counted if line.line.role != "included"]
    if not lines:
        row = Row((Cell(plain("1")), Cell(page.each("all_products")), Cell(shown)))
        return (_resale_table(page, (row,)),)
    rows = tuple(
        Row((Cell(plain(str(number))), Cell(_called(page, line)), Cell(shown))) for number, line in enumerate(lines, 1)
    )
    return (_resale_table(page, rows),)


def _resale_table(page: Page, rows: tuple[Row, ...]) -> Table:
    columns = _columns((0.06, "center"), (0.66, "start"), (0.28, "end"))
    return Table(columns, rows, _heads(page, "no", "item", "discount_off_list"), title=page.label("resale_products"))
