"""Products out to a table and in again are the same; no cell is a formula; mistakes are told in their cells."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from docgen.catalog import Product
from docgen.lists.exchange import as_csv, as_sheet, plan_import
from docgen.reading import load_catalog
from docgen.source.text_file import has_forbidden
from tests.conftest import ROOT, need

HEAD = "price_list: x\ncurrency: CNY\ntaxes: {goods: 13%}\n"
MADE = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
FORMULAS = [
    "=1+1",
    "+86 21",
    "-5",
    "@home",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=cmd",
    '=HYPERLINK("x")',
    "#N/A",
    "-",
]


# ---- any products ---------------------------------------------------------------------------------------------------
def _is_readable(text: str) -> bool:
    return bool(text.strip()) and has_forbidden(text) is None


letters = st.characters(blacklist_categories=("Cs", "Cn", "Cc", "Co"), blacklist_characters="\r")
texts = st.one_of(
    st.text(letters | st.sampled_from("\n\t\"',;=+-@_x0041_"), min_size=1, max_size=30).filter(_is_readable),
    st.sampled_from([*FORMULAS, "0123", "1e5", "TRUE", "2026-11-20", "_x000A_", "财务\n管理", '"quoted"', "a;b,c"]),
).map(str.strip)
words = texts.filter(lambda text: len(text) <= 60)
skus = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,11}", fullmatch=True)
kinds = st.sampled_from(["licence", "subscription", "hardware", "service", "training", "maintenance", "custom"])


def number(most: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, Decimal(most), places=places, allow_nan=False, allow_infinity=False)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


names = st.one_of(words, st.fixed_dictionaries({"zh-CN": words}), st.fixed_dictionaries({"zh-CN": words, "en": words}))
prices = number("999999999999", 6)
steps = st.lists(st.fixed_dictionaries({"price": prices, "flat": number("999999", 4)}), min_size=1, max_size=4).map(
    lambda found: [s | ({"up_to": Decimal(10 * i + 5)} if i < len(found) - 1 else {}) for i, s in enumerate(found)]
)
tiers = st.one_of(
    st.fixed_dictionaries({"mode": st.sampled_from(["volume", "graduated"]), "steps": steps}),
    st.fixed_dictionaries({"mode": st.just("package"), "size": st.integers(1, 900), "price": prices}),
)
scopes = st.fixed_dictionaries(
    {}, optional={"sku": st.lists(skus, min_size=1, max_size=3), "kind": st.lists(kinds, min_size=1, max_size=3)}
)
rates = st.integers(0, 10**8).map(lambda parts: f"{Decimal(parts) / 10**6:f}%")
rates_of = st.fixed_dictionaries({"percent_of": scopes, "rate": rates, "basis": st.sampled_from(["list", "net"])})
days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
products = st.fixed_dictionaries(
    {"sku": skus, "name": names, "kind": kinds, "unit": words},
    optional={
        "description": names,
        "per": st.sampled_from(["month", "year"]),
        "price": prices | rates_of,
        "cost": prices,
        "floor": prices,
        "tax": st.just("goods"),
        "min_term_months": st.integers(1, 600),
        "minimum": number("999999", 4),
        "maximum": number("999999", 4),
        "free_units": number("999", 6),
        "from": days,
        "until": days,
        "tiers": tiers,
    },
).map(Product.model_validate)


def list_in(folder: Path, head: str = HEAD) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "list.yaml").write_text(head, "utf-8")
    return folder / "list.yaml"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(products, min_size=1, max_size=4))
def test_products_that_go_out_come_in_as_they_were(tmp_path: Path, kind: str, found: list[Product]) -> None:
    path = list_in(tmp_path)
    file = tmp_path / f"table.{kind}"
    file.write_bytes(as_csv(found) if kind == "csv" else as_sheet(found, MADE))
    loaded = load_catalog(path, file)
    assert [p for p in loaded.problems if p.is_error] == []
    assert loaded.model is not None and loaded.model.products == tuple(found)


@pytest.mark.parametrize("name", ["erp-cn", "crm-us", "cloud-cn"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_imported_list_is_the_exported_one(tmp_path: Path, name: str, kind: str) -> None:
    source = load_catalog(ROOT / "price_lists" / name / "list.yaml").model
    assert source is not None
    head = f"price_list: {name}\ncurrency: CNY\ntaxes: {{goods: 13%, services: 6%}}\nfamilies:\n"
    path = list_in(tmp_path, head + "".join(f"  {key}: {{name: {key}}}\n" for key in source.families))
    file = tmp_path / f"table.{kind}"
    plain = [p for p in source.products if p.kind != "bundle"]
    file.write_bytes(as_csv(plain) if kind == "csv" else as_sheet(plain, MADE))
    plan = plan_import(file, path)
    assert not plan.has_errors and plan.data is not None
    plan.target.write_bytes(plan.data)
    found = load_catalog(path)
    assert found.problems == () and found.model is not None and found.model.products == tuple(plain)


# ---- no cell is a formula -------------------------------------------------------------------------------------------
def named(*names: str) -> list[Product]:
    made = [{"sku": f"S{i}", "name": name, "kind": "licence", "price": 1} for i, name in enumerate(names)]
    return [Product.model_validate(each) for each in made]


def test_no_cell_of_a_csv_begins_as_a_formula_does() -> None:
    lines = as_csv(named(*FORMULAS)).decode("utf-8-sig").splitlines()[1:]
    cells = [line.split(",")[1].strip('"') for line in lines]
    assert not [cell for cell in cells if cell[0] in "=+-@＝＋－＠\t"]


def test_a_sheet_holds_text_where_a_formula_could_be_meant() -> None:
    sheet = load_workbook(io.BytesIO(as_sheet(named(*FORMULAS), MADE))).active
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.quotePrefix for cell in cells] == [name not in ("#N/A",) for name in FORMULAS]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(as_sheet(named(*FORMULAS), MADE))).read("xl/worksheets/sheet1.xml")


@pytest.mark.pages
def test_an_office_program_opens_the_sheet_and_computes_nothing(tmp_path: Path) -> None:
    need("soffice")
    found = named("财务管理", *FORMULAS)
    (tmp_path / "table.xlsx").write_bytes(as_sheet(found, MADE))
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
    subprocess.run(
        [*command, "--convert-to", filters, "--outdir", str(tmp_path), "table.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    loaded = load_catalog(list_in(tmp_path / "list"), tmp_path / "table.csv")
    names = [str(p.name) for p in loaded.model.products] if loaded.model else []
    # the program writes cells as it shows them, without the guard docgen puts before an apostrophe of one's own
    assert names[:9] == ["财务管理", *FORMULAS[:8]] and names[11:] == FORMULAS[10:]


def test_a_sheet_is_the_same_bytes_every_time() -> None:
    one, other = as_sheet(named("A", "B"), MADE), as_sheet(named("A", "B"), MADE)
    assert one == other
    assert b"2026-07-01T00:00:00Z</dcterms:modified>" in zipfile.ZipFile(io.BytesIO(one)).read("docProps/core.xml")


def test_a_sheet_is_ready_to_work_with() -> None:
    sheet = load_workbook(io.BytesIO(as_sheet(named("A"), MADE))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:W2")
    assert sheet["A1"].font.bold and sheet["I2"].value == 1 and sheet["I2"].number_format == "#,##0.00####"


# ---- importing ------------------------------------------------------------------------------------------------------
OLD = "sku,name,kind,unit,price,tax\nA,Financials,licence,user,4800,goods\nB,Stock,licence,user,3000,goods\n"


def planned(folder: Path, table: str | bytes, *, head: str = HEAD, old: str = OLD) -> Any:
    path = list_in(folder, head)
    (folder / "products.csv").write_text(old, "utf-8")
    (folder / "new.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return plan_import(folder / "new.csv", path)


def places(plan: Any) -> list[tuple[str, str]]:
    return [(p.code, str(p.place).rsplit("/", 1)[-1]) for p in plan.problems]


def test_an_import_says_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    plan = planned(tmp_path, OLD.replace("4800", "5000").replace("B,Stock", "C,Stock"))
    assert (plan.new, plan.gone, plan.products) == (("C",), ("B",), 2)
    assert [(c.sku, c.fields) for c in plan.changed] == [("A", (("price", "4800", "5000"),))]


def test_columns_and_line_ends_of_the_table_before_stay(tmp_path: Path) -> None:
    old = "sku,name.zh-CN,name.en,kind,unit,per,price,tax\nA,财务,Financials,licence,user,,4800,goods\n"
    for ends in ("\n", "\r\n"):
        path = list_in(tmp_path)
        (tmp_path / "products.csv").write_bytes(old.replace("\n", ends).encode())
        (tmp_path / "new.csv").write_text(old, "utf-8")
        assert plan_import(tmp_path / "new.csv", path).data == old.replace("\n", ends).encode()


def test_all_mistakes_are_told_in_their_cells_and_nothing_can_be_written(tmp_path: Path) -> None:
    rows = ["A,F,licence,user,dear,goods,", "B,S,licens,user,1,goods,2", "C,X,licence,user,1,good,"]
    plan = planned(tmp_path, "\n".join(["sku,name,kind,unit,price,tax,prise", *rows]))
    assert plan.data is None
    assert places(plan) == [
        ("unknown_key", "new.csv:1:7"),
        ("not_a_number", "new.csv:2:5"),
        ("not_one_of", "new.csv:3:3"),
        ("unknown_tax", "new.csv:4:6"),
    ]


def test_the_same_product_twice_is_told_at_the_second(tmp_path: Path) -> None:
    plan = planned(tmp_path, OLD + "A,Again,licence,user,1,goods\n")
    assert places(plan) == [("duplicate_sku", "new.csv:4:1")]


IN_LIST = HEAD + "products: [{sku: L, name: Lite, kind: licence, unit: user, price: 10, tax: goods}]\n"


def test_a_row_the_list_itself_has_just_so_is_passed_over(tmp_path: Path) -> None:
    plan = planned(tmp_path, OLD + "L,Lite,licence,user,10,goods\n", head=IN_LIST)
    assert plan.problems == () and (plan.products, plan.in_list) == (2, 1)
    assert plan.data is not None and b"Lite" not in plan.data


def test_a_row_the_list_itself_has_otherwise_is_told_with_what_differs(tmp_path: Path) -> None:
    plan = planned(tmp_path, "sku,name,kind,unit,price,tax\nL,Lite,licence,user,11,goods\n", head=IN_LIST)
    (found,) = plan.problems
    assert places(plan) == [("product_in_list", "new.csv:2:1")] and found.params["keys"] == "price"


def test_a_mistake_behind_a_passed_over_row_is_told_in_its_own_row(tmp_path: Path) -> None:
    table = "sku,name,kind,unit,price,tax\nL,Lite,licence,user,10,goods\nC,New,licence,user,1,good\n"
    assert places(planned(tmp_path, table, head=IN_LIST)) == [("unknown_tax", "new.csv:3:6")]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("sku,name\nA,财务\n".encode("gb18030"), "not_utf8"),
        (OLD.replace(",", ";").encode(), "csv_not_comma"),
        (OLD.replace(",", "\t").encode(), "csv_not_comma"),
        (b"", "csv_without_heads"),
    ],
)
def test_what_a_spreadsheet_may_save_instead_is_known_and_told(tmp_path: Path, table: bytes, code: str) -> None:
    plan = planned(tmp_path, table)
    assert plan.data is None and code in {p.code for p in plan.problems}


def test_a_sheet_in_the_target_is_not_joined_by_a_table(tmp_path: Path) -> None:
    (tmp_path / "products.xlsx").write_bytes(as_sheet(named("A"), MADE))
    assert "sheet_in_the_way" in {p.code for p in planned(tmp_path, OLD).problems}


# ---- tiers and rates in one cell ------------------------------------------------------------------------------------
def cell(folder: Path, heads: str, row: str) -> Any:
    path = list_in(folder)
    (folder / "products.csv").write_text(f"sku,name,kind,tax,{heads}\nA,Fin,licence,goods,{row}\n", "utf-8")
    return load_catalog(path)


def test_tiers_are_written_in_one_cell(tmp_path: Path) -> None:
    found = cell(tmp_path, "tiers.mode,tiers.steps", "volume,to 49: 260; TO 199:230 ;above: 198 + 2000")
    (product,) = found.model.products
    tiers = [(s.up_to, s.price, s.flat) for s in product.tiers.steps]
    assert found.problems == () and tiers == [(49, 260, 0), (199, 230, 0), (None, 198, 2000)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("18% of list: everything", {}),
        ("18% of net: kind licence", {"kind": ("licence",)}),
        ('"18% of list: kind licence, family e1 or ""e,2"""', {"kind": ("licence",), "family": ("e1", "e,2")}),
    ],
)
def test_a_rate_of_others_is_written_in_one_cell(tmp_path: Path, text: str, scope: dict[str, Sequence[str]]) -> None:
    path = list_in(tmp_path, HEAD + "families: {e1: {name: E1}, 'e,2': {name: E2}}\n")
    text = text if text.startswith('"') else f'"{text}"'
    (tmp_path / "products.csv").write_text(f"sku,name,kind,tax,price\nA,Fin,licence,goods,{text}\n", "utf-8")
    loaded = load_catalog(path)
    assert loaded.problems == () and loaded.model is not None
    terms = loaded.model.products[0].percent_of
    assert terms is not None and terms.rate == Decimal("0.18")
    assert {k: v for k, v in terms.percent_of.model_dump().items() if v} == scope


@pytest.mark.parametrize(
    ("heads", "row", "code", "column"),
    [
        ("tiers.mode,tiers.steps", "volume,49 = 260", "not_tier_steps", 6),
        ("tiers.mode,tiers.steps", "volume,to 1.2.3: 5; above: 4", "not_a_number", 6),
        ("price", "18% of licences", "not_a_rate_of", 5),
        ("price", "18% of list: colour red", "not_a_rate_of", 5),
        ("price", "180% of list: kind licence", "rate_out_of_range", 5),
        ("price", "18% of list: kind licens", "not_one_of", 5),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_the_form_it_wants(
    tmp_path: Path, heads: str, row: str, code: str, column: int
) -> None:
    found = cell(tmp_path, heads, row)
    assert [(p.code, p.place.column) for p in found.problems if p.place] == [(code, column)]
