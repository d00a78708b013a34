"""Values a clause card states, typed by their kind: `0.05%`, `30`, `5000`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.contract.facts import Money
from docgen.contract.names import kinds
from docgen.values import Text, parse_rate

_COUNTS = ("days", "months", "years", "hours", "count")


class ValueTrouble(ValueError):  # noqa: N818 - carries what was found
    """A value that is not of its kind; `wanted` says what it should be."""

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(wanted)
        self.value = str(value)
        self.wanted = wanted


def read_value(value: Any, kind: str | None, name: str, currency: str) -> Any:
    """A value of a card or a deal as a fact: counts as int, rates as Fraction, amounts as Money, texts as Text.

    kind: as the card says it; without one that of the fact of this name. ValueTrouble where it does not fit.
    """
    kind = kind or _kind_of_fact(name)
    if kind == "text" or value is None:
        return value if isinstance(value, Text | None) else Text.of(str(value))
    words = str(value).strip()
    try:
        if kind in _COUNTS:
            return int(words)
        if kind == "rate":
            return Fraction(parse_rate(words))
        if kind == "amount":
            return Money(Decimal(words), currency)
        return words
    except (ValueError, ArithmeticError):
        wanted = "a rate, as 0.05%" if kind == "rate" else f"a number of {kind}" if kind in _COUNTS else "an amount"
        raise ValueTrouble(value, wanted) from None


def _kind_of_fact(name: str) -> str:
    known = kinds().get(name)
    if known is None:
        return "word"
    return {int: "count", Fraction: "rate", Money: "amount", Text: "text", Decimal: "count"}.get(known.type, "word")
