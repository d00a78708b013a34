"""Pictures with their numbers: five charts, a plan over time, a diagram of boxes and arrows.

A picture is data, not a drawing: exact amounts beside the words that print them, so that the writers can draw it, make
it editable, or read it out. No number is formatted and no date is computed here. `alt` is one sentence that says what
the picture shows; `data` is the table behind it, printed small below the picture where `show_data` asks for it, and
always written where there is no picture (plain text).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Literal

from docgen.content.blocks import Figure

ZERO = Decimal(0)
_TOO_MANY, _POWERS = 20, 30


# ---- axes -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Tick:
    """A value on the axis and the words that print it."""

    value: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale of values: even ticks from the lowest to the highest. `title` names the unit ("CNY 10,000").

    `code` is the number format of amounts in an editable chart, in the form spreadsheets use: #,##0.0 or 0%;
    `tick_code` that of the scale, where it needs fewer decimals.
    """

    ticks: tuple[Tick, ...]
    title: str = ""
    code: str = "#,##0"
    tick_code: str = ""

    def __post_init__(self) -> None:
        values = [tick.value for tick in self.ticks]
        if len(values) < 2 or len({after - before for before, after in pairwise(values)}) != 1:
            raise ValueError("an axis has two ticks or more, all the same step apart")
        if values[0] > values[1]:
            raise ValueError("an axis counts upwards")

    @property
    def low(self) -> Decimal:
        return self.ticks[0].value

    @property
    def high(self) -> Decimal:
        return self.ticks[-1].value

    @property
    def step(self) -> Decimal:
        return self.ticks[1].value - self.ticks[0].value


def axis(
    values: Iterable[Decimal],
    write: Callable[[Decimal], str],
    title: str = "",
    *,
    code: str = "#,##0",
    most: int = 6,
    zero: bool = True,
) -> Axis:
    """An axis with room for all values in at most `most` steps of 1, 2 or 5: 0, 37 and 184 give 0, 50, … 200.

    `write` prints a tick, and the steps are never finer than it can tell apart; `zero` keeps zero on the scale,
    without which the length of a bar would mislead.
    """
    found = [*values, *([ZERO] if zero else [])] or [ZERO]
    low, high = min(found), max(found)
    if low == high:
        low, high = min(low, ZERO), max(high, ZERO) if low else Decimal(1)
    return next(
        Axis(ticks, title, code)
        for ticks in (_ticks(low, high, step, write) for step in _nice_steps((high - low).adjusted() - 2))
        if len(ticks) <= most + 1 and len({tick.label for tick in ticks}) == len(ticks)
    )


def _ticks(low: Decimal, high: Decimal, step: Decimal, write: Callable[[Decimal], str]) -> tuple[Tick, ...]:
    """Even ticks around the range; a step too fine for it by far is not worth printing."""
    first, last = _floor(low, step), -_floor(-high, step)
    return tuple(Tick(step * n, write(step * n)) for n in range(first, min(last, first + _TOO_MANY) + 1))


def _nice_steps(power: int) -> Iterator[Decimal]:
    """1, 2, 5, 10, 20 … from a power of ten on. One that prints nothing apart would count for ever: there it ends."""
    for exponent in range(power, power + _POWERS):
        for lead in (1, 2, 5):
            step = Decimal(lead).scaleb(exponent)
            yield step if exponent < 0 else step.quantize(Decimal(1))
    raise ValueError("the numbers of an axis all print the same")


def _floor(value: Decimal, step: Decimal) -> int:
    whole = int(value // step)
    return whole - 1 if whole * step > value else whole


# ---- charts ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Step:
    """One column of a waterfall: a change, or the `total` reached so far. `shown` is its amount as printed."""

    label: str
    value: Decimal
    shown: str
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall(Figure):
    """From zero up and down to totals: benefits, costs, what remains.

    A total is the sum of the changes before it, exactly; spread roundings over the changes before (`allocate`).
    """

    steps: tuple[Step, ...]
    axis: Axis

    def __post_init__(self) -> None:
        for step, (_, end) in zip(self.steps, self.spans(), strict=True):
            if step.total and step.value != end:
                raise ValueError(f"the waterfall reaches {end} where the total {step.label!r} says {step.value}")

    def spans(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Where each column starts and ends: 100, −40 and a total are (0, 100), (100, 60), (0, 60)."""
        ends = list(accumulate(ZERO if step.total else step.value for step in self.steps))
        starts = [ZERO, *ends]
        return tuple(
            (ZERO if step.total else start, end) for step, start, end in zip(self.steps, starts, ends, strict=False)
        )


@dataclass(frozen=True, slots=True)
class Series:
    """Values one after another; None leaves a gap. `labels` print single values: "" where none is wanted."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A range around the lines, from the pessimistic to the optimistic scenario."""

    low_name: str
    high_name: str
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the way: `at` counts places from 0, 4.5 lies between the fifth and the sixth. `value` sets a dot."""

    at: Decimal
    label: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(Figure):
    """One to three series over time. `places` names every point; the writers print as many names as fit."""

    places: tuple[str, ...]
    series: tuple[Series, ...]
    axis: Axis
    places_title: str = ""
    band: Band | None = None
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        _fits(self.series, self.places, 3)
        if self.band and not len(self.band.low) == len(self.band.high) == len(self.places):
            raise ValueError("a band has as many values as the chart has places")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Figure):
    """Columns side by side or, `stacked`, on top of one another; `totals` then print the sum of each stack."""

    places: tuple[str, ...]
    series: tuple[Series, ...]
    axis: Axis
    stacked: bool = False
    totals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _fits(self.series, self.places, 4)


def _fits(series: tuple[Series, ...], places: tuple[str, ...], most: int) -> None:
    """Nothing is left out silently: more series than can be told apart in grey are refused, and so are uneven ones."""
    if len(series) > most:
        raise ValueError(f"a chart tells {most} series apart in print, not {len(series)}")
    if any(len(each.values) != len(places) for each in series):
        raise ValueError("each series has as many values as the chart has places")


@dataclass(frozen=True, slots=True)
class Swing:
    """What the result becomes when one assumption goes low or high, and how both are printed."""

    label: str
    low: Decimal
    high: Decimal
    low_shown: str
    high_shown: str

    @property
    def span(self) -> Decimal:
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado(Figure):
    """Which assumption moves the result most: bars around `base`, the widest on top."""

    swings: tuple[Swing, ...]
    base: Decimal
    base_label: str
    axis: Axis
    low_name: str = ""
    high_name: str = ""

    def ranked(self) -> tuple[Swing, ...]:
        return tuple(sorted(self.swings, key=lambda swing: swing.span, reverse=True))


# ---- a plan over time -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Task:
    """A bar: starts `start` months after the plan's beginning and takes `months`. `pale` sets one side's work apart."""

    name: str
    start: Decimal
    months: Decimal
    owner: str = ""
    group: str = ""
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point in time, in months after the plan's beginning. `hollow` sets one kind apart: payments, say."""

    label: str
    month: Decimal
    hollow: bool = False


Sign = Literal["bar", "pale", "diamond", "hollow"]


@dataclass(frozen=True, slots=True)
class Key:
    """What a sign of the plan means."""

    sign: Sign
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt(Figure):
    """Who does what when. `periods` name the columns, each `months_each` months wide: 1 for months, 3 for quarters."""

    tasks: tuple[Task, ...]
    periods: tuple[str, ...]
    months_each: int = 1
    milestones: tuple[Milestone, ...] = ()
    milestones_title: str = ""
    legend: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        end = len(self.periods) * self.months_each
        spans = [(task.start, task.start + task.months) for task in self.tasks]
        spans += [(stone.month, stone.month) for stone in self.milestones]
        if any(not 0 <= start <= last <= end for start, last in spans):
            raise ValueError(f"a task or milestone lies outside the plan's {end} months")

    def groups(self) -> tuple[tuple[str, tuple[Task, ...]], ...]:
        """Tasks under the name of their group, groups in the order they first appear."""
        names = dict.fromkeys(task.group for task in self.tasks)
        return tuple((name, tuple(task for task in self.tasks if task.group == name)) for name in names)


# ---- boxes and arrows -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Node:
    """A box: `key` is the name arrows use, unique in the diagram; `lead` marks where the chain ends."""

    key: str
    title: str
    lines: tuple[str, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from one box to another."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(Figure):
    """What leads to what, from top to bottom: the impact chain from a cause to the person it reaches."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        keys = [node.key for node in self.nodes]
        if len(set(keys)) != len(keys):
            raise ValueError("two boxes of a diagram have the same key")
        strays = {end for edge in self.edges for end in (edge.source, edge.target)} - set(keys)
        if strays:
            raise ValueError(f"arrows lead to boxes that are not there: {sorted(strays)}")
