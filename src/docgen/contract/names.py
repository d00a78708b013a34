"""Facts by the names clauses use, with dots: `ip.owner`, `data.personal`; what a name's kind is, without any deal."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from docgen.contract.facts import ContractFacts, Money
from docgen.problems import Path
from docgen.values import Text

DEAL_PATHS: Mapping[str, Path] = {
    "acceptance": ("terms", "acceptance"),
    "warranty": ("terms", "warranty"),
    "liability": ("terms", "liability"),
    "renewal": ("terms", "renewal"),
    "sla": ("terms", "sla"),
    "forum": ("terms", "forum"),
    "law": ("terms", "governing_law"),
    "delivery": ("terms", "delivery"),
    "customer": ("customer",),
    "term": ("term_months",),
    "term.starts": ("starts",),
    "fees": ("lines",),
    "project": ("story", "plan"),
    "project.key_person": ("story", "team"),
    "project.performance": ("contract", "performance"),
    "contract": ("contract",),
    "contract.quote": ("deal",),
    "contract.project": ("title",),
    "escrow_agent": ("contract", "escrow", "agent"),
    "trial.environment": ("contract", "trial", "env"),
    "term.last_notice_day": ("terms", "renewal", "notice_days"),
    "fees.upfront_share": ("payment",),
}
"""Where in the deal file a fact is said, by its name or the group it belongs to; the rest stands under `contract`."""
_WHOLE = ("law", "delivery", "term", "fees", "project", "term.starts")


def deal_path(name: str) -> Path:
    """The place in a deal file that says a fact: `acceptance.days` in terms, `late.cap` in contract."""
    if name in DEAL_PATHS:
        return DEAL_PATHS[name]
    group, _, rest = name.partition(".")
    if group in DEAL_PATHS:
        return DEAL_PATHS[group] if group in _WHOLE or not rest else (*DEAL_PATHS[group], rest)
    return ("contract", *name.split("."))


def flat(facts: ContractFacts) -> dict[str, Any]:
    """Every fact by its name."""
    return dict(_leaves("", facts))


def comparable(names: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as conditions look at them: amounts as numbers, texts as words."""
    return {name: _plain(value) for name, value in names.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return Fraction(value.amount)
    return str(value) if isinstance(value, Text) else value


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value) and not isinstance(value, Money | type):
        for each in fields(value):
            yield from _leaves(f"{name}.{each.name}" if name else each.name, getattr(value, each.name))
    else:
        yield name, value


class Kind(typing.NamedTuple):
    """What a fact is: `type`, and whether a deal may leave it unsaid."""

    type: Any
    may_be_absent: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """The kind of every fact, read off the classes: what the names in clauses are checked against, without a deal."""
    return dict(_kinds("", ContractFacts))


def _kinds(name: str, cls: Any) -> Iterator[tuple[str, Kind]]:
    hints = typing.get_type_hints(cls)
    for each in fields(cls):
        hint = hints[each.name]
        inner = f"{name}.{each.name}" if name else each.name
        absent = isinstance(hint, types.UnionType) and type(None) in hint.__args__
        kind = next(arg for arg in hint.__args__ if arg is not type(None)) if absent else hint
        if is_dataclass(kind) and kind is not Money:
            yield from _kinds(inner, kind)
        else:
            yield inner, Kind(kind, absent)


PRINTABLE = (str, int, Decimal, dt.date, Money)
"""Besides rates and texts: what may stand in a sentence. Yes-no values and lists only decide."""
