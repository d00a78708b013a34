"""What a picture is made of, before any format: boxes, lines, words, in points from the top left corner."""

from __future__ import annotations

from typing import Literal, NamedTuple

from docgen.render.theme import Theme, pale

Anchor = Literal["start", "middle", "end"]
Points = tuple[tuple[float, float], ...]
_HEAD = 4.6
"""How long the head of an arrow is."""


class Words(NamedTuple):
    """One line of words; y is its baseline, x its start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    bold: bool = False
    room: float = 0.0
    """How wide the words may be where another program sets them; 0 for as wide as they are."""


class Line(NamedTuple):
    """A line through points. dash: lengths of ink and gap, () for a full line."""

    points: Points
    colour: str
    width: float
    dash: tuple[float, ...] = ()
    arrow: bool = False

    def head(self) -> tuple[Points, tuple[float, float]]:
        """The arrow's head at the end of a line that comes upright or level, and where the line meets it."""
        (from_x, from_y), (x, y) = self.points[-2:]
        length = max(abs(x - from_x) + abs(y - from_y), 0.01)
        along_x, along_y = (x - from_x) / length, (y - from_y) / length
        back_x, back_y = x - along_x * _HEAD, y - along_y * _HEAD
        side_x, side_y = -along_y * _HEAD * 0.42, along_x * _HEAD * 0.42
        return ((x, y), (back_x + side_x, back_y + side_y), (back_x - side_x, back_y - side_y)), (back_x, back_y)


class Area(NamedTuple):
    """A filled shape. hatch: the colour of fine diagonal lines over the fill."""

    points: Points
    fill: str
    stroke: str = ""
    hatch: str = ""


class Dot(NamedTuple):
    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""


class Box(NamedTuple):
    """A box with words of its own, set line by line; `paragraphs` holds the same words for programs that wrap."""

    area: Area
    words: tuple[Words, ...]
    paragraphs: tuple[tuple[str, float, str, bool], ...]


Item = Words | Line | Area | Dot | Box


class Scene(NamedTuple):
    """A finished picture, painted in order."""

    width: float
    height: float
    items: tuple[Item, ...]


def rectangle(x: float, y: float, width: float, height: float) -> Points:
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def diamond(x: float, y: float, radius: float) -> Points:
    return ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))


class Fill(NamedTuple):
    """How an area is filled: tone, outline, hatching; and the colour of words that stand on it."""

    fill: str
    stroke: str = ""
    hatch: str = ""
    words: str = "#FFFFFF"


class Pen:
    """The theme as a draughtsman needs it: few inks, and fills that differ in grey as they do in colour."""

    def __init__(self, theme: Theme) -> None:
        colours, sizes = theme.colours, theme.sizes
        self.ink, self.muted, self.accent = colours.ink, colours.muted, colours.accent
        self.grid = pale(colours.rule, 0.55)
        self.rule, self.band = colours.rule, colours.band
        self.zero = colours.muted
        self.small = sizes.small - 0.5
        self.size = sizes.small
        light = pale(colours.accent, 0.42)
        self.solid = Fill(colours.accent)
        self.light = Fill(light, words=colours.ink)
        self.hatched = Fill("#FFFFFF", light, pale(colours.accent, 0.55), colours.ink)
        self.faint = Fill(pale(colours.accent, 0.12), light, words=colours.ink)
        self.fills = (self.solid, self.light, self.hatched, self.faint)
        self.strokes: tuple[tuple[str, float, tuple[float, ...]], ...] = (
            (colours.accent, 1.8, ()),
            (colours.ink, 1.1, (4.0, 2.2)),
            (colours.muted, 1.1, (1.2, 1.8)),
        )


_HATCH = 3.2
"""Distance of hatching lines along the edge."""


def hatching(points: Points) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    """Diagonal lines over a convex shape, cut at its edges."""
    sums = [x + y for x, y in points]
    out = []
    level = min(sums) + _HATCH / 2
    while level < max(sums):
        cuts = sorted(set(_cuts(points, level)))
        if len(cuts) >= 2:
            out.append((cuts[0], cuts[-1]))
        level += _HATCH
    return tuple(out)


def _cuts(points: Points, level: float) -> list[tuple[float, float]]:
    """Where the edges meet the line on which x + y is `level`."""
    found = []
    for (x, y), (to_x, to_y) in zip(points, (*points[1:], points[0]), strict=True):
        start, end = x + y - level, to_x + to_y - level
        if start * end <= 0 and start != end:
            share = start / (start - end)
            found.append((round(x + share * (to_x - x), 3), round(y + share * (to_y - y), 3)))
    return found
