"""T04: branches, clauses and variants that no deal can reach, and conditions that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.library import Clause
from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import All, Expr, Not
from docgen.legal.passages import Choice, Passage, taken_when
from docgen.legal.presence import condition, of_types
from docgen.legal.rules.names import told_of_card, told_of_test


def dead_branches(bench: Bench) -> Iterator[Finding]:
    """T04: some deal reaches every branch of every text, every variant, and every clause."""
    for clause in bench.clauses:
        yield from _dead_card(bench, clause)
    for passage in bench.passages:
        for choice, path in passage.choices():
            yield from _dead(bench, passage, choice, path)


def _dead(bench: Bench, passage: Passage, choice: Choice, path: tuple[Expr, ...]) -> Iterator[Finding]:
    if any(branch.misread or next(told_of_test(bench, passage, branch), None) for branch in choice.branches):
        return  # told by T01
    where = (*where_it_stands(bench, passage), *path)
    presence = bench.presence
    if not presence.is_possible(*where, wishes=True):
        return  # told of the choice around it, or of the variant
    for branch, taken in taken_when(choice):
        if not presence.is_possible(*where, taken, wishes=True):
            code = "t04_never_else" if branch.test is None else "t04_never"
            yield bench.in_text(passage, branch.at, code, condition=branch.written)
            return
    if not choice.has_else:
        all_false = All(tuple(Not(branch.test) for branch in choice.branches if branch.test is not None))
        if not presence.is_possible(*where, all_false, wishes=True):
            yield bench.in_text(passage, choice.at, "t04_always", "warning", condition=choice.branches[0].written)


def where_it_stands(bench: Bench, passage: Passage) -> tuple[Expr, ...]:
    """When a text can be in a contract at all, by facts or by a deal's wish: by wish any variant may."""
    return () if passage.clause is None else (bench.presence.may_stand(passage.clause), *_by_variant(bench, passage))


def _by_variant(bench: Bench, passage: Passage) -> tuple[Expr, ...]:
    assert passage.clause is not None
    chosen = bench.presence.variant(passage.clause, passage.variant)
    possible = bench.presence.is_possible(bench.presence.may_stand(passage.clause), chosen)
    return (chosen,) if possible else ()


def _dead_card(bench: Bench, clause: Clause) -> Iterator[Finding]:
    card, presence = clause.card, bench.presence
    misread = {found.problem.path for found in told_of_card(bench, clause)}
    if card.when is not None and ("when",) not in misread:
        when = condition(card.when)
        if not card.may:
            yield bench.in_card(clause, ("when",), "t04_when_without_may", "warning")
        elif not presence.is_possible(of_types(card.may), when):
            yield bench.in_card(clause, ("when",), "t04_when_never", condition=card.when, types=", ".join(card.may))
    spared = condition(card.unless) if card.unless is not None and ("unless",) not in misread else None
    if spared is not None and not presence.is_possible(of_types(card.must), spared):
        words = {"condition": card.unless, "types": ", ".join(card.must)}
        yield bench.in_card(clause, ("unless",), "t04_when_never", **words)
    both = [kind for kind in card.may if kind in card.must]
    if both:
        yield bench.in_card(clause, ("may",), "t04_must_and_may", "warning", types=", ".join(both))
    stands = presence.may_stand(clause)
    for index, variant in enumerate(card.variants):
        path = ("variants", index, "when")
        if variant.when is None or path in misread:
            continue
        if not presence.is_possible(stands, condition(variant.when)):
            yield bench.in_card(clause, path, "t04_variant_never", name=variant.name, condition=variant.when)
        elif not presence.is_possible(stands, presence.variant(clause, variant.name)):
            yield bench.in_card(clause, path, "t04_variant_hidden", name=variant.name, condition=variant.when)
