"""Boxes in levels: every arrow leads downwards, few arrows cross, and each box stands near those it is tied to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

from docgen.content.figures import Diagram
from docgen.render.drawing.places import spread

Arrow = tuple[str, str]
_SWEEPS = 4


def levels(chart: Diagram) -> tuple[list[list[str]], list[list[str]]]:
    """Boxes by level, from the top, and for each arrow the stations it passes: its ends and a free lane at each level
    between. An arrow that would close a circle is led upwards and has no say in the order."""
    arrows = _down([node.key for node in chart.nodes], [(edge.source, edge.target) for edge in chart.edges])
    depth = _depths([node.key for node in chart.nodes], arrows)
    rows: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in chart.nodes:
        rows[depth[node.key]].append(node.key)
    paths = []
    for number, edge in enumerate(chart.edges):
        paths.append(path := _stations(number, edge.source, edge.target, depth))
        for lane in path[1:-1]:
            rows[depth.setdefault(lane, int(lane.rpartition("\0")[2]))].append(lane)
    return _ordered(rows, paths), paths


def _down(keys: Sequence[str], arrows: Sequence[Arrow]) -> list[Arrow]:
    """The arrows without those that lead back to where they came from."""
    kept: list[Arrow] = []
    for source, target in arrows:
        if source != target and not _reaches(target, source, kept):
            kept.append((source, target))
    return kept


def _reaches(start: str, goal: str, arrows: Sequence[Arrow]) -> bool:
    seen, pending = set(), [start]
    while pending:
        here = pending.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            pending += [target for source, target in arrows if source == here]
    return False


def _depths(keys: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """The longest way down to each box; a box nothing leads to stands right above the first it leads to."""

    @cache
    def depth(key: str) -> int:
        return max((depth(source) + 1 for source, target in arrows if target == key), default=0)

    found = {key: depth(key) for key in keys}
    for key in keys:
        below = [found[target] for source, target in arrows if source == key]
        if below and not any(target == key for _, target in arrows):
            found[key] = min(below) - 1
    return found


def _stations(number: int, source: str, target: str, depth: Mapping[str, int]) -> list[str]:
    start, end = depth[source], depth[target]
    between = range(start + 1, end) if start < end else range(start - 1, end, -1)
    return [source, *(f"{number}\0{level}" for level in between), target]


def _ordered(rows: list[list[str]], paths: Sequence[Sequence[str]]) -> list[list[str]]:
    """Each level sorted by the mean place of its neighbours, down and up a few times."""
    near: dict[str, list[str]] = {key: [] for row in rows for key in row}
    for path in paths:
        for one, other in pairwise(path):
            near[one].append(other)
            near[other].append(one)
    for sweep in range(_SWEEPS):
        for row, fixed in _neighbours(rows, downwards=sweep % 2 == 0):
            place = {key: (at + 0.5) / len(fixed) for at, key in enumerate(fixed)}
            own = {key: (at + 0.5) / len(row) for at, key in enumerate(row)}
            pull = {key: _mean([place[each] for each in near[key] if each in place], own[key]) for key in row}
            row.sort(key=pull.__getitem__)
    return rows


def _neighbours(rows: list[list[str]], *, downwards: bool) -> list[tuple[list[str], list[str]]]:
    pairs = list(zip(rows[1:], rows, strict=False))
    return pairs if downwards else [(fixed, row) for row, fixed in reversed(pairs)]


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def centres(
    rows: Sequence[Sequence[str]], paths: Sequence[Sequence[str]], widths: Mapping[str, float], gap: float, room: float
) -> dict[str, float]:
    """The middle of each box: levels centred first, then each box drawn towards those above and below it."""
    x: dict[str, float] = {}
    for row in rows:
        start = (room - sum(widths[key] + gap for key in row) + gap) / 2
        for key in row:
            x[key] = start + widths[key] / 2
            start += widths[key] + gap
    ties: dict[str, list[str]] = {key: [] for key in x}
    for path in paths:
        for one, other in pairwise(path):
            ties[one].append(other)
            ties[other].append(one)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 else list(reversed(rows)):
            x.update(zip(row, _drawn(row, ties, x, widths, gap, room), strict=True))
    return x


def _drawn(
    row: Sequence[str],
    ties: Mapping[str, Sequence[str]],
    x: Mapping[str, float],
    widths: Mapping[str, float],
    gap: float,
    room: float,
) -> list[float]:
    """A level's places as near to their neighbours as boxes beside them allow."""
    wanted = list(accumulate((_mean([x[tie] for tie in ties[key]], x[key]) for key in row), max))
    gaps = [(widths[one] + widths[other]) / 2 + gap for one, other in pairwise(row)]
    return spread(wanted, gaps, widths[row[0]] / 2, room - widths[row[-1]] / 2)
