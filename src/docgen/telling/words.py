"""Checks of words: placeholders, claims nobody proves, names that must not leave the house."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.locales.claims import claims_in
from docgen.problems import Path, Problem, warning
from docgen.telling.told import Told, names_of


def placeholders(told: Told) -> Iterator[Problem]:
    for path, text in told.words:
        for found in claims_in(text, "placeholders"):
            yield warning("story_placeholder", *path, found=found)


def competitors(told: Told) -> Iterator[Problem]:
    """A competitor's name in what the customer reads."""
    names = [name for each in told.deal.opportunity.competitors for name in names_of(each)]
    yield from _named(told, dict.fromkeys(names, "story_competitor"))


def other_customers(told: Told) -> Iterator[Problem]:
    """Names of customers whose stories may not be told, and of those the house keeps secret."""
    own = set(names_of(told.deal.customer.name))
    yield from _named(told, {name: code for name, code in told.secret.items() if name not in own})


SHORTEST_NAME = 2


def _named(told: Told, names: dict[str, str]) -> Iterator[Problem]:
    for path, text in told.words:
        lowered = text.lower()
        for name, code in names.items():
            if len(name) >= SHORTEST_NAME and name.lower() in lowered:
                yield warning(code, *path, name=name)


def superlatives(told: Told) -> Iterator[Problem]:
    """A claim that cannot be measured; a win theme that shows its proof may make one."""
    proven = {
        ("story", "win_themes", index) for index, theme in enumerate(told.story.win_themes) if theme.proof is not None
    }
    for path, text in told.words:
        if path[:3] not in proven:
            for found in claims_in(text, "superlatives"):
                yield warning("story_superlative", *path, found=found)


def proofs(told: Told) -> Iterator[Problem]:
    """A win theme without a proof, a benefit without a source."""
    for index, theme in enumerate(told.story.win_themes):
        if theme.proof is None:
            yield warning("claim_without_proof", "story", "win_themes", index, claim=told.said(theme.claim))
    value = told.deal.value
    for index, benefit in enumerate(value.benefits if value is not None else ()):
        if benefit.source is None and benefit.evidence is None:
            path: Path = ("value", "benefits", index)
            yield warning("benefit_without_source", *path, name=told.said(benefit.name))
