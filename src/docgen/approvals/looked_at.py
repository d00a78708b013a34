"""What a yes is bound to: the figures its rule looked at, as plain values that can be read, kept and compared.

A rule that names no `looks_at` looks at what its conditions name. `lines`, `payment` and `terms` are groups: every
line, every payment and every commercial term under a name of its own, so that a change names the very field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from docgen.approvals.contract_names import CLAUSES, clause_group
from docgen.deal import Deal
from docgen.money import plain
from docgen.pricing import Payment, Quote, QuoteLine
from docgen.values import Model, Text

if TYPE_CHECKING:
    from docgen.contract import Draft

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


def groups(deal: Deal, quote: Quote, draft: Draft | None = None) -> Mapping[str, Callable[[], Plain]]:
    """The groups a rule may look at, worked out when one does; of the clauses also each by itself."""
    clauses = clause_group(draft)
    return {
        CLAUSES: lambda: clauses,
        **{name: lambda name=name: {name: clauses[name]} for name in clauses},  # type: ignore[misc]
        "lines": lambda: _lines(deal, quote),
        "payment": lambda: _payment(deal, quote),
        "terms": lambda: _terms(deal),
    }


GROUPS = ("lines", "payment", "terms", CLAUSES)


def _lines(deal: Deal, quote: Quote) -> Plain:
    """Each line by its SKU: quantity, term, net and tax. Their order, notes and reasons do not matter."""
    out = _told_apart((f"lines.{_thing(line)}", _said(line)) for line in quote.lines if line.line.role != "heading")
    return out if len(out) <= MOST_LINES else {"lines": digest(out)}


def _thing(line: QuoteLine) -> str:
    return line.line.sku or f"custom {line.line.name.in_every_language}"


def _said(line: QuoteLine) -> str:
    """`10 = 4000.00, tax 13%`; `5 × 36 months from 2027-01-01 = …`; what the customer pays where a partner pays less;
    of a custom line its kind and unit too, which no price list says."""
    own = line.line
    unit = f" {own.unit} of {own.kind}" if own.product is None else ""
    term = f" × {plain(own.months, PLACES)} months from {own.starts}" if own.months is not None else ""
    customer = f", customer {line.customer}" if line.customer != line.net else ""
    option = " (option)" if own.optional else ""
    return f"{plain(own.quantity)}{unit}{term} = {line.net}{customer}, tax {plain(line.tax_rate * 100)}%{option}"


def _told_apart(found: Iterable[tuple[str, str]], *, is_sorted: bool = False) -> Plain:
    """Each value under a name of its own. Those that share one are numbered by what they say, not by where they stand
    in the file: the order of lines is no figure."""
    shared: dict[str, list[str]] = {}
    for name, value in found:
        shared.setdefault(name, []).append(value)
    return {
        f"{name} ({number})" if number > 1 else name: value
        for name, values in shared.items()
        for number, value in enumerate(values if is_sorted else sorted(values), 1)
    }


FLOORS = "below_floor."
"""What a rule that counts lines below their floor looks at besides: each of them, and how low it is."""


def floors(quote: Quote) -> Plain:
    """Net per unit and period of each line below its floor, so that a yes to 2,500.00 is none to 100.00."""
    low = sorted((line for line in quote.lines if line.below_floor), key=_net_per_unit)
    return _told_apart(((f"{FLOORS}{line.line.sku}", plain(_net_per_unit(line), 6)) for line in low), is_sorted=True)


def _net_per_unit(line: QuoteLine) -> Fraction:
    return Fraction(line.net) / (Fraction(line.line.quantity) * line.line.periods)


def _payment(deal: Deal, quote: Quote) -> Plain:
    """The plan: what share or amount falls due when. Amounts that follow from shares follow the price, not the plan."""
    parts = _told_apart((f"payment.{part.name.in_every_language}", _falls_due(part)) for part in quote.payments)
    return {"payment.billing": deal.billing} | parts


def _falls_due(part: Payment) -> str:
    measure = plain(part.share, PLACES) if part.share is not None else "rest" if part.recurring else str(part.amount)
    after = f" + {part.days} days" + (" from the month's end" if part.from_month_end else "") if part.days else ""
    return f"{measure}, {part.date or part.due}{after}"


def _terms(deal: Deal) -> Plain:
    """Every commercial term the deal states, with what it leaves to its default, and how long the offer stands."""
    return dict(_flat("terms", deal.terms)) | {"terms.valid_until": deal.offered_until.isoformat()}


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Text):
        yield name, value.in_every_language
    elif isinstance(value, Model):
        for key in type(value).model_fields:
            yield from _flat(f"{name}.{key}", getattr(value, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value, 1):
            yield from _flat(f"{name}.{index}", item)
    elif value is not None:
        yield name, plain_value(value)
