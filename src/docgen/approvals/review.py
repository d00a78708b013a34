"""review(deal, quote, rules) → Verdict: which approvals are needed, why, and which of them are still missing.

Rules of one chain are asked in rising steps, each after the one before; different chains side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from docgen.approvals.names import KNOWN, values_of
from docgen.deal import Deal
from docgen.expressions import ExpressionError, read
from docgen.money import exactly
from docgen.pricing import Quote
from docgen.problems import Path, Problem
from docgen.values import Text
from docgen.vocabulary import ApprovalRule

Status = Literal["missing", "waiting", "valid", "within_tolerance", "broken", "rejected", "revoked"]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules of one file, with where they stand."""

    rules: Sequence[ApprovalRule]
    origin: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One yes that is needed. `looked_at`: the values the rule asked about, by name."""

    rule: str
    approver: str
    chain: str
    step: int
    because: Text
    status: Status
    when: str
    origin: str
    path: Path
    looked_at: Mapping[str, Any] = field(default_factory=dict)
    broken_by: str | None = None

    @property
    def is_open(self) -> bool:
        return self.status not in ("valid", "within_tolerance")


@dataclass(frozen=True, slots=True)
class Verdict:
    approvals: tuple[Approval, ...] = ()
    gates: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def open(self) -> tuple[Approval, ...]:
        return tuple(a for a in self.approvals if a.is_open)

    @property
    def is_clear(self) -> bool:
        """Whether papers may leave the house: all approvals there, all gates passed."""
        return not self.open and not self.gates


def review(deal: Deal, quote: Quote, rule_sets: Sequence[RuleSet], gates: Sequence[Problem] = ()) -> Verdict:
    """Who must approve this deal as it is priced now."""
    with exactly():
        values = values_of(deal, quote)
    needed: list[Approval] = []
    problems: list[Problem] = []
    for rules in rule_sets:
        for index, rule in enumerate(rules.rules):
            path: Path = ("approvals", index)
            try:
                approval = _asked(rule, values, rules.origin, path)
            except ExpressionError as error:
                problems.append(Problem(error.code, (*path, "when"), error.params, origin=rules.origin))
                continue
            if approval is not None:
                needed.append(approval)
    return Verdict(tuple(_waiting_in_chains(needed)), tuple(gates), tuple(problems))


def _asked(rule: ApprovalRule, values: Mapping[str, Any], origin: str, path: Path) -> Approval | None:
    when = read(rule.when)
    if not when.holds(values):
        return None
    names = when.names
    if rule.unless is not None:
        unless = read(rule.unless)
        names = (*names, *unless.names)
        if unless.holds(values):
            return None
    looked_at = {name: values[name] for name in dict.fromkeys(names)}
    return Approval(
        rule.rule, rule.approver, rule.chain, rule.step, rule.because, "missing", rule.when, origin, path, looked_at
    )


def _waiting_in_chains(needed: Sequence[Approval]) -> Iterator[Approval]:
    """An approval whose chain has an open earlier step is waiting."""
    for approval in needed:
        earlier = any(a.chain == approval.chain and a.step < approval.step and a.is_open for a in needed)
        yield replace(approval, status="waiting") if earlier and approval.status == "missing" else approval


def check_rules(rules: Sequence[ApprovalRule], origin: str) -> Iterator[Problem]:
    """What is wrong with rules before any deal is there: unreadable conditions, unknown names, doubles."""
    seen: dict[str, int] = {}
    for index, rule in enumerate(rules):
        path: Path = ("approvals", index)
        if rule.rule in seen:
            yield Problem("duplicate_rule", (*path, "rule"), {"rule": rule.rule}, origin=origin)
        seen[rule.rule] = index
        for key, condition in (("when", rule.when), ("unless", rule.unless)):
            if condition is not None:
                yield from _check_condition(condition, (*path, key), origin)
        for name in rule.tolerance:
            if name not in KNOWN:
                yield _unknown(name, (*path, "tolerance", name), origin)


def _check_condition(condition: str, path: Path, origin: str) -> Iterator[Problem]:
    try:
        names = read(condition).names
    except ExpressionError as error:
        yield Problem(error.code, path, error.params, origin=origin)
        return
    for name in names:
        if name not in KNOWN:
            yield _unknown(name, path, origin)


def _unknown(name: str, path: Path, origin: str) -> Problem:
    return Problem("unknown_name", path, {"name": name, "known": "\n".join(sorted(KNOWN))}, origin=origin)
