"""What drafting a contract yields: clauses in and out, what is not standard, what is missing. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docgen.contract.facts import ContractFacts
from docgen.contract.library import Clause, Library
from docgen.contract.sides import Sides
from docgen.deal.contract import Contract
from docgen.problems import Path, Problem
from docgen.values import Text

Reason = Literal["must", "when", "on_request", "not_of_type", "condition", "left_out", "nothing_to_say"]
DeviationKind = Literal["variant", "added", "left_out", "value", "special_term"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that is not legal's standard: what, where the deal asks for it, and who must agree.

    was, now   the standard's name or value, and the deal's;  because: why, in the variant's or the deal's words
    """

    kind: DeviationKind
    clause: str
    approvers: tuple[str, ...]
    path: Path
    was: str = ""
    now: str = ""
    because: Text | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact a clause prints and the deal does not state. A draft shows it; a final contract waits for it."""

    clause: str
    fact: str
    name: Text
    path: Path


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause of this contract: its variant, and the values it prints in place of what the deal leaves unsaid.

    why     must: the type wants it; when: its condition holds; on_request: the deal asks for it
    since   the types that want it, or the condition, in words
    """

    clause: Clause
    variant: str
    why: Reason
    since: str
    values: Mapping[str, Any]
    gaps: tuple[Gap, ...] = ()
    because: Text | None = None

    @property
    def key(self) -> str:
        return self.clause.key


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause that is not in this contract, and why."""

    clause: Clause
    why: Reason
    since: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract before it has words. `facts` are what its clauses may speak about."""

    sides: Sides
    library: Library
    facts: ContractFacts
    title: Text
    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    deviations: tuple[Deviation, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def articles(self) -> tuple[Chosen, ...]:
        return tuple(each for each in self.chosen if not each.clause.card.annex)

    @property
    def annexes(self) -> tuple[Chosen, ...]:
        return tuple(each for each in self.chosen if each.clause.card.annex)

    @property
    def own(self) -> Contract:
        return self.sides.deal.contract or Contract()

    def has(self, key: str) -> bool:
        return any(each.key == key for each in self.chosen)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Stands where a clause says that there is none."""


NOTHING = Nothing()
