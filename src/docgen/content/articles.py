"""Numbers of a contract's places, counted once for all writers, as Word's own multilevel lists will count them.

A contract says 第1条 / 1.1 / (a) / (i) in Chinese and 1. / 1.1 / (a) / (i) in English; in an annex both begin with 1.
The two languages are lists of their own, so a clause and its translation bear the same number without one repeating
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from docgen.content.blocks import Block, Blocks, Clause, text_of
from docgen.content.walk import changed, leaves

Pattern = tuple[str, str, str, str]
"""Of each level, with Word's `%1` for the counter of level 1."""
_BODY: Mapping[str, Pattern] = {
    "zh-CN": ("第%1条", "%1.%2", "(%3)", "(%4)"),
    "en": ("%1.", "%1.%2", "(%3)", "(%4)"),
}
_ANNEX: Pattern = ("%1.", "%1.%2", "(%3)", "(%4)")
FORMATS = ("decimal", "decimal", "lowerLetter", "lowerRoman")
"""Word's names for how the counter of each level is written."""


def pattern(language: str, series: str) -> Pattern:
    """How the four levels of a list are labelled."""
    return _ANNEX if series else _BODY[language]


class Numbered(NamedTuple):
    """What a reference to a place says: the whole of it, `3.2(a)`, the level it stands on, and the list it is in."""

    whole: str
    level: int
    series: str = ""


@dataclass
class Counter:
    """Counts one list: a language's words of the body or of one annex."""

    language: str
    series: str
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def next(self, level: int) -> Numbered:
        """The next place on a level; levels below it begin anew. A level is never counted without the one above it."""
        for above in range(level - 1):
            self.counts[above] = max(self.counts[above], 1)
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        return Numbered(self._whole(level), level, self.series)

    def label(self, level: int) -> str:
        """As printed before the place counted last."""
        text = pattern(self.language, self.series)[level - 1]
        for place in range(4):
            text = text.replace(f"%{place + 1}", written(self.counts[place], FORMATS[place]))
        return text

    def _whole(self, level: int) -> str:
        if level == 1:
            return self.label(1).removesuffix(".")
        out = self.label(2)
        for inner in range(3, level + 1):
            out += self.label(inner)
        return out


def written(count: int, form: str) -> str:
    """A counter as Word writes it: 3, c, iii. After z comes aa, then bb."""
    if form == "lowerLetter":
        return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""
    return _roman(count) if form == "lowerRoman" else str(count)


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(count: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            out, count = out + letters, count - worth
    return out


def number_articles(blocks: Blocks) -> tuple[Blocks, Mapping[str, Numbered]]:
    """The blocks with every clause numbered, and what a reference to each anchor says."""
    counters: dict[tuple[str, str], Counter] = {}
    known: dict[str, Numbered] = {}

    def count(node: object) -> object:
        if not isinstance(node, Clause) or node.number is None:
            return node
        counter = counters.setdefault((node.language, node.series), Counter(node.language, node.series))
        known[node.anchor] = counter.next(node.level)
        return replace(node, number=counter.label(node.level))

    return changed(blocks, count), known


def own_anchor(anchor: str, language: str) -> str:
    """The anchor of a clause's translation: bookmarks know no hyphens, so it is not that of a heading."""
    return f"{anchor}_{language[:2]}"


# ---- what writers ask of a paper ------------------------------------------------------------------------------------
def has_clauses(blocks: Blocks) -> bool:
    """Whether the paper is a contract, whose running text is set in the size of its clauses."""
    return any(isinstance(block, Clause) for block in leaves(blocks))


def seconds(blocks: Blocks) -> frozenset[str]:
    """Anchors of the clauses that stand right below their translation."""
    return frozenset(after.anchor for _, after in _pairs(blocks))


def is_pair(before: Clause, after: Clause) -> bool:
    """Whether two clauses below one another are the same place in two languages."""
    together = (before.level, before.series) == (after.level, after.series) and before.language != after.language
    return together and (before.number == after.number or before.level == 1)


def _pairs(blocks: Blocks) -> Iterator[tuple[Clause, Clause]]:
    taken: Block | None = None
    for before, after in pairwise(leaves(blocks)):
        if isinstance(before, Clause) and isinstance(after, Clause) and before is not taken and is_pair(before, after):
            taken = after
            yield before, after


_SHORT = 120
"""Characters of a clause that does not part from its translation: three lines in Chinese."""


def kept(blocks: Blocks) -> frozenset[str]:
    """Anchors of the clauses that must not end a page: what follows begins on it too.

    Words that end with a colon stay with what they lead to, and a short clause with the translation below it.
    """
    translated = {id(before) for before, _ in _pairs(blocks)}
    return frozenset(
        block.anchor
        for block in leaves(blocks)
        if isinstance(block, Clause)
        and (block.keep_with_next or _leads_in(block) or (id(block) in translated and _is_short(block)))
    )


def _leads_in(clause: Clause) -> bool:
    return text_of(clause.content).rstrip().endswith((":", "："))


def _is_short(clause: Clause) -> bool:
    return len(text_of(clause.content)) * (1 if clause.language.startswith("zh") else 0.5) <= _SHORT
