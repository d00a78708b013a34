"""Words in pictures: how wide they are, and where they wrap."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.render.fonts import covers
from docgen.render.fonts.linebreak import break_lines, is_wide
from docgen.render.fonts.typeface import UNITS, typeface

LEADING = 1.32
"""Distance of lines in labels, in parts of the type size."""
_UNKNOWN = 0.6
_ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    return sum(_advances(text, size, bold=bold))


def _advances(text: str, size: float, *, bold: bool) -> list[float]:
    """Room of each character; one our fonts lack (another program may have it) is guessed."""
    widths = typeface("bold" if bold else "regular").widths
    return [
        widths[char] * size / UNITS if covers(char) else size * (1.0 if is_wide(char) else _UNKNOWN) for char in text
    ]


def wrap(text: str, size: float, room: float, most: int = 2, *, bold: bool = False) -> tuple[str, ...]:
    """Lines of at most `room`; words that do not fit into `most` lines end in an ellipsis."""
    text = " ".join(text.split())
    ranges = list(break_lines(text, _advances(text, size, bold=bold), [0.0] * len(text), room))
    lines = [text[start:end] for start, end, _ in ranges]
    if len(lines) <= most:
        return tuple(lines)
    rest = text[ranges[most - 1][0] :]
    return (*lines[: most - 1], clip(rest, size, room, bold=bold))


def clip(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The words on one line, cut with an ellipsis where they are too long."""
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width(_ELLIPSIS, size, bold=bold)
    kept = 0
    for advance in _advances(text, size, bold=bold):
        left -= advance
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + _ELLIPSIS


def widest(texts: Sequence[str], size: float, *, bold: bool = False) -> float:
    return max((width(text, size, bold=bold) for text in texts), default=0.0)
