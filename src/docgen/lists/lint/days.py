"""Stretches of days, both ends included; an open end is the first or last day there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Protocol

from docgen.catalog.model import Catalog

Span = tuple[dt.date, dt.date]
_DAY = dt.timedelta(days=1)


class Dated(Protocol):
    """A rule, price or list with a first and a last day."""

    @property
    def first(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...


def span(dated: Dated) -> Span:
    return dated.first or dt.date.min, dated.until or dt.date.max


def shared(one: Span, other: Span) -> Span | None:
    """The days two stretches have in common."""
    first, until = max(one[0], other[0]), min(one[1], other[1])
    return (first, until) if first <= until else None


def within(dated: Dated, catalog: Catalog) -> Span | None:
    """The days of the edition on which something holds."""
    return shared(span(dated), span(catalog.valid))


def gaps(covered: Iterable[Span], whole: Span) -> Iterator[Span]:
    """The stretches of `whole` that none of the others covers."""
    begins = whole[0]
    for first, until in sorted(covered):
        if first > begins:
            yield begins, first - _DAY
        if until == dt.date.max:
            return
        begins = max(begins, until + _DAY)
    if begins <= whole[1]:
        yield begins, whole[1]


def told(days: Span) -> dict[str, str]:
    """The stretch as words of a finding."""
    first, until = days
    return {
        "first": "…" if first == dt.date.min else first.isoformat(),
        "until": "…" if until == dt.date.max else until.isoformat(),
    }


def telling_days(catalog: Catalog) -> list[dt.date]:
    """Days of the edition on which prices may change: its first, and each on which a rule or a price begins."""
    whole = span(catalog.valid)
    begins = catalog.valid.first or catalog.valid.until or dt.date(2000, 1, 1)
    dated: list[Dated] = [*catalog.discounts, *(product.valid for product in catalog.products)]
    return sorted({begins, *(each.first for each in dated if each.first and whole[0] <= each.first <= whole[1])})
