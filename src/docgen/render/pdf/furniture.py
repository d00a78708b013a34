"""What stands around the text on a page: draft line and running head above, foot and page number below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from docgen.content.blocks import Cover, Document
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.flow import Shape
from docgen.render.pdf.paragraph import Line, Piece, Run, set_lines
from docgen.render.pdf.sheet import Ink, Sheet, strong

_EDGE = 20.0
"""Nothing is printed nearer to the edge of the paper: printers could not."""
_SMALLEST = 0.9
"""A foot that fits beside the page's number when set so much smaller stays there."""
_HEAD_SMALLEST = 0.75
"""A running head that would have to be set smaller takes further lines instead, as it does in Word."""
_MOST_HEADS, _LONGEST_HEAD = 4, 1_000
"""Lines it may take, and characters that surely fill them: the body of the page is what is read. The words it repeats
stand whole in title and parties."""
_CLEAR = 16.0
"""White between running head and text."""


class Furniture:
    """Places all of it; `top` and `height` are what it leaves for the text."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document, self.sheet = document, sheet
        self.bare = int(any(isinstance(block, Cover) for block in document.blocks[:1]))
        """How many pages at the front carry neither head nor foot."""
        self.chapters: Sequence[str] = ()
        self.ink = Ink("regular", sheet.sizes.small, sheet.colours.muted)
        note = strong(self.ink)._replace(colour=sheet.colours.draft)
        self.notes = set_lines([Piece(document.draft_note, note)], sheet.width) if document.draft_note else []
        self.heads = self._heads()
        running = self.ink.leading if any(document.running) else 0.0
        taken = sum(line.height for line in self.notes) + max(running, sum(line.height for line in self.heads))
        self.top = max(sheet.top, _EDGE + taken + _CLEAR if taken else 0.0)
        self.foot, self.numbered = self._foot()
        self.bottom = min(sheet.bottom, sheet.paper[1] - _EDGE - self.ink.leading * len(self.foot) - 10)
        self.height = self.bottom - self.top

    def words(self, page: int, pages: int) -> Iterator[tuple[Run, float, float]]:
        """Runs with their x and baseline from the top left corner of the page."""
        document = self.document
        if page <= self.bare:
            return
        base = self.top - _CLEAR - 4
        if page > 1 and any(document.running):
            left, right = document.running
            chapter = self.chapters[page - 1] if self.chapters else ""
            if chapter or not self.heads:
                yield from self._pair(left, chapter or right, base)
                base -= self.ink.leading + 3
            else:
                yield from self._up(self.heads, base)
                base -= sum(line.height for line in self.heads) + 3
        yield from self._up(self.notes, base)
        label = document.page_label.replace("{pages}", str(pages)).replace("{page}", str(page))
        base = self.bottom + 20
        for place, words in enumerate(self.foot):
            yield from self._pair(words, label if place == self.numbered else "", base)
            base += self.ink.leading

    def _up(self, lines: Sequence[Line], base: float) -> Iterator[tuple[Run, float, float]]:
        """Lines of which the last stands at `base`."""
        for at, line in enumerate(lines):
            below = sum(each.height for each in lines[at + 1 :])
            for run in line.runs:
                yield run, self.sheet.left, base - below

    def _heads(self) -> list[Line]:
        """The lines of a running head that has no room on one; none for any other."""
        words = [each for each in self.document.running if each]
        width = sum(typeface(self.ink.weight).width(each) for each in words) * self.ink.size / UNITS
        if width * _HEAD_SMALLEST <= self.sheet.width - 12:
            return []
        whole = "   ".join(words)
        lines = self._set(whole[:_LONGEST_HEAD])
        return lines if len(lines) <= _MOST_HEADS else self._cut(whole)

    def _set(self, words: str) -> list[Line]:
        return set_lines([Piece(words, self.ink)], self.sheet.width)

    def _cut(self, words: str) -> list[Line]:
        """As many characters as its lines hold with an ellipsis."""
        fits = bisect_right(
            range(1, _LONGEST_HEAD), _MOST_HEADS, key=lambda length: len(self._set(f"{words[:length]}…"))
        )
        return self._set(f"{words[:fits].rstrip()}…")

    def _foot(self) -> tuple[list[str], int]:
        """The lines of the foot, and which the page's number stands on: the first that leaves it room, else its own."""
        lines = self.document.footer.split("\n")
        label = self.document.page_label.replace("{pages}", "100").replace("{page}", "100")
        face = typeface(self.ink.weight)
        room = (self.sheet.width - 12) / _SMALLEST - face.width(label) * self.ink.size / UNITS
        fits = (place for place, line in enumerate(lines) if face.width(line) * self.ink.size / UNITS < room)
        numbered = next(fits, len(lines))
        return ([*lines, ""] if numbered == len(lines) else lines), numbered

    def shapes(self, page: int) -> Iterator[Shape]:
        """The hairline under the running head."""
        if page > max(1, self.bare) and any(self.document.running):
            yield Shape(
                "fill",
                self.sheet.left,
                self.top - _CLEAR + 2,
                self.sheet.width,
                self.sheet.hairline,
                self.sheet.colours.rule,
            )

    def _pair(self, left: str, right: str, base: float) -> Iterator[tuple[Run, float, float]]:
        """Two texts on one line, at the left and the right edge; what is too long for it is set smaller."""
        sheet = self.sheet
        face = typeface(self.ink.weight)
        widths = [face.width(words) / UNITS for words in (left, right)]
        size = min(self.ink.size, (sheet.width - 12) / (sum(widths) or 1.0))
        ink = self.ink._replace(size=round(size, 2))
        for words, width, x in ((left, widths[0], sheet.left), (right, widths[1], sheet.right - widths[1] * ink.size)):
            if words:
                yield Run(0.0, words, ink, width * ink.size), x, base
