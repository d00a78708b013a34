"""Every check of a story. A new one is a function (told) → problems and one line in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from docgen.facts import Facts
from docgen.problems import Problem
from docgen.telling import content, words
from docgen.telling.told import Told

CHECKS: tuple[Callable[[Told], Iterator[Problem]], ...] = (
    words.placeholders,
    words.competitors,
    words.other_customers,
    words.superlatives,
    words.proofs,
    content.requirements,
    content.impact_chain,
    content.benefits,
    content.dates,
    content.team,
    content.risks,
    content.plan,
)


def check_story(facts: Facts, secret: Mapping[str, str]) -> Iterator[Problem]:
    """Everything a reviewer would send back; `secret`: names that may not appear, with the code that says why."""
    told = Told(facts, dict(secret))
    for each in CHECKS:
        yield from each(told)
