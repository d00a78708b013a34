"""From the block tree to strips and structure elements, block by block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docgen.content.blocks import (
    Align,
    Block,
    Captioned,
    Clause,
    Columns,
    Commented,
    Contents,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    ListBlock,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Table,
    TitleBlock,
    Together,
    text_of,
)
from docgen.render.fonts.linebreak import is_wide
from docgen.render.pdf.file import text
from docgen.render.pdf.flow import (
    BOUND,
    TOGETHER,
    Strip,
    Target,
    Words,
    held,
    merged,
    moved,
    spaced,
    stacked_height,
    text_strips,
)
from docgen.render.pdf.panels import facts, key_figures, signatures
from docgen.render.pdf.paragraph import Piece, pieces, set_lines
from docgen.render.pdf.sheet import Ink, Sheet
from docgen.render.pdf.structure import Element
from docgen.render.pdf.tables import TableSetter
from docgen.render.theme import number_room

if TYPE_CHECKING:
    from docgen.render.pdf.apparatus import Unnumbered
    from docgen.render.pdf.clauses import ClauseSetter

_TRANSPARENT = (Clause, Together, Commented)
"""What leaves the lists of clauses open: a clause, and what may hold one."""
_GUTTER = 2.4
"""White between columns, in parts of the body size."""


class Setter:
    """Sets blocks for pages whose text area is `tallest` high."""

    def __init__(self, document: Document, sheet: Sheet, tallest: float) -> None:
        self.sheet = sheet
        self.tallest = tallest
        self.review = document.review
        self.unnumbered: list[Unnumbered] = []
        """Lines of the contents that wait for their page numbers."""
        self._languages = document.languages
        self._chapters = document.chapters
        self._titled = any(isinstance(block, TitleBlock | Cover) for block in document.blocks)
        self._level = int(self._titled)
        self._bookmark = -1
        self._blocks = document.blocks
        self._clauses: ClauseSetter | None = None

    def strips(self, blocks: Iterable[Block], width: float, parent: Element) -> list[Strip]:
        out: list[Strip] = []
        for block in blocks:
            strips = self._block(block, width, parent)
            if self.review:
                from docgen.render.pdf.apparatus import note_remarks

                note_remarks(block, strips, parent)
            out += strips
        return out

    def _block(self, block: Block, width: float, parent: Element) -> list[Strip]:
        if self._clauses is not None and not isinstance(block, _TRANSPARENT):
            self._clauses.close()
        match block:
            case Clause():
                return self._clause(block, width, parent)
            case Paragraph():
                return self._paragraph(block, width, parent)
            case Table():
                return TableSetter(block, self.sheet, width, self.tallest, parent).strips()
            case Heading():
                return self._heading(block, width, parent)
            case ListBlock():
                return self._list(block, width, parent)
            case Columns():
                return self._columns(block, width, parent)
            case Facts():
                return facts(block, self.sheet, width, parent)
            case KeyFigures():
                return key_figures(block, self.sheet, width, parent)
            case SignatureBlock():
                signed = signatures(block, self.sheet, width, parent)
                return spaced(signed, 2 * self.sheet.unit, 0.0) if self._clauses is not None else signed
            case TitleBlock():
                return self._title(block, width, parent)
            case Cover() | Contents() | Captioned() | Commented():
                return self._apparatus(block, width, parent)
            case Together(blocks):
                return held(self.strips(blocks, width, parent), TOGETHER)
            case PageBreak():
                return [Strip(0.0, eject=True)]
            case Figure():
                from docgen.render.pdf.figures import figure

                return figure(block, self.sheet, width, self.tallest, parent)

    def _title(self, block: TitleBlock, width: float, parent: Element) -> list[Strip]:
        sheet = self.sheet
        out = [self._title_line(block, width, parent)]
        if block.subtitle:
            under = text_strips(set_lines([Piece(block.subtitle, sheet.subtitle)], width), Element("P", parent))
            out += spaced(under, 0.2 * sheet.unit, 0.0)
        return spaced(held(out, BOUND), 0.0, 1.0 * sheet.unit)

    def _title_line(self, block: TitleBlock, width: float, parent: Element) -> Strip:
        """The title, and at the right edge of its line the house's name; below it where there is no room."""
        sheet = self.sheet
        brand = set_lines([Piece(block.brand, sheet.brand)], 0.45 * width, "end") if block.brand else []
        room = width - max((line.width for line in brand), default=0.0) - sheet.unit
        title = text_strips(set_lines([Piece(block.title, sheet.title)], room), Element("H1", parent))
        if not brand:
            return merged([(0.0, title)])
        low = max(0.0, title[0].height - sheet.title.size * 0.42 - sheet.brand.leading * 0.5) if title else 0.0
        beside = [Strip(low), *text_strips(brand, Element("P", parent))]
        return merged([(0.0, title), (0.55 * width, beside)])

    def _heading(self, block: Heading, width: float, parent: Element) -> list[Strip]:
        """A heading holds what follows. Levels never jump in the tree, whatever the author skipped."""
        sheet = self.sheet
        level = min(max(block.level, 1), len(sheet.headings))
        element = self._heading_element(level, parent, self._language(block.content))
        chapter = self._chapters and level == 1
        ink = sheet.chapter if chapter else sheet.headings[level - 1]
        strips = self._heading_lines(block, ink, width, element)
        if not strips:
            return []
        title = f"{block.number} {text_of(block.content)}".strip().replace("\n", " ")
        strips[0].targets = (Target(block.anchor, title, self._bookmark, chapter),)
        for strip in strips:
            strip.hold = BOUND
        if chapter:
            return [Strip(0.0, eject=True), *spaced(strips, 0.0, 0.9 * sheet.unit)]
        return spaced(strips, (1.35, 1.2, 1.1)[level - 1] * sheet.unit, (0.45, 0.35, 0.3)[level - 1] * sheet.unit)

    def _heading_element(self, level: int, parent: Element, language: str) -> Element:
        self._level = min(level + self._titled, self._level + 1)
        self._bookmark = min(level - 1, self._bookmark + 1)
        return Element(f"H{self._level}", parent, language)

    def _clause(self, block: Clause, width: float, parent: Element) -> list[Strip]:
        """An article is a heading, of an annex below the annex's own; all other places are items of lists."""
        if self._clauses is None:
            from docgen.render.pdf.clauses import ClauseSetter

            self._clauses = ClauseSetter(self._blocks, self.sheet)
        language = f"/Lang{text(block.language)}" if block.language != self._languages[0] else ""
        if block.level > 1:
            return self._clauses.clause(block, width, parent, language)
        element = self._heading_element(2 if block.series else 1, parent, language)
        return self._clauses.article(block, width, element, self._bookmark)

    def _heading_lines(self, block: Heading, ink: Ink, width: float, element: Element) -> list[Strip]:
        """The number stands in a margin of its own, so that a second line begins under the first word."""
        if not block.number:
            return text_strips(set_lines(pieces(block.content, ink, self.sheet), width), element)
        number = set_lines([Piece(block.number, ink)], width)[0]
        indent = max(number_room(block.level) * ink.size, number.width + 0.5 * ink.size)
        lines = set_lines(pieces(block.content, ink, self.sheet), width - indent)
        strips = text_strips(lines, element, indent)
        if strips:
            strips[0].words.insert(0, Words(element, 0.0, number.ascent, number.runs))
        return strips

    def _apparatus(self, block: Cover | Contents | Captioned | Commented, width: float, parent: Element) -> list[Strip]:
        """What only long papers have; a quotation never loads it."""
        from docgen.render.pdf import apparatus

        match block:
            case Cover():
                return apparatus.cover(block, self.sheet, width, self.tallest, parent)
            case Contents():
                ink = self.sheet.chapter if self._chapters else self.sheet.headings[0]
                strips, unnumbered = apparatus.contents(block, self.sheet, width, parent, 1 + int(self._titled), ink)
                self.unnumbered += unnumbered
                return strips
            case Captioned():
                first = len(parent.kids)
                return apparatus.captioned(
                    block, self.strips((block.block,), width, parent), self.sheet, width, parent, first, self.tallest
                )
            case Commented(inner, comments):
                strips = self.strips((inner,), width, parent)
                return apparatus.noted(strips, comments, parent) if self.review else strips

    def _paragraph(self, block: Paragraph, width: float, parent: Element) -> list[Strip]:
        sheet = self.sheet
        ink = {"lead": sheet.lead, "note": sheet.note}.get(block.role, sheet.body)
        align: Align = "end" if block.role == "amount" else "start"
        lines = set_lines(pieces(block.content, ink, sheet), width, align, justify=block.role in ("body", "lead"))
        strips = text_strips(lines, Element("P", parent, self._language(block.content)))
        if block.keep_with_next:
            for strip in strips:
                strip.hold = BOUND
        space = (0.6 if block.role in ("body", "lead") else 0.3) * sheet.unit
        return spaced(strips, space, space)

    def _language(self, content: Inlines) -> str:
        """The language of words that are not in the document's own, for a screen reader to change its voice."""
        if len(self._languages) < 2:
            return ""
        chinese = any(map(is_wide, text_of(content)))
        fitting = [language for language in self._languages if language.startswith("zh") == chinese]
        return f"/Lang{text(fitting[0])}" if fitting and fitting[0] != self._languages[0] else ""

    def _list(self, block: ListBlock, width: float, parent: Element) -> list[Strip]:
        """The label stands in the margin of the item's first line."""
        sheet = self.sheet
        numbering = "Decimal" if block.ordered else "Disc"
        whole = Element("L", parent, f"/A<</O/List/ListNumbering/{numbering}>>")
        labels = [f"{block.start + place}." if block.ordered else "•" for place in range(len(block.items))]
        set_labels = [set_lines([Piece(label, sheet.body)], width)[0] for label in labels]
        indent = max([line.width for line in set_labels], default=0.0) + 0.6 * sheet.unit
        indent = max(indent, 1.5 * sheet.unit)
        out: list[Strip] = []
        for blocks, label in zip(block.items, set_labels, strict=True):
            item = Element("LI", whole)
            name = Element("Lbl", item)
            strips = [moved(strip, indent) for strip in self.strips(blocks, width - indent, Element("LBody", item))]
            if not strips:
                strips = [Strip(label.height)]
            first = strips[0].words[0].y if strips[0].words else label.ascent
            x = indent - 0.6 * sheet.unit - label.width if block.ordered else 0.15 * sheet.unit
            strips[0].words.insert(0, Words(name, x, first, label.runs))
            for strip in (strips[0], strips[-1]):
                strip.before, strip.after = min(strip.before, 0.25 * sheet.unit), min(strip.after, 0.25 * sheet.unit)
            out += strips
        return spaced(out, 0.5 * sheet.unit, 0.7 * sheet.unit)

    def _columns(self, block: Columns, width: float, parent: Element) -> list[Strip]:
        """Side by side on one page; columns taller than a page stand below one another, so that nothing is lost."""
        gutter = _GUTTER * self.sheet.unit
        shares = block.shares if len(block.shares) == len(block.columns) else (1.0,) * len(block.columns)
        room = (width - gutter * (len(shares) - 1)) / (sum(shares) or 1.0)
        columns: list[tuple[float, list[Strip]]] = []
        x = 0.0
        for blocks, share in zip(block.columns, shares, strict=True):
            columns.append((x, self.strips(blocks, room * share, parent)))
            x += room * share + gutter
        if any(stacked_height(strips) > self.tallest for _, strips in columns):
            return [strip for _, strips in columns for strip in strips]
        space = 0.75 * self.sheet.unit
        return spaced([merged(columns)], space, space)
