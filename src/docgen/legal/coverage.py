"""How much of the clause library deals reach: every branch of every text, every variant, every clause in and out,
every table. Nothing of the engine is changed: what it decided is read off the drafts, and the conditions inside texts
are asked again, by Jinja, of the very values the texts were printed with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from docgen.contract import Draft
from docgen.contract.draft import Chosen
from docgen.contract.library import STANDARD, Clause
from docgen.documents.contract.printed import context, printed
from docgen.legal.bench import Bench
from docgen.legal.conditions import Not, compiled
from docgen.legal.passages import Choice, Marked, Node, Passage
from docgen.problems import Place
from docgen.values import LANGUAGES


@dataclass(frozen=True, slots=True, order=True)
class Goal:
    """Something a deal can reach. `kind`: in, out, variant, branch, table; `what` says which."""

    clause: str
    kind: str
    what: str
    place: Place


@dataclass(frozen=True)
class Coverage:
    """Everything there is to reach, and what was reached."""

    goals: tuple[Goal, ...]
    reached: frozenset[Goal]

    @property
    def missed(self) -> tuple[Goal, ...]:
        return tuple(each for each in self.goals if each not in self.reached)

    def of_clause(self, key: str) -> tuple[int, int]:
        """How many goals of a clause were reached, and how many there are."""
        own = [each for each in self.goals if each.clause == key]
        return sum(each in self.reached for each in own), len(own)


def cover(bench: Bench, drafts: Iterable[Draft]) -> Coverage:
    """What these drafts reach of the clauses on the bench."""
    goals = tuple(_goals(bench))
    survey = _Survey(bench)
    for draft in drafts:
        survey.look_at(draft)
    return Coverage(goals, frozenset(survey.reached))


def joined(one: Coverage, other: Coverage) -> Coverage:
    return Coverage(one.goals, one.reached | other.reached)


# ---- what there is to reach -----------------------------------------------------------------------------------------
def _goals(bench: Bench) -> Iterator[Goal]:
    for clause in bench.clauses:
        yield from _of_card(bench, clause)
    for passage in bench.passages:
        if passage.clause is None:
            continue
        for node, _ in passage.walk():
            if isinstance(node, Choice):
                yield from _branches(passage, node)
            elif isinstance(node, Marked) and node.kind == "table" and not passage.is_zh:
                yield _table(passage, node)


def _of_card(bench: Bench, clause: Clause) -> Iterator[Goal]:
    yield _inside(clause)
    if bench.presence.is_possible(Not(bench.presence.by_wish(clause.key)), wishes=True):
        yield _outside(clause)
    texts = (STANDARD, *(each.name for each in clause.card.variants))
    yield from (_variant(clause, each) for each in texts)


def _inside(clause: Clause) -> Goal:
    return Goal(clause.key, "in", "in the contract", Place(clause.shown))


def _outside(clause: Clause) -> Goal:
    return Goal(clause.key, "out", "not in the contract", Place(clause.shown))


def _variant(clause: Clause, name: str) -> Goal:
    text = clause.text(name, "zh-CN")
    return Goal(clause.key, "variant", name, Place(text.shown if text else clause.shown))


def _table(passage: Passage, node: Marked) -> Goal:
    assert passage.clause is not None
    return Goal(passage.clause.key, "table", node.key, passage.place(node.at))


def _branches(passage: Passage, choice: Choice) -> Iterator[Goal]:
    assert passage.clause is not None
    for branch in choice.branches:
        what = "else" if branch.test is None else f"if {branch.written}"
        yield Goal(passage.clause.key, "branch", what, passage.place(branch.at))
    if not choice.has_else:
        yield _none_taken(passage, choice)


def _none_taken(passage: Passage, choice: Choice) -> Goal:
    assert passage.clause is not None
    what = " and ".join(f"not {branch.written}" for branch in choice.branches)
    return Goal(passage.clause.key, "branch", what, passage.place(choice.at))


# ---- what is reached ------------------------------------------------------------------------------------------------
@dataclass
class _Survey:
    bench: Bench
    reached: set[Goal] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.texts: dict[tuple[str, str], list[Passage]] = {}
        for passage in self.bench.passages:
            if passage.clause is not None:
                self.texts.setdefault((passage.clause.key, passage.variant), []).append(passage)

    def look_at(self, draft: Draft) -> None:
        known = {each.key for each in self.bench.clauses}
        for left in draft.left_out:
            if left.clause.key in known:
                self.reached.add(_outside(left.clause))
        inside = [each for each in draft.chosen if each.key in known]
        said = {lang: context(draft, replace(inside[0], values={}), lang) for lang in LANGUAGES} if inside else {}
        for chosen in inside:
            clause = self.bench.library.clauses[chosen.key]
            self.reached |= {_inside(clause), _variant(clause, chosen.variant)}
            for passage in self.texts.get((chosen.key, chosen.variant), ()):
                self._nodes(passage, passage.tree, _own(said[passage.language], chosen, passage.language))

    def _nodes(self, passage: Passage, nodes: tuple[Node, ...], facts: Mapping[str, Any]) -> None:
        for node in nodes:
            if isinstance(node, Choice):
                self._choice(passage, node, facts)
            elif isinstance(node, Marked) and node.kind == "table":
                self.reached.add(_table(passage, node))

    def _choice(self, passage: Passage, choice: Choice, facts: Mapping[str, Any]) -> None:
        goals = list(_branches(passage, choice))
        for number, branch in enumerate(choice.branches):
            if branch.test is None or _asked(branch.written)(**facts):
                self.reached.add(goals[number])
                self._nodes(passage, branch.body, facts)
                return
        self.reached.add(goals[-1])


def _own(said: Mapping[str, Any], chosen: Chosen, language: str) -> Mapping[str, Any]:
    """What the deal says, with the values this clause has in place of what the deal leaves unsaid."""
    out = dict(said)
    for name, value in chosen.values.items():
        group, _, last = name.partition(".")
        out[group] = {**out[group], last: printed(value, language)} if last else printed(value, language)
    return out


@lru_cache(maxsize=1024)
def _asked(written: str) -> Callable[..., Any]:
    return compiled(written)
