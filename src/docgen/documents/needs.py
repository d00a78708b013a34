"""Facts a part of a paper may wait for, by name. A new one is one line in NEEDS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.problems import Problem, warning

if TYPE_CHECKING:
    from docgen.documents.manifest import Manifest, Part
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
    "value.delivered": _value(lambda case: case.delivered),
    "why_now": _why_now,
    "delay": lambda facts: _why_now(facts) or _value(lambda case: case.cost_of_delay)(facts),
    "earlier": lambda facts: bool(facts.deal.earlier),
    "seller.profile": lambda facts: facts.seller.profile is not None,
    "seller.method": lambda facts: bool(facts.seller.method),
}


class Missing(NamedTuple):
    """A part that cannot be told yet, and the facts it waits for."""

    part: Part
    facts: tuple[str, ...]


def told_parts(parts: Sequence[Part], facts: Facts) -> Iterator[Part | Missing]:
    """The parts in order: those that can be told, and those that wait; what does not apply is left out."""
    for part in parts:
        if not all(NEEDS[need](facts) for need in part.when):
            continue
        lacking = tuple(need for need in part.needs if not NEEDS[need](facts))
        yield Missing(part, lacking) if lacking else part


def missing_parts(parts: Sequence[Part], facts: Facts) -> tuple[Missing, ...]:
    return tuple(each for each in told_parts(parts, facts) if isinstance(each, Missing))


def missing_sections(manifest: Manifest, facts: Facts) -> Iterator[Problem]:
    """Each section that waits, at the place in the deal where its first fact would stand."""
    for part, lacking in missing_parts(manifest.parts, facts):
        path = lacking[0].split(".") if lacking[0].startswith(("story", "value")) else ()
        words = {"section": part.called(facts.deal.language[0]), "facts": ", ".join(lacking), "by": part.by}
        yield warning("section_missing", *path, **words)
