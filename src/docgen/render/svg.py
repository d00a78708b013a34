"""Pictures in a web page: inline SVG, no script and nothing loaded."""

from __future__ import annotations

from html import escape

from docgen.content.blocks import Figure
from docgen.render.drawing import draw
from docgen.render.drawing.scene import Area, Box, Dot, Item, Line, Points, Words, hatching
from docgen.render.theme import Theme

ROOM = 482.0
"""Points a picture is laid out for, the text width of A4; the page scales it."""


def svg(figure: Figure, theme: Theme) -> str:
    scene = draw(figure, theme, ROOM)
    body = "".join(_item(item) for item in scene.items)
    return (
        f'<svg viewBox="0 0 {scene.width:g} {scene.height:.1f}" role="img" aria-label="{escape(figure.alt)}">'
        f"<title>{_text(figure.title)}</title><desc>{_text(figure.alt)}</desc>{body}</svg>"
    )


def _item(item: Item) -> str:
    match item:
        case Words():
            return _words(item)
        case Line():
            return _line(item)
        case Area():
            return _area(item)
        case Dot(x, y, radius, fill, stroke):
            edge = f' stroke="{stroke}" stroke-width="1.2"' if stroke else ""
            return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}" fill="{fill}"{edge}/>'
        case Box(area, words):
            return _area(area) + "".join(map(_words, words))


def _words(words: Words) -> str:
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    weight = ' font-weight="700"' if words.bold else ""
    return (
        f'<text x="{words.x:.2f}" y="{words.y:.2f}" font-size="{words.size:g}" fill="{words.colour}"{anchor}{weight}>'
        f"{_text(words.text)}</text>"
    )


def _line(line: Line) -> str:
    dash = f' stroke-dasharray="{" ".join(f"{part:g}" for part in line.dash)}"' if line.dash else ""
    head = ""
    points = line.points
    if line.arrow:
        corners, neck = line.head()
        points = (*points[:-1], neck)
        head = f'<polygon points="{_points(corners)}" fill="{line.colour}"/>'
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{line.colour}" stroke-width="{line.width:g}"{dash}'
        f' stroke-linejoin="round"/>{head}'
    )


def _area(area: Area) -> str:
    edge = f' stroke="{area.stroke}" stroke-width="0.6"' if area.stroke else ""
    out = f'<polygon points="{_points(area.points)}" fill="{area.fill or "none"}"{edge}/>'
    if area.hatch:
        lines = "".join(f"M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}" for (x, y), (to_x, to_y) in hatching(area.points))
        out += f'<path d="{lines}" stroke="{area.hatch}" stroke-width="0.5"/>'
    return out


def _points(points: Points) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _text(text: str) -> str:
    return escape(text, quote=False)
