"""Figures told before, against what the value model says now: one outside its range is flagged."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from docgen.deal import Deal
from docgen.deal.value import ValueModel
from docgen.money import to_minor
from docgen.problems import Problem, warning
from docgen.value.model import Outcome

_AFTER_MONEY = (("lines",), ("alternatives",), ("discounts",))


def said_before(
    deal: Deal, terms: ValueModel, expected: Outcome, full_year: Fraction, digits: int
) -> Iterator[Problem]:
    """`benefits` is a full-run year, `payback` and `go_live` are months from signature, `investment` what the model
    states by month (the quotation's own is compared with the price)."""
    now: dict[str, Fraction | None] = {
        "benefits": full_year,
        "tbb": expected.tbb,
        "tco": expected.tco,
        "npv": expected.npv,
        "payback": expected.nominal.signature,
        "go_live": Fraction(terms.go_live_month),
    }
    if terms.investment != "quote":
        now["investment"] = sum((Fraction(part.amount.expected) for part in terms.investment), Fraction(0))
    for index, said in enumerate(deal.earlier):
        figure = now.get(said.figure)
        if said.figure not in now or (figure is not None and _inside(figure, said.low, said.high)):
            continue
        params = {
            "figure": said.figure,
            "amount": "never" if figure is None else _shown(figure, said.figure, digits),
            "low": _limit(said.low),
            "high": _limit(said.high),
            "date": said.date,
            "paper": said.paper,
        }
        found = warning("earlier_range", "earlier", index, **params)
        yield Problem(found.code, found.path, found.params, found.severity, depends=(("value",), *_AFTER_MONEY))


def _inside(figure: Fraction, low: object, high: object) -> bool:
    return (low is None or figure >= Fraction(str(low))) and (high is None or figure <= Fraction(str(high)))


def _shown(figure: Fraction, name: str, digits: int) -> str:
    places = digits if name not in ("payback", "go_live") else 0 if figure.denominator == 1 else 1
    return f"{to_minor(figure, places):,}"


def _limit(limit: object) -> str:
    return "…" if limit is None else f"{limit:,}"
