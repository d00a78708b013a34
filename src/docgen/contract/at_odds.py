"""Figures of a contract that promise nothing, or that contradict one another: each is fine by itself, and a clause that
prints it says what nobody can mean."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from docgen.contract.draft import Draft
from docgen.problems import Path, Problem, problem


def at_odds(draft: Draft) -> Iterator[Problem]:
    """Every such figure at its key."""
    for path, value in _figures(draft):
        if value is not None and value <= 0:
            yield problem("contract_of_nothing", *path, what=str(path[-1]))
    yield from _super_cap(draft)
    yield from _credits(draft)


def _figures(draft: Draft) -> Iterator[tuple[Path, Fraction | int | None]]:
    """What must be more than nothing where a deal states it. A clause that may be given up has another way to say so:
    `acceptance: {days: 0}`, `late: {rate_per_day: 0%}`, `renewal: {mode: none}`."""
    facts = draft.facts
    liability = facts.liability
    if liability.basis == "amount" and liability.amount is not None:
        yield ("terms", "liability", "amount"), Fraction(liability.amount.amount)
    else:
        yield ("terms", "liability", "cap"), liability.cap
    yield ("terms", "warranty", "months"), facts.warranty.months
    yield ("terms", "sla", "uptime"), facts.sla.uptime
    yield ("contract", "price_protection", "years"), facts.price_protection.years
    yield ("contract", "data", "breach_hours"), facts.data.breach_hours
    yield ("contract", "data", "return_days"), facts.data.return_days
    yield ("contract", "change", "reply_days"), facts.change.reply_days
    yield ("contract", "trial", "users"), facts.trial.users
    yield ("contract", "channel", "registration_days"), facts.channel.registration_days
    least = facts.channel.min_commitment
    yield ("contract", "channel", "min_commitment"), None if least is None else Fraction(least.amount)


def _super_cap(draft: Draft) -> Iterator[Problem]:
    """The cap for grave cases lies above the one for all others."""
    liability = draft.facts.liability
    cap, higher = liability.cap, liability.super_cap
    if liability.basis != "amount" and cap is not None and higher is not None and higher < cap:
        yield problem("super_cap_below_cap", "terms", "liability", "super_cap")


def _credits(draft: Draft) -> Iterator[Problem]:
    """Credits begin where the promise is broken, grow as availability falls, and all fit below their own cap."""
    sla = draft.sides.deal.terms.sla
    if sla is None or sla.tier == "none":
        return
    steps = sorted(enumerate(sla.credits), key=lambda step: -step[1].below)
    for at, step in steps:
        if sla.uptime is not None and step.below > sla.uptime:
            yield problem("credit_above_promise", "terms", "sla", "credits", at, "below")
        if sla.cap is not None and step.credit > sla.cap:
            yield problem("credit_over_cap", "terms", "sla", "credits", at, "credit")
    for (_, better), (at, worse) in pairwise(steps):
        if worse.credit <= better.credit or worse.below == better.below:
            yield problem("credit_not_rising", "terms", "sla", "credits", at, "credit")
