"""The figures of the value model that templates may print, each rounded once where the model rounds it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.documents.page import Page
from docgen.documents.projection.story import text, texts
from docgen.locales.dates import format_months
from docgen.locales.value import value_word
from docgen.money import to_minor


def project_value(page: Page) -> Mapping[str, Any]:
    """Empty where the deal has no value model. Rates of return only where the model's maturity allows them."""
    case = page.facts.value
    if case is None:
        return {}
    figures, expected, terms = case.figures(), case.expected, case.terms
    delay, even = case.cost_of_delay, case.break_even.adoption
    return {
        "tbb": page.money(figures.tbb),
        "tco": page.money(figures.tco),
        "npv": page.money(figures.npv),
        "pays": figures.npv > 0,
        "roi": page.rate(expected.roi) if case.tells_rates and expected.roi is not None else None,
        "payback": months(expected.nominal.signature, page),
        "payback_go_live": months(expected.nominal.go_live, page),
        "cost_of_delay": None if delay is None else page.money(to_minor(delay, case.digits)),
        "horizon": format_months(case.model.horizon, page.language),
        "go_live": terms.go_live_month,
        "rate": page.exact_rate(terms.discount_rate or Decimal(0)),
        "convention": value_word(page.language, terms.discounting),
        "maturity": value_word(page.language, f"maturity_{terms.maturity}"),
        "is_estimate": terms.maturity in ("initial", "refined"),
        "low": page.money(to_minor(case.full_year("conservative"), case.digits)),
        "high": page.money(to_minor(case.full_year("optimistic"), case.digits)),
        "ranges": case.is_range,
        "state": terms.maturity,
        "flows": bool(terms.flows),
        "own": bool(terms.costs),
        "quoted": not terms.flows and terms.investment == "quote" and bool(page.facts.quote.lines),
        "with_options": terms.with_options and bool(page.facts.quote.optional),
        "taxed": not terms.tax_recoverable,
        "runs_on": any(stream.is_price and sum(stream.timing) < 1 for stream in case.model.costs),
        "conservative": page.money(case.figures("conservative").npv),
        "optimistic": page.money(case.figures("optimistic").npv),
        "enough": page.rate(even) if even is not None and even <= 1 and case.lines else None,
        "delivered": _delivered(page),
        "benefits": [text(line.benefit.name, page) for line in case.lines],
        "unquantified": texts(terms.unquantified, page),
        "assumptions": texts(terms.assumptions, page),
    }


def _delivered(page: Page) -> Mapping[str, Any] | None:
    """What was planned and what came of it, over all lines and years that are told."""
    case = page.facts.value
    if case is None or not case.delivered:
        return None
    plan, actual = case.planned_and_actual()
    return {"plan": page.money(plan), "actual": page.money(actual), "variance": page.money(actual - plan)}


def months(span: Fraction | None, page: Page) -> str | None:
    """To one decimal, as the terminal shows it; None for never."""
    return None if span is None else format_months(to_minor(span, 1), page.language)
