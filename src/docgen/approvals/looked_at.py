"""What a yes is bound to: the figures its rule looked at, as plain values that can be read, kept and compared.

A rule that names no `looks_at` looks at what its conditions name. `lines`, `payment` and `terms` are groups: every
line, every payment and every commercial term under a name of its own, so that a change names the very field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.deal import Deal
from docgen.money import plain
from docgen.pricing import Quote
from docgen.values import Model, Text

Plain = dict[str, str]
PLACES = 12
"""Decimals of a recorded rate: two figures that agree to so many are the same figure."""
MOST_LINES = 200
"""Of a longer deal the lines are looked at as one."""


def plain_value(value: Any) -> str:
    """A value as text: `0.2213`, `36`, `yes`; a text as it stands; nothing as a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction | Decimal):
        return plain(value, PLACES)
    return "–" if value is None else str(value)


def digest(values: Mapping[str, str]) -> str:
    """The hash of what was looked at: the same values in any order have the same."""
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def groups(deal: Deal, quote: Quote) -> Mapping[str, Callable[[], Plain]]:
    """The groups a rule may look at, worked out when one does."""
    return {
        "lines": lambda: _lines(deal, quote),
        "payment": lambda: _payment(deal, quote),
        "terms": lambda: _terms(deal),
    }


GROUPS = ("lines", "payment", "terms")


def _lines(deal: Deal, quote: Quote) -> Plain:
    """Each line by its SKU: quantity, term and net. Their order, notes and reasons do not matter."""
    out: Plain = {}
    for line in quote.lines:
        own = line.line
        if own.role == "heading":
            continue
        what = own.sku or f"custom {own.name.get(deal.language[0])}"
        term = f" × {plain(own.months, PLACES)} months" if own.months is not None else ""
        option = " (option)" if own.optional else ""
        out[_unused(f"lines.{what}", out)] = f"{plain(own.quantity)}{term} = {line.net}{option}"
    return out if len(out) <= MOST_LINES else {"lines": digest(out)}


def _unused(name: str, taken: Mapping[str, str]) -> str:
    if name not in taken:
        return name
    return next(f"{name} ({n})" for n in range(2, len(taken) + 3) if f"{name} ({n})" not in taken)


FLOORS = "below_floor."
"""What a rule that counts lines below their floor looks at besides: each of them, and how low it is."""


def floors(quote: Quote) -> Plain:
    """Net per unit and period of each line below its floor, so that a yes to 2,500.00 is none to 100.00."""
    out: Plain = {}
    for line in quote.lines:
        if line.below_floor:
            units = Fraction(line.line.quantity) * line.line.periods
            out[_unused(f"{FLOORS}{line.line.sku}", out)] = plain(Fraction(line.net) / units, 6)
    return out


def _payment(deal: Deal, quote: Quote) -> Plain:
    """The plan: what share or amount falls due when. Amounts that follow from shares follow the price, not the plan."""
    out: Plain = {"payment.billing": deal.billing}
    for part in quote.payments:
        measure = (
            plain(part.share, PLACES) if part.share is not None else "rest" if part.recurring else str(part.amount)
        )
        after = f" + {part.days} days" + (" from the month's end" if part.from_month_end else "") if part.days else ""
        out[_unused(f"payment.{part.name.get(deal.language[0])}", out)] = f"{measure}, {part.date or part.due}{after}"
    return out


def _terms(deal: Deal) -> Plain:
    """Every commercial term the deal states, and how long the offer stands."""
    return dict(_flat("terms", deal.terms)) | {"terms.valid_until": deal.offered_until.isoformat()}


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Text):
        yield name, " / ".join(dict.fromkeys(filter(None, (value.zh, value.en))))
    elif isinstance(value, Model):
        for key in type(value).model_fields:
            if key in value.model_fields_set:
                yield from _flat(f"{name}.{key}", getattr(value, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value, 1):
            yield from _flat(f"{name}.{index}", item)
    elif value is not None:
        yield name, plain_value(value)
