"""What every command promises: exit codes, results to stdout, problems to stderr, JSON alone, no colour into a pipe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docgen.cli.main import COMMANDS
from docgen.cli.produce import FORMATS
from docgen.pipeline import check
from docgen.reading import Workspace
from tests.safety.house import TODAY, call, catalog, deal, furnish, run

OPEN_RULE = {
    "approvals": [
        {"rule": "always", "when": "net > 0", "approver": "finance", "because": "the test wants somebody asked"}
    ]
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deal that is sound, one with a mistake, one with a warning, one that somebody must approve."""
    folder = tmp_path_factory.mktemp("house")
    furnish(folder, deal())
    (folder / "wrong.yaml").write_text(json.dumps(deal() | {"price_lst": "x"}), "utf-8")
    lines = [{"sku": "P-LIC", "discount": "20%"}]
    (folder / "warned.yaml").write_text(json.dumps(deal() | {"lines": lines, "deal": "D-2"}), "utf-8")
    asking = folder / "asking"
    asking.mkdir()
    furnish(asking, deal(), policies=OPEN_RULE)
    return folder


# ---- exit codes -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("command", ["check", "price", "explain", "approvals"])
def test_a_sound_deal_ends_with_0_and_nothing_on_stderr(house: Path, command: str) -> None:
    done = call(command, "deal.yaml", cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("command", ["check", "price", "explain", "approvals", "quote"])
def test_a_deal_with_errors_ends_with_1_says_so_on_stderr_and_writes_nothing(house: Path, command: str) -> None:
    before = sorted(house.rglob("*"))
    done = call(command, "wrong.yaml", cwd=house)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "wrong.yaml:1:" in done.stderr
    assert "did you mean price_list?" in done.stderr
    assert sorted(house.rglob("*")) == before


USAGE = [
    (),
    ("qoute", "deal.yaml"),
    ("price", "deal.yaml", "other.yaml"),
    ("quote", "deal.yaml", "--format", "doc"),
    ("quote", "deal.yaml", "--format", ""),
    ("quote", "deal.yaml", "--language", "fr"),
    ("quote", "deal.yaml", "--nonsense"),
    ("price", "deal.yaml", "--format", "xml"),
    ("explain", "deal.yaml", "99"),
    ("explain", "deal.yaml", "NO-SUCH-SKU"),
    ("approvals",),
    ("schema", "quote"),
    ("schema",),
    ("--today", "yesterday", "check", "deal.yaml"),
    ("--workspace", "nowhere", "check", "deal.yaml"),
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2_a_word_on_stderr_and_nothing_on_stdout(
    house: Path, arguments: tuple[str, ...]
) -> None:
    done = call(*arguments, cwd=house)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "quote"])
def test_without_a_deal_the_one_of_the_folder_is_meant_and_where_none_is_one_is_asked_for(
    tmp_path: Path, command: str
) -> None:
    asked = call(command, cwd=tmp_path)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "name a deal file" in asked.stderr
    furnish(tmp_path, deal())
    assert call(command, cwd=tmp_path).returncode == 0


def test_a_misspelt_command_is_answered(house: Path) -> None:
    assert "did you mean 'quote'?" in call("qoute", "deal.yaml", cwd=house).stderr


def test_final_without_its_approvals_ends_with_3_and_writes_nothing(house: Path) -> None:
    asking = house / "asking"
    done = call("quote", "deal.yaml", "--final", "--out", "final", "--format", "txt", cwd=asking)
    assert done.returncode == 3
    assert "not final: nothing was written" in done.stderr
    assert not (asking / "final").exists()


def test_final_with_nothing_missing_is_written(house: Path) -> None:
    done = call("quote", "deal.yaml", "--final", "--out", "final", "--format", "txt", cwd=house)
    assert done.returncode == 0
    assert "DRAFT" not in (house / "final" / "D-1-quote.txt").read_text("utf-8")


def test_a_draft_says_that_it_is_one(house: Path) -> None:
    asking = house / "asking"
    assert call("quote", "deal.yaml", "--out", "draft", "--format", "txt", cwd=asking).returncode == 0
    assert "DRAFT" in (asking / "draft" / "D-1-quote.txt").read_text("utf-8")


def test_of_several_deals_the_sound_ones_are_made_and_the_exit_code_is_1(house: Path) -> None:
    done = call("quote", "wrong.yaml", "deal.yaml", "--out", "several", "--format", "txt", cwd=house)
    assert done.returncode == 1
    assert (house / "several" / "D-1-quote.txt").is_file()


def test_an_error_counts_more_than_a_missing_approval(house: Path) -> None:
    done = call("quote", "asking/deal.yaml", "wrong.yaml", "--final", "--out", "both", "--format", "txt", cwd=house)
    assert done.returncode == 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_the_help_names_can_be_made(house: Path, form: str, tmp_path: Path) -> None:
    done = call("quote", "deal.yaml", "--out", tmp_path, "--format", form, cwd=house)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"D-1-quote.{form}").stat().st_size > 0


def test_two_deals_of_one_number_do_not_overwrite_one_another(house: Path, tmp_path: Path) -> None:
    (house / "twin.yaml").write_text(json.dumps(deal() | {"title": "the other one"}), "utf-8")
    done = call("quote", "deal.yaml", "twin.yaml", "--out", tmp_path, "--format", "txt", cwd=house)
    assert done.returncode == 1


# ---- streams --------------------------------------------------------------------------------------------------------
def _json(house: Path, *arguments: object) -> tuple[int, Any, str]:
    done = call(*arguments, cwd=house)
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("name", ["deal.yaml", "warned.yaml", "asking/deal.yaml"])
@pytest.mark.parametrize("command", ["price", "approvals", "check"])
def test_json_stands_alone_on_stdout(house: Path, command: str, name: str) -> None:
    code, answer, stderr = _json(house, command, name, "--format", "json")
    assert code == 0
    assert isinstance(answer, dict if command == "price" else list)
    assert stderr == ""


def test_check_answers_in_json_where_there_are_errors_too(house: Path) -> None:
    code, answer, stderr = _json(house, "check", "wrong.yaml", "--format", "json")
    assert (code, stderr) == (1, "")
    (found,) = answer
    assert set(found) == {"severity", "file", "line", "column", "path", "code", "message", "hint"}
    assert (found["file"], found["path"], found["code"]) == ("wrong.yaml", "price_lst", "unknown_key")


def test_no_number_in_json_is_a_float(house: Path) -> None:
    done = call("price", "deal.yaml", "--format", "json", cwd=house)

    def refuse(text: str) -> None:
        raise AssertionError(f"a float: {text}")

    json.loads(done.stdout, parse_float=refuse)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "wrong.yaml"),
        ("price", "warned.yaml"),
        ("explain", "deal.yaml"),
        ("approvals", "asking/deal.yaml"),
        ("list",),
        ("--help",),
        ("quote", "asking/deal.yaml", "--final"),
    ],
    ids=" ".join,
)
def test_nothing_is_coloured_that_goes_into_a_pipe(house: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=house)
    assert "\x1b" not in done.stdout + done.stderr


def test_a_reader_that_stops_early_is_no_fault(house: Path) -> None:
    done = run(cwd=house, prefix=("bash", "-c", 'set -o pipefail; "$1" -m docgen schema deal | head -n 1', "x"))
    assert "fault" not in done.stderr
    assert "Traceback" not in done.stderr


def test_warnings_go_to_stderr_and_do_not_end_a_command(house: Path) -> None:
    done = call("price", "warned.yaml", cwd=house)
    assert done.returncode == 0
    assert "warning: lines.0.discount" in done.stderr
    assert "warning" not in done.stdout


# ---- the first minutes ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(house: Path, command: str) -> None:
    done = call(command, "--help", cwd=house)
    assert done.returncode == 0
    assert f"docgen {command}" in done.stdout


def test_the_first_minutes_of_a_new_user_need_no_manual(tmp_path: Path) -> None:
    assert call("init", "sales", cwd=tmp_path).returncode == 0
    sales = tmp_path / "sales"
    assert call("new", cwd=sales).returncode == 0
    checked = call("check", "deal.yaml", cwd=sales)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert call("quote", "deal.yaml", "--format", "txt", cwd=sales).returncode == 0
    assert list((sales / "out").glob("*-quote.txt"))


def test_new_and_init_keep_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text("mine")
    (tmp_path / "sellers.yaml").write_text("sellers: {main: {name: mine}}")
    assert call("new", cwd=tmp_path).returncode == 1
    assert call("init", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "deal.yaml").read_text() == "mine"
    assert (tmp_path / "sellers.yaml").read_text() == "sellers: {main: {name: mine}}"


def test_init_of_a_folder_below_a_file_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = call("init", "file/sales", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_new_into_a_folder_that_is_not_there_ends_with_1(tmp_path: Path) -> None:
    done = call("new", "nowhere/deal.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("kind", ["deal", "price-list", "approvals"])
def test_a_schema_is_json_and_nothing_else(tmp_path: Path, kind: str) -> None:
    code, answer, stderr = _json(tmp_path, "schema", kind)
    assert (code, stderr) == (0, "")
    assert answer["$schema"].startswith("https://json-schema.org/")


# ---- broken houses --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("broken", ["price_lists/test-list/list.yaml", "sellers.yaml", "approvals.yaml"])
@pytest.mark.parametrize(
    "content", ["", "a: [", "- list\n", "x" * 3, "\0"], ids=["empty", "open", "list", "word", "NUL"]
)
def test_a_broken_file_of_the_house_is_named_and_never_a_fault_of_docgen(
    tmp_path: Path, broken: str, content: str
) -> None:
    path = furnish(tmp_path, deal())
    (tmp_path / broken).write_text(content, "utf-8")
    found = [p for p in check(path, Workspace.for_deal(path), TODAY, "quote") if p.is_error]
    assert any(p.place is not None and p.place.file.endswith(broken) for p in found)


def test_a_mistake_in_the_price_list_is_named_in_the_price_list(tmp_path: Path) -> None:
    wrong = catalog()
    wrong["products"][0]["prise"] = 1
    path = furnish(tmp_path, deal(), price_list=wrong)
    (found,) = check(path, Workspace.for_deal(path), TODAY, "quote")
    assert found.place is not None
    assert found.place.file.endswith("list.yaml")
    assert found.code == "unknown_key"
