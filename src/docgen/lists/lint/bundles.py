"""A bundle against its parts, priced by the engine itself: the bundle as it is ordered, and the parts bought singly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from docgen.catalog.model import Bundle, Catalog, Fixed, FixedPrice, Group, Option
from docgen.configuration import configure
from docgen.currencies import is_currency
from docgen.deal import Deal
from docgen.lists.lint.days import telling_days
from docgen.lists.lint.reach import figure
from docgen.pricing import Quote, price
from docgen.problems import Problem, warning

_NOBODY = {"deal": "D-0", "customer": {"name": "?"}}


@dataclass(frozen=True)
class _Trial:
    """One bundle on one day, whole and in single lines. Parts that come free are bought singly too."""

    day: dt.date
    whole: Quote
    single: Quote


def prices(catalog: Catalog) -> Iterator[Problem]:
    """Bundles that save nothing, cost less than one of their parts or than their cost, or push parts below floor.

    Told once each, for the first way to order the bundle and the first day of which it is true.
    """
    if not is_currency(catalog.currency):
        return
    days = telling_days(catalog)
    for sku, bundle in catalog.bundles.items():
        trials = [trial for taken in _ways(bundle) for trial in _trials(catalog, sku, taken, days)]
        for look in (_saves_nothing, _below_a_part, _below_cost, _below_floor):
            found = (each for trial in trials for each in look(sku, bundle, trial))
            yield from islice(found, 1)


def _saves_nothing(sku: str, bundle: Bundle, trial: _Trial) -> Iterator[Problem]:
    """Buying singly is no dearer; `price: parts` promises no more than to be equal."""
    whole, single = trial.whole.totals.net, trial.single.totals.net
    if whole > single or (whole == single and bundle.price != "parts"):
        yield _told("bundle_saves_nothing", sku, trial, bundle=figure(whole), parts=figure(single))


def _below_a_part(sku: str, bundle: Bundle, trial: _Trial) -> Iterator[Problem]:
    """One part alone costs more than the whole at its fixed price."""
    dearest = max(trial.single.lines, key=lambda line: line.net, default=None)
    whole = trial.whole.totals.net
    if isinstance(bundle.price, FixedPrice) and dearest is not None and dearest.net > whole:
        part = str(dearest.line.sku)
        yield _told("bundle_below_part", sku, trial, bundle=figure(whole), part=part, single=figure(dearest.net))


def _below_cost(sku: str, bundle: Bundle, trial: _Trial) -> Iterator[Problem]:
    totals = trial.whole.totals
    if totals.net < totals.cost:
        yield _told("bundle_below_cost", sku, trial, bundle=figure(totals.net), cost=figure(totals.cost))


def _below_floor(sku: str, bundle: Bundle, trial: _Trial) -> Iterator[Problem]:
    """Parts the bundle pushes below their floor, which they keep when bought singly."""
    alone = {line.line.sku for line in trial.single.lines if line.below_floor}
    below = [str(line.line.sku) for line in trial.whole.lines if line.below_floor and line.line.sku not in alone]
    if below:
        yield _told("bundle_below_floor", sku, trial, parts=", ".join(below))


def _told(code: str, sku: str, trial: _Trial, **params: str) -> Problem:
    return warning(code, "bundles", sku, "price", sku=sku, **params, day=trial.day)


# ---- trials ---------------------------------------------------------------------------------------------------------
def _ways(bundle: Bundle) -> Iterator[dict[str, Decimal]]:
    """Ways to order a bundle, as the options named: as it stands, and with no more than it must hold."""
    usual = {sku: number for group in bundle.groups for sku, number in _named(group, usual=True)}
    least = {sku: number for group in bundle.groups for sku, number in _named(group, usual=False)}
    yield usual
    if least != usual:
        yield least


def _named(group: Group, *, usual: bool) -> Iterator[tuple[str, Decimal]]:
    """The options a group is ordered with; what is always in needs no naming unless the deal gives its number."""
    taken = [option for option in group.options if option.always or (usual and option.default)]
    others = [option for option in group.options if option not in taken]
    taken += others[: max(0, group.min - len(taken))]
    for option in taken:
        if not option.always or option.quantity == "free":
            yield option.sku, _number(option)
    if not any(not option.always for option in taken):
        yield from ((option.sku, Decimal(0)) for option in group.options if option.default)


def _number(option: Option) -> Decimal:
    if isinstance(option.quantity, Fixed):
        return option.quantity.fixed
    return option.quantity if isinstance(option.quantity, Decimal) else Decimal(1)


def _trials(catalog: Catalog, sku: str, options: dict[str, Decimal], days: Sequence[dt.date]) -> Iterator[_Trial]:
    for day in days:
        whole = _priced(catalog, day, [{"sku": sku, "options": options}])
        parts = [line for line in whole.lines if line.line.role in ("part", "included")]
        if parts:
            singles = [{"sku": part.line.sku, "quantity": part.line.quantity} for part in parts]
            yield _Trial(day, whole, _priced(catalog, day, singles))


def _priced(catalog: Catalog, day: dt.date, lines: Sequence[dict[str, Any]]) -> Quote:
    deal = Deal.model_validate({**_NOBODY, "date": day, "lines": lines})
    return price(deal, configure(deal, catalog), catalog)
