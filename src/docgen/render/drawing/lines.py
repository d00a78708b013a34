"""Lines over time, named where they end, with a band of scenarios and the events on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.content.figures import LineChart, Mark, Series
from docgen.render.drawing.columns import plot_height
from docgen.render.drawing.frame import Frame
from docgen.render.drawing.lettering import LEADING, widest, width, wrap
from docgen.render.drawing.places import Flag, hoist, spread
from docgen.render.drawing.scene import Area, Dot, Item, Line, Pen, Scene, Words, rectangle

_NAME_ROOM = 92.0
_FLAG_GAP = 4.0


def line_chart(chart: LineChart, pen: Pen, room: float) -> Scene:
    names = _ends(chart, pen)
    right = max((wide for _, _, wide, _ in names), default=0.0) + 8
    sketch = Frame(chart.axis, pen, room, 1.0, 0.0, right)
    flags = hoist(
        [(_place(mark, chart, sketch), width(mark.label, pen.size)) for mark in chart.marks],
        sketch.left,
        room,
        _FLAG_GAP,
    )
    above = (max(flag.row for flag in flags) + 1) * pen.size * LEADING if flags else 2.0
    frame = Frame(chart.axis, pen, room, plot_height(room), above, right)
    titles = [chart.places_title] if chart.places_title else []
    below, depth = frame.point_names(chart.places, frame.points(len(chart.places)))
    items = (
        *_band(chart, frame),
        *frame.grid(),
        *frame.ground(),
        *_poles(chart, frame, flags),
        *(item for number, series in enumerate(chart.series) for item in _series(series, number, frame)),
        *_dots(chart, frame),
        *_names(names, frame),
        *below,
        *(Words(frame.right, frame.bottom + depth + pen.small, title, pen.small, pen.muted, "end") for title in titles),
    )
    return Scene(room, frame.bottom + depth + (pen.small * LEADING if titles else 0.0), items)


def _place(mark: Mark, chart: LineChart, frame: Frame) -> float:
    return frame.left + (frame.right - frame.left) * float(mark.at) / max(len(chart.places) - 1, 1)


# ---- lines ----------------------------------------------------------------------------------------------------------
def _series(series: Series, number: int, frame: Frame) -> Iterator[Item]:
    """One polyline for each stretch without gaps; a lonely value is a dot."""
    colour, wide, dash = frame.pen.strokes[number % 3]
    for stretch in _stretches(series, frame):
        if len(stretch) == 1:
            yield Dot(*stretch[0], 2.2, colour)
        else:
            yield Line(tuple(stretch), colour, wide, dash)
    for (x, y), label in zip(_all_points(series, frame), series.labels[:-1], strict=False):
        if label and y is not None:
            yield Dot(x, y, 2.0, colour)
            yield Words(x, y - 5, label, frame.pen.small, frame.pen.ink, "middle")


def _all_points(series: Series, frame: Frame) -> list[tuple[float, float | None]]:
    xs = frame.points(len(series.values))
    return [(x, None if value is None else frame.y(value)) for x, value in zip(xs, series.values, strict=True)]


def _stretches(series: Series, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for x, y in _all_points(series, frame):
        if y is None:
            if run:
                yield run
            run = []
        else:
            run.append((x, y))
    if run:
        yield run


def _band(chart: LineChart, frame: Frame) -> Iterator[Item]:
    band = chart.band
    if band is None:
        return
    pen = frame.pen
    xs = frame.points(len(band.low))
    lows = [(x, frame.y(value)) for x, value in zip(xs, band.low, strict=True)]
    highs = [(x, frame.y(value)) for x, value in zip(xs, band.high, strict=True)]
    yield Area((*highs, *reversed(lows)), pen.faint.fill)
    for edge in (lows, highs):
        yield Line(tuple(edge), pen.faint.stroke, 0.7)


# ---- names where lines end ------------------------------------------------------------------------------------------
_End = tuple[tuple[str, ...], Decimal, float, bool]
"""Lines of the name, the value it stands at, its width, whether it is a series (and not the edge of a band)."""


def _ends(chart: LineChart, pen: Pen) -> list[_End]:
    """What stands at the right: each series with its last amount, and both edges of the band."""
    found: list[tuple[str, str, Decimal | None, bool]] = []
    for series in chart.series:
        last = next((value for value in reversed(series.values) if value is not None), None)
        amount = series.labels[-1] if len(series.labels) == len(series.values) else ""
        found.append((series.name, amount, last, True))
    if chart.band and chart.band.low:
        found.append((chart.band.low_name, "", chart.band.low[-1], False))
        found.append((chart.band.high_name, "", chart.band.high[-1], False))
    out: list[_End] = []
    for name, amount, last, own in found:
        lines = (*wrap(name, pen.size, _NAME_ROOM, 2), *([amount] if amount else []))
        if last is not None and lines:
            out.append((lines, last, widest(lines, pen.size, bold=bool(amount)), own))
    return out


def _names(ends: Sequence[_End], frame: Frame) -> Iterator[Item]:
    """Names beside their ends, pushed apart where they would collide."""
    pen = frame.pen
    step = pen.size * 1.2
    tallest = max((len(lines) for lines, *_ in ends), default=1)
    wanted = [frame.y(value) for _, value, _, _ in ends]
    places = spread(wanted, step * tallest + 1, frame.top, frame.bottom + 4)
    for number, ((lines, _, _, own), y) in enumerate(zip(ends, places, strict=True)):
        colour = (pen.strokes[number % 3][0] if own else pen.muted) if number else pen.strokes[0][0]
        base = y + 0.36 * pen.size - step * (len(lines) - 1) / 2
        for row, line in enumerate(lines):
            yield Words(frame.right + 6, base + step * row, line, pen.size, colour, bold=own and number == 0)


# ---- events ---------------------------------------------------------------------------------------------------------
def _poles(chart: LineChart, frame: Frame, flags: Sequence[Flag]) -> Iterator[Item]:
    pen = frame.pen
    step = pen.size * LEADING
    for mark, flag in zip(chart.marks, flags, strict=True):
        base = (max(each.row for each in flags) - flag.row) * step + pen.size
        x = _place(mark, chart, frame)
        yield Line(((x, base - 0.75 * pen.size), (x, frame.bottom)), pen.muted, 0.6, (2.0, 2.0))
    for mark, flag in zip(chart.marks, flags, strict=True):
        base = (max(each.row for each in flags) - flag.row) * step + pen.size
        x = _place(mark, chart, frame)
        yield Area(rectangle(flag.start, base - 0.85 * pen.size, flag.end - flag.start, 1.1 * pen.size), "#FFFFFF")
        start, anchor = (x + _FLAG_GAP, "start") if flag.is_right else (x - _FLAG_GAP, "end")
        yield Words(start, base, mark.label, pen.size, pen.ink, anchor)  # type: ignore[arg-type]


def _dots(chart: LineChart, frame: Frame) -> Iterator[Item]:
    for mark in chart.marks:
        if mark.value is not None:
            yield Dot(_place(mark, chart, frame), frame.y(mark.value), 2.6, "#FFFFFF", frame.pen.accent)
