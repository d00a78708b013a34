"""A word where the house's own files want a plain number is a problem in its place, never a fault of docgen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.main import cli
from docgen.locales.problems import describe
from docgen.problems import problem
from tests.conftest import ROOT, TODAY


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("templates", "price_lists"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("sellers.yaml", "approvals.yaml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copyfile(ROOT / "samples" / "ten-lines" / "deal.yaml", tmp_path / "deal.yaml")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("price_lists/erp-cn/list.yaml", "min: 1", "min: one"),
        ("templates/_house/theme.yaml", "title: 22", "title: big"),
        ("templates/_house/theme.yaml", "paper: A4", "paper: A7"),
    ],
)
def test_a_word_instead_of_a_number_is_named_in_its_place(house: Path, file: str, right: str, wrong: str) -> None:
    path = house / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    words = ["--today", str(TODAY), "quote", str(house / "deal.yaml"), "--out", str(house / "out")]
    done = CliRunner().invoke(cli, words)
    line = text[: text.index(right)].count("\n") + 1
    assert done.exit_code == 1, done.output
    assert f"{Path(file).name}:{line}:" in done.output
    assert not (house / "out").exists()


def test_a_complaint_without_a_sentence_of_its_own_is_still_told() -> None:
    message, hint = describe(problem("some_new_type_of_pydantic", "lines", value="x"))
    assert "x" in message and hint


def test_a_promotion_is_named_in_the_language_of_the_deal_where_the_validity_comes_from(house: Path) -> None:
    deal = house / "deal.yaml"
    text = deal.read_text("utf-8").replace("date: 2026-12-08", "date: 2026-11-20\nlanguage: en")
    deal.write_text(text, "utf-8")
    told = CliRunner().invoke(cli, ["--today", str(TODAY), "check", str(deal)]).output
    date = text[: text.index("date:")].count("\n") + 1
    assert f"deal.yaml:{date}:" in told and "Autumn" in told and "秋季" not in told
