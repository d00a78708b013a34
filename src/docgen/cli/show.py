"""How problems, prices and verdicts look on a terminal; waterfalls are in waterfall.py."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from decimal import Decimal

import click

from docgen.configuration import ConfiguredLine
from docgen.deal.channel import Partner
from docgen.facts import Facts
from docgen.locales import words
from docgen.locales.numbers import format_amount, format_quantity, format_rate, format_rate_exact
from docgen.locales.problems import describe, dotted
from docgen.money import Exact
from docgen.pricing import PartnerShare, Payment, QuoteLine, RenewalPrice, Totals
from docgen.pricing.partner import next_rebate
from docgen.problems import Problem

ENGLISH = "en"


# ---- problems -------------------------------------------------------------------------------------------------------
def show_problems(problems: Iterable[Problem], *, codes: bool = False) -> None:
    """To stderr, one line each and the way out below it. `codes`: name each problem's code, for who may allow it."""
    found = list(problems)
    for each in found:
        message, hint = (visible(words) for words in describe(each))
        place = visible(f"{each.place}: ") if each.place else ""
        severity = click.style(each.severity, fg="red" if each.is_error else "yellow", bold=True)
        path = f"{dotted(each)}: " if each.path else ""
        click.echo(f"{place}{severity}: {path}{message}{f' [{each.code}]' if codes else ''}", err=True)
        if hint:
            click.echo(click.style(f"    → {hint}", dim=True), err=True)
    errors = sum(p.is_error for p in found)
    if errors and not codes:
        warnings = len(found) - errors
        more = f", {count(warnings, 'warning')}" if warnings else ""
        click.echo(f"{count(errors, 'error')}{more}", err=True)


def problem_line(each: Problem) -> str:
    """A problem and its way out in one line, for logs of many deals."""
    message, hint = describe(each)
    place = f"{each.place}: " if each.place else ""
    severity = click.style(each.severity, fg="red" if each.is_error else "yellow", bold=True)
    path = f"{dotted(each)}: " if each.path else ""
    return f"{place}{severity}: {path}{message}" + (click.style(f" → {hint}", dim=True) if hint else "")


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """A line as it is, characters a terminal would obey or hide written as escapes: file names may hold any."""
    return text if text.isprintable() else _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


# ---- tables ---------------------------------------------------------------------------------------------------------
def width(text: str) -> int:
    """Columns a text takes on a terminal: Chinese characters take two, colours none."""
    plain_text = click.unstyle(text)
    if plain_text.isascii():
        return len(plain_text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in plain_text
    )


def clip(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    out = ""
    for char in text:
        if width(out + char) > room - 1:
            break
        out += char
    return out + "…"


def pad(text: str, room: int, *, right: bool = False) -> str:
    gap = " " * max(0, room - width(text))
    return gap + text if right else text + gap


def show_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: set[int],
    *,
    strong: Container[int] = (),
) -> None:
    """Columns as wide as their content; `right`: indices of figure columns; `strong`: indices of bold rows."""
    widths = [max(width(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    click.echo(
        click.style(
            "  ".join(pad(h, w, right=i in right) for i, (h, w) in enumerate(zip(heads, widths, strict=True))).rstrip(),
            dim=True,
        )
    )
    for number, row in enumerate(rows):
        text = "  ".join(pad(c, w, right=i in right) for i, (c, w) in enumerate(zip(row, widths, strict=True))).rstrip()
        click.echo(click.style(text, bold=True) if number in strong else text)


# ---- prices ---------------------------------------------------------------------------------------------------------
def amount(value: Decimal, facts: Facts, *, code: bool = False) -> str:
    return format_amount(value, facts.quote.currency, ENGLISH, with_code=code)


def percent(rate: Exact) -> str:
    return format_rate(rate, ENGLISH)


def show_quote(facts: Facts) -> None:
    """Lines, totals, taxes and payments: what the rep may see, margin included."""
    show_card(facts)
    heads = ("line", "sku", "item", "quantity", "list", "discount", "net", "margin")
    rows = [_line_row(line, facts) for line in facts.quote.lines]
    click.echo()
    show_table(heads, rows, {0, 3, 4, 5, 6, 7})
    click.echo()
    show_totals(facts)
    show_partner(facts)
    if facts.quote.payments:
        click.echo()
        show_payments(facts)


def show_payments(facts: Facts) -> None:
    """Who pays what when; level instalments that follow one another stand in one row."""
    runs: list[list[Payment]] = []
    for payment in facts.quote.payments:
        is_like = bool(runs) and _reads_alike(runs[-1][-1], payment)
        runs[-1:] = [[*runs[-1], payment]] if is_like else [*runs[-1:], [payment]]
    rows = [_payment_row(run, facts) for run in runs]
    interest = sum((p.interest for p in facts.quote.payments), Decimal(0))
    if interest:
        rows.append(("interest", "", "", amount(interest, facts), "of it, beside the gross total"))
    show_table(("payment", "due", "share", "gross", ""), rows, {2, 3})


def _reads_alike(one: Payment, other: Payment) -> bool:
    return bool(one.number and other.number) and (one.due, one.amount) == (other.due, other.amount)


def _payment_row(run: Sequence[Payment], facts: Facts) -> tuple[str, ...]:
    first, language = run[0], facts.deal.language[0]
    numbers = str(first.number) if len(run) == 1 else f"{first.number} to {run[-1].number}"
    name = f"{first.name.get(language)} {numbers}" if first.number else first.name.get(language)
    event = first.due.replace("_", " ")
    due = first.date.isoformat() if first.date else f"{event} + {count(first.days, 'day')}" if first.days else event
    share = "" if first.share is None else format_rate_exact(first.share, ENGLISH)
    return name, due, share, amount(first.amount, facts), "each" if len(run) > 1 else ""


def _line_row(line: QuoteLine, facts: Facts) -> tuple[str, ...]:
    own, language = line.line, facts.deal.language[0]
    name = clip(("  " if own.bundle else "") + own.name.get(language), 34) + (" (option)" if own.optional else "")
    name += f", {segment_of(own)}" if own.from_month is not None else ""
    quantity = f"{format_quantity(own.quantity, ENGLISH)} {words(ENGLISH).unit(own.unit, own.quantity)}"
    if own.role == "heading":
        return str(line.number), own.sku or "", name, quantity, "", "", "", ""
    margin = percent((line.net - line.cost) / line.net) if line.net else ""
    floor = " ▼" if line.below_floor else ""
    return (
        str(line.number),
        own.sku or "–",
        name,
        quantity,
        amount(line.list, facts),
        percent(line.discount_rate) if line.discount_rate else "",
        amount(line.net, facts) + floor,
        margin,
    )


def segment_of(own: ConfiguredLine) -> str:
    """The months of a ramp's segment, counted from 1: `months 13 to 36`."""
    first = (own.from_month or 0) + 1
    last = first - 1 + int(own.months or 0)
    return f"month {first}" if first == last else f"months {first} to {last}"


def show_totals(facts: Facts) -> None:
    totals, inclusive = facts.quote.totals, facts.quote.tax_inclusive
    rows = [("list", amount(totals.list, facts), "tax included" if inclusive else "")]
    if totals.regular != totals.list:
        rows.append(("regular", amount(totals.regular, facts), "after automatic discounts"))
    margin = f"margin {percent(totals.margin_rate)}"
    if totals.customer != totals.net:
        rows.append(("customer", amount(totals.customer, facts), discount_words(totals)))
        rows.append(("net", amount(totals.net, facts), ", ".join([*_between(facts), margin])))
    else:
        rows.append(("net", amount(totals.net, facts), ", ".join(filter(None, [discount_words(totals), margin]))))
    rows += [
        (f"tax {format_rate_exact(t.rate, ENGLISH)}", amount(t.tax, facts), f"{t.code}, on {amount(t.base, facts)}")
        for t in facts.quote.taxes
    ]
    paid = f"the partner pays us; the customer pays him {amount(totals.customer_gross, facts)}"
    rows.append(
        ("gross", amount(totals.gross, facts, code=True), paid if totals.gross != totals.customer_gross else "")
    )
    strong = {len(rows) - 1}
    if totals.arr:
        rows += [
            ("one-time", amount(totals.one_time, facts), "net"),
            ("yearly (ARR)", amount(totals.arr, facts), "net"),
            ("total (TCV)", amount(totals.tcv, facts), "net"),
        ]
    if facts.quote.renewal is not None:
        rows.append(("renewal", amount(facts.quote.renewal.net, facts), _renewal_note(facts.quote.renewal)))
    show_table(("total", facts.quote.currency, ""), rows, {1}, strong=strong)


def discount_words(of: Totals | QuoteLine) -> str:
    """The discount, and where an upgrade is credited what was given away besides; a minimum may leave more than the
    list. Nothing where there is none."""
    rate = of.discount_rate
    if not rate:
        return ""
    without = f", {percent(of.conceded_rate)} without the credit" if of.credit else ""
    return (f"{percent(-rate)} above list" if rate < 0 else f"discount {percent(rate)}") + without


def _between(facts: Facts) -> list[str]:
    """What lies between the customer's price and our net."""
    resold = facts.deal.partner is not None and facts.deal.partner.mode == "resale"
    return ["after the partner's discount"] * resold + ["without tax"] * facts.quote.tax_inclusive


def _renewal_note(renewal: RenewalPrice) -> str:
    ways = {"same": "as the last month", "list": "at list price"}
    way = ways.get(renewal.mode) or f"as the last month plus {format_rate_exact(renewal.uplift or Decimal(0), ENGLISH)}"
    return f"net, {count(renewal.months, 'month')} from {renewal.starts}, {way}"


def show_partner(facts: Facts, *, sources: bool = False) -> None:
    """Who earns what in a partner deal; for the house only. With `sources` also where his rates stand."""
    partner, share, totals = facts.deal.partner, facts.quote.partner, facts.quote.totals
    if partner is None or share is None:
        return
    at = f"  {_rate_place(partner, facts)}" if sources else ""
    rows = []
    if share.profit:
        rows.append(("sells at", amount(share.sells, facts), "customer price, before tax"))
        rows.append(("buys at", amount(share.buys, facts), "our net"))
        rows.append(("profit", amount(share.profit, facts), f"{percent(share.profit / share.sells)} of his sale{at}"))
    rebate = _rebate_note(facts, share, sources=sources)
    if rebate:
        rows.append(("rebate", amount(share.rebate, facts), rebate))
    if share.rebate:
        rows.append(("earns", amount(share.earns, facts), "profit and rebate"))
    if share.commission:
        rate = format_rate_exact(share.commission_rate, ENGLISH)
        rows.append(("commission", amount(share.commission, facts), f"{rate} of our net{at}"))
    rows.append(("our net", amount(totals.net, facts), ""))
    rows.append(("our cost", amount(totals.cost, facts), _cost_note(share)))
    rows.append(("our margin", amount(totals.margin, facts), percent(totals.margin_rate)))
    click.echo()
    name = partner.name.get(facts.deal.language[0])
    show_table(
        (f"partner {partner.tier or ''}".rstrip(), facts.quote.currency, name), rows, {1}, strong={len(rows) - 1}
    )


def _rate_place(partner: Partner, facts: Facts) -> str:
    if partner.discount is not None:
        return facts.source_of("deal", ("partner", "discount"))
    return facts.source_of("price_list", ("partner_tiers", partner.tier or ""))


def _rebate_note(facts: Facts, share: PartnerShare, *, sources: bool) -> str:
    """The rate that is reached and the next one; nothing where the partner's tier has no rebate."""
    told = []
    if share.rebate:
        told.append(f"{format_rate_exact(share.rebate_rate, ENGLISH)} of our net, paid back later")
    ahead = next_rebate(facts.deal, facts.catalog, share.buys)
    if ahead is not None:
        told.append(f"{format_rate_exact(ahead.percent, ENGLISH)} from a net of {amount(ahead.reached_from, facts)}")
    tier = facts.deal.partner.tier if facts.deal.partner is not None else None
    at = f"  {facts.source_of('price_list', ('partner_rebates', tier or ''))}" if sources and told else ""
    return "; ".join(told) + at


def _cost_note(share: PartnerShare) -> str:
    return "rebate included" if share.rebate else "commission included" if share.commission else ""


def show_card(facts: Facts) -> None:
    """The deal in two lines: what, whom, how much."""
    deal, totals, language = facts.deal, facts.quote.totals, facts.deal.language[0]
    title = [deal.number, deal.customer.name.get(language), deal.title.get(language) if deal.title else ""]
    title += [each.called(language) for each in facts.alternatives if each.deal is deal and not each.recommended]
    click.echo(click.style(" · ".join(filter(None, title)), bold=True))
    figures = [f"total {amount(totals.customer_gross, facts, code=True)}"]
    figures += [discount_words(totals)] if totals.discount else []
    figures += [f"margin {percent(totals.margin_rate)}", f"valid until {deal.offered_until}"]
    click.echo("  " + "   ".join(figures))
