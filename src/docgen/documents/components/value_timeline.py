"""The value of a deal over time: the running cash flow, and the running present value of the three cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from docgen.content.blocks import Blocks
from docgen.content.figures import Band, LineChart, Mark, Series
from docgen.documents.components.value_writing import Unit, case_of, figures_table, months, plain_months, unit_of, word
from docgen.documents.page import Page
from docgen.money import ZERO, to_minor
from docgen.value.case import ValueCase
from docgen.value.model import Monthly
from docgen.value.streams import SCENARIOS, Scenario

LONG = ((60, 1), (180, 3))
"""Horizons up to which every month, every quarter has its own point; a longer one has years."""


def cumulative(page: Page) -> Blocks:
    """The running cash flow of the expected case, with go-live and the moment the money is back."""
    case = case_of(page)
    running = _running(case, "expected")
    unit = unit_of(page, case, running)
    values = _points(case, running)
    words = {
        "low": page.money(min(running)),
        "end": page.money(running[-1]),
        "months": months(page, Fraction(case.model.horizon)),
    }
    return (
        LineChart(
            title="",
            alt=word(page, "alt_cumulative", **words),
            data=figures_table(
                page, ("month", "running_net"), [(str(m), [page.amount(running[m])]) for m in _year_ends(case)]
            ),
            places=_places(case),
            places_title=word(page, "months_after"),
            series=(_series(word(page, "running_net"), values, unit),),
            axis=unit.axis(running),
            marks=tuple(_marks(page, case)),
        ),
    )


def _marks(page: Page, case: ValueCase) -> Iterator[Mark]:
    live, back, step = case.model.go_live, case.expected.nominal.signature, _step(case)
    if 0 < live <= case.model.horizon:
        yield Mark(Decimal(live) / step, word(page, "mark_live", month=str(live)))
    if back:
        at = to_minor(back / step, 4)
        yield Mark(at, word(page, "mark_back", month=plain_months(page, back)), ZERO)


def bands(page: Page) -> Blocks:
    """The running present value of the three cases; each ends at its NPV."""
    case = case_of(page)
    if not case.is_range:
        return ()
    low, expected, high = (_running(case, each, worth=True) for each in SCENARIOS)
    ends = [case.figures(each).npv for each in SCENARIOS]
    low, expected, high = ((*line[:-1], end) for line, end in zip((low, expected, high), ends, strict=True))
    unit = unit_of(page, case, [*low, *expected, *high])
    names = [word(page, f"case_{each}") for each in SCENARIOS]
    shown = [f"{name} {unit.shown(end)}" for name, end in zip(names, ends, strict=True)]
    words = {each: page.money(end) for each, end in zip(("low", "expected", "high"), ends, strict=True)}
    return (
        LineChart(
            title="",
            alt=word(page, "alt_bands", **words),
            data=figures_table(
                page,
                ("month", *(f"case_{each}" for each in SCENARIOS)),
                [(str(m), [page.amount(line[m]) for line in (low, expected, high)]) for m in _year_ends(case)],
            ),
            places=_places(case),
            places_title=word(page, "months_after"),
            series=(_series(names[1], _points(case, expected), unit),),
            axis=unit.axis([*low, *expected, *high]),
            band=Band(shown[0], shown[2], *(tuple(map(unit.of, _points(case, line))) for line in (low, high))),
        ),
    )


def _running(case: ValueCase, scenario: Scenario, *, worth: bool = False) -> tuple[Decimal, ...]:
    """The running net by month, each rounded once; with `worth` at present value."""
    model = case.model
    flows = zip(model.benefit_flow(scenario), model.cost_flow(scenario), model.factors, strict=True)
    net: Monthly = tuple((gained - paid) * (factor if worth else 1) for gained, paid, factor in flows)
    return tuple(to_minor(total, case.digits) for total in accumulate(net))


def _step(case: ValueCase) -> int:
    """Months between two points."""
    horizon = case.model.horizon
    step = next((step for most, step in LONG if horizon <= most), 12)
    return step if horizon % step == 0 else 1


def _points(case: ValueCase, line: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(line[:: _step(case)])


def _places(case: ValueCase) -> tuple[str, ...]:
    return tuple(str(month) for month in range(0, case.model.horizon + 1, _step(case)))


def _year_ends(case: ValueCase) -> list[int]:
    horizon = case.model.horizon
    return sorted({*range(0, horizon + 1, 12), horizon})


def _series(name: str, values: Sequence[Decimal], unit: Unit) -> Series:
    """A line that prints its last amount."""
    labels = (*("" for _ in values[1:]), unit.shown(values[-1]))
    return Series(name, tuple(unit.of(value) for value in values), labels)
