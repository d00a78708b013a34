"""The spreadsheet computes by itself what docgen prints: its formulas are recomputed by LibreOffice and compared."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.documents.value_workbook import value_workbook
from docgen.facts import Facts
from docgen.pipeline import made_on, prepare
from docgen.reading import Workspace
from docgen.value.case import ValueCase
from tests.conftest import SAMPLES, TODAY, need

HEAD = "deal: D-1\ndate: 2026-11-20\nprice_list: erp-cn\nseller: main\nlanguage: en\ncustomer: {name: ACME}\n"
TRICKY = """\
value:
  maturity: refined
  horizon_months: 30
  discount_rate: 12.5%
  discounting: monthly_effective
  go_live_month: 4
  investment:
    - {month: 0, amount: {low: 90000, expected: 100000, high: 120000}}
    - {month: 6, amount: 20000}
  benefits:
    - id: a
      name: "=1+1"
      baseline: {low: 900, expected: 1000, high: 1100}
      unit_value: 65.25
      improvement: {low: 10%, expected: 30%, high: 45%}
      recapture: 75%
      risk: 12.5%
      build_up: [10%, 40%, 90%]
    - {id: b, name: Loss, per_year: {low: -9000, expected: -5000, high: -1000}, start_month: 2}
    - {id: c, name: Earned, per_year: 140000, adoption: [35%, 70%, 95%], start_month: 7}
    - {id: d, name: Turned, baseline: -2000, improvement: {low: 10%, expected: 20%, high: 30%}}
  costs: [{name: Team, initial: 5000, per_year: {low: 1000, expected: 2000, high: 4000}, contingency: 15%}]
"""
FLOWS = "value: {maturity: proven, discount_rate: 8%, flows: [-40000, 8000, 9200, 10000, 12000, 14500, 9000]}\n"
LOSS = "value: {maturity: refined, discount_rate: 8%, flows: [-40000, 8000, 30000, -20000]}\n"


def facts_of(path: Path) -> tuple[Facts, ValueCase]:
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    assert facts.value is not None
    return facts, facts.value


def written(name: str, folder: Path) -> Path:
    if name in ("homebody-crm", "huarui-erp"):
        return SAMPLES / name / "deal.yaml"
    deal = folder / "deal.yaml"
    deal.write_text(HEAD + {"tricky": TRICKY, "flows": FLOWS, "loss": LOSS}[name], "utf-8")
    return deal


def recomputed(data: bytes, folder: Path) -> Any:
    """The workbook as a spreadsheet program computes it, with values in place of formulas."""
    need("soffice")
    path = folder / "model.xlsx"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    out = folder / "computed"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(out / "model.xlsx", data_only=True)


def rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    return sheet.iter_rows(values_only=True)


def results(book: Any) -> Mapping[str, tuple[Any, Any]]:
    """Figure → what the formula gives, what docgen prints; down to the first empty row."""
    found = takewhile(lambda row: row[0], list(rows(book.worksheets[0]))[4:])
    return {row[0]: (row[1], row[2]) for row in found}


@pytest.mark.pages
@pytest.mark.parametrize("name", ["homebody-crm", "huarui-erp", "tricky", "flows", "loss"])
def test_the_workbook_recomputes_to_what_docgen_prints(name: str, tmp_path: Path) -> None:
    facts, case = facts_of(written(name, tmp_path))
    book = recomputed(value_workbook(facts, case, made_on(facts.deal.date)), tmp_path)
    found = results(book)
    assert len(found) >= 9
    for key, (computed, printed) in found.items():
        if printed is None:
            assert computed.startswith("not meaningful"), key
        elif isinstance(printed, str):
            assert computed == printed, key
        else:
            assert computed == pytest.approx(printed, rel=0, abs=0.011 if abs(printed) > 1000 else 1e-6), key
    for key, exact in zip(found, (case.figures().tbb, case.figures().tco, case.figures().npv), strict=False):
        assert f"{found[key][0]:.2f}" == f"{exact:f}"
    years = [row for row in rows(book.worksheets[-1]) if isinstance(row[0], int)]
    for row, told in zip(years, case.figures().years, strict=True):
        assert row[0] == told.year
        wanted = [float(x) for x in (told.benefit, told.cost, told.net, told.pv, told.cumulative, told.cumulative_pv)]
        assert list(row[1:7]) == pytest.approx(wanted, abs=0.011)


@pytest.mark.pages
def test_all_three_scenarios_stand_on_the_sheet_and_can_be_chosen(tmp_path: Path) -> None:
    facts, case = facts_of(written("tricky", tmp_path))
    data = value_workbook(facts, case, made_on(facts.deal.date))
    path = tmp_path / "chosen.xlsx"
    path.write_bytes(data)
    book = openpyxl.load_workbook(path)
    book["Inputs"]["B4"] = 1
    book.save(path)
    found = recomputed(path.read_bytes(), tmp_path)
    low = case.figures("conservative")
    outcome = case.scenarios["conservative"]
    told = results(found)
    assert outcome.nominal.signature is None
    assert told["Payback in months from signature"][0] == "never"
    sheet = list(rows(found.worksheets[0]))
    head = next(i for i, row in enumerate(sheet) if row[0] == "Scenario")
    for column, scenario in enumerate(("conservative", "expected", "optimistic"), 1):
        figures = case.figures(scenario)
        wanted = [float(figures.tbb), float(figures.tco), float(figures.npv)]
        assert [sheet[head + row][column] for row in (1, 2, 3)] == pytest.approx(wanted, abs=0.005)
    assert sheet[4][1] == pytest.approx(float(low.tbb), abs=0.005)
    assert sheet[5][1] == pytest.approx(float(low.tco), abs=0.005)


def test_the_same_model_is_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, case = facts_of(SAMPLES / "huarui-erp" / "deal.yaml")
    first = value_workbook(facts, case, made_on(facts.deal.date))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    again = value_workbook(facts, case, made_on(facts.deal.date))
    assert first == again
    assert str(dt.date.today().year + 1).encode() not in first


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    facts, case = facts_of(written("tricky", tmp_path))
    path = tmp_path / "model.xlsx"
    path.write_bytes(value_workbook(facts, case, made_on(facts.deal.date)))
    cell = openpyxl.load_workbook(path)["Inputs"]["A13"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_first_estimate_tells_no_rate_of_return(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(HEAD + TRICKY.replace("refined", "initial"), "utf-8")
    facts, case = facts_of(deal)
    path = tmp_path / "model.xlsx"
    path.write_bytes(value_workbook(facts, case, made_on(facts.deal.date)))
    words = {row[0] for row in rows(openpyxl.load_workbook(path)["Results"])}
    assert not any("return" in str(word) for word in words)
