"""Figures in texts: amounts, rates, days, dates, in digits or in words of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.rewording.words import FIGURE, Edit

_COUNTED = re.compile(f"{FIGURE.pattern}|[一二两三四五六七八九十](?=[日天年月周倍元份次个])")
_GAP = "\0"


def figures(text: str) -> list[str]:
    """Every figure of a text in reading order, with its sign: `¥1,200.00`, `30`, `三十`, `2026年11月20日`."""
    return [match[0].strip() for match in _COUNTED.finditer(text)]


def changed_figures(row: Sequence[Edit]) -> tuple[tuple[str, str], ...]:
    """Figures that became others, old and new in turn. A figure that only came or went has "" on its other side."""
    found: list[tuple[str, str]] = []
    for each in row:
        if each.is_change:
            before, after = figures(each.old), figures(each.new)
            room = max(len(before), len(after))
            pairs = zip(_filled(before, room), _filled(after, room), strict=True)
            found += [(old, new) for old, new in pairs if old != new]
    return tuple(found)


def _filled(row: list[str], room: int) -> list[str]:
    return row + [""] * (room - len(row))


def only_figures_changed(old: str, new: str) -> bool:
    """Whether the two texts are the same but for figures."""
    return old != new and _COUNTED.sub(_GAP, old) == _COUNTED.sub(_GAP, new)
