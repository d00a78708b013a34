"""Lane negotiated, after all lines' own discounts: what is unused of the product a line replaces.

120,000.00 paid for 2026; the new edition starts on 2026-09-01: 4 of 12 months are unused, a credit of 40,000.00.
From 2026-09-16 on it is 3 months and 16 days, by month and day (3 + 16 × 12/365) / 12 of it: 35,260.27.
A licence without a term: all of what was paid, or `credit: 60%` of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from docgen.catalog import Product
from docgen.deal.upgrade import Upgrade
from docgen.money import allocate
from docgen.period import months_between
from docgen.pricing.book import Book, Priced
from docgen.pricing.list_price import tier_amount
from docgen.pricing.names import UPGRADE_CREDIT
from docgen.pricing.quote import total
from docgen.problems import Path, Problem, problem, warning


def upgrade_credit(lines: Sequence[Priced], book: Book) -> None:
    """One credit for each line of the deal; over the segments of a ramp or the paid parts of a bundle it is spread.

    Lines that are a rate of others' net look at the price before it.
    """
    replacing: dict[Path, list[Priced]] = {}
    for priced in lines:
        if priced.line.line.upgrade is not None and priced.is_paid and priced.line.product is not None:
            replacing.setdefault(priced.line.path, []).append(priced)
    for path, parts in replacing.items():
        upgrade = parts[0].line.line.upgrade
        if upgrade is not None:
            _give(_Trade(upgrade, parts, (*path, "upgrade"), book))


@dataclass(frozen=True, slots=True)
class _Trade:
    """An old product against the line, or parts of a line, that replace it."""

    upgrade: Upgrade
    parts: Sequence[Priced]
    path: Path
    book: Book

    @property
    def day(self) -> dt.date:
        """The first day without the old one: where the new term starts; the deal's date for what is paid once."""
        starts = [p.line.anchor or p.line.starts for p in self.parts]
        return min((day for day in starts if day is not None), default=self.book.day)

    @property
    def old(self) -> Product | None:
        return self.book.catalog.product(self.upgrade.sku, self.book.day)

    def problem(self, code: str, key: str, **params: object) -> Problem:
        return problem(code, *self.path, key, sku=self.upgrade.sku, **params)


def _give(trade: _Trade) -> None:
    book, found = trade.book, list(_refusals(trade))
    book.problems += found
    if any(each.is_error for each in found):
        return
    share = _unused(trade)
    credit = book.round(Fraction(_worth(trade)) * share * Fraction(trade.upgrade.credit))
    left = total(p.left for p in trade.parts)
    given = min(credit, left)
    if share == 0:
        book.problems.append(warning("upgrade_used_up", *trade.path, "ends", ends=trade.upgrade.ends, day=trade.day))
    elif given < credit:
        book.problems.append(warning("upgrade_lapses", *trade.path, credit=credit, left=left, lapses=credit - given))
    amounts = allocate(-given, [p.left for p in trade.parts], book.digits)
    for priced, amount in zip(trade.parts, amounts, strict=True):
        priced.step("negotiated", UPGRADE_CREDIT, amount, "deal", trade.path)
        priced.credit = -amount


def _refusals(trade: _Trade) -> Iterator[Problem]:
    upgrade, known = trade.upgrade, trade.book.catalog.by_sku
    if (upgrade.starts is None) != (upgrade.ends is None):
        yield trade.problem("upgrade_half_dated", "starts" if upgrade.starts else "ends")
    elif upgrade.starts is not None and upgrade.ends is not None and upgrade.ends < upgrade.starts:
        yield trade.problem("ends_before_start", "ends", ends=upgrade.ends, starts=upgrade.starts)
    if upgrade.sku not in known:
        listed = {"price_list": trade.book.catalog.name, "known": "\n".join(known)}
        if upgrade.paid is None:
            yield trade.problem("unknown_sku", "sku", **listed)
        else:  # products leave the list; what was paid for them still counts
            yield warning("upgrade_not_listed", *trade.path, "sku", sku=upgrade.sku, **listed)
    elif upgrade.paid is None and _listed(trade) is None:
        yield trade.problem("upgrade_needs_paid", "sku")


def _unused(trade: _Trade) -> Fraction:
    """Share of the old term from the new one's first day on, both terms' first and last days included."""
    starts, ends = trade.upgrade.starts, trade.upgrade.ends
    if starts is None or ends is None:
        return Fraction(1)
    begins = max(trade.day, starts)
    if begins > ends:
        return Fraction(0)
    proration = trade.book.catalog.proration
    return months_between(begins, ends, proration) / months_between(starts, ends, proration)


def _worth(trade: _Trade) -> Fraction:
    """What was paid, else list price × quantity × periods of the old term."""
    return Fraction(trade.upgrade.paid) if trade.upgrade.paid is not None else _listed(trade) or Fraction(0)


def _listed(trade: _Trade) -> Fraction | None:
    """The old product's list amount, 100 × 60.00 × 12 months; None where the list alone cannot say it."""
    old, starts, ends = trade.old, trade.upgrade.starts, trade.upgrade.ends
    if old is None or (old.unit_price is None and old.tiers is None):
        return None
    quantity = trade.upgrade.quantity or trade.parts[0].line.line.quantity
    if old.percent_of is not None or (old.per is not None and (starts is None or ends is None)):
        return None
    amount = tier_amount(old, quantity) if old.unit_price is None else old.unit_price * quantity
    if old.per is None or starts is None or ends is None:
        return Fraction(amount)
    months = months_between(starts, ends, trade.book.catalog.proration)
    return Fraction(amount) * (months / 12 if old.per == "year" else months)
