"""The page flow: strips that are never split, stacked into pages.

Every block becomes strips (a line of text, a table row, a pair of columns). A strip says how strongly it holds on to
the next one; breaking pages is then one walk over heights, and nothing is measured twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from docgen.render.pdf.paragraph import Line, Run
from docgen.render.pdf.structure import Element

if TYPE_CHECKING:
    from docgen.render.drawing.scene import Scene

FREE, TOGETHER, BOUND = 0, 1, 2
"""How a strip holds the next: not at all · wanted on one page, given up where the whole is too tall · always."""


class Words(NamedTuple):
    """Text that belongs to `element`; x and y from the strip's top left corner to the start of the baseline."""

    element: Element
    x: float
    y: float
    runs: tuple[Run, ...]


class Shape(NamedTuple):
    """A filled or outlined figure, which is decoration: y from the strip's top to the figure's."""

    kind: Literal["fill", "frame", "circle"]
    x: float
    y: float
    width: float
    height: float
    colour: str


class Drawing(NamedTuple):
    """A picture, which is content and belongs to `element`; x and y as for words."""

    element: Element
    x: float
    y: float
    scale: float
    scene: Scene


class Target(NamedTuple):
    """Where a link or a bookmark leads."""

    anchor: str
    title: str
    level: int


@dataclass(slots=True)
class Strip:
    """before, after: white around it, of which neighbours share the larger. head: strips to repeat above this one where
    it opens a page. eject: the page ends here."""

    height: float
    words: list[Words] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    before: float = 0.0
    after: float = 0.0
    hold: int = FREE
    head: tuple[Strip, ...] = ()
    target: Target | None = None
    eject: bool = False


class Placed(NamedTuple):
    """A strip at `y` below the top of the text area; `repeated` where it is a table head shown again."""

    y: float
    strip: Strip
    repeated: bool


Page = list[Placed]


# ---- making strips --------------------------------------------------------------------------------------------------
def text_strips(lines: Sequence[Line], element: Element, x: float = 0.0) -> list[Strip]:
    """One strip a line; the first two and the last two lines stay together, so that no line stands alone."""
    strips = [Strip(line.height, [Words(element, x, line.ascent, line.runs)]) for line in lines]
    for place in (0, len(strips) - 2):
        if len(strips) > 1:
            strips[place].hold = BOUND
    return strips


def spaced(strips: list[Strip], before: float, after: float) -> list[Strip]:
    """White above the first strip and below the last."""
    if strips:
        strips[0].before = max(strips[0].before, before)
        strips[-1].after = max(strips[-1].after, after)
    return strips


def held(strips: list[Strip], hold: int) -> list[Strip]:
    """Strips that hold one another, the last one free."""
    for strip in strips[:-1]:
        strip.hold = max(strip.hold, hold)
    return strips


def moved(strip: Strip, x: float) -> Strip:
    """The strip further right."""
    if not x:
        return strip
    return replace(
        strip,
        words=[words._replace(x=words.x + x) for words in strip.words],
        shapes=[shape._replace(x=shape.x + x) for shape in strip.shapes],
        drawings=[drawing._replace(x=drawing.x + x) for drawing in strip.drawings],
        head=tuple(moved(head, x) for head in strip.head),
    )


def stacked_height(strips: Iterable[Strip]) -> float:
    """Height of strips below one another, white between them included."""
    y, last = 0.0, 0.0
    for number, strip in enumerate(strips):
        y += (max(last, strip.before) if number else 0.0) + strip.height
        last = strip.after
    return y


def merged(columns: Iterable[tuple[float, Sequence[Strip]]]) -> Strip:
    """Columns of strips side by side as one strip, in reading order; x is each column's left edge."""
    words: list[Words] = []
    shapes: list[Shape] = []
    drawings: list[Drawing] = []
    height = 0.0
    for x, strips in columns:
        for y, strip, _ in _stack(strips):
            words += [word._replace(x=word.x + x, y=word.y + y) for word in strip.words]
            shapes += [shape._replace(x=shape.x + x, y=shape.y + y) for shape in strip.shapes]
            drawings += [drawing._replace(x=drawing.x + x, y=drawing.y + y) for drawing in strip.drawings]
            height = max(height, y + strip.height)
    return Strip(height, words, shapes, drawings)


def _stack(strips: Iterable[Strip]) -> Iterator[Placed]:
    y, last = 0.0, 0.0
    for number, strip in enumerate(strips):
        y += max(last, strip.before) if number else 0.0
        yield Placed(y, strip, False)
        y, last = y + strip.height, strip.after


# ---- filling pages --------------------------------------------------------------------------------------------------
def paginate(strips: Sequence[Strip], height: float) -> list[Page]:
    """Spread the strips over pages of `height`."""
    filler = _Filler(height)
    for chain in _chains(strips, TOGETHER):
        filler.place(chain)
    if len(filler.pages) > 1 and not filler.pages[-1]:
        filler.pages.pop()  # a page break at the very end
    return filler.pages


def _chains(strips: Sequence[Strip], hold: int) -> Iterator[Sequence[Strip]]:
    """Stretches of strips that hold one another at least as strongly as `hold`."""
    start = 0
    for place, strip in enumerate(strips):
        if strip.hold < hold or place == len(strips) - 1 or strip.eject:
            yield strips[start : place + 1]
            start = place + 1


class _Filler:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[Page] = [[]]
        self.y = self.last = 0.0

    def place(self, chain: Sequence[Strip]) -> None:
        """Put a chain on the page, on the next one, or, where it is taller than a page, in pieces."""
        if self._fits(chain, self.y, self.last, fresh=not self.pages[-1]):
            self._put(chain)
        elif self._fits(chain, 0.0, 0.0, fresh=True):
            self._turn()
            self._put(chain)
        elif len(chain) == 1:
            if self.pages[-1]:
                self._turn()
            self._put(chain)
        else:
            weaker = list(_chains(chain, BOUND))
            for piece in weaker if len(weaker) > 1 else ([strip] for strip in chain):
                self.place(piece)

    def _fits(self, chain: Sequence[Strip], y: float, last: float, *, fresh: bool) -> bool:
        if fresh:
            y += sum(strip.height for strip in chain[0].head)
        for number, strip in enumerate(chain):
            y += 0.0 if fresh and not number else max(last, strip.before)
            y += strip.height
            last = strip.after
        return y <= self.height + 0.01

    def _turn(self) -> None:
        self.pages.append([])
        self.y = self.last = 0.0

    def _put(self, chain: Sequence[Strip]) -> None:
        for strip in chain:
            page = self.pages[-1]
            if strip.eject:
                if page:
                    self._turn()
                continue
            if not page:
                for head in strip.head:
                    page.append(Placed(self.y, head, True))
                    self.y += head.height
            else:
                self.y += max(self.last, strip.before)
            page.append(Placed(self.y, strip, False))
            self.y += strip.height
            self.last = strip.after
