"""One change of a deal changes exactly the clauses it should, and asks exactly those who must agree.

The cases are for lawyers: tests/cases/contract/switches.yaml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contracts.samples import NAMES
from tests.contracts.switching import Switched, switch

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "contract" / "switches.yaml").read_text("utf-8")
)
KEYS = {"name", "base", "change", "in", "out", "variants", "text", "asks", "asks_no_more", "errors"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_change_of_the_deal_changes_these_clauses_and_no_others(case: dict[str, Any], tmp_path: Path) -> None:
    assert case.keys() <= KEYS and case["base"] in NAMES
    assert switch(case["base"], case["change"], tmp_path) == Switched(
        came=set(case.get("in", ())),
        went=set(case.get("out", ())),
        other_variant=case.get("variants", {}),
        other_text=set(case.get("text", ())),
        asks=set(case.get("asks", ())),
        asks_no_more=set(case.get("asks_no_more", ())),
        errors=set(case.get("errors", ())),
    )


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 25


def test_a_change_of_nothing_changes_nothing(tmp_path: Path) -> None:
    assert switch("licence-domestic", {}, tmp_path) == Switched()
