"""Whether a condition can come about at all: a search over what deals may say, one open fact at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any

from docgen.contract.facts import Money
from docgen.contract.names import kinds
from docgen.legal.conditions import UNKNOWN, All, Compare, Const, Expr, Name, Some, names, of_card, parts, worth
from docgen.legal.house_facts import TRUTHS, WORDS, type_sets

TYPES = "contract.types"
OTHER = "another"
"""A word no condition names."""
_MOST_SUBSETS = 4


class Space:
    """Every combination of facts that bears on the conditions of a library, with both sides of every limit in them."""

    def __init__(self, conditions: Iterable[Expr], free: Mapping[str, tuple[Any, ...]] | None = None) -> None:
        self._bounds: dict[str, set[Any]] = {}
        self._free = dict(free or {})
        self._known: dict[frozenset[Expr], dict[str, Any] | None] = {}
        for condition in (*conditions, *truths()):
            self._learn(condition)

    def _learn(self, condition: Expr) -> None:
        for each in parts(condition):
            if isinstance(each, Compare):
                for one, other in ((each.left, each.right), (each.right, each.left)):
                    if isinstance(one, Name) and isinstance(other, Const):
                        self._bounds.setdefault(one.name, set()).add(other.value)
                if isinstance(each.left, Const) and isinstance(each.right, Name):
                    self._bounds.setdefault(each.right.name, set()).add(each.left.value)

    # -- what a fact may be -------------------------------------------------------------------------------------------
    def values(self, name: str) -> tuple[Any, ...]:
        """What a fact may be, as far as the conditions can tell it apart."""
        if name in self._free:
            return self._free[name]
        if name == TYPES:
            return type_sets()
        kind = kinds().get(name)
        if kind is None:
            return (False, True)
        found = self._of_kind(name, kind.type)
        return (None, *found) if kind.may_be_absent else found

    def _of_kind(self, name: str, kind: Any) -> tuple[Any, ...]:
        if kind is bool:
            return False, True
        if kind in (int, Fraction, Decimal, Money):
            return self._numbers(name, zero=kind is Money)
        if kind is dt.date:
            return ("day",)
        if kind == tuple[str, ...]:
            return self._lists(name)
        if name in WORDS:
            return WORDS[name]
        words = sorted(v for v in self._bounds.get(name, ()) if isinstance(v, str))
        return (*words, OTHER, f"{OTHER} still") if name.endswith("country") else (*words, OTHER)

    def _numbers(self, name: str, *, zero: bool) -> tuple[Fraction, ...]:
        bounds = {v for v in self._bounds.get(name, ()) if isinstance(v, Fraction)}
        around = {b + step for b in bounds for step in (Fraction(-1, 100), Fraction(0), Fraction(1, 100))}
        return tuple(sorted(v for v in {*around, Fraction(1), *((Fraction(0),) if zero else ())} if v >= 0))

    def _lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        items = sorted(v for v in self._bounds.get(name, ()) if isinstance(v, str))
        most = len(items) if len(items) <= _MOST_SUBSETS else 1
        return tuple(each for size in range(most + 1) for each in combinations(items, size))

    # -- the search ---------------------------------------------------------------------------------------------------
    def example(self, *conditions: Expr) -> dict[str, Any] | None:
        """Facts under which all conditions hold; None where there are none. Truths about every deal hold too."""
        asked = frozenset(conditions)
        if asked not in self._known:
            wanted = [_typed(each) for each in conditions]
            self._known[asked] = self._search(wanted, _bearing_on(wanted), {})
        return self._known[asked]

    def is_possible(self, *conditions: Expr) -> bool:
        return self.example(*conditions) is not None

    def _search(self, wanted: list[Expr], truths_: list[Expr], given: dict[str, Any]) -> dict[str, Any] | None:
        wanted_left, truths_left = _open(wanted, given), _open(truths_, given)
        if wanted_left is None or truths_left is None:
            return None
        name = _next(wanted_left, given) or _next(truths_left, given)
        if name is None:
            return given  # all hold, or something the checks do not follow decides: taken as possible
        for value in self.values(name):
            extra = {"contract.type": value[0]} if name == TYPES else {}
            found = self._search(wanted_left, truths_left, {**given, name: value, **extra})
            if found is not None:
                return found
        return None


def _open(conditions: list[Expr], given: dict[str, Any]) -> list[Expr] | None:
    """Those the given facts do not decide; None where one of them is false."""
    out: list[Expr] = []
    for each in conditions:
        value = worth(each, given)
        if value is UNKNOWN:
            out.append(each)
        elif not value:
            return None
    return out


def _next(conditions: list[Expr], given: Mapping[str, Any]) -> str | None:
    """The fact to try next: the types first, for they decide most; then one of the shortest condition."""
    left = [[name for name in names(each) if name not in given] for each in conditions]
    open_ = sorted((each for each in left if each), key=len)
    if not open_:
        return None
    return TYPES if any(TYPES in each for each in open_) else open_[0][0]


def _typed(condition: Expr) -> Expr:
    """The condition with a reminder that the type is the first of the types."""
    if "contract.type" in names(condition) and TYPES not in names(condition):
        return All((condition, Some((Compare("in", Const("licence"), Name(TYPES)), Const(True)))))
    return condition


@cache
def truths() -> tuple[Expr, ...]:
    return tuple(_typed(of_card(each)) for each in TRUTHS)


@cache
def _about_truths() -> tuple[tuple[Expr, frozenset[str]], ...]:
    """Every truth with the facts it speaks of."""
    return tuple((each, _own_names(each)) for each in truths())


def _bearing_on(wanted: list[Expr]) -> list[Expr]:
    """The truths that speak of the same facts, and those that speak of theirs; all speak of the types."""
    about = {name for each in wanted for name in _own_names(each)}
    out: list[Expr] = []
    waiting = list(_about_truths())
    while near := [each for each in waiting if about & each[1]]:
        out += (truth for truth, _ in near)
        waiting = [each for each in waiting if each not in near]
        about |= {name for _, own in near for name in own}
    return out


def _own_names(condition: Expr) -> frozenset[str]:
    return frozenset(names(condition)) - {TYPES, "contract.type"}
