"""Products as a table, out and in again: every product a row, so that what is exported and imported is the same.

Texts that a spreadsheet would take for formulas are neutralised on their way out and restored on their way in.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from docgen.catalog import Product
from docgen.catalog.checks import check
from docgen.catalog.programmes import Validity
from docgen.catalog.written import show_rate_of, show_steps
from docgen.money import plain
from docgen.problems import Place, Problem, in_file_order, only_errors, problem
from docgen.reading import load_catalog
from docgen.source.table_file import guarded
from docgen.source.workspace import read_yaml, shown_path

Cell = str | Decimal | dt.date | None


@dataclass(frozen=True)
class Column:
    """A head, what of a product stands under it, and how wide and in which form a sheet shows it."""

    head: str
    value: Callable[[Product], Cell]
    width: int = 12
    shown_as: str = "General"


def _price(product: Product) -> Cell:
    return show_rate_of(product.percent_of) if product.percent_of is not None else product.unit_price


def _steps(product: Product) -> Cell:
    return show_steps(product.tiers.steps) if product.tiers is not None else None


_TEXTS = ("name", "description")
_MARK = "\ufeff".encode()
_MONEY = "#,##0.00####"
COLUMNS: tuple[Column, ...] = (
    Column("sku", lambda p: p.sku, 16),
    Column("name.zh-CN", lambda p: p.name.zh, 24),
    Column("name.en", lambda p: p.name.en, 28),
    Column("description.zh-CN", lambda p: p.description.zh if p.description else None, 40),
    Column("description.en", lambda p: p.description.en if p.description else None, 40),
    Column("kind", lambda p: p.kind),
    Column("unit", lambda p: p.unit, 10),
    Column("per", lambda p: p.per, 8),
    Column("price", _price, 14, _MONEY),
    Column("cost", lambda p: p.cost, 14, _MONEY),
    Column("floor", lambda p: p.floor, 14, _MONEY),
    Column("tax", lambda p: p.tax, 10),
    Column("family", lambda p: p.family, 10),
    Column("min_term_months", lambda p: Decimal(p.min_term_months) if p.min_term_months else None, 10),
    Column("minimum", lambda p: p.minimum, 12, _MONEY),
    Column("maximum", lambda p: p.maximum, 12, _MONEY),
    Column("free_units", lambda p: p.free_units or None, 10),
    Column("from", lambda p: p.valid.first),
    Column("until", lambda p: p.valid.until),
    Column("tiers.mode", lambda p: p.tiers.mode if p.tiers else None),
    Column("tiers.steps", _steps, 40),
    Column("tiers.size", lambda p: p.tiers.size if p.tiers else None, 10),
    Column("tiers.price", lambda p: p.tiers.price if p.tiers else None, 12, _MONEY),
)
"""Every key of a product. The heads are the keys a table beside list.yaml has."""


# ---- out ------------------------------------------------------------------------------------------------------------
def as_csv(products: Sequence[Product], columns: Sequence[Column] = COLUMNS, *, like: bytes = _MARK) -> bytes:
    """Comma-separated UTF-8, with the mark spreadsheets know it by and line ends as in the file it is to replace."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if b"\r\n" in like else "\n")
    writer.writerow([column.head for column in columns])
    writer.writerows([guarded(shown(column.value(product))) for column in columns] for product in products)
    return out.getvalue().encode("utf-8-sig" if like.startswith(_MARK) else "utf-8")


def _in_place_of(before: bytes, products: Sequence[Product]) -> bytes:
    """The table with the columns its predecessor has and those it needs, so that only what changed differs."""
    heads = before.removeprefix(_MARK).split(b"\n", 1)[0].decode(errors="replace").strip().split(",")
    plain_texts = {key for key in _TEXTS if key in heads and all(_is_plain(product, key) for product in products)}
    every = [each for column in COLUMNS for each in _joined(column, plain_texts)]
    columns = [c for c in every if c.head in heads or any(c.value(p) is not None for p in products)]
    return as_csv(products, columns or COLUMNS[:1], like=before or _MARK)


def as_sheet(products: Sequence[Product], made: dt.datetime) -> bytes:
    """An Excel workbook; `made`: the time in its properties."""
    from docgen.source.sheet_writer import SheetColumn, sheet_bytes  # the library is not light

    columns = [SheetColumn(column.head, column.width, column.shown_as) for column in COLUMNS]
    rows = [[column.value(product) for column in COLUMNS] for product in products]
    return sheet_bytes("products", columns, rows, made)


def _is_plain(product: Product, key: str) -> bool:
    text = getattr(product, key)
    return text is None or text.zh == text.en


def _joined(column: Column, plain_texts: Collection[str]) -> list[Column]:
    """A text that is the same in every language stays in one column, where the table before had one."""
    key, _, language = column.head.partition(".")
    if key not in plain_texts:
        return [column]
    return [replace(column, head=key)] if language == "en" else []


def shown(cell: Cell) -> str:
    """A cell as text; a line break is one character in every table."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell, 12)
    return cell.isoformat() if isinstance(cell, dt.date) else cell.replace("\r\n", "\n").replace("\r", "\n")


def cells_of(product: Product) -> dict[str, str]:
    """What a product's row says, by head."""
    return {column.head: text for column in COLUMNS if (text := shown(column.value(product)))}


# ---- in -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Changed:
    """A product whose row differs: the heads, with what stood and what stands there."""

    sku: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Import:
    """What an import would do to the products.csv of a list; `data` is what it would hold, None where it cannot."""

    target: Path
    problems: tuple[Problem, ...]
    data: bytes | None = None
    products: int = 0
    new: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[str, ...] = ()
    in_list: int = 0

    @property
    def has_errors(self) -> bool:
        return bool(only_errors(self.problems))


def plan_import(file: Path, list_file: Path) -> Import:
    """Read a table as the products of a list, with all its problems at their cells; nothing is written.

    Rows of products that stand in list.yaml itself change nothing there: an equal one is passed over, a different one
    is a problem, so that the list's own words and comments stay as they are.
    """
    target = list_file.with_name("products.csv")
    loaded = load_catalog(list_file, file)
    problems = [*loaded.problems, *_sheet_in_the_way(list_file, file)]
    if loaded.model is None or only_errors(problems):
        more = check(loaded.model) if loaded.model is not None else ()
        problems += loaded.placed(p for p in more if p.code != "duplicate_sku")  # rows of list.yaml's own are still in
        return Import(target, tuple(in_file_order(problems)))
    own = len(read_yaml(list_file).data.get("products", ()))
    in_list, rows = loaded.model.products[:own], loaded.model.products[own:]
    kept, passed_over, clashes = _without_the_lists_own(rows, in_list)
    problems += loaded.placed(replace(each, origin="price_list") for each in clashes)
    candidate = loaded.model.model_copy(update={"products": (*in_list, *(rows[i] for i in kept))})
    reindexed = replace(loaded, model=candidate, kept={("products",): (*range(own), *(own + i for i in kept))})
    problems += reindexed.placed(check(candidate))
    before = load_catalog(list_file).model
    new, changed, gone = _differences(before.products[own:] if before else (), [rows[i] for i in kept])
    data = None if only_errors(problems) else _in_place_of(_bytes_of(target), [rows[i] for i in kept])
    return Import(target, tuple(in_file_order(problems)), data, len(kept), new, changed, gone, passed_over)


def _bytes_of(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _sheet_in_the_way(list_file: Path, file: Path) -> Iterable[Problem]:
    sheet = list_file.with_name("products.xlsx")
    if sheet.is_file() and sheet.resolve() != file.resolve():
        shown = shown_path(sheet)
        yield Problem("sheet_in_the_way", params={"file": shown}, place=Place(shown))


def _without_the_lists_own(rows: Sequence[Product], in_list: Sequence[Product]) -> tuple[list[int], int, list[Problem]]:
    """Indices of the rows that belong into the table, how many list.yaml has just so, and those it has differently."""
    own = {_key(product): product for product in in_list}
    kept: list[int] = []
    clashes: list[Problem] = []
    for index, row in enumerate(rows):
        twin = own.get(_key(row))
        if twin is None:
            kept.append(index)
        elif twin != row:
            fields = ", ".join(head for head, _, _ in _fields(twin, row))
            clashes.append(
                problem("product_in_list", "products", len(in_list) + index, "sku", sku=row.sku, keys=fields)
            )
    return kept, len(rows) - len(kept) - len(clashes), clashes


def _key(product: Product) -> tuple[str, Validity]:
    """A product, or one of its prices with dates of their own."""
    return product.sku, product.valid


def _differences(
    before: Sequence[Product], after: Sequence[Product]
) -> tuple[tuple[str, ...], tuple[Changed, ...], tuple[str, ...]]:
    old, new = {_key(product): product for product in before}, {_key(product): product for product in after}
    changed = tuple(
        Changed(key[0], tuple(_fields(old[key], product)))
        for key, product in new.items()
        if key in old and old[key] != product
    )
    return tuple(k[0] for k in new if k not in old), changed, tuple(k[0] for k in old if k not in new)


def _fields(before: Product, after: Product) -> list[tuple[str, str, str]]:
    old, new = cells_of(before), cells_of(after)
    heads = [column.head for column in COLUMNS if old.get(column.head) != new.get(column.head)]
    return [(head, old.get(head, ""), new.get(head, "")) for head in heads]
