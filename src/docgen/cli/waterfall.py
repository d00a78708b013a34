"""How a price comes about, on a terminal: each line's waterfall, what it did not get, what was nearly reached."""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal
from fractions import Fraction

import click

from docgen.cli.show import ENGLISH, amount, discount_words, segment_of, show_table
from docgen.facts import Facts
from docgen.locales import words
from docgen.locales.numbers import format_amount, format_quantity, format_rate_exact, format_unit_price
from docgen.locales.problems import because
from docgen.money import plain, to_minor
from docgen.pricing import QuoteLine
from docgen.pricing.losers import Loser, Losers
from docgen.pricing.near_misses import NearMiss, near_misses

_BAR = 24


def show_waterfall(facts: Facts, lines: Sequence[QuoteLine]) -> None:
    """Each line from its list price down to what is paid, with a bar for what is left and the source of every step."""
    language = facts.deal.language[0]
    losers = Losers(facts.quote, facts.deal, facts.catalog)
    for number, line in enumerate(lines):
        if number:
            click.echo()
        own = line.line
        head = f"{line.number}  {own.sku or 'custom'}  {own.name.get(language)}"
        segment = f"   {segment_of(own)}" if own.from_month is not None else ""
        click.echo(click.style(head + segment + ("   (option, not in the total)" if own.optional else ""), bold=True))
        if own.role == "heading":
            parts = ", ".join(str(p.number) for p in facts.quote.parts_of(line))
            click.echo(f"   bundle of lines {parts}")
            continue
        show_table(("step", "lane", "rate", "amount", "left", "", "from"), _steps(line, facts), {2, 3, 4})
        for loser in losers.of(line):
            click.echo(click.style(f"   {_not_taken(loser, facts)}", dim=True))
        if line.below_floor:
            click.echo(click.style("   below the floor price", fg="yellow"))


def _not_taken(loser: Loser, facts: Facts) -> str:
    worth = ""
    if loser.price is not None:
        worth = f" {format_unit_price(loser.price, facts.quote.currency, ENGLISH)}"
    elif loser.rate is not None:
        worth = f" {format_rate_exact(loser.rate, ENGLISH)}"
    source = facts.source_of(loser.origin, loser.path)
    name = loser.name.get(facts.deal.language[0])
    return f"not taken: {name}{worth}: {because(loser.why, loser.params)} ({source})"


def _steps(line: QuoteLine, facts: Facts) -> list[tuple[str, ...]]:
    language, left = facts.deal.language[0], line.list
    rows: list[tuple[str, ...]] = [
        ("list", "", "", "", amount(line.list, facts), _bar(left, line.list), _multiplied(line, facts))
    ]
    for step in line.steps:
        left += step.amount
        rate = "" if step.rate is None else format_rate_exact(step.rate, ENGLISH)
        because = f"  “{step.because.get(language)}”" if step.because else ""
        rows.append(
            (
                step.name.get(language),
                step.lane,
                rate,
                amount(step.amount, facts),
                amount(left, facts),
                _bar(left, line.list),
                facts.source_of(step.origin, step.path) + because,
            )
        )
    rows.append(
        (
            "net",
            "",
            "",
            "",
            amount(line.net, facts),
            _bar(line.net, line.list),
            discount_words(line),
        )
    )
    rows.append(
        (
            f"tax {line.tax_code or ''}".rstrip(),
            "",
            format_rate_exact(line.tax_rate, ENGLISH),
            amount(line.tax, facts),
            amount(line.gross, facts),
            "",
            "",
        )
    )
    return rows


def _multiplied(line: QuoteLine, facts: Facts) -> str:
    own = line.line
    if line.unit_price is None:
        times = "" if own.periods == 1 else f" × {_periods(own.periods)}"
        units = words(ENGLISH).unit(own.unit, own.quantity)
        return f"{format_quantity(own.quantity, ENGLISH)} {units}{times}, by tiers" + _prorated(line, facts)
    factors = [
        format_quantity(own.quantity, ENGLISH),
        format_unit_price(line.unit_price, facts.quote.currency, ENGLISH),
    ]
    if own.periods != 1:
        factors.append(_periods(own.periods))
    return " × ".join(factors) + _prorated(line, facts)


def _prorated(line: QuoteLine, facts: Facts) -> str:
    """From when to when a term runs that is not of whole months, and by which convention its parts count."""
    own = line.line
    if own.months is None or own.months.denominator == 1:
        return ""
    return f"; {own.starts} to {own.ends}, {_PRORATIONS[facts.catalog.proration]}"


_PRORATIONS = {
    "month_day": "months, days by 365/12 a month",
    "daily": "days by 365 a year",
    "whole_month": "months begun",
}


def _periods(periods: Fraction) -> str:
    """Months or years a price is due; a term that is not whole to four decimals."""
    return plain(periods, 4) if periods.denominator != 1 else str(periods)


def _bar(left: Decimal, full: Decimal) -> str:
    """What is left of the list; never longer than the list's own, though a minimum may leave more."""
    return "█" * min(_BAR, round(_BAR * left / full)) if full > 0 and left > 0 else ""


# ---- near misses ----------------------------------------------------------------------------------------------------
def show_near_misses(facts: Facts, lines: Container[int] | None = None) -> None:
    """Other quantities and terms that would cost less; with `lines` only those of these line numbers."""
    found = near_misses(facts.deal, facts.catalog, facts.quote)
    told = [miss for miss in found if lines is None or miss.line.number in lines]
    if told:
        click.echo(click.style("\nnear misses", dim=True))
    for miss in told:
        click.echo(f"  line {miss.line.number} {miss.line.line.sku}: {_more(miss)}: {_outcome(miss, facts)}")


def _more(miss: NearMiss) -> str:
    """`2 more users (50)`, `1 fewer package (40)`, `6 more months (36)`."""
    lacking = Decimal(plain(Fraction(miss.then) - Fraction(miss.now), 4))
    way, much = ("more" if lacking > 0 else "fewer"), format_quantity(abs(lacking), ENGLISH)
    unit = "month" if miss.what == "term_months" else miss.line.line.unit
    return f"{much} {way} {words(ENGLISH).unit(unit, abs(lacking))} ({format_quantity(miss.then, ENGLISH)})"


def _outcome(miss: NearMiss, facts: Facts) -> str:
    name = miss.because.get(facts.deal.language[0])
    whole = "the line" if miss.alone else "the total"
    if miss.change == 0:
        said = f"{whole} stays the same"
    elif miss.falls:
        said = f"{whole} falls by {amount(-miss.change, facts)} to {amount(miss.total, facts)}"
    else:
        said = f"{whole} rises by only {amount(miss.change, facts)}"
    each = [format_amount(to_minor(e, facts.quote.digits), facts.quote.currency, ENGLISH) for e in miss.each]
    return f"{said}; {each[1]} each instead of {each[0]} ({name})"
