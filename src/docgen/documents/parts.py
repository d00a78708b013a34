"""The parts of a paper: what each waits for, who brings it, and which of them a deal can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from pydantic import PlainValidator, WithJsonSchema, model_validator

from docgen.documents.needs import NEEDS
from docgen.problems import Problem, warning
from docgen.values import PLAIN_TEXT, Count, Model, Text, Word, YesNo, one_of
from docgen.vocabulary import OneOrMany, Role

if TYPE_CHECKING:
    from docgen.facts import Facts

Need = Annotated[str, PlainValidator(one_of(tuple(NEEDS))), WithJsonSchema({"enum": list(NEEDS)})]
"""A fact a part may wait for."""


class Part(Model):
    """One part of a paper; plain `team` is a part that is always there.

    needs   facts without which it is left out, and named in the draft as to be filled, by whom
    when    facts without which there is nothing to tell, so that it is left out silently
    under   the part whose chapter it belongs to; where that one is not told, its headings are a level higher
    title   what the list of missing parts calls it
    body        whether its pages count among those of the body;  most_pages: of this part alone
    """

    shorthand: ClassVar[dict[str, Any] | None] = PLAIN_TEXT
    part: Word
    needs: OneOrMany[Need] = ()
    when: OneOrMany[Need] = ()
    by: Role = "sales"
    under: Word | None = None
    title: Text | None = None
    body: YesNo = True
    most_pages: Count | None = None

    def called(self, language: str) -> str:
        return self.part if self.title is None else self.title.get(language)

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"part": value} if isinstance(value, str) else value


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


_STANDS = {"why_now": ("opportunity", "why_now"), "value": ("value",), "quote": ("lines",), "payments": ("payment",)}
"""Where a fact would stand in the deal file, where its name does not say so."""


def missing_sections(parts: Sequence[Part], facts: Facts) -> Iterator[Problem]:
    """Each section that waits, at the place in the deal where its first fact would stand."""
    for part, lacking in missing_parts(parts, facts):
        path = _STANDS.get(lacking[0], lacking[0].split(".") if lacking[0].startswith("story.") else ())
        words = {"section": part.called(facts.deal.language[0]), "facts": ", ".join(lacking), "by": part.by}
        yield warning("section_missing", *path, **words)
