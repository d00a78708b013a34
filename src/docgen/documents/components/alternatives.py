"""Good, better, best side by side: what each alternative costs, and what it holds.

The totals come first: they are what a reader compares, and they never stand alone on a second page. Below them one row
a product, however many lines or bundles bring it; one column an alternative. What is recommended says so in words. More
than four alternatives are divided over tables of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from docgen.content.blocks import Blocks, Cell, Column, Inlines, Row, Table, plain, quiet, stacked, strong
from docgen.documents.components.price_table import DASH, by_kind
from docgen.documents.components.totals import Sum, sums
from docgen.documents.page import Page
from docgen.offers import Offer
from docgen.pricing import QuoteLine

MOST = 4
"""Alternatives side by side on an upright page."""
TICK = "✓"

Held = Mapping[str, Sequence[QuoteLine]]
"""The lines of one alternative by what they sell."""


def alternatives(page: Page) -> Blocks:
    """Nothing where there is no choice."""
    offers = page.facts.alternatives
    if len(offers) < 2:
        return ()
    return tuple(_table(page, part) for part in _portions(offers))


def _portions(offers: Sequence[Offer]) -> Iterator[Sequence[Offer]]:
    """As few tables as hold all, as equal as can be: five are three and two."""
    tables = -(-len(offers) // MOST)
    for number in range(tables):
        yield offers[number * len(offers) // tables : (number + 1) * len(offers) // tables]


def _table(page: Page, offers: Sequence[Offer]) -> Table:
    share = (0.62 if len(offers) < MOST else 0.68) / len(offers)
    columns = (Column(1 - share * len(offers)), *(Column(share, "end") for _ in offers))
    heads = (Cell(page.head("alternative")), *(Cell(_head(page, offer)) for offer in offers))
    rows = (*_sums(page, offers), *_products(page, offers, len(columns)))
    return Table(columns, rows, heads, title=page.label("alternatives"))


def _head(page: Page, offer: Offer) -> Inlines:
    """The name, and below it whether we recommend it; a line of its own, so that all names stand level."""
    name = stacked(*(strong(each) for each in dict.fromkeys(offer.called(x) for x in page.languages)))
    return stacked(name, strong(page.label("recommended")) if offer.recommended else plain("\u00a0"))


# ---- what each holds ------------------------------------------------------------------------------------------------
def _products(page: Page, offers: Sequence[Offer], width: int) -> Iterator[Row]:
    held = [_by_product(offer.quote.lines) for offer in offers]
    fullest_first = sorted(page.facts.alternatives, key=lambda offer: -len(offer.quote.lines))
    everything = [line for offer in fullest_first for line in offer.quote.lines]
    told: set[str] = set()
    groups = by_kind(everything)
    for kind, lines in groups:
        if len(groups) > 1:
            yield Row((Cell(strong(page.per_language(lambda w, k=kind: w.kind(k))), span=width),), "group")
        for line in lines:
            if _product(line) not in told:
                told.add(_product(line))
                cells = _quantities(page, [each.get(_product(line), ()) for each in held])
                yield Row((Cell(_name(page, line)), *cells))


def _name(page: Page, line: QuoteLine) -> Inlines:
    """Both languages on one line: a comparison is read down its columns."""
    first, *others = dict.fromkeys(line.line.name.get(x) for x in page.languages)
    return (*plain(first), *(quiet("  " + "  ".join(others)) if others else ()))


def _product(line: QuoteLine) -> str:
    """What makes lines of several alternatives the same row: the SKU, or a custom line's words."""
    return line.line.sku or f" {line.line.name}"


def _by_product(lines: Sequence[QuoteLine]) -> Held:
    out: dict[str, list[QuoteLine]] = {}
    for line in lines:
        out.setdefault(_product(line), []).append(line)
    return out


def _quantities(page: Page, held: Sequence[Sequence[QuoteLine]]) -> Iterator[Cell]:
    """How many of one product each alternative has; only ticks where nobody has more than one."""
    firm = [[line for line in lines if line.counts] for lines in held]
    told = [_over_time(lines) for lines in firm]
    ticks = all(steps in ([], [Decimal(1)]) for steps in told)
    for lines, counted, steps in zip(held, firm, told, strict=True):
        if steps:
            yield Cell(plain(TICK if ticks else _number(page, steps, counted[0].line.unit)))
        else:
            yield Cell(plain(page.label("optional") if lines else DASH))


def _number(page: Page, steps: Sequence[Decimal], unit: str) -> str:
    """`60 users`; of a ramp its first and last step, `60 → 120 users`."""
    number = " → ".join(page.number(each) for each in dict.fromkeys((steps[0], steps[-1])))
    return f"{number} {page.per_language(lambda w: w.unit(unit, steps[-1]))}"


def _over_time(lines: Sequence[QuoteLine]) -> list[Decimal]:
    """Quantities over lines and bundles, in the order a ramp reaches them; what runs all the time adds to each."""
    always = sum((line.line.quantity for line in lines if line.line.from_month is None), Decimal(0))
    ramp: dict[int, Decimal] = {}
    for line in lines:
        month = line.line.from_month
        if month is not None:
            ramp[month] = ramp.get(month, Decimal(0)) + line.line.quantity
    return [always + ramp[month] for month in sorted(ramp)] or ([always] if lines else [])


# ---- what each costs ------------------------------------------------------------------------------------------------
def _sums(page: Page, offers: Sequence[Offer]) -> Iterator[Row]:
    """The totals of each, as they stand below the items; the last row is what is paid."""
    columns = [{each.label: each for each in sums(page, offer.quote)} for offer in offers]
    every = {each.label: each for offer in page.facts.alternatives for each in sums(page, offer.quote)}
    labels = [label for label in _ORDER if label in every]
    for label in labels:
        found = [column.get(label) for column in columns]
        if label == labels[-1]:
            yield Row(
                (Cell(strong(page.label(label))), *(Cell(strong(_amount(page, each))) for each in found)), "total"
            )
            continue
        ink = quiet if every[label].quieter else plain
        yield Row((Cell(ink(page.label(label))), *(Cell(ink(_amount(page, each))) for each in found)))


_ORDER = (
    "list_total",
    "list_total_tax",
    "less_discount",
    "net_total",
    "of_which_one_time",
    "of_which_recurring",
    "yearly",
    "vat",
    "of_which_tax",
    "grand_total_no_tax",
    "grand_total",
)


def _amount(page: Page, found: Sum | None) -> str:
    return DASH if found is None else page.amount(found.amount)
