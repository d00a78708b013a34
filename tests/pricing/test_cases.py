"""What a quotation costs: every case of tests/cases/pricing through files and the public door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pricing.cases import Case, differences, priced, read_cases
from tests.pricing.sources import misplaced

CASES = read_cases()


def _item(case: Case) -> Any:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_item(case) for case in CASES])
def test_a_case_costs_what_its_author_worked_out(case: Case, tmp_path: Path) -> None:
    found = priced(case, tmp_path)
    different = [*differences(case.expect, found), *misplaced(found, tmp_path)]
    if different:
        pytest.fail("\n".join([case.id, f"  because {case.reasoning}", *(f"  {d}" for d in different)]), pytrace=False)


def test_cases_are_many_and_no_two_share_a_name() -> None:
    assert len(CASES) >= 90
    assert len({case.id for case in CASES}) == len(CASES)


def test_a_wrong_expectation_is_told_key_by_key() -> None:
    """The comparison itself must be able to fail, or no case proves anything."""
    found = {"lines": [{"net": "1.00", "bundle": None}], "totals": {"net": "1.00"}, "problems": []}
    assert differences({"lines": [{"net": "1.00", "bundle": "null"}]}, found) == []
    assert differences({"lines": [{"net": "1.0"}], "totals": {"gros": "1"}, "problems": ["x"]}, found) == [
        "lines[0].net: expected 1.0, found 1.00",
        "totals.gros: expected 1, found nothing",
        "problems: expected ['x'], found []",
    ]
    assert differences({"lines": {"1": {"net": "1"}}}, found) == ["lines.1: expected {'net': '1'}, found nothing"]
