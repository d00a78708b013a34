"""Excel sheets out: a workbook of one sheet, the same bytes for the same input; beside `sheet_file` openpyxl's door."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.money import plain
from docgen.source.sheet_file import DIGITS
from docgen.source.table_file import guarded

_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\r]")
Cell = str | Decimal | dt.date | None
_FONT = "Microsoft YaHei"


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its head, its width in characters, and how its numbers are shown."""

    head: str
    width: int = 12
    shown_as: str = "General"


def sheet_bytes(title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[Cell]], made: dt.datetime) -> bytes:
    """A workbook of one sheet with a head, a frozen pane and a filter. The same input gives the same bytes.

    Text is written as text, marked so that a spreadsheet never takes it for a formula; a number with more digits than a
    spreadsheet keeps is written as text too, and nothing is lost.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    book.properties.creator = "docgen"
    book.properties.created = made.replace(tzinfo=None)
    body = Font(name=_FONT, size=10)
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        head = sheet.cell(1, number)
        _put(head, column.head, "General")
        head.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F3A5F")
        head.alignment = Alignment(vertical="center")
    for line, cells in enumerate(rows, 2):
        for number, value in enumerate(cells, 1):
            if value is not None and value != "":
                cell = sheet.cell(line, number)
                cell.font = body
                _put(cell, value, columns[number - 1].shown_as)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.row_dimensions[1].height = 20
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue(), made)


def _put(cell: Any, value: str | Decimal | dt.date, shown_as: str) -> None:
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > DIGITS:
        value = plain(value, 12)
    if not isinstance(value, str):
        cell.value = value
        cell.number_format = "yyyy-mm-dd" if isinstance(value, dt.date) else shown_as
        return
    is_like_formula = guarded(value) != value
    text = guarded(value) if value.startswith("'") else value
    cell.value = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_like_formula


def _without_clock(data: bytes, made: dt.datetime) -> bytes:
    """The archive with fixed times: of its entries, and of the last change in its properties."""
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in sorted(source.infolist(), key=lambda each: each.filename != "[Content_Types].xml"):
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return out.getvalue()
