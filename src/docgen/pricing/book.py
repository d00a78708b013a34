"""The desk pricing works on: each line with what is left of its price, and what every rule may ask about the deal.

The only mutable thing in the room; it lives inside `price()` and nobody outside ever sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.catalog import Catalog
from docgen.catalog.model import AutomaticDiscount
from docgen.configuration import ConfiguredLine
from docgen.deal import Deal
from docgen.money import ZERO, Exact, share_of, to_minor
from docgen.pricing.quote import Beaten, Step
from docgen.problems import Path, Problem
from docgen.values import Text


class Priced:
    """One line on its way down the waterfall."""

    __slots__ = ("contract_priced", "customer", "left", "line", "list", "regular", "steps", "unit_price")

    def __init__(self, line: ConfiguredLine) -> None:
        self.line = line
        self.unit_price: Decimal | None = None
        self.list = ZERO
        self.left = ZERO
        self.regular = ZERO
        self.customer = ZERO
        self.steps: list[Step] = []
        self.contract_priced = False

    @property
    def is_paid(self) -> bool:
        """A line with a price of its own: not a heading, not included in one."""
        return self.line.role in ("single", "part")

    @property
    def takes_unnamed_rules(self) -> bool:
        """A rule without a scope reaches list products, never custom, included or percent_of lines."""
        product = self.line.product
        return self.is_paid and product is not None and product.percent_of is None

    def step(
        self,
        lane: str,
        name: Text,
        amount: Decimal,
        origin: str,
        path: Path,
        *,
        rate: Exact | None = None,
        because: Text | None = None,
        beaten: tuple[Beaten, ...] = (),
    ) -> None:
        """Take one step; a step of nothing is not one."""
        if amount:
            self.steps.append(Step(name, lane, amount, origin, path, rate, because, beaten))
            self.left += amount


class Book:
    """All lines of one quote, and the deal and price list they are priced by."""

    def __init__(self, deal: Deal, catalog: Catalog, lines: Sequence[ConfiguredLine], digits: int) -> None:
        self.deal = deal
        self.catalog = catalog
        self.digits = digits
        self.lines = [Priced(line) for line in lines]
        self.problems: list[Problem] = []
        self._by_bundle: dict[int, list[Priced]] = {}
        for priced in self.lines:
            if priced.line.bundle is not None:
                self._by_bundle.setdefault(priced.line.bundle, []).append(priced)

    @property
    def day(self) -> dt.date:
        return self.deal.date

    def round(self, value: Exact) -> Decimal:
        return to_minor(value, self.digits)

    def share(self, amount: Decimal, rate: Exact) -> Decimal:
        return share_of(amount, rate, self.digits)

    def extended(self, unit_amount: Decimal, quantity: Decimal, periods: Fraction) -> Decimal:
        """unit × quantity × periods, exact until this one rounding."""
        amount = unit_amount * quantity
        if periods.denominator == 1:
            return self.round(amount * periods.numerator)
        return self.round(amount * periods.numerator / periods.denominator)

    def paid_parts(self, heading: ConfiguredLine) -> list[Priced]:
        return [part for part in self._by_bundle.get(heading.number, ()) if part.is_paid]

    def across(self, rule: AutomaticDiscount) -> Exact:
        """Sum over the non-optional lines a rule reaches: quantity or list amount, or the longest term."""
        reached = [p for p in self.lines if not p.line.optional and reaches(rule, p)]
        if rule.by == "quantity":
            return sum((p.line.quantity for p in reached), ZERO)
        if rule.by == "amount":
            return sum((p.list for p in reached), ZERO)
        return max((p.line.months or Fraction(0) for p in reached), default=Fraction(0))


def reaches(rule: AutomaticDiscount, priced: Priced) -> bool:
    """Whether a rule's scope holds the line; unnamed, it holds only plain list products."""
    line = priced.line
    if not priced.is_paid:
        return False
    if rule.on.is_everything:
        return priced.takes_unnamed_rules
    return rule.on.reaches(line.sku, line.family, line.kind)
