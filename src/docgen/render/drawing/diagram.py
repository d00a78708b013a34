"""Boxes in levels with arrows from level to level."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence, Set

from docgen.content.figures import Diagram, Node
from docgen.render.drawing.layers import centres, levels
from docgen.render.drawing.lettering import wrap
from docgen.render.drawing.scene import Area, Box, Item, Line, Pen, Scene, Words, rectangle

_GAP = 14.0
_PAD = 7.0
_WIDEST = 234.0
_LANE = 8.0
_STEP = 1.34
_BETWEEN = 22.0
_BUS = 7.0
_STRAIGHT = 8.0
"""Boxes nearly below each other are joined by a straight line."""


def diagram(chart: Diagram, pen: Pen, room: float) -> Scene:
    rows, paths = levels(chart)
    if not rows:
        return Scene(room, 1.0, ())
    keys = {node.key for node in chart.nodes}
    wide = min([_WIDEST, *(_room_each(row, keys, room) for row in rows)])
    x = centres(rows, paths, {key: wide if key in keys else _LANE for row in rows for key in row}, _GAP, room)
    boxes = {node.key: _Lettered(node, pen, wide) for node in chart.nodes}
    heights = [max((boxes[key].height for key in row if key in boxes), default=0.0) for row in rows]
    arrows = _legs(rows, paths, x)
    tops = [0.0]
    for level, height in enumerate(heights[:-1]):
        buses = max((leg.bus for leg in arrows if leg.level == level), default=0)
        tops.append(tops[-1] + height + _BETWEEN + _BUS * buses)
    lines = [_arrow(leg, boxes, tops, heights, x, pen) for leg in arrows]
    drawn = [
        boxes[key].draw(x[key] - wide / 2, top, height)
        for row, top, height in zip(rows, tops, heights, strict=True)
        for key in row
        if key in boxes
    ]
    return Scene(room, tops[-1] + heights[-1] + 1, (*lines, *drawn))


def _room_each(row: Sequence[str], keys: Set[str], room: float) -> float:
    """The width each box of a level can have beside the lanes that pass through."""
    boxes = sum(key in keys for key in row)
    return (room - _GAP * (len(row) - 1) - _LANE * (len(row) - boxes)) / max(boxes, 1)


# ---- boxes ----------------------------------------------------------------------------------------------------------
class _Lettered:
    """A node with its words wrapped to the width of its box."""

    def __init__(self, node: Node, pen: Pen, wide: float) -> None:
        self.node, self.pen, self.wide = node, pen, wide
        room = wide - 2 * _PAD
        self.lines = [(line, True) for line in wrap(node.title, pen.size, room, 3, bold=True)]
        self.lines += [(line, False) for each in node.lines for line in wrap(each, pen.size, room, 5)]
        self.height = len(self.lines) * pen.size * _STEP + 2 * _PAD - 2

    def draw(self, x: float, y: float, height: float) -> Box:
        pen, node = self.pen, self.node
        colour = "#FFFFFF" if node.lead else pen.ink
        area = Area(
            rectangle(x, y, self.wide, height), pen.accent if node.lead else pen.band, "" if node.lead else pen.rule
        )
        words = tuple(
            Words(x + _PAD, y + _PAD + pen.size * (0.8 + _STEP * row), line, pen.size, colour, "start", bold)
            for row, (line, bold) in enumerate(self.lines)
        )
        paragraphs = ((node.title, pen.size, colour, True), *((line, pen.size, colour, False) for line in node.lines))
        return Box(area, words, paragraphs)


# ---- arrows ---------------------------------------------------------------------------------------------------------
class _Leg:
    """One arrow between two neighbouring levels. bus: which of the parallel tracks between them it turns on."""

    def __init__(self, source: str, target: str, level: int, *, last: bool, up: bool) -> None:
        self.source, self.target, self.level, self.last, self.up = source, target, level, last, up
        self.bus = 0


def _legs(rows: Sequence[Sequence[str]], paths: Sequence[Sequence[str]], x: Mapping[str, float]) -> list[_Leg]:
    level = {key: at for at, row in enumerate(rows) for key in row}
    legs = [
        _Leg(one, other, min(level[one], level[other]), last=at == len(path) - 2, up=level[other] < level[one])
        for path in paths
        for at, (one, other) in enumerate(itertools.pairwise(path))
        if level[one] != level[other]
    ]
    _share_tracks(legs, x)
    return legs


def _share_tracks(legs: Sequence[_Leg], x: Mapping[str, float]) -> None:
    """Arrows to one box share a track; tracks to different boxes that would overlap run beside each other."""
    spans: dict[tuple[int, str], tuple[float, float]] = {}
    for leg in legs:
        low, high = spans.get((leg.level, leg.target), (x[leg.target], x[leg.target]))
        spans[leg.level, leg.target] = (min(low, x[leg.source]), max(high, x[leg.source]))
    tracks: dict[tuple[int, str], int] = {}
    for (level, target), (low, high) in sorted(spans.items(), key=lambda item: item[1]):
        taken = {
            tracks[other]
            for other in tracks
            if other[0] == level and spans[other][0] <= high + 2 and low - 2 <= spans[other][1] and high - low > 1
        }
        tracks[level, target] = next(track for track in range(len(taken) + 1) if track not in taken)
    for leg in legs:
        leg.bus = tracks[leg.level, leg.target]


def _arrow(
    leg: _Leg,
    boxes: Mapping[str, _Lettered],
    tops: Sequence[float],
    heights: Sequence[float],
    x: Mapping[str, float],
    pen: Pen,
) -> Item:
    """Down, across, down; straight through where it passes a level without stopping."""
    above, below = tops[leg.level], tops[leg.level + 1]
    start = above + heights[leg.level]
    upper, lower = (leg.target, leg.source) if leg.up else (leg.source, leg.target)
    first = above if upper not in boxes else start
    end = below + heights[leg.level + 1] if lower not in boxes and not leg.up else below
    turn = below - _BETWEEN / 2 - 1 - _BUS * leg.bus
    from_x, to_x = x[upper], x[lower]
    points = ((from_x, first), (from_x, turn), (to_x, turn), (to_x, end))
    if abs(from_x - to_x) < _STRAIGHT and (upper in boxes or lower in boxes):
        along = to_x if upper in boxes else from_x
        points = ((along, first), (along, end))  # type: ignore[assignment]
    ordered = tuple(reversed(points)) if leg.up else points
    return Line(ordered, pen.muted, 0.9, (), leg.last)
