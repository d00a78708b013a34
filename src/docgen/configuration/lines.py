"""A line once its product is known: what the pricing room works on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from docgen.catalog import Product
from docgen.deal.model import Line, LineDiscount
from docgen.problems import Path
from docgen.values import Text
from docgen.vocabulary import Kind

ONCE = Fraction(1)
LineRole = Literal["single", "heading", "part", "included"]


@dataclass(frozen=True, slots=True)
class ConfiguredLine:
    """One quote line before it has a price.

    number    counted from 1 over the whole quote, bundle parts and ramp segments included
    path      the deal line it comes from;  role: single, heading of a bundle, paid part, included part
    bundle    number of the heading, for parts
    months    term of a recurring line in months, exact; None for one-time lines
    from_month  month of the deal's term in which a ramp segment begins (0 = first), None outside ramps
    anchor    first day of the whole ramp, at which its months anchor
    """

    number: int
    path: Path
    line: Line
    product: Product | None
    name: Text
    kind: Kind
    unit: str
    quantity: Decimal
    role: LineRole = "single"
    bundle: int | None = None
    optional: bool = False
    starts: dt.date | None = None
    ends: dt.date | None = None
    months: Fraction | None = None
    from_month: int | None = None
    anchor: dt.date | None = None
    discount: LineDiscount | None = None
    because: Text | None = None

    @property
    def sku(self) -> str | None:
        return self.product.sku if self.product else None

    @property
    def family(self) -> str | None:
        return self.product.family if self.product else None

    @property
    def periods(self) -> Fraction:
        """How often the price is due: months of a monthly price, years of a yearly one, once otherwise."""
        if self.months is None or self.product is None:
            return ONCE
        return self.months / 12 if self.product.per == "year" else self.months

    @property
    def is_paid(self) -> bool:
        """A line with a price of its own: not a heading, not included in one."""
        return self.role in ("single", "part")

    @property
    def takes_unnamed_rules(self) -> bool:
        """A rule without a scope reaches list products, never custom, included or percent_of lines."""
        return self.is_paid and self.product is not None and self.product.percent_of is None

    @property
    def is_recurring(self) -> bool:
        return self.months is not None
