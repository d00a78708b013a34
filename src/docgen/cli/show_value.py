"""How a value model looks on a terminal: headline figures with their formulas, then what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import click

from docgen.cli.show import ENGLISH, clip, percent, show_table
from docgen.deal.value import Benefit
from docgen.facts import Facts
from docgen.locales.numbers import format_amount, format_quantity, format_rate_exact
from docgen.locales.value import value_word
from docgen.money import plain, to_minor
from docgen.value.case import ValueCase
from docgen.value.model import Outcome, Payback
from docgen.value.streams import SCENARIOS, Stream
from docgen.value_answers import cost_name, driver_name

_BAR = 30
_NAME = 34


def show_value(facts: Facts, case: ValueCase) -> None:
    """The whole model, one table after another."""
    _show_head(facts, case)
    _show_headline(case)
    parts = (_show_benefits, _show_costs, _show_years, _show_scenarios, _show_tornado, _show_delivered, _show_words)
    for part in parts:
        part(facts, case)


def show_value_card(facts: Facts, case: ValueCase) -> None:
    """The model in two lines: what, whom, what is gained and when the money is back."""
    _show_title(facts)
    told = case.figures()
    gained = (("TBB", told.tbb), ("NPV", told.npv))
    figures = [f"{name} {case.currency} {_amount(amount, case)}" for name, amount in gained]
    if case.tells_rates and case.expected.roi is not None:
        figures.append(f"ROI {percent(case.expected.roi)}")
    figures += [f"payback {_months(case.expected.nominal.signature)}", value_word(ENGLISH, f"maturity_{case.maturity}")]
    click.echo("  " + "   ".join(figures))


def _show_title(facts: Facts) -> None:
    deal, language = facts.deal, facts.deal.language[0]
    parts = [deal.number, deal.customer.name.get(language), deal.title.get(language) if deal.title else ""]
    click.echo(click.style(" · ".join(filter(None, parts)), bold=True))


def _show_head(facts: Facts, case: ValueCase) -> None:
    model = case.model
    _show_title(facts)
    click.echo(
        f"  value model: {value_word(ENGLISH, f'maturity_{case.maturity}')}"
        f"   horizon {model.horizon} months from signature"
        f"   go-live after month {model.go_live}"
    )
    rate = format_rate_exact(model.discounting.rate, ENGLISH)
    click.echo(f"  discounted at {rate} a year: {value_word(ENGLISH, case.terms.discounting)}")
    click.echo()


# ---- the headline ---------------------------------------------------------------------------------------------------
def _show_headline(case: ValueCase) -> None:
    told = case.figures()
    rows = [
        ("TBB", _amount(told.tbb, case), "present value of all benefits"),
        ("TCO", _amount(told.tco, case), "present value of the investment and all costs"),
        ("NPV", _amount(told.npv, case), "TBB − TCO"),
        *_rates(case),
        *_paybacks(case.expected),
        *_more(case),
    ]
    show_table(("figure", case.currency, "how"), rows, {1}, strong={2})


def _rates(case: ValueCase) -> Iterator[tuple[str, str, str]]:
    if not case.tells_rates:
        yield "ROI, IRR", "–", "not told of a first estimate; refine the figures first"
        return
    expected = case.expected
    yield "ROI", _percent(expected.roi), "NPV / TCO"
    note = expected.irr.note
    how = "yearly rate at which the NPV is zero" if note is None else value_word(ENGLISH, note)
    yield "IRR", _percent(expected.irr.rate), how
    yield "MIRR", _percent(expected.mirr), "paid and earned amounts both at the discount rate"


def _paybacks(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    for name, told in (("payback", outcome.nominal), ("payback, discounted", outcome.discounted)):
        yield name, _months(told.signature), _counted_from(told)


def _counted_from(told: Payback) -> str:
    if told.go_live is None:
        return "what is paid does not come back within the horizon"
    return f"from signature; {_months(told.go_live)} from go-live"


def _more(case: ValueCase) -> Iterator[tuple[str, str, str]]:
    if case.cost_of_delay is not None:
        how = "full-run yearly benefit of the conservative case / 12"
        yield "cost of delay", _exact(case.cost_of_delay, case), f"per month: {how}"
    even = case.break_even
    if even.adoption is not None:
        plan = "benefits" if case.terms.flows else "adoption"
        words = f"of the planned {plan} {'is enough' if even.adoption <= 1 else 'would be needed'}"
        yield "break-even", percent(even.adoption), words
    if even.price is not None and even.price_rate is not None:
        yield "break-even price", _exact(even.price, case), f"{percent(even.price_rate)} of the price"


# ---- what it is made of ---------------------------------------------------------------------------------------------
def _show_benefits(facts: Facts, case: ValueCase) -> None:
    language = facts.deal.language[0]
    worth = {stream.path: pv for stream, pv in case.worth_of_benefits()}
    rows = [
        (
            clip(line.benefit.name.get(language), _NAME),
            line.benefit.kind,
            _driver(line.benefit, case),
            _exact(line.stream.amount.expected, case),
            *_factors(line.benefit),
            _amount(worth[line.stream.path], case),
            clip(line.benefit.owner.get(language), 16) if line.benefit.owner else "–",
            line.benefit.status,
        )
        for line in case.lines
    ]
    if rows:
        click.echo()
        heads = ("benefit", "", "driver", "a year", "recapture", "adoption", "risk", "present value", "owner", "status")
        show_table(heads, rows, {3, 4, 5, 6, 7})


def _driver(benefit: Benefit, case: ValueCase) -> str:
    """`86,000,000 × 6% × 15%`, as far as it is stated so."""
    if benefit.per_year is not None or benefit.baseline is None or benefit.improvement is None:
        return ""
    factors = [format_quantity(benefit.baseline.expected, ENGLISH)]
    if benefit.unit_value is not None:
        is_rate = abs(benefit.unit_value) < 1
        factors.append((format_rate_exact if is_rate else format_quantity)(benefit.unit_value, ENGLISH))
    return " × ".join([*factors, format_rate_exact(benefit.improvement.expected, ENGLISH)])


def _factors(benefit: Benefit) -> tuple[str, str, str]:
    adoption = "→".join(plain(share * 100) for share in benefit.adoption)
    return (
        format_rate_exact(benefit.recapture, ENGLISH),
        f"{adoption}%" if adoption else "100%",
        format_rate_exact(benefit.risk, ENGLISH),
    )


def _show_costs(facts: Facts, case: ValueCase) -> None:
    language = facts.deal.language[0]
    rows = [
        (
            clip(cost_name(stream, ENGLISH if stream.name is None else language), _NAME),
            "price" if stream.is_price else stream.kind,
            _paid(stream),
            _exact(stream.amount.expected, case),
            _contingency(stream),
            _amount(pv, case),
        )
        for stream, pv in (() if case.terms.flows else case.worth_of_costs())
    ]
    if rows:
        click.echo()
        show_table(("cost", "", "paid", "amount", "contingency", "present value"), rows, {3, 4, 5})


def _contingency(stream: Stream) -> str:
    share = Fraction(1) if stream.spread is None else stream.spread.share
    return f"+{format_rate_exact(share - 1, ENGLISH)}" if share != 1 else ""


def _paid(stream: Stream) -> str:
    spread = stream.spread
    if spread is None:
        return ""
    if spread.how == "service":
        return f"over {plain(spread.months, 1)} months after month {spread.after}"
    if spread.how == "yearly":
        return "every year"
    return "at signature" if spread.after == 0 else f"in month {spread.after}"


def _show_years(facts: Facts, case: ValueCase) -> None:
    rows = [
        ("signature" if row.year == 0 else str(row.year), *(_amount(figure, case) for figure in figures))
        for row in case.figures().years
        for figures in [(row.benefit, row.cost, row.net, row.pv, row.cumulative_pv)]
    ]
    click.echo()
    show_table(("year", "benefits", "costs", "net", "present value", "running"), rows, {1, 2, 3, 4, 5})


def _show_scenarios(facts: Facts, case: ValueCase) -> None:
    rows = []
    if not case.is_range:
        return
    for scenario in SCENARIOS:
        outcome, told = case.scenarios[scenario], case.figures(scenario)
        rates = (_percent(outcome.roi), _percent(outcome.irr.rate)) if case.tells_rates else ()
        nominal = outcome.nominal
        rows.append(
            (
                scenario,
                *(_amount(figure, case) for figure in (told.tbb, told.tco, told.npv)),
                *rates,
                _months(nominal.signature),
                _months(nominal.go_live),
            )
        )
    heads = ("scenario", "TBB", "TCO", "NPV", *(("ROI", "IRR") if case.tells_rates else ()), "payback", "from go-live")
    click.echo()
    show_table(heads, rows, set(range(1, len(heads))), strong={1})


def _show_tornado(facts: Facts, case: ValueCase) -> None:
    if not case.tornado:
        return
    language, widest = facts.deal.language[0], case.tornado[0].swing
    rows = [
        (
            clip(driver_name(swing, language), _NAME),
            value_word(ENGLISH, swing.factor),
            *(_end(end, swing.factor, case) for end in (swing.span.low, swing.span.high)),
            _exact(swing.swing, case),
            "█" * max(1, round(_BAR * swing.swing / widest)) if widest else "",
        )
        for swing in case.tornado
    ]
    click.echo()
    show_table(("what it hangs on", "", "low", "high", "NPV moves by", ""), rows, {2, 3, 4})


def _end(end: Fraction, factor: str, case: ValueCase) -> str:
    return format_rate_exact(end, ENGLISH) if factor == "improvement" else _exact(end, case)


def _show_delivered(facts: Facts, case: ValueCase) -> None:
    language = facts.deal.language[0]
    rows = [
        (
            clip(each.line.benefit.name.get(language), _NAME),
            str(each.year),
            *(_exact(figure, case) for figure in (each.plan, each.actual, each.variance)),
            _percent(each.rate),
        )
        for each in case.delivered
    ]
    if rows:
        click.echo()
        show_table(("delivered", "year", "plan", "actual", "variance", ""), rows, {1, 2, 3, 4, 5})


def _show_words(facts: Facts, case: ValueCase) -> None:
    language = facts.deal.language[0]
    for head, texts in (("not counted", case.terms.unquantified), ("assumptions", case.terms.assumptions)):
        if texts:
            click.echo()
            click.echo(click.style(head, dim=True))
            for text in texts:
                click.echo(f"  {text.get(language)}")


# ---- figures --------------------------------------------------------------------------------------------------------
def _amount(amount: Decimal, case: ValueCase) -> str:
    return format_amount(amount, case.currency, ENGLISH)


def _exact(amount: Fraction, case: ValueCase) -> str:
    return _amount(to_minor(amount, case.digits), case)


def _percent(rate: Fraction | None) -> str:
    return "–" if rate is None else percent(rate)


def _months(months: Fraction | None) -> str:
    return value_word(ENGLISH, "never") if months is None else f"{to_minor(months, 1)} months"
