"""Cutting a face down to the glyphs one document uses, numbered from 1 in the order they first appear.

Renumbering keeps the file small: the glyph index and the width list hold only what is there. The faces are plain glyf
TrueType without hinting, so a subset is six tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import pack, pack_into, unpack_from

from docgen.render.fonts.typeface import Typeface

# Flags of one component of a composite glyph.
_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80


def cut(face: Typeface, glyphs: Iterable[int]) -> bytes:
    """A TrueType file holding .notdef and `glyphs`; components of composite glyphs are added at the end."""
    order = [0, *glyphs]
    places = {glyph: place for place, glyph in enumerate(order)}
    outlines = []
    for glyph in order:  # grows while we walk: a component may be composite itself
        outlines.append(_renumbered(face.outline(glyph), order, places))
    offsets, position = [0], 0
    for outline in outlines:
        position += len(outline) + -len(outline) % 4
        offsets.append(position)
    head, hhea, maxp = bytearray(face.table(b"head")), bytearray(face.table(b"hhea")), bytearray(face.table(b"maxp"))
    pack_into(">L", head, 8, 0)
    pack_into(">h", head, 50, 1)
    pack_into(">H", hhea, 34, len(order))
    pack_into(">H", maxp, 4, len(order))
    return _sfnt(
        {
            b"glyf": b"".join(outline.ljust(len(outline) + -len(outline) % 4, b"\0") for outline in outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(pack(">Hh", *face.metric(glyph)) for glyph in order),
            b"loca": pack(f">{len(offsets)}L", *offsets),
            b"maxp": bytes(maxp),
        }
    )


def _renumbered(outline: bytes, order: list[int], places: dict[int, int]) -> bytes:
    """The outline, its components (if any) pointing at their new numbers."""
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return outline
    changed = bytearray(outline)
    position, flags = 10, _MORE
    while flags & _MORE:
        flags, component = unpack_from(">HH", outline, position)
        if component not in places:
            places[component] = len(order)
            order.append(component)
        pack_into(">H", changed, position + 2, places[component])
        position += 8 if flags & _WORDS else 6
        position += 2 * bool(flags & _SCALE) + 4 * bool(flags & _XY_SCALE) + 8 * bool(flags & _TWO_BY_TWO)
    return bytes(changed)


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = unpack_from(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """The file around the tables, with right checksums: strict viewers look at them."""
    count = len(tables)
    power = count.bit_length() - 1
    out = [pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))]
    position = 12 + 16 * count
    for tag, data in tables.items():
        out.append(pack(">4sLLL", tag, _checksum(data), position, len(data)))
        position += len(data) + -len(data) % 4
    out.extend(data + bytes(-len(data) % 4) for data in tables.values())
    file = bytearray(b"".join(out))
    head = file.index(b"head") + 8
    adjustment = unpack_from(">L", file, head)[0] + 8
    pack_into(">L", file, adjustment, (0xB1B0AFBA - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)
