"""A paper as the passages that are compared: paragraphs with words in them, and tables, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from docgen.comparing.returned.findings import Spot
from docgen.rewording import Item
from docgen.wordfile import Change, Paragraph, Table
from docgen.wordfile.model import paragraphs

ANCHOR = re.compile(r"dg_(?P<key>[a-z0-9_]+?)(?:_\d+)?(?:_(?:en|zh))?", re.IGNORECASE)
"""The bookmark of a clause's paragraph: `dg_<clause key>_<n>`, `_en` behind that of a translation."""
_CONTENTS = "toc "
"""How the styles of the table of contents begin: its lines repeat the headings and are no passages of their own."""
_LANGUAGE = re.compile(r"_(en|zh)$")
_FIRST, _SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Passage:
    """text: as compared, white space evened out    block: what it was read from    typed: a number before the text that
    Word does not count"""

    spot: Spot
    text: str
    names: frozenset[str]
    block: Paragraph
    typed: str = ""

    @property
    def item(self) -> Item:
        return Item(self.text, self.names)

    def masked(self, holds: Callable[[str, str], bool]) -> str:
        """The text with every cross-reference as the place it names: numbers move when a clause comes in above.
        holds: whether a reference to a bookmark may show these words; one that may not stays as it is."""
        shown = (
            f"\0{name}\0{_beside_number(words)}" if name and holds(name, words) else words
            for name, words in by_reference(self.block)
        )
        return even("".join(shown))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, below the clause that stands above it. at: how many passages stand before it."""

    spot: Spot
    table: Table
    at: int

    @property
    def item(self) -> Item:
        return Item(even(self.table.text), frozenset({f"table below {self.spot.anchor}"} if self.spot.anchor else ()))


@dataclass(frozen=True, slots=True)
class Unseen:
    """Words no reader sees, below the clause that stands above them. at: how many passages stand before them."""

    spot: Spot
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Paper:
    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...]
    unseen: tuple[Unseen, ...] = ()


_NUMBER = r"(?:第\s*\d+\s*[条款项章节]|(?:Clause|Section|Article|Annex|附件)\s*\d+(?:\.\d+)*|\d+(?:\.\d+)*\.?)"
_LABEL = re.compile(rf"(?:{_NUMBER}|\([a-z]{{1,4}}\)|[^\w])+", re.IGNORECASE)


def _beside_number(shown: str) -> str:
    """Words a cross-reference shows besides a number: somebody may have typed into it."""
    return _LABEL.sub("", shown)


def echo(words: str) -> str:
    """A heading, or a line of the contents, as the same: without number, page and white space."""
    return re.sub(r"\s+", "", re.sub(rf"^\s*{_NUMBER}|\d+\s*$", "", words))


def headings(blocks: Sequence[Paragraph | Table], text: Callable[[Paragraph], str], *, lines: bool) -> Iterator[str]:
    """What a line of the contents may repeat: every paragraph as an echo; with `lines`, lines of the contents too."""
    for block in blocks:
        if isinstance(block, Paragraph) and (lines or not _is_contents(block)):
            yield echo(text(block))


def _is_contents(block: Paragraph) -> bool:
    return block.style.lower().startswith(_CONTENTS)


def paper_of(
    blocks: Sequence[Paragraph | Table],
    text: Callable[[Paragraph], str],
    repeated: Collection[str] = (),
    *,
    typed: bool = False,
) -> Paper:
    """The passages of a file; `text`: which of a paragraph's texts is meant, before or after its tracked changes.
    repeated: echoes a line of the contents may be of; any other line is a passage that only looks like one.
    typed: whether numbers may stand in the text."""
    passages: list[Passage] = []
    grids: list[Grid] = []
    unseen: list[Unseen] = []
    places = _Places()
    for block in blocks:
        hidden = even("\n".join(each.unseen for each in paragraphs((block,))))
        if isinstance(block, Table):
            unseen += [Unseen(places.here, hidden, len(passages))] if hidden else []
            grids.append(Grid(places.here, block, len(passages)))
            continue
        spot = places.next(block)
        unseen += [Unseen(spot, hidden, len(passages))] if hidden else []
        words = even(text(block))
        if words and not (_is_contents(block) and echo(words) in repeated):
            number, rest = split_number(words) if typed and not block.label else ("", words)
            passages.append(Passage(spot, rest, frozenset(_names(block)), block, number))
    return Paper(tuple(passages), tuple(grids), tuple(unseen))


_TYPED = re.compile(
    r"(第\s*[\d一二三四五六七八九十百零〇]+\s*条|(?:Clause|Section|Article)\s+\d+\.?|\d+(?:\.\d+)+\.?|\d+[.、．](?!\d)|[(（][a-z]{1,4}[)）])\s*(?=\S)"
)


def split_number(text: str) -> tuple[str, str]:
    """A number typed before a paragraph, and the paragraph."""
    found = _TYPED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def even(text: str) -> str:
    """White space of any kind as one space: programs write it in their own ways."""
    return " ".join(text.replace("\u2011", "-").split())


def by_reference(block: Paragraph) -> Iterator[tuple[str, str]]:
    """The words of a paragraph, all changes accepted, by the bookmark they refer to; "" where they refer to none."""
    shown = (piece for piece in block.pieces if piece.deleted is None)
    for name, pieces in groupby(shown, lambda piece: piece.refers):
        yield name, "".join(piece.text for piece in pieces)


def notes_come(ours: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Footnotes and text boxes that came in, with who changed the paragraph: words of weight that stand in none."""
    for kind in ("notes", "boxed"):
        mine = Counter(even(text) for each in ours for text in getattr(each, kind))
        for each in theirs:
            for text in map(even, getattr(each, kind)):
                if text and mine[text] == 0:
                    yield text, each.changes
                mine[text] -= 1


def _names(block: Paragraph) -> Iterator[str]:
    return (name for name in block.bookmarks if ANCHOR.fullmatch(name))


def key_of(anchor: str) -> str:
    """The clause a bookmark belongs to; "" where it is none of ours."""
    match = ANCHOR.fullmatch(anchor)
    return match["key"] if match else ""


class _Places:
    """Follows a paper down and knows in which clause it stands."""

    def __init__(self) -> None:
        self.here = Spot()
        self._labels: list[str] = []
        self._titles: dict[tuple[str, str], str] = {}

    def next(self, block: Paragraph) -> Spot:
        anchor = next(_names(block), "")
        number = self._number(block) if block.label else ""
        if not anchor and block.outline is not None:
            self.here = Spot(number, even(block.text))
            return self.here
        if not anchor:
            return replace(self.here, number=number if number[:1].isalnum() else self.here.number, anchor="")
        key, tongue = key_of(anchor), _LANGUAGE.findall(anchor)[:1]
        place = (key, *tongue) if tongue else (key, "")
        if _FIRST in (block.level, block.outline):
            self._titles[place] = even(block.text)
        self.here = Spot(number, self._titles.get(place, ""), key, anchor)
        return self.here

    def _number(self, block: Paragraph) -> str:
        """`3.2(a)` for an item: its own label says little without the paragraph it belongs to."""
        level = block.level or _FIRST
        above = [*self._labels, "", "", ""][: level - 1]
        self._labels = [*above, block.label.removesuffix(".")]
        return "".join(self._labels[_SECOND - 1 :]) if level > _SECOND else self._labels[-1]
