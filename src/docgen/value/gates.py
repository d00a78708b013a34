"""What a value model of a stated maturity still lacks.

    initial     every number has a source; no rate of return is printed
    refined     ranges, marked as estimates; nothing merely assumed
    proven      every line has an owner and evidence, and is agreed
    delivered   every line has a baseline and what came of it

Each asks for what the ones before it ask. In a draft they are warnings; a final value statement waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from docgen.deal.value import Benefit, Cost, Investment, Maturity, ValueModel
from docgen.problems import Path, Problem, warning
from docgen.value.benefits import FACTORS, factors_of

LARGE_IMPROVEMENT = Decimal("0.40")
"""Above it a reader asks how that can be."""
_AGREED = ("agreed", "proven", "delivered")


def _lines(terms: ValueModel) -> Iterator[tuple[Path, Benefit | Cost]]:
    for index, benefit in enumerate(terms.benefits):
        yield ("value", "benefits", index), benefit
    for index, cost in enumerate(terms.costs):
        yield ("value", "costs", index), cost


def _sources(terms: ValueModel) -> Iterator[Problem]:
    for path, line in _lines(terms):
        if line.source is None and line.evidence is None:
            yield warning("value_needs_source", *path)
    own: tuple[Investment, ...] = () if terms.investment == "quote" else terms.investment
    for index, part in enumerate(own):
        if part.source is None:
            yield warning("value_needs_source", "value", "investment", index)


def _explained(terms: ValueModel) -> Iterator[Problem]:
    for index, benefit in enumerate(terms.benefits):
        improvement = benefit.improvement
        if improvement is not None and improvement.expected > LARGE_IMPROVEMENT and benefit.evidence is None:
            yield warning("value_large_improvement", "value", "benefits", index, "improvement", limit="40%")


def _ranges(terms: ValueModel) -> Iterator[Problem]:
    for index, benefit in enumerate(terms.benefits):
        spans = (span for name, span in factors_of(benefit).items() if name in FACTORS)
        if not any(span.is_open for span in spans):
            yield warning("value_needs_range", "value", "benefits", index)
        if benefit.status == "assumed":
            yield warning("value_only_assumed", "value", "benefits", index, "status")


def owned(terms: ValueModel) -> Iterator[Problem]:
    """Lines for which nobody answers, or which nothing shows to be right."""
    for path, line in _lines(terms):
        if line.owner is None:
            yield warning("value_needs_owner", *path, maturity=terms.maturity)
        if line.evidence is None:
            yield warning("value_needs_evidence", *path, maturity=terms.maturity)


def _agreed(terms: ValueModel) -> Iterator[Problem]:
    for index, benefit in enumerate(terms.benefits):
        if benefit.status not in _AGREED:
            yield warning("value_not_agreed", "value", "benefits", index, status=benefit.status)


def _measured(terms: ValueModel) -> Iterator[Problem]:
    for index, benefit in enumerate(terms.benefits):
        if not benefit.actual:
            yield warning("value_needs_actual", "value", "benefits", index)
        if benefit.baseline is None:
            yield warning("value_needs_baseline", "value", "benefits", index)


GATES: dict[Maturity, tuple[Callable[[ValueModel], Iterator[Problem]], ...]] = {
    "initial": (_sources, _explained),
    "refined": (_sources, _explained, _ranges),
    "proven": (owned, _explained, _agreed),
    "delivered": (owned, _explained, _agreed, _measured),
}


def gates(terms: ValueModel, npv: Fraction) -> Iterator[Problem]:
    """What the maturity lacks, and a warning where the expected case does not pay."""
    for gate in GATES[terms.maturity]:
        yield from gate(terms)
    if npv < 0:
        yield warning("value_does_not_pay", "value")
