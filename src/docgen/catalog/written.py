"""Tiers and rates of others in one line of text, as a table's cell holds them; and back.

steps of tiers     to 49: 260; to 199: 230; above: 198 + 2000       (price of a unit, and a flat fee)
a rate of others   18% of list: kind licence, family e1 or e2       (`18% of net: everything` reaches all)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from pydantic_core import PydanticCustomError

from docgen.money import plain
from docgen.vocabulary import Scope

_STEP = re.compile(r"\s*(?:to\s+([\d.]+)|above)\s*:\s*([\d.]+)\s*(?:\+\s*([\d.]+)\s*)?", re.IGNORECASE)
_RATE_OF = re.compile(r"\s*([\d.]+\s*%)\s+of\s+(list|net)\s*:\s*(.*?)\s*", re.IGNORECASE | re.DOTALL)
_WORD = r'(?:"(?:[^"]|"")*"|[^\s,"]+)'
_KEY = re.compile(rf"\s*(sku|family|kind)\s+({_WORD}(?:\s+or\s+{_WORD})*)\s*(?:,|\Z)", re.IGNORECASE)
_KEYS = ("sku", "family", "kind")
STEPS_EXAMPLE = "to 49: 260; to 199: 230; above: 198"
RATE_EXAMPLE = "18% of list: kind licence, family e1 or e2"


class Step(Protocol):
    """One step of tiers."""

    @property
    def up_to(self) -> Decimal | None: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def flat(self) -> Decimal: ...


class RateOf(Protocol):
    """A price that is a rate of other lines."""

    @property
    def percent_of(self) -> Scope: ...
    @property
    def rate(self) -> Decimal: ...
    @property
    def basis(self) -> str: ...


# ---- steps ----------------------------------------------------------------------------------------------------------
def show_steps(steps: Iterable[Step]) -> str:
    return "; ".join(_show_step(step) for step in steps)


def _show_step(step: Step) -> str:
    up_to = "above" if step.up_to is None else f"to {plain(step.up_to)}"
    return f"{up_to}: {plain(step.price)}" + (f" + {plain(step.flat)}" if step.flat else "")


def read_steps(value: Any) -> Any:
    """The steps a text stands for, as a file would write them out; whatever is no text stays as it is."""
    if not isinstance(value, str):
        return value
    found = [_STEP.fullmatch(part) for part in value.split(";") if part.strip()]
    if not found or None in found:
        raise PydanticCustomError("not_tier_steps", "not steps", {"value": value[:80], "hint": STEPS_EXAMPLE})
    keys = ("up_to", "price", "flat")
    return [
        {key: text for key, text in zip(keys, each.groups(), strict=True) if text is not None} for each in found if each
    ]


# ---- rates of others ------------------------------------------------------------------------------------------------
def show_rate_of(price: RateOf) -> str:
    scope = ", ".join(
        f"{key} {' or '.join(_quoted(word) for word in getattr(price.percent_of, key))}"
        for key in _KEYS
        if getattr(price.percent_of, key)
    )
    return f"{plain(price.rate * 100, 12)}% of {price.basis}: {scope or 'everything'}"


def _quoted(word: str) -> str:
    """A word as it is where it cannot be misread, else in quotes."""
    if re.fullmatch(r'[^\s,"]+', word) and word.lower() not in ("or", "everything"):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def is_rate_of(value: Any) -> bool:
    """Whether a text means a rate of others rather than a number."""
    return isinstance(value, str) and "%" in value and " of " in value


def read_rate_of(value: Any) -> Any:
    """The keys and values a text stands for; whatever is no text stays as it is."""
    if not isinstance(value, str):
        return value
    match = _RATE_OF.fullmatch(value)
    scope = _read_scope(match[3]) if match else None
    if match is None or scope is None:
        raise PydanticCustomError("not_a_rate_of", "not a rate of others", {"value": value[:80], "hint": RATE_EXAMPLE})
    return {"percent_of": scope, "rate": match[1], "basis": match[2].lower()}


def _read_scope(text: str) -> Mapping[str, list[str]] | None:
    if text.lower() == "everything":
        return {}
    scope: dict[str, list[str]] = {}
    at = 0
    while at < len(text):
        match = _KEY.match(text, at)
        if match is None or match[1].lower() in scope:
            return None
        words = re.findall(rf"({_WORD})(?:\s+or\s+|\Z)", match[2])
        scope[match[1].lower()] = [word[1:-1].replace('""', '"') if word[0] == '"' else word for word in words]
        at = match.end()
    return scope or None
