"""On which page of the Word file each bookmark stands: the contents must say so before Word has ever seen the paper.

What was written is read again and laid out as Word will: the styles' sizes, leading and white, the widths of the fonts
they name, the grids and kept rows of tables, pictures at their given height. Filling pages is the same walk as for the
PDF. It reads what this writer writes, not any Word file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from docgen.render.docx.measures import WORD, Measures, Styles, attribute, number
from docgen.render.docx.numbering import STEP
from docgen.render.fonts.linebreak import break_lines
from docgen.render.pdf.apparatus import pages_of
from docgen.render.pdf.flow import BOUND, Strip, Target, held, paginate, spaced, stacked_height
from docgen.render.pdf.wordface import word_widths

_NATURAL = 1.33
"""The least height of a line, in ems: a Chinese font's own leading."""
_RULE = 0.5
"""What the rule between two rows of a table adds to its height."""
_APART = 0.2
"""White between Chinese and Latin, in ems: Word and others set them apart without being asked."""
_EMU = 12700
"""English metric units, in which drawings are measured, in a point."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def pages(body: str, head: str, styles: Styles, font: str, sheet: Sheet) -> dict[str, int]:
    """The page of every bookmark, counted from 1. body, head: XML of body and running head, namespaces declared. A tall
    running head pushes the text down, but not that of a cover, which has none."""
    layout = _Layout(styles, font)
    running = layout.blocks(fromstring(head), sheet.width)
    pushed = max(0.0, sheet.head + stacked_height(running) + running[-1].after - sheet.top) if running else 0.0
    children = list(fromstring(body))
    cover = next((at for at, child in enumerate(children, 1) if child.find(f"{WORD}pPr/{WORD}sectPr") is not None), 0)
    before = paginate(layout.blocks(children[:cover], sheet.width), sheet.height) if cover else []
    after = paginate(layout.blocks(children[cover:], sheet.width), sheet.height - pushed)
    return pages_of([*before, *after])


class Sheet(NamedTuple):
    """In points. width, height: of the text area; top: of the margin above it; head: where the running head begins."""

    width: float
    height: float
    top: float
    head: float


class _Piece(NamedTuple):
    text: str
    size: float
    bold: bool


class _Layout:
    def __init__(self, styles: Styles, font: str) -> None:
        self.styles, self.font = styles, font

    def blocks(self, parent: Iterable[Element], width: float) -> list[Strip]:
        """Paragraphs and tables below one another; frames such as that of the contents are looked through."""
        out: list[Strip] = []
        for child in parent:
            match child.tag.removeprefix(WORD):
                case "p":
                    out += self._paragraph(child, width)
                case "tbl":
                    out += self._table(child, width)
                case "sdt":
                    out += self.blocks(child[-1], width)
        return out

    # ---- paragraphs
    def _paragraph(self, paragraph: Element, width: float) -> list[Strip]:
        properties = paragraph.find(f"{WORD}pPr")
        measures = self.styles.of(properties)
        left, first = _indent(properties, measures)
        right = number(properties, "ind", "right") / 20
        pieces = list(self._pieces(paragraph, measures))
        heights = list(self._lines(pieces, measures, width - left - right, -first))
        strips = [Strip(max(height, measures.line) if not measures.exact else measures.line) for height in heights]
        _hold(strips, keep_next=measures.keep_next, keep_lines=measures.keep_lines)
        spaced(strips, measures.before, measures.after)
        names = [mark.get(f"{WORD}name", "") for mark in paragraph.iter(f"{WORD}bookmarkStart")]
        strips[0].targets = tuple(Target(name, "", -1) for name in names)
        start = [Strip(0.0, eject=True)] if measures.page_break else []
        ends_section = properties is not None and properties.find(f"{WORD}sectPr") is not None
        return [*start, *strips, *([Strip(0.0, eject=True)] if ends_section else [])]

    def _pieces(self, paragraph: Element, measures: Measures) -> Iterator[_Piece]:
        """Words with their size. A line feed is a break, a vertical tab a drawing as tall as the piece's size."""
        for run in paragraph.iter(f"{WORD}r"):
            size, bold = self.styles.run(run.find(f"{WORD}rPr"), measures)
            for child in run:
                match child.tag.removeprefix(WORD):
                    case "t":
                        yield _Piece(child.text or "", size, bold)
                    case "tab":
                        yield _Piece("\t", size, bold)
                    case "br":
                        yield _Piece("\n", size, bold)
                    case _:
                        for drawing in child.iter(f"{_DRAWING}inline"):
                            extent = drawing.find(f"{_DRAWING}extent")
                            yield _Piece("\v", int(extent.get("cy", "0")) / _EMU if extent is not None else 0.0, bold)

    def _lines(self, pieces: Sequence[_Piece], measures: Measures, width: float, hanging: float) -> Iterator[float]:
        """The height of each line. In a hanging paragraph what stands before the tab hangs in the margin."""
        if hanging > 0 and any(piece.text == "\t" for piece in pieces):
            start = next(at for at, piece in enumerate(pieces) if piece.text == "\t")
            pieces = pieces[start + 1 :]
        stretch: list[_Piece] = []
        for piece in [*pieces, _Piece("\n", measures.size, False)]:
            if piece.text == "\v":
                yield piece.size
            elif piece.text != "\n":
                stretch.append(piece)
            else:
                if stretch or not any(each.text == "\v" for each in pieces):
                    yield from self._broken(stretch, measures, width)
                stretch = []

    def _broken(self, pieces: Sequence[_Piece], measures: Measures, width: float) -> Iterator[float]:
        text = "".join(piece.text for piece in pieces)
        if not text.strip():
            yield measures.size * _NATURAL
            return
        advances: list[float] = []
        for piece in pieces:
            widths = word_widths(self.font, bold=piece.bold)
            advances += [widths[char] * piece.size for char in piece.text]
        sizes = [piece.size for piece in pieces for _ in piece.text]
        for at, (left, right) in enumerate(pairwise(text)):
            if _is_set_apart(left, right):
                advances[at] += _APART * sizes[at]
        halves = [
            0.5 * size if char in "，。、；：！？）》」』】”’" else 0.0 for char, size in zip(text, sizes, strict=True)
        ]
        for start, end, _ in break_lines(text, advances, halves, width):
            yield max(sizes[start:end], default=measures.size) * _NATURAL

    # ---- tables
    def _table(self, table: Element, width: float) -> list[Strip]:
        """A row is one strip; rows that repeat on each page are the head of all others."""
        properties = table.find(f"{WORD}tblPr")
        style = attribute(properties, "tblStyle")
        margins = self.styles.margins(properties, style)
        rule = _RULE if self.styles.is_ruled(properties, style) else 0.0
        head: list[Strip] = []
        rows: list[Strip] = []
        for row in table.iter(f"{WORD}tr"):
            strip = self._row(row, margins, rule)
            if row.find(f"{WORD}trPr/{WORD}tblHeader") is not None:
                head.append(strip)
            rows.append(strip)
        for strip in rows[len(head) :]:
            strip.head = tuple(head)
        return rows

    def _row(self, row: Element, margins: Mapping[str, float], rule: float) -> Strip:
        tall, targets, keeps = 0.0, [], []
        for cell in row.iter(f"{WORD}tc"):
            own = dict(margins)
            for side in cell.findall(f"{WORD}tcPr/{WORD}tcMar/*"):
                own[side.tag.removeprefix(WORD)] = int(side.get(f"{WORD}w", "0")) / 20
            room = number(cell.find(f"{WORD}tcPr"), "tcW", "w") / 20 - own["left"] - own["right"]
            strips = self.blocks(cell, room)
            targets += [target for strip in strips for target in strip.targets]
            keeps.append(bool(strips) and strips[-1].hold == BOUND)
            ends = (strips[0].before + strips[-1].after) if strips else 0.0
            tall = max(tall, stacked_height(strips) + ends + own["top"] + own["bottom"])
        properties = row.find(f"{WORD}trPr")
        least = number(properties, "trHeight") / 20
        exact = attribute(properties, "trHeight", "hRule") == "exact"
        strip = Strip(least if exact else max(tall + rule, least), targets=tuple(targets))
        strip.hold = BOUND if any(keeps) else 0
        return strip


def _is_set_apart(left: str, right: str) -> bool:
    """Whether Word puts white between two characters: a Chinese one beside a Latin letter or a digit."""
    if left.isascii() == right.isascii():
        return False
    latin, chinese = (left, right) if left.isascii() else (right, left)
    return latin.isalnum() and "\u4e00" <= chinese <= "\u9fff"


def _indent(properties: Element | None, measures: Measures) -> tuple[float, float]:
    """Left edge of all lines but the first, and how the first departs from it."""
    left, first = measures.left, -measures.hanging
    if number(properties, "numPr/numId") and not measures.left:  # the numbers of clauses hang as their styles say
        left, first = STEP * (number(properties, "numPr/ilvl") + 1) / 20, -STEP / 20
    own = properties.find(f"{WORD}ind") if properties is not None else None
    if own is not None:
        left = int(own.get(f"{WORD}left", left * 20)) / 20
        first = (int(own.get(f"{WORD}firstLine", "0")) - int(own.get(f"{WORD}hanging", "0"))) / 20
    return left, first


def _hold(strips: Sequence[Strip], *, keep_next: bool, keep_lines: bool) -> None:
    """The first two and the last two lines stay together; a kept paragraph holds whole, and on to the next."""
    if keep_next or keep_lines:
        held(list(strips), BOUND)
    elif len(strips) > 1:
        strips[0].hold = strips[-2].hold = BOUND
    if keep_next and strips:
        strips[-1].hold = BOUND
