"""Text to a tree that knows line and column of every value.

PyYAML's C parser composes nodes with marks; every plain scalar stays text (no floats, no `NO`, no sexagesimals: the
schema types it). We check ourselves what a loader for trusted files lets pass: duplicate keys, aliases that multiply,
tags, more than one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from docgen.problems import Path, Place, Problem
from docgen.source.look_alikes import may_hold
from docgen.source.text_file import forbidden_characters, has_forbidden, place_in

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # pragma: no cover - PyYAML built without libyaml
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

DEEPEST = 40
MOST_ALIASED = 20_000
"""Values reached through aliases: plenty for honest reuse, far too few for a bomb."""

_STR, _MAP, _SEQ = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_TAGS = {yaml.ScalarNode: _STR, yaml.MappingNode: _MAP, yaml.SequenceNode: _SEQ}
NOTHING = {"", "~", "null"}
"""What an unquoted scalar says nothing with."""


class _TextLoader(_Base):
    """Resolves nothing: every untagged scalar is a string."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        return _TAGS[kind]


class Tree:
    """A parsed file: `data` of dicts, lists and strings; `place(path)` for any value in it."""

    def __init__(self, shown: str, node: Any, text: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self.is_unreadable = node is None
        self._children: dict[int, dict[str, tuple[Any, Any]]] = {}
        self._node = node
        self._text = text
        self._aliased = 0
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._has_nothing = False
        self._comments = {match.start() for match in re.finditer(" #", text)}
        self.may_mislead = may_hold(text)
        self.data = self._read(node, 0) if node is not None else {}

    # -- reading ------------------------------------------------------------------------------------------------------
    def _read(self, node: Any, depth: int) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        key = id(node)
        if key in self._open or depth > DEEPEST:
            self._complain("nested_too_deep", node)
            return None
        if key in self._seen:
            self._aliased += 1
        self._seen.add(key)
        self._open.add(key)
        value = self._mapping(node, depth) if isinstance(node, yaml.MappingNode) else self._sequence(node, depth)
        self._open.discard(key)
        return value

    def _scalar(self, node: Any) -> str | None:
        if node.tag != _STR:
            self._complain("tag_refused", node, tag=node.tag.replace("tag:yaml.org,2002:", "!!"))
        text: str = node.value
        if not node.style:
            if text in NOTHING:
                return None
            if self._comments and node.end_mark.index in self._comments:
                self._watch_comment(node)
        elif node.style == '"' and (name := has_forbidden(text)):
            self._complain("forbidden_character", node, character=name)
            return "?"
        return text

    def _watch_comment(self, node: Any) -> None:
        """`ACME #1` unquoted ends at the #: say so, unless it looks like a comment meant as one."""
        mark = node.end_mark
        if re.match(r" #[^\s#-]", self._text[mark.index : mark.index + 3]):
            self._complain(
                "cut_by_comment",
                node,
                severity="warning",
                rest=self._text[mark.index : mark.index + 30].split("\n")[0].strip(),
            )

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        if node.tag != _MAP:
            self._complain("tag_refused", node, tag=node.tag)
        out: dict[str, Any] = {}
        given: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._complain("key_not_text", key_node)
                continue
            key = key_node.value
            if key_node.style == '"' and (name := has_forbidden(key)):
                self._complain("forbidden_character", key_node, character=name)
                continue
            if key in given:
                self._complain("duplicate_key", key_node, key=key, line=str(given[key].start_mark.line + 1))
                continue
            given[key] = key_node
            if key == "<<":
                self._complain("merge_refused", key_node)
                continue
            if self._too_much(node):
                break
            value = self._read(value_node, depth + 1)
            if value is not None:
                out[key] = value
            else:
                self._has_nothing = True
        return out

    def _sequence(self, node: Any, depth: int) -> list[Any]:
        if node.tag != _SEQ:
            self._complain("tag_refused", node, tag=node.tag)
        out = []
        for item in node.value:
            if self._too_much(node):
                break
            out.append(self._read(item, depth + 1))
        return out

    def _too_much(self, node: Any) -> bool:
        if self._aliased <= MOST_ALIASED:
            return False
        if not any(p.code == "too_many_aliases" for p in self.problems):
            self._complain("too_many_aliases", node, limit=f"{MOST_ALIASED:,}")
        return True

    def _complain(self, code: str, node: Any, severity: Any = "error", **params: str) -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(code, params=params, severity=severity, place=Place(self.shown, mark.line + 1, mark.column + 1))
        )

    # -- places -------------------------------------------------------------------------------------------------------
    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Where the value at `path` stands, or the nearest thing above it that is there; `at_key`: its key instead."""
        node, mark = self._node, getattr(self._node, "start_mark", None)
        for key in path:
            step = self._child(node, key)
            if step is None:
                continue
            key_node, node = step
            wants_key = (at_key and key == path[-1]) or _is_empty(node)
            mark = key_node.start_mark if key_node is not None and wants_key else node.start_mark
        return Place(self.shown, mark.line + 1, mark.column + 1) if mark is not None else Place(self.shown)

    def is_quoted(self, path: Path) -> bool:
        """Whether the value at `path` is written in quotation marks, so that its text begins behind one."""
        node = self._node
        for key in path:
            step = self._child(node, key)
            node = step[1] if step is not None else None
        return isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')

    def _child(self, node: Any, key: str | int) -> tuple[Any, Any] | None:
        if isinstance(node, yaml.MappingNode):
            children = self._children.get(id(node))
            if children is None:
                pairs = [(k.value, (k, v)) for k, v in reversed(node.value) if isinstance(k, yaml.ScalarNode)]
                children = self._children[id(node)] = dict(pairs)
            return children.get(str(key))
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            return None, node.value[key]
        return None

    def empty_keys(self) -> Iterator[Path]:
        """Paths of keys behind which nothing stands: they count as absent, unless nobody knows them."""
        if self._has_nothing:
            yield from _empty_keys(self._node, ())


def _empty_keys(node: Any, path: Path) -> Iterator[Path]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode):
                if not value.style and value.value in NOTHING:
                    yield (*path, key.value)
            elif isinstance(key, yaml.ScalarNode) and len(path) < DEEPEST:
                yield from _empty_keys(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode) and len(path) < DEEPEST:
        for index, item in enumerate(node.value):
            yield from _empty_keys(item, (*path, index))


def _is_empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value == ""


def parse_yaml(text: str, shown: str) -> Tree:
    """The tree of a YAML text; what is wrong with it as YAML stands in its `problems`."""
    forbidden = forbidden_characters(text, shown)
    if forbidden:
        return _failed(shown, forbidden)
    deep = _too_deep_at(text)
    if deep is not None:
        return _failed(shown, [Problem("nested_too_deep", place=place_in(text, deep, shown))])
    loader = _TextLoader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        return _failed(shown, [_syntax(error, shown, text.count("\n"))])
    except (yaml.YAMLError, RecursionError) as error:
        return _failed(
            shown, [Problem("yaml_unreadable", params={"reason": str(error).splitlines()[0][:200]}, place=Place(shown))]
        )
    finally:
        loader.dispose()
    if node is None:
        return _failed(shown, [Problem("file_empty", params={"file": shown}, place=Place(shown))])
    tree = Tree(shown, node, text)
    if not isinstance(tree.data, dict):
        tree.problems.append(Problem("not_a_mapping", params={"file": shown}, place=tree.place(())))
        tree.data = {}
        tree.is_unreadable = True
    return tree


_DASHES = re.compile(r"^ *(?:[-?:] ){100}", re.MULTILINE)
_INDENT = re.compile(r"^ *(?=[^ \n])", re.MULTILINE)
_STACK = 500
"""Levels that are surely safe to compose."""


def _too_deep_at(text: str) -> int | None:
    """Where a text begins to nest too deep, if it goes on so far that composing it could exhaust the stack."""
    dashes = _DASHES.search(text)
    return _deep_brackets(text) or _deep_indents(text) or (dashes.start() if dashes else None)


def _deep_brackets(text: str) -> int | None:
    depth, begins = 0, None
    for bracket in re.finditer(r"[][{}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth == DEEPEST + 1 and begins is None:
            begins = bracket.start()
        if depth > _STACK:
            return begins
    return None


def _deep_indents(text: str) -> int | None:
    """A level is an indentation deeper than the ones it stands in; one line far to the right is one level."""
    levels: list[int] = []
    begins = None
    for match in _INDENT.finditer(text):
        indent = len(match[0])
        while levels and levels[-1] >= indent:
            levels.pop()
        levels.append(indent)
        if len(levels) == DEEPEST + 2 and begins is None:
            begins = match.end()
        if len(levels) > _STACK:
            return begins
    return None


def _failed(shown: str, problems: list[Problem]) -> Tree:
    tree = Tree(shown, None, "")
    tree.problems.extend(problems)
    return tree


def _syntax(error: yaml.MarkedYAMLError, shown: str, lines: int) -> Problem:
    """Points at the mistake; where the parser ran to the end of the file, at what was left open."""
    mark = error.problem_mark or error.context_mark
    if mark and mark.line >= lines and error.context_mark:
        mark = error.context_mark
    reason = " ".join(filter(None, (error.context, error.problem)))
    if "cannot start any token" in reason:
        reason += " (YAML indents with spaces, never with tabs; text that begins with @ ` or % needs quotes)"
    if "expected a single document" in reason:
        return Problem("many_documents", place=Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown))
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    return Problem("yaml_syntax", params={"reason": reason}, place=place)
