"""Paragraphs and tables in the order a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from docgen.wordfile.inline import Field, History, Words, change_of, chosen, is_bound, is_twofold
from docgen.wordfile.model import Block, Cell, Change, Paragraph, Row, Table
from docgen.wordfile.names import MC, W, val
from docgen.wordfile.numbering import Lists
from docgen.wordfile.styles import Styles, is_shaded

_INSIDE = frozenset(f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"))


@dataclass
class Reader:
    """Reads the blocks of one file from its first to its last: lists count, and fields and bookmarks reach over the
    ends of paragraphs. `notes`: the texts of footnotes and endnotes by kind and number."""

    styles: Styles
    lists: Lists
    notes: Mapping[str, str]
    unread: list[str] = field(default_factory=list)
    _fields: list[Field] = field(default_factory=list)
    _waiting: list[Element] = field(default_factory=list)
    _shaded: bool = False

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        out: list[Block] = []
        for child in parent:
            if child.tag == f"{W}p":
                out.append(self.paragraph(child))
            elif child.tag == f"{W}tbl":
                out.append(self._table(child))
            elif child.tag == f"{W}sdt":
                self.unread += ["bound"] if is_bound(child) else []
                out += [block for content in child.findall(f"{W}sdtContent") for block in self.blocks(content)]
            elif child.tag in _INSIDE:
                out += self.blocks(child)
            elif child.tag == f"{MC}AlternateContent":
                self.unread += ["twofold"] if is_twofold(child) else []
                out += self.blocks(chosen(child))
            elif child.tag == f"{W}bookmarkStart":
                self._waiting.append(child)
            elif child.tag == f"{W}altChunk":
                self.unread.append("altChunk")
        return tuple(out)

    def paragraph(self, element: Element) -> Paragraph:
        properties = element.find(f"{W}pPr")
        style = val(properties, "pStyle")
        shaded = self._shaded or self.styles.shades(style) or _is_shaded(properties)
        words = Words(self.styles, style, self._fields, shaded)
        for mark in self._waiting:
            words.mark(mark)
        self._waiting.clear()
        words.read(element, History())
        self.unread += sorted(words.doubts)
        end = properties.find(f"{W}rPr") if properties is not None else None
        deleted = _mark(end, "del", "moveFrom")
        level, label = self._number(properties, style) if deleted is None else (None, "")
        return Paragraph(
            pieces=tuple(words.pieces),
            bookmarks=tuple(words.bookmarks),
            style=self.styles.name(style),
            style_before=self.styles.name(_style_before(properties, style)),
            outline=self.styles.outline(properties, style),
            level=level,
            label=label,
            inserted=_mark(end, "ins", "moveTo"),
            deleted=deleted,
            notes=tuple(self.notes.get(each, "") for each in words.notes),
            boxed=tuple(self._boxed(each) for each in words.boxes),
            remarks=tuple(dict.fromkeys(words.remarks)),
            unseen="".join(words.unseen),
            reformatted=(*_reformatted(properties), *words.reformatted),
        )

    def _boxed(self, element: Element) -> str:
        inner = Reader(self.styles, self.lists, self.notes)
        return "\n".join(block.text for block in inner.blocks(element) if block.text)

    def _number(self, properties: Element | None, style: str | None) -> tuple[int | None, str]:
        """Level, counted from 1, and label."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        by_style, level_by_style = self.styles.numbering(style)
        number = val(own, "numId") or by_style
        if number is None or number == "0":
            return None, ""
        level = self._level(number, val(own, "ilvl") or level_by_style, style)
        label = self.lists.next(number, level)
        return (None, "") if label is None else (level + 1, label)

    def _level(self, number: str, said: str | None, style: str | None) -> int:
        if said is not None and said.isdecimal():
            return int(said)
        return (self.lists.level_of(number, style) if style else None) or 0

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, element: Element) -> Table:
        around, properties = self._shaded, element.find(f"{W}tblPr")
        self._shaded = around or self.styles.shades(val(properties, "tblStyle")) or _is_shaded(properties)
        rows = tuple(self._row(each) for each in _within(element, "tr"))
        self._shaded = around
        return Table(rows)

    def _row(self, element: Element) -> Row:
        properties = element.find(f"{W}trPr")
        cells = tuple(self._cell(each) for each in _within(element, "tc"))
        return Row(cells, _mark(properties, "ins"), _mark(properties, "del"))

    def _cell(self, element: Element) -> Cell:
        properties = element.find(f"{W}tcPr")
        span = val(properties, "gridSpan") or "1"
        merge = val(properties, "vMerge")
        around = self._shaded
        self._shaded = around or _is_shaded(properties)
        blocks = self.blocks(element)
        self._shaded = around
        return Cell(blocks, int(span) if span.isdecimal() else 1, merge is not None and merge != "restart")


def _is_shaded(properties: Element | None) -> bool:
    return properties is not None and is_shaded(properties)


def _within(parent: Element, name: str) -> list[Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    out: list[Element] = []
    for child in parent:
        if child.tag == f"{W}{name}":
            out.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            out += _within(child, name)
    return out


def _mark(properties: Element | None, *names: str) -> Change | None:
    found = (properties.find(f"{W}{name}") for name in names) if properties is not None else ()
    return next((change_of(each) for each in found if each is not None), None)


def _reformatted(properties: Element | None) -> Iterator[Change]:
    change = properties.find(f"{W}pPrChange") if properties is not None else None
    if change is not None:
        yield change_of(change)


def _style_before(properties: Element | None, style: str | None) -> str | None:
    """The paragraph's style before a tracked change of its properties."""
    change = properties.find(f"{W}pPrChange") if properties is not None else None
    return style if change is None else val(change.find(f"{W}pPr"), "pStyle")
