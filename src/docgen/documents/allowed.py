"""What a template may say: an allow-list of Jinja's grammar, and what each thing costs.

A template words a paper and computes nothing. It prints values, asks `if`, and goes through lists; it calls nothing,
keeps no values of its own, and builds no longer ones. So what a paper may say is at most what the deal says, as often
as loops repeat it, and those pay for every step out of one allowance a paper.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.visitor import NodeTransformer

from docgen.content.markdown import FIRST, LAST
from docgen.documents.manifest import LONGEST_TEXT
from docgen.source.text_file import forbidden_characters

MOST_STEPS = 300_000
"""What the loops of one paper may cost: each turn the number of things it does. A proposal of 14 pages costs 90."""
MOST_PRINTED = 20_000
"""Values one paper may print; that proposal prints 64."""
LONGEST = 10 * 1024 * 1024
"""Characters all its values may have."""
MOST_SLOTS = 20
"""How often one table may stand on a paper, counted in each language."""
DEEPEST_LOOP, DEEPEST = 8, 40
STEPPING = "(stepping)"
"""The filter around what a loop goes through: no name a template could write."""
_CHARACTERS_A_STEP = 20

_NAMES = {
    nodes.Call: "a call", nodes.Slice: "a slice", nodes.Concat: "~", nodes.Mul: "*", nodes.Div: "/",
    nodes.FloorDiv: "//", nodes.Mod: "%", nodes.Pow: "**", nodes.Assign: "set", nodes.AssignBlock: "set",
    nodes.CallBlock: "call", nodes.FilterBlock: "filter as a block", nodes.FromImport: "import",
    nodes.Dict: "a mapping", nodes.ScopedEvalContextModifier: "autoescape",
}  # fmt: skip
_ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.If, nodes.For, nodes.List,
    nodes.Tuple, nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.Keyword,
)  # fmt: skip


class Allowance:
    """What one paper may still do. SecurityError where it is used up."""

    def __init__(self) -> None:
        self.steps, self.values, self.value_text, self.text = MOST_STEPS, MOST_PRINTED, LONGEST, LONGEST_TEXT
        self.slots: Counter[str] = Counter()

    def step(self, price: int) -> None:
        self.steps -= price
        if self.steps < 0:
            raise SecurityError("it goes on without end")

    def touch(self, text: str) -> None:
        """A filter looks at every character of a text."""
        self.step(1 + len(text) // 100)

    def print_value(self, text: str) -> None:
        self.values -= 1
        self.value_text -= len(text)
        if self.values < 0 or self.value_text < 0:
            raise SecurityError("it prints without end")

    def place(self, slot: str) -> None:
        self.slots[slot] += 1
        if self.slots[slot] > MOST_SLOTS:
            raise SecurityError(f"{slot} stands on it more than {MOST_SLOTS} times")

    def say(self, text: str) -> None:
        self.text -= len(text)
        if self.text < 0:
            raise SecurityError("it prints without end")


def checked(tree: nodes.Template, source: str) -> nodes.Template:
    """The tree with its loops counted. TemplateSyntaxError at what is not for templates."""
    if len(source) > LONGEST_TEXT:
        raise TemplateSyntaxError(f"it has more than {LONGEST_TEXT:,} characters", 1)
    for sign in (FIRST, LAST):
        if sign in source:
            line = source.count("\n", 0, source.index(sign)) + 1
            raise TemplateSyntaxError(f"the character U+{ord(sign):04X} is not for templates", line)
    for hidden in forbidden_characters(source, ""):
        line = hidden.place.line if hidden.place is not None else 1
        raise TemplateSyntaxError(f"the character {hidden.params['character']} is not for templates", line)
    for child in tree.body:
        _check(child, 1, 0)
    counted = _Counted().visit(tree)
    assert isinstance(counted, nodes.Template)
    return counted


def _check(node: nodes.Node, depth: int, loops: int) -> None:
    loops += isinstance(node, nodes.For)
    if depth > DEEPEST or loops > DEEPEST_LOOP:
        raise TemplateSyntaxError("too many things stand inside one another", node.lineno)
    if not isinstance(node, _ALLOWED):
        name = _NAMES.get(type(node), type(node).__name__.lower())
        raise TemplateSyntaxError(f"{name} is not for templates", node.lineno)
    for refused in _refused_here(node):
        raise TemplateSyntaxError(f"{refused} is not for templates", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, depth + 1, loops)


def _refused_here(node: nodes.Node) -> Iterator[str]:
    """What no kind of node alone tells."""
    if isinstance(node, nodes.For) and node.recursive:
        yield "a loop that calls itself"
    elif isinstance(node, nodes.Const) and isinstance(node.value, float) and not math.isfinite(node.value):
        yield f"the number {node.value}"
    elif isinstance(node, nodes.List | nodes.Tuple) and getattr(node, "ctx", "load") == "load":
        if not all(isinstance(item, nodes.Const) for item in node.items):
            yield "a list of anything but words and numbers"
    elif isinstance(node, nodes.Name) and node.name == "self":
        yield "self"


class _Counted(NodeTransformer):
    """Puts the counting filter around what a loop goes through, with the price of one turn."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's way of naming visitors
        price = 1 + _things_in(node)
        self.generic_visit(node)
        at = {"lineno": node.lineno}
        node.iter = nodes.Filter(node.iter, STEPPING, [nodes.Const(price, **at)], [], None, None, **at)
        return node


def _things_in(loop: nodes.For) -> int:
    said = sum(len(each.data) for each in loop.find_all(nodes.TemplateData))
    return sum(1 for _ in loop.find_all(nodes.Node)) + said // _CHARACTERS_A_STEP
