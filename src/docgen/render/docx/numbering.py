"""List numbering: the house's own definitions, and one more for every ordered list of a paper so each starts anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docgen.render.docx.xml import DECLARATION

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STEP = 284
"""Half a centimetre in twentieths of a point: how far each level of a list steps in."""
LEVELS = 3
_HEADINGS = 900
"""The number of the headings' definition: far behind those a house may bring."""
_BULLETS = ("•", "–", "·")
_NUMBERS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))
_NUM = re.compile(r'<w:num\b[^>]*w:numId="(\d+)"[^>]*>\s*<w:abstractNumId\s+w:val="(\d+)"')
_ABSTRACT = re.compile(r'<w:abstractNum\b[^>]*w:abstractNumId="(\d+)"')


class Lists(NamedTuple):
    """bullet: the list to use for bullets; ordered: the definition new ordered lists are made from; added: the
    definitions a house without lists of its own needs; next_list, next_definition: the first free numbers."""

    bullet: int
    ordered: int
    added: str
    next_list: int
    next_definition: int


def read_lists(numbering: str, bullet_style: str, number_style: str) -> Lists:
    lists = {number: int(definition) for number, definition in _NUM.findall(numbering)}
    next_list = max(map(int, lists), default=0) + 1
    next_definition = max(map(int, _ABSTRACT.findall(numbering)), default=0) + 1
    added = ""
    bullet = int(bullet_style) if bullet_style in lists else 0
    ordered = lists.get(number_style, -1)
    if ordered < 0:
        ordered = next_definition
        added += ordered_definition(ordered)
        next_definition += 1
    if not bullet:
        bullet = next_list
        added += bullet_definition(next_definition) + list_of(bullet, next_definition)
        next_list += 1
        next_definition += 1
    return Lists(bullet, ordered, added, next_list, next_definition)


def bullet_definition(identity: int, style: str = "") -> str:
    return _definition(identity, [("bullet", sign) for sign in _BULLETS], style)


def ordered_definition(identity: int, style: str = "") -> str:
    return _definition(identity, list(_NUMBERS), style)


def _definition(identity: int, levels: list[tuple[str, str]], style: str) -> str:
    body = "".join(_level(level, form, sign, style if level == 0 else "") for level, (form, sign) in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{0x5D0C0000 + identity:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
    )


def _level(level: int, form: str, sign: str, style: str) -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" '
        f'w:pos="{STEP * (level + 1)}"/></w:tabs><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr>'
        "</w:lvl>"
    )


def heading_definition(identity: int, styles: Sequence[str], indents: Sequence[int]) -> str:
    levels = [("decimal", ".".join(f"%{each + 1}" for each in range(level + 1))) for level in range(len(styles))]
    return multilevel_definition(identity, levels, styles, [(indent, indent) for indent in indents])


def multilevel_definition(
    identity: int, levels: Sequence[tuple[str, str]], styles: Sequence[str], indents: Sequence[tuple[int, int]]
) -> str:
    body = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{styles[level]}"/>' if styles and styles[level] else "")
        + f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for level, ((form, text), (left, hanging)) in enumerate(zip(levels, indents, strict=True))
    )
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{0x5D0C0000 + identity:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
    )


def list_of(number: int, definition: int, level: int = 0, start: int | None = None) -> str:
    restart = (
        "" if start is None else (f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>')
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{restart}</w:num>'


class Numbering:
    """The lists of one paper."""

    __slots__ = ("_added", "_defined", "_definitions", "_first", "_lists")

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._added: list[str] = []
        self._defined = ""
        self._definitions = 0
        self._first = max(_HEADINGS, lists.next_definition)

    @property
    def bullet(self) -> int:
        return self._lists.bullet

    def ordered(self, level: int, start: int) -> int:
        """A new list that counts from `start`."""
        number = self._lists.next_list + len(self._added)
        self._added.append(list_of(number, self._lists.ordered, level, start))
        return number

    def headings(self, styles: Sequence[str], indents: Sequence[int]) -> int:
        """The list that numbers headings: 1, 1.1, 1.1.1, each level bound to its style; indents as wide as numbers."""
        self._defined += heading_definition(self._first, styles, indents)
        number = self._lists.next_list + len(self._added)
        self._added.append(list_of(number, self._first))
        return number

    def multilevel(
        self, levels: Sequence[tuple[str, str]], styles: Sequence[str], indents: Sequence[tuple[int, int]]
    ) -> int:
        """The number of a new definition. levels: how the counter is written and what stands around it; styles: those
        bound to the levels, if any; indents: of the words, and how far the number hangs before them."""
        identity = self._first + 1 + self._definitions
        self._definitions += 1
        self._defined += multilevel_definition(identity, levels, styles, indents)
        return identity

    def anew(self, definition: int, levels: int) -> int:
        """A new list that counts from 1 on every level, whatever others of the same definition have counted."""
        number = self._lists.next_list + len(self._added)
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(levels)
        )
        self._added.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{starts}</w:num>')
        return number

    def xml(self, numbering: str) -> str:
        """The part: definitions must all stand before the lists, and lists before Word's own closing mark."""
        text = numbering or f'{DECLARATION}<w:numbering xmlns:w="{WORD}"></w:numbering>'
        definitions, _, more_lists = self._lists.added.partition("<w:num ")
        definitions += self._defined
        if definitions:
            text = _before(text, ("<w:num ", "<w:numIdMacAtCleanup", "</w:numbering>"), definitions)
        new = (f"<w:num {more_lists}" if more_lists else "") + "".join(self._added)
        return _before(text, ("<w:numIdMacAtCleanup", "</w:numbering>"), new)


def _before(text: str, marks: tuple[str, ...], new: str) -> str:
    for mark in marks:
        at = text.find(mark)
        if at >= 0:
            return text[:at] + new + text[at:]
    return text
