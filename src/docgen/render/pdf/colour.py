"""The sRGB colour profile PDF/A asks for, written out from its defining numbers: 0.5 KB instead of a shipped file."""

from __future__ import annotations

from functools import cache
from struct import pack

# Primaries and white of sRGB adapted to D50, and the adaptation itself, as IEC 61966-2-1 and ICC.1 give them.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.7141)
_ADAPTATION = (1.04791, 0.02293, -0.0502, 0.0296, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(values: tuple[float, ...]) -> bytes:
    """Numbers with 16 bits behind the point."""
    return b"".join(pack(">l", round(value * 65536)) for value in values)


def _words(value: str) -> bytes:
    coded = value.encode("utf-16-be")
    return b"mluc" + pack(">LLL2s2sLL", 0, 1, 12, b"en", b"US", len(coded), 28) + coded


@cache
def srgb_profile() -> bytes:
    """An ICC 4.2 display profile."""
    curve = b"para" + pack(">LHH", 0, 3, 0) + _fixed(_CURVE)
    tags = {
        b"desc": _words("sRGB"), b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(_WHITE), b"chad": b"sf32\0\0\0\0" + _fixed(_ADAPTATION),
        b"rXYZ": b"XYZ \0\0\0\0" + _fixed(_RED), b"gXYZ": b"XYZ \0\0\0\0" + _fixed(_GREEN),
        b"bXYZ": b"XYZ \0\0\0\0" + _fixed(_BLUE), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body, index = b"", pack(">L", len(tags))
    for tag, data in tags.items():
        if data not in places:  # the three curves are one
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        index += pack(">4sLL", tag, places[data], len(data))
    size = start + len(body)
    created = pack(">6H", 2026, 1, 1, 0, 0, 0)
    header = pack(">L4sL4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ") + created + b"acsp"
    header += bytes(28) + _fixed(_WHITE)
    return header.ljust(128, b"\0") + index + body
