"""Terms and dates: whole months, proration, month ends that anchor."""

from __future__ import annotations

import calendar
import datetime as dt
from fractions import Fraction
from typing import Literal

Proration = Literal["month_day", "daily", "whole_month"]
DAYS_PER_MONTH = Fraction(365, 12)
"""Convention of `month_day` proration: a year of 365 days in twelve equal months."""


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; a month's end anchors: 31 Jan + 1 = 28 Feb, 31 Jan + 2 = 31 Mar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_day(starts: dt.date, months: int) -> dt.date:
    """Last day, included, of a term of whole months: 2027-01-01 + 36 months ends 2029-12-31."""
    return add_months(starts, months) - dt.timedelta(days=1)


def months_between(starts: dt.date, ends: dt.date, proration: Proration = "month_day") -> Fraction:
    """Months from `starts` to `ends`, both days included.

    month_day: whole months, then the remaining days over 365/12: 2027-01-15 to 2027-06-30 = 5 months 16 days
    daily: days over 365, in months;  whole_month: a month begun counts whole.
    """
    after = ends + dt.timedelta(days=1)
    if proration == "daily":
        return Fraction((after - starts).days * 12, 365)
    whole = (after.year - starts.year) * 12 + after.month - starts.month
    while add_months(starts, whole) > after:
        whole -= 1
    rest = (after - add_months(starts, whole)).days
    if proration == "whole_month":
        return Fraction(whole + (1 if rest else 0))
    return whole + rest / DAYS_PER_MONTH
