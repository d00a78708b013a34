"""Tornados as Word draws them: stacked bars, the amounts carried by invisible parts beside them."""

from __future__ import annotations

from docgen.content.figures import Tornado
from docgen.render.docx import chart_sheets as sheets
from docgen.render.docx.chart_parts import (
    Label,
    Style,
    amount_axis,
    category_axis,
    cell_labels,
    label_range,
    roomy,
    title,
)
from docgen.render.docx.chart_series import Plot, bar_group, bar_series, legend_above, plot_frame
from docgen.render.docx.workbook import Sheet
from docgen.render.docx.xml import ems


def tornado(chart: Tornado, style: Style, width: float, height: float) -> Plot:
    swings = chart.ranked()
    scale_words = " · ".join(words for words in (chart.axis.title, chart.base_label) if words)
    room = min(max((ems(swing.label) for swing in swings), default=0.0) * style.pen.small + 10, width * 0.45)
    amounts = max((ems(text) for each in swings for text in (each.low_shown, each.high_shown)), default=0.0)
    need = amounts * style.pen.size + 6
    lowest = min([chart.base, *(min(each.low, each.high) for each in swings)])
    scale = roomy(chart.axis, lowest, width - room - need, need)
    sheet = sheets.tornado_sheet(chart, scale)
    series = [_part(chart, sheet, part, style) for part in range(len(sheet.heads) - sheets.BEFORE)]
    named = title(style, (scale_words, style.pen.small, style.pen.muted, False), 0.0, 18 / height)
    body = (
        plot_frame(room, width, height, 36, right=need, bottom=16).layout()
        + bar_group(series, stacked=True, gap=75, level=True)
        + category_axis(style, "l", turned=True)
        + amount_axis(style, scale, "b", far=True, named=named if scale_words else "")
    )
    names = [name for name in (chart.low_name, chart.high_name) if name]
    hidden = [part for part in range(len(series)) if part not in (1, 2)]
    legend = legend_above(chart, style, names, width, height, hidden) if names else ""
    return Plot(body, sheet, height, legend)


def _part(chart: Tornado, sheet: Sheet, part: int, style: Style) -> str:
    """One layer of the stacked bars, with the amounts an invisible layer carries for the bar beside it."""
    pen = style.pen
    fill = pen.hatched if part in sheets.LOW_PARTS else pen.solid if part in sheets.HIGH_PARTS else None
    labels = _swing_labels(chart, part)
    if not labels:
        return bar_series(sheet, sheets.BEFORE + part, fill)
    texts = sheets.LEFT_LABEL if _carries_left(chart, part) else sheets.RIGHT_LABEL
    after = label_range(sheet, texts, {label.point: label.text for label in labels})
    return bar_series(sheet, sheets.BEFORE + part, fill, cell_labels(style, labels), after)


def _carries_left(chart: Tornado, part: int) -> bool:
    """Whether the amounts printed by an invisible layer are those left of the bars. The ground carries the right ones
    only where all bars lie below zero."""
    lows = [min(swing.low, swing.high, chart.base) for swing in chart.swings]
    return part == sheets.REST_BELOW or (part == sheets.GROUND_PART and any(low > 0 for low in lows))


def _swing_labels(chart: Tornado, part: int) -> list[Label]:
    out = []
    for place, swing in enumerate(chart.ranked()):
        low, high = sorted(((swing.low, swing.low_shown), (swing.high, swing.high_shown)))
        start, end = min(low[0], chart.base), max(high[0], chart.base)
        if part == sheets.GROUND_PART and (start > 0 or end <= 0):
            out.append(Label(place, low[1] if start > 0 else high[1], "inEnd"))
        elif part == sheets.REST_ABOVE and end > 0:
            out.append(Label(place, high[1], "inBase"))
        elif part == sheets.REST_BELOW and start <= 0:
            out.append(Label(place, low[1], "inBase"))
    return out
