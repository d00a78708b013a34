"""Native charts for Word: drawn by Word, changed in Word, with the workbook that holds their amounts.

Bars stand on the same fills as in the PDF, so a printed Word paper is told apart in grey too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.content.blocks import Figure
from docgen.content.figures import ZERO, Axis, BarChart, LineChart, Series, Tornado, Waterfall
from docgen.render.docx import chart_sheets as sheets
from docgen.render.docx.chart_parts import (
    AMOUNTS,
    CATEGORIES,
    NO_LABELS,
    NO_LINE,
    NO_MARKER,
    Frame,
    Label,
    Style,
    amount,
    amount_axis,
    categories,
    category_axis,
    cell_labels,
    filled,
    label_range,
    name_label,
    roomy,
    series_name,
    signed,
    stroked,
    tick_room,
    title,
    unit,
    value_labels,
    values,
)
from docgen.render.docx.workbook import Sheet, write_workbook
from docgen.render.docx.xml import DECLARATION, ems
from docgen.render.drawing.places import every, spread
from docgen.render.drawing.scene import Fill, Pen
from docgen.render.theme import Theme

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_AXES = f'<c:axId val="{CATEGORIES}"/><c:axId val="{AMOUNTS}"/>'
_MOST_NAMES = 13.5


class NativeChart(NamedTuple):
    """A chart part, its workbook, and how high it wants to be, in points."""

    xml: str
    workbook: bytes
    height: float


class _Plot(NamedTuple):
    """What differs from kind to kind: series with their axes, a legend, and the sheet."""

    body: str
    sheet: Sheet
    legend: str = ""


def native_chart(figure: Figure, theme: Theme, width: float) -> NativeChart | None:
    """The chart in a width of points; None for pictures that are no charts."""
    style = Style(theme)
    height = min(max(width * 0.42, 165.0), 205.0)
    match figure:
        case Waterfall():
            plot = _waterfall(figure, style, width, height)
        case BarChart():
            plot = _bars(figure, style, width, height)
        case LineChart():
            plot = _lines(figure, style, width, height)
        case Tornado():
            height = 74.0 + 22.0 * len(figure.swings)
            plot = _tornado(figure, style, width, height)
        case _:
            return None
    return NativeChart(_space(figure, plot, style), write_workbook(plot.sheet), height)


def _space(figure: Figure, plot: _Plot, style: Style) -> str:
    pen = style.pen
    name = title(style, (figure.title, style.title_size, pen.ink, True)) if figure.title else ""
    head = f'{name}<c:autoTitleDeleted val="{int(not name)}"/>'
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>{head}'
        f"<c:plotArea>{plot.body}<c:spPr><a:noFill/></c:spPr></c:plotArea>{plot.legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{style.words(pen.small, pen.ink)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


# ---- pieces shared by the kinds -------------------------------------------------------------------------------------
def _series(sheet: Sheet, column: int, inside: str, *, after: str = "") -> str:
    """One series: its number, its name, then what the schema wants between name and amounts, then the amounts."""
    return (
        f'<c:ser><c:idx val="{column}"/><c:order val="{column}"/>{series_name(sheet, column)}{inside}'
        f"{categories(sheet)}{values(sheet, column)}{after}</c:ser>"
    )


def _bar_series(sheet: Sheet, column: int, fill: Fill | None, labels: str = NO_LABELS, after: str = "") -> str:
    return _series(sheet, column, f'{filled(fill)}<c:invertIfNegative val="0"/>{labels}', after=after)


def _bar_group(series: Sequence[str], *, stacked: bool, gap: int, level: bool = False) -> str:
    kind, overlap = ("stacked", 100) if stacked else ("clustered", 0)
    return (
        f'<c:barChart><c:barDir val="{"bar" if level else "col"}"/><c:grouping val="{kind}"/>'
        f'<c:varyColors val="0"/>{"".join(series)}<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>{_AXES}'
        "</c:barChart>"
    )


def _line_group(series: Sequence[str]) -> str:
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(series)}'
        f'<c:marker val="1"/>{_AXES}</c:lineChart>'
    )


def _label_series(sheet: Sheet, column: int, texts: int, labels: Sequence[Label], style: Style) -> str:
    """An invisible line that carries labels printed from another column."""
    inside = f"{NO_LINE}{NO_MARKER}{cell_labels(style, labels)}"
    tail = '<c:smooth val="0"/>' + label_range(sheet, texts, {label.point: label.text for label in labels})
    return _series(sheet, column, inside, after=tail)


def _legend(style: Style, position: str, frame: tuple[float, float, float, float], hidden: Sequence[int] = ()) -> str:
    x, y, width, height = frame
    entries = "".join(f'<c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>' for at in hidden)
    return (
        f'<c:legend><c:legendPos val="{position}"/>{entries}<c:layout><c:manualLayout><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{width:.4f}"/>'
        f'<c:h val="{height:.4f}"/></c:manualLayout></c:layout><c:overlay val="1"/>'
        f"{style.words(style.pen.size, style.pen.ink)}</c:legend>"
    )


def _legend_above(style: Style, names: Sequence[str], width: float, height: float, hidden: Sequence[int]) -> str:
    """On one line at the right edge, level with the title."""
    share = min(sum(ems(name) * style.pen.size + 30 for name in names) / width, 0.7)
    return _legend(style, "t", (1 - share, 0.0, share, 14 / height), hidden)


def _frame(
    axis_room: float, width: float, height: float, top: float, right: float = 4.0, bottom: float = 18.0
) -> Frame:
    return Frame(
        axis_room / width,
        top / height,
        (width - axis_room - right) / width,
        (height - top - bottom) / height,
    )


def _name_rows(names: Sequence[str], size: float, room: float) -> int:
    """How many lines the names below the columns need."""
    slot = room / max(len(names), 1) - 4
    return min(max((int(ems(name) * size / max(slot, 1)) + 1 for name in names), default=1), 3)


# ---- waterfall ------------------------------------------------------------------------------------------------------
def _waterfall(chart: Waterfall, style: Style, width: float, height: float) -> _Plot:
    sheet = sheets.waterfall_sheet(chart)
    pen = style.pen
    fills = (pen.light, pen.hatched, pen.solid)
    last = len(sheet.heads) - 1
    bars = [_bar_series(sheet, sheets.GROUND, None)]
    bars += [_bar_series(sheet, at, fills[(at - sheets.STACK) % 3]) for at in range(sheets.STACK, last)]
    labels = [
        Label(place, step.shown, "b" if sheets.is_below(*span) else "t", step.total)
        for place, (step, span) in enumerate(zip(chart.steps, chart.spans(), strict=True))
    ]
    names = [step.label for step in chart.steps]
    lowest = [end for start, end in chart.spans() if sheets.is_below(start, end)]
    room = tick_room(chart.axis, pen.small)
    rows = _name_rows(names, pen.small, width - room)
    body = (
        _frame(room, width, height, 44, bottom=8 + 11.0 * rows).layout()
        + _bar_group(bars, stacked=True, gap=60)
        + _line_group([_label_series(sheet, last, sheets.AMOUNT, labels, style)])
        + category_axis(style, "b")
        + amount_axis(
            style, _deeper(chart.axis, lowest, height, pen.size), "l", named=unit(style, chart.axis, 18 / height)
        )
    )
    return _Plot(body, sheet)


def _deeper(axis: Axis, lowest: Iterable[Decimal], height: float, size: float) -> Axis:
    """Room below the deepest column for its amount, if there is a column that goes down beneath zero."""
    found = min(lowest, default=ZERO)
    return roomy(axis, found, height - 70, size * 1.6) if found < 0 else axis


# ---- columns --------------------------------------------------------------------------------------------------------
def _bars(chart: BarChart, style: Style, width: float, height: float) -> _Plot:
    sheet = sheets.bar_sheet(chart)
    pen = style.pen
    code = f"{signed(chart.axis.code)}".rpartition(";")[0] + ";" if chart.stacked else signed(chart.axis.code)
    position = "ctr" if chart.stacked else "outEnd"
    many = len(chart.series) > 1
    series = [
        _bar_series(
            sheet,
            at,
            fill,
            value_labels(
                style, code, position, fill.words if chart.stacked else pen.ink, _thin(chart, each, height, pen)
            )
            if any(each.labels)
            else NO_LABELS,
        )
        for at, (each, fill) in enumerate(zip(chart.series, pen.fills, strict=False), start=1)
    ]
    room = tick_room(chart.axis, pen.small)
    wide = (
        max((ems(each.name) for each in chart.series), default=0.0) * pen.size + 24 if many and chart.stacked else 0.0
    )
    body = _frame(room, width, height, 46 if many and not chart.stacked else 42, right=wide + 4).layout()
    body += _bar_group(series, stacked=chart.stacked, gap=60)
    legend = ""
    if chart.stacked and chart.totals:
        labels = [Label(at, text, "t", True) for at, text in enumerate(chart.totals) if text]
        body += _line_group([_label_series(sheet, len(sheet.heads) - 1, len(sheet.heads) - 2, labels, style)])
    if many:
        hidden = [len(chart.series)] if chart.totals and chart.stacked else []
        names = [each.name for each in chart.series]
        high = 13.0 * len(names)
        beside = (1 - wide / width, (height - high) / 2 / height, wide / width, high / height)
        legend = (
            _legend(style, "r", beside, hidden) if chart.stacked else _legend_above(style, names, width, height, hidden)
        )
    lowest = () if chart.stacked else [value for each in chart.series for value in each.values if value is not None]
    scale = _deeper(chart.axis, lowest, height, pen.size)
    body += category_axis(style, "b") + amount_axis(style, scale, "l", named=unit(style, chart.axis, 18 / height))
    return _Plot(body, sheet, legend)


def _thin(chart: BarChart, series: Series, height: float, pen: Pen) -> list[int]:
    """Parts of a stack too thin for their amount, which is in the table."""
    if not chart.stacked:
        return []
    scale = (height - 60) / float(chart.axis.high - chart.axis.low)
    return [at for at, value in enumerate(series.values) if value and float(abs(value)) * scale < pen.small * 1.15]


# ---- lines ----------------------------------------------------------------------------------------------------------
def _lines(chart: LineChart, style: Style, width: float, height: float) -> _Plot:
    sheet, columns = sheets.line_sheet(chart)
    pen = style.pen
    names = [
        *(each.name for each in chart.series),
        *([chart.band.low_name, chart.band.high_name] if chart.band else []),
    ]
    right = min(max(map(ems, names), default=0.0) * pen.size + 12, width * 0.25)
    frame = _frame(tick_room(chart.axis, pen.small), width, height, 52, right, 32 if chart.places_title else 18)
    body = frame.layout()
    if columns.band:
        low, _, between = columns.band
        areas = [_series(sheet, low, filled(None)), _series(sheet, between, filled(Fill(pen.faint.fill)))]
        body += f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{"".join(areas)}{_AXES}</c:areaChart>'
    body += _line_group(
        [*_named_lines(chart, sheet, columns, frame, style, height), *_marks(chart, sheet, columns, style)]
    )
    named = ""
    if chart.places_title:
        wide = ems(chart.places_title) * pen.small
        x = frame.x + frame.width - wide / width - 0.01
        named = title(style, (chart.places_title, pen.small, pen.muted, False), max(x, 0.0), 1 - 13 / height)
    skip = every(len(chart.places), 1.0, 1 / _MOST_NAMES)
    body += category_axis(style, "b", skip=skip, named=named)
    body += amount_axis(style, chart.axis, "l", between=False, named=unit(style, chart.axis, 18 / height))
    return _Plot(body, sheet)


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
        yield _numbered(sheet, column, order, f"{line}{NO_MARKER}{label}")


def _has_amount(chart: LineChart, number: int) -> bool:
    """Whether the last amount of a line is printed behind its name."""
    if number >= len(chart.series):
        return False
    series = chart.series[number]
    return len(series.labels) == len(series.values) and bool(series.labels[-1:]) and bool(series.labels[-1])


def _numbered(sheet: Sheet, column: int, number: int, inside: str) -> str:
    """A line series; its number differs from its column where an area shows the same column."""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{series_name(sheet, column)}{inside}'
        f'{categories(sheet)}{values(sheet, column)}<c:smooth val="0"/></c:ser>'
    )


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


def _marks(chart: LineChart, sheet: Sheet, columns: sheets.LineColumns, style: Style) -> Iterator[str]:
    """Each event as one point at the top of the scale, hung with a dashed line down to its foot."""
    pen = style.pen
    span = chart.axis.high - chart.axis.low
    for mark, column in zip(chart.marks, columns.marks, strict=True):
        at = sheets.nearest(mark.at, len(chart.places))
        label = name_label(style, at, "t", pen.ink)
        bars = (
            '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="fixedVal"/>'
            f'<c:noEndCap val="1"/><c:val val="{span:f}"/>{stroked(pen.muted, 0.75, (2.0, 2.0))}</c:errBars>'
        )
        yield _numbered(sheet, column, column, f"{NO_LINE}{NO_MARKER}{label}{bars}")


# ---- tornado --------------------------------------------------------------------------------------------------------
def _tornado(chart: Tornado, style: Style, width: float, height: float) -> _Plot:
    sheet = sheets.tornado_sheet(chart)
    swings = chart.ranked()
    scale_words = " · ".join(words for words in (chart.axis.title, chart.base_label) if words)
    series = [_part(chart, sheet, part, style) for part in range(len(sheet.heads) - sheets.BEFORE)]
    room = min(max((ems(swing.label) for swing in swings), default=0.0) * style.pen.small + 10, width * 0.36)
    amounts = max((ems(text) for each in swings for text in (each.low_shown, each.high_shown)), default=0.0)
    need = amounts * style.pen.size + 6
    lowest = min((min(each.low, each.high) for each in swings), default=chart.axis.low)
    scale = roomy(chart.axis, lowest, width - room - need, need)
    named = title(style, (scale_words, style.pen.small, style.pen.muted, False), 0.0, 18 / height)
    body = (
        _frame(room, width, height, 36, right=need, bottom=16).layout()
        + _bar_group(series, stacked=True, gap=75, level=True)
        + category_axis(style, "l", turned=True)
        + amount_axis(style, scale, "b", far=True, named=named if scale_words else "")
    )
    names = [name for name in (chart.low_name, chart.high_name) if name]
    hidden = [part for part in range(len(series)) if part not in (1, 2)]
    legend = _legend_above(style, names, width, height, hidden) if names else ""
    return _Plot(body, sheet, legend)


def _part(chart: Tornado, sheet: Sheet, part: int, style: Style) -> str:
    """One layer of the stacked bars, with the amounts an invisible layer carries for the bar beside it."""
    pen = style.pen
    fill = pen.hatched if part in sheets.LOW_PARTS else pen.solid if part in sheets.HIGH_PARTS else None
    labels = _swing_labels(chart, part)
    if not labels:
        return _bar_series(sheet, sheets.BEFORE + part, fill)
    texts = sheets.RIGHT_LABEL if part == sheets.REST_ABOVE else sheets.LEFT_LABEL
    after = label_range(sheet, texts, {label.point: label.text for label in labels})
    return _bar_series(sheet, sheets.BEFORE + part, fill, cell_labels(style, labels), after)


def _swing_labels(chart: Tornado, part: int) -> list[Label]:
    out = []
    for place, swing in enumerate(chart.ranked()):
        low, high = sorted(((swing.low, swing.low_shown), (swing.high, swing.high_shown)))
        if part == sheets.GROUND_PART and low[0] > 0:
            out.append(Label(place, low[1], "inEnd"))
        elif part == sheets.REST_ABOVE and high[0] > 0:
            out.append(Label(place, high[1], "inBase"))
        elif part == sheets.REST_BELOW and low[0] < 0:
            out.append(Label(place, low[1], "inBase"))
    return out
