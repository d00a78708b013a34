"""The numbered places of a contract as Word's own: multilevel lists bound to styles, a bookmark for each paragraph.

Word counts them itself and agrees with `content.articles`, so an article a lawyer puts in moves all numbers and, once
fields are updated, all references. Loaded only for papers that have clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.content.articles import FORMATS, kept, pattern, seconds
from docgen.content.blocks import Clause
from docgen.render.docx.inline import Mark, paragraph, runs
from docgen.render.docx.measures import Styles
from docgen.render.docx.styles import Style
from docgen.render.theme import ARTICLE, CLAUSE_PAIR_SPACES, CLAUSE_SPACES, clause_edges

if TYPE_CHECKING:
    from docgen.render.docx.context import Context, Long, Place
    from docgen.render.theme import Theme

_LEVELS = (1, 2, 3, 4)
_FIRST = "Clause {level}"
_SECOND = "Clause {level} Pair"
_LEADING = 1.5


def clause_styles(theme: Theme) -> list[Style]:
    """Four levels, each once more for what stands right below its translation: nearer to it, and not in the contents,
    which name an article once."""
    return [
        Style("Clause Text", theme.sizes.clause, space=(2, 5), leading=theme.sizes.clause * _LEADING, align="both")
    ] + [
        _style(name.format(level=level), theme, level, spaces[level - 1], first=name is _FIRST)
        for name, spaces in ((_FIRST, CLAUSE_SPACES), (_SECOND, CLAUSE_PAIR_SPACES))
        for level in _LEVELS
    ]


def _style(name: str, theme: Theme, level: int, space: float, *, first: bool) -> Style:
    body = theme.sizes.clause
    size = body * ARTICLE if level == 1 else body
    left, hanging = _indents(theme, level)
    return Style(
        name,
        size,
        theme.colours.ink,
        True if level == 1 else None,
        space=(space * body, 0),
        leading=size * _LEADING,
        align="" if level == 1 else "both",
        keep_next=level == 1,
        keep_lines=level == 1,
        outline=0 if level == 1 and first else -1,
        left=left,
        hanging=hanging,
    )


def _indents(theme: Theme, level: int) -> tuple[int, int]:
    """Left edge of the words and how far the number hangs before it, in twentieths of a point."""
    number, words = (round(edge * theme.sizes.clause * 20) for edge in clause_edges(level))
    return words, words - number


class ClauseLists:
    """The lists that number one paper's clauses: a definition for each language and for body and annexes apart, a list
    of its own for the body and for every annex."""

    def __init__(self, context: Context, paper: Long) -> None:
        self._context, self._paper = context, paper
        self._lists: dict[tuple[str, str], int] = {}
        self._definitions: dict[tuple[str, bool], int] = {}
        self.seconds = seconds(context.document.blocks)
        self.kept = kept(context.document.blocks)

    def list_of(self, language: str, series: str) -> int:
        """The number of a list; made when it is first asked for."""
        key = (language, series)
        if key not in self._lists:
            numbering = self._context.numbering
            kind = (language, bool(series))
            if kind not in self._definitions:
                self._definitions[kind] = numbering.multilevel(
                    list(zip(FORMATS, pattern(language, series), strict=True)),
                    [] if series else [self._paper.style(name) for name in self._names(language)],
                    [self._indents(name, level) for level, name in enumerate(self._names(language), 1)],
                )
            self._lists[key] = numbering.anew(self._definitions[kind], len(FORMATS))
        return self._lists[key]

    def _names(self, language: str) -> list[str]:
        """The styles of a language, one for each level. A style is bound to one list only, so annexes bind none."""
        named = _FIRST if language == self._context.document.languages[0] else _SECOND
        return [named.format(level=level) for level in _LEVELS]

    def _indents(self, name: str, level: int) -> tuple[int, int]:
        """The house's, where it has a style of that name: a list's indents are stronger than a style's."""
        own = self._context.house.paragraph(name)
        if not own:
            return _indents(self._context.theme, level)
        measures = self._house.named(own)
        return round(measures.left * 20), round(measures.hanging * 20)

    def edge(self, name: str, level: int) -> int:
        """Where the words of a paragraph without a number begin; outside a list a style's indent is not certain."""
        return self._indents(name.format(level=level), level)[0]

    @cached_property
    def _house(self) -> Styles:
        house = self._context.house
        part = next(name for kind, name in house.relations if kind == "styles")
        return Styles(house.parts[part].unpack().decode())

    def levels(self) -> Mapping[str, tuple[int, int]]:
        """By style name, the list the style belongs to and the level."""
        return {
            name: (list_, level)
            for (language, series), list_ in self._lists.items()
            if not series
            for level, name in enumerate(self._names(language))
        }


def clause(block: Clause, context: Context, place: Place, paper: Long) -> str:
    """One paragraph: its style, its list, and one bookmark that bears its anchor's name around its words."""
    lists = paper.clauses
    name = _SECOND if block.anchor in lists.seconds else _FIRST
    style = paper.style(name.format(level=block.level))
    level = block.level - 1
    numbered = block.number is not None
    direct = "<w:keepLines/>" if place.whole and block.level > 1 else ""
    list_ = lists.list_of(block.language, block.series) if numbered else 0
    direct += f'<w:numPr><w:ilvl w:val="{level if numbered else 0}"/><w:numId w:val="{list_}"/></w:numPr>'
    if not numbered:
        direct += f'<w:ind w:left="{lists.edge(name, block.level)}" w:firstLine="0"/>'
    if block.series and block.level == 1 and name is _FIRST:
        direct += '<w:outlineLvl w:val="1"/>'
    mark = Mark(strong=block.conspicuous, underlined=block.conspicuous)
    number = context.number()
    words = (
        f'<w:bookmarkStart w:id="{number}" w:name="{context.bookmark(block.anchor)}"/>'
        f'{runs(block.content, context, mark)}<w:bookmarkEnd w:id="{number}"/>'
    )
    return paragraph(style, words, keep=place.keep or block.anchor in lists.kept, properties=direct)
