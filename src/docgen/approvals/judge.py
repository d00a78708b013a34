"""Whether a recorded yes still holds for the deal as it is now: valid, within tolerance, or broken by a field.

A figure that moved to the good side of what was approved is within tolerance: who agreed to 25 % off agrees to 22 %.
The good side is known from the rule's own comparison; where the rule has none, any move beyond the tolerance breaks.

Approved `discount > 20%` at 0.25 with 1 % tolerance: 0.25 valid, 0.26 and 0.22 within tolerance, 0.2601 broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from docgen.approvals.looked_at import FLOORS
from docgen.approvals.names import RATES
from docgen.approvals.record import Entry
from docgen.expressions import Comparison

Holding = Literal["valid", "within_tolerance", "broken"]
ROUNDING = Decimal("0.00001")
"""A thousandth of a percentage point: what cents do to a rate when a quantity changes and no discount does."""
_WORSE = {"gt": 1, "gteq": 1, "lt": -1, "lteq": -1}


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is no longer what was approved, in plain values."""

    name: str
    approved: str
    now: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How one entry stands; `broken_by`: the fields that moved too far, in the order the rule looked at them."""

    holding: Holding
    broken_by: tuple[Moved, ...] = ()


def judge(entry: Entry, now: Mapping[str, str], currency: str, worse: Mapping[str, int]) -> Finding:
    """The entry's values against those of now; `worse`: +1 where more is worse, −1 where less is."""
    if entry.currency != currency:
        return Finding("broken", (Moved("currency", entry.currency, currency),))
    names = dict.fromkeys((*now, *entry.looked_at))
    pairs = [(name, entry.looked_at.get(name, "–"), now.get(name, "–")) for name in names]
    moved = [Moved(*pair) for pair in pairs if pair[1] != pair[2]]
    too_far = tuple(m for m in moved if not _tolerated(m, entry.tolerance.get(m.name), worse.get(m.name, 0)))
    return Finding("broken" if too_far else "within_tolerance" if moved else "valid", too_far)


def worse_sides(when: Iterable[Comparison], unless: Iterable[Comparison]) -> dict[str, int]:
    """On which side each compared figure is worse; a figure held against both sides has none."""
    found: dict[str, set[int]] = {}
    for sign, comparisons in ((1, when), (-1, unless)):
        for each in comparisons:
            found.setdefault(each.name, set()).add(sign * _WORSE.get(each.operator, 0))
    return {name: sides.pop() for name, sides in found.items() if len(sides) == 1}


def _tolerated(moved: Moved, tolerance: str | None, worse: int) -> bool:
    """Moved to the good side, or on the bad side by no more than the tolerance: points of a rate, else a share."""
    if moved.name.startswith(FLOORS):
        if moved.now == "–":  # no longer below its floor
            return True
        worse = -1
    approved, now = _number(moved.approved), _number(moved.now)
    if approved is None or now is None:
        return False
    if worse and (now - approved) * worse <= 0:
        return True
    room = _number(tolerance or "0") or Decimal(0)
    return abs(now - approved) <= (max(room, ROUNDING) if moved.name in RATES else room * abs(approved))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
