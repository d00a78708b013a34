"""A text paragraph by paragraph: what is numbered, what stands in it, and every way it can read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from docgen.legal.conditions import Expr
from docgen.legal.passages import PRINTED, Branch, Choice, Marked, Node, Passage, Print, Words, taken_when

Kind = Literal["title", "heading", "paragraph", "item", "subitem", "table"]
MOST_READINGS = 64
_START = re.compile(r"(?P<mark># |## |[ \t]*- )?(?P<text>.*)", re.DOTALL)


@dataclass
class Paragraph:
    """A title, heading, paragraph, item or table of a text. `path`: the choices around it; `nodes`: what it is of."""

    kind: Kind
    at: int
    path: tuple[Expr, ...]
    choices: tuple[tuple[int, int], ...]
    """The block choices it stands in: where each begins, and in which of its branches."""
    nodes: list[Node] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where its last words end."""
        last = self.nodes[-1] if self.nodes else None
        while isinstance(last, Choice):
            filled = [branch.body for branch in last.branches if branch.body]
            last = filled[-1][-1] if filled else None
        if isinstance(last, Words):
            return last.at + len(last.text.rstrip()) - 1
        return last.at if last is not None else self.at


def paragraphs(passage: Passage) -> list[Paragraph]:
    """Everything of a text that stands by itself, in order."""
    return _Splitter().split(passage.tree)


class _Splitter:
    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self.open: Paragraph | None = None

    def split(self, nodes: Sequence[Node]) -> list[Paragraph]:
        self._take(nodes, (), ())
        self._close()
        return self.done

    def _take(self, nodes: Sequence[Node], path: tuple[Expr, ...], choices: tuple[tuple[int, int], ...]) -> None:
        for node in nodes:
            if isinstance(node, Words):
                self._words(node, path, choices)
            elif isinstance(node, Choice) and node.alone:
                self._close()
                for number, (branch, taken) in enumerate(taken_when(node)):
                    self._take(branch.body, (*path, taken), (*choices, (node.at, number)))
                    self._close()
            else:
                self._add(node, path, choices)

    def _words(self, node: Words, path: tuple[Expr, ...], choices: tuple[tuple[int, int], ...]) -> None:
        at = node.at
        for number, line in enumerate(node.text.split("\n")):
            if number:
                self._line_ended(line)
            if line.strip():
                self._line(line, at, path, choices)
            at += len(line) + 1

    def _line_ended(self, line: str) -> None:
        """A line that is empty, or begins a title or an item, ends what stands before it."""
        if not line.strip() or re.match(r"#|[ \t]*- ", line):
            self._close()

    def _line(self, line: str, at: int, path: tuple[Expr, ...], choices: tuple[tuple[int, int], ...]) -> None:
        if self.open is None:
            found = _START.match(line)
            mark = found["mark"] if found else None
            self.open = Paragraph(_kind(mark), at, path, choices)
            skipped = len(mark or "")
            line, at = line[skipped:], at + skipped
        if line:
            self.open.nodes.append(Words(line, at))

    def _add(self, node: Node, path: tuple[Expr, ...], choices: tuple[tuple[int, int], ...]) -> None:
        if self.open is None:
            is_table = isinstance(node, Marked) and node.kind == "table"
            self.open = Paragraph("table" if is_table else "paragraph", node.at, path, choices)
        self.open.nodes.append(node)

    def _close(self) -> None:
        if self.open is not None and any(not isinstance(n, Words) or n.text.strip() for n in self.open.nodes):
            self.done.append(self.open)
        self.open = None


def _kind(mark: str | None) -> Kind:
    match mark:
        case None:
            return "paragraph"
        case "# ":
            return "title"
        case "## ":
            return "heading"
    return "item" if mark.startswith("- ") else "subitem"


# ---- readings -------------------------------------------------------------------------------------------------------
def readings(paragraph: Paragraph) -> list[str]:
    """The ways a paragraph can read, with a stand-in for every value and mark; of very many the first."""
    return list(dict.fromkeys(itertools.islice(_readings(paragraph.nodes), MOST_READINGS)))


def _readings(nodes: Sequence[Node]) -> Iterator[str]:
    ways = [list(_ways(node)) for node in nodes]
    return ("".join(each) for each in itertools.product(*ways))


def _ways(node: Node) -> Iterator[str]:
    if isinstance(node, Words):
        yield node.text
    elif isinstance(node, Print | Marked):
        yield PRINTED
    elif isinstance(node, Choice):
        for branch in node.branches:
            yield from itertools.islice(_readings(branch.body), MOST_READINGS)
        if not node.has_else:
            yield ""
    else:
        yield ""


def inner(nodes: Sequence[Node]) -> Iterator[Node | Branch]:
    """Every node and branch in them, in order."""
    for node in nodes:
        yield node
        if isinstance(node, Choice):
            for branch in node.branches:
                yield branch
                yield from inner(branch.body)
