"""T12 and T14: words no contract may hold, and what is left of a text that was never finished."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.legal.bench import Bench, Finding
from docgen.legal.passages import Passage
from docgen.values import Text

_PLACEHOLDERS = re.compile(
    r"\[\s*[●•·*…_]*\s*\]|【[^】]*】|_{3,}|＿{2,}|×{2,}|\bX{2,}\b|\bx{3,}\b|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])"
    r"|\b(?:TBD|TBC|TODO|FIXME|N/A)\b|待定|待补充|待确认|此处填写|（空白）|\bLorem ipsum\b"
    r"|\b(?:None|nan|NaN|null|undefined)\b|Error! Reference|Error: Reference|\}\}|%\}|#\}|\$\{|\?\?\?|[●•]"
)


def forbidden_words(bench: Bench) -> Iterator[Finding]:
    """T12: words of the list in contract.yaml, for all contracts or for those of some types."""
    for passage in bench.passages:
        for entry in bench.library.book.forbidden:
            if _concerns(bench, entry, passage):
                yield from _found(bench, entry, passage)


def _concerns(bench: Bench, entry: Mapping[str, Any], passage: Passage) -> bool:
    """`unless`: clauses that may; `types`: only texts that stand in no other type."""
    clause = passage.clause
    if clause is not None and clause.key in _many(entry.get("unless")):
        return False
    types = _many(entry.get("types"))
    if not types:
        return True
    if clause is None:
        return False
    chosen = bench.presence.variant(clause, passage.variant)
    stands = bench.presence.may_stand(clause)
    own = {*clause.card.must, *clause.card.may}
    reached = {kind for kind in own if bench.presence.is_possible(stands, chosen, _only(kind))} or own
    return bool(reached) and reached <= set(types)


def _only(kind: str) -> Any:
    from docgen.legal.conditions import Compare, Const, Name

    return Compare("eq", Name("contract.types"), Const((kind,)))


def _many(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _found(bench: Bench, entry: Mapping[str, Any], passage: Passage) -> Iterator[Finding]:
    because = Text.model_validate(entry.get("because") or "-").get("en")
    for word in _many(entry.get("words")):
        pattern = re.escape(word) if not word.isascii() else rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])"
        for match in re.finditer(pattern, passage.prose, re.IGNORECASE):
            yield bench.in_text(passage, match.start(), "t12_forbidden_word", word=match[0], because=because)


def placeholders(bench: Bench) -> Iterator[Finding]:
    """T14: nothing is left to fill in by hand."""
    for passage in bench.passages:
        for match in _PLACEHOLDERS.finditer(passage.prose):
            yield bench.in_text(passage, match.start(), "t14_placeholder", found=match[0])
