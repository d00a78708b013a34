"""T13: what a reader must not miss is printed so: read back from a Word file that was really made."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.legal.bench import Bench, Finding

LIMITS = "CC496"
"""Clauses that answer this duty limit our liability by standard terms, and must be pointed out."""


def conspicuous(bench: Bench) -> Iterator[Finding]:
    """T13: clauses that limit liability are marked conspicuous; nothing in a conspicuous clause is printed plainly."""
    for clause in bench.clauses:
        if LIMITS in clause.card.legal and not clause.card.conspicuous:
            index = clause.card.legal.index(LIMITS)
            yield bench.in_card(clause, ("legal", index), "t13_not_conspicuous", name=clause.key)
