"""When a clause is in a contract, and in which variant, as conditions over the facts: what `contract.draft` decides
deal by deal, for all deals at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from docgen.contract.library import STANDARD, Clause, Library
from docgen.contract.names import kinds
from docgen.legal.conditions import (
    All,
    Compare,
    ConditionTrouble,
    Const,
    Expr,
    Name,
    Not,
    Some,
    names,
    of_card,
    replaced,
)
from docgen.legal.house_facts import EXACTLY_ONE
from docgen.legal.possible import TYPES, Space

NEVER, ALWAYS = Const(False), Const(True)
WISH = "wish."
"""A deal's own wish about a clause: `contract.with`, `contract.without`."""


def condition(text: str) -> Expr:
    """A card's condition; one that cannot be read never holds, as in a contract."""
    with contextlib.suppress(ConditionTrouble):
        return of_card(text)
    return NEVER


def of_types(types: tuple[str, ...]) -> Expr:
    """That the contract is of one of these types."""
    return Some(tuple(Compare("in", Const(kind), Name(TYPES)) for kind in types))


class Presence:
    """Knows of every clause when it is in: `by_facts`, or `by_wish`, as a deal may add and leave out clauses itself."""

    def __init__(self, library: Library, space: Space) -> None:
        self.library = library
        self.space = space
        self._by_facts: dict[str, Expr] = {}
        self._expanded: dict[tuple[Expr, bool], Expr] = {}

    def by_facts(self, key: str) -> Expr:
        """When the facts alone bring a clause into the contract."""
        if key not in self._by_facts:
            clause = self.library.clauses.get(key)
            self._by_facts[key] = NEVER if clause is None else self._decided(clause)
        return self._by_facts[key]

    def _decided(self, clause: Clause) -> Expr:
        card = clause.card
        may = of_types(card.may if card.unless is None else (*card.must, *card.may))
        return All((Some((self._must(clause), All((may, self.when(clause))))), *self._said(clause)))

    @staticmethod
    def _must(clause: Clause) -> Expr:
        """That a type of the contract must hold it, and nothing spares it."""
        wanted, unless = of_types(clause.card.must), clause.card.unless
        return wanted if unless is None else All((wanted, Not(condition(unless))))

    @staticmethod
    def _said(clause: Clause) -> list[Expr]:
        """That the deal says everything without which the clause is left out."""
        variables = clause.card.variables.items()
        needed = [name for name, variable in variables if variable.absent == "omit_clause" and name in kinds()]
        return [Compare("ne", Name(each), Const(None)) for each in needed]

    @staticmethod
    def when(clause: Clause) -> Expr:
        return condition(clause.card.when) if clause.card.when is not None else NEVER

    def by_wish(self, key: str) -> Expr:
        """When a clause can be in, where a deal may also add it or leave it out: only what is mandatory is sure."""
        clause = self.library.clauses.get(key)
        if clause is None:
            return NEVER
        return All((Some((self._must(clause), Name(f"{WISH}{key}"))), *self._said(clause)))

    def may_stand(self, clause: Clause) -> Expr:
        """Types in which a clause can stand, by facts or by a deal's wish."""
        if not clause.card.must and not clause.card.may:
            return ALWAYS
        return of_types((*clause.card.must, *clause.card.may))

    def variant(self, clause: Clause, name: str) -> Expr:
        """When the facts choose a variant of a clause that is in; NEVER for one only deals can name."""
        before: list[Expr] = []
        for each in clause.card.variants:
            own = condition(each.when) if each.when is not None else NEVER
            if each.name == name:
                return All((*before, own))
            before.append(Not(own))
        return All(tuple(before)) if name == STANDARD else NEVER

    def expanded(self, expr: Expr, *, wishes: bool = False) -> Expr:
        """A condition with `clause.KEY` and `annex.KEY` replaced by when they are in."""

        def put(name: Name) -> Expr:
            group, _, key = name.name.partition(".")
            if group in ("clause", "annex") and key in self.library.clauses:
                return self.by_wish(key) if wishes else self.by_facts(key)
            return name

        known = (expr, wishes)
        if known not in self._expanded:
            self._expanded[known] = replaced(expr, put)
        return self._expanded[known]

    def is_possible(self, *conditions: Expr, wishes: bool = False) -> bool:
        return self.example(*conditions, wishes=wishes) is not None

    def example(self, *conditions: Expr, wishes: bool = False) -> dict[str, Any] | None:
        """Facts under which all of these hold; None where no deal has them."""
        expanded = [self.expanded(each, wishes=wishes) for each in conditions]
        asked = {name for each in expanded for name in names(each)}
        pairs = (each for each in EXACTLY_ONE if asked & {f"{WISH}{key}" for key in each[1:]})
        return self.space.example(*expanded, *(self._exactly_one(*each) for each in pairs))

    def _exactly_one(self, kind: str, one: str, other: str) -> Expr:
        a, b = self.by_wish(one), self.by_wish(other)
        return Some((Not(of_types((kind,))), All((a, Not(b))), All((b, Not(a)))))

    @cached_property
    def cards(self) -> Mapping[str, tuple[Expr, ...]]:
        """The conditions of every card."""
        return {
            key: tuple(
                condition(text)
                for text in (clause.card.when, clause.card.unless, *(v.when for v in clause.card.variants))
                if text is not None
            )
            for key, clause in self.library.clauses.items()
        }


def known_names(expr: Expr) -> tuple[str, ...]:
    return tuple(name for name in names(expr) if name in kinds())
