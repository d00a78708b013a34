"""The first figure of a line: its list amount, before any step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from docgen.catalog import Product
from docgen.catalog.model import PercentOf, Tiers
from docgen.money import ZERO, to_minor
from docgen.pricing.book import Book, Priced
from docgen.problems import Problem

T = TypeVar("T")


def set_list(priced: Priced, book: Book) -> None:
    """unit × quantity × periods. Without a unit price the tier's amount is the list.

    60 users × 4,800.00 = 288,000.00; 100 users × 260.00 × 36 months = 936,000.00.
    """
    line = priced.line
    if line.role == "heading":
        return
    unit = line.line.price if line.product is None else line.product.unit_price
    if unit is not None:
        priced.unit_price = unit
        priced.list = book.extended(unit, line.quantity, line.periods)
    elif line.product is not None and line.product.tiers is not None:
        amount = tier_amount(line.product, line.quantity)
        priced.unit_price = plain_tier_price(line.product, line.quantity)
        priced.list = book.extended(amount, Decimal(1), line.periods)
    priced.left = priced.list


def has_tier_pricing(product: Product) -> bool:
    return (
        product.tiers is not None
        or product.minimum is not None
        or product.maximum is not None
        or product.free_units > 0
    )


def tier_amount(product: Product, quantity: Decimal) -> Decimal:
    """What `quantity` units cost in one period, by the tiers; free units first, then minimum and maximum.

    volume [..49: 260, ..199: 230, 198] at 100 units: 100 × 230 = 23,000
    graduated, the same steps at 100 units: 49 × 260 + 51 × 230 = 24,470
    package {size: 20, price: 50} at 45 units: 3 × 50 = 150
    """
    counted = max(ZERO, quantity - product.free_units)
    if product.tiers is None:
        amount = counted * (product.unit_price or ZERO)
    elif product.tiers.mode != "package" and not product.tiers.steps:
        amount = ZERO  # the checks of the list tell of it
    else:
        amount = _TIERS[product.tiers.mode](product.tiers, counted)
    if product.minimum is not None:
        amount = max(amount, product.minimum)
    if product.maximum is not None:
        amount = min(amount, product.maximum)
    return amount


def plain_tier_price(product: Product, quantity: Decimal) -> Decimal | None:
    """The price of one unit where the tiers alone make the list: the volume tier's, or the average of the slices.

    None where no such price multiplies back to the amount: packages, flat fees, minimum, free units, an average of
    more than six decimals.
    """
    tiers = product.tiers
    if tiers is None or tiers.mode == "package" or product.free_units or any(step.flat for step in tiers.steps):
        return None
    average = tier_amount(product, quantity) / quantity
    rounded = to_minor(average, 6)
    if rounded * quantity != tier_amount(product, quantity) or tier_amount(product, quantity) != _TIERS[tiers.mode](
        tiers, quantity
    ):
        return None
    return rounded.normalize() if rounded % 1 else rounded.to_integral_value()


def _reached(tiers: Tiers, quantity: Decimal) -> int:
    return next(
        (i for i, step in enumerate(tiers.steps) if step.up_to is None or quantity <= step.up_to), len(tiers.steps) - 1
    )


def _volume(tiers: Tiers, quantity: Decimal) -> Decimal:
    if not quantity:
        return ZERO
    step = tiers.steps[_reached(tiers, quantity)]
    return quantity * step.price + step.flat


def _graduated(tiers: Tiers, quantity: Decimal) -> Decimal:
    amount, below = ZERO, ZERO
    for step in tiers.steps:
        if quantity <= below:
            break
        top = quantity if step.up_to is None else min(quantity, step.up_to)
        amount += (top - below) * step.price + step.flat
        below = top
    return amount + max(ZERO, quantity - below) * tiers.steps[-1].price


def _package(tiers: Tiers, quantity: Decimal) -> Decimal:
    size = tiers.size or Decimal(1)
    whole, begun = divmod(quantity, size)
    return (whole + (1 if begun else 0)) * (tiers.price or ZERO)


_TIERS = {"volume": _volume, "graduated": _graduated, "package": _package}


# ---- prices that are a rate of other lines --------------------------------------------------------------------------
def set_all_lists(book: Book) -> list[list[Priced]]:
    """Every list price that needs no discount to be known; returns the lines in the waves their own lanes run in.

    A rate of other lines' list prices is known as soon as those are, and then goes through the lanes with all others. A
    rate of their net waits for it. Rates that wait for each other are a cycle: a problem.
    """
    first = [p for p in book.lines if _percent_of(p) is None]
    for priced in first:
        set_list(priced, book)
    waiting = [p for p in book.lines if _percent_of(p) is not None]
    waves = [first]
    while waiting:
        ready, waiting = _ready(waiting)
        if not ready:
            skus = ", ".join(dict.fromkeys(str(p.line.sku) for p in waiting))
            book.problems.append(Problem("percent_cycle", (*waiting[0].line.path, "sku"), {"skus": skus}))
            return waves
        is_known = _by_terms(ready, partial(_is_known, waves=waves))
        known = [p for p in ready if is_known[id(_percent_of(p))]]
        set_percent_lists(known, [p for wave in waves for p in wave], book)
        first += known
        later = [p for p in ready if not is_known[id(_percent_of(p))]]
        waves += [later] if later else []
    return waves


def _ready(waiting: Sequence[Priced]) -> tuple[list[Priced], list[Priced]]:
    """Those whose base holds none of the others that wait, and the rest."""
    unlike = {(id(p.line.product), p.is_paid, p.line.optional): p for p in waiting}.values()
    is_fed = _by_terms(waiting, lambda terms: any(_in_base(other, terms) for other in unlike))
    ready = [p for p in waiting if not is_fed[id(_percent_of(p))]]
    return ready, [p for p in waiting if is_fed[id(_percent_of(p))]]


def _by_terms(lines: Sequence[Priced], found: Callable[[PercentOf], T]) -> dict[int, T]:
    """What holds for each of the rates the lines are, found once for all lines of the same rate."""
    terms = {id(each): each for p in lines if (each := _percent_of(p)) is not None}
    return {key: found(each) for key, each in terms.items()}


def _is_known(terms: PercentOf, waves: list[list[Priced]]) -> bool:
    """Whether its base is of list prices, none of which waits for a later wave."""
    return terms.basis == "list" and not any(_in_base(p, terms) for wave in waves[1:] for p in wave)


def set_percent_lists(lines: Sequence[Priced], done: Sequence[Priced], book: Book) -> None:
    """Rate × base, per year or once: 18 % of 288,000.00 list of licences = 51,840.00 a year.

    The base is the non-optional lines and paid bundle parts in scope, never included parts.
    """
    units = _by_terms(lines, lambda terms: terms.rate * _base(terms, done))
    for priced in lines:
        unit = units[id(_percent_of(priced))]
        priced.unit_price = to_minor(unit, 6).normalize() if unit % 1 else unit.to_integral_value()
        priced.list = book.extended(unit, Decimal(1), priced.line.periods)
        priced.left = priced.list


def _base(terms: PercentOf, done: Sequence[Priced]) -> Decimal:
    return sum((_measure(other, terms) for other in done if _in_base(other, terms)), ZERO)


def _measure(priced: Priced, terms: PercentOf) -> Decimal:
    return priced.list if terms.basis == "list" else priced.left


def _in_base(priced: Priced, terms: PercentOf) -> bool:
    line = priced.line
    return priced.is_paid and not line.optional and terms.percent_of.reaches(line.sku, line.family, line.kind)


def _percent_of(priced: Priced) -> PercentOf | None:
    return priced.line.product.percent_of if priced.line.product is not None else None


def steps_of(tiers: Tiers) -> Iterator[tuple[Decimal, Decimal | None, Decimal, Decimal]]:
    """(above, up to, price, flat) of each tier, for printing the tier table."""
    below = ZERO
    for step in tiers.steps:
        yield below, step.up_to, step.price, step.flat
        below = step.up_to if step.up_to is not None else below
