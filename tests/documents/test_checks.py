"""What a reviewer would send back: every case of tests/cases/proposal_checks through the real check."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.locales.problems import describe, dotted
from docgen.pipeline import check
from docgen.problems import Problem
from docgen.reading import Workspace
from tests.conftest import ROOT
from tests.documents.tales import house, told_deal, told_sellers
from tests.safety.house import TODAY

FOLDER = ROOT / "tests" / "cases" / "proposal_checks"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
]
LONG = "A sentence that says little and goes on for a while. " * 120
STEPS = ("situation", "problem", "reason_for_change", "capability", "solution", "result")


def laid_over(case: dict[str, Any]) -> dict[str, Any]:
    deal = told_deal()
    for key in case.get("drop", ()):
        section, name = key.split(".")
        del deal[section][name]
    for key, value in case["keys"].items():
        section, _, name = key.partition(".")
        value = LONG if value == "&long" else copy.deepcopy(value)
        if name:
            deal[section][name] = value
        else:
            deal[section] = value
    return deal


def found_in(case: dict[str, Any], folder: Path) -> list[Problem]:
    profiles = told_sellers()
    profiles["sellers"]["main"] |= case.get("seller", {})
    references = folder / "templates" / "references"
    references.mkdir(parents=True)
    for each in case.get("references", ()):
        told = {"title": "A story", **dict.fromkeys(STEPS, "Something"), **each}
        (references / f"{each['reference']}.yaml").write_text(json.dumps(told))
    path, _ = house(folder, laid_over(case), profiles)
    return check(path, Workspace.for_deal(path), TODAY, "proposal", fill=True)


@pytest.mark.parametrize("case", CASES)
def test_a_reviewer_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    found = found_in(case, tmp_path)
    assert sorted({each.code for each in found}) == sorted(case["codes"]), [describe(each) for each in found]
    assert all(each.place is not None for each in found)
    if "at" in case:
        assert case["at"] in [dotted(each) for each in found]


def test_every_finding_is_a_sentence_with_a_way_out(tmp_path: Path) -> None:
    for number, param in enumerate(CASES):
        for each in found_in(param.values[0], tmp_path / str(number)):
            message, hint = describe(each)
            assert message and hint and "{" not in message + hint, each.code
