"""T12 and T14: words no contract may hold, and what is left of a text that was never finished."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import Expr, Not
from docgen.legal.passages import Passage, Words
from docgen.legal.presence import condition, of_types
from docgen.values import Text

_PLACEHOLDERS = re.compile(
    r"\[\s*[●•·*…_]*\s*\]|【[^】]*】|_{3,}|＿{2,}|×{2,}|\?\?\?|[●•]|\}\}|%\}|#\}|\$\{"
    r"|(?<![A-Za-z])(?:[Xx]{2,}|TBD|TBC|TODO|FIXME|nan|NaN|null|undefined|Lorem ipsum)(?![A-Za-z])"
    r"|待定|待补充|待确认|此处填写|（空白）|Error! Reference|Error: Reference"
    r"|(?<=[a-z,;] )None\b|(?<=[\u4e00-\u9fff：，])None(?![A-Za-z])"
)


def forbidden_words(bench: Bench) -> Iterator[Finding]:
    """T12: words of the list in contract.yaml, for all contracts or for those of some types."""
    for passage in bench.passages:
        for entry in bench.library.book.forbidden:
            if passage.clause is None or passage.clause.key not in _many(entry.get("unless")):
                yield from _found(bench, entry, passage)


def _concerns(bench: Bench, entry: Mapping[str, Any], passage: Passage, path: tuple[Expr, ...]) -> bool:
    """Whether words can stand in a contract that is of the entry's `types` and of no other, where its `when` holds."""
    types = _many(entry.get("types"))
    if not types and "when" not in entry:
        return True
    if passage.clause is None:
        return False
    others = tuple(str(kind) for kind in bench.library.book.types if types and kind not in types)
    when = (condition(str(entry["when"])),) if "when" in entry else ()
    stands, chosen = bench.presence.may_stand(passage.clause), bench.presence.variant(passage.clause, passage.variant)
    return bench.presence.is_possible(stands, chosen, *path, *when, Not(of_types(others)))


def _many(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _found(bench: Bench, entry: Mapping[str, Any], passage: Passage) -> Iterator[Finding]:
    because = Text.model_validate(entry.get("because") or "-").get("en")
    pattern = re.compile("|".join(map(_as_pattern, _many(entry.get("words")))) or r"(?!)", re.IGNORECASE)
    for node, path in passage.walk():
        for match in pattern.finditer(node.text) if isinstance(node, Words) else ():
            if _concerns(bench, entry, passage, path):
                at = node.at + match.start()
                yield bench.in_text(passage, at, "t12_forbidden_word", word=match[0], because=because)


def _as_pattern(word: str) -> str:
    """Whole words, where words have ends."""
    return rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word)


def placeholders(bench: Bench) -> Iterator[Finding]:
    """T14: nothing is left to fill in by hand."""
    for passage in bench.passages:
        for match in _PLACEHOLDERS.finditer(passage.prose):
            yield bench.in_text(passage, match.start(), "t14_placeholder", found=match[0])
