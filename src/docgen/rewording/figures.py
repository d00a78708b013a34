"""Figures in texts: amounts, rates, days, dates, in digits or in words of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.rewording.words import FIGURE, Edit

_UNITS = "日天年月周倍元份次个"
_COUNTED = re.compile(f"\\b\\d{{1,2}}/100\\b|{FIGURE.pattern}|[一二两三四五六七八九十](?=[{_UNITS}])")
_GAP = "\0"


def figures(text: str) -> list[str]:
    """Every figure of a text in reading order, with its sign: `¥1,200.00`, `30`, `三十`, `2026年11月20日`."""
    return [match[0].strip() for match in _COUNTED.finditer(text)]


def changed_figures(row: Sequence[Edit]) -> tuple[tuple[str, str], ...]:
    """Figures that became others, old and new in turn. A figure that only came or went has "" on its other side."""
    found: list[tuple[str, str]] = []
    for at, each in enumerate(row):
        if each.is_change:
            unit = _unit(row[at + 1].old) if at + 1 < len(row) else ""
            before, after = figures(each.old + unit), figures(each.new + unit)
            room = max(len(before), len(after))
            pairs = zip(_filled(before, room), _filled(after, room), strict=True)
            found += [(old, new) for old, new in pairs if old != new]
    return tuple(found)


def _unit(behind: str) -> str:
    """What a figure of one Chinese character counts: without it 三 is a word like others."""
    return behind[:1] if behind[:1] in tuple(_UNITS) else ""


def _filled(row: list[str], room: int) -> list[str]:
    return row + [""] * (room - len(row))


def only_figures_changed(old: str, new: str) -> bool:
    """Whether the two texts are the same but for figures."""
    return old != new and _COUNTED.sub(_GAP, old) == _COUNTED.sub(_GAP, new)
