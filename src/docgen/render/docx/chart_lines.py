"""Lines over time as Word draws them: the band as stacked areas, events as points with a line down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.figures import LineChart
from docgen.render.docx import chart_sheets as sheets
from docgen.render.docx.chart_parts import (
    NO_LINE,
    NO_MARKER,
    Frame,
    Style,
    amount,
    amount_axis,
    category_axis,
    filled,
    name_label,
    signed,
    stroked,
    tick_room,
    title,
    unit,
)
from docgen.render.docx.chart_series import AXES, Plot, line_group, line_series, one_series, plot_frame
from docgen.render.docx.workbook import Sheet
from docgen.render.docx.xml import ems
from docgen.render.drawing.places import Flag, every, hoist, spread
from docgen.render.drawing.scene import Fill

_MOST_NAMES = 13.5
"""More names than this along the bottom are thinned."""


def lines(chart: LineChart, style: Style, width: float, height: float) -> Plot:
    sheet, columns = sheets.line_sheet(chart)
    pen = style.pen
    names = [
        *(f"{each.name} {each.labels[-1] if each.labels else ''}" for each in chart.series),
        *([chart.band.low_name, chart.band.high_name] if chart.band else []),
    ]
    right = min(max(map(ems, names), default=0.0) * pen.size + 12, width * 0.25)
    bottom = 32 if chart.places_title else 18
    sketch = plot_frame(tick_room(chart.axis, pen.small), width, height, 40, right, bottom)
    rows = max((flag.row + 1 for flag in _flags(chart, sketch, style, (width, height))), default=0)
    height += max(rows - 1, 0) * pen.size * 1.35
    frame = plot_frame(tick_room(chart.axis, pen.small), width, height, 40 + rows * pen.size * 1.35, right, bottom)
    body = frame.layout()
    if columns.band:
        low, _, between = columns.band
        areas = [one_series(sheet, low, filled(None)), one_series(sheet, between, filled(Fill(pen.faint.fill)))]
        body += f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{"".join(areas)}{AXES}</c:areaChart>'
    body += line_group(
        [
            *_named_lines(chart, sheet, columns, frame, style, height),
            *_marks(chart, sheet, columns, frame, style, (width, height)),
        ]
    )
    named = ""
    if chart.places_title:
        wide = ems(chart.places_title) * pen.small
        x = frame.x + frame.width - wide / width - 0.01
        named = title(style, (chart.places_title, pen.small, pen.muted, False), max(x, 0.0), 1 - 13 / height)
    skip = every(len(chart.places), 1.0, 1 / _MOST_NAMES)
    body += category_axis(style, "b", skip=skip, named=named)
    body += amount_axis(style, chart.axis, "l", between=False, named=unit(style, chart.axis, 18 / height))
    return Plot(body, sheet, height)


def _named_lines(
    chart: LineChart, sheet: Sheet, columns: sheets.LineColumns, frame: Frame, style: Style, height: float
) -> Iterator[str]:
    """Lines with their names at the end, pushed apart where they would touch."""
    pen = style.pen
    lines: list[tuple[int, str, str, bool]] = [
        (column, stroked(*pen.strokes[number % 3]), pen.strokes[number % 3][0], number == 0)
        for number, column in enumerate(columns.series)
    ]
    if columns.band:
        lines += [(column, stroked(pen.faint.stroke, 0.75), pen.muted, False) for column in columns.band[:2]]
    ends = [_end(sheet, column) for column, *_ in lines]
    shifts = _apart([value for _, value in ends], chart, frame.height * height, pen.size * 1.35)
    for number, ((column, line, colour, bold), (point, _)) in enumerate(zip(lines, ends, strict=True)):
        code = signed(chart.axis.code) if _has_amount(chart, number) else ""
        label = name_label(style, point, "r", colour, bold=bold, shift=shifts[number] / height, code=code)
        order = column + (100 if columns.band and column == columns.band[0] else 0)
        yield line_series(sheet, column, order, f"{line}{NO_MARKER}{label}")


def _has_amount(chart: LineChart, number: int) -> bool:
    """Whether the last amount of a line is printed behind its name."""
    if number >= len(chart.series):
        return False
    series = chart.series[number]
    return len(series.labels) == len(series.values) and bool(series.labels[-1:]) and bool(series.labels[-1])


def _end(sheet: Sheet, column: int) -> tuple[int, float]:
    """The last point of a line, and its value as a place to draw at."""
    for row in range(sheet.rows - 1, -1, -1):
        if (value := amount(sheet, column, row)) is not None:
            return row, float(value)
    return 0, 0.0


def _apart(ends: Sequence[float], chart: LineChart, plot: float, gap: float) -> list[float]:
    """How far each name moves down, in points, so that names beside one another's lines are `gap` apart."""
    scale = plot / float(chart.axis.high - chart.axis.low)
    wanted = [(float(chart.axis.high) - end) * scale for end in ends]
    return [found - want for found, want in zip(spread(wanted, gap, 0.0, plot), wanted, strict=True)]


def _marks(
    chart: LineChart, sheet: Sheet, columns: sheets.LineColumns, frame: Frame, style: Style, size: tuple[float, float]
) -> Iterator[str]:
    """Each event as one point at the top of the scale, hung with a dashed line down to its foot, its words in a row of
    their own where they would touch others."""
    pen = style.pen
    span = chart.axis.high - chart.axis.low
    for mark, column, flag in zip(chart.marks, columns.marks, _flags(chart, frame, style, size), strict=True):
        at = sheets.nearest(mark.at, len(chart.places))
        up = -(flag.row + 0.5) * pen.size * 1.35 / size[1]
        label = name_label(style, at, "r" if flag.is_right else "l", pen.ink, shift=up)
        bars = (
            '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="fixedVal"/>'
            f'<c:noEndCap val="1"/><c:val val="{span:f}"/>{stroked(pen.muted, 0.75, (2.0, 2.0))}</c:errBars>'
        )
        yield line_series(sheet, column, column, f"{NO_LINE}{NO_MARKER}{label}{bars}")


def _flags(chart: LineChart, frame: Frame, style: Style, size: tuple[float, float]) -> list[Flag]:
    step = frame.width * size[0] / max(len(chart.places) - 1, 1)
    left = frame.x * size[0]
    poles = [
        (left + step * sheets.nearest(mark.at, len(chart.places)), ems(mark.label) * style.pen.size * 1.1)
        for mark in chart.marks
    ]
    return hoist(poles, left, size[0], 6.0)
