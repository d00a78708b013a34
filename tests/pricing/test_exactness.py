"""No float sneaks into the engine: read from its source, so that no test needs to meet it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import docgen

ROOT = Path(docgen.__file__).parent
ROOMS = ("money.py", "period.py", "values.py", "expressions.py", "pricing", "configuration", "value", "approvals")
EXACT_MATH = {"ceil", "floor", "gcd", "lcm", "isqrt", "comb"}
"""What math does with whole numbers; the rest of it works in floats."""


def _sources() -> list[Path]:
    return [
        p for room in ROOMS for p in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")))
    ]


def inexact(tree: ast.AST) -> Iterator[str]:
    """Everything in a module that makes or asks for a float."""
    for node in ast.walk(tree):
        where = f"line {getattr(node, 'lineno', '?')}: "
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{where}the literal {node.value}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield f"{where}float()"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and "float" in node.func.attr:
            yield f"{where}{node.func.attr}()"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
            if node.attr not in EXACT_MATH:
                yield f"{where}math.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("math", "statistics", "random"):
            names = {alias.name for alias in node.names}
            if node.module != "math" or names - EXACT_MATH:
                yield f"{where}from {node.module} import {', '.join(sorted(names))}"
        elif isinstance(node, ast.Import) and {a.name for a in node.names} & {"statistics", "random", "numpy"}:
            yield f"{where}import of floats"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _whole(node.left) and _whole(node.right):
            yield f"{where}a division of whole numbers"
        elif (
            isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _is_minus(node.right) and _whole(node.left)
        ):
            yield f"{where}a negative power of a whole number"


def _whole(node: ast.AST) -> bool:
    """A number that is surely an int: literals, lengths, counts, and sums of them."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("int", "len")
    if isinstance(node, ast.Attribute):
        return node.attr in ("days", "year", "month", "day", "numerator", "denominator")
    if isinstance(node, ast.BinOp):
        return _whole(node.left) and _whole(node.right)
    return False


def _is_minus(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_knows_no_float(path: Path) -> None:
    assert list(inexact(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "source",
    ["x = 0.1", "x = 1e3", "float('1')", "import math\nmath.sqrt(2)", "math.pi", "from math import sqrt", "1 / 3",
     "len(a) / 2", "2 ** -n", "from statistics import mean", "Decimal.from_float(x)", "(b - a).days / 365",
     "import random"],
)  # fmt: skip
def test_the_search_finds_what_it_is_for(source: str) -> None:
    assert list(inexact(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["a / b", "Fraction(1) / 3", "Decimal(1)", "7 // 2", "math.ceil(x)", "(1 + i) ** -n"]
)
def test_the_search_lets_exact_arithmetic_pass(source: str) -> None:
    assert list(inexact(ast.parse(source))) == []


def test_every_room_of_the_engine_is_searched() -> None:
    assert len(_sources()) >= 20
