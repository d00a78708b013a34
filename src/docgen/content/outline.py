"""The apparatus of a long paper, counted once for all writers: numbers of headings and captions, contents, references.

A tree that comes out of `number` says everything itself: a writer prints what stands there, so Word, PDF, web page and
plain text cannot count differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from docgen.content.articles import Numbered, number_articles, own_anchor, seconds
from docgen.content.blocks import (
    Captioned,
    Clause,
    Contents,
    Document,
    Entry,
    Heading,
    Inlines,
    Reference,
    ReferenceKind,
    Text,
    text_of,
)
from docgen.content.walk import changed

Labels = Mapping[str, Mapping[str, str]]
"""By language: the words around a number, `{number}` standing for it, under table, figure, chapter, section, title; on
contracts also under clause_1 to clause_4 by level, annex_1 to annex_4 inside the same annex, and far_1 to far_4 for a
place in an annex that is named elsewhere."""


_PUT_TOGETHER = 3
"""From this level on a number says where it is only together with those above it."""


class _Goal(NamedTuple):
    """What a reference may name: which label of `Labels` words it (for a clause its level), the number or words shown,
    and the annex it is in. No kind: it stands there, but nothing can be shown for it."""

    kind: ReferenceKind
    label: str
    shown: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Outlined:
    """document: counted and complete    unknown: references to nothing    twice: anchors given more than once"""

    document: Document
    unknown: tuple[Reference, ...]
    twice: tuple[str, ...]


def number(document: Document, labels: Labels) -> Outlined:
    """Count headings (where the paper numbers them), clauses and captions; fill in contents and references.

    A level is never skipped: a third level right below a first becomes a second. Table 1 and Figure 1 count apart.
    """
    articles, places = number_articles(document.blocks)
    counter = _Counter(document, labels, places, seconds(articles))
    blocks = changed(articles, counter.count)
    unknown: list[Reference] = []

    def refer(node: Any, clause: Clause | None = None) -> Any:
        if not isinstance(node, Reference) or node.shown:
            return node
        resolved = counter.resolved(node, clause)
        unknown.extend([] if resolved else [node])
        return resolved or node

    def refer_inside(node: Any) -> Any:
        if not isinstance(node, Clause):
            return node
        content = _listed(changed(node.content, partial(refer, clause=node)))
        return node if content is node.content else replace(node, content=content)

    def fill(node: Any) -> Any:
        if isinstance(node, Contents):
            return replace(node, entries=tuple(entry for entry in counter.entries if entry.level <= node.levels))
        return refer(node)

    done = replace(document, blocks=changed(changed(blocks, refer_inside), fill))
    return Outlined(done, tuple(dict.fromkeys(unknown)), tuple(counter.twice))


class _Counter:
    """Counts in reading order, and remembers what each anchor stands for."""

    def __init__(
        self, document: Document, labels: Labels, places: Mapping[str, Numbered], seconds_: frozenset[str]
    ) -> None:
        self.numbered, self.languages, self.labels = document.numbered, document.languages, labels
        self.places, self.seconds = places, seconds_
        self.entries: list[Entry] = []
        self.levels: list[int] = []
        self.captions = {"table": 0, "figure": 0}
        self.goals: dict[str, _Goal] = {}
        self.twice: list[str] = []

    def count(self, node: Any) -> Any:
        if isinstance(node, Heading):
            return self._heading(node)
        if isinstance(node, Captioned):
            return self._caption(node)
        if isinstance(node, Clause):
            self._clause(node)
        if isinstance(node, Contents):
            self.entries.clear()  # what stands before the contents is not listed in them
        return node

    def _heading(self, heading: Heading) -> Heading:
        counted = self._counted(heading)
        self.entries.append(Entry(counted.level, counted.number, _one_line(counted), counted.anchor))
        return counted

    def _counted(self, heading: Heading) -> Heading:
        if not self.numbered:
            self._note(heading.anchor, _Goal("title", "title", _one_line(heading)))
            return heading
        level = min(heading.level, len(self.levels) + 1)
        self.levels = [*self.levels[:level], *([0] * (level - len(self.levels)))]
        self.levels[-1] += 1
        counted = replace(heading, level=level, number=".".join(map(str, self.levels)))
        self._note(heading.anchor, _Goal("section", "section" if level > 1 else "chapter", counted.number))
        return counted

    def _caption(self, captioned: Captioned) -> Captioned:
        self.captions[captioned.kind] += 1
        counted = str(self.captions[captioned.kind])
        around = [self.labels[language][captioned.kind].split("{number}") for language in self.languages]
        self._note(captioned.anchor, _Goal("caption", captioned.kind, counted))
        before, after = "".join(pair[0] for pair in around), around[0][1]
        return replace(captioned, before=before, number=counted, after=after)

    def _clause(self, clause: Clause) -> None:
        place = self.places.get(clause.anchor)
        if place is None:  # without a number there is nothing to call it by
            self._note(clause.anchor, _Goal("", "", ""))
        else:
            kind: ReferenceKind = "clause" if place.level < _PUT_TOGETHER else "clause_whole"
            self._note(clause.anchor, _Goal(kind, str(place.level), place.whole, clause.series))
        if clause.level == 1:
            self._article(clause)

    def _article(self, clause: Clause) -> None:
        """A line of the contents for each article; its title in the second language stands on the same line."""
        at = self._translated(clause)
        if at is None:
            level = 2 if clause.series else 1
            self.entries.append(Entry(level, clause.number or "", _one_line(clause), clause.anchor))
        else:
            before = self.entries[at]
            self.entries[at] = replace(before, title=f"{before.title} {_one_line(clause)}")

    def _translated(self, clause: Clause) -> int | None:
        """The line of the article this one says in the other language, above it or anywhere before."""
        for at, entry in enumerate(self.entries):
            if own_anchor(entry.anchor, clause.language) == clause.anchor:
                return at
        return len(self.entries) - 1 if clause.anchor in self.seconds else None

    def _note(self, anchor: str, goal: _Goal) -> None:
        if anchor in self.goals:
            self.twice.append(anchor)
        self.goals.setdefault(anchor, goal)

    def resolved(self, reference: Reference, inside: Clause | None = None) -> Reference | None:
        """A bilingual paper may hold a place once in each language: its own language's goes first. inside: the clause
        the reference stands in."""
        language = reference.language or (inside.language if inside else self.languages[0])
        names = (own_anchor(reference.anchor, language), anchor_in(reference.anchor, language), reference.anchor)
        anchor = next((name for name in names if name in self.goals), None)
        goal = self.goals[anchor] if anchor is not None else None
        if anchor is None or goal is None or not goal.kind:
            return None
        before, after = self.labels[language][_label(goal, inside)].split("{number}")
        return Reference(anchor, language, goal.kind, before, goal.shown, after)


def _label(goal: _Goal, inside: Clause | None) -> str:
    """Which words stand around the number: a clause of an annex is `of this Annex` only inside it."""
    if not goal.kind.startswith("clause"):
        return goal.label
    near = "annex" if inside is not None and inside.series == goal.series else "far"
    return f"{near if goal.series else 'clause'}_{goal.label}"


_BETWEEN = ("、", "和")
"""What stands between two references of a list in Chinese."""


def _listed(content: Inlines) -> Inlines:
    """`本合同第5条、第6条和第7条`: in a list only the first reference says of what the others are clauses too."""
    out = list(content)
    for at in range(2, len(out)):
        before, between, here = content[at - 2], content[at - 1], content[at]
        if not (isinstance(before, Reference) and isinstance(between, Text) and isinstance(here, Reference)):
            continue
        alike = before.kind == here.kind == "clause" and before.before == here.before and here.shown.startswith("第")
        if alike and between.text in _BETWEEN:
            out[at] = replace(here, before="")
    return tuple(out) if out != list(content) else content


def anchor_in(anchor: str, language: str) -> str:
    """The anchor of what stands on a paper a second time, in its second language."""
    return f"{anchor}-{language}"


def _one_line(heading: Heading | Clause) -> str:
    return text_of(heading.content).replace("\n", " ")
