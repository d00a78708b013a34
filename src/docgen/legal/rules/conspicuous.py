"""T13: what a reader must not miss is printed so: read back from Word files that were really made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.contract.library import Clause
from docgen.legal.bench import Bench, Finding
from docgen.legal.readback import placed
from docgen.legal.specimens import Specimen, specimens
from docgen.problems import ProblemsFound

LOUD = re.compile(r"^(?:- )?\*\*.+\*\*$", re.MULTILINE)
LIMITS = "CC496"
"""Clauses that answer this duty limit our liability by standard terms, and must be pointed out."""


def conspicuous(bench: Bench) -> Iterator[Finding]:
    """T13: clauses that limit liability are marked conspicuous; what is so marked is bold and underlined in Word."""
    marked = [clause for clause in bench.clauses if clause.card.conspicuous]
    for clause in bench.clauses:
        if LIMITS in clause.card.legal and not (clause.card.conspicuous or _has_loud_paragraph(clause)):
            index = clause.card.legal.index(LIMITS)
            yield bench.in_card(clause, ("legal", index), "t13_not_conspicuous", name=clause.key)
    for specimen in _enough(bench, marked):
        yield from _printed_plainly(bench, specimen, {clause.key: clause for clause in marked})


def _has_loud_paragraph(clause: Clause) -> bool:
    """Whether one of its texts has a paragraph between `**`, which is printed as a conspicuous clause is."""
    return any(LOUD.search(text.source) for text in clause.texts.values())


def _enough(bench: Bench, marked: list[Clause]) -> Iterator[Specimen]:
    """Contracts of the matrix that together hold every marked clause some contract holds; each at least one more."""
    wanted = {clause.key for clause in marked}
    if not wanted or bench.workspace is None:
        return
    for specimen in specimens(bench.library):
        held = {chosen.key for chosen in specimen.draft.chosen}
        if wanted & held and not specimen.problems:
            wanted -= held
            yield specimen
        if not wanted:
            return


def _printed_plainly(bench: Bench, specimen: Specimen, marked: dict[str, Clause]) -> Iterator[Finding]:
    from docgen.legal.papers import word_file

    assert bench.workspace is not None
    try:
        docx = word_file(specimen.facts, bench.workspace)
    except ProblemsFound:
        return  # it cannot be worded: other rules tell why
    told: set[str] = set()
    for place in placed(docx):
        if place.key in marked and place.number > 1 and place.plain_words and place.key not in told:
            told.add(place.key)
            clause = marked[place.key]
            words = place.plain_words[:60]
            yield bench.in_card(clause, ("conspicuous",), "t13_printed_plainly", name=place.key, words=words)
