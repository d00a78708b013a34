"""The apparatus of a composed paper: captions put on, everything counted, and references that lead nowhere told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.blocks import (
    Block,
    Blocks,
    Captioned,
    Clause,
    Columns,
    Document,
    Facts,
    Heading,
    Inlines,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
    Text,
    TitleBlock,
    Together,
)
from docgen.content.outline import anchor_in, number
from docgen.documents.manifest import Found, Template
from docgen.locales import words
from docgen.problems import Place, Problem, ProblemsFound

_WORDS = ("table", "figure", "chapter", "section", "title")
_PLACES = tuple(f"{kind}_{level}" for kind in ("clause", "annex", "far") for level in range(1, 5))
"""Words around the number of a clause: of the contract, of this annex, of an annex named elsewhere."""
_NO_FIGURE = (TitleBlock, Heading, Clause, Paragraph, ListBlock, Facts, Columns, PageBreak)


def outlined(document: Document, found: Found, *, whole: bool = True) -> Document:
    """The paper counted. ProblemsFound names the template lines that refer to nothing or name a thing twice."""
    labels = {
        language: {name: words(language).label(f"{name}_number", number="{number}") for name in (*_WORDS, *_PLACES)}
        for language in document.languages
    }
    result = number(document, labels)
    problems = [
        _problem("reference_unknown", found, reference.language, f"](#{reference.anchor})", reference.anchor)
        for reference in result.unknown
    ]
    problems += [_twice(found, document.languages, anchor) for anchor in result.twice]
    if problems and whole:
        raise ProblemsFound(problems)
    return result.document


def _twice(found: Found, languages: Sequence[str], anchor: str) -> Problem:
    for language in languages:
        name = anchor.removesuffix(anchor_in("", language))
        if any(source.count(f"[#{name}]") > 1 for _, source in found.templates[language].parts.values()):
            return _problem("anchor_twice", found, language, f"[#{name}]", name, last=True)
    return _problem("anchor_twice", found, languages[0], f"[#{anchor}]", anchor, last=True)


def _problem(code: str, found: Found, language: str, words_: str, name: str, *, last: bool = False) -> Problem:
    template = found.templates.get(language) or next(iter(found.templates.values()), None)
    if template is None:
        return Problem(code, (), {"name": name}, origin="template", place=Place(found.letters[language].shown))
    lines = list(_lines_with(template, words_)) or [1]
    place = Place(template.shown, lines[-1 if last else 0])
    return Problem(code, (), {"name": name}, origin="template", place=place)


def _lines_with(template: Template, words_: str) -> Iterator[int]:
    for line, source in template.parts.values():
        for offset, text in enumerate(source.split("\n")):
            if words_ in text:
                yield line + offset


# ---- captions -------------------------------------------------------------------------------------------------------
def captioned(blocks: Blocks, captions: Sequence[tuple[Inlines, str]], anchor: str) -> Blocks:
    """A slot's first table, or else its first figure, with the caption its line in the template gives; both languages'
    words where there are two. `anchor` is for a caption whose author names none."""
    content: Inlines = ()
    for words_, _ in captions:
        content = (*content, Text(" "), *words_) if content else words_
    named = next((name for _, name in captions if name), anchor)
    for kind in (Table, object):
        done = _wrapped(blocks, kind, content, named)
        if done != blocks:
            return done
    return blocks


def _wrapped(blocks: Blocks, kind: type, content: Inlines, anchor: str) -> Blocks:
    for at, block in enumerate(blocks):
        new = _wrap(block, kind, content, anchor)
        if new is not block:
            return (*blocks[:at], new, *blocks[at + 1 :])
    return blocks


def _wrap(block: Block, kind: type, content: Inlines, anchor: str) -> Block:
    if isinstance(block, Together):
        inner = _wrapped(block.blocks, kind, content, anchor)
        return block if inner == block.blocks else Together(inner)
    if not isinstance(block, kind) or isinstance(block, _NO_FIGURE):
        return block
    return Captioned(block, "table" if isinstance(block, Table) else "figure", content, anchor)
