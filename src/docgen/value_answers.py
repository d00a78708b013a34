"""What other programs read of the value model: the stable JSON of `docgen value DEAL --format json`.

Amounts are strings with the currency's digits, rates and months strings with up to six and four decimals; what cannot
be told is null. Internal: rates of return stand here also at the maturity at which no paper prints them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.answers import problem_json
from docgen.facts import Facts
from docgen.locales import words
from docgen.locales.value import value_word
from docgen.money import plain, to_minor
from docgen.value.case import ValueCase
from docgen.value.model import Outcome, Payback
from docgen.value.sensitivity import Swing
from docgen.value.streams import SCENARIOS, Scenario, Stream
from docgen.values import Text

RATE_PLACES, MONTH_PLACES = 6, 4


def value_json(facts: Facts, case: ValueCase) -> dict[str, Any]:
    """The whole model of a deal: the expected case, then the scenarios, lines, drivers and what is wrong."""
    source = facts.sources["deal"]
    found = (*facts.problems, *source.placed(case.gates))
    return {
        "deal": facts.deal.deal,
        "revision": facts.deal.revision,
        "currency": case.currency,
        "maturity": case.maturity,
        "rates_on_paper": case.tells_rates,
        "convention": case.terms.discounting,
        "discount_rate": _rate(case.model.discounting.rate),
        "horizon_months": case.model.horizon,
        "go_live_month": case.model.go_live,
        **_scenario(case, "expected"),
        "cost_of_delay_month": _money(case.cost_of_delay, case),
        "cash_flow": [
            {
                "year": row.year,
                **{
                    key: _written(getattr(row, key))
                    for key in ("benefit", "cost", "net", "pv", "cumulative", "cumulative_pv")
                },
            }
            for row in case.figures().years
        ],
        "scenarios": {scenario: _scenario(case, scenario) for scenario in SCENARIOS},
        "benefits": _benefits(case, _language(facts)),
        "costs": _costs(case, _language(facts)),
        "tornado": [_swing(swing, case, _language(facts)) for swing in case.tornado],
        "break_even": {
            "adoption": _rate(case.break_even.adoption),
            "price": _money(case.break_even.price, case),
            "price_rate": _rate(case.break_even.price_rate),
        },
        "delivered": [
            {
                "id": each.line.benefit.id,
                "year": each.year,
                "plan": _money(each.plan, case),
                "actual": _money(each.actual, case),
                "variance": _money(each.variance, case),
                "variance_rate": _rate(each.rate),
            }
            for each in case.delivered
        ],
        "problems": [problem_json(each) for each in found],
    }


def _language(facts: Facts) -> str:
    return facts.deal.language[0]


def _scenario(case: ValueCase, scenario: Scenario) -> dict[str, Any]:
    outcome, told = case.scenarios[scenario], case.figures(scenario)
    return {
        "tbb": _written(told.tbb),
        "tco": _written(told.tco),
        "npv": _written(told.npv),
        "roi": _rate(outcome.roi),
        "irr": _rate(outcome.irr.rate),
        "irr_note": None if outcome.irr.note is None else value_word("en", outcome.irr.note),
        "mirr": _rate(outcome.mirr),
        "payback": _paybacks(outcome),
    }


def _paybacks(outcome: Outcome) -> dict[str, Any]:
    return {"nominal": _payback(outcome.nominal), "discounted": _payback(outcome.discounted)}


def _payback(payback: Payback) -> dict[str, str | None]:
    return {"signature": _months(payback.signature), "go_live": _months(payback.go_live)}


def _benefits(case: ValueCase, language: str) -> list[dict[str, Any]]:
    worth = {stream.path: pv for stream, pv in case.worth_of_benefits()}
    return [
        {
            "id": line.benefit.id,
            "name": line.benefit.name.get(language),
            "class": line.benefit.kind,
            "status": line.benefit.status,
            "owner": _text(line.benefit.owner, language),
            "evidence": _text(line.benefit.evidence, language),
            "source": _text(line.benefit.source, language),
            "per_year": {key: _money(getattr(line.stream.amount, key), case) for key in ("low", "expected", "high")},
            "recapture": plain(line.benefit.recapture),
            "build_up": [plain(share) for share in line.benefit.build_up],
            "adoption": [plain(share) for share in line.benefit.adoption],
            "risk": plain(line.benefit.risk),
            "first_month": line.begins,
            "full_year": _written(full_year),
            "pv": _written(worth[line.stream.path]),
        }
        for line, full_year in zip(case.lines, case.full_years(), strict=True)
    ]


def _costs(case: ValueCase, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": cost_name(stream, language),
            "kind": stream.kind,
            "price": stream.is_price,
            "amount": _written(paid),
            "pv": _written(pv),
        }
        for (stream, pv), paid in zip(case.worth_of_costs(), case.paid_in_horizon(), strict=True)
    ]


def _swing(swing: Swing, case: ValueCase, language: str) -> dict[str, Any]:
    is_rate = swing.factor == "improvement"
    return {
        "driver": driver_name(swing, language),
        "factor": swing.factor,
        "low": _rate(swing.span.low) if is_rate else _money(swing.span.low, case),
        "high": _rate(swing.span.high) if is_rate else _money(swing.span.high, case),
        "npv_low": _money(swing.npv_low, case),
        "npv_high": _money(swing.npv_high, case),
        "swing": _money(swing.swing, case),
    }


# ---- names ----------------------------------------------------------------------------------------------------------
def cost_name(stream: Stream, language: str) -> str:
    """The line's own name; of the price, and of amounts without a name, what kind it is."""
    if stream.name is not None:
        return stream.name.get(language)
    if stream.kind in words(language).groups["kinds"]:
        return words(language).kind(stream.kind)
    return value_word(language, stream.kind)


def driver_name(swing: Swing, language: str) -> str:
    return value_word(language, swing.kind) if swing.name is None else swing.name.get(language)


# ---- values ---------------------------------------------------------------------------------------------------------
def _written(amount: Decimal) -> str:
    return format(amount + 0, "f")


def _money(amount: Fraction | None, case: ValueCase) -> str | None:
    return None if amount is None else _written(to_minor(amount, case.digits))


def _rate(rate: Fraction | None) -> str | None:
    return None if rate is None else plain(rate, RATE_PLACES)


def _months(months: Fraction | None) -> str | None:
    return None if months is None else plain(months, MONTH_PLACES)


def _text(text: Text | None, language: str) -> str | None:
    return None if text is None else text.get(language)
