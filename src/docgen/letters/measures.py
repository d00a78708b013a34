"""How wide a place of the letter is: its section's column, a cell, a text box. In twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docgen.letters.controls import TC, P
from docgen.wordfile.names import W

_A4 = 9638
"""Between margins of two centimetres."""
_CELL = 216
"""The margins left and right in a cell."""
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_EMU = 635
"""English metric units in a twentieth of a point."""
_BOX = 288


def section_widths(body: Element) -> list[int]:
    """The width of text in each section, in order."""
    return [_width(each) for each in sections(body)]


def sections(body: Element) -> Iterator[Element]:
    """The sections' properties: those paragraphs end with, then the body's own."""
    yield from body.iter(f"{W}sectPr")


def _width(section: Element) -> int:
    size, edge = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or edge is None:
        return _A4
    room = _number(size, "w") - _number(edge, "left") - _number(edge, "right") - _number(edge, "gutter")
    columns = section.find(f"{W}cols")
    count = _number(columns, "num") if columns is not None else 1
    if count > 1 and columns is not None:
        room = (room - _number(columns, "space") * (count - 1)) // count
    return room if room > 0 else _A4


class Widths:
    """The width of the place a walk over a part has come to."""

    def __init__(self, sections_: list[int]) -> None:
        self._sections = list(sections_) or [_A4]
        self._inner: list[tuple[Element, int]] = []

    @property
    def here(self) -> int:
        return self._inner[-1][1] if self._inner else self._sections[0]

    def enter(self, element: Element) -> None:
        if element.tag == TC:
            self._inner.append((element, self._of_cell(element)))
        elif element.tag == f"{W}drawing":
            extent = next(element.iter(_DRAWN), None)
            width = int(extent.get("cx", "0")) // _EMU - _BOX if extent is not None else 0
            self._inner.append((element, width if width > 0 else self.here // 2))

    def leave(self, element: Element) -> None:
        if self._inner and self._inner[-1][0] is element:
            self._inner.pop()
        elif element.tag == P and element.find(f"{W}pPr/{W}sectPr") is not None and len(self._sections) > 1:
            self._sections.pop(0)

    def _of_cell(self, cell: Element) -> int:
        width = cell.find(f"{W}tcPr/{W}tcW")
        if width is None or width.get(f"{W}type") not in (None, "dxa"):
            return self.here // 2
        found = _number(width, "w") - _CELL
        return found if found > 0 else self.here // 2


def _number(element: Element, name: str) -> int:
    value = element.get(f"{W}{name}", "0")
    return int(float(value)) if value.replace(".", "", 1).lstrip("-").isdigit() else 0
