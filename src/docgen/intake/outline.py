"""A Word file as articles, each with paragraphs, items and items of items, whatever it calls and numbers them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.intake.labels import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    FIRST,
    HEADING,
    LISTED,
    PLAIN,
    SECOND,
    THIRD,
    Label,
    automatic,
    typed,
)  # fmt: skip
from docgen.wordfile import Paragraph, Piece, Table, WordFile, accepted

DEEPEST = 4
_FIXED = {PLAIN: 2, HEADING: 2, SECOND: 2, THIRD: 3}
"""Sorts of numbers that say themselves how deep they stand: 3.2 is a paragraph, 3.2.1 an item."""
_END = re.compile(
    r"[（(]?\s*(?:以下无正文|本页以下无正文|签署页|签字页|本页为.{0,40}签署页)"
    r"|甲方\s*[（(]\s*(?:盖章|签章|公章)|IN WITNESS WHEREOF|Signed for and on behalf|[(\[]?\s*[Ss]ignature page"
)
"""What a paper says where its clauses end and its signatures begin."""
_LONGEST_TITLE = {True: 30, False: 90}
"""Characters of a title, in Chinese and in other languages."""
_SENTENCE = re.compile(r"[。；;]\s*$|[.]\s+\S")
_STOP = re.compile(r"[。.；;：:]\s*$")
_LONG_ARTICLE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the file: its place, counted from 1, its number, its words without it."""

    at: int
    label: Label
    words: tuple[Piece, ...]
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.words).strip()


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading inside an annex (1), a paragraph (2), an item (3) or an item's item (4). is_row: the row of a table."""

    depth: int
    line: Line
    is_row: bool = False


@dataclass(slots=True)
class Article:
    """at: its place in the file; number: what it is counted as, 0 for nothing"""

    title: str
    at: int
    number: int = 0
    is_annex: bool = False
    units: list[Unit] = field(default_factory=list)
    bookmarks: set[str] = field(default_factory=set)
    untitled: bool = False


@dataclass(slots=True)
class Outline:
    """before, behind: lines outside all articles; chapters: titles of chapters, which the library does not have;
    unnumbered: lines that had no number and get one; deep: items deeper than the library goes; tables: their places"""

    articles: list[Article] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    behind: list[Line] = field(default_factory=list)
    chapters: list[Line] = field(default_factory=list)
    unnumbered: list[Line] = field(default_factory=list)
    deep: list[Line] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)


def outline_of(file: WordFile) -> Outline:
    """The articles of a contract, all tracked changes accepted."""
    lines = list(_without_listed_annexes(list(_lines(accepted(file.blocks)))))
    builder = _Builder(_top(lines))
    for line in lines:
        builder.take(line)
    return builder.outline


# ---- lines ----------------------------------------------------------------------------------------------------------
_ROW = "row"


def _lines(blocks: Sequence[Paragraph | Table]) -> Iterator[Line]:
    last: dict[int, Label] = {}
    at = 0
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                at += 1
                text = " | ".join(" ".join(cell.text.split()) for cell in row.cells)
                yield Line(at, Label(_ROW), (Piece(text),), Paragraph((Piece(text),)))
            continue
        at += 1
        if block.text.strip() and not block.style.lower().startswith(("toc", "header", "footer")):
            yield _line(at, block, last)


def _without_listed_annexes(lines: Sequence[Line]) -> Iterator[Line]:
    """Annexes named one below the other are a list of them; an annex itself has words of its own behind its title."""
    kinds = ["", *(line.label.kind for line in lines), ""]
    for before, line, behind in zip(kinds, lines, kinds[2:], strict=False):
        is_listed = ANNEX in (before, behind) and line.paragraph.outline is None
        if line.label.kind == ANNEX and is_listed:
            yield Line(line.at, Label(PLAIN), line.paragraph.pieces, line.paragraph)
        else:
            yield line


def _line(at: int, block: Paragraph, last: dict[int, Label]) -> Line:
    pieces = tuple(piece for piece in block.pieces if piece.deleted is None)
    if block.label:
        level = block.level or 1
        label = last[level] = automatic(block.label, level, last.get(level))
        return Line(at, label, pieces, block)
    text = block.text
    found = typed(text.lstrip())
    if found is None:
        kind = HEADING if block.outline is not None else PLAIN
        return Line(at, Label(kind), pieces, block)
    return Line(at, found, _without(pieces, len(text) - len(found.rest)), block)


def _without(pieces: Sequence[Piece], count: int) -> tuple[Piece, ...]:
    """The pieces without their first characters."""
    out: list[Piece] = []
    for piece in pieces:
        cut = min(count, len(piece.text))
        count -= cut
        if len(piece.text) > cut:
            out.append(Piece(piece.text[cut:], piece.bold, piece.underlined, refers=piece.refers))
    return tuple(out)


def _top(lines: Sequence[Line]) -> str:
    """Which kind of number begins an article here: of 1. and 一、 the one that comes first, and headings above them
    where what they count are sentences."""
    counts = Counter(line.label.kind for line in lines)
    articles = [line for line in lines if line.label.kind == ARTICLE]
    if (
        counts[CHAPTER] > 1
        and articles
        and sum(len(each.text) > _LONG_ARTICLE for each in articles) * 2 > len(articles)
    ):
        return CHAPTER
    met = [kind for kind in dict.fromkeys(line.label.kind for line in lines) if kind in (FIRST, LISTED)]
    kinds = (ARTICLE, *met, HEADING)
    top = next((kind for kind in kinds if counts[kind] > 1), next((kind for kind in kinds if counts[kind]), "level 1"))
    counted = [line for line in lines if line.label.kind == top]
    are_sentences = 2 * sum(bool(_STOP.search(each.text)) for each in counted) > len(counted)
    return HEADING if top in met and counts[HEADING] > 1 and are_sentences else top


def is_chinese(text: str) -> bool:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text) * 4 > len(text)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE[is_chinese(text)] and not _SENTENCE.search(text)


# ---- articles -------------------------------------------------------------------------------------------------------
class _Builder:
    """Takes the lines one by one. `kinds`: the sorts of numbers the last line stands in, from the article down."""

    def __init__(self, top: str) -> None:
        self.outline = Outline()
        self._top = top
        self._kinds: list[str] = []
        self._is_over = False
        self._wants_title = False
        self._leads = False

    def take(self, line: Line) -> None:
        kind = line.label.kind
        if kind == ANNEX and (_is_title(line.text) or line.paragraph.outline is not None):
            self._begin(line, is_annex=True)
        elif self._is_over or _END.match(line.paragraph.text.strip()):
            self._is_over = True
            self.outline.behind.append(line)
        elif kind == self._top and not self._is_in_annex:
            self._begin(line)
        elif not self.outline.articles and kind != CHAPTER:
            self.outline.before.append(line)
        elif kind == CHAPTER or (kind == HEADING and line.paragraph.outline == 1 and not self._is_in_annex):
            self.outline.chapters.append(line)
        elif self._wants_title and kind in (PLAIN, HEADING) and _is_title(line.text):
            self._name(line)
        else:
            self._add(line)

    @property
    def _is_in_annex(self) -> bool:
        """Annexes come last: what looks like an article inside one is a heading of its own."""
        return bool(self.outline.articles) and self.outline.articles[-1].is_annex

    def _begin(self, line: Line, *, is_annex: bool = False) -> None:
        self._kinds, self._wants_title, self._leads, self._is_over = [self._top], False, False, False
        number = line.label.numbers[0] if line.label.numbers else 0
        title, rest = _title(line)
        article = Article(title, line.at, number, is_annex, bookmarks=set(line.paragraph.bookmarks))
        self.outline.articles.append(article)
        if rest is not None:
            article.units.append(Unit(2, rest))
            self._kinds.append(PLAIN)
            self._leads = rest.text.endswith((":", "："))
        self._wants_title = not title and rest is None
        article.untitled = not title

    def _name(self, line: Line) -> None:
        article = self.outline.articles[-1]
        article.title, article.untitled, self._wants_title = _bare(line.text), False, False
        article.bookmarks |= set(line.paragraph.bookmarks)

    def _add(self, line: Line) -> None:
        self._wants_title = False
        kind = line.label.kind
        if kind == _ROW:
            self.outline.tables += [line.at] if not self._follows_row() else []
            self.outline.articles[-1].units.append(Unit(3 if self.outline.articles[-1].units else 2, line, is_row=True))
            return
        if self._is_in_annex and _is_inner_heading(line):
            self._kinds, self._leads = [self._top], False
            self.outline.articles[-1].units.append(Unit(1, line))
            return
        depth = self._depth(kind)
        if depth > DEEPEST:
            self.outline.deep.append(line)
        if kind in (PLAIN, HEADING):
            self.outline.unnumbered.append(line)
        self._leads = line.text.endswith((":", "："))
        self.outline.articles[-1].units.append(Unit(min(depth, DEEPEST), line))

    def _follows_row(self) -> bool:
        units = self.outline.articles[-1].units
        return bool(units) and units[-1].is_row

    def _depth(self, kind: str) -> int:
        """A sort of number that is known goes back to its depth; a new one goes one deeper. Words without a number are
        a paragraph of the article; what follows them is deeper only where they lead up to it, ending with a colon."""
        fixed = _FIXED.get(kind)
        if fixed is not None:
            above = [*self._kinds, PLAIN, PLAIN][: fixed - 1]
            self._kinds = [*above, PLAIN if kind == HEADING else kind]
        elif kind in self._kinds[1:]:
            self._kinds = self._kinds[: self._kinds.index(kind, 1) + 1]
        elif self._kinds[-1] == PLAIN and not self._leads:
            self._kinds[-1] = kind
        else:
            self._kinds.append(kind)
        return max(len(self._kinds), 2)


def _is_inner_heading(line: Line) -> bool:
    """A heading of an annex: of the outline's top, or short and bold from end to end."""
    is_bold = all(piece.bold for piece in line.words)
    return _is_title(line.text) and line.label.kind != _ROW and (line.paragraph.outline is not None or is_bold)


def _title(line: Line) -> tuple[str, Line | None]:
    """The title of an article, and what of its first line is words already."""
    text = line.text
    if _is_title(text) or line.paragraph.outline is not None:
        return _bare(text), None
    bold = _bold_start(line.words)
    if bold and _is_title(_bare(bold)):
        return _bare(bold), _rest(line, len(bold))
    head = re.match(r"^([^，。,.;；：:]{1,20})[：:]", text)
    if head is not None:
        return _bare(head[1]), _rest(line, head.end())
    return "", _rest(line, 0)


def _bold_start(words: Sequence[Piece]) -> str:
    out = ""
    for piece in words:
        if not piece.bold:
            return out
        out += piece.text
    return ""


def _rest(line: Line, count: int) -> Line:
    cut = _without(line.words, count)
    blank = len("".join(piece.text for piece in cut)) - len("".join(piece.text for piece in cut).lstrip(" 　\t.。:："))
    return Line(line.at, Label(PLAIN), _without(cut, blank), line.paragraph)


def _bare(title: str) -> str:
    return " ".join(title.split()).rstrip(".:：。 ").lstrip("-–— ")
