"""What every part of one paper's body shares: the house's styles, the links, the bookmarks, the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from docgen.content.blocks import Block, Columns, Document, Heading, ListBlock, Together
from docgen.render.docx.house import House
from docgen.render.docx.numbering import Numbering

if TYPE_CHECKING:
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


class Context:
    """The state of one paper while it is written."""

    __slots__ = (
        "_bookmarks",
        "_numbers",
        "anchors",
        "charts",
        "chinese",
        "house",
        "links",
        "marks",
        "numbering",
        "theme",
    )

    def __init__(self, document: Document, house: House, theme: Theme) -> None:
        self.house = house
        self.theme = theme
        self.chinese = document.languages[:1] == ("zh-CN",)
        self.numbering = Numbering(house.lists)
        self.links: dict[str, str] = {}
        self.charts: list[ChartPart] = []
        self.marks: dict[object, str] = {}
        self._bookmarks: dict[str, str] = {}
        self._numbers = 0
        self.anchors = frozenset(_anchors(document.blocks))

    def link(self, url: str) -> str:
        """The relationship id of an outside link; one for each address."""
        return self.links.setdefault(url, f"rIdLink{len(self.links) + 1}")

    def bookmark(self, anchor: str) -> str:
        """An anchor as Word names bookmarks: letters, digits and underscores, forty at most, each its own."""
        if anchor not in self._bookmarks:
            plain = re.sub(r"[^A-Za-z0-9_]", "_", anchor)
            name = (plain if plain[:1].isalpha() else f"a_{plain}")[:_LONGEST_BOOKMARK]
            taken = set(self._bookmarks.values())
            count = 1
            unique = name
            while unique in taken:
                count += 1
                unique = f"{name[: _LONGEST_BOOKMARK - 4]}_{count}"
            self._bookmarks[anchor] = unique
        return self._bookmarks[anchor]

    def number(self) -> int:
        """The next free number for a bookmark."""
        self._numbers += 1
        return self._numbers


def _anchors(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.anchor
        elif isinstance(block, Together):
            yield from _anchors(block.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _anchors(column)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _anchors(item)
