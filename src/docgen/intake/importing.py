"""The whole way of a Word contract into clauses, and the account of what was not kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.intake.clauses import card_file, places_of, terms_file, text_file
from docgen.intake.keys import Name, Titles, names_for
from docgen.intake.labels import typed
from docgen.intake.marks import Marker, terms_in
from docgen.intake.outline import Article, Line, Outline, is_chinese, outline_of
from docgen.intake.side_by_side import one_below_the_other
from docgen.problems import Place, Problem, in_file_order
from docgen.wordfile import Paragraph, Piece, WordFile, accepted
from docgen.wordfile.model import Block

CHINESE, ENGLISH = "zh-CN", "en"
_SIDES = {CHINESE: ("甲方", "乙方"), ENGLISH: ("Customer", "Supplier")}
_TWO_HEADINGS = re.compile(r"(?P<zh>[^A-Za-z]*[\u4e00-\u9fff][^A-Za-z]*)(?P<en>[A-Za-z].*)")
_SHORT_LINE = 80
_BOTH = (0.25, 0.75)
"""Shares of Chinese paragraphs between which a paper is one of two languages."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """language: "" for what the file is written in; buyer, supplier: what it calls the sides, "" for 甲方 and 乙方,
    Customer and Supplier; types: the contracts the clauses may be in; day: of the import."""

    types: tuple[str, ...]
    day: dt.date
    language: str = ""
    buyer: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One clause: its name, its title, how much there is of it, its files by name. like: the library's own clause of
    such a title, "" for none."""

    key: str
    like: str
    title: str
    paragraphs: int
    items: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """terms: the words the contract defines; terms_file: proposals for them, "" for none; problems: what a lawyer must
    look at, each at the paragraph of the Word file it speaks of."""

    clauses: tuple[Made, ...]
    terms: tuple[str, ...] = ()
    terms_file: str = ""
    references: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass
class _Version:
    """The contract in one language."""

    language: str
    outline: Outline
    marker: Marker = field(default_factory=lambda: Marker({}, {}, {}))


def import_contract(file: WordFile, shown: str, titles: Titles, taken: Collection[str], wishes: Wishes) -> Imported:
    """A contract as clauses. titles: of the library there is; taken: names in use where the clauses go."""
    file = one_below_the_other(file)
    versions = [_Version(language, outline) for language, outline in _outlines(file, wishes)]
    first = versions[0]
    others = [each for each in versions[1:] if _is_in_step(first.outline, each.outline)]
    names = names_for(first.outline.articles, titles, taken)
    keys = [name.key for name in names]
    for version in (first, *others):
        numbers, bookmarks = places_of(version.outline.articles, keys)
        version.marker = Marker(numbers, bookmarks, _sides(version.language, wishes))
    made = tuple(_made(at, name, [first, *others], shown, wishes) for at, name in enumerate(names))
    terms = dict(_terms([first], keys))
    account = _Account(shown, file)
    problems = [*account.of(first), *account.of_names(first.outline.articles, names)]
    problems += [p for each in others for p in account.of_references(each.marker)]
    problems += account.of_file([each.language for each in versions[1:] if each not in others])
    return Imported(
        made,
        tuple(word for _, word, _ in terms.values()),
        terms_file(terms) if terms else "",
        sum(version.marker.references for version in (first, *others)),
        tuple(in_file_order(problems)),
    )


# ---- languages ------------------------------------------------------------------------------------------------------
def _outlines(file: WordFile, wishes: Wishes) -> Iterator[tuple[str, Outline]]:
    """The contract once, or once for each language of a paper that stands in two."""
    told = [each.text for each in file.paragraphs() if sum(sign.isalpha() for sign in each.text) > 3]
    share = sum(map(is_chinese, told)) / len(told) if told else 1.0
    if not _BOTH[0] <= share <= _BOTH[1]:
        yield wishes.language or (CHINESE if share > _BOTH[1] else ENGLISH), outline_of(file)
        return
    for language in (wishes.language,) if wishes.language else (CHINESE, ENGLISH):
        yield language, outline_of(_spoken(file, language))


def _spoken(file: WordFile, language: str) -> WordFile:
    """What a paper of two languages says in one of them; tables, and what has no words, stay. Of a heading in both
    languages each has its part."""
    out: list[Block] = []
    for block in accepted(file.blocks):
        if not isinstance(block, Paragraph) or not any(sign.isalpha() for sign in block.text):
            out.append(block)
        elif _is_heading(block) and (match := _TWO_HEADINGS.match(_split(block.text)[1])):
            words = match["zh" if language == CHINESE else "en"].strip()
            out.append(replace(block, pieces=(Piece(_split(block.text)[0] + words),)))
        elif is_chinese(block.text) == (language == CHINESE) or _is_for_both(block):
            out.append(block)
    return WordFile(tuple(out))


def _is_heading(block: Paragraph) -> bool:
    """A heading by its style, or a short line with a number and no end: `1. 保密 Confidentiality`."""
    text = block.text.strip()
    is_numbered = bool(block.label or _split(text)[0])
    return block.outline is not None or (is_numbered and len(text) < _SHORT_LINE and text[-1:] not in "。.;；:：")


def _split(text: str) -> tuple[str, str]:
    """The number a heading begins with, and its words."""
    found = typed(text.lstrip())
    return (text[: len(text) - len(found.rest)], found.rest) if found is not None else ("", text)


def _is_for_both(block: Paragraph) -> bool:
    """A short line without a number that has words of both languages: `户名 Account name`."""
    has_both = re.search("[\u4e00-\u9fff]{2}", block.text) and re.search("[A-Za-z]{4}", block.text)
    return not block.label and len(block.text) < _SHORT_LINE and bool(has_both)


def _is_in_step(one: Outline, other: Outline) -> bool:
    return [len(each.units) for each in one.articles] == [len(each.units) for each in other.articles]


def _sides(language: str, wishes: Wishes) -> dict[str, str]:
    usual = _SIDES[language]
    buyer, supplier = wishes.buyer or usual[0], wishes.supplier or usual[1]
    return {buyer: "{{ buyer }}", supplier: "{{ supplier }}"}


# ---- clauses --------------------------------------------------------------------------------------------------------
def _made(at: int, name: Name, versions: Sequence[_Version], shown: str, wishes: Wishes) -> Made:
    article = versions[0].outline.articles[at]
    card = card_file(article, name.key, at + 1, wishes.types, shown.rsplit("/", 1)[-1], wishes.day)
    texts = {f"{each.language}.md": text_file(each.outline.articles[at], each.marker) for each in versions}
    paragraphs = sum(unit.depth == 2 for unit in article.units)
    return Made(
        name.key, name.like, article.title, paragraphs, len(article.units) - paragraphs, {"clause.yaml": card, **texts}
    )


def _terms(versions: Sequence[_Version], keys: Sequence[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Proposals by name: term_01, term_02 …"""
    seen: set[str] = set()
    for version in versions:
        for article, key in zip(version.outline.articles, keys, strict=True):
            for unit in article.units:
                for term in terms_in(unit.line.text, key, unit.line.at):
                    if term.word not in seen:
                        seen.add(term.word)
                        yield f"term_{len(seen):02}", (version.language, term.word, term.sentence)


# ---- the account ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Account:
    """Tells what became of what, at paragraphs of the file."""

    shown: str
    file: WordFile

    def _told(self, code: str, at: int, **params: object) -> Problem:
        words = {key: str(value) for key, value in params.items()}
        return Problem(code, (), words, "warning", place=Place(self.shown, max(at, 1)))

    def of(self, version: _Version) -> Iterator[Problem]:
        outline = version.outline
        yield from self._outside("import_before", outline.before)
        yield from self._outside("import_behind", outline.behind)
        yield from (self._told("import_chapter", each.at, title=each.text) for each in outline.chapters)
        yield from (self._told("import_unnumbered", each.at, words=_short(each.text)) for each in outline.unnumbered)
        yield from (self._told("import_too_deep", each.at, words=_short(each.text)) for each in outline.deep)
        yield from (self._told("import_table", at) for at in outline.tables)
        yield from self.of_references(version.marker)

    def of_references(self, marker: Marker) -> Iterator[Problem]:
        yield from (self._told("import_reference", at, words=words) for at, words in marker.unknown)
        yield from (self._told("import_braces", at) for at in marker.braces)

    def _outside(self, code: str, lines: Sequence[Line]) -> Iterator[Problem]:
        if lines:
            yield self._told(code, lines[0].at, count=len(lines), words=_short(lines[0].text))

    def of_names(self, articles: Sequence[Article], names: Sequence[Name]) -> Iterator[Problem]:
        for article, name in zip(articles, names, strict=True):
            if article.untitled:
                yield self._told("import_untitled", article.at, clause=name.key)

    def of_file(self, out_of_step: Sequence[str]) -> Iterator[Problem]:
        if not self.file.blocks:
            yield self._told("import_nothing", 1)
        if out_of_step:
            yield self._told("import_out_of_step", 1, language=", ".join(out_of_step))
        if self.file.remarks:
            yield self._told("import_comments", 1, count=len(self.file.remarks))
        told = list(self.file.paragraphs())
        if any(each.changes for each in told):
            yield self._told("import_tracked", 1)
        if any(each.notes for each in told):
            yield self._told("import_notes", 1)
        if any(each.boxed for each in told):
            yield self._told("import_boxes", 1)


def _short(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= 24 else f"{text[:24]}…"
