"""The tornado: what each assumption does to the result, the strongest on top."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.content.figures import Swing, Tornado
from docgen.render.drawing.columns import bar
from docgen.render.drawing.frame import HAIRLINE
from docgen.render.drawing.lettering import LEADING, widest, width, wrap
from docgen.render.drawing.scene import Area, Item, Line, Pen, Scene, Words, rectangle

_NAMES_SHARE = 0.34
_GAP = 8.0
_BAR = 11.0


class _Plot:
    """Names left, bars right; amounts stand outside their bars and have room on both sides."""

    def __init__(self, chart: Tornado, pen: Pen, room: float) -> None:
        self.chart, self.pen = chart, pen
        swings = chart.ranked()
        most = room * _NAMES_SHARE
        self.names = [wrap(swing.label, pen.size, most, 2) for swing in swings]
        names = widest([line for lines in self.names for line in lines], pen.size)
        amounts = [text for swing in swings for text in (swing.low_shown, swing.high_shown)]
        beside = widest(amounts, pen.small) + 5
        self.left = names + _GAP + beside
        self.right = room - beside
        self.names_end = names
        self.head = pen.size * LEADING * (2 if chart.low_name or chart.high_name else 1) + 4
        rows = max((len(lines) for lines in self.names), default=1)
        self.step = max(_BAR + 8, rows * pen.size * 1.25 + 5)
        self.bottom = self.head + self.step * len(swings) + 2

    def x(self, value: Decimal) -> float:
        axis = self.chart.axis
        return self.left + float((value - axis.low) / (axis.high - axis.low)) * (self.right - self.left)


def tornado(chart: Tornado, pen: Pen, room: float) -> Scene:
    plot = _Plot(chart, pen, room)
    rows = [item for number, swing in enumerate(chart.ranked()) for item in _row(plot, number, swing)]
    scale = plot.bottom + pen.small * LEADING
    items = (*_grid(plot), *rows, *_base(plot), *_legend(plot))
    title = [Words(plot.right, scale + pen.small * LEADING, chart.axis.title, pen.small, pen.muted, "end")]
    return Scene(
        room,
        scale + (pen.small * LEADING if chart.axis.title else 0) + 3,
        (*items, *(title if chart.axis.title else [])),
    )


def _grid(plot: _Plot) -> Iterator[Item]:
    pen = plot.pen
    for tick in plot.chart.axis.ticks:
        x = plot.x(tick.value)
        yield Line(((x, plot.head), (x, plot.bottom)), pen.grid, HAIRLINE)
        yield Words(x, plot.bottom + pen.small + 2, tick.label, pen.small, pen.muted, "middle")


def _row(plot: _Plot, number: int, swing: Swing) -> Iterator[Item]:
    pen, chart = plot.pen, plot.chart
    middle = plot.head + plot.step * (number + 0.5)
    names = plot.names[number]
    first = middle + 0.36 * pen.size - pen.size * 1.25 * (len(names) - 1) / 2
    for row, line in enumerate(names):
        yield Words(0.0, first + row * pen.size * 1.25, line, pen.size, pen.ink)
    base = plot.x(chart.base)
    parts = ((swing.low, pen.hatched), (swing.high, pen.solid))
    for value, fill in sorted(parts, key=lambda part: -abs(part[0] - chart.base)):  # the shorter one on top
        start, end = sorted((plot.x(value), base))
        if end > start:
            yield bar(start, middle - _BAR / 2, end - start, _BAR, fill)
    yield from _amounts(plot, swing, middle)


def _amounts(plot: _Plot, swing: Swing, middle: float) -> Iterator[Item]:
    """Each amount outside its bar; both on one side of the base stand one behind the other."""
    pen = plot.pen
    base = plot.x(plot.chart.base)
    y = middle + 0.36 * pen.small
    ends = sorted(((plot.x(swing.low), swing.low_shown), (plot.x(swing.high), swing.high_shown)))
    (low, low_text), (high, high_text) = ends
    if low > base:
        low, low_text, high_text = base, "", f"{low_text} – {high_text}"
    elif high < base:
        high, high_text, low_text = base, "", f"{low_text} – {high_text}"
    yield from (Words(x, y, text, pen.small, pen.ink, "end") for x, text in ((min(low, base) - 4, low_text),) if text)
    yield from (Words(x, y, text, pen.small, pen.ink) for x, text in ((max(high, base) + 4, high_text),) if text)


def _base(plot: _Plot) -> Iterator[Item]:
    """The line everything is compared with, named above the plot."""
    pen, chart = plot.pen, plot.chart
    x = plot.x(chart.base)
    yield Line(((x, plot.head - 3), (x, plot.bottom)), pen.ink, 0.9)
    wide = width(chart.base_label, pen.size, bold=True)
    middle = min(max(x, wide / 2), plot.right + 20 - wide / 2)
    yield Words(middle, plot.head - 6, chart.base_label, pen.size, pen.ink, "middle", True)


def _legend(plot: _Plot) -> Iterator[Item]:
    pen, chart = plot.pen, plot.chart
    x, base = 0.0, pen.size
    for name, fill in ((chart.low_name, pen.hatched), (chart.high_name, pen.solid)):
        if name:
            yield Area(rectangle(x, base - 6, 9, 6.5), fill.fill, fill.stroke, fill.hatch)
            yield Words(x + 12.5, base, name, pen.size, pen.ink)
            x += 12.5 + width(name, pen.size) + 14
