"""How long a paper is, and its parts: counted on the pages of the PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.approvals import Verdict
from docgen.documents.compose import compose
from docgen.documents.manifest import Found
from docgen.documents.parts import Part, told_parts
from docgen.facts import Facts
from docgen.problems import Problem, warning
from docgen.render.pdf import count_pages
from docgen.render.theme import Look


def too_long(found: Found, facts: Facts, look: Look, made: dt.datetime) -> Iterator[Problem]:
    """The body, and every part that has a limit of its own, against the limits of document.yaml."""
    parts = [each for each in told_parts(found.manifest.parts, facts) if isinstance(each, Part)]
    most = found.manifest.most_pages
    if most is not None:
        pages = _pages(found, facts, look, made, [part for part in parts if part.body])
        if pages > most:
            yield warning("body_too_long", pages=pages, most=most)
    for part in parts:
        if part.most_pages is not None:
            pages = _pages(found, facts, look, made, [part])
            if pages > part.most_pages:
                section = part.called(facts.deal.language[0])
                yield warning("part_too_long", "story", section=section, pages=pages, most=part.most_pages)


def _pages(found: Found, facts: Facts, look: Look, made: dt.datetime, parts: Sequence[Part]) -> int:
    """As a final paper would have them: without the draft's list of what is missing."""
    manifest = found.manifest.model_copy(update={"parts": tuple(parts)})
    final = replace(facts, verdict=Verdict())
    return count_pages(compose(replace(found, manifest=manifest), final, facts.deal.language, made, whole=False), look)
