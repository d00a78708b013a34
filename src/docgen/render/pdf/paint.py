"""Painting finished pages. The number of pages is known by now, so every foot is right at once.

A page has three layers: decoration (draft mark, fills, rules), the words of the document, each tied to its element of
the structure tree, then head and foot, which a screen reader passes over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import TYPE_CHECKING

from docgen.content.blocks import Document
from docgen.render.fonts import Weight
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.file import PaperFile, text
from docgen.render.pdf.flow import Page, Target, Words
from docgen.render.pdf.fonts import Codes, embed
from docgen.render.pdf.furniture import Furniture
from docgen.render.pdf.paragraph import Run
from docgen.render.pdf.sheet import Ink, Sheet
from docgen.render.pdf.stream import FONT_NAMES, Stream, number
from docgen.render.pdf.structure import Element, Spot, Structure
from docgen.render.theme import pale

if TYPE_CHECKING:
    from docgen.render.pdf.margin import Margin

_ARTIFACT = Element("Artifact")
_DECORATION = "/Artifact BMC"
_PAGINATION = "/Artifact <</Type/Pagination>> BDC"
_PALE = 0.065
_MARK_SHARE = 0.62
"""How much of the page's diagonal the draft mark takes."""


class Painter:
    def __init__(
        self, document: Document, sheet: Sheet, furniture: Furniture, structure: Structure, file: PaperFile
    ) -> None:
        self.document, self.sheet, self.furniture = document, sheet, furniture
        self.structure, self.file = structure, file
        self.codes: Mapping[Weight, Codes] = {weight: Codes(typeface(weight)) for weight in FONT_NAMES}
        self.pages: list[str] = []
        self.targets: list[tuple[Target, int, float]] = []
        """Places links and bookmarks lead to: what, page, height from the bottom."""
        self.margin: Margin | None = None

    def paint(self, pages: Sequence[Page]) -> None:
        """Paint all pages into the file; `pages` and `targets` are known afterwards."""
        resources = self.file.reserve(1)
        anchors = {target.anchor for page in pages for placed in page for target in placed.strip.targets}
        for place, page in enumerate(pages):
            self._page(page, place, len(pages), resources, anchors)
        fonts = " ".join(
            f"{FONT_NAMES[weight]} {embed(self.file, codes.face, codes)}"
            for weight, codes in self.codes.items()
            if codes
        )
        self.file.fill(resources, [f"<</Font<<{fonts}>>>>".encode("ascii")])

    def _page(self, page: Page, place: int, count: int, resources: int, anchors: set[str]) -> None:
        self.structure.open_page()
        width, height = self.sheet.paper
        stream = Stream(self.codes, height)
        self._decoration(stream, page, place)
        self._drawings(stream, page, height)
        words = _PageWords(stream, self.structure, anchors)
        stream.begin_text()
        for placed in page:
            top = self.furniture.top + placed.y
            for item in placed.strip.words:
                words.write(item, self.sheet.left, top, repeated=placed.repeated)
            for target in placed.strip.targets:
                self.targets.append((target, place, height - top))
        stream.mark(_ARTIFACT, _PAGINATION)
        for run, x, y in self.furniture.words(place + 1, count):
            stream.run(run, x, y)
        stream.end_text()
        notes = [self._annotate(link, place, count) for link in words.links]
        if self.document.review:
            notes += self._comments(page, place, count)
        content = self.file.stream("", stream.data())
        self.pages.append(
            self.file.page(
                f"/MediaBox[0 0 {number(width)} {number(height)}]/Resources {resources} 0 R/Contents {content}"
                f"/StructParents {place}/Tabs/S" + (f"/Annots[{' '.join(notes)}]" if notes else "")
            )
        )

    # ---- decoration
    def _decoration(self, stream: Stream, page: Page, place: int) -> None:
        stream.mark(_ARTIFACT, _DECORATION)
        if self.document.draft:
            stream.begin_text()
            self._draft(stream)
            stream.end_text()
            stream.mark(_ARTIFACT, _DECORATION)
        for placed in page:
            stream.shapes(placed.strip.shapes, self.sheet.left, self.furniture.top + placed.y)
        stream.shapes(self.furniture.shapes(place + 1), 0.0, 0.0)
        stream.mark(None, "")

    def _draft(self, stream: Stream) -> None:
        """The mark from the lower left to the upper right, under everything else."""
        width, height = self.sheet.paper
        diagonal = hypot(width, height)
        cosine, sine = width / diagonal, height / diagonal
        plain = typeface("bold").width(self.document.draft) / UNITS
        size = min(_MARK_SHARE * diagonal / plain, 0.16 * diagonal)
        ink = Ink("bold", round(size, 1), pale(self.sheet.colours.draft, _PALE))
        along, across = -plain * size / 2, -0.36 * size
        stream.mark(_ARTIFACT, _DECORATION)
        stream.turned(
            Run(0.0, self.document.draft, ink, 0.0),
            width / 2 + along * cosine - across * sine,
            height / 2 + along * sine + across * cosine,
            cosine,
            sine,
        )

    def _drawings(self, stream: Stream, page: Page, height: float) -> None:
        for placed in page:
            for drawing in placed.strip.drawings:
                from docgen.render.pdf.figures import paint

                mark = f"/Figure <</MCID {self.structure.mark(drawing.element)}>> BDC"
                left, top = self.sheet.left + drawing.x, self.furniture.top + placed.y + drawing.y
                paint(drawing, stream, mark, left, top, height)

    def _comments(self, page: Page, place: int, count: int) -> Iterator[str]:
        from docgen.render.pdf.margin import Margin

        self.margin = self.margin or Margin(self.file, self.structure, self.sheet, self.document.date)
        for placed in page:
            if placed.strip.notes and not placed.repeated:
                yield from self.margin.annotate(placed.strip, self.furniture.top + placed.y, place, count)

    # ---- links
    def _annotate(self, link: _Link, place: int, count: int) -> str:
        """The active area of a link, known to the structure tree and with words of its own for a screen reader."""
        height = self.sheet.paper[1]
        left, top, right, bottom = link.box
        box = " ".join(map(number, (left, height - bottom, right, height - top)))
        goal = f"/Dest{text(link.url[1:])}" if link.url.startswith("#") else f"/A<</S/URI/URI{_uri(link.url)}>>"
        key = count + self.structure.spot(link.element)
        about = f"/Contents{text(link.words)}/StructParent {key}"
        reference = self.file.add(f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4{about}{goal}>>")
        link.element.kids.append(Spot(place, reference))
        return reference


def _uri(url: str) -> str:
    """An address in the seven bits the format allows; other characters are percent-encoded."""
    return text("".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in url))


class _Link:
    def __init__(self, element: Element, url: str, words: str, box: tuple[float, float, float, float]) -> None:
        self.element, self.url, self.words, self.box = element, url, words, box


class _PageWords:
    """Writes the words of one page and notes their owners and links."""

    _current: tuple[Element, str, Element] | None = None

    def __init__(self, stream: Stream, structure: Structure, anchors: set[str]) -> None:
        self.stream, self.structure, self.anchors = stream, structure, anchors
        self.links: list[_Link] = []

    def write(self, item: Words, x: float, y: float, *, repeated: bool) -> None:
        stream = self.stream
        x, y = x + item.x, y + item.y
        for run in item.runs:
            owner = item.element
            if repeated:
                stream.mark(_ARTIFACT, _PAGINATION)
            else:
                if run.link and (not run.link.startswith("#") or run.link[1:] in self.anchors):
                    owner = self._link(item.element, run, x, y)
                if not stream.is_marked(owner):
                    stream.mark(owner, f"/{owner.kind} <</MCID {self.structure.mark(owner)}>> BDC")
            stream.run(run, x, y)

    def _link(self, parent: Element, run: Run, x: float, y: float) -> Element:
        """The link's own element; one that goes on over a line end stays one."""
        if self._current is None or self._current[:2] != (parent, run.link):
            self._current = (parent, run.link, Element("Link", parent))
        element = self._current[2]
        box = (x + run.x, y - 0.88 * run.ink.size, x + run.x + run.width, y + 0.2 * run.ink.size)
        self.links.append(_Link(element, run.link, run.text, box))
        return element
