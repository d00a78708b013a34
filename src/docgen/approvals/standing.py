"""How one needed approval stands, from what the record holds: who agreed, who refused, whose yes still holds.

Of every person the last decision in a role counts. A no stands while what it saw stands; a yes as `judge` finds it;
`quorum` says how many are needed: all of the roles, any one person, or a number of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from docgen.approvals.judge import Finding, Moved, judge
from docgen.approvals.record import Decision, Entry, Record, same_name
from docgen.deal import Deal
from docgen.values import Text
from docgen.vocabulary import ApprovalRule, RolePolicy

Status = Literal["missing", "waiting", "valid", "within_tolerance", "broken", "rejected", "revoked"]


@dataclass(frozen=True, slots=True)
class Given:
    """A decision that was recorded, and how it stands now; `status` as in the JSON, `names`: all of the person's."""

    role: str
    by: str
    at: str
    status: Status
    comment: str | None = None
    number: int = 0
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision is held against: the deal as it is now, the bad side of each figure, who may speak for a role."""

    deal: Deal
    currency: str
    worse: Mapping[str, int]
    roles: Mapping[str, RolePolicy] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stand:
    status: Status
    given: tuple[Given, ...] = ()
    moved: tuple[Moved, ...] = ()


_STATUS: dict[tuple[Decision, str], Status] = {
    ("approved", "valid"): "valid",
    ("approved", "within_tolerance"): "within_tolerance",
    ("approved", "broken"): "broken",
    ("rejected", "valid"): "rejected",
    ("rejected", "within_tolerance"): "missing",  # a no to other figures is no answer to these
    ("rejected", "broken"): "missing",
}


def standing(rule: ApprovalRule, looked_at: Mapping[str, str], record: Record, now: Standing) -> Stand:
    """The status of one needed approval."""
    entries = [e for e in record.entries if e.rule == rule.rule and e.role in rule.approver and e.deal == now.deal.deal]
    if entries and not record.is_intact:
        return Stand("broken", (), (Moved("record", "", ""),))
    entitled = [e for e in entries if refusal(e.role, e.by, now.deal, now.roles) is None and _proved(e, record, now)]
    given: list[Given] = []
    moved: tuple[Moved, ...] = ()
    for entry in _last_of_each(entitled, now.roles):
        finding = judge(entry, looked_at, now.currency, now.worse)
        given.append(_given(entry, finding, now.roles))
        if given[-1].status == "broken":
            moved = moved or finding.broken_by
    status = _together(rule, given)
    return Stand(status, tuple(given), moved if status == "broken" else ())


def _last_of_each(entries: Sequence[Entry], roles: Mapping[str, RolePolicy]) -> Iterator[Entry]:
    """The last decision of every person in every role, in the order they were made."""
    last = {(entry.role, names_of(entry.by, roles)): entry for entry in entries}
    yield from sorted(last.values(), key=lambda entry: entry.number)


def _given(entry: Entry, finding: Finding, roles: Mapping[str, RolePolicy]) -> Given:
    status: Status = "revoked" if entry.decision == "revoked" else _STATUS[entry.decision, finding.holding]
    return Given(entry.role, entry.by, entry.at, status, entry.comment, entry.number, names_of(entry.by, roles))


def _together(rule: ApprovalRule, given: Sequence[Given]) -> Status:
    """A no outweighs every yes; then the quorum; then what is there but does not hold."""
    found = [each.status for each in given]
    if "rejected" in found:
        return "rejected"
    good = [each for each in given if each.status in ("valid", "within_tolerance")]
    if _is_quorum(rule, good):
        return "valid" if _is_quorum(rule, [each for each in good if each.status == "valid"]) else "within_tolerance"
    return "broken" if "broken" in found else "revoked" if "revoked" in found else "missing"


def _is_quorum(rule: ApprovalRule, good: Sequence[Given]) -> bool:
    if rule.quorum == "all":
        return {each.role for each in good} == set(rule.approver)
    return len({each.names for each in good}) >= (1 if rule.quorum == "any" else int(rule.quorum))


# ---- who may speak for a role ---------------------------------------------------------------------------------------
def refusal(role: str, by: str, deal: Deal, roles: Mapping[str, RolePolicy]) -> str | None:
    """Why this person may not decide in this role, as a problem code; None if she may."""
    policy = roles.get(role)
    if policy is None:
        return None
    own, maker = names_of(by, roles), deal.prepared_by
    if policy.members and not any(own & _names(member.name) for member in policy.members):
        return "not_a_member"
    if not policy.self_approval and maker is not None and own & _names(maker.name):
        return "self_approval"
    return None


def names_of(person: str, roles: Mapping[str, RolePolicy]) -> frozenset[str]:
    """Every name a person goes by: where the roles know 王丽 as Ann Wang too, these two are one."""
    own = {same_name(person)}
    for names in (_names(member.name) for policy in roles.values() for member in policy.members):
        own |= names if names & own else set()
    return frozenset(own)


def _names(name: Text) -> set[str]:
    return {same_name(each) for each in (name.zh, name.en) if each}


def _proved(entry: Entry, record: Record, now: Standing) -> bool:
    """Where the role asks for signatures, only signed decisions count."""
    policy = now.roles.get(entry.role)
    return policy is None or not policy.signed or entry.number in record.signed
