"""The desk pricing works on: each line with what is left of its price, and what every rule may ask about the deal.

The only mutable thing in the room; it lives inside `price()` and nobody outside ever sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.catalog import Catalog
from docgen.configuration import ConfiguredLine
from docgen.deal import Deal
from docgen.money import ZERO, Exact, share_of, to_minor
from docgen.pricing.quote import Step
from docgen.problems import Path, Problem
from docgen.values import Text


class Priced:
    """One line on its way down the waterfall."""

    __slots__ = ("contract_priced", "credit", "customer", "left", "line", "list", "regular", "steps", "unit_price")

    def __init__(self, line: ConfiguredLine) -> None:
        self.line = line
        self.unit_price: Decimal | None = None
        self.list = ZERO
        self.left = ZERO
        self.regular = ZERO
        self.customer = ZERO
        self.steps: list[Step] = []
        self.contract_priced = False
        self.credit = ZERO

    @property
    def is_paid(self) -> bool:
        return self.line.is_paid

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
    ) -> None:
        """Take one step; a step of nothing is not one."""
        if amount:
            self.steps.append(Step(name, lane, amount, origin, path, rate, because))
            self.left += amount


class Book:
    """All lines of one quote, and the deal and price list they are priced by."""

    def __init__(self, deal: Deal, catalog: Catalog, lines: Sequence[ConfiguredLine], digits: int) -> None:
        self.deal = deal
        self.catalog = catalog
        self.digits = digits
        self._finest = to_minor(ZERO, digits)
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
        """As `to_minor`; a book lives inside `exactly()`, whose rounding needs not be named again for each figure."""
        return value.quantize(self._finest) if type(value) is Decimal else to_minor(value, self.digits)

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
