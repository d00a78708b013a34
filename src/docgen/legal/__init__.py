"""Legal's desk: what is wrong with the clause library before any deal meets it, how much of it deals reach, and whether
a contract that was drafted says what its data say.

`lint(bench)` gives the findings. A rule is one function and one line in RULES; the codes of its findings begin with its
number (`t09_typed_number`), and each has a sentence in locales/problems.en.yaml. A finding that is meant is allowed
with its reason: in clause.yaml (`allow`), in _terms.yaml, or beside the words: `{# allow T09: reason #}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from docgen.contract.library import Allowed
from docgen.legal.bench import Bench, Finding, Findings
from docgen.legal.passages import Passage, Remark
from docgen.legal.rules import (
    branches,
    conspicuous,
    in_step,
    missing,
    names,
    numbers,
    references,
    terms,
    typography,
    upkeep,
    wording,
)
from docgen.problems import Problem

Rule = Callable[[Bench], Iterator[Finding]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("T01", names.unknown_names),
    ("T02", names.unused_names),
    ("T03", missing.missing_values),
    ("T04", branches.dead_branches),
    ("T05", references.anchors_collide),
    ("T06", references.references),
    ("T07", terms.terms),
    ("T08", in_step.in_step),
    ("T09", numbers.typed_numbers),
    ("T10", numbers.figures_and_words),
    ("T11", upkeep.duties),
    ("T12", wording.forbidden_words),
    ("T13", conspicuous.conspicuous),
    ("T14", wording.placeholders),
    ("T15", typography.typography),
    ("T16", upkeep.annexes),
    ("T17", upkeep.statutes),
    ("T18", upkeep.versions),
    ("T19", upkeep.approvers),
    ("T20", references.anchors_last),
)

_ALLOW = re.compile(r"^allow\s+(T\d\d)\s*:\s*(\S.*)$", re.DOTALL)


def lint(bench: Bench) -> Findings:
    """Every finding of every rule, without what is allowed; an allowance nothing answers to is a finding too. Where a
    clause cannot be read, what may only follow from that is held back."""
    found = [each for _, rule in RULES for each in rule(bench)]
    allowances = [*_on_cards(bench), *_in_texts(bench)]
    used: set[int] = set()
    kept: list[Finding] = []
    for each in found:
        covering = [number for number, allowance in enumerate(allowances) if allowance.covers(each)]
        used.update(covering)
        if not covering:
            kept.append(each)
    allowed = len(found) - len(kept)
    if bench.unread:
        sure = tuple(each.problem for each in kept if not _may_follow(each, bench.unread))
        return Findings(sure, allowed, len(bench.clauses))
    unused = [each.unused for number, each in enumerate(allowances) if number not in used]
    return Findings((*(each.problem for each in kept), *unused), allowed, len(bench.clauses))


_OF_THE_WHOLE = frozenset(
    ("t02_unused_fact", "t07_unused_term", "t11_unanswered", "t11_sometimes_answered", "t16_never_named")
)
"""Findings that nothing in the whole library does something: a clause that cannot be read may do it."""


def _may_follow(found: Finding, unread: Collection[str]) -> bool:
    """Whether a finding may be there only because some clause could not be read as written: it speaks of that clause,
    or of all of them."""
    params = {name: value for name, value in found.problem.params.items() if name != "known"}
    if found.problem.code in _OF_THE_WHOLE or (found.rule == "T06" and params.get("name") in unread):
        return True
    said = "\n".join((found.line, *params.values()))
    return any(re.search(rf"\b(?:clause|annex)\.{key}\b", said) for key in map(re.escape, unread))


class _Allowance:
    """What one allow-mark covers; `unused`: the finding if it covers nothing."""

    def __init__(self, covers: Callable[[Finding], bool], unused: Problem) -> None:
        self.covers = covers
        self.unused = unused


def _on_cards(bench: Bench) -> Iterator[_Allowance]:
    for clause in bench.clauses:
        for index, allowed in enumerate(clause.card.allow):
            told = bench.in_card(clause, ("allow", index), "lint_allows_nothing", "warning", rule=allowed.rule)
            yield _Allowance(_by_card(clause.key, allowed), told.problem)
    for key, term in bench.terms.items():
        for index, allowed in enumerate(term.allow):
            told = bench.in_terms((key, "allow", index), "lint_allows_nothing", "warning", rule=allowed.rule)
            yield _Allowance(_by_card(f"term:{key}", allowed), told.problem)


def _by_card(owner: str, allowed: Allowed) -> Callable[[Finding], bool]:
    """A card's allowance covers its rule's findings; with `text` only those on a line that holds it."""

    def covers(found: Finding) -> bool:
        if (found.owner, found.rule) != (owner, allowed.rule):
            return False
        return allowed.text is None or allowed.text in found.line or allowed.text in found.problem.params.values()

    return covers


def _in_texts(bench: Bench) -> Iterator[_Allowance]:
    for passage in bench.passages:
        for node, _ in passage.walk():
            if isinstance(node, Remark) and (match := _ALLOW.match(node.text)):
                told = bench.in_text(passage, node.at, "lint_allows_nothing", "warning", rule=match[1])
                yield _Allowance(_on_lines(match[1], _lines_of(passage, node)), told.problem)


def _lines_of(passage: Passage, remark: Remark) -> Sequence[tuple[str, int]]:
    """The remark's own line; where it stands alone on it, the next one."""
    place = passage.place(remark.at)
    alone = re.fullmatch(r"\s*\{#.*?#\}\s*", passage.line_at(remark.at))
    return [(place.file, place.line + bool(alone))]


def _on_lines(rule: str, lines: Sequence[tuple[str, int]]) -> Callable[[Finding], bool]:
    def covers(found: Finding) -> bool:
        place = found.problem.place
        return found.rule == rule and place is not None and (place.file, place.line) in lines

    return covers
