"""Waterfalls and columns: bars on the ground of zero, every amount at its bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.figures import ZERO, BarChart, Series, Step, Waterfall
from docgen.render.drawing.frame import HAIRLINE, Frame
from docgen.render.drawing.lettering import LEADING, clip, widest, width
from docgen.render.drawing.places import spread
from docgen.render.drawing.scene import Area, Fill, Item, Line, Pen, Scene, Words, rectangle

_SHARE = 0.62
"""How much of its slot a column takes."""
_SMALLEST = 6.5


def plot_height(room: float) -> float:
    return min(max(room * 0.32, 112.0), 155.0)


# ---- waterfall ------------------------------------------------------------------------------------------------------
def waterfall(chart: Waterfall, pen: Pen, room: float) -> Scene:
    frame = Frame(chart.axis, pen, room, plot_height(room), 6.0)
    slots = frame.slots(len(chart.steps))
    half = _SHARE * (frame.right - frame.left) / max(len(slots), 1) / 2
    half = min(half, 28.0)
    bars = _steps(chart, frame, slots, half)
    labels = list(_amounts(chart, frame, slots))
    names, depth = frame.slot_names([step.label for step in chart.steps], labels)
    return Scene(room, frame.bottom + depth, (*frame.grid(), *bars, *frame.ground(), *labels, *names))


def _steps(chart: Waterfall, frame: Frame, slots: Sequence[float], half: float) -> Iterator[Item]:
    """The columns, and thin lines that carry each level on to the next column."""
    pen = frame.pen
    spans = chart.spans()
    for place, (step, x, (start, end)) in enumerate(zip(chart.steps, slots, spans, strict=True)):
        top, bottom = sorted((frame.y(start), frame.y(end)))
        if place + 1 < len(slots):
            level = frame.y(end)
            yield Line(((x + half, level), (slots[place + 1] - half, level)), pen.muted, HAIRLINE, (1.5, 1.5))
        yield bar(x - half, top, 2 * half, bottom - top, _fill(step, pen))


def _fill(step: Step, pen: Pen) -> Fill:
    """Totals full, gains light, losses hatched: told apart without colour."""
    if step.total:
        return pen.solid
    return pen.light if step.value >= 0 else pen.hatched


def bar(x: float, y: float, wide: float, high: float, fill: Fill) -> Area:
    return Area(rectangle(x, y, wide, max(high, 0.6)), fill.fill, fill.stroke, fill.hatch)


def _amounts(chart: Waterfall, frame: Frame, slots: Sequence[float]) -> Iterator[Words]:
    """Amounts above their columns, below where a column goes down beneath zero."""
    pen = frame.pen
    slot = (frame.right - frame.left) / max(len(slots), 1)
    size = _fitting([step.shown for step in chart.steps], pen.size, slot * 0.98, bold=True)
    taken: list[tuple[float, float, float]] = []
    for step, x, (start, end) in zip(chart.steps, slots, chart.spans(), strict=True):
        below = end < start and end < 0
        wide = width(step.shown, size, bold=step.total)
        middle = min(max(x, wide / 2), frame.right - wide / 2)
        away = 1 if below else -1
        y = max(frame.y(start), frame.y(end)) + size + 1 if below else min(frame.y(start), frame.y(end)) - 3
        while any(abs(middle - at) < (wide + other) / 2 + 2 and abs(y - row) < size for at, row, other in taken):
            y += away * size * 1.1
        taken.append((middle, y, wide))
        yield Words(middle, y, step.shown, size, pen.ink, "middle", step.total)


def _fitting(texts: Sequence[str], size: float, room: float, *, bold: bool = False) -> float:
    """The size at which the longest of the texts fits, never too small to read."""
    longest = widest(texts, size, bold=bold)
    return max(min(size, size * room / longest), _SMALLEST) if longest else size


# ---- columns --------------------------------------------------------------------------------------------------------
def bar_chart(chart: BarChart, pen: Pen, room: float) -> Scene:
    legend = len(chart.series) > 1 and not chart.stacked
    names = [series.name for series in chart.series]
    right = min(widest(names, pen.size) + 8, room * 0.25) if chart.stacked and len(names) > 1 else 0.0
    frame = Frame(chart.axis, pen, room, plot_height(room), pen.size * 1.6 if legend else 6.0, right)
    body = list(_stacks(chart, frame) if chart.stacked else _groups(chart, frame))
    below, depth = frame.slot_names(chart.places, body)
    head = key(names, pen, 0.0, pen.size) if legend else ()
    items = (*frame.grid(), *body, *frame.ground(), *below, *head)
    return Scene(room, frame.bottom + depth, items)


def key(names: Sequence[str], pen: Pen, x: float, base: float) -> Iterator[Item]:
    """Samples of the fills with their names, on one line."""
    for name, fill in zip(names, pen.fills, strict=False):
        yield Area(rectangle(x, base - 6, 9, 6.5), fill.fill, fill.stroke, fill.hatch)
        yield Words(x + 12.5, base, name, pen.size, pen.ink)
        x += 12.5 + width(name, pen.size) + 14


def _groups(chart: BarChart, frame: Frame) -> Iterator[Item]:
    pen = frame.pen
    slot = (frame.right - frame.left) / max(len(chart.places), 1)
    wide = min(0.7 * slot / max(len(chart.series), 1), 34.0)
    start = -wide * len(chart.series) / 2
    labels = [label for series in chart.series for label in series.labels]
    size = _fitting(labels, pen.small, wide * 1.04 if len(chart.series) > 1 else slot)
    show = widest(labels, size) <= (wide * 1.12 if len(chart.series) > 1 else slot)
    for number, (series, fill) in enumerate(zip(chart.series, pen.fills, strict=False)):
        for place, (value, x) in enumerate(zip(series.values, frame.slots(len(chart.places)), strict=True)):
            if value is None:
                continue
            left = x + start + wide * number
            top, bottom = sorted((frame.y(value), frame.zero()))
            yield bar(left + 0.6, top, wide - 1.2, bottom - top, fill)
            if show and (label := _label(series, place)):
                y = top - 3 if value >= 0 else bottom + size + 1
                yield Words(left + wide / 2, y, label, size, pen.ink, "middle")


def _label(series: Series, place: int) -> str:
    return series.labels[place] if place < len(series.labels) else ""


def _stacks(chart: BarChart, frame: Frame) -> Iterator[Item]:
    """Positive parts upwards, negative parts downwards, names beside the last column."""
    pen = frame.pen
    slots = frame.slots(len(chart.places))
    half = min(_SHARE * (frame.right - frame.left) / max(len(slots), 1) / 2, 30.0)
    ends: list[tuple[str, float]] = []
    for place, x in enumerate(slots):
        up = down = ZERO
        for series, fill in zip(chart.series, pen.fills, strict=False):
            value = series.values[place] or ZERO
            start = up if value >= 0 else down
            up, down = (up + value, down) if value >= 0 else (up, down + value)
            top, bottom = sorted((frame.y(start), frame.y(start + value)))
            if value:
                yield bar(x - half, top, 2 * half, bottom - top, fill)
                yield from _inside(_label(series, place), x, top, bottom, 2 * half, fill, pen)
            if place == len(slots) - 1:
                ends.append((series.name, (top + bottom) / 2))
        if place < len(chart.totals) and chart.totals[place]:
            yield Words(x, frame.y(up) - 3, chart.totals[place], pen.size, pen.ink, "middle", True)
    if len(ends) > 1:
        yield from _beside([name for name, _ in ends], [y for _, y in ends], frame.right + 5, frame)


def _inside(label: str, x: float, top: float, bottom: float, room: float, fill: Fill, pen: Pen) -> Iterator[Item]:
    """An amount in the middle of its part, where there is room; on hatching it gets a plain ground."""
    wide = width(label, pen.small)
    if not label or bottom - top < pen.small * 1.15 or wide > room - 2:
        return
    y = (top + bottom) / 2 + 0.36 * pen.small
    if fill.hatch:
        yield Area(rectangle(x - wide / 2 - 1.5, y - pen.small * 0.85, wide + 3, pen.small * 1.1), fill.fill)
    yield Words(x, y, label, pen.small, fill.words, "middle")


def _beside(names: Sequence[str], places: Sequence[float], x: float, frame: Frame) -> Iterator[Item]:
    pen = frame.pen
    room = frame.width - x
    ys = spread(places, pen.size * LEADING, frame.top + 2, frame.bottom - 0.5 * pen.size)
    for name, y in zip(names, ys, strict=True):
        yield Words(x, y + 0.36 * pen.size, clip(name, pen.size, room), pen.size, pen.ink)
