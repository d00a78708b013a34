"""The apparatus of a long paper, counted once for all writers: numbers of headings and captions, contents, references.

A tree that comes out of `number` says everything itself: a writer prints what stands there, so Word, PDF, web page and
plain text cannot count differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from docgen.content.blocks import Captioned, Contents, Document, Entry, Heading, Reference, ReferenceKind, text_of
from docgen.content.walk import changed, nodes

Labels = Mapping[str, Mapping[str, str]]
"""By language: the words around a number, `{number}` standing for it, under table, figure, chapter, section, title."""


class _Goal(NamedTuple):
    """What a reference may name: which label of `Labels` words it, and the number or words shown."""

    kind: ReferenceKind
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """document: counted and complete    unknown: references to nothing    twice: anchors given more than once"""

    document: Document
    unknown: tuple[Reference, ...]
    twice: tuple[str, ...]


def number(document: Document, labels: Labels) -> Outlined:
    """Count headings (where the paper numbers them) and captions; fill in contents and references.

    A level is never skipped: a third level right below a first becomes a second. Table 1 and Figure 1 count apart.
    """
    counter = _Counter(document, labels)
    blocks = changed(document.blocks, counter.count)
    entries = tuple(_entries(blocks))
    unknown: list[Reference] = []

    def fill(node: Any) -> Any:
        if isinstance(node, Contents):
            return replace(node, entries=tuple(entry for entry in entries if entry.level <= node.levels))
        if isinstance(node, Reference) and not node.shown:
            resolved = counter.resolved(node)
            unknown.extend([] if resolved else [node])
            return resolved or node
        return node

    done = replace(document, blocks=changed(blocks, fill))
    return Outlined(done, tuple(unknown), tuple(counter.twice))


class _Counter:
    """Counts in reading order, and remembers what each anchor stands for."""

    def __init__(self, document: Document, labels: Labels) -> None:
        self.numbered, self.languages, self.labels = document.numbered, document.languages, labels
        self.levels: list[int] = []
        self.captions = {"table": 0, "figure": 0}
        self.goals: dict[str, _Goal] = {}
        self.twice: list[str] = []

    def count(self, node: Any) -> Any:
        if isinstance(node, Heading):
            return self._heading(node)
        if isinstance(node, Captioned):
            return self._caption(node)
        return node

    def _heading(self, heading: Heading) -> Heading:
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

    def _note(self, anchor: str, goal: _Goal) -> None:
        if anchor in self.goals:
            self.twice.append(anchor)
        self.goals.setdefault(anchor, goal)

    def resolved(self, reference: Reference) -> Reference | None:
        """A bilingual paper may hold a heading once in each language: its own language's goes first."""
        language = reference.language or self.languages[0]
        anchor = next((a for a in (anchor_in(reference.anchor, language), reference.anchor) if a in self.goals), None)
        if anchor is None:
            return None
        goal = self.goals[anchor]
        before, after = self.labels[language][goal.label].split("{number}")
        return Reference(anchor, language, goal.kind, before, goal.shown, after)


def anchor_in(anchor: str, language: str) -> str:
    """The anchor of what stands on a paper a second time, in its second language."""
    return f"{anchor}-{language}"


def _entries(blocks: Any) -> Iterator[Entry]:
    for heading in nodes(blocks, Heading):
        yield Entry(heading.level, heading.number, _one_line(heading), heading.anchor)


def _one_line(heading: Heading) -> str:
    return text_of(heading.content).replace("\n", " ")
