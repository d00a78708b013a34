"""The pictures of a value statement. Each says in one sentence what it shows and has its table behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from docgen.content.blocks import Blocks
from docgen.content.figures import (
    BarChart,
    Series,
    Step,
    Swing,
    Tornado,
    Waterfall,
)
from docgen.documents.components.value_writing import (
    case_of,
    figures_table,
    months,
    named,
    unit_of,
    word,
)
from docgen.documents.page import Page
from docgen.locales.value import value_word
from docgen.money import ZERO, to_minor
from docgen.value.case import ValueCase
from docgen.value.sensitivity import Swing as Driver

MOST_BENEFITS, MOST_DRIVERS = 5, 7
"""More than these are gathered into one, or left to the table: nobody reads a chart of twenty bars."""
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
            data=figures_table(page, ("figure", "pv"), [(label, [page.amount(amount)]) for label, amount, _ in parts]),
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
            data=figures_table(
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
    """`Better overall yield: improvement 1–3%`, of a bilingual paper in the first language: a chart has little room."""
    is_rate = driver.factor == "improvement"
    low, high = (
        page.exact_rate(end) if is_rate else page.number(to_minor(end, case.digits))
        for end in (driver.span.low, driver.span.high)
    )
    words = {"name": _driver_name(page, driver), "factor": value_word(page.language, driver.factor)}
    return value_word(page.language, "driver_range", low=low.removesuffix("%"), high=high, **words)


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
            data=figures_table(
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
            data=figures_table(
                page,
                ("name", "plan", "actual"),
                [(name, [page.amount(a) for a in pair]) for name, pair in sums.items()],
            ),
            places=tuple(sums),
            series=series,
            axis=unit.axis(every),
        ),
    )
