"""T01 and T02: names that nobody knows, facts held against what they never are, names nobody uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.contract.facts import Money
from docgen.contract.library import Clause
from docgen.contract.names import kinds
from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import (
    Compare,
    ConditionTrouble,
    Const,
    Expr,
    Filtered,
    Name,
    Unreadable,
    names,
    of_card,
    parts,
)
from docgen.legal.house_facts import WORDS
from docgen.legal.passages import Branch, Choice, Passage, Print, Wrong
from docgen.legal.rules.other_papers import other_papers
from docgen.problems import Path

FILTERS = ("in_words", "first", "last", "length", "lower", "upper", "default", "join")
PRINTS = ("in_words", "lower", "upper", "default")
"""Filters with which a clause may print a value; the others look into lists, which clauses do not print."""
_NUMBERS = (int, Fraction, Decimal, Money)
_LOCAL = {"days": int, "months": int, "years": int, "hours": int, "count": int, "rate": Fraction, "amount": Money}
ORDERS = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}


# ---- what a name is -------------------------------------------------------------------------------------------------
def type_of(name: str, clause: Clause | None) -> Any:
    """The Python type of a name as a clause sees it; None for one nobody knows."""
    if name in kinds():
        return kinds()[name].type
    variable = clause.card.variables.get(name) if clause is not None else None
    return None if variable is None or "." in name else _LOCAL.get(variable.kind or "", str)


def known_to(bench: Bench, clause: Clause | None) -> list[str]:
    own = [name for name in clause.card.variables if "." not in name] if clause is not None else []
    keys = [f"{'annex' if each.card.annex else 'clause'}.{key}" for key, each in bench.library.clauses.items()]
    return [*kinds(), *own, *keys]


def is_clause_name(name: str) -> bool:
    return name.partition(".")[0] in ("clause", "annex") and "." in name


# ---- T01 ------------------------------------------------------------------------------------------------------------
def unknown_names(bench: Bench) -> Iterator[Finding]:
    """T01: every name is a fact, a value of the clause's own, or a clause; what is printed can be printed; words and
    numbers are held against what the fact can be."""
    for passage in bench.passages:
        for node, _ in passage.walk():
            if isinstance(node, Wrong):
                if node.code.startswith("t06"):
                    continue
                code = node.code if node.code.startswith("t01") else f"t01_{node.code}"
                yield bench.in_text(passage, node.at, code, **dict(node.params))
            elif isinstance(node, Print):
                yield from _printed(bench, passage, node)
            elif isinstance(node, Choice):
                for branch in node.branches:
                    yield from told_of_test(bench, passage, branch)
    for clause in bench.clauses:
        yield from told_of_card(bench, clause)
    yield from other_papers(bench)


def _printed(bench: Bench, passage: Passage, node: Print) -> Iterator[Finding]:
    value, filters = node.expr, []
    while isinstance(value, Filtered):
        filters.append(value.filter)
        value = value.of
    for name in filters:
        if name not in PRINTS:
            code = "t01_filter_for_lists" if name in FILTERS else "t01_unknown_filter"
            yield bench.in_text(passage, node.at, code, name=name, known=PRINTS)
    if not isinstance(value, Name):
        yield bench.in_text(passage, node.at, "t01_prints_no_name", written=node.written)
        return
    kind = type_of(value.name, passage.clause)
    if kind is bool or kind == tuple[str, ...] or is_clause_name(value.name):
        what = "a list" if kind == tuple[str, ...] else "a yes or no"
        yield bench.in_text(
            passage, place_of(passage, node.at, value.name), "t01_prints_yes_no", name=value.name, what=what
        )
    elif kind is None:
        yield _unknown(bench, passage, node.at, value.name)
    elif "in_words" in filters and kind is not Money:
        yield bench.in_text(passage, node.at, "t01_words_of_no_amount", name=value.name)


def told_of_test(bench: Bench, passage: Passage, branch: Branch) -> Iterator[Finding]:
    """What is wrong with the names and comparisons of one condition."""
    if branch.test is None:
        return
    for name in names(branch.test):
        if is_clause_name(name):
            problem = _clause_name(bench, name)
            if problem is not None:
                at = place_of(passage, branch.at, name)
                yield bench.in_text(passage, at, problem[0], **problem[1])
        elif type_of(name, passage.clause) is None:
            yield _unknown(bench, passage, branch.at, name)
    for code, params in _compared(branch.test, passage.clause):
        yield bench.in_text(passage, place_of(passage, branch.at, str(params["name"])), code, **params)


def _unknown(bench: Bench, passage: Passage, at: int, name: str) -> Finding:
    if is_clause_name(name):
        problem = _clause_name(bench, name)
        if problem is not None:
            return bench.in_text(passage, place_of(passage, at, name), problem[0], **problem[1])
    known = known_to(bench, passage.clause)
    return bench.in_text(passage, place_of(passage, at, name), "t01_unknown_name", name=name, known=known)


def _clause_name(bench: Bench, name: str) -> tuple[str, dict[str, Any]] | None:
    group, _, key = name.partition(".")
    clause = bench.library.clauses.get(key)
    if clause is None:
        return "t01_unknown_clause", {"name": name, "known": [f"{group}.{each}" for each in bench.library.clauses]}
    if group == "annex" and not clause.card.annex:
        return "t01_no_annex", {"name": name, "key": key}
    return None


def place_of(passage: Passage, at: int, name: str) -> int:
    """Where the name itself stands behind the brace."""
    found = passage.source.find(name, at)
    return found if 0 <= found < at + 400 else at


def written_conditions(clause: Clause) -> Iterator[tuple[Path, str]]:
    """The conditions of a card, with their places in it."""
    for key, said in (("when", clause.card.when), ("unless", clause.card.unless)):
        if said is not None:
            yield (key,), said
    for index, variant in enumerate(clause.card.variants):
        if variant.when is not None:
            yield ("variants", index, "when"), variant.when


def told_of_card(bench: Bench, clause: Clause) -> Iterator[Finding]:
    """Conditions of the card look at facts only: whether another clause is in is decided of them."""
    for path, text in written_conditions(clause):
        try:
            expr = of_card(text)
        except ConditionTrouble as trouble:
            yield bench.in_card(clause, path, f"t01_{trouble.code}", **trouble.params)
            continue
        for name in names(expr):
            if name not in kinds():
                yield bench.in_card(clause, path, "t01_unknown_fact", name=name, known=list(kinds()))
        for code, params in _compared(expr, None):
            yield bench.in_card(clause, path, code, **params)
    for name, variable in clause.card.variables.items():
        if "." in name and name not in kinds():
            yield bench.in_card(clause, ("variables", name), "t01_unknown_fact", name=name, known=list(kinds()))
        if "." not in name and name not in kinds() and variable.value is None:
            yield bench.in_card(clause, ("variables", name), "t01_own_value_missing", name=name)
        yield from _value(bench, clause, name)


def _value(bench: Bench, clause: Clause, name: str) -> Iterator[Finding]:
    """Values and ranges are of their kind, and the value lies in its range."""
    from docgen.contract.values import ValueTrouble, read_value

    variable = clause.card.variables[name]
    read: dict[str, Any] = {}
    given = {"value": variable.value, **dict(zip(("least", "most"), variable.range or (), strict=False))}
    for what, value in given.items():
        path: Path = ("variables", name, "value") if what == "value" else ("variables", name, "range")
        try:
            read[what] = read_value(value, variable.kind, name, "CNY")
        except ValueTrouble as trouble:
            yield bench.in_card(clause, path, "t01_value_unreadable", value=trouble.value, wanted=trouble.wanted)
            return
    if len(read) == 3 and read["value"] is not None and not read["least"] <= read["value"] <= read["most"]:
        yield bench.in_card(clause, ("variables", name, "range"), "t01_value_outside_range", name=name)


def _compared(expr: Expr, clause: Clause | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Facts held against what they can never be."""
    for each in parts(expr):
        if isinstance(each, Unreadable):
            yield "t01_not_followed", {"name": each.what}
        if not isinstance(each, Compare):
            continue
        if isinstance(each.left, Const) and isinstance(each.right, Name) and each.op in ("in", "notin"):
            yield from _among(each.right.name, each.left.value, clause)
            continue
        for one, other in ((each.left, each.right), (each.right, each.left)):
            if isinstance(one, Name) and isinstance(other, Const):
                yield from _against(one.name, each.op, other.value, clause)


def _among(name: str, value: Any, clause: Clause | None) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = type_of(name, clause)
    if kind is not None and kind != tuple[str, ...]:
        yield "t01_no_list", {"name": name}
    elif name in WORDS and value not in WORDS[name]:
        yield "t01_never_this_word", {"word": value, "known": WORDS[name], "name": name}


def _against(name: str, op: str, value: Any, clause: Clause | None) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = type_of(name, clause)
    if kind is None or value is None:
        return
    is_number, is_word = kind in _NUMBERS, isinstance(value, str)
    if kind == tuple[str, ...] and op in ("eq", "ne"):
        yield "t01_list_compared", {"name": name, "word": value}
    elif kind is bool and not isinstance(value, bool):
        yield "t01_yes_no_compared", {"name": name}
    elif is_number and (is_word or isinstance(value, bool)):
        yield "t01_number_and_word", {"name": name, "value": value}
    elif kind is str and not is_word and op not in ("in", "notin"):
        yield "t01_word_and_number", {"name": name, "value": value}
    elif kind is dt.date:
        yield "t01_day_compared", {"name": name}
    elif kind is str and op in ORDERS:
        yield "t01_words_in_order", {"name": name, "op": ORDERS[op]}
    elif name in WORDS and is_word and op in ("eq", "ne") and value not in WORDS[name]:
        yield "t01_never_this_word", {"word": value, "known": WORDS[name], "name": name}
    elif name in WORDS and isinstance(value, tuple):
        for word in value:
            if word not in WORDS[name]:
                yield "t01_never_this_word", {"word": word, "known": WORDS[name], "name": name}


# ---- T02 ------------------------------------------------------------------------------------------------------------
SAID_ELSEWHERE = (
    "customer.", "seller.", "contract.number", "contract.sign_date", "contract.quote", "contract.quote_date",
    "contract.copies", "currency", "data.subjects", "support.tier", "law.code", "has.custom", "fees.tax_inclusive",
    "fees.yearly", "fees.upfront_share",
)  # fmt: skip
"""Facts that cover, key terms and tables print, or that are there for a house's own clauses: no text needs to say
them."""


def unused_names(bench: Bench) -> Iterator[Finding]:
    """T02: a card declares only what its texts print; no fact is there for nothing."""
    for clause in bench.clauses:
        used = _used_by(bench, clause)
        for name in clause.card.variables:
            if name not in used:
                yield bench.in_card(clause, ("variables", name), "t02_unused_variable", "warning", name=name)
    if bench.looks_at_all and bench.library.clauses:
        used = {name for clause in bench.library.clauses.values() for name in _used_by(bench, clause)}
        used |= {name for each in bench.all_passages for name in _used_in(each)}
        for name in kinds():
            if name not in used and not name.startswith(SAID_ELSEWHERE):
                yield bench.in_book((), "t02_unused_fact", "warning", name=name)


def _used_by(bench: Bench, clause: Clause) -> set[str]:
    texts = [each for each in bench.all_passages if each.clause is clause]
    cards = bench.presence.cards.get(clause.key, ())
    omitted = {name for name, variable in clause.card.variables.items() if variable.absent == "omit_clause"}
    return {name for each in texts for name in _used_in(each)} | {n for each in cards for n in names(each)} | omitted


def _used_in(passage: Passage) -> Iterator[str]:
    for node, _ in passage.walk():
        if isinstance(node, Print):
            yield from names(node.expr)
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from names(branch.test) if branch.test is not None else ()
