"""Conditions of approval rules: Jinja's expression syntax, read by Jinja in its sandbox, with exact numbers.

Only a small part of the language is let through (comparisons, and/or/not, + - * /, `in`, conditional values, a few
functions), so that no rule can reach an attribute, loop, or compute something huge. `20%` is 1/5, `0.15` exactly
15/100.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment

Value = Fraction | str | bool | None
_NUMBER = "number_"
_TOKEN = re.compile(r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?<![\w.])(\d+(?:\.\d+)?)(%?)""")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Name, nodes.Const,
    nodes.Call, nodes.Keyword, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg, nodes.Pos, nodes.CondExpr,
    nodes.List, nodes.Tuple,
)  # fmt: skip
LONGEST = 500
FUNCTIONS = ("lines", "sum", "max", "min", "avg", "count")


class ExpressionError(ValueError):
    """The condition cannot be read, or asks for something it may not; `code` names which."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Condition:
    """A condition that was read: the names it looks at, and its verdict for given values."""

    text: str
    names: tuple[str, ...]
    _run: Callable[..., Any]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is true; False where it looks at a value that is None (not stated)."""
        if any(values.get(name) is None for name in self.names):
            return False
        try:
            return bool(self._run(**{name: values[name] for name in self.names}, **_functions(values)))
        except (TypeError, ZeroDivisionError, UndefinedError) as error:
            raise ExpressionError("condition_fails", condition=self.text, reason=str(error)) from None


class _Exact(SandboxedEnvironment):
    """Numbers are fractions, so a limit is met exactly or not at all."""

    def __init__(self) -> None:
        super().__init__(autoescape=False, cache_size=0, extensions=())
        self.globals = {_NUMBER: Fraction}
        self.filters = {}
        self.tests = {}


@lru_cache(maxsize=512)
def read(text: str) -> Condition:
    """Read a condition; `ExpressionError` says what is wrong with it."""
    if len(text) > LONGEST:
        raise ExpressionError("condition_too_long", limit=str(LONGEST))
    if "{{" in text or "{%" in text or "}}" in text or "%}" in text or "{#" in text:
        raise ExpressionError("condition_syntax", condition=text, reason="write the bare condition, without braces")
    environment = _Exact()
    source = _TOKEN.sub(_exact_number, text)
    try:
        tree = environment.parse("{{ " + source + " }}")
    except TemplateSyntaxError as error:
        raise ExpressionError("condition_syntax", condition=text, reason=str(error.message)) from None
    _check(tree, text)
    names = tuple(sorted({n.name for n in tree.find_all(nodes.Name)} - {_NUMBER, *FUNCTIONS}))
    return Condition(text, names, environment.compile_expression(source, undefined_to_none=False))


def _exact_number(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    value = Fraction(match[2]) / (100 if match[3] else 1)
    return f"{_NUMBER}('{value}')"


def _check(tree: nodes.Template, text: str) -> None:
    body = tree.body[0].nodes if len(tree.body) == 1 and isinstance(tree.body[0], nodes.Output) else ()
    if len(body) != 1:
        raise ExpressionError("condition_syntax", condition=text, reason="expected one condition")
    for node in body[0].find_all(nodes.Node):
        _allow(node, text)
    _allow(body[0], text)


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
    rows: Iterable[Mapping[str, Any]] = values.get("lines") or ()

    def lines(**wanted: str) -> list[Mapping[str, Any]]:
        return [row for row in rows if all(row.get(key) == value for key, value in wanted.items())]

    def column(selected: list[Mapping[str, Any]], name: str) -> list[Any]:
        return [row[name] for row in selected if row.get(name) is not None]

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
