"""Native charts for Word: drawn by Word, changed in Word, with the workbook that holds their amounts.

Bars stand on the same fills as in the PDF, so a printed Word paper is told apart in grey too.
"""

from __future__ import annotations

from typing import NamedTuple

from docgen.content.blocks import Figure
from docgen.content.figures import BarChart, LineChart, Tornado, Waterfall
from docgen.render.docx.chart_columns import bars, waterfall
from docgen.render.docx.chart_lines import lines
from docgen.render.docx.chart_parts import Style, title
from docgen.render.docx.chart_series import Plot
from docgen.render.docx.chart_tornado import tornado
from docgen.render.docx.workbook import write_workbook
from docgen.render.docx.xml import DECLARATION
from docgen.render.theme import Theme

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


class NativeChart(NamedTuple):
    """A chart part, its workbook, and how high it wants to be, in points."""

    xml: str
    workbook: bytes
    height: float


def native_chart(figure: Figure, theme: Theme, width: float) -> NativeChart | None:
    """The chart in a width of points; None for pictures that are no charts."""
    style = Style(theme)
    height = min(max(width * 0.42, 165.0), 205.0)
    match figure:
        case Waterfall():
            plot = waterfall(figure, style, width, height)
        case BarChart():
            plot = bars(figure, style, width, height)
        case LineChart():
            plot = lines(figure, style, width, height)
        case Tornado():
            plot = tornado(figure, style, width, 74.0 + 22.0 * len(figure.swings))
        case _:
            return None
    return NativeChart(_space(figure, plot, style), write_workbook(plot.sheet), plot.height)


def _space(figure: Figure, plot: Plot, style: Style) -> str:
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
