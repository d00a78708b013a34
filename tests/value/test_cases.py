"""What a deal is worth to the customer: every case of tests/cases/value through files and the public door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pricing.cases import differences
from tests.value.cases import Case, read_cases, resolved, valued

CASES = read_cases()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_case_is_worth_what_its_author_worked_out(case: Case, tmp_path: Path) -> None:
    found = valued(case, tmp_path)
    different = differences(resolved(case.expect, found), found)
    if different:
        pytest.fail("\n".join([case.id, f"  because {case.told}", *(f"  {d}" for d in different)]), pytrace=False)


def test_cases_are_many_and_no_two_share_a_name() -> None:
    assert len(CASES) >= 45
    assert len({case.id for case in CASES}) == len(CASES)


def test_a_rounded_expectation_can_fail() -> None:
    assert resolved({"irr": "~0.14"}, {"irr": "0.1448"}) == {"irr": "0.1448"}
    assert resolved({"irr": "~0.15"}, {"irr": "0.1448"}) == {"irr": "~0.15"}
