"""A contract before and after one change of its deal: which clauses came, went, or say another thing.

Read from the paper itself, clause by clause; numbers of clauses and annexes are masked, so that a clause which only
moved has not changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from docgen.facts import Facts
from docgen.pipeline import prepare, produce
from tests.conftest import TODAY
from tests.contracts.samples import WORKSPACE, deal_of

COVER, SIGNATURES = "cover", "signatures"
"""What stands before the first article, key terms included, and behind the last: they are compared like clauses."""


@dataclass(frozen=True)
class Read:
    """A contract as read: the text of each clause, its variant, the approvals it waits for."""

    texts: Mapping[str, str]
    variants: Mapping[str, str]
    approvals: frozenset[str]


@dataclass
class Switched:
    """What one change did. `errors`: codes, where the changed deal gives no contract."""

    came: set[str] = field(default_factory=set)
    went: set[str] = field(default_factory=set)
    other_variant: dict[str, str] = field(default_factory=dict)
    other_text: set[str] = field(default_factory=set)
    asks: set[str] = field(default_factory=set)
    asks_no_more: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)


def switch(base: str, change: Mapping[str, Any], folder: Path) -> Switched:
    """The sample `base` against itself with `change`: keys with dots to new values, null to take a key away, a key that
    ends with + to add to a list."""
    deal = folder / "deal.yaml"
    deal.write_text(_changed(deal_of(base).read_text("utf-8"), change), "utf-8")
    after, errors = _drafted(deal)
    return Switched(errors=errors) if errors or after is None else _compared(_before(base), _read(after))


@cache
def _before(base: str) -> Read:
    facts, _ = _drafted(deal_of(base))
    assert facts is not None
    return _read(facts)


# ---- the deal -------------------------------------------------------------------------------------------------------
def _changed(source: str, change: Mapping[str, Any]) -> str:
    deal = yaml.load(source, yaml.BaseLoader)
    for path, value in change.items():
        *groups, last = path.split(".")
        place = deal
        for group in groups:
            place = place[int(group)] if isinstance(place, list) else place.setdefault(group, {})
        if last.endswith("+"):
            place.setdefault(last[:-1], []).extend(value)
        elif value is None:
            place.pop(last)
        else:
            place[last] = value
    return yaml.dump(deal, allow_unicode=True, sort_keys=False, Dumper=yaml.SafeDumper)


def _drafted(deal: Path) -> tuple[Facts | None, set[str]]:
    ready = prepare(deal, WORKSPACE, TODAY)
    return ready.facts, {each.code for each in ready.problems if each.severity == "error"}


# ---- the paper ------------------------------------------------------------------------------------------------------
def _read(facts: Facts) -> Read:
    assert facts.draft is not None
    text = produce(facts, "contract", WORKSPACE, today=TODAY, formats=["txt"]).files["txt"].decode()
    return Read(
        dict(_clauses(text, facts)),
        {each.key: each.variant for each in facts.draft.chosen},
        frozenset(each.rule for each in facts.verdict.of("contract").approvals),
    )


_RULER = re.compile(r"(?m)^\* \* \*$")
_SIGNED = re.compile(r"(?m)^（以下无正文|^\(Signature page")
_ANNEX = re.compile(r"(?m)^(?:附件|Annex )\d+\W[^\n]*\n=+$")


def _clauses(text: str, facts: Facts) -> dict[str, str]:
    """The text of each clause by its key. Articles begin with their number at the line's start, annexes with a heading
    of their own."""
    draft, language = facts.draft, facts.deal.language[0]
    assert draft is not None
    front, _, rest = _parted(text, _RULER)
    body, sign, behind = _parted(rest, _SIGNED)
    out = {COVER: _masked(front.split("目录" if language == "zh-CN" else "Contents")[0])}
    starts = [re.search(_first_line(number, language), body) for number in range(1, len(draft.articles) + 1)]
    places = [each.start() for each in starts if each is not None]
    assert len(places) == len(draft.articles) and places == sorted(places)
    for each, start, end in zip(draft.articles, places, [*places[1:], len(body)], strict=True):
        out[each.key] = _masked(body[start:end])
    annexes = [each.start() for each in _ANNEX.finditer(behind)]
    assert len(annexes) == len(draft.annexes)
    out[SIGNATURES] = _masked(sign + behind[: annexes[0] if annexes else behind.rfind("-" * 100)])
    for each, start, end in zip(draft.annexes, annexes, [*annexes[1:], behind.rfind("-" * 100)], strict=False):
        out[each.key] = _masked(behind[start:end])
    return out


def _parted(text: str, where: re.Pattern[str]) -> tuple[str, str, str]:
    found = where.search(text)
    assert found is not None, where.pattern
    return text[: found.start()], found[0], text[found.end() :]


def _first_line(number: int, language: str) -> str:
    return rf"(?m)^第{number}条\s" if language == "zh-CN" else rf"(?m)^{number}\.\s"


_OWN_NUMBER = re.compile(r"(?m)^\s*(?:第\d+条|\d+(?:\.\d+)*\.?|\([a-z]+\))\s+")
_REFERENCE = re.compile(
    r"第\s*\d+(?:\.\d+)?(?:\([a-z]+\))*\s*(?:条|款|项)|附\s*件\s*\d+|Clause\s+\d+(?:\.\d+)?(?:\([a-z]+\))*|Annex\s+\d+"
)
_WAITING = re.compile(r"尚有\s*\d+\s*项|still open: \d+")


def _masked(text: str) -> str:
    return re.sub(r"\s+|\* \* \*", "", _WAITING.sub("#", _REFERENCE.sub("#", _OWN_NUMBER.sub("", text))))


def _compared(before: Read, after: Read) -> Switched:
    both = before.texts.keys() & after.texts.keys()
    return Switched(
        came=set(after.texts.keys() - before.texts.keys()),
        went=set(before.texts.keys() - after.texts.keys()),
        other_variant={
            key: f"{before.variants[key]} -> {after.variants[key]}"
            for key in both & before.variants.keys()
            if before.variants[key] != after.variants[key]
        },
        other_text={
            key
            for key in both
            if before.texts[key] != after.texts[key] and before.variants.get(key) == after.variants.get(key)
        },
        asks=set(after.approvals - before.approvals),
        asks_no_more=set(before.approvals - after.approvals),
    )
