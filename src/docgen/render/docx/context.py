"""What every part of one paper's body shares: the house's styles, the links, the bookmarks, the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from docgen.content.articles import has_clauses
from docgen.content.blocks import (
    Block,
    Captioned,
    Clause,
    Columns,
    Comment,
    Commented,
    Cover,
    Document,
    Heading,
    ListBlock,
    Together,
)
from docgen.content.walk import leaves
from docgen.render.docx.house import House
from docgen.render.docx.numbering import Numbering

if TYPE_CHECKING:
    from docgen.render.docx.package import Part
    from docgen.render.theme import Theme

_LONGEST_BOOKMARK = 40


class Place(NamedTuple):
    """Where a block stands: the width it has, whether all of it stays with what follows, whether it stays in one
    piece, how deep in lists."""

    width: int
    keep: bool = False
    whole: bool = False
    depth: int = 0


class ChartPart(NamedTuple):
    """What a chart adds to the file beside the body."""

    xml: str
    workbook: bytes


class Clauses(Protocol):
    """What a contract keeps: its lists, and the clauses that stand right below their translation or
    stay with what follows (see `clauses`)."""

    seconds: frozenset[str]
    kept: frozenset[str]

    def list_of(self, language: str, series: str) -> int: ...

    def edge(self, name: str, level: int) -> int: ...


class Long(Protocol):
    """What a long paper keeps: the list that numbers its headings, and styles of its own (see `apparatus`)."""

    heading_list: int

    @property
    def clauses(self) -> Clauses: ...

    def style(self, name: str) -> str: ...

    def styles(self, *, leaded: bool = True) -> dict[str, Part]: ...


class Context:
    """The state of one paper while it is written."""

    __slots__ = (
        "_bookmarks",
        "_numbers",
        "_taken",
        "anchors",
        "charts",
        "chinese",
        "comments",
        "contract",
        "document",
        "house",
        "links",
        "long",
        "marks",
        "numbering",
        "theme",
    )

    def __init__(self, document: Document, house: House, theme: Theme) -> None:
        self.document = document
        self.house = house
        self.theme = theme
        self.chinese = document.languages[:1] == ("zh-CN",)
        self.numbering = Numbering(house.lists)
        self.links: dict[str, str] = {}
        self.charts: list[ChartPart] = []
        self.marks: dict[object, str] = {}
        self._numbers = 0
        self.contract = has_clauses(document.blocks)
        self._bookmarks = {name: name for name in _places(document.blocks)} if self.contract else {}
        self._taken = {name.casefold() for name in self._bookmarks}
        self.anchors = frozenset(_anchors(document.blocks))
        self.comments: list[Comment] = []
        """Review comments written so far; a comment's number is its place."""
        self.long: Long | None = None
        """What a paper with cover, contents, captions or numbers adds; None for all others."""

    @property
    def covered(self) -> bool:
        """Whether the first page is a cover."""
        return bool(self.document.blocks) and isinstance(self.document.blocks[0], Cover)

    def link(self, url: str) -> str:
        """The relationship id of an outside link; one for each address."""
        return self.links.setdefault(url, f"rIdLink{len(self.links) + 1}")

    def bookmark(self, anchor: str) -> str:
        """An anchor as Word names bookmarks: letters, digits and underscores, forty at most, each its own."""
        if anchor not in self._bookmarks:
            plain = re.sub(r"[^A-Za-z0-9_]", "_", anchor)
            name = (plain if plain[:1].isalpha() else f"a_{plain}")[:_LONGEST_BOOKMARK]
            count = 1
            unique = name
            while unique.casefold() in self._taken:
                count += 1
                unique = f"{name[: _LONGEST_BOOKMARK - 4]}_{count}"
            self._bookmarks[anchor] = unique
            self._taken.add(unique.casefold())
        return self._bookmarks[anchor]

    def heading_number(self, heading: Heading) -> str:
        """The number of a heading whose style the house lacks, and the break before a chapter."""
        breaks = "<w:pageBreakBefore/>" if self.document.chapters and heading.level == 1 else ""
        if not heading.number or self.long is None:
            return breaks
        level, list_ = heading.level - 1, self.long.heading_list
        return f'{breaks}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'

    def reserve(self, bookmarks: Iterable[str], numbers: int) -> None:
        """Names and numbers somebody else has in the same file; places of clauses keep theirs all the same."""
        self._numbers = max(self._numbers, numbers)
        for name in bookmarks:
            self._bookmarks.setdefault(f"\0{name}", name)

    def number(self) -> int:
        """The next free number for a bookmark."""
        self._numbers += 1
        return self._numbers


_BOOKMARK = re.compile(rf"[A-Za-z][A-Za-z0-9_]{{0,{_LONGEST_BOOKMARK - 1}}}")


def _places(blocks: Iterable[Block]) -> Iterable[str]:
    """Anchors of clauses: they are made to be bookmarks and keep their names, whatever else is on the paper."""
    return (each.anchor for each in leaves(blocks) if isinstance(each, Clause) and _BOOKMARK.fullmatch(each.anchor))


def _anchors(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Heading | Clause):
            yield block.anchor
        elif isinstance(block, Captioned):
            yield block.anchor
            yield from _anchors((block.block,))
        elif isinstance(block, Commented):
            yield from _anchors((block.block,))
        elif isinstance(block, Together):
            yield from _anchors(block.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _anchors(column)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _anchors(item)
