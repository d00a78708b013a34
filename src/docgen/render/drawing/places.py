"""How labels make room for one another, whatever program sets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple


class Flag(NamedTuple):
    """A pole at x that reaches through the rows up to `row`, and its words from `start` to `end` in that row."""

    x: float
    start: float
    end: float
    row: int

    @property
    def is_right(self) -> bool:
        return self.start >= self.x


def hoist(poles: Sequence[tuple[float, float]], left: float, right: float, gap: float) -> list[Flag]:
    """Flags for poles given as (x, width of the words). Words never touch; a pole runs through the words of another
    only where two stand so near each other and the edge that there is no other way (the words are then on white)."""
    sides = [_side(x, width, left, right, gap) for x, width in poles]
    turned = [place for place, flag in enumerate(sides) if not flag.is_right]
    order = sorted(set(range(len(poles))) - set(turned), key=lambda place: -poles[place][0])
    order += sorted(turned, key=lambda place: poles[place][0])
    placed: dict[int, Flag] = {}
    for place in order:
        rows = [sides[place]._replace(row=row) for row in range(len(poles))]
        placed[place] = next(_free(rows, list(placed.values()), gap))
    return [placed[place] for place in range(len(poles))]


def _side(x: float, width: float, left: float, right: float, gap: float) -> Flag:
    """Words right of the pole where they fit, else left of it, else on the roomier side."""
    after, before = Flag(x, x + gap, x + gap + width, 0), Flag(x, x - gap - width, x - gap, 0)
    if after.end <= right or (before.start < left and right - x >= x - left):
        return after
    return before


def _free(rows: Sequence[Flag], placed: Sequence[Flag], gap: float) -> Iterator[Flag]:
    """The lowest row where nothing collides, then the lowest where only poles cross words. One row for each flag is
    always enough for the words."""
    for flag in rows:
        if not any(_meet(flag, other, gap) or _cross(flag, other, gap) or _cross(other, flag, gap) for other in placed):
            yield flag
    yield from (flag for flag in rows if not any(_meet(flag, other, gap) for other in placed))


def _meet(one: Flag, other: Flag, gap: float) -> bool:
    return one.row == other.row and one.start < other.end + gap and other.start < one.end + gap


def _cross(pole: Flag, words: Flag, gap: float) -> bool:
    return pole.row >= words.row and words.start - gap / 2 < pole.x < words.end + gap / 2


# ---- along one line -------------------------------------------------------------------------------------------------
def spread(wanted: Sequence[float], gap: float | Sequence[float], low: float, high: float) -> list[float]:
    """Places at least `gap` apart, between `low` and `high`, moved as little as can be; the order is kept.

    Neighbours that collide move as one: 10, 11 and 12 with a gap of 4 become 7, 11, 15. A list of gaps, one less than
    places, is for places that are in order already.
    """
    gaps = [gap] * (len(wanted) - 1) if isinstance(gap, float | int) else gap
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    steps = [0.0, *accumulate(gaps)]
    blocks: list[tuple[float, int]] = []
    for number, place in enumerate(order):
        mean, count = wanted[place] - steps[number], 1
        while blocks and blocks[-1][0] >= mean:
            before, size = blocks.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    top = high - steps[-1]
    means = [min(max(mean, low), max(top, low)) for mean, size in blocks for _ in range(size)]
    out = [0.0] * len(wanted)
    for number, place in enumerate(order):
        out[place] = means[number] + steps[number]
    return out


def every(count: int, room: float, need: float) -> int:
    """Name each first, second, third, sixth, twelfth … place so that names `need` wide fit into `room`."""
    for step in (1, 2, 3, 4, 6, 12, 24, 36, 60):
        if need * (count / step) <= room:
            return step
    return count
