"""A plan over time: who does what when, on a scale of months or quarters, with milestones as diamonds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.content.figures import Gantt, Key, Milestone, Sign, Task
from docgen.render.drawing.frame import HAIRLINE
from docgen.render.drawing.lettering import widest, width, wrap
from docgen.render.drawing.places import Flag, every, hoist
from docgen.render.drawing.scene import Area, Fill, Item, Line, Pen, Scene, Words, diamond, rectangle

_NAME_SHARE = 0.32
_OWNER_SHARE = 0.14
_BAR = 7.5
_DIAMOND = 4.2
_FLAG_GAP = 7.0
_KEY_GAP = 14.0


class _Grid:
    """Columns of words at the left, the scale at the right."""

    def __init__(self, chart: Gantt, pen: Pen, room: float) -> None:
        self.chart, self.pen, self.room = chart, pen, room
        indent = 7.0 if any(task.group for task in chart.tasks) else 0.0
        self.indent = indent
        self.names = {task: wrap(task.name, pen.size, room * _NAME_SHARE - indent, 2) for task in chart.tasks}
        self.owners = {task: wrap(task.owner, pen.small, room * _OWNER_SHARE, 2) for task in chart.tasks}
        names = widest([line for lines in self.names.values() for line in lines], pen.size) + indent
        titles = [group for group, _ in chart.groups()] + [chart.milestones_title]
        names = max(names, min(widest(titles, pen.size, bold=True), room * _NAME_SHARE))
        owners = widest([line for lines in self.owners.values() for line in lines], pen.small)
        self.owner_x = names + 10
        self.left = self.owner_x + (owners + 10 if owners else 2)
        self.head = pen.small * 1.9
        self.months = Decimal(len(chart.periods) * chart.months_each)

    def x(self, month: Decimal) -> float:
        return self.left + float(month / self.months) * (self.room - _DIAMOND - self.left) if self.months else self.left


def gantt(chart: Gantt, pen: Pen, room: float) -> Scene:
    grid = _Grid(chart, pen, room)
    rows: list[Item] = []
    y = grid.head
    for group, tasks in chart.groups():
        if group:
            rows += _group(grid, group, y)
            y += pen.size * 1.75
        for task in tasks:
            rows += _task(grid, task, y)
            y += _height(grid, task)
    end = y + 2
    stones, bottom = _milestones(grid, end + 2)
    legend = list(_legend(grid, bottom + 6))
    scale = list(_scale(grid, bottom if chart.milestones else end))
    return Scene(room, bottom + 4 + pen.size * 1.5 * len(_legend_rows(grid)), (*scale, *rows, *stones, *legend))


# ---- the scale ------------------------------------------------------------------------------------------------------
def _scale(grid: _Grid, bottom: float) -> Iterator[Item]:
    """Names of the periods over thin lines, as many as fit."""
    pen, chart = grid.pen, grid.chart
    count = len(chart.periods)
    step = every(count, grid.room - grid.left, widest(chart.periods, pen.small) + 4)
    for place in range(count + 1):
        x = grid.x(Decimal(place * chart.months_each))
        if place % step == 0 or place == count:
            yield Line(((x, grid.head - 1), (x, bottom)), pen.grid, HAIRLINE)
    for place in range(0, count, step):
        wide = grid.x(Decimal(min(place + step, count) * chart.months_each)) - grid.x(
            Decimal(place * chart.months_each)
        )
        x = grid.x(Decimal(place * chart.months_each)) + (wide / 2 if step == 1 else 2)
        anchor = "middle" if step == 1 else "start"
        yield Words(x, pen.small, chart.periods[place], pen.small, pen.muted, anchor)  # type: ignore[arg-type]
    yield Line(((0.0, grid.head - 1), (grid.room, grid.head - 1)), pen.ink, 0.8)


# ---- rows -----------------------------------------------------------------------------------------------------------
def _group(grid: _Grid, name: str, y: float) -> Iterator[Item]:
    pen = grid.pen
    high = pen.size * 1.75
    lines = wrap(name, pen.size, grid.room - 4, 1, bold=True)
    yield Area(rectangle(0.0, y + 0.5, grid.room, high - 1), pen.band)
    yield Words(3.0, y + high / 2 + 0.36 * pen.size, lines[0] if lines else "", pen.size, pen.ink, "start", True)


def _height(grid: _Grid, task: Task) -> float:
    lines = max(len(grid.names[task]), len(grid.owners[task]), 1)
    return grid.pen.size * (0.75 + 1.2 * lines)


def _task(grid: _Grid, task: Task, y: float) -> Iterator[Item]:
    pen = grid.pen
    high = _height(grid, task)
    middle = y + high / 2
    yield from _column(grid.names[task], grid.indent, middle, pen.size, pen.ink)
    yield from _column(grid.owners[task], grid.owner_x, middle, pen.small, pen.muted)
    fill = pen.hatched if task.pale else pen.solid
    start, end = grid.x(task.start), grid.x(task.start + task.months)
    yield Area(rectangle(start, middle - _BAR / 2, max(end - start, 1.0), _BAR), fill.fill, fill.stroke, fill.hatch)
    yield Line(((0.0, y + high), (grid.room, y + high)), pen.grid, HAIRLINE)


def _column(lines: tuple[str, ...], x: float, middle: float, size: float, colour: str) -> Iterator[Words]:
    first = middle + 0.36 * size - size * 1.2 * (len(lines) - 1) / 2
    for row, line in enumerate(lines):
        yield Words(x, first + size * 1.2 * row, line, size, colour)


# ---- milestones -----------------------------------------------------------------------------------------------------
def _milestones(grid: _Grid, top: float) -> tuple[list[Item], float]:
    """Diamonds in as few lanes as keep their names apart, each with a thin line up to the scale."""
    pen, chart = grid.pen, grid.chart
    if not chart.milestones:
        return [], top
    poles = [(grid.x(stone.month), width(stone.label, pen.size)) for stone in chart.milestones]
    flags = hoist(poles, grid.left - 8, grid.room - _DIAMOND, _FLAG_GAP)
    lane = pen.size * 1.7
    items: list[Item] = [
        Words(0.0, top + lane / 2 + 0.36 * pen.size, chart.milestones_title, pen.size, pen.ink, bold=True)
    ]
    for flag in flags:
        y = top + lane * (flag.row + 0.5)
        items.append(Line(((flag.x, grid.head), (flag.x, y)), pen.muted, HAIRLINE, (1.5, 2.0)))
    for stone, flag in zip(chart.milestones, flags, strict=True):
        items += _milestone(grid, stone, flag, top + lane * (flag.row + 0.5))
    return items, top + lane * (max(flag.row for flag in flags) + 1)


def _milestone(grid: _Grid, stone: Milestone, flag: Flag, y: float) -> Iterator[Item]:
    pen = grid.pen
    yield Area(rectangle(flag.start, y - 0.5 * pen.size, flag.end - flag.start, pen.size), "#FFFFFF")
    yield _sign("hollow" if stone.hollow else "diamond", flag.x, y, pen)
    x, anchor = (flag.start, "start") if flag.is_right else (flag.end, "end")
    yield Words(x, y + 0.36 * pen.size, stone.label, pen.size, pen.ink, anchor)  # type: ignore[arg-type]


def _sign(sign: Sign, x: float, y: float, pen: Pen) -> Area:
    if sign == "diamond":
        return Area(diamond(x, y, _DIAMOND), pen.ink, pen.ink)
    if sign == "hollow":
        return Area(diamond(x, y, _DIAMOND), "#FFFFFF", pen.ink)
    fill: Fill = pen.hatched if sign == "pale" else pen.solid
    return Area(rectangle(x - 6, y - _BAR / 2, 12, _BAR), fill.fill, fill.stroke, fill.hatch)


def _legend(grid: _Grid, top: float) -> Iterator[Item]:
    """What the signs mean, at the right edge below the plan, in as many lines as it needs."""
    pen = grid.pen
    for row, keys in enumerate(_legend_rows(grid)):
        x = grid.room - sum(_key_width(each, pen) for each in keys) + _KEY_GAP
        y = top + row * pen.size * 1.5
        for each in keys:
            yield _sign(each.sign, x, y + 0.64 * pen.small, pen)
            yield Words(x + 9, y + pen.small, each.label, pen.small, pen.muted)
            x += _key_width(each, pen)


def _key_width(each: Key, pen: Pen) -> float:
    return width(each.label, pen.small) + _KEY_GAP + 16


def _legend_rows(grid: _Grid) -> list[list[Key]]:
    rows: list[list[Key]] = []
    room = 0.0
    for each in grid.chart.legend:
        wide = _key_width(each, grid.pen)
        if not rows or wide > room:
            rows.append([])
            room = grid.room
        rows[-1].append(each)
        room -= wide
    return rows
