"""The values a comparison is made of. A side that has nothing is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

ValueKind = Literal["money", "rate", "number", "day", "yes_no", "word", "text"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as programs read it: `0.12` for 12 %, `2026-11-20`, `true`; `kind` says how people should."""

    kind: ValueKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reads differently, by its name in words."""

    what: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A total of both deals: money, or a rate. Where the currencies differ there is no difference to tell."""

    name: str
    before: Decimal | Fraction
    after: Decimal | Fraction
    comparable: bool = True

    @property
    def is_rate(self) -> bool:
        return isinstance(self.before, Fraction)

    @property
    def difference(self) -> Decimal | Fraction | None:
        """after − before; of rates in points: 12 % → 15 % is 0.03."""
        return self.after - self.before if self.comparable else None  # type: ignore[operator]

    @property
    def rate(self) -> Fraction | None:
        """The difference in proportion to `before`; None for rates and from nothing."""
        if self.is_rate or not self.before or not self.comparable:
            return None
        return Fraction(self.after) / Fraction(self.before) - 1


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is new, gone, or reads differently; `before` and `after` are its numbers in the two quotations.

    name  a product's or the custom line's own;  net: of both sides, headings with their parts
    """

    state: Literal["added", "removed", "changed"]
    sku: str | None
    name: str
    before: int | None
    after: int | None
    net_before: Decimal | None
    net_after: Decimal | None
    quantity: Decimal
    optional: bool = False
    changes: tuple[Change, ...] = ()
    parts: tuple[LineChange, ...] = ()


@dataclass(frozen=True, slots=True)
class AlternativeChange:
    """An alternative that is new, gone, or differs; its totals are gross, as the customer pays them.

    was_called  its earlier name, where it has another now
    repriced    lines that read the same but whose net moved
    terms       its own discounts and payment plan, as far as the deal's do not differ in the same way
    """

    state: Literal["added", "removed", "changed"]
    name: str
    recommended: bool
    total_before: Decimal | None
    total_after: Decimal | None
    was_called: str | None = None
    lines: tuple[LineChange, ...] = ()
    repriced: int = 0
    terms: tuple[Change, ...] = ()

    @property
    def rate(self) -> Fraction | None:
        """The difference of the totals in proportion to the earlier one."""
        if not self.total_before or self.total_after is None:
            return None
        return Fraction(self.total_after) / Fraction(self.total_before) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """An approval only one side needs (`asked` now, `dropped`), or both need over other figures (`still`)."""

    state: Literal["asked", "dropped", "still"]
    rule: str
    approver: str
    when: str
    because: str
    status: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    figures_before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two deals and matters.

    repriced     lines that read the same but whose net moved with a discount on the deal or the partner's rate
    alternatives what else the customer may take; money, lines and terms are those of the recommended one
    recommended  the names of the alternatives recommended before and after, where these are two
    also_edited  sections that read differently but touch neither money nor terms
    """

    money: tuple[Figure, ...] = ()
    lines: tuple[LineChange, ...] = ()
    repriced: int = 0
    terms: tuple[Change, ...] = ()
    alternatives: tuple[AlternativeChange, ...] = ()
    recommended: tuple[str, str] | None = None
    approvals: tuple[Asked, ...] = ()
    also_edited: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        offered = self.alternatives or self.recommended
        return not (self.money or self.lines or self.repriced or self.terms or offered or self.approvals)
