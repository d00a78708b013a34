"""When the steps of a plan happen: months of the plan as months of the calendar."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from docgen.deal.story import PlanStep, Story
from docgen.period import add_months


class Dates(NamedTuple):
    """First and last day, both included."""

    first: dt.date
    last: dt.date


def step_dates(story: Story, step: PlanStep) -> Dates | None:
    """Month 1 begins on `plan_starts`: 4 January, months 2 and 3 are 4 February to 3 April.
    None where nothing is dated."""
    if story.plan_starts is None:
        return None
    first = add_months(story.plan_starts, step.start_month - 1)
    return Dates(first, add_months(story.plan_starts, step.last_month) - dt.timedelta(days=1))


def plan_dates(story: Story) -> Dates | None:
    """From the first step's first day to the last one's last."""
    spans = [dates for step in story.plan if (dates := step_dates(story, step)) is not None]
    return Dates(min(span.first for span in spans), max(span.last for span in spans)) if spans else None
