"""Tables of figures as text, row by row.

A table of ten thousand rows is the case that counts: everything that is the same for all cells of one column and one
kind of row (widths, borders, style, alignment) is made once and remembered, so a cell costs one look-up and its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from docgen.content.blocks import Align, Cell, Column, Row, RowRole, Table, text_of
from docgen.render.docx.context import Context, Place
from docgen.render.docx.inline import alignment, paragraph, runs
from docgen.render.docx.xml import attribute, ems

if TYPE_CHECKING:
    from docgen.render.theme import Theme

INDENT = 198
"""How far a bundle's part steps in: 3.5 mm."""
_STYLES = {"group": "Table Group", "subtotal": "Table Subtotal", "total": "Table Total", "head": "Table Head"}
_HEAD = "head"
CELL_END = "</w:tc>"


_WIDE = 6000
"""From this width on (twentieths of a point) a summary takes the right half; in a column it takes all of it."""


def table(block: Table, context: Context, place: Place, *, tied: bool = False) -> str:
    """`tied`: the last row stays with what follows the table, so totals never stand alone on a page."""
    summary = block.role == "summary"
    total = place.width // 2 if summary and place.width > _WIDE else place.width
    grid = _fitted(block, widths([column.width for column in block.columns], total), context)
    style = "Docgen Summary" if summary else "Docgen Lines"
    right = '<w:jc w:val="right"/>' if summary else ""
    writer = _Rows(context, block.columns, grid)
    kept = _kept_rows(block.rows, whole=summary or place.whole, tied=tied, keep=place.keep)
    head = [writer.row(block.head, _HEAD, keep=True, open_below=False)] if block.head else []
    roles: list[RowRole | None] = [row.role for row in block.rows]
    following = [*roles[1:], None]
    rows = [
        writer.row(row.cells, row.role, keep=keep, open_below=after == "part")
        for row, after, keep in zip(block.rows, following, kept, strict=True)
    ]
    opening = _opening(style, grid, context, right=right, title=block.title, head=bool(block.head))
    return "".join([opening, *head, *rows, "</w:tbl>"])


def widths(shares: Sequence[float], total: int) -> list[int]:
    """Shares of a width in whole units that add up to it exactly."""
    whole = sum(shares) or 1.0
    edges = [0]
    passed = 0.0
    for share in shares:
        passed += share
        edges.append(round(total * passed / whole))
    return [right - left for left, right in pairwise(edges)]


def _fitted(block: Table, grid: list[int], context: Context) -> list[int]:
    """No figure breaks: columns of figures get what their longest text needs, from the widest column of words."""
    wordy = [place for place, column in enumerate(block.columns) if column.align == "start"]
    needs = _needs(block, context)
    if not wordy:
        return grid
    for place, need in enumerate(needs):
        giver = max(wordy, key=lambda at: grid[at])
        missing = min(need - grid[place], grid[giver] - sum(grid) // 4)
        if place not in wordy and missing > 0:
            grid[place] += missing
            grid[giver] -= missing
    return grid


def _needs(block: Table, context: Context) -> list[int]:
    """Twentieths of a point for the longest line of each column, white included; wide cells do not count."""
    sizes = context.theme.sizes
    longest: dict[tuple[int, float], str] = {}
    rows = [(sizes.heading if row.role == "total" else sizes.table, row.cells) for row in block.rows]
    for size, cells in [(sizes.small, block.head), *rows]:
        place = 0
        for cell in cells:
            if cell.span == 1 and cell.content and block.columns[place].align != "start":
                line = max(text_of(cell.content).split("\n"), key=len)
                if len(line) > len(longest.get((place, size), "")):
                    longest[place, size] = line
            place += cell.span
    needs = [0] * len(block.columns)
    for (place, size), line in longest.items():
        needs[place] = max(needs[place], round(ems(line) * size * 20) + 140)
    return needs


def layout(grid: Sequence[int], rows: Sequence[str], context: Context, style: str) -> str:
    """A table that only sets things side by side."""
    return "".join([_opening(style, grid, context), *rows, "</w:tbl>"])


def layout_cell(width: int, content: str, *, span: int = 1, properties: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{properties}</w:tcPr>{content}{CELL_END}'


def layout_row(cells: Sequence[str], *, height: int = 0) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{''.join(cells)}</w:tr>"


def table_look(name: str, theme: Theme) -> tuple[str, str]:
    """Borders and cell margins of the house's table styles; set directly where a company's house has no such style.

    No vertical rules anywhere; text begins on the margin and figures end on it, so the page keeps one grid.
    """
    ink = theme.colours
    below = _rule("bottom", 4, ink.rule)
    between = _rule("insideH", 4, ink.rule)
    borders, top, right = {
        "Docgen Lines": (below + between, 46, 113),
        "Docgen Summary": (between, 36, 113),
        "Docgen Key Figures": (_rule("top", 12, ink.accent) + below, 90, 170),
        "Docgen Layout": ("", 0, 0),
    }[name]
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", top), ("left", 0), ("bottom", top), ("right", right))
    )
    ruled = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return ruled, f"<w:tblCellMar>{margins}</w:tblCellMar>"


def _opening(
    name: str, grid: Sequence[int], context: Context, *, right: str = "", title: str = "", head: bool = False
) -> str:
    style = context.house.table(name)
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    borders, margins = ("", "") if style else table_look(name, context.theme)
    caption = f'<w:tblCaption w:val="{attribute(title)}"/>' if title else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    first = 1 if head else 0
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(grid)}" w:type="dxa"/>{right}{borders}<w:tblLayout w:type="fixed"/>'
        f"{margins}"
        f'<w:tblLook w:val="06{"2" if head else "0"}0" w:firstRow="{first}" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _kept_rows(rows: Sequence[Row], *, whole: bool, tied: bool, keep: bool) -> list[bool]:
    """Which rows stay with the next: heads of groups, what stands before a total, all but the last of a whole table,
    and the last but one of any table, so no page begins with a single row."""
    last = len(rows) - 1
    kept = [keep or (whole and at < last) or row.role in ("group", "heading") for at, row in enumerate(rows)]
    for at in range(1, len(rows)):
        if rows[at].role in ("subtotal", "total"):
            kept[at - 1] = True
    if last > 0:
        kept[last - 1] = True
    if tied and last >= 0:
        kept[last] = True
    return kept


class _Kind(NamedTuple):
    """All that decides how a cell is set, its words apart."""

    role: str
    at: int
    span: int
    align: Align
    indent: int
    keep: bool
    open_below: bool


class _Rows:
    """Writes rows of one table."""

    __slots__ = ("_columns", "_context", "_grid", "_openings", "_plain")

    def __init__(self, context: Context, columns: Sequence[Column], grid: Sequence[int]) -> None:
        self._context = context
        self._columns = columns
        self._grid = grid
        self._openings: dict[_Kind, str] = {}
        self._plain: dict[tuple[str, bool, bool], list[str]] = {}

    def row(self, cells: Sequence[Cell], role: str, *, keep: bool, open_below: bool) -> str:
        head = "<w:tblHeader/>" if role == _HEAD else ""
        out = [f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"]
        context = self._context
        at = 0
        plain = self._plain_openings(role, keep, open_below) if len(cells) == len(self._columns) else []
        for cell in cells:
            if plain and cell.span == 1 and cell.align is None and not cell.indent:
                opening = plain[at]
            else:
                align = self._align(cell, at)
                opening = self._opening(_Kind(role, at, cell.span, align, cell.indent, keep, open_below))
            out.append(f"{opening}{runs(cell.content, context)}</w:p></w:tc>")
            at += cell.span
        if at < len(self._columns):
            rest = _Kind(role, at, len(self._columns) - at, "start", 0, keep, open_below)
            out.append(f"{self._opening(rest)}</w:p></w:tc>")
        out.append("</w:tr>")
        return "".join(out)

    def _align(self, cell: Cell, at: int) -> Align:
        """A cell's own alignment, or its column's; one that reaches over several columns starts at the left."""
        if cell.align:
            return cell.align
        if at >= len(self._columns):
            raise ValueError("a table row has more cells than the table has columns")
        return self._columns[at].align if cell.span == 1 else "start"

    def _plain_openings(self, role: str, keep: bool, open_below: bool) -> list[str]:
        key = (role, keep, open_below)
        if key not in self._plain:
            self._plain[key] = [
                self._opening(_Kind(role, at, 1, column.align, 0, keep, open_below))
                for at, column in enumerate(self._columns)
            ]
        return self._plain[key]

    def _opening(self, kind: _Kind) -> str:
        if kind not in self._openings:
            self._openings[kind] = self._make_opening(kind)
        return self._openings[kind]

    def _make_opening(self, kind: _Kind) -> str:
        end = kind.at + kind.span
        if end > len(self._columns) or kind.span < 1:
            raise ValueError("a table row has more cells than the table has columns")
        width = sum(self._grid[kind.at : end])
        spanned = f'<w:gridSpan w:val="{kind.span}"/>' if kind.span > 1 else ""
        flush = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>' if end == len(self._columns) else ""
        bottom = '<w:vAlign w:val="bottom"/>' if kind.role == _HEAD else ""
        cell = (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{self._borders(kind)}{flush}{bottom}</w:tcPr>'
        )
        return cell + self._paragraph(kind)

    def _paragraph(self, kind: _Kind) -> str:
        figure = kind.align == "end" and kind.role not in _STYLES
        name = "Table Figure" if figure else _STYLES.get(kind.role, "Table Text")
        indent = f'<w:ind w:left="{INDENT * kind.indent}"/>' if kind.indent else ""
        direct = "" if figure and self._context.house.paragraph(name) else alignment(kind.align)
        text = paragraph(self._context.house.paragraph(name), "", keep=kind.keep, properties=indent + direct)
        return text.removesuffix("</w:p>")

    def _borders(self, kind: _Kind) -> str:
        """Only what departs from the table style: a total is ruled off, a bundle and its parts are one block."""
        colours = self._context.theme.colours
        top = bottom = ""
        if kind.role == "total":
            top = _rule("top", 12, colours.accent)
        elif kind.role == "subtotal":
            top = _rule("top", 6, colours.muted)
        elif kind.role == "part":
            top = _NO_TOP
        if kind.open_below:
            bottom = _NO_BOTTOM
        return f"<w:tcBorders>{top}{bottom}</w:tcBorders>" if top or bottom else ""


_NO_TOP = '<w:top w:val="nil"/>'
_NO_BOTTOM = '<w:bottom w:val="nil"/>'


def _rule(side: str, eighths: int, colour: str) -> str:
    """A rule, its weight in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour.lstrip("#")}"/>'


def bottom_rule(eighths: int, colour: str) -> str:
    return f"<w:tcBorders>{_rule('bottom', eighths, colour)}</w:tcBorders>"
