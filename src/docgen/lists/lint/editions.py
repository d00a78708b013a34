"""Editions of one list against each other: days with two of them, or with none in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from docgen.catalog.model import Catalog
from docgen.lists.lint.days import shared, span, told
from docgen.problems import Problem, problem, warning

_DAY = dt.timedelta(days=1)


def against_others(catalog: Catalog, others: Sequence[Catalog]) -> Iterator[Problem]:
    """What is wrong between this edition and those before it; so a pair is told once, at the later."""
    earlier = [each for each in others if _begins(each) < _begins(catalog)]
    if any(each.edition == catalog.edition for each in others):
        yield problem("edition_twice", "edition", edition=catalog.edition)
    for other in earlier:
        days = shared(span(other.valid), span(catalog.valid))
        if days is not None:
            yield problem("editions_overlap", "valid", edition=catalog.edition, other=other.edition, **told(days))
    ends = max((span(each.valid)[1] for each in earlier), default=dt.date.max)
    begins = span(catalog.valid)[0]
    if ends < dt.date.max and ends + _DAY < begins:
        gap = told((ends + _DAY, begins - _DAY))
        before = next(each.edition for each in earlier if span(each.valid)[1] == ends)
        yield warning("edition_gap", "valid", edition=catalog.edition, other=before, **gap)


def _begins(catalog: Catalog) -> tuple[dt.date, dt.date, str]:
    return (*span(catalog.valid), catalog.edition)
