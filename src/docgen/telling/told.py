"""What the checks look at: a deal's facts, and the words of it that a customer may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from docgen.deal import Deal
from docgen.deal.story import Story
from docgen.facts import Facts
from docgen.problems import Path
from docgen.texts import texts
from docgen.values import LANGUAGES, Text


@dataclass(frozen=True)
class Told:
    """secret: names of customers that may not be named, with why: `secret_reference`, `secret_customer`."""

    facts: Facts
    secret: dict[str, str] = field(default_factory=dict)

    @property
    def deal(self) -> Deal:
        return self.facts.deal

    @cached_property
    def story(self) -> Story:
        return self.facts.deal.story or Story()

    @cached_property
    def words(self) -> tuple[tuple[Path, str], ...]:
        """Everything a customer may read of the deal's own words, with the place of each."""
        return tuple(_visible(self.deal))

    def said(self, text: Text) -> str:
        """A text in the deal's first language, for a sentence about it."""
        return text.get(self.deal.language[0])


def _visible(deal: Deal) -> Iterator[tuple[Path, str]]:
    for name in ("title", "payment", "terms", "value"):
        yield from texts(getattr(deal, name), (name,))
    yield from (each for each in texts(deal.story, ("story",)) if each[0][:2] != ("story", "references"))
    yield from texts(deal.opportunity.why_now, ("opportunity", "why_now"))
    for index, line in enumerate(deal.lines):
        yield from texts(line.custom, ("lines", index, "custom"))
        yield from texts(line.note, ("lines", index, "note"))
    for index, discount in enumerate(deal.discounts):
        yield from texts(discount.name, ("discounts", index, "name"))
    for index, each in enumerate(deal.alternatives):
        yield from texts(each.name, ("alternatives", index, "name"))


def names_of(text: Text) -> Iterator[str]:
    """A name in every language it is written in."""
    yield from dict.fromkeys(filter(None, (text.get(language) for language in LANGUAGES)))


def same_name(one: Text, other: Text) -> bool:
    """Whether two texts are the same words in some language."""
    return bool(set(names_of(one)) & set(names_of(other)))
