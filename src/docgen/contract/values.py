"""Values a clause card states, typed by their kind: `0.05%`, `30`, `5000`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.contract.facts import Money
from docgen.contract.names import kinds
from docgen.currencies import minor_digits
from docgen.values import Text, parse_rate

_MOST = {"days": 3660, "months": 600, "years": 100, "hours": 87600, "count": 1000000}
"""The largest number of a kind that is no slip of the keyboard; the least is zero."""
_LARGEST = Decimal(10) ** 15
_WHOLE = re.compile(r"[0-9]{1,9}")
_AMOUNT = re.compile(r"[0-9]{1,16}(\.[0-9]{1,12})?")


class ValueTrouble(ValueError):  # noqa: N818 - carries what was found
    """A value that is not of its kind; `wanted` says what it should be."""

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(wanted)
        self.value = str(value)[:80]
        self.wanted = wanted


def read_value(value: Any, kind: str | None, name: str, currency: str) -> Any:
    """A value of a card or a deal as a fact: counts as int, rates as Fraction, amounts as Money, texts as Text.

    kind: as the card says it; without one that of the fact of this name. ValueTrouble where it does not fit.
    """
    kind = kind or _kind_of_fact(name)
    if kind == "text" or value is None:
        return value if isinstance(value, Text | None) else Text.of(str(value))
    words = _same_in_every_language(value).strip()
    if kind in _MOST:
        return _whole(words, kind)
    if kind == "rate":
        return _rate(words)
    return _amount(words, currency) if kind == "amount" else words


def _same_in_every_language(value: Any) -> str:
    """What is no text is one value, in whatever language."""
    if isinstance(value, Text) and value.zh != value.en:
        raise ValueTrouble(value.in_every_language, "one value for all languages")
    return str(value)


def _whole(words: str, kind: str) -> int:
    """In plain digits: what Python reads besides, `３０` and `3_0`, nobody reads in a contract."""
    if not _WHOLE.fullmatch(words) or int(words) > _MOST[kind]:
        raise ValueTrouble(words, f"a number of {kind} from 0 to {_MOST[kind]}")
    return int(words)


def _rate(words: str) -> Fraction:
    try:
        rate = parse_rate(words)
    except ValueError:
        raise ValueTrouble(words, "a rate, as 0.05%") from None
    if rate < 0:
        raise ValueTrouble(words, "a rate of zero or more")
    return Fraction(rate)


def _amount(words: str, currency: str) -> Money:
    """One that can be paid and written in words: no more decimals than the currency has."""
    if not _AMOUNT.fullmatch(words) or Decimal(words) >= _LARGEST:
        raise ValueTrouble(words, "an amount in digits, zero or more")
    money = Money(Decimal(words), currency)
    if not money.is_payable:
        raise ValueTrouble(words, f"an amount with at most {minor_digits(currency)} decimals, as {currency} has")
    return money


def _kind_of_fact(name: str) -> str:
    known = kinds().get(name)
    if known is None:
        return "word"
    return {int: "count", Fraction: "rate", Money: "amount", Text: "text", Decimal: "count"}.get(known.type, "word")
