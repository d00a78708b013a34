"""Checks of what is told: answers, people, plan, dates, benefits, risks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from docgen.problems import Path, Problem, problem, warning
from docgen.telling.told import Told, names_of, same_name
from docgen.value.gates import LARGE_IMPROVEMENT

LEAST_PEOPLE = 4
"""In an impact chain; with fewer it is one person's complaint."""
MOST_BENEFITS = 5
"""More of them and none is remembered."""
EVENTS = ("go_live", "acceptance")
"""Payments that wait for something the plan must name."""


def requirements(told: Told) -> Iterator[Problem]:
    """Every requirement answered; every answer that is not a plain yes explained; only products that are quoted."""
    quoted = {line.line.sku for line in told.facts.quote.lines}
    seen: set[str] = set()
    for index, each in enumerate(told.story.requirements):
        path: Path = ("story", "requirements", index)
        if each.id in seen:
            yield problem("duplicate_requirement", *path, "id", id=each.id)
        seen.add(each.id)
        if each.answer is None:
            yield warning("requirement_unanswered", *path, id=each.id)
        elif each.answer in ("partial", "custom", "no") and each.why is None:
            yield warning("requirement_unexplained", *path, "answer", id=each.id, answer=each.answer)
        for number, sku in enumerate(each.lines):
            if quoted and sku not in quoted:
                known = "\n".join(sorted(filter(None, quoted)))
                yield warning("requirement_line_unknown", *path, "lines", number, sku=sku, id=each.id, known=known)


def impact_chain(told: Told) -> Iterator[Problem]:
    chain = told.story.impact_chain
    if chain and len(chain) < LEAST_PEOPLE:
        yield warning("impact_chain_short", "story", "impact_chain", count=len(chain), least=LEAST_PEOPLE)
    above: list[str] = []
    for index, link in enumerate(chain):
        for number, role in enumerate(link.reaches):
            if role not in above:
                path: Path = ("story", "impact_chain", index, "reaches", number)
                yield warning("chain_unknown_role", *path, role=role, known="\n".join(above))
        above += names_of(link.role)


def benefits(told: Told) -> Iterator[Problem]:
    value = told.deal.value
    found = value.benefits if value is not None else ()
    if len(found) > MOST_BENEFITS:
        yield warning("too_many_benefits", "value", "benefits", count=len(found), most=MOST_BENEFITS)
    for index, each in enumerate(found):
        large = each.improvement is not None and each.improvement.expected > LARGE_IMPROVEMENT
        if large and each.evidence is None:
            yield warning("value_large_improvement", "value", "benefits", index, "improvement", limit="40%")


def dates(told: Told) -> Iterator[Problem]:
    """What cannot happen before the signature, set before it."""
    signed = signature(told)
    for path, day in _later(told):
        if day < signed:
            yield warning("date_before_signature", *path, date=day, signature=signed)


def signature(told: Told) -> dt.date:
    """The day the contract is expected to be signed: of the value model, else the expected close, else the deal's."""
    deal = told.deal
    stated = deal.value.signature if deal.value is not None else None
    return stated or deal.opportunity.expected_close or deal.date


def _later(told: Told) -> Iterator[tuple[Path, dt.date]]:
    """Days that only make sense after the signature."""
    story, why = told.story, told.deal.opportunity.why_now
    if story.plan_starts is not None:
        yield ("story", "plan_starts"), story.plan_starts
    for index, each in enumerate(story.initiatives):
        if each.deadline is not None:
            yield ("story", "initiatives", index, "deadline"), each.deadline
    if why is not None and why.deadline is not None:
        yield ("opportunity", "why_now", "deadline"), why.deadline


def team(told: Told) -> Iterator[Problem]:
    for index, each in enumerate(told.story.team):
        if not each.confirmed:
            yield warning("team_unconfirmed", "story", "team", index, name=told.said(each.name))


def risks(told: Told) -> Iterator[Problem]:
    for index, each in enumerate(told.story.risks):
        if each.answer is None or each.owner is None:
            lacks = " and ".join(k for k, v in (("an answer", each.answer), ("an owner", each.owner)) if v is None)
            yield warning("risk_unanswered", "story", "risks", index, lacks=lacks)


def plan(told: Told) -> Iterator[Problem]:
    """Steps and payments belong together by name; the plan goes live when the value model says."""
    payments, steps = told.facts.quote.payments, told.story.plan
    known = "\n".join(dict.fromkeys(told.said(each.name) for each in payments))
    seen: set[str] = set()
    for index, step in enumerate(steps):
        path: Path = ("story", "plan", index)
        if step.id in seen:
            yield problem("duplicate_step", *path, "id", id=step.id)
        seen.add(step.id)
        if step.payment is not None and not any(same_name(step.payment, each.name) for each in payments):
            yield warning("plan_payment_unknown", *path, "payment", name=told.said(step.payment), known=known)
    named = [step.payment for step in steps if step.payment is not None]
    for each in payments if steps else ():
        if each.due in EVENTS and not any(same_name(name, each.name) for name in named):
            yield warning(
                "payment_without_step", "story", "plan", name=told.said(each.name), due=each.due.replace("_", "-")
            )
    yield from _go_live(told)


def _go_live(told: Told) -> Iterator[Problem]:
    """The step whose payment is due at go-live ends in the month the value model goes live."""
    value, payments = told.deal.value, told.facts.quote.payments
    due = [each.name for each in payments if each.due == "go_live"]
    for index, step in enumerate(told.story.plan):
        if value is None or value.flows or step.payment is None:
            continue
        if any(same_name(step.payment, name) for name in due) and step.last_month != value.go_live_month:
            words = {"month": step.last_month, "live": value.go_live_month}
            yield warning("plan_go_live_differs", "story", "plan", index, "months", **words)
