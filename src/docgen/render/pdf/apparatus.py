"""What a long paper has around its text: cover, contents, captions, review notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from docgen.content.blocks import (
    Block,
    Captioned,
    Clause,
    Comment,
    Contents,
    Cover,
    Facts,
    Heading,
    Inlines,
    Paragraph,
    Strong,
    Table,
    Text,
)
from docgen.content.remarks import comments_in
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.flow import (
    BOUND,
    FREE,
    TOGETHER,
    Note,
    Page,
    Shape,
    Strip,
    Target,
    Words,
    held,
    spaced,
    stacked_height,
    text_strips,
)
from docgen.render.pdf.paragraph import Line, Piece, Run, pieces, set_lines
from docgen.render.pdf.sheet import Ink, Sheet, strong
from docgen.render.pdf.structure import Element
from docgen.render.theme import COVER_BAR, COVER_RECIPIENT, COVER_TITLE, WHOLE_SHARE, caption_gap, cover_sizes

_PAGE_ROOM = 3.0
"""Kept free at the right edge of the contents for page numbers, in ems."""


# ---- the cover ------------------------------------------------------------------------------------------------------
def cover(block: Cover, sheet: Sheet, width: float, height: float, parent: Element) -> list[Strip]:
    """One strip as tall as the page: the house on top, the title above the middle, particulars at the foot."""
    page = Strip(height)
    sizes = cover_sizes(block.title, sheet.sizes)
    section = Element("Sect", parent)
    colours = sheet.colours
    brand = strong(sheet.brand)._replace(size=sizes.brand)
    _lay(page, block.brand, brand, Element("P", section), 0.0, width)
    top = COVER_TITLE * height
    page.shapes.append(Shape("fill", 0.0, top - sizes.title, COVER_BAR[0], COVER_BAR[1], colours.accent))
    title = Ink("bold", sizes.title, colours.ink)
    y = _lay(page, block.title, title, Element("H1", section), top, width)
    subtitle = Ink("regular", sizes.subtitle, colours.muted)
    y = _lay(page, block.subtitle, subtitle, Element("P", section), y + 0.3 * sizes.title, 0.85 * width)
    label, name = block.recipient
    y = max(y + 2 * sizes.subtitle, COVER_RECIPIENT * height)
    y = _lay(page, label, sheet.label, Element("P", section), y, width)
    _lay(page, name, Ink("bold", sizes.name, colours.ink), Element("P", section), y, width)
    _cover_foot(block, page, sheet, width, section)
    return [page, Strip(0.0, eject=True)]


def _lay(page: Strip, words: str, ink: Ink, element: Element, y: float, width: float) -> float:
    """Put words on the page from `y` down, each line feed a new line; return where they end."""
    for part in words.split("\n"):
        y = _put(page, set_lines([Piece(part, ink)] if part else [], width), element, 0.0, y)
    return y


def _cover_foot(block: Cover, page: Strip, sheet: Sheet, width: float, section: Element) -> None:
    """Particulars in a row below a rule, the notice below them, the last line on the foot of the text area."""
    room = (width - sheet.unit * max(len(block.facts) - 1, 0)) / max(len(block.facts), 1)
    facts = [
        (set_lines([Piece(label, sheet.label)], room), set_lines([Piece(value, sheet.body)], room))
        for label, value in block.facts
    ]
    notice = set_lines([Piece(block.notice, sheet.label)], width)
    tall = max((_height(label) + _height(value) for label, value in facts), default=0.0)
    gap = sheet.unit if facts else 0.0
    top = page.height - _height(notice) - 1.6 * sheet.unit - tall - gap
    if facts:
        page.shapes.append(Shape("fill", 0.0, top, width, 1.2, sheet.colours.accent))
    whole = Element("L", section)
    for place, (label, value) in enumerate(facts):
        item = Element("LI", whole)
        x, y = place * (room + sheet.unit), top + gap
        y = _put(page, label, Element("Lbl", item), x, y)
        _put(page, value, Element("LBody", item), x, y)
    _put(page, notice, Element("P", section), 0.0, page.height - _height(notice))


def _height(lines: Iterable[Line]) -> float:
    return sum(line.height for line in lines)


def _put(page: Strip, lines: Iterable[Line], element: Element, x: float, y: float) -> float:
    for line in lines:
        page.words.append(Words(element, x, y + line.ascent, line.runs))
        y += line.height
    return y


# ---- the contents ---------------------------------------------------------------------------------------------------
class Unnumbered(NamedTuple):
    """A line of the contents whose page is not known yet. x: where its words end; right: where its number ends."""

    strip: Strip
    element: Element
    anchor: str
    ink: Ink
    x: float
    right: float


def contents(
    block: Contents, sheet: Sheet, width: float, parent: Element, level: int, ink: Ink
) -> tuple[list[Strip], list[Unnumbered]]:
    """Title, then a line for each heading, lower levels stepped in below the words of higher ones."""
    title = text_strips(set_lines([Piece(block.title, ink)], width), Element(f"H{level}", parent))
    for strip in title:
        strip.hold = BOUND
    if title:
        title[0].targets = (Target("contents", block.title, 0),)
    spaced(title, 1.6 * sheet.unit, 0.9 * sheet.unit)
    flat = block.levels == 1
    inks = [sheet.body if flat else strong(sheet.body), *([sheet.body] * max(block.levels - 1, 0))]
    rooms = _number_rooms(block, inks)
    tree = [Element("TOC", parent)]
    strips: list[Strip] = []
    waiting: list[Unnumbered] = []
    deeper = [after.level > before.level for before, after in pairwise((*block.entries, *block.entries[-1:]))]
    for entry, holds in zip(block.entries, deeper, strict=True):
        depth = entry.level - 1
        while len(tree) <= depth:
            tree.append(Element("TOC", tree[-1]))
        del tree[depth + 1 :]
        element = Element("Reference", Element("TOCI", tree[-1]))
        indent = sum(rooms[:depth])
        words = indent + (rooms[depth] if entry.number else 0.0)
        link = f"#{entry.anchor}"
        lines = set_lines([Piece(entry.title, inks[depth], link)], width - words - _PAGE_ROOM * sheet.unit)
        own = text_strips(lines, element, words)
        if not own:
            continue
        if entry.number:
            number = set_lines([Piece(entry.number, inks[depth], link)], width)[0]
            own[0].words.insert(0, Words(element, indent, number.ascent, number.runs))
        waiting.append(Unnumbered(own[-1], element, entry.anchor, inks[depth], words + lines[-1].width, width))
        above = 0.75 if depth == 0 and not flat else 0.1
        strips += spaced(held(own, BOUND), above * sheet.unit, 0.1 * sheet.unit)
        if depth == 0 and holds:
            own[-1].hold = BOUND
    if strips:
        held(strips, TOGETHER if flat else FREE)[-1].hold = FREE
    return [*title, *spaced(strips, 0.0, 2 * sheet.unit)], waiting


def _number_rooms(block: Contents, inks: Sequence[Ink]) -> list[float]:
    """The room of each level's numbers; where headings have none, how far the next level steps in."""
    rooms = []
    for level, ink in enumerate(inks, 1):
        widths = [typeface(ink.weight).width(entry.number) for entry in block.entries if entry.level == level]
        widest = max(widths, default=0.0) * ink.size / UNITS
        rooms.append(widest + 0.9 * ink.size if widest else 1.4 * ink.size)
    return rooms


def number_pages(waiting: Iterable[Unnumbered], pages: Sequence[Page], sheet: Sheet) -> None:
    """Now that the pages are filled: the number of each line of the contents, and the dots that lead to it."""
    found = pages_of(pages)
    for line in waiting:
        if line.anchor not in found:
            continue
        number, ink = str(found[line.anchor]), line.ink
        width = typeface(ink.weight).width(number) * ink.size / UNITS
        base = line.strip.words[-1].y
        run = Run(line.right - width, number, ink, width, f"#{line.anchor}")
        line.strip.words.append(Words(line.element, 0.0, base, (run,)))
        start, end = line.x + 0.8 * ink.size, line.right - width - 0.5 * ink.size
        if end - start > ink.size:
            line.strip.shapes.append(Shape("dots", start, base, end - start, 0.7, sheet.colours.muted))


def pages_of(pages: Sequence[Page]) -> dict[str, int]:
    """The page of every anchor, counted from 1."""
    return {
        target.anchor: number
        for number, page in enumerate(pages, 1)
        for placed in page
        if not placed.repeated
        for target in placed.strip.targets
    }


def chapters(pages: Sequence[Page]) -> list[str]:
    """The chapter each page goes on with; "" where one begins, whose title needs no second mention."""
    current, out = "", []
    for page in pages:
        begun = [target.title for placed in page for target in placed.strip.targets if target.chapter]
        out.append("" if begun else current)
        current = begun[-1] if begun else current
    return out


# ---- captions -------------------------------------------------------------------------------------------------------
def caption(block: Captioned, sheet: Sheet, width: float, element: Element) -> list[Strip]:
    """The label in bold, the words after it; white on the side that is turned away from the table or figure."""
    words: Inlines = (Strong((Text(block.label + caption_gap(block.label)),)), *block.content)
    strips = text_strips(set_lines(pieces(words, sheet.caption, sheet), width), element)
    if strips:
        strips[0].targets = (Target(block.anchor, block.label, -1),)
    return held(strips, BOUND)


def captioned(
    block: Captioned, strips: list[Strip], sheet: Sheet, width: float, parent: Element, first: int, tallest: float
) -> list[Strip]:
    """A table's caption stands above and is part of the table for a screen reader; a figure's stands and comes below.
    first: which of the parent's kids the strips brought;
    tallest: the room a page has."""
    if block.kind == "figure":
        return _under(caption(block, sheet, width, Element("Caption", parent)), strips, sheet)
    made = parent.kids[first] if len(parent.kids) > first else None
    whole, place = (made, 0) if isinstance(made, Element) and made.kind == "Table" else (parent, first)
    element = Element("Caption")
    whole.kids.insert(place, element)
    if isinstance(block.block, Table) and stacked_height(strips) <= WHOLE_SHARE * tallest:
        held(strips, TOGETHER)
    return _above(caption(block, sheet, width, element), strips, sheet)


def _above(strips: list[Strip], table: list[Strip], sheet: Sheet) -> list[Strip]:
    if strips and table:
        strips[-1].hold = BOUND
        table[0].before = 0.0
    return [*spaced(strips, 0.9 * sheet.unit, 0.35 * sheet.unit), *table]


def _under(strips: list[Strip], figure: list[Strip], sheet: Sheet) -> list[Strip]:
    """The figure stays whole with its caption; a reference leads to the figure's top."""
    if strips and figure:
        figure[0].targets, strips[0].targets = figure[0].targets + strips[0].targets, ()
        for strip in figure:
            strip.hold = max(strip.hold, BOUND)
        figure[-1].after = 0.0
    return [*figure, *spaced(strips, 0.45 * sheet.unit, 1.3 * sheet.unit)]


# ---- review notes ---------------------------------------------------------------------------------------------------
def noted(strips: list[Strip], comments: Iterable[Comment], parent: Element) -> list[Strip]:
    """Comments on a whole block stand beside its first line."""
    place = next((strip for strip in strips if not strip.eject), None)
    if place is not None:
        place.notes += tuple(Note(Element("Annot", parent), each.author, each.text) for each in comments)
    return strips


def note_remarks(block: Block, strips: list[Strip], parent: Element) -> None:
    """Comments on words stand beside the line or row those words begin on."""
    if not strips or not isinstance(block, Paragraph | Heading | Clause | Table | Facts | Captioned):
        return
    inner = block.content if isinstance(block, Captioned) else block
    for comment, words in comments_in(inner):
        strip = _line_of(words, strips)
        strip.notes += (Note(Element("Annot", parent), comment.author, comment.text),)


def _line_of(words: str, strips: Sequence[Strip]) -> Strip:
    for length in (24, 8, 3):
        for strip in strips:
            if words[:length] in "".join(run.text for item in strip.words for run in item.runs):
                return strip
    return strips[0]
