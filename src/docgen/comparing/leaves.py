"""A part of a deal as a flat list of named values, so that two of them can be laid side by side.

The walk is generic: a key that a later grammar adds is compared without a word here. Items of a list are known by their
name, so that a new first payment does not make all the others look changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from docgen.comparing.difference import Change, Value
from docgen.deal.model import DealDiscount, LineDiscount
from docgen.money import plain
from docgen.values import Model, Rate, Text
from docgen.vocabulary import DaysAfter, PaymentPart, Scope

Leaves = dict[tuple[str, ...], Value]

_MEASURES: Mapping[type[Model], tuple[str, ...]] = {
    LineDiscount: ("percent", "amount", "unit_price", "net"),
    DealDiscount: ("percent", "amount", "to"),
    PaymentPart: ("share", "amount"),
}
"""Models of which exactly one key says how much; that value goes by the model's own name."""
_NAMES = ("name", "sku", "id", "step", "rule", "below")
"""Keys an item of a list may be known by."""


def leaves(value: Any, language: str, path: tuple[str, ...] = (), skip: frozenset[str] = frozenset()) -> Leaves:
    """Every value below `value` by its path; nothing for what is not stated. `skip`: keys of the top model."""
    return dict(_walk(value, language, path, skip))


def _walk(value: Any, language: str, path: tuple[str, ...], skip: frozenset[str]) -> Iterator[tuple[Any, Value]]:
    plain_value = as_value(value, language)
    if plain_value is not None:
        yield path, plain_value
    elif isinstance(value, Model):
        yield from _walk_model(value, language, path, skip)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, language, (*path, str(key)), frozenset())
    elif isinstance(value, tuple | list):
        yield from _walk_list(value, language, path)


def _walk_model(
    model: Model, language: str, path: tuple[str, ...], skip: frozenset[str]
) -> Iterator[tuple[Any, Value]]:
    measures = next((names for kind, names in _MEASURES.items() if isinstance(model, kind)), ())
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in skip or value is None:
            continue
        if name in measures:
            yield path, _measured(name, value)
        else:
            yield from _walk(value, language, (*path, name), frozenset())


def _measured(name: str, value: Decimal) -> Value:
    """A discount or share: the rate alone, or an amount with the word for what it is."""
    if name in ("percent", "share"):
        return Value("rate", plain(value, 12))
    return Value("text", f"{name.replace('_', ' ')} {value:,f}")


def _walk_list(items: Any, language: str, path: tuple[str, ...]) -> Iterator[tuple[Any, Value]]:
    if not any(isinstance(item, Model) and not isinstance(item, Text) for item in items):
        words = ", ".join(value.text for item in items if (value := as_value(item, language)) is not None)
        if words:
            yield path, Value("text", words)
        return
    seen: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        name = _name_of(item, language) or str(number)
        seen[name] = seen.get(name, 0) + 1
        own = name if seen[name] == 1 else f"{name} ({seen[name]})"
        yield from _walk(item, language, (*path, own), frozenset({_key_of(item)}))


def _key_of(item: Any) -> str:
    return next((key for key in _NAMES if getattr(item, key, None) is not None), "")


def _name_of(item: Any, language: str) -> str:
    name = getattr(item, _key_of(item), None)
    return name.get(language) if isinstance(name, Text) else "" if name is None else str(name)


def as_value(value: Any, language: str) -> Value | None:
    """A scalar, or a small model that reads as one; None for what has parts of its own."""
    if isinstance(value, bool):
        return Value("yes_no", "true" if value else "false")
    if isinstance(value, Rate):
        return Value("rate", plain(value, 12))
    if isinstance(value, Decimal | int):
        return Value("number", plain(Decimal(value)))
    if isinstance(value, dt.date):
        return Value("day", value.isoformat())
    if isinstance(value, str):
        return Value("word", value)
    if isinstance(value, Text):
        return Value("text", _both(value, language))
    if isinstance(value, DaysAfter):
        return Value("text", f"{value.days} days" + ("" if value.counted_from == "event" else " from the month's end"))
    return Value("text", _scope(value)) if isinstance(value, Scope) and not value.is_everything else None


def _both(text: Text, language: str) -> str:
    """The deal's own language first, the other one too where it says something else."""
    own, other = text.get(language), text.get("en" if language == "zh-CN" else "zh-CN")
    return own if own == other else f"{own} / {other}"


def _scope(scope: Scope) -> str:
    keys = ((name, getattr(scope, name)) for name in ("sku", "family", "kind"))
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in keys if values)


def changed(before: Leaves, after: Leaves, names: Mapping[tuple[str, ...], str]) -> Iterator[Change]:
    """What reads differently, in the order of `before`, then what is new."""
    for path in dict.fromkeys((*before, *after)):
        one, other = before.get(path), after.get(path)
        if one != other:
            yield Change(name_of(path, names), one, other)


def name_of(path: tuple[str, ...], names: Mapping[tuple[str, ...], str]) -> str:
    """The longest beginning that has a name of its own, then the keys as words: warranty months."""
    for length in range(len(path), 0, -1):
        own = names.get(path[:length])
        if own is not None:
            return " ".join(filter(None, [own, *(_words(key) for key in path[length:])]))
    return " ".join(_words(key) for key in path)


def _words(key: str) -> str:
    return key.replace("_", " ") if key.isascii() else key
