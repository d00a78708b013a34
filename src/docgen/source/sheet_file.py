"""Excel sheets in: the door to openpyxl. Cells become the text a person would type into a CSV.

What a sheet can do and a table of values cannot (formulas, merged cells, macros, passwords) is refused in its place
with a way out; what it only hides is read and said. Nothing is computed, fetched or followed. The archive is measured
before it is opened, so a small file cannot unfold into a large one.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.table_file import Row, Table, table_of, without_guard
from docgen.source.text_file import has_forbidden

LARGEST_UNPACKED = 128 * 1024 * 1024
"""Bytes of all parts of a workbook; 100,000 products have about 60 MB."""
_MOST_PARTS = 2000
_MOST_TOLD = 20
_MOST_COLUMNS = 1000
DIGITS = 15
"""Significant digits a spreadsheet keeps and shows of a number."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RecursionError),
    *(SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, AssertionError),
)
"""What reading a broken workbook may raise; SyntaxError is the XML parser's."""


# ---- in -------------------------------------------------------------------------------------------------------------
def parse_sheet(data: bytes, shown: str) -> Table:
    """The first visible sheet of a workbook; its first row that is not empty names the keys."""
    stops = _refused(data, shown)
    book = None if stops else _opened(data, shown)
    if isinstance(book, Problem):
        stops = [book]
    if stops or book is None:
        return _unreadable(shown, stops)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        return _unreadable(shown, [Problem("sheet_none_visible", params={"file": shown}, place=Place(shown))])
    problems = list(_other_sheets(book.worksheets, sheets[0], shown))
    problems += _hidden(sheets[0], shown)
    rows, found = _rows(sheets[0], shown)
    return table_of(rows, shown, [*problems, *_merged(sheets[0], shown), *found], broken=_places(found))


def opened_workbook(data: bytes) -> Any:
    """A workbook as the library has it; ValueError with the reason for what is refused or broken."""
    found = next(iter(_refused(data, "")), None) or _opened(data, "")
    if isinstance(found, Problem):
        raise ValueError(found.params.get("reason", found.code))
    return found


def _unreadable(shown: str, problems: Sequence[Problem]) -> Table:
    table = Table(shown, [], [], [])
    table.problems = list(problems)
    table.is_unreadable = True
    return table


def _refused(data: bytes, shown: str) -> list[Problem]:
    """What is seen before anything is unpacked: no workbook at all, an old or locked one, macros, a bomb."""

    def no(code: str, **params: str) -> list[Problem]:
        return [Problem(code, params={"file": shown, **params}, place=Place(shown))]

    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return no("sheet_locked" if locked else "sheet_old_format")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                return no("sheet_too_large", limit=f"{LARGEST_UNPACKED // 1024 // 1024} MB")
            if any(part.flag_bits & 1 for part in parts):
                return no("sheet_locked")
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                return no("sheet_with_macros")
            if any(_declares_a_type(archive, part) for part in parts):
                return no("sheet_broken", reason="it declares a document type of its own")
    except _BROKEN as error:
        return no("sheet_broken", reason=_reason(error))
    return []


def _declares_a_type(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """A document type can define entities that multiply; no spreadsheet writes one."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return False
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            if any(mark in tail + chunk for mark in _DOCTYPE):
                return True
            tail = chunk[-32:]
    return False


def _opened(data: bytes, shown: str) -> Any:
    """The workbook, or why it cannot be had: the library raises whatever its parsing meets in a broken one."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), keep_links=False)
    except (*_BROKEN, InvalidFileException) as error:
        return Problem("sheet_broken", params={"file": shown, "reason": _reason(error)}, place=Place(shown))


def _reason(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120] or type(error).__name__


# ---- what is hidden -------------------------------------------------------------------------------------------------
def _other_sheets(sheets: Sequence[Any], read: Any, shown: str) -> Iterator[Problem]:
    others = ", ".join(sheet.title for sheet in sheets if sheet is not read and _filled(sheet))
    if others:
        params = {"sheet": read.title, "others": others}
        yield Problem("sheet_others", params=params, severity="warning", place=Place(shown))


def _hidden(sheet: Any, shown: str) -> Iterator[Problem]:
    """Rows and columns nobody sees, a filter's among them, are products like all others."""
    cells = _filled(sheet)
    hidden = {row for row, each in sheet.row_dimensions.items() if each.hidden}
    rows = sorted({row for row, _ in cells} & hidden)
    if rows:
        told = ", ".join(map(str, rows[:_MOST_TOLD])) + (", …" if len(rows) > _MOST_TOLD else "")
        yield Problem("sheet_hidden_rows", params={"rows": told}, severity="warning", place=Place(shown, rows[0]))
    ranges = [(each.min or 0, each.max or 0) for each in sheet.column_dimensions.values() if each.hidden]
    columns = sorted({column for _, column in cells if any(low <= column <= high for low, high in ranges)})
    if columns:
        params = {"columns": ", ".join(map(str, columns[:_MOST_TOLD]))}
        yield Problem("sheet_hidden_columns", params=params, severity="warning", place=Place(shown))


def _merged(sheet: Any, shown: str) -> Iterator[Problem]:
    for each in list(sheet.merged_cells.ranges)[:_MOST_TOLD]:
        yield Problem("sheet_merged", params={"range": each.coord}, place=Place(shown, each.min_row, each.min_col))


def _filled(sheet: Any) -> dict[tuple[int, int], Any]:
    """The cells that hold something, by row and column. The sheet's own store is asked: to walk its rows would make a
    cell for every place of a million empty rows that were once coloured."""
    return {place: cell for place, cell in getattr(sheet, "_cells", {}).items() if cell.value is not None}


# ---- cells ----------------------------------------------------------------------------------------------------------
def _rows(sheet: Any, shown: str) -> tuple[list[Row], list[Problem]]:
    rows: dict[int, list[str]] = {}
    problems: list[Problem] = []
    for (line, column), cell in sorted(_filled(sheet).items()):
        text = _text(cell) if column <= _MOST_COLUMNS else _Refused("cell_without_head", {})
        if isinstance(text, _Refused):
            problems.append(Problem(text.code, params=text.params, place=Place(shown, line, column)))
            continue
        if name := has_forbidden(text):
            problems.append(
                Problem("forbidden_character", params={"character": name}, place=Place(shown, line, column))
            )
            text = ""
        cells = rows.setdefault(line, [])
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    return list(rows.items()), problems


def _places(found: Sequence[Problem]) -> set[tuple[int, int]]:
    return {(each.place.line, each.place.column) for each in found if each.place is not None}


@dataclass(frozen=True)
class _Refused:
    """A cell that holds no value of its own."""

    code: str
    params: dict[str, str]


def _text(cell: Any) -> str | _Refused:
    """A cell as a person would type it: `4800`, `12%`, `2026-11-20`, `true`; words as they are."""
    value = cell.value
    if cell.data_type == "f" or not isinstance(value, str | bool | int | float | dt.date | dt.time | dt.timedelta):
        return _Refused("sheet_formula", {"formula": str(getattr(value, "text", value))[:60]})
    if cell.data_type == "e":
        return _Refused("sheet_error_cell", {"value": str(value)})
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return without_guard(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _number(value: int | float, shown_as: str) -> str:
    """The number a spreadsheet shows: 15 digits, so that 0.1 + 0.2 is 0.3; a rate where it is shown as one, and zeros
    in front where its format asks for them."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{DIGITS}g}")
    if "%" in re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", shown_as):
        return f"{_plain(exact.scaleb(2))}%"
    if re.fullmatch("0{2,}", shown_as) and exact == exact.to_integral_value() >= 0:
        return _plain(exact).zfill(len(shown_as))
    return _plain(exact)


def _plain(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
