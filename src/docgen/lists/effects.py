"""What a new edition does to one deal: the deal priced by the old and by the new one, laid side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.answers import problem_json
from docgen.comparing import Difference, answer, compare
from docgen.facts import Facts
from docgen.lists.changes import ListChange
from docgen.money import ZERO, plain
from docgen.problems import Problem


@dataclass(frozen=True)
class Effect:
    """One deal by both editions. A side that cannot be priced is None, and `problems` says why.

    date      the deal's own; a side priced on another day has that one
    below     products sold below their floor only by the new edition
    problems  those only the new edition brings, and where the old one cannot price the deal, those of the old
    """

    file: str
    date: dt.date | None
    before: Facts | None
    after: Facts | None
    difference: Difference | None
    below: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def any_side(self) -> Facts | None:
        return self.after or self.before

    @property
    def is_comparable(self) -> bool:
        """Both sides priced, in one currency."""
        return bool(self.before and self.after and self.before.quote.currency == self.after.quote.currency)

    def change(self, name: str) -> Decimal:
        """By how much a figure of the totals moves: `net`, `gross`, `margin`."""
        if self.before is None or self.after is None:
            return ZERO
        old: Decimal = getattr(self.before.quote.totals, name)
        new: Decimal = getattr(self.after.quote.totals, name)
        return new - old

    @property
    def rate(self) -> Fraction | None:
        """The change of the net, as a rate of what it was."""
        if self.before is None or not self.before.quote.totals.net:
            return None
        return Fraction(self.change("net")) / Fraction(self.before.quote.totals.net)

    @property
    def is_nothing(self) -> bool:
        """Priced by both, and nothing a person should look at."""
        found = self.difference
        same = found is not None and not (found.money or found.lines or found.repriced or found.approvals)
        return same and not self.below and not self.problems


Side = tuple[Facts | None, Sequence[Problem]]
"""The facts of a deal by one edition, None where it has errors; and its problems."""


def effect(file: str, date: dt.date | None, before: Side, after: Side) -> Effect:
    """Lay both sides of a deal together."""
    (one, told), (other, found) = before, after
    difference = compare(one, other) if one is not None and other is not None else None
    known = {_same(p) for p in told}
    new = [p for p in found if _same(p) not in known]
    problems = new if one is not None else [*told, *new]
    return Effect(file, date, one, other, difference, tuple(_newly_below(one, other)), tuple(problems))


def _same(found: Problem) -> tuple[object, ...]:
    """What makes two problems one: the sentence may name another edition or figure."""
    return found.code, found.origin, found.path


def _newly_below(before: Facts | None, after: Facts | None) -> Iterator[str]:
    if before is None or after is None:
        return
    low = {line.line.sku for line in before.quote.lines if line.below_floor}
    found = [str(line.line.sku) for line in after.quote.lines if line.below_floor and line.line.sku not in low]
    yield from dict.fromkeys(found)


@dataclass(frozen=True)
class Sum:
    """Totals over the deals both editions price in one currency."""

    deals: int
    currency: str
    figures: dict[str, tuple[Decimal, Decimal]]


def sum_of(effects: Sequence[Effect]) -> Sum | None:
    """None where there is nothing to add, or nothing that may be added."""
    priced = [each for each in effects if each.is_comparable]
    currencies = {each.after.quote.currency for each in priced if each.after}
    if len(currencies) != 1:
        return None
    names = ("net", "gross", "margin")
    sides = {name: (_sum([e.before for e in priced], name), _sum([e.after for e in priced], name)) for name in names}
    return Sum(len(priced), currencies.pop(), sides)


def _sum(sides: Sequence[Facts | None], name: str) -> Decimal:
    return sum((getattr(side.quote.totals, name) for side in sides if side is not None), ZERO)


# ---- the answer for other programs ----------------------------------------------------------------------------------
def effects_json(before: str, after: str, changes: Sequence[ListChange], effects: Sequence[Effect]) -> dict[str, Any]:
    """The JSON of `docgen prices diff`; amounts exact, as text."""
    summed = sum_of(effects)
    return {
        "before": before,
        "after": after,
        "changes": [_change(each) for each in changes],
        "deals": [_effect(each) for each in effects],
        "totals": None
        if summed is None
        else {
            "deals": summed.deals,
            "currency": summed.currency,
            **{
                name: {"before": f"{old:f}", "after": f"{new:f}", "difference": f"{new - old:f}"}
                for name, (old, new) in summed.figures.items()
            },
        },
    }


def _change(change: ListChange) -> dict[str, Any]:
    return {
        "state": change.state,
        "section": change.section,
        "name": change.name,
        "field": change.field or None,
        "before": change.before or None,
        "after": change.after or None,
        "rate": None if change.rate is None else plain(change.rate, 12),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    facts, found = effect.any_side, {}
    if effect.before is not None and effect.after is not None and effect.difference is not None:
        found = answer(effect.before, effect.after, effect.difference)
    return {
        "file": effect.file,
        "deal": facts.deal.deal if facts else None,
        "date": effect.date.isoformat() if effect.date else None,
        "before": _side(effect.before),
        "after": _side(effect.after),
        "difference": _difference(effect) if effect.is_comparable else None,
        "lines": found.get("lines", []),
        "repriced_lines": found.get("repriced_lines", 0),
        "approvals": found.get("approvals", []),
        "below_floor": list(effect.below),
        "problems": [problem_json(p) for p in effect.problems],
    }


def _side(facts: Facts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    totals = facts.quote.totals
    return {
        "date": facts.deal.date.isoformat(),
        "price_list": facts.catalog.name,
        "currency": facts.quote.currency,
        **{name: f"{getattr(totals, name):f}" for name in ("list", "net", "tax", "gross", "margin")},
        "margin_rate": plain(totals.margin_rate),
    }


def _difference(effect: Effect) -> dict[str, Any]:
    out: dict[str, Any] = {name: f"{effect.change(name):f}" for name in ("net", "gross", "margin")}
    return out | {"rate": None if effect.rate is None else plain(effect.rate, 12)}
