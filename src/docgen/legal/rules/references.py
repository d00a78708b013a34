"""T05, T06, T20: anchors that collide or break, references that lead nowhere, always or for some deals."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.library import Clause
from docgen.documents.contract.tables import TABLES
from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import Expr, Not
from docgen.legal.paragraphs import Paragraph, inner, paragraphs
from docgen.legal.passages import Marked, Passage, Wrong
from docgen.legal.presence import ALWAYS
from docgen.legal.rules.branches import where_it_stands

LONGEST_ANCHOR = 40
"""Characters of a bookmark's name that Word keeps, and LibreOffice cuts it to."""
_PLACES = 999
_BESIDE = "_en"


# ---- T05, T20 -------------------------------------------------------------------------------------------------------
def anchors_collide(bench: Bench) -> Iterator[Finding]:
    """T05: the names of places in Word stay different when case is ignored and the name is cut to 40 characters."""
    taken: dict[str, str] = {}
    for stem, key in (*((f"dg_{key}_", key) for key in bench.library.clauses), *_of_terms(bench)):
        cut = stem.casefold()[
            : LONGEST_ANCHOR - len(_BESIDE) - len(str(_PLACES)) if stem.endswith("_") else LONGEST_ANCHOR
        ]
        other = taken.setdefault(cut, key)
        if other != key:
            yield from _about(bench, key, "t05_same_anchor", other=other, anchor=cut)
    for key in bench.library.terms:
        clause, _, number = f"term_{key}".rpartition("_")
        if number.isdigit() and clause in bench.library.clauses:
            yield from _about(bench, f"term:{key}", "t05_same_anchor", other=clause, anchor=f"dg_term_{key}")


def anchors_last(bench: Bench) -> Iterator[Finding]:
    """T20: a bookmark's name is plain ASCII and not too long, so that Word and LibreOffice keep it."""
    for stem, key in (*((f"dg_{k}_{_PLACES}", k) for k in bench.library.clauses), *_of_terms(bench)):
        anchor = f"{stem}{_BESIDE}"
        if not anchor.isascii() or not anchor.replace("_", "").isalnum():
            yield from _about(bench, key, "t20_anchor_not_ascii", anchor=anchor)
        elif len(anchor) > LONGEST_ANCHOR:
            yield from _about(bench, key, "t20_anchor_too_long", anchor=anchor, length=len(anchor))


def _of_terms(bench: Bench) -> list[tuple[str, str]]:
    return [(f"dg_term_{key}", f"term:{key}") for key in bench.library.terms]


def _about(bench: Bench, key: str, code: str, **params: object) -> Iterator[Finding]:
    """At the key itself, if its file is looked at."""
    if key.startswith("term:"):
        if key[5:] in bench.terms:
            yield bench.in_terms((key[5:],), code, name=key[5:], **params)
    elif bench.wanted is None or key in bench.wanted:
        yield bench.in_card(bench.library.clauses[key], ("clause",), code, name=key, **params)


# ---- T06 ------------------------------------------------------------------------------------------------------------
def references(bench: Bench) -> Iterator[Finding]:
    """T06: what a text refers to is there: always, or under a condition that asks for it."""
    for passage in bench.passages:
        for node, path in passage.walk():
            if isinstance(node, Wrong) and node.code.startswith("t06"):
                yield bench.in_text(passage, node.at, node.code, **dict(node.params))
            elif isinstance(node, Marked):
                yield from _marked(bench, passage, node, path)
        yield from _tables_alone(bench, passage)


def _marked(bench: Bench, passage: Passage, node: Marked, path: tuple[Expr, ...]) -> Iterator[Finding]:
    if node.kind == "table":
        if node.key not in TABLES:
            yield bench.in_text(passage, node.at, "t06_unknown_table", name=node.key, known=list(TABLES))
        return
    if node.kind not in ("ref", "annex"):
        return
    key, _, place = node.key.partition(".")
    target = bench.library.clauses.get(key)
    if target is None:
        yield bench.in_text(passage, node.at, "t06_unknown_reference", name=key, known=list(bench.library.clauses))
        return
    if node.kind == "annex" and not target.card.annex:
        yield bench.in_text(passage, node.at, "t06_no_annex", name=key)
    if place and not _has_place(target, place):
        yield bench.in_text(passage, node.at, "t06_no_such_paragraph", name=key, place=place)
    if passage.clause is not target:
        yield from _dangling(bench, passage, node, target, path)


def _has_place(target: Clause, place: str) -> bool:
    """Whether every text of the clause has a paragraph of this number."""
    if not place.isdigit():
        return False
    counts = [
        sum(each.kind == "paragraph" for each in paragraphs(Passage(target, v, language, text.shown, text.source)))
        for (v, language), text in target.texts.items()
    ]
    return bool(counts) and 1 <= int(place) <= min(counts)


def _dangling(
    bench: Bench, passage: Passage, node: Marked, target: Clause, path: tuple[Expr, ...]
) -> Iterator[Finding]:
    """By the facts of some deal the text is there and what it names is not: an error. Only where a deal itself leaves
    the clause out: a warning."""
    presence, key = bench.presence, target.key
    stands = by_facts(bench, passage)
    example = presence.example(*stands, *path, Not(presence.by_facts(key)))
    if example is not None:
        yield bench.in_text(passage, node.at, "t06_may_dangle", name=key, **_told(node, example))
    elif presence.is_possible(*where_it_stands(bench, passage), *path, Not(presence.by_wish(key)), wishes=True):
        yield bench.in_text(passage, node.at, "t06_may_be_left_out", "warning", name=key, group=_group(node))


def by_facts(bench: Bench, passage: Passage) -> tuple[Expr, ...]:
    """When the facts alone bring this text into a contract; of texts only deals can choose, when they can stand."""
    clause, presence = passage.clause, bench.presence
    if clause is None:
        return (ALWAYS,)
    chosen, inside = presence.variant(clause, passage.variant), presence.by_facts(clause.key)
    if presence.is_possible(inside, chosen):
        return inside, chosen
    return (inside,) if presence.is_possible(inside) else (presence.may_stand(clause),)


def _group(node: Marked) -> str:
    return "annex" if node.kind == "annex" else "clause"


def _told(node: Marked, example: dict[str, object]) -> dict[str, str]:
    """The deal for which it fails, in a few words."""
    types = example.get("contract.types", ())
    kinds_ = " + ".join(types) if isinstance(types, tuple) and types else "any contract"
    facts = [f"{name} = {_word(value)}" for name, value in example.items() if not name.startswith("contract.type")]
    return {"group": _group(node), "types": kinds_, "facts": ", ".join(facts[:4])}


def _word(value: object) -> str:
    if value is None:
        return "not said"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _tables_alone(bench: Bench, passage: Passage) -> Iterator[Finding]:
    for paragraph in paragraphs(passage):
        for node in inner(paragraph.nodes):
            if isinstance(node, Marked) and node.kind == "table" and not _is_alone(paragraph):
                yield bench.in_text(passage, node.at, "t06_table_not_alone", name=node.key)


def _is_alone(paragraph: Paragraph) -> bool:
    return len(paragraph.nodes) == 1 and paragraph.kind == "table"
