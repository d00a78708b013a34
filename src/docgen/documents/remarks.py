"""What reviewers of a paper should look at, beside the words it is about.

Components say which value of the deal a cell shows (`page.remarked`); whatever was found about that value stands beside
it. The sentences are the language's own where it has them (labels `review_…`), else those of the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.content.blocks import Block, Comment, Commented, Inlines, Remarked
from docgen.facts import Facts
from docgen.locales import words
from docgen.locales.problems import describe
from docgen.problems import Path, Problem, warning

AUTHOR = "docgen"
_ESTIMATES = ("initial", "refined")


@dataclass(frozen=True)
class Remarks:
    """What was found, told in one language. Paths are those of the deal's model."""

    found: Sequence[Problem]
    language: str

    def on(self, content: Inlines, path: Path) -> Inlines:
        """Words with what was found about the value they show."""
        comments = self._about(path)
        return (Remarked(content, comments),) if comments and content else content

    def beside(self, block: Block, *paths: Path) -> Block:
        """A block with what was found about the values it shows."""
        comments = tuple(comment for path in paths for comment in self._about(path))
        return Commented(block, comments) if comments else block

    def _about(self, path: Path) -> tuple[Comment, ...]:
        about = (each for each in self.found if each.path[: len(path)] == path)
        return tuple(Comment(text, AUTHOR) for text in dict.fromkeys(said(each, self.language) for each in about))


def said(found: Problem, language: str) -> str:
    """One finding as a sentence."""
    speech, key = words(language), f"review_{found.code}"
    return speech.label(key, **found.params) if speech.has(key) else describe(found)[0]


def estimates(facts: Facts) -> Iterator[Problem]:
    """Benefits while the model is an estimate, and those nobody answers for."""
    case = facts.value
    for index, line in enumerate(case.lines if case is not None else ()):
        if case is not None and case.maturity in _ESTIMATES:
            yield warning("value_estimate", "value", "benefits", index)
        if line.benefit.owner is None:
            yield warning("value_needs_owner", "value", "benefits", index)


def unproven(facts: Facts) -> Iterator[Problem]:
    """Of a value statement: benefits while they are estimates, and every line without an owner or evidence."""
    if facts.value is not None:
        from docgen.value.gates import owned

        yield from (each for each in estimates(facts) if each.code == "value_estimate")
        yield from owned(facts.value.terms)


def unowned(facts: Facts) -> Iterator[Problem]:
    """Goals nobody of the customer's answers for."""
    story = facts.deal.story
    for index, each in enumerate(story.initiatives if story is not None else ()):
        if each.owner is None:
            yield warning("goal_unowned", "story", "initiatives", index)
