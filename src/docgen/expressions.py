"""Conditions of approval rules: Jinja's expression syntax, read by Jinja in its sandbox, with exact numbers.

Only a small part of the language is let through (comparisons, and/or/not, + - * /, `in`, conditional values, a few
functions), so that no rule can reach an attribute, loop, or compute something huge. `20%` is 1/5, `0.15` exactly
15/100.
"""

from __future__ import annotations

import contextlib
import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

_NUMBER = "number_"
_TOKEN = re.compile(r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?<![\w.])(\d+(?:\.\d+)?)(%?)""")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Name, nodes.Const,
    nodes.Call, nodes.Keyword, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg, nodes.Pos, nodes.CondExpr,
    nodes.List, nodes.Tuple,
)  # fmt: skip
LONGEST, DEEPEST = 500, 60
"""Characters of a condition, and how deep it may nest: 60 comparisons with `and` between them."""
_TOO_DEEP = "too many things stand inside one another"
FUNCTIONS = ("lines", "sum", "max", "min", "avg", "count")


class ExpressionError(ValueError):
    """The condition cannot be read, or asks for something it may not; `code` names which."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Comparison:
    """A figure held against a bound, as the condition writes it: `discount > 20%` has figure, operator and bound.

    operator  gt, gteq, lt, lteq, eq or ne, as it stands when the condition holds; the figure is on its left
    """

    name: str
    figure: Any
    operator: str
    bound: Any


@dataclass(frozen=True)
class Condition:
    """A condition that was read: the names it looks at, and its verdict for given values. `expression`: its tree, for
    who reasons about it without values."""

    text: str
    names: tuple[str, ...]
    expression: nodes.Expr

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is true; False where it looks at a value that is None (not stated).

        Values take the place of names and calls in a copy of the tree, and Jinja works out what is then constant.
        """
        if any(values.get(name) is None for name in self.names):
            return False
        return bool(_worth(self.expression, values))

    def is_true(self, values: Mapping[str, Any]) -> bool:
        """Whether it is true where None is simply nothing: `not renewal.months` holds for a value nobody stated."""
        return bool(_worth(self.expression, values))

    def looked_at(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Every figure the condition asks for, by name: `discount`, and sums over lines by how they are written."""
        calls = [node for node in _outermost(self.expression) if isinstance(node, nodes.Call)]
        return {name: values[name] for name in self.names} | {_written(call): _worth(call, values) for call in calls}

    def comparisons(self, values: Mapping[str, Any]) -> tuple[Comparison, ...]:
        """The figures that are held against a bound, for showing a limit beside the actual figure. A number that stands
        alone, as in `below_floor`, is held against 0."""
        return tuple(_comparisons(self.expression, values, negated=False))


_MIRRORED = {"gt": "lt", "gteq": "lteq", "lt": "gt", "lteq": "gteq", "eq": "eq", "ne": "ne"}
_NEGATED = {"gt": "lteq", "gteq": "lt", "lt": "gteq", "lteq": "gt", "eq": "ne", "ne": "eq"}


def _comparisons(node: nodes.Node, values: Mapping[str, Any], *, negated: bool) -> Iterator[Comparison]:
    if isinstance(node, nodes.Compare):
        left = node.expr
        for operand in node.ops:
            yield from _compared(left, operand.op, operand.expr, values, negated)
            left = operand.expr
    elif isinstance(node, nodes.And | nodes.Or | nodes.Not):
        for child in node.iter_child_nodes():
            yield from _comparisons(child, values, negated=negated != isinstance(node, nodes.Not))
    elif isinstance(node, nodes.CondExpr):
        for branch in filter(None, (node.expr1, node.expr2)):  # on which side its test is worse cannot be said
            yield from _comparisons(branch, values, negated=negated)
    elif isinstance(node, nodes.Expr) and _is_figure(node) and isinstance(figure := _worth(node, values), Fraction):
        yield Comparison(_written(node), figure, "lteq" if negated else "gt", Fraction(0))


def _compared(
    left: nodes.Expr, operator: str, right: nodes.Expr, values: Mapping[str, Any], negated: bool
) -> Iterator[Comparison]:
    if not _is_figure(left) and _is_figure(right):
        left, operator, right = right, _MIRRORED.get(operator, ""), left
    if _is_figure(left) and operator in _MIRRORED:
        operator = _NEGATED[operator] if negated else operator
        with contextlib.suppress(ExpressionError):  # a bound nobody reached: `payment_days > 0 and … 1 / payment_days`
            yield Comparison(_written(left), _worth(left, values), operator, _worth(right, values))


def _is_figure(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) or (isinstance(node, nodes.Call) and node.node.name != _NUMBER)  # type: ignore[attr-defined]


def _outermost(node: nodes.Node) -> Iterator[nodes.Node]:
    """Names, and calls over lines without what stands inside them."""
    if _is_figure(node):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _outermost(child)


def _worth(node: nodes.Expr, values: Mapping[str, Any]) -> Any:
    """What a part of a condition comes to; ExpressionError where it cannot be computed."""
    try:
        return _Fill(values).visit(_copied(node)).as_const(nodes.EvalContext(_JINJA))
    except (nodes.Impossible, TypeError, ValueError, ZeroDivisionError) as error:
        reason = str(error) or "it compares or adds what does not go together"
        raise ExpressionError("condition_fails", reason=reason) from None


def _copied(node: nodes.Expr) -> nodes.Expr:
    """The tree alone: every node of it also holds Jinja's environment with all its filters."""
    return copy.deepcopy(node, {id(_JINJA): _JINJA})


def _written(node: nodes.Node) -> str:
    """A name or a call over lines as it is written in a rule."""
    if isinstance(node, nodes.Call):
        name = node.node.name  # type: ignore[attr-defined]
        if name == _NUMBER:
            return str(Fraction(node.args[0].value))  # type: ignore[attr-defined]
        given = [_written(a) for a in node.args] + [f"{k.key}={_written(k.value)}" for k in node.kwargs]
        return f"{name}({', '.join(given)})"
    if isinstance(node, nodes.Const):
        return repr(node.value)
    return str(getattr(node, "name", ""))


_JINJA = SandboxedEnvironment(autoescape=False, cache_size=0)


class _Fill(NodeTransformer):
    """Puts values where names and calls stand."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.functions = {_NUMBER: Fraction, **_functions(values)}

    def visit_Name(self, node: nodes.Name) -> nodes.Const:  # noqa: N802 - Jinja's way of naming visitors
        return nodes.Const(self.values[node.name])

    def visit_Call(self, node: nodes.Call) -> nodes.Const:  # noqa: N802
        context = nodes.EvalContext(_JINJA)
        given = [self.visit(argument).as_const(context) for argument in node.args]
        named = {each.key: self.visit(each.value).as_const(context) for each in node.kwargs}
        return nodes.Const(self.functions[node.node.name](*given, **named))  # type: ignore[attr-defined]


class _Joined(NodeTransformer):
    """Makes one name of a name with dots: `ip.owner`."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        inner = self.visit(node.node)
        return nodes.Name(f"{inner.name}.{node.attr}", "load") if isinstance(inner, nodes.Name) else node


@lru_cache(maxsize=1024)
def read(text: str, *, dotted: bool = False) -> Condition:
    """Read a condition; `ExpressionError` says what is wrong with it. With `dotted`, names may have dots inside."""
    if len(text) > LONGEST:
        raise ExpressionError("condition_too_long", limit=str(LONGEST))
    if any(brace in text for brace in ("{{", "{%", "}}", "%}", "{#")):
        raise ExpressionError("condition_syntax", condition=text, reason="write the bare condition, without braces")
    try:
        tree = _JINJA.parse("{{ " + _TOKEN.sub(_exact_number, text) + " }}")
    except TemplateSyntaxError as error:
        raise ExpressionError("condition_syntax", condition=text, reason=str(error.message)) from None
    except RecursionError:
        raise ExpressionError("condition_syntax", condition=text, reason=_TOO_DEEP) from None
    if _depth(tree) > DEEPEST:
        raise ExpressionError("condition_syntax", condition=text, reason=_TOO_DEEP)
    expression = _checked(_Joined().visit(tree) if dotted else tree, text)
    names = {n.name for n in [expression, *expression.find_all(nodes.Name)] if isinstance(n, nodes.Name)}
    return Condition(text, tuple(sorted(names - {_NUMBER, *FUNCTIONS})), expression)


def _depth(tree: nodes.Node) -> int:
    """Levels of a tree, counted without going down the stack."""
    level, depth = [tree], 0
    while level:
        level, depth = [child for node in level for child in node.iter_child_nodes()], depth + 1
    return depth


def _exact_number(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    value = Fraction(match[2]) / (100 if match[3] else 1)
    return f"{_NUMBER}('{value}')"


def _checked(tree: nodes.Template, text: str) -> nodes.Expr:
    """The one expression of the tree, if all of it is allowed."""
    body = tree.body[0].nodes if len(tree.body) == 1 and isinstance(tree.body[0], nodes.Output) else []
    if len(body) != 1:
        raise ExpressionError("condition_syntax", condition=text, reason="expected one condition")
    everything = [body[0], *body[0].find_all(nodes.Node)]
    called = {id(node.node) for node in everything if isinstance(node, nodes.Call)}
    for node in everything:
        _allow(node, text)
        if isinstance(node, nodes.Name) and node.name in FUNCTIONS and id(node) not in called:
            reason = f"{node.name} needs brackets, as {node.name}(lines(), 'net')"
            raise ExpressionError("condition_syntax", condition=text, reason=reason)
    return body[0]


def _allow(node: nodes.Node, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise ExpressionError("condition_not_allowed", condition=text, what=type(node).__name__)
    if isinstance(node, nodes.Call) and not (
        isinstance(node.node, nodes.Name) and node.node.name in (*FUNCTIONS, _NUMBER)
    ):
        raise ExpressionError("condition_not_allowed", condition=text, what="a call")
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        raise ExpressionError("condition_syntax", condition=text, reason=f"cannot read the number {node.value}")


def _functions(values: Mapping[str, Any]) -> dict[str, Any]:
    """What looks over lines: `sum(lines(kind='service'), 'net')`."""
    make = values.get("lines") or list

    def lines(**wanted: str) -> list[Mapping[str, Any]]:
        rows = make() if callable(make) else make
        for key in wanted:
            _known_field(rows, key)
        return [row for row in rows if all(row.get(key) == value for key, value in wanted.items())]

    def column(selected: list[Mapping[str, Any]], name: str) -> list[Any]:
        _known_field(selected, name)
        return [value for row in selected if (value := row.get(name)) is not None]

    def average(selected: list[Mapping[str, Any]], name: str) -> Fraction:
        found = column(selected, name)
        return sum(found, Fraction(0)) / len(found) if found else Fraction(0)

    return {
        "lines": lines,
        "sum": lambda selected, name: sum(column(selected, name), Fraction(0)),
        "max": lambda selected, name: max(column(selected, name), default=Fraction(0)),
        "min": lambda selected, name: min(column(selected, name), default=Fraction(0)),
        "avg": average,
        "count": lambda selected: Fraction(len(selected)),
    }


def _known_field(rows: Sequence[Mapping[str, Any]], name: str) -> None:
    """A misspelt field must not count as nothing: that would be a hole in an approval rule."""
    if rows and name not in rows[0]:
        raise ValueError(f"lines have no field {name}; they have {', '.join(rows[0])}")
