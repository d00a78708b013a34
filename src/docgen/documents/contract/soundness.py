"""What a clause's text must be before it may stand in a contract: it has one title and says something, its marks can be
read, and its references to paragraphs lead to numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docgen.content.blocks import Clause
from docgen.contract.draft import Chosen, Draft
from docgen.contract.library import ClauseText
from docgen.documents.contract.marks import malformed
from docgen.problems import Path, Place, Problem

_IN_TITLE = re.compile(r"\[\[|\{\{|\{%|\{#")


class Pointer(NamedTuple):
    """A reference to a paragraph by its number in its clause, `fees.2`, and where it is written."""

    target: str
    place: Place


def text_problems(text: ClauseText) -> Iterator[Problem]:
    """What is wrong with a text before it is filled. A title is printed in lists too, where nothing fills it."""
    for found, number in malformed(text.source):
        yield _problem("mark_unreadable", text, number, mark=found[:40])
    titles = [(at, line) for at, line in enumerate(text.source.split("\n"), 1) if line.startswith("# ")]
    opening = next((line for line in text.source.split("\n") if line.strip() and not _is_remark(line)), "")
    if not titles or not opening.startswith("# "):
        yield _problem("clause_without_title", text, 1)
    for at, _ in titles[1:]:
        yield _problem("clause_with_two_titles", text, at)
    for at, title in titles[:1]:
        if _IN_TITLE.search(title):
            yield _problem("clause_title_with_mark", text, at)


def _is_remark(line: str) -> bool:
    return re.fullmatch(r"\s*\{#.*#\}\s*", line) is not None


def says_nothing(text: ClauseText) -> Problem:
    """A clause whose conditions leave nothing but its title."""
    return _problem("clause_says_nothing", text, 1)


def _problem(code: str, text: ClauseText, line: int, **words: str) -> Problem:
    return Problem(code, (), {"file": text.shown, **words}, origin="template", place=Place(text.shown, line))


def wish_of(chosen: Chosen, draft: Draft) -> Path | None:
    """Where the deal asks for a clause, or for a text of it, that the facts do not choose; None where it does not."""
    if chosen.key in draft.own.variants:
        return ("contract", "variants", chosen.key)
    return ("contract", "with") if chosen.why == "on_request" else None


# ---- references to paragraphs ---------------------------------------------------------------------------------------
def lost_pointers(
    pointers: Iterable[Pointer], paragraphs: Mapping[str, str], clauses: Sequence[Clause]
) -> Iterator[Problem]:
    """References to paragraphs that are not there, or that an annex without headings prints without numbers."""
    numbered = {each.anchor for each in clauses if each.number is not None}
    for target, place in pointers:
        if paragraphs.get(target) not in numbered:
            yield Problem("reference_to_no_paragraph", (), {"name": target}, origin="template", place=place)
