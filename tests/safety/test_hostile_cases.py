"""Every case of tests/cases/hostile comes to its end: refused in its place, or on the papers letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.safety.cases import Case, cases, play


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.category}: {case.name}")
def test_a_hostile_case_is_refused_in_its_place_or_printed_letter_by_letter(tmp_path: Path, case: Case) -> None:
    play(case, tmp_path)


def test_a_case_whose_expectation_is_wrong_fails(tmp_path: Path) -> None:
    fine = Case("text", "a plain name", {"deal": {"customer.name": "ACME"}, "exit": 1})
    with pytest.raises(AssertionError):
        play(fine, tmp_path)


def test_every_category_has_cases() -> None:
    found = {case.category for case in cases()}
    wanted = {"yaml", "money", "text", "templates", "paths", "machine", "approvals", "leakage", "environment", "assets"}
    assert found == wanted
