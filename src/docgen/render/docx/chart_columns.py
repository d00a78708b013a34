"""Waterfalls and columns as Word draws them."""

from __future__ import annotations

from docgen.content.figures import BarChart, Series, Waterfall
from docgen.render.docx import chart_sheets as sheets
from docgen.render.docx.chart_parts import (
    NO_LABELS,
    Label,
    Style,
    amount_axis,
    category_axis,
    signed,
    tick_room,
    unit,
    value_labels,
)
from docgen.render.docx.chart_series import (
    Plot,
    bar_group,
    bar_series,
    deeper,
    label_series,
    legend_above,
    legend_at,
    line_group,
    name_rows,
    plot_frame,
)
from docgen.render.docx.xml import ems
from docgen.render.drawing.scene import Pen


def waterfall(chart: Waterfall, style: Style, width: float, height: float) -> Plot:
    sheet = sheets.waterfall_sheet(chart)
    pen = style.pen
    fills = (pen.light, pen.hatched, pen.solid)
    last = len(sheet.heads) - 1
    bars = [bar_series(sheet, sheets.GROUND, None)]
    bars += [bar_series(sheet, at, fills[(at - sheets.STACK) % 3]) for at in range(sheets.STACK, last)]
    labels = [
        Label(place, step.shown, "b" if sheets.is_below(*span) else "t", step.total)
        for place, (step, span) in enumerate(zip(chart.steps, chart.spans(), strict=True))
    ]
    names = [step.label for step in chart.steps]
    lowest = [end for start, end in chart.spans() if sheets.is_below(start, end)]
    room = tick_room(chart.axis, pen.small)
    rows = name_rows(names, pen.small, width - room)
    body = (
        plot_frame(room, width, height, 44, bottom=8 + 11.0 * rows).layout()
        + bar_group(bars, stacked=True, gap=60)
        + line_group([label_series(sheet, last, sheets.AMOUNT, labels, style)])
        + category_axis(style, "b")
        + amount_axis(
            style, deeper(chart.axis, lowest, height, pen.size), "l", named=unit(style, chart.axis, 18 / height)
        )
    )
    return Plot(body, sheet, height)


def bars(chart: BarChart, style: Style, width: float, height: float) -> Plot:
    sheet = sheets.bar_sheet(chart)
    pen = style.pen
    code = f"{signed(chart.axis.code)}".rpartition(";")[0] + ";" if chart.stacked else signed(chart.axis.code)
    position = "ctr" if chart.stacked else "outEnd"
    many = len(chart.series) > 1
    series = [
        bar_series(
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
    body = plot_frame(room, width, height, 46 if many and not chart.stacked else 42, right=wide + 4).layout()
    body += bar_group(series, stacked=chart.stacked, gap=60)
    legend = ""
    if chart.stacked and chart.totals:
        labels = [Label(at, text, "t", True) for at, text in enumerate(chart.totals) if text]
        body += line_group([label_series(sheet, len(sheet.heads) - 1, len(sheet.heads) - 2, labels, style)])
    if many:
        hidden = [len(chart.series)] if chart.totals and chart.stacked else []
        names = [each.name for each in chart.series]
        high = 13.0 * len(names)
        beside = (1 - wide / width, (height - high) / 2 / height, wide / width, high / height)
        legend = (
            legend_at(style, "r", beside, hidden)
            if chart.stacked
            else legend_above(chart, style, names, width, height, hidden)
        )
    lowest = () if chart.stacked else [value for each in chart.series for value in each.values if value is not None]
    scale = deeper(chart.axis, lowest, height, pen.size)
    body += category_axis(style, "b") + amount_axis(style, scale, "l", named=unit(style, chart.axis, 18 / height))
    return Plot(body, sheet, height, legend)


def _thin(chart: BarChart, series: Series, height: float, pen: Pen) -> list[int]:
    """Parts of a stack too thin for their amount, which is in the table."""
    if not chart.stacked:
        return []
    scale = (height - 60) / float(chart.axis.high - chart.axis.low)
    return [at for at, value in enumerate(series.values) if value and float(abs(value)) * scale < pen.small]
