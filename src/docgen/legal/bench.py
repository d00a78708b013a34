"""What the checks look at: the library as it was read, its texts as trees, and what else they need to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docgen.contract.library import STANDARD, Clause, Library, Statute, Term
from docgen.legal.conditions import Expr
from docgen.legal.passages import Choice, Passage, Print
from docgen.legal.possible import Space
from docgen.legal.presence import Presence
from docgen.problems import Path, Place, Problem, Severity
from docgen.reading import Workspace
from docgen.source.load import Loaded
from docgen.values import LANGUAGES


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found. `owner`: whose card may allow it; `line`: the line it stands in."""

    problem: Problem
    owner: str
    line: str = ""

    @property
    def rule(self) -> str:
        """`T09`: the first part of the problem's code."""
        return self.problem.code.split("_", 1)[0].upper()


@dataclass(frozen=True)
class Bench:
    """The library under the checks.

    wanted   keys of the clauses to look at, None for all; the others are only known
    terms, statutes, looks_at_book, looks_at_papers   what is looked at of the registers, of contract.yaml, and whether
             the templates of other papers are
    roles    those the company has named in approvals.yaml; None: none is named there, so that any may speak
    sellers  names of the house, which no text may hold
    unread   clauses that cannot be read as written: they are not looked at, and whether others miss them is not told
    workspace   where the paper's own template and look are; None: no paper can be made
    locks    of each folder of clauses that has one: version and hash of every clause's texts when they were accepted
    """

    library: Library
    sources: Mapping[str, Loaded[Any]]
    today: dt.date
    wanted: frozenset[str] | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    statutes: Mapping[str, Statute] = field(default_factory=dict)
    looks_at_book: bool = False
    looks_at_papers: bool = False
    roles: frozenset[str] | None = None
    sellers: tuple[str, ...] = ()
    locks: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    workspace: Workspace | None = None
    unread: frozenset[str] = frozenset()

    # -- what is looked at --------------------------------------------------------------------------------------------
    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses to look at, in the order of contracts."""
        wanted = (each for each in self.library.in_order if self.wanted is None or each.key in self.wanted)
        return tuple(each for each in wanted if each.key not in self.unread)

    @property
    def looks_at_all(self) -> bool:
        return self.wanted is None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text to look at."""
        own = {each.key for each in self.clauses}
        return tuple(
            each
            for each in self.all_passages
            if (each.clause.key in own if each.clause is not None else each.term in self.terms)
        )

    @cached_property
    def all_passages(self) -> tuple[Passage, ...]:
        return (*self._of_clauses(), *self._of_terms())

    def _of_clauses(self) -> Iterator[Passage]:
        for clause in self.library.in_order:
            for (variant, language), text in clause.texts.items():
                yield Passage(clause, variant, language, text.shown, text.source, first=Place(text.shown))

    def _of_terms(self) -> Iterator[Passage]:
        for key, term in self.library.terms.items():
            for language in LANGUAGES:
                said = term.definition.zh if language == "zh-CN" else term.definition.en
                if said is not None:
                    first = self._in_terms((key, "definition", language), said)
                    yield Passage(None, STANDARD, language, first.file, said, key, first)

    def _in_terms(self, path: Path, said: str) -> Place:
        """Where a definition's first character stands: behind its quotation mark, if it has one."""
        source = self.sources.get("_terms")
        if source is None:
            return Place(self.library.terms_shown)
        place = source.place(path)
        return Place(place.file, place.line, place.column + int(source.tree.is_quoted(path)))

    def lock_of(self, clause: Clause) -> Mapping[str, Mapping[str, str]] | None:
        """What was accepted in the folder this clause stands in; None where nothing ever was."""
        return self.locks.get(clause.shown.rpartition("/")[0].rpartition("/")[0])

    # -- possible worlds ----------------------------------------------------------------------------------------------
    @cached_property
    def presence(self) -> Presence:
        cards = Presence(self.library, Space(()))
        conditions: list[Expr] = [each for found in cards.cards.values() for each in found]
        for passage in self.all_passages:
            for node, _ in passage.walk():
                if isinstance(node, Choice):
                    conditions += [branch.test for branch in node.branches if branch.test is not None]
                elif isinstance(node, Print):
                    conditions.append(node.expr)
        return Presence(self.library, Space(conditions))

    # -- telling ------------------------------------------------------------------------------------------------------
    def in_text(
        self, passage: Passage, at: int, code: str, severity: Severity = "error", /, **params: object
    ) -> Finding:
        """Something at a place of a text."""
        found = Problem(code, (), _as_text(params), severity, origin="template", place=passage.place(at))
        return Finding(found, passage.owner, passage.line_at(at))

    def in_card(
        self, clause: Clause, path: Path, code: str, severity: Severity = "error", /, **params: object
    ) -> Finding:
        """Something in clause.yaml."""
        found = Problem(code, path, _as_text(params), severity, origin=f"clause {clause.key}")
        return Finding(self._placed(found, clause.shown), clause.key)

    def in_book(self, path: Path, code: str, severity: Severity = "error", /, **params: object) -> Finding:
        """Something in contract.yaml."""
        found = Problem(code, path, _as_text(params), severity, origin="book")
        return Finding(self._placed(found, self.library.book_shown), "")

    def in_terms(self, path: Path, code: str, severity: Severity = "error", /, **params: object) -> Finding:
        """Something in _terms.yaml; the first key of the path is the term's."""
        found = Problem(code, path, _as_text(params), severity, origin="_terms")
        return Finding(self._placed(found, self.library.terms_shown), f"term:{path[0]}")

    def in_law(self, path: Path, code: str, severity: Severity = "error", /, **params: object) -> Finding:
        """Something in _law.yaml."""
        found = Problem(code, path, _as_text(params), severity, origin="_law")
        return Finding(self._placed(found, "_law.yaml"), "")

    def _placed(self, found: Problem, shown: str) -> Problem:
        source = self.sources.get(found.origin)
        return found.at(source.place(found.path) if source is not None else Place(shown))


def _as_text(params: Mapping[str, object]) -> dict[str, str]:
    return {
        name: "\n".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
        for name, value in params.items()
    }


@dataclass(frozen=True)
class Findings:
    """What the checks found, without what is allowed; `allowed`: how many findings that were, of how many clauses."""

    problems: tuple[Problem, ...]
    allowed: int = 0
    looked_at: int = 0
