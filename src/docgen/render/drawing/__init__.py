"""Pictures as lines, areas and words, laid out once for every format that draws: PDF and SVG, and Word's shapes."""

from __future__ import annotations

from docgen.content.blocks import Figure
from docgen.content.figures import BarChart, Diagram, Gantt, LineChart, Tornado, Waterfall
from docgen.render.drawing.scene import Pen, Scene
from docgen.render.theme import Theme

__all__ = ["draw"]


def draw(figure: Figure, theme: Theme, room: float) -> Scene:
    """The picture in a width of `room` points, as high as it needs."""
    pen = Pen(theme)
    match figure:
        case Waterfall():
            from docgen.render.drawing.columns import waterfall

            return waterfall(figure, pen, room)
        case BarChart():
            from docgen.render.drawing.columns import bar_chart

            return bar_chart(figure, pen, room)
        case LineChart():
            from docgen.render.drawing.lines import line_chart

            return line_chart(figure, pen, room)
        case Tornado():
            from docgen.render.drawing.tornado import tornado

            return tornado(figure, pen, room)
        case Gantt():
            from docgen.render.drawing.gantt import gantt

            return gantt(figure, pen, room)
        case Diagram():
            from docgen.render.drawing.diagram import diagram

            return diagram(figure, pen, room)
        case _:
            raise TypeError(f"no drawing for {type(figure).__name__}")
