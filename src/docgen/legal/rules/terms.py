"""T07: defined terms. Which they are stands in the register; nothing is guessed from capitals or from Chinese words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docgen.contract.library import Term
from docgen.legal.bench import Bench, Finding
from docgen.legal.paragraphs import Paragraph, inner, paragraphs
from docgen.legal.passages import NOTHING, Marked, Passage
from docgen.values import LANGUAGES

_SHORTEST_ZH = 3
_BEGINS = re.compile(r"(?:^|[.!?:;]\s|\n\s*(?:- |## |# )?|[“\"(])$")


def terms(bench: Bench) -> Iterator[Finding]:
    """T07: a term is used as the register has it, stands there once and in both languages, and is used at all."""
    used = set()
    for passage in bench.all_passages:
        for node, _ in passage.walk():
            if isinstance(node, Marked) and node.kind == "term":
                used.add(node.key)
    for passage in bench.passages:
        for node, _ in passage.walk():
            if isinstance(node, Marked) and node.kind == "term":
                yield from _used(bench, passage, node)
        yield from _typed(bench, passage)
    yield from _register(bench, used)


def _used(bench: Bench, passage: Passage, node: Marked) -> Iterator[Finding]:
    term = bench.library.terms.get(node.key)
    if term is None:
        yield bench.in_text(passage, node.at, "t07_unknown_term", name=node.key, known=list(bench.library.terms))
    elif node.form and node.form not in _forms(term, passage.language):
        known = _forms(term, passage.language)
        yield bench.in_text(passage, node.at, "t07_unknown_form", form=node.form, name=node.key, known=known)


def _forms(term: Term, language: str) -> list[str]:
    own = term.forms.get(language, ())  # type: ignore[call-overload]
    return list(dict.fromkeys((term.called(language), *own)))


def _register(bench: Bench, used: set[str]) -> Iterator[Finding]:
    called: dict[tuple[str, str], str] = {}
    for key, term in bench.library.terms.items():
        if key in bench.terms and key not in used:
            yield bench.in_terms((key,), "t07_unused_term", "warning", name=key)
        for language in LANGUAGES:
            said = term.definition.zh if language == "zh-CN" else term.definition.en
            if key in bench.terms and said is None:
                yield bench.in_terms((key, "definition"), "t07_not_defined", name=key, language=language)
            word = term.called(language)
            other = called.setdefault((language, word.casefold()), key)
            if other != key and {key, other} & set(bench.terms):
                yield bench.in_terms((key, language), "t07_defined_twice", word=word, name=key, other=other)


def _typed(bench: Bench, passage: Passage) -> Iterator[Finding]:
    """A term's words typed instead of marked: in English by its capital; in Chinese, where words have none, only what
    the English paragraph means as the term."""
    meant = _meant_in_english(bench, passage) if passage.is_zh else None
    for key, term in bench.library.terms.items():
        if key == passage.term:
            continue
        for form in _forms(term, passage.language):
            for at in _found(passage, form):
                if meant is None or meant(key, at):
                    yield _told(bench, passage, at, key, term, form)


def _told(bench: Bench, passage: Passage, at: int, key: str, term: Term, form: str) -> Finding:
    mark = f"[[term:{key}]]" if form == term.called(passage.language) else f"[[term:{key}|{form}]]"
    return bench.in_text(passage, at, "t07_term_typed", "warning", word=form, name=key, mark=mark)


def _found(passage: Passage, form: str) -> Iterator[int]:
    if passage.is_zh:
        pattern = re.compile(re.escape(form) if len(form) >= _SHORTEST_ZH else r"(?!)")
    else:
        pattern = re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])" if form[:1].isupper() else r"(?!)")
    for match in pattern.finditer(passage.prose):
        before = passage.prose[: match.start()].replace(NOTHING, "")
        starts_sentence = " " not in form and not passage.is_zh and _BEGINS.search(before)
        in_title = passage.line_at(match.start()).startswith("#")
        if not (starts_sentence or in_title or not before):
            yield match.start()


def _meant_in_english(bench: Bench, zh: Passage) -> Callable[[str, int], bool]:
    """Whether the English paragraph beside a place of the Chinese text names a term more often than the Chinese marks
    it; so it does not, where the Chinese word only looks like the term."""
    same = (each for each in bench.all_passages if each.language == "en" and each.owner == zh.owner)
    en = next((each for each in same if each.variant == zh.variant), None)
    first, second = paragraphs(zh), paragraphs(en) if en is not None else []

    def meant(key: str, at: int) -> bool:
        index = max((i for i, each in enumerate(first) if each.at <= at), default=0)
        if en is None or index >= len(second):
            return False
        forms = _forms(bench.library.terms[key], "en")
        end = second[index + 1].at if index + 1 < len(second) else len(en.source)
        typed = sum(second[index].at <= place < end for form in forms for place in _found(en, form))
        return typed + _marks(second[index], key) > _marks(first[index], key)

    return meant


def _marks(paragraph: Paragraph, key: str) -> int:
    return sum(isinstance(n, Marked) and (n.kind, n.key) == ("term", key) for n in inner(paragraph.nodes))
