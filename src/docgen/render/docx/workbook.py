"""The workbook inside an editable chart: one sheet, written cell by cell, the same bytes every time.

Amounts are written digit for digit. Formulas carry their result, so a reader that does not calculate sees it too. Text
is always text: a label that begins with "=" is no formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.render.docx.package import pack, write_zip
from docgen.render.docx.xml import DECLARATION, attribute, escape

SHEET = "Sheet1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Formula(NamedTuple):
    """A cell that is computed, without the leading "=", and what it comes to."""

    text: str
    result: Decimal


Cell = str | Decimal | Formula | None


class Sheet(NamedTuple):
    """Columns with a head each, all of one length. `codes` are the number formats of the columns."""

    heads: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    codes: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def head(self, column: int) -> str:
        """Where a column's head stands: Sheet1!$B$1."""
        return f"{SHEET}!${letter(column)}$1"

    def body(self, column: int) -> str:
        """Where a column's cells stand: Sheet1!$B$2:$B$8."""
        return f"{SHEET}!${letter(column)}$2:${letter(column)}${self.rows + 1}"


def letter(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def plain(value: Decimal) -> str:
    """An amount's digits without an exponent."""
    return format(value, "f")


def write_workbook(sheet: Sheet) -> bytes:
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations((("rId1", "officeDocument", "xl/workbook.xml"),)),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            (("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
        ),
        "xl/styles.xml": _styles(sheet.codes),
        "xl/worksheets/sheet1.xml": _sheet(sheet),
    }
    return write_zip([(name, pack((DECLARATION + text).encode())) for name, text in parts.items()])


def _types() -> str:
    kinds = (("workbook", "sheet.main"), ("styles", "styles"), ("worksheets/sheet1", "worksheet"))
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_SPREADSHEET}.{kind}+xml"/>' for name, kind in kinds
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _styles(codes: Sequence[str]) -> str:
    """A number format for each column, after the general one."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{attribute(code)}"/>' for place, code in enumerate(codes)
    )
    general = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    cells = "".join(
        f'<xf numFmtId="{164 + place}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for place in range(len(codes))
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{general.replace(" xfId=" + chr(34) + "0" + chr(34), "")}</cellStyleXfs>'
        f'<cellXfs count="{len(codes) + 1}">{general}{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(sheet: Sheet) -> str:
    rows = [sheet.heads, *zip(*sheet.columns, strict=True)]
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(cell, column, number) for column, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(cell: Cell, column: int, row: int) -> str:
    place = f'r="{letter(column)}{row}"'
    match cell:
        case None:
            return ""
        case str():
            return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case Formula(text, result):
            return f'<c {place} s="{column + 1}"><f>{escape(text)}</f><v>{plain(result)}</v></c>'
        case _:
            return f'<c {place} s="{column + 1}"><v>{plain(cell)}</v></c>'
