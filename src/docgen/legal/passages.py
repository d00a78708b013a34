"""A clause's text as a tree: words, printed values, marks, choices. Every node knows where in the file it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from docgen.contract.library import Clause
from docgen.legal.conditions import All, ConditionTrouble, Const, Expr, Not, of_text
from docgen.problems import Place

_TOKEN = re.compile(
    r"\{\{(?P<print>.*?)\}\}|\{%[-+]?(?P<tag>.*?)[-+]?%\}|\{#(?P<remark>.*?)#\}"
    r"|\[\[\s*(?P<kind>ref|term|law|annex|table)\s*:\s*(?P<key>[A-Za-z0-9_.-]+)\s*(?:\|\s*(?P<form>[^\]|]+?)\s*)?\]\]"
    r"|(?P<odd>\[\[[^\]\n]*\]?\]?|\{\{|\{%|\{#)",
    re.DOTALL,
)
PRINTED, NOTHING = "\ue010", "\ue011"
"""Stand-ins in prose: for something printed, and for a tag, which prints nothing."""


# ---- nodes ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Words:
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Print:
    """`{{ … }}`: what it prints, and what is written between the braces."""

    expr: Expr
    written: str
    at: int


@dataclass(frozen=True, slots=True)
class Marked:
    """`[[kind:key|form]]`."""

    kind: str
    key: str
    form: str
    at: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a choice; `test` is None for `else`. `misread`: its condition cannot be read."""

    test: Expr | None
    written: str
    at: int
    body: tuple[Node, ...]
    misread: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """`{% if %}…{% endif %}`. `alone`: its tags stand on lines of their own, around whole paragraphs."""

    branches: tuple[Branch, ...]
    at: int
    alone: bool

    @property
    def has_else(self) -> bool:
        return self.branches[-1].test is None


@dataclass(frozen=True, slots=True)
class Remark:
    """`{# … #}`, for who reads the file; `allow T09: why` speaks to the checks."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be read."""

    code: str
    params: tuple[tuple[str, str], ...]
    at: int


Node = Words | Print | Marked | Choice | Remark | Wrong


# ---- a text ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Passage:
    """One text in one language: of a clause and variant, or a term's definition (`clause` is None then)."""

    clause: Clause | None
    variant: str
    language: str
    shown: str
    source: str
    term: str = ""
    first: Place = field(default_factory=lambda: Place(""))
    """Where its first character stands."""

    @property
    def is_zh(self) -> bool:
        return self.language == "zh-CN"

    @property
    def owner(self) -> str:
        """Whose card may allow a finding: the clause's key, or `term:` and the term's."""
        return self.clause.key if self.clause is not None else f"term:{self.term}"

    def place(self, at: int) -> Place:
        line = self.source.count("\n", 0, at)
        column = at - (self.source.rfind("\n", 0, at) + 1) + 1
        return Place(self.shown, self.first.line + line, column + (self.first.column - 1 if line == 0 else 0))

    def line_at(self, at: int) -> str:
        start = self.source.rfind("\n", 0, at) + 1
        end = self.source.find("\n", at)
        return self.source[start : end if end >= 0 else len(self.source)]

    @cached_property
    def tree(self) -> tuple[Node, ...]:
        return read_text(self.source)

    @cached_property
    def prose(self) -> str:
        """The text as long as the source, with stand-ins where values and marks are printed or tags stand."""
        return _TOKEN.sub(_stand_in, self.source)

    def walk(self) -> Iterator[tuple[Node, tuple[Expr, ...]]]:
        """Every node with the conditions under which it is printed."""
        yield from _walk(self.tree, ())

    def choices(self) -> Iterator[tuple[Choice, tuple[Expr, ...]]]:
        return ((node, path) for node, path in self.walk() if isinstance(node, Choice))


def _stand_in(match: re.Match[str]) -> str:
    is_printed = match["print"] is not None or match["kind"] is not None
    return (PRINTED if is_printed else NOTHING) * len(match[0]) if match["odd"] is None else match[0]


def _walk(nodes: tuple[Node, ...], path: tuple[Expr, ...]) -> Iterator[tuple[Node, tuple[Expr, ...]]]:
    for node in nodes:
        yield node, path
        if isinstance(node, Choice):
            for branch, taken in taken_when(node):
                yield from _walk(branch.body, (*path, taken))


def taken_when(choice: Choice) -> Iterator[tuple[Branch, Expr]]:
    """Each branch with its whole condition: its own test, and none of those before it."""
    before: list[Expr] = []
    for branch in choice.branches:
        own = () if branch.test is None else (branch.test,)
        yield branch, All((*(Not(each) for each in before), *own))
        before += own


# ---- reading --------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=2048)
def read_text(source: str) -> tuple[Node, ...]:
    """The tree of a text; what cannot be read stands in it as `Wrong`."""
    return _Reader(source).all()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(_TOKEN.finditer(source))
        self.next = 0
        self.at = 0

    def all(self) -> tuple[Node, ...]:
        out: list[Node] = []
        while True:
            body, ended = self._until_tag()
            out += body
            if ended is None:
                return tuple(out)
            params = (("tag", _tag(ended)),)
            out.append(Wrong("t01_tag_without_if", params, ended.start()))

    def _until_tag(self) -> tuple[list[Node], re.Match[str] | None]:
        """Nodes up to the tag that ends them: elif, else, endif; None at the end of the text."""
        out: list[Node] = []
        while self.next < len(self.tokens):
            token = self.tokens[self.next]
            self._words(out, token.start())
            self.next += 1
            self.at = token.end()
            if token["tag"] is None:
                out.append(_leaf(token))
            elif _tag(token).split(" ")[0] == "if":
                out.append(self._choice(token))
            elif _tag(token).split(" ")[0] in ("elif", "else", "endif"):
                return out, token
            else:
                out.append(Wrong("t01_tag_refused", (("tag", _tag(token)),), token.start()))
        self._words(out, len(self.source))
        self.at = len(self.source)
        return out, None

    def _words(self, out: list[Node], end: int) -> None:
        if end > self.at:
            out.append(Words(self.source[self.at : end], self.at))

    def _choice(self, token: re.Match[str]) -> Node:
        branches: list[Branch] = []
        opening, alone = token, _stands_alone(self.source, token)
        while True:
            body, ended = self._until_tag()
            branches.append(_branch(opening, body))
            if ended is None:
                return Wrong("t01_if_without_end", (("tag", _tag(token)),), token.start())
            if _tag(ended) == "endif":
                return Choice(tuple(branches), token.start(), alone)
            opening = ended


def _tag(token: re.Match[str]) -> str:
    return " ".join(str(token["tag"]).split())


def _stands_alone(source: str, token: re.Match[str]) -> bool:
    start = source.rfind("\n", 0, token.start()) + 1
    end = source.find("\n", token.end())
    return not re.sub(r"\{%.*?%\}", "", source[start : end if end >= 0 else len(source)]).strip()


def _branch(token: re.Match[str], body: list[Node]) -> Branch:
    written = _tag(token).partition(" ")[2]
    if not written:
        return Branch(None, "else", token.start(), tuple(body))
    try:
        return Branch(of_text(written), written, token.start(), tuple(body))
    except ConditionTrouble as trouble:
        wrong = Wrong(trouble.code, tuple(trouble.params.items()), token.start())
        return Branch(Const(True), written, token.start(), (wrong, *body), misread=True)


def _leaf(token: re.Match[str]) -> Node:
    if token["print"] is not None:
        written = token["print"].strip()
        try:
            return Print(of_text(written), written, token.start())
        except ConditionTrouble as trouble:
            return Wrong(trouble.code, tuple(trouble.params.items()), token.start())
    if token["remark"] is not None:
        return Remark(token["remark"].strip(), token.start())
    if token["kind"] is not None:
        return Marked(token["kind"], token["key"], token["form"] or "", token.start())
    return Wrong("t06_malformed_mark", (("mark", token["odd"]),), token.start())
