"""How wide characters are in the fonts Word papers name, for laying a page out as Word will.

Arial has the widths of Helvetica, which the PDF library knows; so has Times New Roman those of Times. Chinese fills a
square in every font. Another Latin font is taken to be as wide as Arial.
"""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase._fontdata import encodings, widthsByFontGlyph

_FACES = {
    "Times New Roman": ("Times-Roman", "Times-Bold"),
    "Courier New": ("Courier", "Courier-Bold"),
}
_ARIAL = ("Helvetica", "Helvetica-Bold")
_SQUARE_FROM = "\u2e80"


@cache
def word_widths(font: str, *, bold: bool) -> _Widths:
    """Width of each character in ems."""
    return _Widths(widthsByFontGlyph[_FACES.get(font, _ARIAL)[bold]])


class _Widths(dict[str, float]):
    """Filled as characters turn up."""

    def __init__(self, glyphs: dict[str, int]) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, char: str) -> float:
        width = self[char] = 1.0 if char >= _SQUARE_FROM else self._latin(char) / 1000
        return width

    def _latin(self, char: str) -> int:
        code = char.encode("cp1252", "replace")[0]
        name = encodings["WinAnsiEncoding"][code] or "space"
        return int(self._glyphs.get(name, 556))
