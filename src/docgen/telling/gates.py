"""What a final paper needs beside approvals: warnings in a draft, exit 3 with --final, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from docgen.facts import Facts
from docgen.problems import Problem, warning
from docgen.telling.told import Told
from docgen.telling.words import competitors, other_customers, placeholders

EXACT = ("proven", "delivered")
"""Maturities whose figures are exact."""


def _investment(told: Told) -> Iterator[Problem]:
    """The price is known, and it is the investment of the value model."""
    if not told.facts.quote.lines:
        yield warning("final_without_price", "lines")
    value = told.deal.value
    if value is not None and value.investment != "quote":
        yield warning("final_investment_typed", "value", "investment")


def _proven_value(told: Told) -> Iterator[Problem]:
    case = told.facts.value
    if case is None:
        yield warning("final_without_value", "value")
        return
    if case.maturity not in EXACT:
        yield warning("final_value_estimate", "value", "maturity", maturity=case.maturity)
    yield from case.gates


def _ripe_value(told: Told) -> Iterator[Problem]:
    """The value model has what its own maturity asks for; a first estimate may be final as a first estimate."""
    yield from () if told.facts.value is None else told.facts.value.gates


def _dated_plan(told: Told) -> Iterator[Problem]:
    if not told.story.plan:
        yield warning("final_without_plan", "story", "plan")
    elif told.story.plan_starts is None:
        yield warning("final_plan_undated", "story", "plan")


def _clean_words(told: Told) -> Iterator[Problem]:
    """What must never leave the house, whoever reads it."""
    for check in (placeholders, competitors, other_customers):
        yield from check(told)


def _consent(told: Told) -> Iterator[Problem]:
    """The customer has agreed to the evaluation plan, and when is written."""
    if told.story.evaluation_consent is None:
        yield warning("final_without_consent", "story", "evaluation_plan")


GATES: Mapping[str, Callable[[Told], Iterator[Problem]]] = {
    "investment": _investment,
    "proven_value": _proven_value,
    "ripe_value": _ripe_value,
    "dated_plan": _dated_plan,
    "clean_words": _clean_words,
    "consent": _consent,
}


def final_gates(facts: Facts, needs: Sequence[str], secret: Mapping[str, str]) -> Iterator[Problem]:
    """What a paper with these needs lacks before it may be final."""
    told = Told(facts, dict(secret))
    for need in needs:
        yield from GATES[need](told)
