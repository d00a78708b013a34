"""Approval rules that never ask, always ask, ask twice, or leave a hole in their chain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from docgen.catalog.model import Catalog
from docgen.expressions import ExpressionError, read
from docgen.problems import Problem, warning
from docgen.vocabulary import KINDS, ApprovalRule

_SHARE = (Fraction(0), Fraction(1))
_MOST = Fraction(10**15)
_RANGES: dict[str, tuple[Fraction, Fraction]] = {
    **dict.fromkeys(("discount", "line_discount", "partner_discount", "upfront_share", "custom_share"), _SHARE),
    "margin": (Fraction(-1000), Fraction(1)),
    "liability_cap": (Fraction(0), Fraction(1000)),
    "stage": (Fraction(1), Fraction(10)),
    "term_months": (Fraction(0), Fraction(600)),
    "payment_days": (Fraction(0), Fraction(3660)),
    **dict.fromkeys(("net", "tcv", "below_floor", "clause_deviations"), (Fraction(0), _MOST)),
    **dict.fromkeys((f"{kind}_lines" for kind in KINDS), (Fraction(0), _MOST)),
}
"""What the names of rules can be worth at least and at most."""
_FLAGS = ("strategic",)
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(%?)")
_ARITHMETIC = re.compile(r"[-+*/(]|\bif\b")
_MOST_TRIED = 3000


def conditions(catalog: Catalog) -> Iterator[Problem]:
    """Rules whose condition holds for no deal, or for every one."""
    for index, rule in enumerate(catalog.approvals):
        found = _answers(rule)
        if found == {False}:
            yield warning("approval_never", "approvals", index, "when", rule=rule.rule)
        elif found == {True}:
            yield warning("approval_always", "approvals", index, "when", rule=rule.rule)


def _answers(rule: ApprovalRule) -> set[bool]:
    """Whether the rule asks, tried at every limit it names, beside it, and at the ends of what a name can be worth.

    Where names are only compared with numbers the answer cannot change in between, so this is every answer. Rules that
    add, multiply or look over lines are left alone.
    """
    conditions = [text for text in (rule.when, rule.unless) if text is not None]
    if any(_ARITHMETIC.search(_without_texts(text)) for text in conditions):
        return {True, False}
    try:
        read_ = [read(text) for text in conditions]
        names = sorted({name for each in read_ for name in each.names})
        if not all(name in _RANGES or name in _FLAGS for name in names):
            return {True, False}
        tried = [_values(name, " ".join(conditions)) for name in names]
        if _count(tried) > _MOST_TRIED:
            return {True, False}
        answers = ([each.holds(dict(zip(names, values, strict=True))) for each in read_] for values in product(*tried))
        return {asks and not any(freed) for asks, *freed in answers}
    except ExpressionError:
        return {True, False}


def _without_texts(condition: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", condition)


def _count(tried: Sequence[Sequence[Any]]) -> int:
    out = 1
    for values in tried:
        out *= len(values)
    return out


def _values(name: str, condition: str) -> list[Any]:
    if name in _FLAGS:
        return [False, True]
    low, high = _RANGES[name]
    limits = [Fraction(number) / (100 if percent else 1) for number, percent in _NUMBER.findall(condition)]
    ordered = sorted({low, high, *(limit for limit in limits if low <= limit <= high)})
    between = [(one + other) / 2 for one, other in pairwise(ordered)]
    return [*ordered, *between]


def doubles(catalog: Catalog) -> Iterator[Problem]:
    """Two rules that look at the same figures in the same step of one chain: one deal is asked about twice at once."""
    seen: dict[tuple[str, int, tuple[str, ...]], str] = {}
    for index, rule in enumerate(catalog.approvals):
        try:
            key = (rule.chain, rule.step, read(rule.when).names)
        except ExpressionError:
            continue
        if key[2] and key in seen:
            words = {"rule": rule.rule, "other": seen[key], "chain": rule.chain, "step": str(rule.step)}
            yield warning("approval_same_step", "approvals", index, "step", **words)
        seen.setdefault(key, rule.rule)


def chains(catalog: Catalog) -> Iterator[Problem]:
    """Chains whose steps do not count up from 1 without a hole."""
    steps: dict[str, list[tuple[int, int]]] = {}
    for index, rule in enumerate(catalog.approvals):
        steps.setdefault(rule.chain, []).append((rule.step, index))
    for chain, taken in steps.items():
        numbers = {step for step, _ in taken}
        for step, index in sorted(taken):
            if step > 1 and step - 1 not in numbers:
                words = {"rule": catalog.approvals[index].rule, "chain": chain, "step": str(step)}
                yield warning("approval_chain_gap", "approvals", index, "step", **words, missing=str(step - 1))
                break
