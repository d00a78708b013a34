"""review(deal, quote, rules) → Verdict: which approvals are needed, why, and which of them are still missing.

Rules of one chain are asked in rising steps, each after the one before; different chains side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.approvals.judge import Moved, worse_sides
from docgen.approvals.looked_at import GROUPS, floors, groups, plain_value
from docgen.approvals.names import KNOWN, values_of
from docgen.approvals.record import Record
from docgen.approvals.standing import Given, Standing, Status, standing
from docgen.deal import Deal
from docgen.expressions import Comparison, Condition, ExpressionError, read
from docgen.money import exactly
from docgen.pricing import Quote
from docgen.problems import Path, Problem
from docgen.values import Text
from docgen.vocabulary import ApprovalRule, RolePolicy

if TYPE_CHECKING:
    from docgen.contract import Deviation, Draft

Roles = Mapping[str, RolePolicy]
Subject = tuple[Deal, Quote, "Draft | None"]
"""What a rule is asked about."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules of one file, with where they stand."""

    rules: Sequence[ApprovalRule]
    origin: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One yes that is needed.

    figures    what the rule compared, with its limits;  looked_at: the plain values a yes is bound to
    given      decisions that were recorded for it;  broken_by: the figures that moved too far since
    """

    rule: str
    approvers: tuple[str, ...]
    quorum: str
    chain: str
    step: int
    because: Text
    status: Status
    when: str
    origin: str
    path: Path
    figures: tuple[Comparison, ...] = ()
    looked_at: Mapping[str, str] = field(default_factory=dict)
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    moved: tuple[Moved, ...] = ()
    follows_open: bool = False

    @property
    def approver(self) -> str:
        """Who is asked, in words: `finance`, `finance, legal`, `any of finance, legal`, `2 of sales_manager`."""
        roles = ", ".join(self.approvers)
        plainly = self.quorum == "all" or (self.quorum in ("any", "1") and len(self.approvers) == 1)
        return roles if plainly else f"{self.quorum} of {roles}"

    @property
    def compared(self) -> dict[str, Any]:
        """The figures the rule's conditions look at, by name, exact."""
        return {each.name: each.figure for each in self.figures}

    @property
    def broken_by(self) -> str | None:
        """The field that broke it, the first in the order the rule looks at them."""
        return self.moved[0].name if self.moved else None

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

    def of(self, document: str) -> Verdict:
        """What one document waits for: rules may be for some papers only."""
        needed = tuple(a for a in self.approvals if not a.documents or document in a.documents)
        return replace(self, approvals=needed)


def review(
    deal: Deal,
    quote: Quote,
    rule_sets: Sequence[RuleSet],
    record: Record | None = None,
    roles: Roles | None = None,
    draft: Draft | None = None,
) -> Verdict:
    """Who must approve this deal as it is priced now, with its contract where one is wanted, and who has."""
    with exactly():
        values = values_of(deal, quote, draft)
        needed: list[Approval] = []
        problems: list[Problem] = list(_shared_names(rule_sets))
        for rules, told in (*((each, None) for each in rule_sets), *_of_clauses(draft)):
            for index, rule in enumerate(rules.rules):
                path: Path = ("approvals", index)
                try:
                    approval = _asked(
                        rule, values, (deal, quote, draft), (rules.origin, path), record or Record(), roles or {}
                    )
                except ExpressionError as error:
                    problems.append(Problem(error.code, (*path, "when"), error.params, origin=rules.origin))
                    continue
                if approval is not None:
                    needed.append(approval if told is None else replace(approval, figures=(told,)))
    return Verdict(tuple(_waiting_in_chains(needed)), (), tuple(problems))


def _of_clauses(draft: Draft | None) -> Iterator[tuple[RuleSet, Comparison]]:
    """A rule for each deviation of the contract, and what to show of it: those the clause names must agree, to it and
    nothing else."""
    if draft is None:
        return
    from docgen.approvals.contract_names import clause_group

    for deviation, name in zip(draft.deviations, clause_group(draft), strict=True):
        rule = ApprovalRule(
            rule=name.replace(" ", "-"),
            when="clause_deviations > 0",
            approver=deviation.approvers,
            chain=name.replace(" ", "-"),
            looks_at=(name,),
            because=_why(deviation),
            documents=("contract",),
        )
        yield RuleSet((rule,), f"clause {deviation.clause}"), _told(deviation)


def _told(deviation: Deviation) -> Comparison:
    """What to show of a deviation in the place of a figure: the value, the text, the clause or the special term."""
    name = {"value": str(deviation.path[-1]), "variant": "text", "special_term": "term"}.get(deviation.kind, "clause")
    return Comparison(name, deviation.now or deviation.was, "", None)


def _why(deviation: Deviation) -> Text:
    """In the words of the clause or the deal where they say why; else what departs from the standard."""
    if deviation.because is not None:
        return deviation.because
    was, now, clause = deviation.was, deviation.now, deviation.clause
    zh, en = {
        "added": (f"交易要求加入条款 {clause}", f"The deal asks for the clause {clause}"),
        "left_out": (f"交易要求不列条款 {clause}", f"The deal leaves out the clause {clause}"),
        "value": (f"约定 {now}，标准为 {was}", f"{now} instead of {was}"),
        "variant": (f"采用文本 {now}", f"The text {now} instead of the standard"),
        "special_term": (now, now),
    }[deviation.kind]
    return Text.model_validate({"zh-CN": zh, "en": en})


def _shared_names(rule_sets: Sequence[RuleSet]) -> Iterator[Problem]:
    """Rules of two files under one name: a yes to the one would be told as a yes to the other."""
    seen: set[str] = set()
    for rules in rule_sets:
        for index, rule in enumerate(rules.rules):
            if rule.rule in seen:
                yield Problem("duplicate_rule", ("approvals", index, "rule"), {"rule": rule.rule}, origin=rules.origin)
        seen |= {rule.rule for rule in rules.rules}


def _asked(
    rule: ApprovalRule,
    values: Mapping[str, Any],
    subject: Subject,
    source: tuple[str, Path],
    record: Record,
    roles: Roles,
) -> Approval | None:
    """The approval a rule asks for; None where its condition does not hold, or what was given in return does."""
    when, unless = read(rule.when), read(rule.unless) if rule.unless is not None else None
    if not when.holds(values) or (unless is not None and unless.holds(values)):
        return None
    conditions = (when, unless) if unless is not None else (when,)
    deal, quote, _ = subject
    looked_at = _looked_at(rule, conditions, values, subject)
    figures, against = when.comparisons(values), unless.comparisons(values) if unless is not None else ()
    found = standing(
        rule,
        looked_at,
        record,
        Standing(deal=deal, currency=quote.currency, worse=worse_sides(figures, against), roles=roles),
    )
    return Approval(
        rule=rule.rule,
        approvers=rule.approver,
        quorum=rule.quorum,
        chain=rule.chain,
        step=rule.step,
        because=rule.because,
        status=found.status,
        when=rule.when,
        origin=source[0],
        path=source[1],
        figures=_figures(conditions, figures, values),
        looked_at=looked_at,
        tolerance=rule.tolerance,
        documents=rule.documents,
        given=found.given,
        moved=found.moved,
    )


def _looked_at(
    rule: ApprovalRule, conditions: Sequence[Condition], values: Mapping[str, Any], subject: Subject
) -> dict[str, str]:
    """Plain values by name: of the rule's own list, else of everything its conditions ask for."""
    out: dict[str, str] = {}
    if rule.looks_at:
        of_group = groups(*subject)
        for name in rule.looks_at:
            if name in of_group:
                out |= of_group[name]()
            elif name in KNOWN:
                out[name] = plain_value(values[name])
    else:
        for condition in conditions:
            out |= {name: plain_value(value) for name, value in condition.looked_at(values).items()}
    return out | floors(subject[1]) if "below_floor" in out else out


def _figures(
    conditions: Sequence[Condition], compared: Sequence[Comparison], values: Mapping[str, Any]
) -> tuple[Comparison, ...]:
    """What to show of a rule: each comparison of `when`, then what else its conditions look at, without a limit."""
    shown = {each.name for each in compared}
    rest = {name: value for c in conditions for name, value in c.looked_at(values).items() if name not in shown}
    return (*compared, *(Comparison(name, value, "", None) for name, value in rest.items()))


def _waiting_in_chains(needed: Sequence[Approval]) -> Iterator[Approval]:
    """An approval whose chain has an open earlier step is waiting."""
    for approval in needed:
        earlier = any(a.chain == approval.chain and a.step < approval.step and a.is_open for a in needed)
        status: Status = "waiting" if earlier and approval.status == "missing" else approval.status
        yield replace(approval, status=status, follows_open=earlier)


# ---- rules by themselves --------------------------------------------------------------------------------------------
def check_rules(rules: Sequence[ApprovalRule], origin: str) -> Iterator[Problem]:
    """What is wrong with rules before any deal is there: unreadable conditions, unknown names, doubles, quorums."""
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
        for number, name in enumerate(rule.looks_at):
            if name not in KNOWN and name not in GROUPS:
                yield _unknown(name, (*path, "looks_at", number), origin, GROUPS)


def _check_condition(condition: str, path: Path, origin: str) -> Iterator[Problem]:
    try:
        names = read(condition).names
    except ExpressionError as error:
        yield Problem(error.code, path, error.params, origin=origin)
        return
    for name in names:
        if name not in KNOWN:
            yield _unknown(name, path, origin)


def _unknown(name: str, path: Path, origin: str, more: Sequence[str] = ()) -> Problem:
    known = "\n".join((*sorted(KNOWN), *more))
    return Problem("unknown_name", path, {"name": name, "known": known}, origin=origin)
