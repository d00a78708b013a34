"""T08: both languages say the same, paragraph by paragraph, with the same marks and conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.contract.library import STANDARD, Clause
from docgen.legal.bench import Bench, Finding
from docgen.legal.paragraphs import Paragraph, inner, paragraphs
from docgen.legal.passages import Branch, Choice, Marked, Passage, Print, Remark, Words, Wrong
from docgen.values import LANGUAGES

_REPEATED = ("{{ buyer }}", "{{ supplier }}", "[[term:")


def in_step(bench: Bench) -> Iterator[Finding]:
    """T08: paragraphs, items, tables, marks, printed values and conditions of both languages answer one another."""
    for clause in bench.clauses:
        for variant in (STANDARD, *(each.name for each in clause.card.variants)):
            texts = {
                each.language: each for each in bench.passages if each.clause is clause and each.variant == variant
            }
            lacking = [language for language in LANGUAGES if language not in texts]
            if lacking:
                yield from _lacking(bench, clause, variant, lacking)
            else:
                yield from _compared(bench, texts["zh-CN"], texts["en"])


def _lacking(bench: Bench, clause: Clause, variant: str, lacking: Sequence[str]) -> Iterator[Finding]:
    index = next((i for i, each in enumerate(clause.card.variants) if each.name == variant), None)
    for language in lacking:
        file = f"{language}.md" if index is None else f"{language}.{variant}.md"
        path = ("clause",) if index is None else ("variants", index, "name")
        yield bench.in_card(clause, path, "t08_language_missing", file=file, variant=variant)


def _compared(bench: Bench, zh: Passage, en: Passage) -> Iterator[Finding]:
    first, second = paragraphs(zh), paragraphs(en)
    for one, other in zip(first, second, strict=False):
        if one.kind != other.kind:
            params = {"zh": one.kind, "en": other.kind, "line": zh.place(one.at).line}
            yield bench.in_text(en, other.at, "t08_other_kind", **params)
            return
        if _branches(first, one) != _branches(second, other):
            yield bench.in_text(en, other.at, "t08_other_branch", line=zh.place(one.at).line)
            return
        if Counter(map(repr, one.path)) != Counter(map(repr, other.path)):
            yield bench.in_text(en, other.at, "t08_other_condition", line=zh.place(one.at).line)
        yield from _inside(bench, zh, one, en, other)
    if len(first) != len(second):
        longer, passage = (first, zh) if len(first) > len(second) else (second, en)
        at = longer[min(len(first), len(second))].at
        counts = {"zh": len(first), "en": len(second)}
        yield bench.in_text(passage, at, "t08_other_count", **counts)


def _branches(all_: list[Paragraph], paragraph: Paragraph) -> list[tuple[int, int]]:
    """Its block choices by their number in the text, so that both languages can be compared."""
    order = list(dict.fromkeys(at for each in all_ for at, _ in each.choices))
    return [(order.index(at), number) for at, number in paragraph.choices]


def _inside(bench: Bench, zh: Passage, one: Paragraph, en: Passage, other: Paragraph) -> Iterator[Finding]:
    """What is printed, marked and asked in one paragraph: the same things as often, in the order each language needs.
    The sides and defined terms may be named again or taken up by a pronoun: of them each must be there at all."""
    said, spoken = Counter(_things(one)), Counter(_things(other))
    for thing in dict.fromkeys((*said, *spoken)):
        in_zh, in_en = said[thing], spoken[thing]
        if in_zh == in_en or (thing.startswith(_REPEATED) and in_zh and in_en):
            continue
        params = {"thing": thing, "line": zh.place(one.at).line, "zh": in_zh, "en": in_en}
        yield bench.in_text(en, _place_of(other, thing), "t08_out_of_step", **params)


def _things(paragraph: Paragraph) -> Iterator[str]:
    for node in inner(paragraph.nodes):
        name = _named(node)
        if name:
            yield name


def _named(node: object) -> str:
    match node:
        case Print(written=written):
            return f"{{{{ {written} }}}}"
        case Marked(kind=kind, key=key):
            return f"[[{kind}:{key}]]"
        case Branch(test=None):
            return "{% else %}"
        case Branch(written=written):
            return f"{{% if {written} %}}"
    assert isinstance(node, Words | Choice | Remark | Wrong)
    return ""


def _place_of(paragraph: Paragraph, thing: str) -> int:
    found = [node.at for node in inner(paragraph.nodes) if _named(node) == thing]
    return found[-1] if found else paragraph.at
