"""Days and months in both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.core import Locale
from babel.dates import format_date as babel_date
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.locales.dates import format_date, format_date_short, format_months


@pytest.mark.parametrize(
    ("day", "english", "short", "chinese"),
    [
        (date(2026, 11, 20), "20 November 2026", "20 Nov 2026", "2026年11月20日"),
        (date(2026, 3, 4), "4 March 2026", "4 Mar 2026", "2026年3月4日"),
        (date(2028, 2, 29), "29 February 2028", "29 Feb 2028", "2028年2月29日"),
        (date(2026, 9, 1), "1 September 2026", "1 Sep 2026", "2026年9月1日"),
        (date(2026, 5, 31), "31 May 2026", "31 May 2026", "2026年5月31日"),
    ],
)
def test_dates(day: date, english: str, short: str, chinese: str) -> None:
    assert format_date(day, "en") == english
    assert format_date_short(day, "en") == short
    assert format_date(day, "zh-CN") == format_date_short(day, "zh-CN") == chinese


@settings(max_examples=2000, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1)))
def test_dates_are_babels(day: date) -> None:
    assert format_date(day, "zh-CN") == babel_date(day, "long", "zh_Hans_CN")
    assert format_date(day, "en") == babel_date(day, "long", "en_GB")
    assert format_date_short(day, "en") == babel_date(day, "d MMM y", "en_US")
    assert datetime.strptime(format_date(day, "en"), "%d %B %Y").date() == day


def test_a_year_of_days_is_a_year_of_texts() -> None:
    days = [date(2028, 1, 1) + timedelta(n) for n in range(366)]
    for language in ("zh-CN", "en"):
        assert len({format_date(day, language) for day in days}) == 366
        assert len({format_date_short(day, language) for day in days}) == 366


def test_month_names_are_those_of_american_and_british_english() -> None:
    """British short names would have Sept; the full names agree."""
    names = Locale.parse("en_US").months["format"]
    for month in range(1, 13):
        assert format_date(date(2026, month, 1), "en") == f"1 {names['wide'][month]} 2026"
        assert format_date_short(date(2026, month, 1), "en") == f"1 {names['abbreviated'][month]} 2026"


@pytest.mark.parametrize(
    ("months", "chinese", "english"),
    [
        (36, "36 个月", "36 months"),
        (1, "1 个月", "1 month"),
        (0, "0 个月", "0 months"),
        (1200, "1,200 个月", "1,200 months"),
        (Decimal("7.5"), "7.5 个月", "7.5 months"),
        (Decimal("12.00"), "12 个月", "12 months"),
        (Decimal("1.0"), "1 个月", "1 month"),
        (Decimal("0.5"), "0.5 个月", "0.5 months"),
        (Fraction(15, 2), "7.5 个月", "7.5 months"),
        (Fraction(22, 3), "7.33 个月", "7.33 months"),
        (Fraction(12), "12 个月", "12 months"),
        (7 + Fraction(15 * 12, 365), "7.49 个月", "7.49 months"),
        (Decimal("7.125"), "7.13 个月", "7.13 months"),
    ],
)
def test_months(months: int | Decimal | Fraction, chinese: str, english: str) -> None:
    assert format_months(months, "zh-CN") == chinese
    assert format_months(months, "en") == english


def test_unknown_languages_are_refused() -> None:
    for write in (format_date, format_date_short):
        with pytest.raises(ValueError, match="language 'fr'"):
            write(date(2026, 11, 20), "fr")
    with pytest.raises(ValueError, match="language 'fr'"):
        format_months(3, "fr")
