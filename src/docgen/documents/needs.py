"""Facts a part of a paper may wait for, by name. A new one is one line in NEEDS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.facts import Facts
    from docgen.value.case import ValueCase

STORY = (
    "summary", "initiatives", "impact_chain", "requirements", "solution", "scope", "plan", "team", "references",
    "risks", "assumptions", "win_themes", "support", "training", "evaluation_plan", "evaluation_consent", "next_steps",
)  # fmt: skip
"""Sections of a story; `references` are those that may be published."""


def _tells(facts: Facts, section: str) -> bool:
    """Whether the deal tells something there: a text, a list that is not empty, one of a section's own keys."""
    story = facts.deal.story
    told = None if story is None else getattr(story, section)
    return any(vars(told).values()) if section in ("solution", "scope") and told is not None else bool(told)


def _why_now(facts: Facts) -> bool:
    why = facts.deal.opportunity.why_now
    return why is not None and why.event is not None


def _value(tells: Callable[[ValueCase], object]) -> Callable[[Facts], bool]:
    """Whether the value model holds something of the kind."""
    return lambda facts: facts.value is not None and bool(tells(facts.value))


_delay = _value(lambda case: case.cost_of_delay)
_delivered = _value(lambda case: case.delivered)


def _section(name: str) -> Callable[[Facts], bool]:
    return lambda facts: _tells(facts, name)


NEEDS: Mapping[str, Callable[[Facts], bool]] = {
    **{f"story.{name}": _section(name) for name in STORY},
    "story.references": lambda facts: bool(facts.references),
    "quote": lambda facts: bool(facts.quote.lines),
    "payments": lambda facts: bool(facts.quote.payments),
    "alternatives": lambda facts: len(facts.alternatives) > 1,
    "value": lambda facts: facts.value is not None,
    "value.benefits": _value(lambda case: case.lines),
    "value.costs": _value(lambda case: not case.terms.flows),
    "value.ranges": _value(lambda case: case.is_range),
    "value.unquantified": _value(lambda case: case.terms.unquantified),
    "value.measures": _value(lambda case: any(line.benefit.measure for line in case.lines)),
    "value.delivered": _delivered,
    "why_now": _why_now,
    "delay": lambda facts: not _delivered(facts) and (_why_now(facts) or _delay(facts)),
    "earlier": lambda facts: bool(facts.deal.earlier),
    "seller.profile": lambda facts: facts.seller.profile is not None,
    "seller.method": lambda facts: bool(facts.seller.method),
}
