"""T03: values a deal may leave unsaid, printed or compared where nothing has asked for them."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.library import Clause
from docgen.contract.names import kinds
from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import All, Compare, ConditionTrouble, Const, Expr, Name, Not, Some, names, of_card
from docgen.legal.passages import Choice, Passage, Print
from docgen.legal.rules.names import ORDERS, place_of, written_conditions


def missing_values(bench: Bench) -> Iterator[Finding]:
    """T03: what a deal may leave unsaid is printed only where the card says what that means, or where a condition has
    asked for it."""
    for passage in bench.passages:
        for node, path in passage.walk():
            if isinstance(node, Print):
                for name in names(node.expr):
                    yield from _missing(bench, passage, node.at, name, path)
            elif isinstance(node, Choice):
                before: tuple[Expr, ...] = ()
                for branch in node.branches:
                    if branch.test is not None:
                        yield from _ordered(bench, passage, branch.at, branch.test, (*path, *before))
                        before = (*before, Not(branch.test))
    for clause in bench.clauses:
        yield from _ordered_in_card(bench, clause)


def _missing(bench: Bench, passage: Passage, at: int, name: str, path: tuple[Expr, ...]) -> Iterator[Finding]:
    if not _may_be_absent(bench, passage, name):
        return
    where = _in_this_text(bench, passage)
    if bench.presence.is_possible(Compare("eq", Name(name), Const(None)), *where, *path):
        yield bench.in_text(passage, place_of(passage, at, name), "t03_may_be_missing", name=name)


def _may_be_absent(bench: Bench, passage: Passage, name: str) -> bool:
    kind = kinds().get(name)
    declared = passage.clause is not None and name in passage.clause.card.variables
    return kind is not None and kind.may_be_absent and not declared


def _in_this_text(bench: Bench, passage: Passage) -> tuple[Expr, ...]:
    """That this text is the one a contract holds."""
    clause = passage.clause
    if clause is None:
        return ()
    presence = bench.presence
    chosen = presence.variant(clause, passage.variant)
    named_only = not presence.is_possible(presence.by_facts(clause.key), chosen)
    where = presence.may_stand(clause) if clause.card.when is None else presence.by_facts(clause.key)
    return (where,) if named_only else (where, chosen)


def _ordered(bench: Bench, passage: Passage, at: int, test: Expr, path: tuple[Expr, ...]) -> Iterator[Finding]:
    """`renewal.months > 12` fails where there are no months."""
    for name, asked in _in_order(test):
        if _may_be_absent(bench, passage, name):
            where = _in_this_text(bench, passage)
            if bench.presence.is_possible(Compare("eq", Name(name), Const(None)), *where, *path, *asked):
                yield bench.in_text(passage, place_of(passage, at, name), "t03_compared_missing", name=name)


def _ordered_in_card(bench: Bench, clause: Clause) -> Iterator[Finding]:
    for path, text in written_conditions(clause):
        try:
            expr = of_card(text)
        except ConditionTrouble:
            continue  # told by T01
        for name, asked in _in_order(expr):
            kind = kinds().get(name)
            absent = Compare("eq", Name(name), Const(None))
            if kind is not None and kind.may_be_absent and bench.presence.is_possible(absent, *asked):
                yield bench.in_card(clause, path, "t03_compared_missing", name=name)


def _in_order(expr: Expr, asked: tuple[Expr, ...] = ()) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Names held against a limit, each with what the condition has asked before it comes to that."""
    match expr:
        case All(of):
            for number, each in enumerate(of):
                yield from _in_order(each, (*asked, *of[:number]))
        case Some(of):
            for number, each in enumerate(of):
                yield from _in_order(each, (*asked, *(Not(one) for one in of[:number])))
        case Not(of):
            yield from _in_order(of, asked)
        case Compare(op, left, right) if op in ORDERS:
            for side in (left, right):
                if isinstance(side, Name):
                    yield side.name, asked
