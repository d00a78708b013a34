"""Why each clause is in a contract or not, in which variant, and who must agree: for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.contract.draft import Chosen, Draft, LeftOut


@dataclass(frozen=True, slots=True)
class ClauseReason:
    """One clause of the library for one deal.

    why        one word: must, when, on_request; not_of_type, condition, left_out, nothing_to_say
    because    the types, the condition or the fact it speaks of
    approvers  who must agree to it as it stands; empty where it is legal's standard
    """

    key: str
    version: str
    inside: bool
    variant: str
    why: str
    because: str
    approvers: tuple[str, ...]


def reasons(draft: Draft) -> tuple[ClauseReason, ...]:
    """Every clause of the library, in the order of contracts."""
    found = [*(_inside(draft, each) for each in draft.chosen), *(_outside(draft, each) for each in draft.left_out)]
    order = {clause.key: number for number, clause in enumerate(draft.library.in_order)}
    return tuple(sorted(found, key=lambda each: order[each.key]))


def _inside(draft: Draft, each: Chosen) -> ClauseReason:
    return ClauseReason(
        each.key,
        each.clause.card.version,
        True,
        each.variant,
        each.why,
        each.since,
        tuple(dict.fromkeys(_approvers(draft, each.key))),
    )


def _outside(draft: Draft, each: LeftOut) -> ClauseReason:
    approvers = tuple(dict.fromkeys(_approvers(draft, each.clause.key)))
    return ClauseReason(each.clause.key, each.clause.card.version, False, "", each.why, each.since, approvers)


def _approvers(draft: Draft, key: str) -> Iterator[str]:
    for deviation in draft.deviations:
        if deviation.clause == key:
            yield from deviation.approvers
