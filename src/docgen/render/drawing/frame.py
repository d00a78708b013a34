"""The ground a chart stands on: the axis of values with its quiet grid, and names along the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from docgen.content.figures import Axis
from docgen.render.drawing.lettering import LEADING, widest, width, wrap
from docgen.render.drawing.places import every
from docgen.render.drawing.scene import Item, Line, Pen, Words

HAIRLINE = 0.5
_GAP = 5.0
_MOST_NAMES = 13.5
"""More names than this along an axis are noise: 36 months are named by quarters."""


class Frame:
    """The plot's edges, with values upwards. The unit stands above the axis, upright, where it is read first."""

    def __init__(self, axis: Axis, pen: Pen, width_: float, height: float, above: float, right: float = 0.0) -> None:
        self.axis, self.pen, self.width = axis, pen, width_
        self.left = widest([tick.label for tick in axis.ticks], pen.small) + _GAP
        self.right = width_ - right
        self.top = above + (pen.small * LEADING + 6 if axis.title else 4)
        self.bottom = self.top + height
        self.title_y = above + pen.small
        self.foot = 0.0

    def y(self, value: Decimal) -> float:
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return self.bottom - float(share) * (self.bottom - self.top)

    def zero(self) -> float:
        """Where columns stand: zero, or the nearest edge of the scale."""
        return self.y(min(max(Decimal(0), self.axis.low), self.axis.high))

    def grid(self) -> Iterator[Item]:
        pen = self.pen
        if self.axis.title:
            yield Words(0.0, self.title_y, self.axis.title, pen.small, pen.muted)
        for tick in self.axis.ticks:
            y = self.y(tick.value)
            if tick.value:
                yield Line(((self.left, y), (self.right, y)), pen.grid, HAIRLINE)
            yield Words(self.left - _GAP, y + 0.36 * pen.small, tick.label, pen.small, pen.muted, "end")

    def ground(self) -> Iterator[Item]:
        """The line of zero, over the columns that stand on it."""
        y = self.zero()
        yield Line(((self.left, y), (self.right, y)), self.pen.zero, 0.8)

    # ---- names along the bottom
    def slots(self, count: int) -> list[float]:
        """Middles of equal slots."""
        step = (self.right - self.left) / max(count, 1)
        return [self.left + step * (place + 0.5) for place in range(count)]

    def points(self, count: int) -> list[float]:
        """Even places from edge to edge."""
        if count == 1:
            return self.slots(1)
        step = (self.right - self.left) / max(count - 1, 1)
        return [self.left + step * place for place in range(count)]

    def slot_names(self, names: Sequence[str], labels: Iterable[Item] = ()) -> tuple[list[Item], float]:
        """Names wrapped into their slots, three lines at most, below `labels` of the plot; and how deep they go."""
        lowest = max((label.y for label in labels if isinstance(label, Words)), default=0.0)
        self.foot = max(0.0, lowest + 2 - self.bottom)
        pen = self.pen
        room = (self.right - self.left) / max(len(names), 1) - 4
        if room < 1.2 * pen.size or any(width(_longest_word(name), pen.small) > room for name in names):
            return self.point_names(names, self.slots(len(names)))
        out: list[Item] = []
        deepest = 0
        for x, name in zip(self.slots(len(names)), names, strict=True):
            lines = wrap(name, pen.small, room, 3)
            deepest = max(deepest, len(lines))
            out += self._below(x, lines)
        return out, self._depth(deepest)

    def point_names(self, names: Sequence[str], places: Sequence[float]) -> tuple[list[Item], float]:
        """As many names as fit on one line, evenly thinned."""
        pen = self.pen
        room = self.right - self.left
        step = every(len(names), room, max(widest(names, pen.small) + 0.9 * pen.small, room / _MOST_NAMES))
        out: list[Item] = []
        for x, name in list(zip(places, names, strict=True))[::step]:
            out.append(Line(((x, self.bottom), (x, self.bottom + 3)), pen.rule, HAIRLINE))
            out += self._below(x, (name,))
        return out, self._depth(1)

    def _below(self, x: float, lines: Sequence[str]) -> Iterator[Item]:
        pen = self.pen
        for number, line in enumerate(lines):
            yield Words(
                x,
                self.bottom + self.foot + 5 + pen.small * (0.9 + LEADING * number),
                line,
                pen.small,
                pen.muted,
                "middle",
            )

    def _depth(self, lines: int) -> float:
        return self.foot + 5 + (self.pen.small * (0.3 + LEADING * lines) if lines else 0.0)


def _longest_word(text: str) -> str:
    """The longest stretch a wrap cannot break: a Latin word; Chinese breaks anywhere."""
    words = "".join(char if char.isascii() else " " for char in text).split()
    return max(words, key=len, default="")
