"""Days of a contract: the end of a term, the last day for a notice, working days.

Sources: a term of months ends the day before its anniversary (PRC Civil Code art. 202); a notice of n days must arrive
n days before the term ends, so that the last day for it is `end − n days`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from docgen.period import last_day


def end_of_term(starts: dt.date, months: int) -> dt.date:
    """Last day, included: 2027-01-01 and 36 months end on 2029-12-31."""
    return last_day(starts, months)


def last_notice_day(ends: dt.date, notice_days: int) -> dt.date:
    """Last day on which a notice is in time: 60 days before 2029-12-31 is 2029-11-01."""
    return ends - dt.timedelta(days=notice_days)


def is_working_day(day: dt.date, holidays: Collection[dt.date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: dt.date, count: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The `count`-th working day after `day`: five after Friday 2026-11-27 are Friday 2026-12-04."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day
