"""What of a contract is not legal's standard, and who must agree to it: fallback texts, values outside their range,
clauses added or left out, special terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.contract.drafted import Chosen, Deviation, LeftOut
from docgen.contract.library import STANDARD, Variable, Variant
from docgen.contract.names import deal_path
from docgen.contract.values import ValueTrouble, read_value
from docgen.deal.contract import Contract
from docgen.expressions import read
from docgen.problems import Path
from docgen.values import Text

_LEGAL = ("legal",)
"""Who agrees where a clause names nobody."""


def deviations(
    own: Contract, currency: str, chosen: Sequence[Chosen], missed: Sequence[LeftOut]
) -> Iterator[Deviation]:
    """In the order of the contract, special terms last. missed: clauses that would be in if the deal let them."""
    for each in chosen:
        yield from _added(each)
        yield from _fallback(each, own)
        yield from _values_outside(each, own, currency)
    for out in missed:
        approvers = out.clause.card.approver or _LEGAL
        yield Deviation("left_out", out.clause.key, approvers, ("contract", "without"), was=out.clause.key)
    for index, term in enumerate(own.special_terms):
        place: Path = ("contract", "special_terms", index)
        now = term.text.in_every_language
        yield Deviation("special_term", "special_terms", _LEGAL, place, now=now, because=term.reason)


def _added(each: Chosen) -> Iterator[Deviation]:
    approvers = each.clause.card.approver
    if each.why == "on_request" and approvers:
        yield Deviation("added", each.key, approvers, ("contract", "with"), now=each.key)


def _fallback(each: Chosen, own: Contract) -> Iterator[Deviation]:
    variant = each.clause.card.variant(each.variant)
    if variant is None or variant.position != "fallback":
        return
    path: Path = ("contract", "variants", each.key) if each.key in own.variants else _said(variant)
    approvers = variant.approver or each.clause.card.approver or _LEGAL
    yield Deviation("variant", each.key, approvers, path, STANDARD, variant.name, variant.because)


def _said(variant: Variant) -> Path:
    """Where the deal says what chose a variant: the first fact of its condition."""
    names = read(variant.when, dotted=True).names if variant.when is not None else ()
    return deal_path(names[0]) if names else ("contract",)


def _values_outside(each: Chosen, own: Contract, currency: str) -> Iterator[Deviation]:
    """Values of the clause's own that leave the range nobody must agree to; of those that have none and name who must
    agree, as words do, every other value than the standard."""
    for name, variable in each.clause.card.variables.items():
        said = own.values.get(each.key, {}).get(name)
        watched = variable.range is not None or variable.approver
        if said is None or not watched or each.values.get(name) is None:
            continue
        if _outside(each.values[name], variable, name, currency):
            approvers = variable.approver or each.clause.card.approver or _LEGAL
            path: Path = ("contract", "values", each.key, name)
            yield Deviation("value", each.key, approvers, path, _written(variable.value), said.in_every_language)


def _written(standard: Text | str | None) -> str:
    return standard.in_every_language if isinstance(standard, Text) else standard or ""


def _outside(value: Any, variable: Variable, name: str, currency: str) -> bool:
    """A range that cannot be read or compared lets nothing pass unseen."""
    try:
        if variable.range is None:
            return bool(value != read_value(variable.value, variable.kind, name, currency))
        least, most = (read_value(end, variable.kind, name, currency) for end in variable.range or ())
        return not least <= value <= most
    except (ValueTrouble, TypeError):
        return True
