"""The numbered places of a contract: numbers in a margin of their own, tagged as headings and nested lists.

Loaded only for papers that have clauses.
"""

from __future__ import annotations

from docgen.content.articles import kept, seconds
from docgen.content.blocks import Blocks, Clause, Strong, text_of
from docgen.render.pdf.flow import BOUND, Shape, Strip, Target, Words, spaced, text_strips
from docgen.render.pdf.paragraph import Piece, pieces, set_lines
from docgen.render.pdf.sheet import Ink, Sheet, strong
from docgen.render.pdf.structure import Element
from docgen.render.theme import ARTICLE, CLAUSE_PAIR_SPACES, CLAUSE_SPACES, clause_edges

_LISTS = ("Decimal", "Decimal", "LowerAlpha", "LowerRoman")
_UNDERLINED = "/A<</O/Layout/TextDecorationType/Underline>>"
_RULE_AT, _RULE = 0.13, 0.055
"""How far below the baseline words are underlined, and how thick, in ems."""


class ClauseSetter:
    """Sets the clauses of one paper, and remembers which lists of the structure tree are open."""

    def __init__(self, blocks: Blocks, sheet: Sheet) -> None:
        self._sheet = sheet
        self._seconds, self._kept = seconds(blocks), kept(blocks)
        self._open: list[tuple[int, Element, Element]] = []
        """Of each open list, from the outermost: the level of its items, the list, what the latest item says."""

    def close(self) -> None:
        """Anything else than a clause ends the lists."""
        self._open.clear()

    def article(self, block: Clause, width: float, element: Element, bookmark: int) -> list[Strip]:
        """A heading that holds what follows. bookmark: its depth; a translation below it has none."""
        self.close()
        ink = strong(self._sheet.body)._replace(size=round(self._sheet.unit * ARTICLE, 2))
        strips = self._lines(block, ink, width, element, element)
        for strip in strips:
            strip.hold = BOUND
        level = -1 if block.anchor in self._seconds else bookmark
        return self._placed(block, strips, level)

    def clause(self, block: Clause, width: float, parent: Element, language: str) -> list[Strip]:
        """A paragraph or an item, in a list of its level inside the item above it."""
        item = Element("LI", self._list(block.level, parent))
        label = Element("Lbl", item)
        words = Element("LBody", item, language + (_UNDERLINED if block.conspicuous else ""))
        self._open[-1] = (block.level, self._open[-1][1], words)
        strips = self._lines(block, self._sheet.body, width, words, label)
        if strips and block.anchor in self._kept:
            strips[-1].hold = BOUND
        return self._placed(block, strips, -1)

    def _list(self, level: int, parent: Element) -> Element:
        while self._open and self._open[-1][0] > level:
            self._open.pop()
        if self._open and self._open[-1][0] == level:
            return self._open[-1][1]
        above = self._open[-1][2] if self._open else parent
        made = Element("L", above, f"/A<</O/List/ListNumbering/{_LISTS[level - 1]}>>")
        self._open.append((level, made, made))
        return made

    def _lines(self, block: Clause, ink: Ink, width: float, words: Element, label: Element) -> list[Strip]:
        """The number stands left of the first line; all lines begin under one another."""
        unit = self._sheet.unit
        start, edge = (each * unit for each in clause_edges(block.level))
        number = set_lines([Piece(block.number, ink)], width)[0] if block.number else None
        if number is not None:
            edge = max(edge, start + number.width + 0.5 * unit)
        content = (Strong(block.content),) if block.conspicuous else block.content
        lines = set_lines(pieces(content, ink, self._sheet), width - edge, justify=block.level > 1)
        strips = text_strips(lines, words, edge)
        if not strips:
            strips = [Strip(ink.leading)] if number is not None else []
        if block.conspicuous:
            for strip in strips:
                strip.shapes += _underlines(strip.words)
        if number is not None:
            strips[0].words.insert(0, Words(label, start, number.ascent, number.runs))
        return strips

    def _placed(self, block: Clause, strips: list[Strip], bookmark: int) -> list[Strip]:
        if not strips:
            return []
        title = f"{block.number or ''} {text_of(block.content)}".strip().replace("\n", " ")
        strips[0].targets = (Target(block.anchor, title, bookmark),)
        spaces = CLAUSE_PAIR_SPACES if block.anchor in self._seconds else CLAUSE_SPACES
        return spaced(strips, spaces[block.level - 1] * self._sheet.unit, 0.0)


def _underlines(words: list[Words]) -> list[Shape]:
    """One rule below each line, through its spaces too."""
    out = []
    for item in words:
        if item.runs:
            first, last = item.runs[0], item.runs[-1]
            size = max(run.ink.size for run in item.runs)
            left = item.x + first.x
            right = item.x + last.x + last.width
            out.append(Shape("fill", left, item.y + _RULE_AT * size, right - left, _RULE * size, first.ink.colour))
    return out
