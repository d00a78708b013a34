"""Numbers of lists, counted as Word counts them: the labels a reader sees but no text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from docgen.wordfile.counting import written
from docgen.wordfile.names import W, is_on, val

_LEVELS = 9
_WORDS = re.compile(r"[A-Za-z]+|[\u3400-\u9fff]")
_MOST_WORDS = 3
"""Of a number: `第%1条`, `Part %1, Clause %2`."""
BULLET = "•"
"""The label of every bullet: its sign is often a code of a symbol font, which says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is counted and written. restart: 0 = never begins anew; None = after any level above it.
    style: the paragraph style that stands on it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass
class Lists:
    """The lists of one file, and how far each has counted. Lists of one definition count on where the other stopped."""

    _definitions: Mapping[str, Mapping[int, Level]]
    _lists: Mapping[str, tuple[str, Mapping[int, Level], Mapping[int, int]]]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    speaking: bool = False
    """Whether a number that was printed held words of its own, more than `Article` or `第…条`."""

    def next(self, number: str, level: int) -> str | None:
        """The label of the next paragraph of a list, level counted from 0; None where it bears none."""
        if number not in self._lists or not 0 <= level < _LEVELS:
            return None
        definition, own, starts = self._lists[number]
        levels = {**self._definitions.get(definition, {}), **own}
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for at in starts:
                counts[at] = None
        self._count(counts, level, lambda at: starts.get(at, levels.get(at, Level()).start), levels)
        self.speaking = self.speaking or len(_WORDS.findall(levels.get(level, Level()).text)) > _MOST_WORDS
        return _label(levels, level, counts)

    def level_of(self, number: str, style: str) -> int | None:
        """The level a list keeps for a paragraph style, counted from 0."""
        definition, own, _ = self._lists.get(number, ("", {}, {}))
        levels = {**self._definitions.get(definition, {}), **own}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def _count(
        self, counts: list[int | None], level: int, start: Callable[[int], int], levels: Mapping[int, Level]
    ) -> None:
        for above in range(level):
            counts[above] = start(above) if counts[above] is None else counts[above]
        now = counts[level]
        counts[level] = start(level) if now is None else now + 1
        for below in range(level + 1, _LEVELS):
            restart = levels.get(below, Level()).restart
            if restart is None or level < restart:
                counts[below] = None


def _label(levels: Mapping[int, Level], level: int, counts: list[int | None]) -> str:
    own = levels.get(level, Level())
    if own.form in ("bullet", "none"):
        return BULLET if own.form == "bullet" else _without_places(own.text)

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        form = "decimal" if own.legal else levels.get(at, Level()).form
        return written(counts[at] or 0, form)

    return re.sub(r"%([1-9])", put, own.text)


def _without_places(text: str) -> str:
    return re.sub(r"%[1-9]", "", text)


# ---- the part -------------------------------------------------------------------------------------------------------
def read_lists(root: Element | None) -> Lists:
    """The lists of a numbering part; a file without one has none."""
    if root is None:
        return Lists({}, {})
    abstract = {each.get(f"{W}abstractNumId", ""): each for each in root.findall(f"{W}abstractNum")}
    linked = {val(each, "styleLink"): each for each in abstract.values() if val(each, "styleLink")}
    definitions = {
        identity: _levels(linked.get(val(each, "numStyleLink"), each)) for identity, each in abstract.items()
    }
    lists = {each.get(f"{W}numId", ""): _list(each) for each in root.findall(f"{W}num")}
    return Lists(definitions, lists)


def _list(element: Element) -> tuple[str, dict[int, Level], dict[int, int]]:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element.findall(f"{W}lvlOverride"):
        at = _whole(override.get(f"{W}ilvl"), 0)
        level = override.find(f"{W}lvl")
        if level is not None:
            own[at] = _level(level)
        start = val(override, "startOverride")
        if start is not None:
            starts[at] = _whole(start, 1)
    return val(element, "abstractNumId") or "", own, starts


def _levels(element: Element) -> dict[int, Level]:
    return {_whole(each.get(f"{W}ilvl"), 0): _level(each) for each in element.findall(f"{W}lvl")}


def _level(element: Element) -> Level:
    restart = val(element, "lvlRestart")
    return Level(
        start=_whole(val(element, "start"), 0),
        form=val(element, "numFmt") or "decimal",
        text=val(element, "lvlText") or "",
        legal=bool(is_on(element, "isLgl")),
        restart=None if restart is None else _whole(restart, 0),
        style=val(element, "pStyle") or "",
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else otherwise
