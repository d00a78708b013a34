"""Figures told before, against what the value model says now: one outside its range is flagged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from docgen.deal import Deal
from docgen.deal.value import ValueModel
from docgen.money import to_minor
from docgen.problems import Problem, warning

if TYPE_CHECKING:
    from docgen.value.case import ValueCase

FIGURES: Mapping[str, Callable[[ValueCase], Fraction | None]] = {
    "benefits": lambda case: case.full_year("expected"),
    "tbb": lambda case: case.expected.tbb,
    "tco": lambda case: case.expected.tco,
    "npv": lambda case: case.expected.npv,
    "payback": lambda case: case.expected.nominal.signature,
    "go_live": lambda case: Fraction(case.model.go_live),
    "investment": lambda case: case.invested,
}
"""What a deal may say under `earlier`: `benefits` is a full-run year, `payback` and `go_live` are months from
signature, `investment` what the model states by month (the quotation's own is compared with the price)."""
_AFTER_MONEY = (("lines",), ("alternatives",), ("discounts",))


def names_figures(deal: Deal) -> bool:
    """Whether anything was said before that only the worked-out model can be compared with."""
    return any(said.figure in FIGURES for said in deal.earlier)


def said_before(deal: Deal, terms: ValueModel, case: ValueCase) -> Iterator[Problem]:
    """Every figure of `FIGURES` that was told with a range it now leaves."""
    for index, said in enumerate(deal.earlier):
        if said.figure not in FIGURES or (said.figure == "investment" and terms.investment == "quote"):
            continue
        figure = FIGURES[said.figure](case)
        if figure is not None and _inside(figure, said.low, said.high):
            continue
        params = {
            "figure": said.figure,
            "amount": "never" if figure is None else _shown(figure, said.figure, case.digits),
            "low": _limit(said.low),
            "high": _limit(said.high),
            "date": said.date,
            "paper": said.paper,
        }
        yield replace(warning("earlier_range", "earlier", index, **params), depends=(("value",), *_AFTER_MONEY))


def _inside(figure: Fraction, low: object, high: object) -> bool:
    return (low is None or figure >= Fraction(str(low))) and (high is None or figure <= Fraction(str(high)))


def _shown(figure: Fraction, name: str, digits: int) -> str:
    places = digits if name not in ("payback", "go_live") else 0 if figure.denominator == 1 else 1
    return f"{to_minor(figure, places):,}"


def _limit(limit: object) -> str:
    return "…" if limit is None else f"{limit:,}"
