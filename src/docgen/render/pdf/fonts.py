"""The fonts of one document: which characters it used, and the objects that embed them.

One composite font a weight with two-byte codes (Identity-H), instead of many simple fonts of 256 glyphs: one object, a
smaller file, and text that extracts exactly because every code maps to one character.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from zlib import compress

from docgen.render.fonts import Weight
from docgen.render.fonts.typeface import Typeface, typeface
from docgen.render.pdf.file import PaperFile
from docgen.render.pdf.subset import cut

_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_MAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class Codes(dict[int, str]):
    """Code point to the four hex digits drawn for it; numbers are given as characters first appear.

    Made for `str.translate`, which fills it as a side effect of encoding a text.
    """

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self.face = face
        self.glyphs: list[int] = []

    def __missing__(self, point: int) -> str:
        self.glyphs.append(self.face.glyph(point))
        code = self[point] = f"{len(self.glyphs):04x}"
        return code


def embed(file: PaperFile, face: Typeface, codes: Codes) -> str:
    """Write the font into the file; return the reference to it."""
    length, data, tag = _program(face.weight, tuple(codes.glyphs))
    name = f"{tag}+NotoSansSC-{face.weight.capitalize()}"
    program = file.stream(f"/Length1 {length}/Filter/FlateDecode", data, packed=True)
    scale = 1000 / face.grid
    head, hhea = face.table(b"head"), face.table(b"hhea")
    left, bottom, right, top = (round(_signed(head, place) * scale) for place in (36, 38, 40, 42))
    ascent, descent = (round(_signed(hhea, place) * scale) for place in (4, 6))
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0"
        f"/Ascent {ascent}/Descent {descent}/CapHeight 733/StemV {80 if face.weight == 'regular' else 140}"
        f"/FontFile2 {program}>>"
    )
    widths = " ".join(f"{round(face.metric(glyph)[0] * scale, 2):g}" for glyph in codes.glyphs)
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor}/DW 1000/W[1[{widths}]]>>"
    )
    characters = file.stream("", _character_map(codes).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]"
        f"/ToUnicode {characters}>>"
    )


@lru_cache(maxsize=16)
def _program(weight: Weight, glyphs: tuple[int, ...]) -> tuple[int, bytes, str]:
    """Length, compressed bytes and tag of a subset. Drafts of one paper in a row mostly use the same characters."""
    data = cut(typeface(weight), glyphs)
    return len(data), compress(data), _tag(data)


def _signed(table: bytes, place: int) -> int:
    return int.from_bytes(table[place : place + 2], "big", signed=True)


def _tag(data: bytes) -> str:
    """Six letters that tell subsets of one face apart, from the content so that bytes repeat."""
    return "".join(chr(65 + byte % 26) for byte in sha256(data).digest()[:6])


def _character_map(codes: Codes) -> str:
    """Code to character, so that copied and searched text is the text that was drawn."""
    pairs = [f"<{code}> <{chr(point).encode('utf-16-be').hex()}>" for point, code in codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return _MAP_HEAD + body + _MAP_TAIL
