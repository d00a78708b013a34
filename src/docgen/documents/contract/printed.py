"""Facts as clauses print them: every value in its language's form, and still itself for a condition.

`{{ late.rate_per_day }}` prints 0.05%, and `{% if late.rate_per_day > … %}` compares the exact rate. What a deal does
not state prints as a mark nobody can overlook, or as the words for nothing, and is false in a condition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Any

from docgen.contract.draft import Chosen, Draft, Gap, Nothing
from docgen.contract.facts import Money
from docgen.contract.names import flat
from docgen.locales import words
from docgen.locales.amount_in_words import amount_in_words
from docgen.locales.dates import format_date
from docgen.locales.numbers import format_amount, format_quantity, format_rate_exact
from docgen.values import Text


@total_ordering
class Shown:
    """A value and how it is printed."""

    __slots__ = ("_text", "_value", "in_words")

    def __init__(self, value: Any, text: str, in_words: str = "") -> None:
        self._value = value
        self._text = text
        self.in_words = in_words or text

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return bool(self._value == _bare(other))

    def __lt__(self, other: object) -> bool:
        return bool(self._value < _bare(other))

    def __hash__(self) -> int:
        return hash(self._value)


class Open(Shown):
    """A fact the deal does not state: a mark in a draft. Knows whether a text really printed it."""

    __slots__ = ("gap", "was_printed")

    def __init__(self, gap: Gap, text: str) -> None:
        super().__init__(None, text)
        self.gap = gap
        self.was_printed = False

    def __str__(self) -> str:
        self.was_printed = True
        return super().__str__()


def _bare(value: object) -> Any:
    if isinstance(value, Shown):
        return value._value
    return Fraction(str(value)) if isinstance(value, float) else value


def printed(value: Any, language: str) -> Any:
    """A value as templates get it. Yes-no values, counts, words and lists stay what they are."""
    match value:
        case None | bool() | int() | str() | tuple():
            return value
        case Text():
            return value.get(language)
        case dt.date():
            return Shown(value, format_date(value, language))
        case Money(amount, currency):
            return Shown(Fraction(amount), money(amount, currency, language), amount_words(value, language))
        case Fraction():
            return Shown(value, format_rate_exact(value, language))
        case Decimal():
            return Shown(value, format_quantity(value, language))
        case Gap():
            return Open(value, words(language).label("gap", name=value.name.get(language)))
        case Nothing():
            return Shown(None, words(language).label("nothing"))
    raise TypeError(f"no way to print {value!r}")


def money(amount: Decimal, currency: str, language: str) -> str:
    """`人民币 1,280,000.00 元` and `CNY 1,280,000.00`: in a contract no sign that two countries share."""
    if currency == "CNY" and language == "zh-CN":
        return f"人民币{format_amount(amount, currency, language)}元"
    return f"{currency} {format_amount(amount, currency, language)}"


def amount_words(value: Money, language: str) -> str:
    return amount_in_words(value.amount, value.currency, language)


def context(draft: Draft, chosen: Chosen, language: str) -> Mapping[str, Any]:
    """What one clause's text may speak about, in one language."""
    out: dict[str, Any] = {}
    for name, value in (flat(draft.facts) | dict(chosen.values)).items():
        place = out
        *groups, last = name.split(".")
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = printed(value, language)
    for kind in ("clause", "annex"):
        out[kind] = dict.fromkeys(draft.library.clauses, False)
    for each in draft.chosen:
        out["annex" if each.clause.card.annex else "clause"][each.key] = True
        out["clause"][each.key] = True
    return out
