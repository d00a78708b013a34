"""Articles as the files of clauses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence

from docgen.intake.marks import Marker, Target
from docgen.intake.outline import Article, Unit

_BEFORE = {1: "## ", 3: "- ", 4: "  - "}
_ARTICLES, _ANNEXES = 900, 1900
"""Where imported clauses stand in a contract, behind the library's own, until a lawyer says where."""
_LOUD = 0.9


def places_of(
    articles: Sequence[Article], keys: Sequence[str]
) -> tuple[dict[tuple[int, ...], Target], dict[str, Target]]:
    """Every place by its number and by its bookmarks."""
    numbers: dict[tuple[int, ...], Target] = {}
    bookmarks: dict[str, Target] = {}
    for count, (article, key) in enumerate(zip(articles, keys, strict=True), start=1):
        own = article.number or count
        whole = Target(key)
        if not article.is_annex:
            numbers[(own,)] = whole
        bookmarks |= dict.fromkeys(article.bookmarks, whole)
        for paragraph, unit in _counted(article):
            target = Target(key, paragraph)
            bookmarks |= dict.fromkeys(set(unit.line.paragraph.bookmarks) - article.bookmarks, target)
            if unit.depth == 2 and not article.is_annex:
                numbers[(own, paragraph)] = target
                if len(unit.line.label.numbers) == 2:
                    numbers[unit.line.label.numbers] = target
    return numbers, bookmarks


def _counted(article: Article) -> Iterator[tuple[int, Unit]]:
    """Every unit with the number of its paragraph, counted as docgen will."""
    count = 0
    for unit in article.units:
        count += unit.depth == 2
        yield max(count, 1), unit


def text_file(article: Article, marker: Marker) -> str:
    """The words of a clause: title, paragraphs, items."""
    out = [f"# {marker.marked_title(article.title)}", ""]
    before = 0
    for unit in article.units:
        words = marker.marked(unit.line.words, unit.line.at)
        if before and (unit.depth <= 2 or before <= 2):
            out.append("")
        out.append(f"{_BEFORE.get(unit.depth, '')}{words}")
        before = unit.depth
    return "\n".join(out) + "\n"


def card_file(article: Article, key: str, at: int, types: Sequence[str], source: str, day: dt.date) -> str:
    """clause.yaml: on request only, with legal's yes, until a lawyer says more."""
    order = (_ANNEXES if article.is_annex else _ARTICLES) + at
    lines = [f"clause: {key}", 'version: "0.1"', f"order: {order}", f"may: [{', '.join(types)}]", "approver: legal"]
    lines += ["annex: true"] if article.is_annex else []
    lines += ["conspicuous: true"] if _is_loud(article) else []
    note = json.dumps(f"Imported from {source}", ensure_ascii=False)
    return "\n".join([*lines, "owner: legal", "changes:", f'  - {{version: "0.1", date: {day}, note: {note}}}', ""])


def _is_loud(article: Article) -> bool:
    """Whether its words are printed so that nobody misses them."""
    pieces = [piece for unit in article.units for piece in unit.line.words]
    size = sum(len(piece.text) for piece in pieces)
    return size > 0 and sum(len(p.text) for p in pieces if p.bold and p.underlined) >= _LOUD * size


def terms_file(terms: Mapping[str, tuple[str, str, str]]) -> str:
    """Proposals for _terms.yaml: the word, the clause and sentence that define it, in the file's language."""
    lines = ["# Defined terms found in the contract: proposals, to be completed and moved into _terms.yaml."]
    for name, (language, word, sentence) in terms.items():
        lines += [f"{name}:", f"  {language}: {_quoted(word)}", "  definition:", f"    {language}: {_quoted(sentence)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
