"""Pictures in Word: charts as native charts, plans and diagrams as shapes, all of them to be changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.content.blocks import Figure
from docgen.render.docx.charts import native_chart
from docgen.render.docx.context import ChartPart, Context, Place
from docgen.render.docx.inline import Mark, paragraph, text_run
from docgen.render.docx.tables import table
from docgen.render.docx.xml import DECLARATION, attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINT = 12700
"""English metric units in a point."""
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figure(block: Figure, context: Context, place: Place) -> str:
    """The picture in a paragraph of its own, the table behind it below where it is asked for."""
    width = place.width / 20
    chart = native_chart(block, context.theme, width)
    keep = place.keep or block.show_data
    if chart is not None:
        context.charts.append(ChartPart(chart.xml, chart.workbook))
        picture = _inline(_chart(len(context.charts)), width, chart.height, block, context)
        out = _picture_paragraph(f"<w:r>{picture}</w:r>", context, keep=keep)
    else:
        from docgen.render.docx.shapes import alternatives, shapes

        group, wide, high = shapes(block, context, width)
        picture = alternatives(_inline(group, wide, high, block, context), block.alt)
        out = _title(block, context) + _picture_paragraph(f"<w:r>{picture}</w:r>", context, keep=keep)
    if block.show_data:
        out += table(block.data, context, place._replace(whole=True))
    return out


def _title(block: Figure, context: Context) -> str:
    if not block.title:
        return ""
    words = text_run(block.title, context, Mark(strong=True))
    return paragraph(context.house.paragraph("Table Text"), words, keep=True)


def _picture_paragraph(content: str, context: Context, *, keep: bool) -> str:
    spacing = '<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>'
    return paragraph("", content, keep=keep, properties=spacing)


def _chart(number: int) -> str:
    return (
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" '
        f'r:id="rIdChart{number}"/></a:graphicData></a:graphic>'
    )


def _inline(graphic: str, width: float, height: float, block: Figure, context: Context) -> str:
    """A drawing in the line, with its name and the sentence for a screen reader."""
    number = context.number()
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_PLACED}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(width * _POINT)}" cy="{round(height * _POINT)}"/>'
        f'<wp:docPr id="{number}" name="{attribute(block.title or type(block).__name__)}" '
        f'descr="{attribute(block.alt)}"/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing>"
    )


# ---- parts of the file ----------------------------------------------------------------------------------------------
def chart_parts(charts: Sequence[ChartPart]) -> dict[str, bytes]:
    """Charts, their workbooks and what ties them, by name in the file."""
    parts: dict[str, bytes] = {}
    for number, chart in enumerate(charts, start=1):
        parts[f"word/charts/chart{number}.xml"] = chart.xml.encode()
        parts[f"word/embeddings/chart{number}.xlsx"] = chart.workbook
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = (
            f'{DECLARATION}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/package" '
            f'Target="../embeddings/chart{number}.xlsx"/></Relationships>'
        ).encode()
    return parts


def chart_types(count: int) -> dict[str, str]:
    """The content types of those parts."""
    charts = {f"word/charts/chart{number}.xml": CHART_TYPE for number in range(1, count + 1)}
    return charts | {f"word/embeddings/chart{number}.xlsx": SHEET_TYPE for number in range(1, count + 1)}
