"""Days of a contract, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.contract.dates import add_working_days, end_of_term, is_working_day, last_notice_day

D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        ("2027-01-01", 36, "2029-12-31"),
        ("2027-01-31", 1, "2027-02-27"),
        ("2028-01-31", 1, "2028-02-28"),
        ("2027-08-31", 6, "2028-02-28"),
        ("2028-02-29", 12, "2029-02-27"),
        ("2027-03-15", 1, "2027-04-14"),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(starts: str, months: int, ends: str) -> None:
    assert end_of_term(D(starts), months) == D(ends)


def test_the_last_day_for_notice_lies_the_days_of_notice_before_the_end() -> None:
    assert last_notice_day(D("2029-12-31"), 60) == D("2029-11-01")
    assert last_notice_day(D("2028-03-01"), 1) == D("2028-02-29")


def test_working_days_pass_over_weekends_and_holidays() -> None:
    assert add_working_days(D("2026-11-27"), 5) == D("2026-12-04")
    assert add_working_days(D("2026-12-31"), 1, [D("2027-01-01")]) == D("2027-01-04")
    assert add_working_days(D("2026-11-27"), 0) == D("2026-11-27")


@given(st.dates(D("2000-01-01"), D("2090-01-01")), st.integers(1, 60))
def test_so_many_working_days_after_a_day_there_are_so_many_of_them_between(day: dt.date, count: int) -> None:
    after = add_working_days(day, count)
    between = [day + dt.timedelta(days=n) for n in range(1, (after - day).days + 1)]
    assert sum(map(is_working_day, between)) == count and is_working_day(after)
