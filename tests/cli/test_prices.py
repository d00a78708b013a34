"""docgen prices, as a price manager types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import cli
from tests.conftest import TODAY

LIST = """\
price_list: mini
edition: "{edition}"
currency: CNY
valid: {{from: {first}, until: {until}}}
taxes: {{goods: 13%}}
products:
  - {{sku: L, name: Lite, kind: licence, unit: user, price: 10, tax: goods}}
"""
TABLE = "sku,name,kind,unit,price,tax\nA,Financials,licence,user,{price},goods\nB,Stock,licence,user,30,goods\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two editions of one list."""
    for edition, first, until, price in (("1", "2026-01-01", "2026-06-30", 40), ("2", "2026-07-01", "2026-12-31", 50)):
        folder = tmp_path / "price_lists" / "mini" / edition
        folder.mkdir(parents=True)
        (folder / "list.yaml").write_text(LIST.format(edition=edition, first=first, until=until), "utf-8")
        (folder / "products.csv").write_text(TABLE.format(price=price), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def docgen(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["--today", TODAY.isoformat(), "prices", *words], prog_name="docgen")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done


def products_of(house: Path, edition: str = "2") -> str:
    return (house / "price_lists" / "mini" / edition / "products.csv").read_text("utf-8")


# ---- lint -----------------------------------------------------------------------------------------------------------
def test_lint_reads_all_lists_of_the_workspace_and_no_others(house: Path) -> None:
    assert docgen("lint").stdout.splitlines() == [
        "price_lists/mini/1/list.yaml: no findings",
        "price_lists/mini/2/list.yaml: no findings",
    ]


def test_lint_ends_with_0_for_warnings_and_with_1_for_errors(house: Path) -> None:
    path = house / "price_lists" / "mini" / "2" / "list.yaml"
    path.write_text(path.read_text("utf-8").replace("price: 10,", "price: 10, floor: 11,"), "utf-8")
    done = docgen("lint", "mini@2")
    assert "floor_above_list" in done.stderr and done.stdout.endswith("1 warning\n")
    path.write_text(path.read_text("utf-8").replace("2026-07-01", "2026-06-30"), "utf-8")
    assert "editions_overlap" in docgen("lint", "mini", code=1).stderr


def test_lint_answers_other_programs_in_json_alone(house: Path) -> None:
    path = house / "price_lists" / "mini" / "2" / "list.yaml"
    path.write_text(path.read_text("utf-8").replace("price: 10,", "price: 10, floor: 11,"), "utf-8")
    done = docgen("lint", "price_lists/mini/2", "--format", "json")
    (found,) = json.loads(done.stdout)
    assert (found["code"], found["severity"], found["line"], found["column"]) == ("floor_above_list", "warning", 7, 71)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("minni", "did you mean mini?"), ("mini@3", "no edition 3"), ("price_lists", "no list.yaml")],
)
def test_a_list_nobody_knows_is_answered_with_those_there_are(house: Path, wanted: str, told: str) -> None:
    assert told in docgen("lint", wanted, code=1).stderr


# ---- export and import ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("file", ["table.csv", "table.xlsx"])
def test_what_is_exported_can_be_imported_and_changes_nothing(house: Path, file: str) -> None:
    before = products_of(house)
    assert "3 products of mini@2" in docgen("export", "mini@2", "--to", file).stdout
    done = docgen("import", file, "--into", "mini", "--edition", "2")
    assert "0 new, 0 changed, 0 gone, 2 as before, 1 in list.yaml itself" in done.stdout
    assert products_of(house) == before


def test_import_tells_what_changes_and_with_check_writes_nothing(house: Path) -> None:
    (house / "new.csv").write_text(TABLE.format(price=55) + "C,Costing,licence,user,7,goods\n", "utf-8")
    before = products_of(house)
    shown = docgen("import", "new.csv", "--into", "mini@2", "--check").stdout.splitlines()
    assert shown == [
        "  new      C",
        "  changed  A                price 50 → 55",
        "  1 new, 1 changed, 0 gone, 1 as before",
        "  nothing written",
    ]
    assert products_of(house) == before
    docgen("import", "new.csv", "--into", "mini@2")
    assert "A,Financials,licence,user,55" in products_of(house)


def test_products_do_not_go_unless_that_is_meant(house: Path) -> None:
    (house / "new.csv").write_text("sku,name,kind,unit,price,tax\nA,Fin,licence,user,50,goods\n", "utf-8")
    before = products_of(house)
    assert "1 products of price_lists/mini/2/products.csv are not in the table: B" in (
        docgen("import", "new.csv", "--into", "mini@2", code=1).stderr
    )
    assert products_of(house) == before
    docgen("import", "new.csv", "--into", "mini@2", "--force")
    assert "Stock" not in products_of(house)


def test_a_table_with_mistakes_changes_nothing(house: Path) -> None:
    (house / "new.csv").write_text(TABLE.format(price="dear"), "utf-8")
    before = products_of(house)
    done = docgen("import", "new.csv", "--into", "mini@2", code=1)
    assert "new.csv:2:5: error" in done.stderr and done.stdout == ""
    assert products_of(house) == before


def test_an_import_wants_one_edition(house: Path) -> None:
    (house / "new.csv").write_text(TABLE.format(price=1), "utf-8")
    assert "there are 1, 2" in docgen("import", "new.csv", "--into", "mini", code=1).stderr


def test_an_export_keeps_a_file_that_is_there(house: Path) -> None:
    (house / "table.csv").write_text("mine", "utf-8")
    assert "--force" in docgen("export", "mini@1", "--to", "table.csv", code=1).stderr
    assert (house / "table.csv").read_text("utf-8") == "mine"
    docgen("export", "mini@1", "--to", "table.csv", "--force")
    assert (house / "table.csv").read_bytes().startswith("\ufeffsku,".encode())


@pytest.mark.parametrize("words", [("export", "mini@1", "--to"), ("import", "--into", "mini@1")])
def test_a_file_of_another_kind_is_refused(house: Path, words: tuple[str, ...]) -> None:
    assert ".xlsx" in docgen(*words, "table.ods", code=1).stderr


def test_a_file_that_is_not_there_or_cannot_be_written_is_told(house: Path) -> None:
    assert "there is no file new.csv" in docgen("import", "new.csv", "--into", "mini@2", code=1).stderr
    assert "cannot be written" in docgen("export", "mini@2", "--to", "nowhere/table.csv", code=1).stderr


def test_lists_that_come_with_docgen_are_not_changed(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / "new.csv").write_text(TABLE.format(price=1), "utf-8")
    assert "docgen init" in docgen("import", "new.csv", "--into", "erp-cn", code=1).stderr


@pytest.mark.parametrize("command", ["lint", "diff", "export", "import"])
def test_every_help_has_an_example(command: str) -> None:
    assert f"docgen prices {command} " in docgen(command, "--help").stdout
