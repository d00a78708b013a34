"""products.xlsx beside list.yaml: what cells mean, and every way a workbook can be wrong, in its place."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from docgen.catalog.checks import check
from docgen.locales.problems import describe
from docgen.problems import Problem
from docgen.reading import load_catalog
from docgen.source.load import Loaded

HEAD = "price_list: x\nedition: '1'\ncurrency: CNY\ntaxes: {goods: 13%}\n"
HEADS = ["sku", "name", "kind", "unit", "price", "tax", "from"]
GOOD = ["A", "Financials", "licence", "user", 4800, "goods", None]


def sheet_of(*rows: Sequence[Any], change: Callable[[Any, Any], None] = lambda book, sheet: None) -> bytes:
    """A workbook of these rows; `change` may do to it what a person can."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def loaded(folder: Path, data: bytes, name: str = "products.xlsx") -> Loaded[Any]:
    (folder / "list.yaml").write_text(HEAD, "utf-8")
    (folder / name).write_bytes(data)
    return load_catalog(folder / "list.yaml")


def product(folder: Path, **cells: Any) -> Any:
    """The one product of a sheet with these cells, which has no problem."""
    row = dict(zip(HEADS, GOOD, strict=True)) | cells
    found = loaded(folder, sheet_of(list(row), list(row.values())))
    assert found.problems == () and found.model is not None
    return found.model.products[0]


def told(found: Loaded[Any]) -> list[tuple[str, str]]:
    """Code and place of each problem, checks of the list included."""
    problems = [*found.problems, *(found.placed(check(found.model)) if found.model else ())]
    return [(p.code, str(p.place).rsplit("/", 1)[-1]) for p in problems]


def only(found: Loaded[Any]) -> Problem:
    (problem,) = found.problems
    return problem


# ---- what cells mean ------------------------------------------------------------------------------------------------
def test_a_sheet_holds_the_products_of_a_list(tmp_path: Path) -> None:
    found = product(tmp_path)
    assert (found.sku, str(found.name), found.kind, found.unit) == ("A", "Financials", "licence", "user")
    assert found.unit_price == Decimal("4800")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (4800, "4800"),
        (4800.0, "4800"),
        (4.9, "4.9"),
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (2.675, "2.675"),
        (1e-06, "0.000001"),
        (1e11, "100000000000"),
        (999999999999.99, "999999999999.99"),
        ("4800.50", "4800.50"),
    ],
)
def test_a_number_is_read_as_the_sheet_shows_it(tmp_path: Path, typed: object, read: str) -> None:
    assert product(tmp_path, price=typed).unit_price == Decimal(read)


@pytest.mark.parametrize(
    ("sku", "read"), [("0123", "0123"), (1001, "1001"), (1001.0, "1001"), (20261120, "20261120"), ("1e5", "1e5")]
)
def test_a_sku_keeps_its_digits(tmp_path: Path, sku: object, read: str) -> None:
    assert product(tmp_path, sku=sku).sku == read


def test_zeros_in_front_that_only_the_format_shows_are_kept(tmp_path: Path) -> None:
    def zeros(book: Any, sheet: Any) -> None:
        sheet["A2"].number_format = "00000"

    found = loaded(tmp_path, sheet_of(HEADS, [123, *GOOD[1:]], change=zeros))
    assert found.model is not None and found.model.products[0].sku == "00123"


def test_a_cell_shown_in_percent_is_a_rate(tmp_path: Path) -> None:
    def percent(book: Any, sheet: Any) -> None:
        sheet["D2"].number_format = "0.0%"

    heads = ["sku", "name", "kind", "price.rate", "price.percent_of.kind"]
    found = loaded(tmp_path, sheet_of(heads, ["M", "Maintenance", "licence", 0.125, "licence"], change=percent))
    assert found.model is not None and found.model.products[0].percent_of.rate == Decimal("0.125")


def test_a_percent_sign_in_the_words_of_a_format_makes_no_rate(tmp_path: Path) -> None:
    def worded(book: Any, sheet: Any) -> None:
        sheet["E2"].number_format = '0 "% net"'

    found = loaded(tmp_path, sheet_of(HEADS, GOOD, change=worded))
    assert found.model is not None and found.model.products[0].unit_price == Decimal(4800)


def test_a_date_is_a_day(tmp_path: Path) -> None:
    assert product(tmp_path, **{"from": dt.date(2026, 11, 1)}).valid.first == dt.date(2026, 11, 1)
    assert product(tmp_path, **{"from": "2026-11-02"}).valid.first == dt.date(2026, 11, 2)


def test_a_time_of_day_is_no_day_and_is_told_in_its_cell(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, [*GOOD[:6], dt.datetime(2026, 11, 1, 8, 30)]))
    assert told(found) == [("not_a_day", "products.xlsx:2:7")]


def test_empty_rows_and_coloured_emptiness_below_are_no_products(tmp_path: Path) -> None:
    def colour(book: Any, sheet: Any) -> None:
        sheet["A1048576"].number_format = "0.00"
        sheet["XFD3"].number_format = "0.00"

    found = loaded(tmp_path, sheet_of([None], HEADS, [None], GOOD, change=colour))
    assert found.problems == () and found.model is not None and len(found.model.products) == 1


def test_text_that_looks_like_an_escape_comes_through(tmp_path: Path) -> None:
    assert str(product(tmp_path, name="A_x000A_B").name) == "A\nB"
    assert str(product(tmp_path, name="A_x005F_x000A_B").name) == "A_x000A_B"


def test_words_chinese_signs_and_comments_beside_cells_are_fine(tmp_path: Path) -> None:
    def remark(book: Any, sheet: Any) -> None:
        sheet["B2"].comment = Comment("check", "me")

    found = loaded(tmp_path, sheet_of(HEADS, ["A", "财务 <b>&amp;", *GOOD[2:]], change=remark))
    assert found.problems == () and found.model is not None and str(found.model.products[0].name) == "财务 <b>&amp;"


# ---- refused in place -----------------------------------------------------------------------------------------------
def test_a_formula_is_refused_in_its_cell_and_nothing_follows_from_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, [*GOOD[:4], "=2400*2", "goods"]))
    assert told(found) == [("sheet_formula", "products.xlsx:2:5")]
    message, hint = describe(only(found))
    assert "=2400*2" in message and "values" in hint


def test_a_formula_in_place_of_a_sku_is_told_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, ['="A"&"1"', *GOOD[1:]]))
    assert told(found) == [("sheet_formula", "products.xlsx:2:1")]


def test_an_error_cell_is_refused_in_its_cell(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, [*GOOD[:4], "#REF!", "goods"]))
    assert told(found) == [("sheet_error_cell", "products.xlsx:2:5")]


def test_merged_cells_are_told_where_they_begin(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, GOOD, change=lambda book, sheet: sheet.merge_cells("A2:A3")))
    assert told(found) == [("sheet_merged", "products.xlsx:2:1")]


def test_mistakes_are_told_at_row_and_column_of_the_cell(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of([], HEADS, GOOD, ["B", "Lite", "licence", "user", "dear", "good", None]))
    assert told(found) == [("not_a_number", "products.xlsx:4:5"), ("unknown_tax", "products.xlsx:4:6")]


def test_a_head_nobody_knows_is_told_where_it_stands(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of([], [*HEADS, "prise"], [*GOOD, 5]))
    assert told(found) == [("unknown_key", "products.xlsx:2:8")]


def test_an_invisible_character_is_told_in_its_cell(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, ["A", "Fin\u200bancials", *GOOD[2:]]))
    assert ("forbidden_character", "products.xlsx:2:2") in told(found)


def test_a_cell_far_beside_the_table_is_told(tmp_path: Path) -> None:
    found = loaded(tmp_path, sheet_of(HEADS, GOOD, change=lambda book, sheet: sheet.cell(2, 16000, "x")))
    assert ("cell_without_head", "products.xlsx:2:16000") in told(found)


# ---- hidden ---------------------------------------------------------------------------------------------------------
def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    found = loaded(tmp_path, sheet_of(HEADS, GOOD, ["B", *GOOD[1:]], change=hide))
    assert found.model is not None and [p.sku for p in found.model.products] == ["A", "B"]
    assert {(p.code, p.severity) for p in found.problems} == {
        ("sheet_hidden_rows", "warning"),
        ("sheet_hidden_columns", "warning"),
    }


def test_the_first_visible_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        old = book.create_sheet("Old", 0)
        old.append(["sku"])
        old.sheet_state = "hidden"
        book.create_sheet("Empty")
        book.active = 1

    found = loaded(tmp_path, sheet_of(HEADS, GOOD, change=more))
    assert found.model is not None and len(found.model.products) == 1
    assert (only(found).code, only(found).params["others"], only(found).severity) == ("sheet_others", "Old", "warning")


# ---- workbooks that are none ----------------------------------------------------------------------------------------
def changed(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts put in or in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN = sheet_of(HEADS, GOOD)
FIRST = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<?xml version="1.0"?>' + b" " * 5000 + b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
BROKEN = {
    "nothing": (b"", "sheet_broken"),
    "a CSV under another name": (b"sku,name\nA,B\n", "sheet_broken"),
    "cut short": (PLAIN[: len(PLAIN) // 2], "sheet_broken"),
    "another archive": (changed(PLAIN, **{"xl/workbook.xml": b"<html/>"}), "sheet_none_visible"),
    "a broken sheet": (changed(PLAIN, **{FIRST: b"<worksheet><sheetData><row"}), "sheet_broken"),
    "entities": (changed(PLAIN, **{FIRST: DOCTYPE}), "sheet_broken"),
    "entities in UTF-16": (changed(PLAIN, **{FIRST: DOCTYPE.decode().encode("utf-16")}), "sheet_broken"),
    "macros": (changed(PLAIN, **{"xl/vbaProject.bin": b"x"}), "sheet_with_macros"),
    "the old kind": (OLE + b"\0" * 600, "sheet_old_format"),
    "a password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "sheet_locked"),
    "a bomb": (changed(PLAIN, **{FIRST: b"0" * (129 * 1024 * 1024)}), "sheet_too_large"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_readable_workbook_is_one_problem_with_a_way_out(tmp_path: Path, kind: str) -> None:
    data, code = BROKEN[kind]
    found = loaded(tmp_path, data)
    assert [p.code for p in found.problems] == [code]
    message, hint = describe(found.problems[0])
    assert "products.xlsx" in message and hint


def test_a_workbook_whose_sheets_are_all_hidden_is_told(tmp_path: Path) -> None:
    shown = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    assert only(loaded(tmp_path, changed(PLAIN, **{"xl/workbook.xml": shown}))).code == "sheet_none_visible"


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    assert only(loaded(tmp_path, sheet_of())).code == "csv_without_heads"


@pytest.mark.parametrize("name", ["products.xls", "products.xlsm", "products.ods"])
def test_a_spreadsheet_of_a_kind_that_is_not_read_is_not_passed_over(tmp_path: Path, name: str) -> None:
    found = only(loaded(tmp_path, PLAIN, name))
    assert (found.code, found.is_error) == ("sheet_not_read", True)


def test_a_sheet_beside_a_csv_is_one_table_too_many(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("sku,name,kind,price,tax\nA,Financials,licence,1,goods\n", "utf-8")
    found = loaded(tmp_path, PLAIN)
    assert told(found) == [("two_product_tables", "products.xlsx:1:1")]


# ---- guards against formulas ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@home", "＝1", "＋1", "－1", "＠x", "'=1", "''=1"])
def test_a_guarded_text_of_a_csv_is_read_as_it_was(tmp_path: Path, cell: str) -> None:
    data = f"sku,name,kind,price,tax\nA,'{cell},licence,1,goods\n".encode()
    found = loaded(tmp_path, data, "products.csv")
    assert found.model is not None and str(found.model.products[0].name) == cell


def test_an_apostrophe_before_anything_else_stays(tmp_path: Path) -> None:
    found = loaded(tmp_path, b"sku,name,kind,price,tax\nA,'tis,licence,1,goods\n", "products.csv")
    assert found.model is not None and str(found.model.products[0].name) == "'tis"
