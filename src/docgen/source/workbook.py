"""Spreadsheets out: sheets of plain cells to the bytes of an .xlsx, the same bytes for the same cells.

Text is always text: a name that begins with `=` stays a name. Numbers are written digit by digit, never as binary
fractions. Formulas are ours alone and carry no cached value; whoever opens the file computes them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, Literal

Look = Literal["text", "head", "title", "note", "amount", "rate", "number", "factor"]
_DIGITS = Context(prec=17)
_NEW_YEAR_1980 = (1980, 1, 1, 0, 0, 0)
_INPUT, _QUIET, _HEAD_FILL = "1F4E9E", "6B7280", "EEF1F5"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a value, or a formula without its equals sign. `is_input`: shown as a figure people may change."""

    value: str | int | Decimal | Fraction | None = None
    look: Look = "text"
    formula: str | None = None
    is_input: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`widths` of the columns in characters; `frozen`: the first cell that scrolls, as `B4`."""

    name: str
    rows: Sequence[Sequence[Cell | None]]
    widths: Sequence[int] = ()
    frozen: str | None = None


def cells_of(data: bytes) -> tuple[str, ...]:
    """Every cell of a workbook that holds anything, as `sheet!A1: value`, formulas as they are typed. ValueError for
    what is no workbook."""
    from docgen.source.sheet_file import opened_workbook

    book = opened_workbook(data)
    return tuple(
        f"{sheet.title}!{cell.coordinate}: {cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def write_workbook(sheets: Sequence[Sheet], *, title: str, digits: int, made_on: dt.datetime) -> bytes:
    """The bytes of a workbook; `digits`: decimals of amounts; `made_on` is the only time in the file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, digits)
    book.properties.creator = "docgen"
    book.properties.title = title
    book.properties.created = made_on.replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True
    packed = io.BytesIO()
    book.save(packed)
    return _same_bytes(packed.getvalue(), made_on)


def _fill(page: Any, sheet: Sheet, digits: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                _put(page.cell(row=row, column=column), cell, digits)
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = sheet.frozen
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(target: Any, cell: Cell, digits: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    if cell.formula is not None:
        target.value = f"={cell.formula}"
    elif isinstance(cell.value, str):
        target.value = cell.value
        target.data_type = "s"
    elif cell.value is not None:
        target.value = _number(cell.value)
    size = 14 if cell.look == "title" else 10
    colour = _INPUT if cell.is_input else _QUIET if cell.look == "note" else "1F2937"
    target.font = Font(name="Arial", size=size, bold=cell.strong or cell.look in ("head", "title"), color=colour)
    if cell.look == "head":
        target.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        target.alignment = Alignment(wrap_text=True, vertical="top")
    form = _form(cell.look, digits)
    if form is not None:
        target.number_format = form


def _form(look: Look, digits: int) -> str | None:
    decimals = "." + "0" * digits if digits else ""
    return {"amount": f"#,##0{decimals}", "rate": "0.0%", "number": "0.##", "factor": "0.000000"}.get(look)


def _number(value: int | Decimal | Fraction) -> int | Decimal:
    """A figure as a spreadsheet can hold it: seventeen digits."""
    if isinstance(value, Fraction):
        return _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return value


def _same_bytes(packed: bytes, made_on: dt.datetime) -> bytes:
    """The same members with one fixed date each, and without the hour at which the file was saved."""
    out = io.BytesIO()
    saved = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "docProps/core.xml":
                data = saved.sub(rb"\g<1>" + made_on.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            fixed = zipfile.ZipInfo(member.filename, _NEW_YEAR_1980)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o644 << 16
            after.writestr(fixed, data)
    return out.getvalue()
