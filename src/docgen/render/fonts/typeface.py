"""Reading a TrueType file just as far as needed: nothing is parsed before a character asks for it.

The two faces hold 23,000 glyphs each. Mapping the file into memory and looking glyphs up where they lie costs less than
a millisecond, where a full parse costs the time of several quotations.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from functools import cache
from struct import unpack_from
from sys import byteorder

from docgen.render.fonts import Weight, font_path

UNITS = 1000
"""Everything outside this module counts in thousandths of the type size, whatever the file's own grid is."""


def _words(data: bytes) -> array[int]:
    """Big-endian 32-bit numbers."""
    words = array("I", data)
    if byteorder == "little":
        words.byteswap()
    return words


class Typeface:
    """One static TrueType face with a format 12 character map, as `tools/make_fonts.py` cuts them."""

    def __init__(self, weight: Weight) -> None:
        self.weight = weight
        with font_path(weight).open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = unpack_from(">H", self.data, 4)[0]
        self.tables = {
            tag: (offset, length)
            for tag, _, offset, length in (unpack_from(">4sLLL", self.data, 12 + 16 * index) for index in range(count))
        }
        self.grid: int = unpack_from(">H", self.data, self.tables[b"head"][0] + 18)[0]
        self.metrics: int = unpack_from(">H", self.data, self.tables[b"hhea"][0] + 34)[0]
        self.widths = _Widths(self)
        self._read_characters()

    def table(self, tag: bytes) -> bytes:
        offset, length = self.tables[tag]
        return self.data[offset : offset + length]

    def _read_characters(self) -> None:
        start = self.tables[b"cmap"][0]
        for index in range(unpack_from(">H", self.data, start + 2)[0]):
            offset = start + unpack_from(">L", self.data, start + 4 + 8 * index + 4)[0]
            form, _, _, _, groups = unpack_from(">HHLLL", self.data, offset)
            if form == 12:
                words = _words(self.data[offset + 16 : offset + 16 + 12 * groups])
                self._firsts, self._lasts, self._glyphs = words[0::3], words[1::3], words[2::3]
                return
        raise ValueError(f"{font_path(self.weight).name} has no format 12 character map")

    def glyph(self, point: int) -> int:
        """The glyph of a code point; ValueError where there is none, for a character never vanishes silently."""
        place = bisect_right(self._firsts, point) - 1
        if place < 0 or point > self._lasts[place]:
            raise ValueError(f"no glyph for {chr(point)!r} (U+{point:04X}) in the fonts of the PDF")
        return self._glyphs[place] + point - self._firsts[place]

    def metric(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing in the file's own units."""
        start = self.tables[b"hmtx"][0]
        last = self.metrics - 1
        advance, bearing = unpack_from(">Hh", self.data, start + 4 * min(glyph, last))
        if glyph > last:
            bearing = unpack_from(">h", self.data, start + 4 * self.metrics + 2 * (glyph - self.metrics))[0]
        return advance, bearing

    def outline(self, glyph: int) -> bytes:
        """The glyph's own record of the `glyf` table."""
        long_offsets = unpack_from(">h", self.data, self.tables[b"head"][0] + 50)[0]
        start = self.tables[b"loca"][0]
        if long_offsets:
            first, last = unpack_from(">LL", self.data, start + 4 * glyph)
        else:
            first, last = (2 * half for half in unpack_from(">HH", self.data, start + 2 * glyph))
        base = self.tables[b"glyf"][0]
        return self.data[base + first : base + last]

    def blanks(self, char: str) -> tuple[float, float]:
        """White on the left and right of a character's ink, in thousandths."""
        glyph = self.glyph(ord(char))
        advance, bearing = self.metric(glyph)
        outline = self.outline(glyph)
        if not outline:
            return 0.0, 0.0
        left, right = unpack_from(">2xh2xh", outline)
        return bearing * UNITS / self.grid, (advance - bearing - (right - left)) * UNITS / self.grid

    def width(self, text: str) -> float:
        """Sum of the advances, in thousandths of the type size."""
        return sum(map(self.widths.__getitem__, text))


class _Widths(dict[str, float]):
    """Advance by character, filled as characters turn up."""

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        face = self._face
        width = self[char] = face.metric(face.glyph(ord(char)))[0] * UNITS / face.grid
        return width


@cache
def typeface(weight: Weight) -> Typeface:
    """The face, opened once a process."""
    return Typeface(weight)
