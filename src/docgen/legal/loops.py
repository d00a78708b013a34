"""What the template of a quotation or proposal speaks about: every name with its line, items of lists by their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

_JINJA = SandboxedEnvironment(autoescape=False, cache_size=0)


@dataclass(frozen=True, slots=True)
class Said:
    """A name or a filter a template uses, as `alternatives[].total`. `use`: print, ask, loop or filter; `written`: as
    the template has it."""

    name: str
    use: str
    line: int
    written: str


def spoken(source: str) -> tuple[Said, ...]:
    """Every name of a template; none where it cannot be parsed, which is told when it is filled."""
    try:
        tree = _JINJA.parse(source)
    except TemplateSyntaxError:
        return ()
    return tuple(_of_all(tree.body, {}))


_Scope = Mapping[str, str]
"""What the variables of the loops around stand for."""


def _of_all(body: list[nodes.Node], scope: _Scope) -> Iterator[Said]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield from _names(part, scope, "print")
            case nodes.If():
                yield from _names(node.test, scope, "ask")
                yield from _of_all([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                yield from _names(node.iter, scope, "loop")
                over = _path(node.iter, scope)
                own = {node.target.name: f"{over[0]}[]"} if over and isinstance(node.target, nodes.Name) else {}
                yield from _of_all([*node.body, *node.else_], {**scope, "loop": "", **own})


def _names(node: nodes.Node, scope: _Scope, use: str) -> Iterator[Said]:
    found = _path(node, scope)
    if found is not None:
        name, written = found
        if name and not name.startswith("."):
            yield Said(name, use, node.lineno, written)
        return
    if isinstance(node, nodes.Filter):
        yield Said(node.name, "filter", node.lineno, node.name)
        inner = "ask" if node.name in ("join", "length", "first", "last") else use
        if node.node is not None:
            yield from _names(node.node, scope, inner)
        return
    asked = use if isinstance(node, nodes.CondExpr) else "ask"
    for child in node.iter_child_nodes():
        yield from _names(child, scope, asked)


def _path(node: nodes.Node | None, scope: _Scope) -> tuple[str, str] | None:
    """The whole name of a chain of attributes, and as written; None for anything else."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name), node.name
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node, scope)
        return None if inner is None else (f"{inner[0]}.{node.attr}", f"{inner[1]}.{node.attr}")
    return None
