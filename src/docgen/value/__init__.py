"""What the customer gains: the value model of a deal, counted month by month and exact.

`check_value` finds what a deal's `value` section gets wrong; `value_case` works it out: streams of benefits and costs,
discounted by the stated convention, in three scenarios, with payback, sensitivity and what its maturity still lacks.
Both load the rest of the room when they are called, since a quotation needs no more than the checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.deal import Deal
from docgen.pricing import Quote
from docgen.problems import Problem

if TYPE_CHECKING:
    from docgen.value.case import ValueCase

__all__ = ["check_value", "value_case"]


def check_value(deal: Deal, quote: Quote) -> Iterator[Problem]:
    """Everything a value section gets wrong, and figures that leave what was said before."""
    from docgen.value.checks import check
    from docgen.value.earlier import names_figures, said_before

    if deal.value is None:
        return
    yield from check(deal, deal.value, quote)
    case = value_case(deal, quote) if names_figures(deal) else None
    if case is not None:
        yield from said_before(deal, deal.value, case)


def value_case(deal: Deal, quote: Quote) -> ValueCase | None:
    """The value section of a deal, worked out; None without one, or where it states too little."""
    from docgen.value.case import value_case as worked_out

    return worked_out(deal, quote)
