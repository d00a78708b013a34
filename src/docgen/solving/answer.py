"""The stable JSON of `docgen solve`: amounts are texts in the currency's digits, paths as in problems."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.approvals.review import Approval
from docgen.deal.model import DealDiscount, LineDiscount
from docgen.money import plain
from docgen.pricing import QuoteLine
from docgen.problems import Path
from docgen.solving.desk import Trial
from docgen.solving.goals import Goal, MarginGoal, NetGoal
from docgen.solving.proposals import Answer, Beyond, Edit, Proposal

Written = Callable[[Path], Path]
"""Where a path of the deal stands in its file."""


def answer_json(answer: Answer, goal: Goal, written: Written = lambda path: path) -> dict[str, Any]:
    """`written`: for a deal that is one of several alternatives in its file."""
    deal = answer.start.deal
    return {
        "deal": deal.deal,
        "revision": deal.revision,
        "currency": answer.start.quote.currency,
        "goal": _goal(goal),
        "now": _totals(answer.start),
        "is_there": answer.is_there,
        "from_regular": answer.from_regular,
        "dropped": [str(discount.name) for discount in answer.dropped],
        "proposals": [_proposal(each, deal.language[0], written) for each in answer.proposals],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    if isinstance(goal, NetGoal):
        return {"net": f"{goal.net:f}"}
    return {"margin": plain(goal.rate)} if isinstance(goal, MarginGoal) else {"no_approval": True}


def _totals(trial: Trial) -> dict[str, Any]:
    totals = trial.quote.totals
    return {
        "net": f"{totals.net:f}",
        "gross": f"{totals.customer_gross:f}",
        "margin": f"{totals.margin:f}",
        "margin_rate": plain(totals.margin_rate, 12),
        "discount_rate": plain(totals.discount_rate, 12),
    }


def _proposal(proposal: Proposal, language: str, written: Written) -> dict[str, Any]:
    new = {(a.origin, a.rule) for a in proposal.new}
    return {
        "spread": proposal.spread,
        **_totals(proposal.trial),
        "lines": [_line(before, after, language) for before, after in proposal.touched],
        "approvals": [{**_approval(a), "new": (a.origin, a.rule) in new} for a in proposal.asked],
        "edits": [_edit(edit, written) for edit in proposal.edits],
        "one_deeper": None if proposal.beyond is None else _beyond(proposal.beyond),
    }


def _line(before: QuoteLine, after: QuoteLine, language: str) -> dict[str, Any]:
    return {
        "line": after.number,
        "sku": after.line.sku,
        "name": after.line.name.get(language),
        "list": f"{after.list:f}",
        "net_before": f"{before.net:f}",
        "net": f"{after.net:f}",
        "discount_rate": plain(after.discount_rate, 12),
        "below_floor": after.below_floor,
    }


def _approval(approval: Approval) -> dict[str, Any]:
    figures = {
        name: plain(value, 12) if isinstance(value, Fraction | Decimal) else value
        for name, value in approval.compared.items()
    }
    return {"rule": approval.rule, "approver": approval.approver, "when": approval.when, "figures": figures}


def _edit(edit: Edit, written: Written) -> dict[str, Any]:
    path = ".".join(str(key) for key in written(edit.path))
    if edit.path == ("discounts",):
        return {"path": path, "value": [discount_as_written(each) for each in edit.discounts]}
    value = None if edit.discount is None else discount_as_written(edit.discount)
    return {"path": path, "value": value, "needs_because": edit.needs_because}


def _beyond(beyond: Beyond) -> dict[str, Any]:
    return {
        "net": f"{beyond.net:f}",
        "margin_rate": plain(beyond.margin_rate, 12),
        "asks": [_approval(a) for a in beyond.asks],
        "below_floor": beyond.below_floor,
    }


def discount_as_written(discount: LineDiscount | DealDiscount) -> dict[str, Any]:
    """A discount as a deal file writes it: texts, lists of texts, and nothing that is not stated."""
    out: dict[str, Any] = {}
    for name in type(discount).model_fields:
        value = getattr(discount, name)
        if name == "percent" and value is not None:
            out[name] = f"{plain(value * 100, 9)}%"
        elif isinstance(value, Decimal):
            out[name] = f"{value:f}"
        elif name == "on":
            scope = {key: list(getattr(value, key)) for key in ("sku", "family", "kind") if getattr(value, key)}
            out |= {name: scope} if scope else {}
        elif name in ("name", "because") and value is not None:
            out[name] = value.zh if value.zh == value.en else value.model_dump(by_alias=True, exclude_none=True)
        elif value is not None:
            out[name] = str(value)
    return out
