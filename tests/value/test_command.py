"""docgen value as a sales rep types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import cli
from docgen.locales.value import _all
from tests.conftest import SAMPLES, TODAY

HOMEBODY = str(SAMPLES / "homebody-crm" / "deal.yaml")
QUIET = str(SAMPLES / "ten-lines" / "deal.yaml")
HEAD = "deal: D-1\ndate: 2026-11-20\nprice_list: erp-cn\nseller: main\nlanguage: en\ncustomer: {name: ACME}\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--today", TODAY.isoformat(), *arguments], prog_name="docgen")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def deal(folder: Path, section: str) -> str:
    path = folder / "deal.yaml"
    path.write_text(HEAD + section, "utf-8")
    return str(path)


def test_the_json_is_nothing_but_json_and_has_every_promised_key() -> None:
    result = run("value", HOMEBODY, "--format", "json")
    answer: dict[str, Any] = json.loads(result.stdout)
    promised = {"convention", "discount_rate", "tbb", "tco", "npv", "roi", "irr", "irr_note", "mirr", "payback"}
    assert promised | {"cost_of_delay_month", "cash_flow", "scenarios", "problems"} <= set(answer)
    assert set(answer["payback"]) == {"nominal", "discounted"}
    assert set(answer["payback"]["nominal"]) == {"signature", "go_live"}
    assert {"year", "benefit", "cost", "net", "pv"} <= set(answer["cash_flow"][0])
    assert set(answer["scenarios"]) == {"conservative", "expected", "optimistic"}
    assert answer["scenarios"]["expected"]["npv"] == answer["npv"]
    assert [p["code"] for p in answer["problems"]] == ["earlier_range"]
    assert result.exit_code == 0


def test_several_deals_are_a_list() -> None:
    answer = json.loads(run("value", HOMEBODY, HOMEBODY, "--format", "json").stdout)
    assert [each["deal"] for each in answer] == ["D-2026-0088"] * 2


def test_the_terminal_tells_headline_convention_and_parts() -> None:
    told = run("value", HOMEBODY, "--format", "table").stdout
    for words in (
        "discounted at 10% a year",
        "NPV",
        "NPV / TCO",
        "from go-live",
        "cost of delay",
        "scenario",
        "what it hangs on",
    ):
        assert words in told


def test_a_first_estimate_tells_no_rates_on_the_terminal(tmp_path: Path) -> None:
    benefits = "[{id: a, name: a, per_year: 100, source: x}]"
    section = f"value: {{discount_rate: 10%, investment: [{{month: 0, amount: 10}}], benefits: {benefits}}}\n"
    told = run("value", deal(tmp_path, section), "--format", "table").stdout
    assert "NPV / TCO" not in told
    assert "yearly rate" not in told
    assert "not told of a first estimate" in told


def test_the_workbook_is_written_once_and_not_over_somebodys_work(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("value", HOMEBODY, "--format", "xlsx", "--out", str(out)).exit_code == 0
    path = out / "D-2026-0088-value-model.xlsx"
    before = path.read_bytes()
    assert run("value", HOMEBODY, "--format", "xlsx", "--out", str(out)).exit_code == 0
    assert path.read_bytes() == before
    path.write_bytes(b"mine")
    assert run("value", HOMEBODY, "--format", "xlsx", "--out", str(out)).exit_code == 1
    assert path.read_bytes() == b"mine"
    assert run("value", HOMEBODY, "--format", "xlsx", "--out", str(out), "--force").exit_code == 0


def test_a_deal_without_value_says_what_to_write() -> None:
    result = run("value", QUIET)
    assert result.exit_code == 1
    assert "the deal has no value model" in result.stderr


def test_without_a_discount_rate_there_is_no_model_but_still_a_quotation(tmp_path: Path) -> None:
    path = deal(
        tmp_path, "lines: [{sku: SV-STD, quantity: 10}]\nvalue: {benefits: [{id: a, name: a, per_year: 100}]}\n"
    )
    result = run("value", path)
    assert result.exit_code == 1
    assert "error: value: the value model states no discount rate" in result.stderr
    assert run("price", path).exit_code == 0


def test_a_value_study_needs_no_lines_but_a_quotation_does(tmp_path: Path) -> None:
    path = deal(tmp_path, "value: {maturity: proven, discount_rate: 10%, flows: [-100, 60, 60]}\n")
    out = str(tmp_path / "out")
    assert run("value", path, "--out", out, "--final").exit_code == 0
    result = run("quote", path, "--out", out)
    assert result.exit_code == 1
    assert "the deal has no lines" in result.stderr


@pytest.mark.parametrize("form", ["pdff", "table,xlsx", ""])
def test_a_format_that_cannot_be_is_refused(form: str) -> None:
    assert run("value", HOMEBODY, "--format", form).exit_code == 2


def test_papers_and_model_are_written_side_by_side(tmp_path: Path) -> None:
    result = run("value", HOMEBODY, "--format", "txt,json,xlsx", "--out", str(tmp_path))
    assert {path.name for path in tmp_path.glob("D-*")} == {
        "D-2026-0088-value.txt",
        "D-2026-0088-value-model.json",
        "D-2026-0088-value-model.xlsx",
    }
    model = json.loads((tmp_path / "D-2026-0088-value-model.json").read_text("utf-8"))
    assert model == json.loads(run("value", HOMEBODY, "--format", "json").stdout)
    assert f"NPV USD {model['npv'][:1]}" in result.stdout


@pytest.mark.parametrize("option", ["--final", "--review"])
def test_what_is_printed_is_neither_final_nor_under_review(option: str) -> None:
    assert run("value", HOMEBODY, "--format", "json", option).exit_code == 2


def test_both_languages_have_the_same_words() -> None:
    assert list(_all("en")) == list(_all("zh-CN"))
