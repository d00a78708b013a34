"""The pictures of a value statement. Each says in one sentence what it shows and has its table behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from docgen.content.blocks import Blocks, Cell, Column, Row, Table, plain
from docgen.content.figures import (
    Band,
    BarChart,
    LineChart,
    Mark,
    Series,
    Step,
    Swing,
    Tornado,
    Waterfall,
)
from docgen.documents.components.value_writing import (
    Unit,
    case_of,
    months,
    named,
    plain_months,
    unit_of,
    word,
)
from docgen.documents.page import Page
from docgen.money import ZERO, to_minor
from docgen.value.case import ValueCase
from docgen.value.model import Monthly
from docgen.value.sensitivity import Swing as Driver
from docgen.value.streams import SCENARIOS, Scenario

MOST_BENEFITS, MOST_DRIVERS = 5, 7
"""More than these are gathered into one, or left to the table: nobody reads a chart of twenty bars."""
LONG = ((60, 1), (180, 3))
"""Horizons up to which every month, every quarter has its own point; a longer one has years."""
WAITS = (1, 3, 6, 9, 12)
"""Months of delay that are shown."""


# ---- from benefits to NPV -------------------------------------------------------------------------------------------
def waterfall(page: Page) -> Blocks:
    """Present values: each benefit, their sum, what is paid, what is left."""
    case = case_of(page)
    told = case.figures()
    gains, price, own = list(_gains(page, case)), _paid(case, price=True), _paid(case, price=False)
    parts = [(label, amount, False) for label, amount in gains]
    parts += [(word(page, "tbb_short"), told.tbb, True)] if len(gains) > 1 else []
    for key, amount in (("chart_price", price), ("chart_costs" if case.terms.flows else "chart_own", own)):
        parts += [(word(page, key), -amount, False)] if amount else []
    parts.append((word(page, "npv_short"), told.npv, True))
    unit = unit_of(page, case, [told.tbb, told.tco])
    steps = tuple(Step(label, unit.of(amount), unit.shown(amount), total) for label, amount, total in parts)
    words = {"tbb": page.money(told.tbb), "tco": page.money(told.tco), "npv": page.money(told.npv)}
    return (
        Waterfall(
            title="",
            alt=word(page, "alt_waterfall", **words),
            data=_data(page, ("figure", "pv"), [(label, [page.amount(amount)]) for label, amount, _ in parts]),
            steps=steps,
            axis=unit.axis([ZERO, *accumulate(amount for _, amount, total in parts if not total)]),
        ),
    )


def _gains(page: Page, case: ValueCase) -> Iterator[tuple[str, Decimal]]:
    """The benefits in the order of their table; of many the largest, and the rest as one."""
    found = [(named(page, stream), worth) for stream, worth in case.worth_of_benefits()]
    if case.terms.flows:
        found = [(word(page, "chart_benefits"), worth) for _, worth in found]
    kept = found
    if len(found) > MOST_BENEFITS:
        largest = sorted(found, key=lambda each: -each[1])[: MOST_BENEFITS - 1]
        kept = [each for each in found if each in largest]
    yield from kept
    if len(kept) < len(found):
        yield word(page, "chart_other"), sum((w for _, w in found), ZERO) - sum((w for _, w in kept), ZERO)


def _paid(case: ValueCase, *, price: bool) -> Decimal:
    return sum((worth for stream, worth in case.worth_of_costs() if stream.is_price == price), ZERO)


# ---- over time ------------------------------------------------------------------------------------------------------
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
            data=_data(page, ("month", "running_net"), [(str(m), [page.amount(running[m])]) for m in _year_ends(case)]),
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
            data=_data(
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


# ---- what it hangs on -----------------------------------------------------------------------------------------------
def tornado(page: Page) -> Blocks:
    """How far the NPV moves with each uncertain figure, the widest on top."""
    case = case_of(page)
    drivers = case.tornado[:MOST_DRIVERS]
    if not drivers:
        return ()
    npv = case.figures().npv
    ends = [(to_minor(d.npv_low, case.digits), to_minor(d.npv_high, case.digits)) for d in drivers]
    every = [npv, *(end for pair in ends for end in pair)]
    unit = unit_of(page, case, every)
    labels = [_driver(page, case, each) for each in drivers]
    swings = tuple(
        Swing(label, unit.of(low), unit.of(high), unit.shown(low), unit.shown(high))
        for label, (low, high) in zip(labels, ends, strict=True)
    )
    return (
        Tornado(
            title="",
            alt=word(page, "alt_tornado", npv=page.money(npv), driver=_driver_name(page, drivers[0])),
            data=_data(
                page,
                ("figure", "driver_low", "driver_high"),
                [(label, [page.amount(end) for end in pair]) for label, pair in zip(labels, ends, strict=True)],
            ),
            swings=swings,
            base=unit.of(npv),
            base_label=f"{word(page, 'npv_short')} {unit.shown(npv)}",
            axis=unit.axis(every, zero=False),
            low_name=word(page, "driver_low"),
            high_name=word(page, "driver_high"),
        ),
    )


def _driver_name(page: Page, driver: Driver) -> str:
    return word(page, driver.kind) if driver.name is None else page.text(driver.name)


def _driver(page: Page, case: ValueCase, driver: Driver) -> str:
    """`Better overall yield: improvement 1% to 3%`."""
    is_rate = driver.factor == "improvement"
    low, high = (
        page.exact_rate(end) if is_rate else page.number(to_minor(end, case.digits))
        for end in (driver.span.low, driver.span.high)
    )
    return word(
        page, "driver_range", name=_driver_name(page, driver), factor=word(page, driver.factor), low=low, high=high
    )


# ---- what waiting costs, and what came of it ------------------------------------------------------------------------
def delay(page: Page) -> Blocks:
    """What is lost while the decision waits, in the conservative case."""
    case = case_of(page)
    each = case.cost_of_delay
    if not each or each < 0:
        return ()
    lost = [to_minor(each * count, case.digits) for count in WAITS]
    unit = unit_of(page, case, lost)
    places = tuple(months(page, Fraction(count)) for count in WAITS)
    labels = tuple(unit.shown(amount) for amount in lost)
    return (
        BarChart(
            title="",
            alt=word(page, "alt_delay", month=page.money(lost[0]), year=page.money(lost[-1])),
            data=_data(
                page, ("delay", "delay_lost"), [(p, [page.amount(a)]) for p, a in zip(places, lost, strict=True)]
            ),
            places=places,
            series=(Series(word(page, "delay_lost"), tuple(unit.of(amount) for amount in lost), labels),),
            axis=unit.axis(lost),
        ),
    )


def actual(page: Page) -> Blocks:
    """Plan and actual of each benefit, over all years that are told."""
    case = case_of(page)
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for each in case.delivered:
        name = page.text(each.line.benefit.name)
        plan, came = sums.get(name, (ZERO, ZERO))
        sums[name] = (plan + to_minor(each.plan, case.digits), came + to_minor(each.actual, case.digits))
    if not sums or len(sums) > MOST_DRIVERS:
        return ()
    every = [amount for pair in sums.values() for amount in pair]
    unit = unit_of(page, case, every)
    plan, came = case.planned_and_actual()
    series = tuple(
        Series(
            word(page, key),
            tuple(unit.of(pair[at]) for pair in sums.values()),
            tuple(unit.shown(pair[at]) for pair in sums.values()),
        )
        for at, key in enumerate(("plan", "actual"))
    )
    return (
        BarChart(
            title="",
            alt=word(page, "alt_actual", plan=page.money(plan), actual=page.money(came)),
            data=_data(
                page,
                ("name", "plan", "actual"),
                [(name, [page.amount(a) for a in pair]) for name, pair in sums.items()],
            ),
            places=tuple(sums),
            series=series,
            axis=unit.axis(every),
        ),
    )


def _data(page: Page, keys: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """The table behind a picture: what it is about, then its amounts to the last decimal."""
    wide = 0.4
    columns = (Column(wide), *(Column((1 - wide) / (len(keys) - 1), "end") for _ in keys[1:]))
    heads = tuple(Cell(plain(word(page, key))) for key in keys)
    body = tuple(Row((Cell(plain(name)), *(Cell(plain(each)) for each in amounts))) for name, amounts in rows)
    return Table(columns, body, heads, title=word(page, keys[-1]))
