"""Every sample contract against the text a lawyer has read, and the reasons for its clauses."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from docgen.cli.main import cli
from docgen.pipeline import check
from tests.conftest import SAMPLES, TODAY
from tests.contracts.samples import FOLDER, NAMES, WORKSPACE, deal_of, facts_of, language_of, paper

DRAFTS = {"draft-incomplete", "draft-reseller"}
"""Deliberately incomplete: every other sample states all its clauses ask for."""
TYPES = {"licence", "saas", "development", "maintenance", "trial", "reseller", "nda", "dpa"}


def expected(name: str, file: str, found: str, update: bool) -> None:
    """Compare with the golden beside the sample; with --update-goldens write it."""
    path = FOLDER / name / "expected" / file
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.is_file(), f"no {path.name} yet: run make goldens and read it"
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_contract_reads_as_expected(name: str, request: pytest.FixtureRequest) -> None:
    text = re.sub(r"sha256:\w+", "sha256:…", paper(name, "txt").decode())
    expected(name, f"contract.{language_of(name)}.txt", text, request.config.getoption("--update-goldens"))


@pytest.mark.parametrize("name", NAMES)
def test_each_clause_is_in_or_out_for_the_expected_reason(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    deal = f"samples/contracts/{name}/deal.yaml"
    shown = CliRunner().invoke(cli, ["--today", str(TODAY), "explain", deal, "--contract"])
    assert shown.exit_code == 0
    expected(name, "reasons.txt", shown.output, request.config.getoption("--update-goldens"))


def test_no_expected_text_is_left_over() -> None:
    for name in NAMES:
        found = {path.name for path in (FOLDER / name / "expected").iterdir()}
        assert found == {f"contract.{language_of(name)}.txt", "reasons.txt"}


def test_the_samples_show_every_kind_of_contract() -> None:
    shown = {kind for name in NAMES for kind in facts_of(name).draft.facts.contract.types}  # type: ignore[union-attr]
    assert shown == TYPES
    assert any(len(facts_of(name).draft.facts.contract.types) > 3 for name in NAMES)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAFTS))
def test_a_complete_sample_lacks_nothing_for_a_final_contract_but_approvals(name: str) -> None:
    assert check(deal_of(name), WORKSPACE, TODAY, "contract", fill=True) == []
    assert not re.search(r"待补|to be completed", paper(name, "txt").decode())


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_an_incomplete_draft_marks_every_gap_it_is_told_of(name: str) -> None:
    told = [each for each in check(deal_of(name), WORKSPACE, TODAY, "contract") if each.code == "contract_gap"]
    marks = [mark for each in told for mark in each.params["name"].split("、")]
    text = "".join(paper(name, "txt").decode().split())
    assert len(marks) >= 5
    assert [mark for mark in marks if f"【待补：{mark}】" not in text] == []


MACHINERY = re.compile(r"\{\{|\}\}|\{%|\[\[|\]\]|\bnan\b|\bnull\b|\bNone\b(?!\.)|\bTrue\b|\bFalse\b|Error|\{\w+\}")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_machinery_is_printed(name: str) -> None:
    assert MACHINERY.findall(paper(name, "txt").decode()) == []
