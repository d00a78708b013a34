"""From inline nodes to set lines: measuring, breaking, squeezing of full-width marks, and true justification.

A set line knows its runs relative to its own left edge and is never looked at again, whatever page it lands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from docgen.content.blocks import (
    Align,
    Break,
    Emphasis,
    Inline,
    Link,
    Quiet,
    Reference,
    Remarked,
    Strong,
    Text,
)
from docgen.render.fonts.linebreak import CLOSING, OPENING, break_lines, is_wide, squeeze
from docgen.render.fonts.typeface import UNITS, typeface
from docgen.render.pdf.sheet import Ink, Sheet, strong

_WIDE = re.compile("[\u2e80-\uff60\uffe0-\uffef]")
_QUOTES = frozenset("‘’“”")
_MARKS = OPENING | CLOSING | {"—"}
"""Characters whose white may be cut."""
_LATIN_BLANK = 60.0
"""White left on each side of a quotation mark in Latin text, where the font only has the full-width one."""
_ASCENT = 0.88
_LOOSEST = 0.4
"""Word spaces grow by no more than this part of the type size, so that no rivers run down a paragraph."""
_TRACKED = 0.03
"""What is then left over goes between the letters. Beyond this part of the type size it would be seen, and the line
stays ragged."""


class Piece(NamedTuple):
    """Words in one ink. A line feed is a forced break."""

    text: str
    ink: Ink
    link: str = ""


class Run(NamedTuple):
    """Words drawn in one go. gaps: room added after a character, by its place in the text."""

    x: float
    text: str
    ink: Ink
    width: float
    link: str = ""
    gaps: tuple[tuple[int, float], ...] = ()


class Line(NamedTuple):
    """ascent: from the top of the line to its baseline."""

    height: float
    ascent: float
    width: float
    runs: tuple[Run, ...]


# ---- inline nodes to pieces -----------------------------------------------------------------------------------------
def pieces(content: Iterable[Inline], ink: Ink, sheet: Sheet, link: str = "") -> Iterator[Piece]:
    for node in content:
        match node:
            case Text(text):
                yield from _words(text, ink, link)
            case Break():
                yield Piece("\n", ink)
            case Strong(inner):
                yield from pieces(inner, strong(ink), sheet, link)
            case Emphasis(inner):
                yield from pieces(inner, ink._replace(slant=True), sheet, link)
            case Quiet(inner):
                quiet = Ink("regular", min(ink.size, sheet.sizes.small), sheet.colours.muted, ink.slant)
                yield from pieces(inner, quiet, sheet, link)
            case Link(url, inner):
                if _allowed(url):
                    yield from pieces(inner, ink._replace(colour=sheet.colours.accent), sheet, url)
                else:
                    yield from pieces(inner, ink, sheet, link)
            case Reference():
                yield from _words(f"{node.before}{node.shown}{node.after}", ink, link or f"#{node.anchor}")
            case Remarked(inner):
                yield from pieces(inner, ink, sheet, link)


def _allowed(url: str) -> bool:
    """Whether a click may lead there. Anything else is printed, but is no link."""
    return url.startswith(("#", "http://", "https://", "mailto:")) and url.isprintable()


def _words(text: str, ink: Ink, link: str) -> Iterator[Piece]:
    if not text.isprintable():
        text = re.sub(r"[\n\r\t]+", " ", text)
    if not ink.slant:
        yield Piece(text, ink, link)
        return
    for wide, chars in groupby(text, is_wide):  # Chinese has no italic
        yield Piece("".join(chars), ink._replace(slant=not wide), link)


# ---- pieces to lines ------------------------------------------------------------------------------------------------
def set_lines(parts: Iterable[Piece], width: float, align: Align = "start", *, justify: bool = False) -> list[Line]:
    """Break the pieces into lines of `width`, each stretch between forced breaks for itself."""
    lines: list[Line] = []
    stretch: list[Piece] = []
    for part in parts:
        if part.text == "\n":
            lines += _stretch(stretch or [part._replace(text="")], width, align, justify)
            stretch = []
        elif part.text:
            stretch.append(part)
    if stretch:
        lines += _stretch(stretch, width, align, justify)
    return lines


def _stretch(parts: list[Piece], width: float, align: Align, justify: bool) -> list[Line]:
    """Most cells are a few words in one ink that fit: they are measured and done."""
    if len(parts) == 1 and not _is_uneven(parts[0].text):
        text, ink, link = parts[0]
        if not text:
            return [_line(0.0, width, align, ink, ())]
        natural = typeface(ink.weight).width(text) * ink.size / UNITS
        if natural <= width:
            x = 0.0 if align == "start" else (width - natural) / (2 if align == "center" else 1)
            return [_line(natural, width, "start", ink, (Run(x, text, ink, natural, link),))]
    return _Setting(parts).lines(width, align, justify)


def _is_uneven(text: str) -> bool:
    """Whether white is cut somewhere even if the text fits on its line."""
    if _MARKS.isdisjoint(text):
        return False
    if text[0] in OPENING or not _QUOTES.isdisjoint(text) or "——" in text:
        return True
    return any(left in _MARKS and squeeze(left, right) for left, right in pairwise(text))


def _line(natural: float, width: float, align: Align, ink: Ink, runs: tuple[Run, ...], height: float = 0.0) -> Line:
    if align != "start":
        shift = (width - natural) / (2 if align == "center" else 1)
        runs = tuple([Run(run.x + shift, run.text, run.ink, run.width, run.link, run.gaps) for run in runs])
    height = height or ink.leading
    return Line(height, (height - ink.size) / 2 + _ASCENT * ink.size, natural, runs)


class _Setting:
    """The pieces as one text, with the room of every character."""

    def __init__(self, parts: list[Piece]) -> None:
        self.parts = parts
        self.text = "".join(part.text for part in parts)
        self.wide = bool(_WIDE.search(self.text))
        self.owner = [place for place, part in enumerate(parts) for _ in part.text]
        self.before = [0.0] * len(self.text)
        self.after = [0.0] * len(self.text)
        self.halves = [0.0] * len(self.text)
        self.widths: list[float] = []
        for part in parts:
            widths, scale = typeface(part.ink.weight).widths, part.ink.size / UNITS
            self.widths.extend([widths[char] * scale for char in part.text])
        for place, char in enumerate(self.text):
            if char in _MARKS:
                self._trim(place)
        self.advances = [
            width - before - after for width, before, after in zip(self.widths, self.before, self.after, strict=True)
        ]

    def _ink(self, place: int) -> Ink:
        return self.parts[self.owner[place]].ink

    def _trim(self, place: int) -> None:
        """Take white off a full-width mark, as its neighbours allow."""
        text, char, ink = self.text, self.text[place], self._ink(place)
        following = text[place + 1 : place + 2]
        if char in _QUOTES and (not self.wide or self._apostrophe(place)):
            left, right = typeface(ink.weight).blanks(char)
            self.before[place] = max(0.0, left - _LATIN_BLANK) * ink.size / UNITS
            self.after[place] = max(0.0, right - _LATIN_BLANK) * ink.size / UNITS
        elif char == "—":
            if following == "—":  # two dashes are drawn as one
                self.after[place] = (sum(typeface(ink.weight).blanks(char)) + 4) * ink.size / UNITS
        else:
            cut = squeeze(char, following) * ink.size if following else 0.0
            if char in CLOSING:
                self.after[place] = cut
                self.halves[place] = 0.5 * ink.size - cut
            elif cut:
                self.before[place + 1] = cut

    def _apostrophe(self, place: int) -> bool:
        around = self.text[max(place - 1, 0) : place] + self.text[place + 1 : place + 2]
        return self.text[place] == "’" and len(around) == 2 and around.isascii() and around.isalnum()

    def lines(self, width: float, align: Align, justify: bool) -> list[Line]:
        ranges = break_lines(self.text, self.advances, self.halves, width)
        return [self._line(start, end, width, align, justify and not forced) for start, end, forced in ranges]

    def _line(self, start: int, end: int, width: float, align: Align, justify: bool) -> Line:
        if start >= end:  # nothing but spaces
            return _line(0.0, width, align, self._ink(min(start, len(self.text) - 1)), ())
        natural = sum(self.advances[start:end])
        x = -self.before[start]
        if self.text[start] in OPENING and self.wide and not self.before[start]:
            lead = min(
                0.5 * self._ink(start).size,
                typeface(self._ink(start).weight).blanks(self.text[start])[0] * self._ink(start).size / UNITS
                - 0.04 * self._ink(start).size,
            )
            x, natural = x - lead, natural - lead
        spread = self._spread(start, end, width - natural) if justify else {}
        runs = tuple(self._runs(start, end, x, spread))
        inks = [run.ink for run in runs]
        largest = max(inks, key=lambda ink: ink.size)
        return _line(natural, width, align, largest, runs, max(ink.leading for ink in inks))

    def _spread(self, start: int, end: int, spare: float) -> dict[int, float]:
        """Room to add after characters so that the line fills its width: between Chinese characters and at spaces."""
        if spare < 0:
            spare += self.halves[end - 1]
        text = self.text
        shares = {}
        for place in range(start, end - 1):
            if text[place] == " ":
                shares[place] = 3
            elif text[place + 1] != " " and (is_wide(text[place]) or is_wide(text[place + 1])):
                shares[place] = 1
        total, size = sum(shares.values()), self._ink(start).size
        if not total:
            return {}
        most = _LOOSEST * size / max(shares.values())
        if spare <= most * total:
            return {place: spare * share / total for place, share in shares.items()}
        letters = [
            place for place in range(start, end - 1) if " " not in text[place : place + 2] and place not in shares
        ]
        if spare - most * total > _TRACKED * size * len(letters):
            return {}
        spread = {place: most * share for place, share in shares.items()}
        return spread | dict.fromkeys(letters, (spare - most * total) / len(letters))

    def _runs(self, start: int, end: int, x: float, spread: dict[int, float]) -> Iterator[Run]:
        while start < end:
            owner = self.owner[start]
            stop = start + 1
            while stop < end and self.owner[stop] == owner:
                stop += 1
            gaps, width = [], 0.0
            for place in range(start, stop):
                gap = spread.get(place, 0.0) - self.after[place]
                if place + 1 < end:
                    gap -= self.before[place + 1]
                width += self.widths[place] + gap
                if gap and place + 1 < stop:
                    gaps.append((place - start, gap))
            _, ink, link = self.parts[owner]
            yield Run(x, self.text[start:stop], ink, width, link, tuple(gaps))
            x += width
            start = stop
