"""Pictures on the page: set as one strip that is never split, painted as lines, areas and real, selectable words.

All of a picture is one marked stretch that belongs to its Figure element; a screen reader hears the sentence of `alt`.
"""

from __future__ import annotations

from copy import copy

from docgen.content.blocks import Figure
from docgen.render.drawing import draw
from docgen.render.drawing.scene import Area, Box, Dot, Item, Line, Words, hatching
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.file import text
from docgen.render.pdf.flow import BOUND, Drawing, Strip, spaced, text_strips
from docgen.render.pdf.paragraph import Piece, Run, set_lines
from docgen.render.pdf.sheet import Ink, Sheet, strong
from docgen.render.pdf.stream import Stream, number, rgb
from docgen.render.pdf.structure import Element
from docgen.render.pdf.tables import TableSetter

_ROUND = 0.5523
_TALLEST = 0.86
"""How much of a page a picture may fill; a taller one is made smaller."""


def figure(block: Figure, sheet: Sheet, width: float, tallest: float, parent: Element) -> list[Strip]:
    """Title, picture, and where it is asked for the table behind it, small; the three stay together."""
    title = Element("P", parent)
    out = text_strips(set_lines([Piece(block.title, strong(sheet.table))], width), title) if block.title else []
    out = spaced(out, 0.0, 0.35 * sheet.unit)
    element = Element("Figure", parent, f"/Alt{text(block.alt)}")
    scene = draw(block, sheet.theme, width)
    scale = min(1.0, _TALLEST * tallest / scene.height) if scene.height else 1.0
    out.append(Strip(scene.height * scale, drawings=[Drawing(element, 0.0, 0.0, scale, scene)]))
    if block.show_data:
        out += _data(block, sheet, width, tallest, parent)
    for strip in out[: len(out) - 1]:
        strip.hold = BOUND
    return spaced(out, 0.9 * sheet.unit, 1.1 * sheet.unit)


def _data(block: Figure, sheet: Sheet, width: float, tallest: float, parent: Element) -> list[Strip]:
    small = copy(sheet)
    small.table = sheet.table._replace(size=sheet.note.size)
    small.table_head = sheet.table_head._replace(size=sheet.note.size)
    strips = TableSetter(block.data, small, width, tallest, parent).strips()
    return spaced(strips, 0.9 * sheet.unit, 0.0)


# ---- painting -------------------------------------------------------------------------------------------------------
def paint(drawing: Drawing, stream: Stream, mark: str, x: float, y: float, height: float) -> None:
    """The picture with its top left corner at x and y from the top of a page of `height`; tells its element where."""
    scene, scale, element = drawing.scene, drawing.scale, drawing.element
    bottom = height - y - scene.height * scale
    box = " ".join(map(number, (x, bottom, x + scene.width * scale, height - y)))
    element.entries += f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
    stream.mark(element, mark)
    stream.draw(_operators(scene.items), _words(scene.items), scale, x, height - y)
    stream.mark(None, "")


def _words(items: tuple[Item, ...]) -> list[tuple[Run, float, float]]:
    runs = []
    for item in items:
        for words in item.words if isinstance(item, Box) else [item] if isinstance(item, Words) else []:
            ink = Ink("bold" if words.bold else "regular", words.size, words.colour)
            wide = typeface(ink.weight).width(words.text) * ink.size / UNITS
            shift = {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
            runs.append((Run(0.0, words.text, ink, wide), words.x - shift, words.y))
    return runs


def _operators(items: tuple[Item, ...]) -> list[str]:
    """Lines and areas in the order given; y runs upwards in the file."""
    out: list[str] = []
    for item in items:
        match item:
            case Line():
                out += _line(item)
            case Area() | Box(area=Area()):
                out += _area(item.area if isinstance(item, Box) else item)
            case Dot():
                out += _dot(item)
            case Words():
                pass
    return out


def _path(points: tuple[tuple[float, float], ...]) -> str:
    pairs = [f"{number(x)} {number(-y)} {'l' if place else 'm'}" for place, (x, y) in enumerate(points)]
    return " ".join(pairs)


def _line(line: Line) -> list[str]:
    points = line.points
    dash = f"[{' '.join(map(number, line.dash))}] 0 d"
    out = [f"{rgb(line.colour)} RG {number(line.width)} w {dash} 1 j"]
    if line.arrow:
        head, neck = line.head()
        return [*out, f"{_path((*points[:-1], neck))} S", f"{rgb(line.colour)} rg {_path(head)} f"]
    return [*out, f"{_path(points)} S"]


def _area(area: Area) -> list[str]:
    out = []
    if area.fill:
        out.append(f"{rgb(area.fill)} rg {_path(area.points)} f")
    if area.hatch:
        lines = " ".join(_path(segment) for segment in hatching(area.points))
        out.append(f"{rgb(area.hatch)} RG 0.5 w [] 0 d {lines} S")
    if area.stroke:
        out.append(f"{rgb(area.stroke)} RG 0.6 w [] 0 d 0 j {_path(area.points)} s")
    return out


def _dot(dot: Dot) -> list[str]:
    x, y, r = dot.x, -dot.y, dot.radius
    h = r * _ROUND
    curve = f"{number(x + r)} {number(y)} m"
    for a, b, c, d in ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)):
        points = (x + a * r + c * h, y + b * r + d * h, x + c * r + a * h, y + d * r + b * h, x + c * r, y + d * r)
        curve += " " + " ".join(map(number, points)) + " c"
    out = [f"{rgb(dot.fill)} rg {curve} f"]
    return [*out, f"{rgb(dot.stroke)} RG 1.2 w [] 0 d {curve} s"] if dot.stroke else out
