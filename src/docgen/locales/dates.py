"""How each language writes days and months.

English papers write day, month by name, year: 03/04/2026 is two different days on two sides of an ocean, `3 April 2026`
is one. Names of months come from Babel (CLDR), which is loaded when the first English date is written: its data takes
longer to load than Python to start. Chinese needs no names.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from docgen.locales.numbers import format_quantity
from docgen.money import to_minor

Width = Literal["wide", "abbreviated"]
MONTH_PLACES = 2


def format_date(day: date, language: str) -> str:
    """The day in full.

    >>> format_date(date(2026, 11, 20), "en"), format_date(date(2026, 11, 20), "zh-CN")
    ('20 November 2026', '2026年11月20日')
    """
    return _written(day, language, "wide")


def format_date_short(day: date, language: str) -> str:
    """The day for narrow columns. Chinese has one form, which is short.

    >>> format_date_short(date(2026, 11, 2), "en"), format_date_short(date(2026, 11, 2), "zh-CN")
    ('2 Nov 2026', '2026年11月2日')
    """
    return _written(day, language, "abbreviated")


def format_month(day: date, language: str, *, year: bool) -> str:
    """The month of a day for the head of a narrow column, with its year where asked.

    >>> format_month(date(2027, 1, 4), "en", year=True), format_month(date(2027, 2, 4), "zh-CN", year=False)
    ('Jan 2027', '2月')
    """
    if language == "zh-CN":
        return f"{day.year}年{day.month}月" if year else f"{day.month}月"
    name = _english_months("abbreviated")[day.month - 1]
    return f"{name} {day.year}" if year else name


def format_months(months: int | Fraction | Decimal, language: str) -> str:
    """A span of months; parts of a month to two decimals, half-up, for the eye.

    >>> format_months(36, "zh-CN"), format_months(Decimal("7.5"), "zh-CN"), format_months(1, "en")
    ('36 个月', '7.5 个月', '1 month')
    """
    count = Decimal(months) if isinstance(months, int) else to_minor(months, MONTH_PLACES)
    figure = format_quantity(count, language)
    if language == "zh-CN":
        return f"{figure} 个月"
    return f"{figure} month" if abs(count) == 1 else f"{figure} months"


def _written(day: date, language: str, width: Width) -> str:
    if language == "zh-CN":
        return f"{day.year}年{day.month}月{day.day}日"
    if language == "en":
        return f"{day.day} {_english_months(width)[day.month - 1]} {day.year}"
    raise ValueError(f"no date style for language {language!r}")


@cache
def _english_months(width: Width) -> tuple[str, ...]:
    """January to December. British short names would have Sept; three letters align."""
    from babel.core import Locale  # here, so that importing docgen does not pay for it

    names = Locale("en", "US").months["format"][width]
    return tuple(names[month] for month in range(1, 13))
