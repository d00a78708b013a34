"""compare(before, after) → Difference, and the JSON of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.approvals import Approval
from docgen.comparing.alternatives import alternatives_changed
from docgen.comparing.difference import AlternativeChange, Asked, Change, Difference, Figure, LineChange, Value
from docgen.comparing.lines import lines_changed
from docgen.comparing.terms import also_edited, terms_changed
from docgen.facts import Facts
from docgen.money import plain
from docgen.pricing import Totals


def compare(before: Facts, after: Facts) -> Difference:
    """What differs and matters; comments, the order of keys and of lines do not."""
    lines, repriced = lines_changed(before, after)
    terms = tuple(terms_changed(before, after))
    alternatives, recommended = alternatives_changed(before, after, terms)
    return Difference(
        money=tuple(_money(before, after)),
        lines=lines,
        repriced=repriced,
        terms=terms,
        alternatives=alternatives,
        recommended=recommended,
        approvals=tuple(_approvals(before, after)),
        also_edited=tuple(also_edited(before.deal, after.deal)),
    )


# ---- money ----------------------------------------------------------------------------------------------------------
def _money(before: Facts, after: Facts) -> Iterator[Figure]:
    """Total first, as the customer sees it; then what stands behind it. Only what differs."""
    one, other = before.quote.totals, after.quote.totals
    same_currency = before.quote.currency == after.quote.currency
    figures: list[tuple[str, Decimal | Fraction, Decimal | Fraction]] = [
        ("total (gross)", one.customer_gross, other.customer_gross),
        ("partner pays (gross)", one.gross, other.gross),
        ("list", one.list, other.list),
        ("net", one.net, other.net),
        ("discount", one.discount_rate, other.discount_rate),
        ("margin", one.margin, other.margin),
        ("margin rate", one.margin_rate, other.margin_rate),
        ("one-time", one.one_time, other.one_time),
        ("yearly (ARR)", one.arr, other.arr),
        ("whole term (TCV)", one.tcv, other.tcv),
    ]
    hidden = _hidden(one, other)
    for name, left, right in figures:
        comparable = same_currency or isinstance(left, Fraction)
        if name not in hidden and (left != right or not comparable):
            yield Figure(name, left, right, comparable)


def _hidden(one: Totals, other: Totals) -> set[str]:
    """Figures that only say another one again: without a partner, without anything recurring."""
    out = set()
    if one.gross == one.customer_gross and other.gross == other.customer_gross:
        out.add("partner pays (gross)")
    if not one.arr and not other.arr:
        out |= {"one-time", "yearly (ARR)", "whole term (TCV)"}
    return out


# ---- approvals ------------------------------------------------------------------------------------------------------
def _approvals(before: Facts, after: Facts) -> Iterator[Asked]:
    ones, others = _by_rule(before), _by_rule(after)
    language = after.deal.language[0]
    for key, approval in others.items():
        if key not in ones:
            yield _asked("asked", approval, language)
    for key, approval in ones.items():
        if key not in others:
            yield _asked("dropped", approval, language)
    for key, approval in others.items():
        earlier = ones.get(key)
        if earlier is not None and dict(earlier.compared) != dict(approval.compared):
            yield _asked("still", approval, language, earlier.compared)


def _by_rule(facts: Facts) -> dict[tuple[str, str], Approval]:
    return {(a.origin, a.rule): a for a in facts.verdict.approvals}


def _asked(state: Any, approval: Approval, language: str, before: Mapping[str, Any] | None = None) -> Asked:
    return Asked(
        state=state,
        rule=approval.rule,
        approver=approval.approver,
        when=approval.when,
        because=approval.because.get(language),
        status=approval.status,
        figures=dict(approval.compared),
        figures_before=dict(before or {}),
    )


# ---- the answer for other programs ----------------------------------------------------------------------------------
def answer(before: Facts, after: Facts, found: Difference) -> dict[str, Any]:
    """The JSON of `docgen diff`: `same` is true where nothing differs that matters."""
    return {
        "before": _head(before),
        "after": _head(after),
        "same": found.is_nothing,
        "money": [_figure(each) for each in found.money],
        "lines": [_line(each) for each in found.lines],
        "repriced_lines": found.repriced,
        "terms": [_change(each) for each in found.terms],
        "alternatives": [_alternative(each) for each in found.alternatives],
        "recommended": dict(zip(("before", "after"), found.recommended, strict=True)) if found.recommended else None,
        "approvals": [_approval(each) for each in found.approvals],
        "also_edited": list(found.also_edited),
    }


def _head(facts: Facts) -> dict[str, Any]:
    return {
        "deal": facts.deal.deal,
        "revision": facts.deal.revision,
        "customer": facts.deal.customer.name.get(facts.deal.language[0]),
        "currency": facts.quote.currency,
        "price_list": facts.catalog.name,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "before": _number(figure.before),
        "after": _number(figure.after),
        "difference": None if figure.difference is None else _number(figure.difference),
        "rate": None if figure.rate is None else plain(figure.rate),
    }


def _number(value: Decimal | Fraction) -> str:
    return plain(value) if isinstance(value, Fraction) else f"{value:f}"


def _change(change: Change) -> dict[str, Any]:
    kind = (change.after or change.before or Value("text", "")).kind
    before, after = (None if side is None else side.text for side in (change.before, change.after))
    return {"what": change.what, "kind": kind, "before": before, "after": after}


def _line(line: LineChange) -> dict[str, Any]:
    return {
        "state": line.state,
        "sku": line.sku,
        "name": line.name,
        "line_before": line.before,
        "line_after": line.after,
        "optional": line.optional,
        "quantity": plain(line.quantity),
        "net_before": None if line.net_before is None else f"{line.net_before:f}",
        "net_after": None if line.net_after is None else f"{line.net_after:f}",
        "changes": [_change(each) for each in line.changes],
        "parts": [_line(each) for each in line.parts],
    }


def _alternative(change: AlternativeChange) -> dict[str, Any]:
    totals = (("total_before", change.total_before), ("total_after", change.total_after))
    return {
        "state": change.state,
        "name": change.name,
        "was_called": change.was_called,
        "recommended": change.recommended,
        **{name: None if total is None else f"{total:f}" for name, total in totals},
        "lines": [_line(each) for each in change.lines],
        "repriced_lines": change.repriced,
        "terms": [_change(each) for each in change.terms],
    }


def _approval(asked: Asked) -> dict[str, Any]:
    return {
        "state": asked.state,
        "rule": asked.rule,
        "approver": asked.approver,
        "when": asked.when,
        "because": asked.because,
        "status": asked.status,
        "figures": figures(asked.figures),
        "figures_before": figures(asked.figures_before),
    }


def figures(looked_at: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule looked at, as JSON: numbers as text, yes and no as they are."""
    return {
        name: plain(value, 12) if isinstance(value, Fraction | Decimal) else value for name, value in looked_at.items()
    }
