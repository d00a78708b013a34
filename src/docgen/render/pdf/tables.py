"""Tables: shared column widths, rows as strips, quiet rules.

Every cell is set once, into the width its column has; a row is one strip. Only a row taller than a page is cut, line by
line. The head is drawn again on each page as decoration, so that a screen reader hears it once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.blocks import Align, Cell, Row, Strong, Table, text_of
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.file import text
from docgen.render.pdf.flow import BOUND, TOGETHER, Shape, Strip, Words, held, moved, spaced
from docgen.render.pdf.paragraph import Line, pieces, set_lines
from docgen.render.pdf.sheet import Ink, Sheet, strong
from docgen.render.pdf.structure import Element

_SIDE = 0.5
"""White left and right in a cell, in parts of the type size."""
_ABOVE = 0.27
_INDENT = 1.6
_SUMMARY_SHARE = 0.5
_WIDEST_FIGURE = 0.3

_SetCell = tuple[Element, float, list[Line]]


class TableSetter:
    """Lays out one table of `width`; `tallest` is the room a page has."""

    def __init__(self, table: Table, sheet: Sheet, width: float, tallest: float, parent: Element) -> None:
        self.table, self.sheet, self.tallest = table, sheet, tallest
        self.summary = table.role == "summary"
        self.width = width * _SUMMARY_SHARE if self.summary and width > 300 else width
        self.shift = width - self.width
        self.side = _SIDE * sheet.table.size
        summary = f"/A<</O/Table/Summary{text(table.title)}>>" if table.title else ""
        self.element = Element("Table", parent, summary)
        self.widths = self._column_widths()
        self.edges = [sum(self.widths[:place]) for place in range(len(self.widths) + 1)]

    # ---- widths
    def _column_widths(self) -> list[float]:
        """Shares of the width, bent a little: no figure may break, and room that figures leave goes to the words."""
        columns = self.table.columns
        total = sum(column.width for column in columns) or 1.0
        widths = [self.width * column.width / total for column in columns]
        wants = self._wants()
        figures = [column.align != "start" for column in columns]
        limit = self.width * (1.0 if self.summary else _WIDEST_FIGURE)
        needs = [min(want, limit) if figure else 0.0 for want, figure in zip(wants, figures, strict=True)]
        floors = [need or width / 2 for need, width in zip(needs, widths, strict=True)]
        widths = _shift(widths, needs, floors)
        roomy = [
            need + self.sheet.table.size if figure else want
            for need, want, figure in zip(needs, wants, figures, strict=True)
        ]
        return _shift(widths, [0.0 if figure else want for want, figure in zip(wants, figures, strict=True)], roomy)

    def _wants(self) -> list[float]:
        """The width at which no cell of a column would break; cells over several columns do not count."""
        wants = [0.0] * len(self.table.columns)
        rows = [(self._ink(row), row.cells) for row in self.table.rows]
        for ink, cells in [(self.sheet.table_head, self.table.head), *rows]:
            scale = ink.size / UNITS
            place = 0
            for cell in cells:
                face = typeface("bold" if _has_strong(cell) else ink.weight)
                if cell.span == 1 and cell.content and place < len(wants):
                    widest = max([face.width(words) for words in text_of(cell.content).split("\n")]) * scale
                    wants[place] = max(wants[place], widest)
                place += cell.span
        return [want and want + self._left(place) + self._right(place) + 0.1 for place, want in enumerate(wants)]

    def _left(self, place: int) -> float:
        """White left of a column: the outer columns stand flush with the text above and below the table."""
        return self.side if place else 0.0

    def _right(self, place: int) -> float:
        return self.side if place < len(self.table.columns) - 1 else 0.0

    # ---- rows
    def strips(self) -> list[Strip]:
        sheet, table = self.sheet, self.table
        head = self._head()
        body = Element("TBody", self.element)
        rows: list[Strip] = []
        for row in table.rows:
            strips = self._row(row, body)
            if row.role == "subtotal" and rows:
                rows[-1].hold = max(rows[-1].hold, TOGETHER)
            for strip in strips:
                strip.head = head
            rows += strips
        if self.summary:
            held(rows, TOGETHER)
        if len(rows) > 1:
            for place in (0, -2):  # neither the first row nor the last is left alone
                rows[place].hold = max(rows[place].hold, TOGETHER)
        for strip in head:
            strip.hold = BOUND
        space = 0.6 * sheet.unit
        return spaced([moved(strip, self.shift) for strip in [*head, *rows]], space, 1.3 * space)

    def _head(self) -> tuple[Strip, ...]:
        if not self.table.head:
            return ()
        row = Element("TR", Element("THead", self.element))
        cells = self._cells(self.table.head, row, self.sheet.table_head, "TH", "/Scope/Column")
        height = self._height(cells) + 2 * self._pad
        strip = Strip(height, list(self._words(cells, self._pad)))
        strip.shapes.append(Shape("fill", 0, height - 0.9, self.width, 0.9, self.sheet.colours.ink))
        return (strip,)

    @property
    def _pad(self) -> float:
        return _ABOVE * self.sheet.table.size

    def _ink(self, row: Row) -> Ink:
        sheet = self.sheet
        match row.role:
            case "total":
                return sheet.total
            case "group" | "heading" | "subtotal":
                return strong(sheet.table)
            case _:
                return sheet.table

    def _row(self, row: Row, body: Element) -> list[Strip]:
        element = Element("TR", body)
        cells = self._cells(row.cells, element, self._ink(row), "TD", "", banded=row.role == "group")
        pad = self._pad * (1.5 if row.role == "total" else 1.0)
        strips = [
            Strip(self._height(part) + 2 * pad, list(self._words(part, pad)))
            for part in self._parts(cells, self.tallest - 4 * pad)
        ]
        self._decorate(row, strips, cells)
        if row.role in ("group", "heading"):
            strips[-1].hold = BOUND
        return strips

    def _decorate(self, row: Row, strips: list[Strip], cells: list[_SetCell]) -> None:
        """Rules and fills of a row: the hairline below, the band of a group, the heavy rule of the total."""
        colours, hairline = self.sheet.colours, self.sheet.hairline
        first, last = strips[0], strips[-1]
        if row.role == "group":
            for strip in strips:
                strip.shapes.append(Shape("fill", 0, 0, self.width, strip.height, colours.band))
        if row.role == "total":
            first.shapes.append(Shape("fill", 0, 0, self.width, 1.4, colours.accent))
            return
        if row.role == "subtotal":
            start = self._figures_start(row)
            first.shapes.append(Shape("fill", start, -hairline, self.width - start, hairline, colours.muted))
        if row.role == "part":
            indent = next((x for (_, x, _), cell in zip(cells, row.cells, strict=False) if cell.indent), None)
            if indent is not None:
                size = self.sheet.table.size
                line = 0.5 * self.sheet.table.leading + self._pad
                first.shapes.append(Shape("fill", indent - 0.9 * size, line, 0.5 * size, 0.6, colours.muted))
        if not (self.summary and row is self.table.rows[-1]):
            last.shapes.append(Shape("fill", 0, last.height - hairline, self.width, hairline, colours.rule))

    def _figures_start(self, row: Row) -> float:
        """Left edge of the first cell after the leading label."""
        return self.edges[min(row.cells[0].span, len(self.widths)) - 1] if row.cells else 0.0

    # ---- cells
    def _cells(
        self, cells: Sequence[Cell], row: Element, ink: Ink, kind: str, scope: str, *, banded: bool = False
    ) -> list[_SetCell]:
        out: list[_SetCell] = []
        place = 0
        for cell in cells:
            if place >= len(self.widths):
                raise ValueError(f"a row has more cells than the table's {len(self.widths)} columns: {cell.content!r}")
            stop = min(place + max(cell.span, 1), len(self.widths))
            attributes = scope + (f"/ColSpan {stop - place}" if stop - place > 1 else "")
            kind_here = "TH" if self.summary and not out else kind
            if kind_here != kind:
                attributes += "/Scope/Row"
            element = Element(kind_here, row, f"/A<</O/Table{attributes}>>" if attributes else "")
            inset = self.side if banded else self._left(place)
            left = self.edges[place] + inset + cell.indent * _INDENT * self.sheet.table.size
            room = self.edges[stop] - self._right(stop - 1) - left
            align: Align = cell.align or ("start" if stop - place > 1 else self.table.columns[place].align)
            out.append((element, left, set_lines(pieces(cell.content, ink, self.sheet), room, align)))
            place = stop
        for _ in range(place, len(self.widths)):  # a short row still has all its cells
            Element(kind, row, f"/A<</O/Table{scope}>>" if scope else "")
        return out

    def _height(self, cells: Sequence[_SetCell]) -> float:
        return max((sum([line.height for line in lines]) for _, _, lines in cells), default=0.0) or (
            self.sheet.table.leading
        )

    def _parts(self, cells: list[_SetCell], tallest: float) -> Iterator[list[_SetCell]]:
        """The cells whole, or, where the row is taller than a page, in slices of lines."""
        while self._height(cells) > tallest and any(len(lines) > 1 for _, _, lines in cells):
            now: list[_SetCell] = []
            rest: list[_SetCell] = []
            for element, x, lines in cells:
                used, count = 0.0, 0
                while count < len(lines) and (used := used + lines[count].height) <= tallest:
                    count += 1
                now.append((element, x, lines[: max(count, 1)]))
                rest.append((element, x, lines[max(count, 1) :]))
            yield now
            cells = rest
        yield cells

    def _words(self, cells: Sequence[_SetCell], top: float) -> Iterator[Words]:
        """Words of a row. First lines share a baseline, so that a small head and a large figure stand level."""
        ascent = max((lines[0].ascent for _, _, lines in cells if lines), default=0.0)
        for element, x, lines in cells:
            y = top + (ascent - lines[0].ascent if lines else 0.0)
            for line in lines:
                if line.runs:
                    yield Words(element, x, y + line.ascent, line.runs)
                y += line.height


def _has_strong(cell: Cell) -> bool:
    """Whether some of its words are bold, and so wider."""
    return any(isinstance(node, Strong) for node in cell.content)


def _shift(widths: list[float], wants: list[float], floors: list[float]) -> list[float]:
    """Move room from columns wider than their floor to columns narrower than they want, in proportion."""
    lacks = [max(0.0, want - width) for want, width in zip(wants, widths, strict=True)]
    spares = [max(0.0, width - max(floor, want)) for floor, want, width in zip(floors, wants, widths, strict=True)]
    lack, spare = sum(lacks), sum(spares)
    if not lack or not spare:
        return widths
    moved_room = min(lack, spare)
    return [
        width + need * moved_room / lack - room * moved_room / spare
        for width, need, room in zip(widths, lacks, spares, strict=True)
    ]
