"""Conditions of clauses as values that can be reasoned about: read by Jinja's parser, held in seven small shapes.

Texts (`{% if … %}`, `{{ … }}`) and cards (`when`) share them. `worth` evaluates with some names unknown, which is what
a search over everything a deal may say needs; the contract itself is worded by Jinja, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from docgen.expressions import ExpressionError
from docgen.expressions import read as read_condition


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a clause's own value, or `clause.KEY`, by its whole name with dots."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    value: Any


@dataclass(frozen=True, slots=True)
class Not:
    of: Expr


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them."""

    of: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`op`: eq ne lt lteq gt gteq in notin."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Filtered:
    """A value through a filter: `fees.total|in_words`."""

    of: Expr
    filter: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something templates may say and the checks do not follow; `what` names it."""

    what: str
    of: tuple[Expr, ...] = ()


Expr = Name | Const | Not | All | Some | Compare | Filtered | Unreadable


class ConditionTrouble(ValueError):  # noqa: N818 - carries what was found
    """It cannot be read; `code` and `params` as those of a problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


# ---- reading --------------------------------------------------------------------------------------------------------
_JINJA = SandboxedEnvironment(autoescape=False, cache_size=0)


def of_card(text: str) -> Expr:
    """A `when` of a card: `20%` is a number, names have dots."""
    try:
        return _read(read_condition(text, dotted=True).expression)
    except ExpressionError as error:
        raise ConditionTrouble(error.code, **error.params) from None


def of_text(text: str) -> Expr:
    """What stands between `{% if` and `%}`, or between `{{` and `}}`."""
    try:
        tree = _JINJA.parse("{{ " + text + " }}")
    except TemplateSyntaxError as error:
        raise ConditionTrouble("condition_syntax", condition=text, reason=str(error.message)) from None
    output = tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise ConditionTrouble("condition_syntax", condition=text, reason="expected one expression")
    return _read(output.nodes[0])


def compiled(text: str) -> Callable[..., Any]:
    """The condition of a text as Jinja asks it, given what the text may speak about."""
    return _JINJA.compile_expression(text)


def _read(node: nodes.Node) -> Expr:
    match node:
        case nodes.Name():
            return Name(node.name)
        case nodes.Getattr():
            inner = _read(node.node)
            return Name(f"{inner.name}.{node.attr}") if isinstance(inner, Name) else Unreadable("attribute", (inner,))
        case nodes.Const():
            return Const(_exact(node.value))
        case nodes.Not():
            return Not(_read(node.node))
        case nodes.And():
            return All((_read(node.left), _read(node.right)))
        case nodes.Or():
            return Some((_read(node.left), _read(node.right)))
        case nodes.Compare():
            return _compared(node)
        case nodes.Filter() if node.node is not None:
            return Filtered(_read(node.node), node.name)
        case nodes.Call() if isinstance(node.node, nodes.Name) and node.node.name == "number_":
            return Const(Fraction(node.args[0].value))  # type: ignore[attr-defined]
        case nodes.Tuple() | nodes.List():
            items = [_read(each) for each in node.items]
            if all(isinstance(each, Const) for each in items):
                return Const(tuple(each.value for each in items if isinstance(each, Const)))
    parts = tuple(_read(child) for child in node.iter_child_nodes() if isinstance(child, nodes.Expr))
    return Unreadable(type(node).__name__.lower(), parts)


def _compared(node: nodes.Compare) -> Expr:
    left, found = node.expr, []
    for operand in node.ops:
        found.append(Compare(operand.op, _read(left), _read(operand.expr)))
        left = operand.expr
    return found[0] if len(found) == 1 else All(tuple(found))


def _exact(value: Any) -> Any:
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


# ---- looking at -----------------------------------------------------------------------------------------------------
def parts(expr: Expr) -> Iterator[Expr]:
    """The condition and everything in it."""
    yield expr
    for inner in _inside(expr):
        yield from parts(inner)


def _inside(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Not(of) | Filtered(of, _):
            return (of,)
        case All(of) | Some(of) | Unreadable(_, of):
            return of
        case Compare(_, left, right):
            return left, right
    return ()


def names(expr: Expr) -> tuple[str, ...]:
    """Every name in it, each once, in order."""
    return tuple(dict.fromkeys(each.name for each in parts(expr) if isinstance(each, Name)))


def replaced(expr: Expr, put: Callable[[Name], Expr]) -> Expr:
    """The condition with every name replaced by what `put` gives for it."""
    match expr:
        case Name():
            return put(expr)
        case Not(of):
            return Not(replaced(of, put))
        case Filtered(of, name):
            return Filtered(replaced(of, put), name)
        case All(of):
            return All(tuple(replaced(each, put) for each in of))
        case Some(of):
            return Some(tuple(replaced(each, put) for each in of))
        case Compare(op, left, right):
            return Compare(op, replaced(left, put), replaced(right, put))
    return expr


# ---- worth ----------------------------------------------------------------------------------------------------------
class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()
"""What a condition is worth while the names that decide it are open."""


def worth(expr: Expr, values: dict[str, Any]) -> Any:
    """What it comes to where some names have values; UNKNOWN where the others decide."""
    match expr:
        case Name(name):
            return values.get(name, UNKNOWN)
        case Const(value):
            return value
        case Not(of):
            inner = worth(of, values)
            return UNKNOWN if inner is UNKNOWN else not inner
        case All(of):
            return _joined(of, values, stops_at=False)
        case Some(of):
            return _joined(of, values, stops_at=True)
        case Filtered(of, _):
            return worth(of, values)
        case Compare(op, left, right):
            return _held_against(op, worth(left, values), worth(right, values))
    return UNKNOWN


def _joined(of: tuple[Expr, ...], values: dict[str, Any], *, stops_at: bool) -> Any:
    is_open = False
    for each in of:
        value = worth(each, values)
        if value is UNKNOWN:
            is_open = True
        elif bool(value) == stops_at:
            return stops_at
    return UNKNOWN if is_open else not stops_at


_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "lt": lambda a, b: a < b,
    "lteq": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gteq": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}


def _held_against(op: str, left: Any, right: Any) -> Any:
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if op in ("eq", "ne"):
        return (left == right) == (op == "eq")
    try:
        return bool(_ORDER[op](left, right))
    except TypeError:
        return UNKNOWN  # nothing to compare: told by the check of names, not here
