"""Lane negotiated: what was agreed on one line. A wanted unit price or net becomes one step.

12 % of 273,600.00 = −32,832.00; unit price 4,200.00 × 60 = 252,000.00 from 273,600.00 = −21,600.00;
3 free months of 36 = −1/12 of what is left; a wanted unit price is that of the other 33.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.configuration import ConfiguredLine
from docgen.deal.model import LineDiscount
from docgen.money import allocate, plain, to_minor
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import FREE_MONTHS, NEGOTIATED
from docgen.pricing.quote import total
from docgen.problems import Path, problem, warning
from docgen.values import Text

DEEP = Decimal("0.10")
"""Above this a line's discount should say why."""


def negotiated(lines: Sequence[Priced], book: Book) -> None:
    """A discount on a bundle's heading, or on a whole ramp: a rate reaches each paid part, an amount is spread."""
    wave = set(map(id, lines))
    ramps: dict[Path, list[Priced]] = {}
    for priced in lines:
        _free_months(priced, book)
        discount = priced.line.discount
        if discount is None:
            continue
        if priced.line.role == "heading":
            _agree([p for p in book.paid_parts(priced.line) if id(p) in wave], priced, discount, book)
        elif priced.line.from_month is not None and discount is priced.line.line.discount and discount.is_whole:
            ramps.setdefault(priced.line.path, []).append(priced)
        elif priced.line.role == "single":
            _agree([priced], priced, discount, book)
    for segments in ramps.values():
        _agree(segments, segments[0], segments[0].line.line.discount or LineDiscount(percent=Decimal(0)), book)


def _free_months(priced: Priced, book: Book) -> None:
    if not priced.line.line.free_months:
        return
    rate = _free_share(priced.line)
    if rate and priced.is_paid:
        path = (*priced.line.path, "free_months")
        priced.step("negotiated", FREE_MONTHS, -book.share(priced.left, rate), "deal", path, rate=rate)


def _free_share(line: ConfiguredLine) -> Fraction:
    """Of its months those that are free: 3 of 36 are 1/12. They are the first ones; in a ramp they go on into the next
    segment. A line is never free for good."""
    if not line.line.free_months or line.months is None:
        return Fraction(0)
    free = min(max(Fraction(line.line.free_months - (line.from_month or 0)), Fraction(0)), line.months)
    return free / line.months if free < line.months or line.from_month is not None else Fraction(0)


def _agree(parts: list[Priced], agreed: Priced, discount: LineDiscount, book: Book) -> None:
    path = _where(agreed, discount)
    because = agreed.line.because
    before = total(p.left for p in parts)
    _give(parts, agreed, discount, because, path, book)
    given = before - total(p.left for p in parts)
    if because is None and before and _is_deep(discount, given, before, book):
        rate = plain(to_minor(100 * given / before, 1))
        book.problems.append(warning("deep_without_because", *path, rate=f"{rate}%"))


def _where(agreed: Priced, discount: LineDiscount) -> Path:
    """The segment of a ramp that has a discount of its own; else the line."""
    own = agreed.line
    for index, segment in enumerate(own.line.ramp):
        if segment.discount is discount:
            return (*own.path, "ramp", index, "discount")
    return (*own.path, "discount")


def _is_deep(discount: LineDiscount, given: Decimal, before: Decimal, book: Book) -> bool:
    """By the rate as it was written, whatever cents made of it: 10 % of 29.59 is 2.96, and still 10 %."""
    return discount.percent > DEEP if discount.percent is not None else given > book.share(before, DEEP)


def _give(
    parts: list[Priced], agreed: Priced, discount: LineDiscount, because: Text | None, path: Path, book: Book
) -> None:
    if discount.percent is not None:
        for part in parts:
            amount = -book.share(part.left, discount.percent)
            part.step("negotiated", NEGOTIATED, amount, "deal", path, rate=discount.percent, because=because)
        return
    left = total(p.left for p in parts)
    change = _change(discount, agreed, left, book)
    if change > 0:
        book.problems.append(problem("discount_raises_price", *path, left=left, wanted=left + change))
    elif -change > left:
        book.problems.append(problem("discount_too_large", *path, left=left, amount=-change))
    else:
        for part, amount in zip(parts, allocate(change, [p.left for p in parts], book.digits), strict=True):
            part.step("negotiated", NEGOTIATED, amount, "deal", path, because=because)


def _change(discount: LineDiscount, agreed: Priced, left: Decimal, book: Book) -> Decimal:
    if discount.amount is not None:
        return -book.round(discount.amount)
    if discount.unit_price is not None:
        paid = agreed.line.periods * (1 - _free_share(agreed.line))
        return book.extended(discount.unit_price, agreed.line.quantity, paid) - left
    return book.round(discount.net or Decimal(0)) - left
