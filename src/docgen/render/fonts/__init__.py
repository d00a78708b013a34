"""The family the PDF embeds, Noto Sans SC in two weights, and which characters it has.

Whoever takes text in can ask `missing` before anything is drawn: a character without a glyph is a fault to report,
never one to drop. Nothing here imports a PDF library. `tools/make_fonts.py` cuts the files; their licence is OFL.txt.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Literal

Weight = Literal["regular", "bold"]
_FOLDER = Path(__file__).parent


def font_path(weight: Weight) -> Path:
    return _FOLDER / f"NotoSansSC-{weight.capitalize()}.ttf"


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """First and last points of the covered ranges, sorted."""
    pairs = [line.partition("-") for line in (_FOLDER / "coverage.txt").read_text("ascii").split()]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]


def covers(char: str) -> bool:
    """Whether both weights have a glyph for this one character."""
    firsts, lasts = _coverage()
    point = ord(char)
    place = bisect_right(firsts, point) - 1
    return place >= 0 and point <= lasts[place]


def missing(text: str) -> list[str]:
    """The characters of `text` that cannot be printed, each once, in the order they appear. A line feed is no glyph."""
    return [char for char in dict.fromkeys(text) if char != "\n" and not covers(char)]
