"""diff: what changed between two deals, in money and words; with a Word file, what its reader changed in it."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from docgen.cli.common import EXIT_ERRORS, is_word, language_option, prepared
from docgen.cli.show import ENGLISH, amount, pad, percent, show_problems, show_table, width
from docgen.cli.show_approvals import show_figure
from docgen.comparing import AlternativeChange, Asked, Change, Difference, Figure, LineChange, Value, answer, compare
from docgen.facts import Facts
from docgen.locales.numbers import format_quantity, format_rate_exact
from docgen.problems import Place, Problem

_NOT_DEALS = (".docx", ".doc", ".pdf", ".html", ".xlsx", ".csv")
_MARKS = {"added": ("+", "green"), "removed": ("−", "red"), "changed": ("~", "yellow")}
_ASKED = {"asked": "must now agree", "dropped": "no longer asked", "still": "other figures"}


@click.command("diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--document", help="Which of the deal's papers a Word file is; default: what the file itself says.")
@click.option("--language", callback=language_option, help="The language of that paper, where it is not the deal's.")
@click.pass_context
def diff_command(
    ctx: click.Context, before: str, after: str, form: str, document: str | None, language: tuple[str, ...]
) -> None:
    """Show what changed from the deal BEFORE to the deal AFTER: money, lines, terms, alternatives, approvals.

    Where AFTER is a Word file that came back from the customer, show what was changed in it, tracked or not. BEFORE is
    the deal, or the Word file that was sent.

    \b
    docgen diff deal.yaml deal-2.yaml
    docgen diff deal.yaml deal-2.yaml --format json
    docgen diff deal.yaml returned.docx
    docgen diff sent.docx returned.docx
    """
    if is_word(after):
        from docgen.cli.compare_papers import show_paper_diff

        show_paper_diff(ctx, before, after, form, document, language)
        return
    one, other = _both(ctx, before, after)
    found = compare(one, other)
    if form == "json":
        click.echo(json.dumps(answer(one, other, found), ensure_ascii=False, indent=1))
        return
    _show_head(one, other, before, after)
    _show(found, one, other)


def _both(ctx: click.Context, before: str, after: str) -> tuple[Facts, Facts]:
    """The facts of both deals; the errors of both are told before the command ends."""
    facts, errors = [], []
    for name in (before, after):
        if Path(name).suffix.lower() in _NOT_DEALS:
            errors.append(Problem("not_a_deal_file", (), {"file": name}, place=Place(name)))
            continue
        ready, _ = prepared(ctx, name)
        errors += [p for p in ready.problems if p.is_error]
        facts += [ready.facts] if ready.facts is not None else []
    if errors or len(facts) < 2:
        show_problems(errors)
        ctx.exit(EXIT_ERRORS)
    return facts[0], facts[1]


def _show_head(one: Facts, other: Facts, before: str, after: str) -> None:
    numbers = one.deal.number if one.deal.number == other.deal.number else f"{one.deal.number} → {other.deal.number}"
    customer = other.deal.customer.name.get(other.deal.language[0])
    click.echo(click.style(f"{numbers} · {customer}", bold=True))
    click.echo(f"  {before} → {after}")


def _show(found: Difference, one: Facts, other: Facts) -> None:
    if found.is_nothing:
        click.echo("\nno difference that matters")
    if found.money:
        _show_money(found.money, one, other)
    if found.lines or found.repriced:
        _show_lines(found, one, other)
    if found.terms:
        click.echo("\nterms")
        _show_changes(found.terms, other, "  ")
    if found.alternatives or found.recommended:
        _show_alternatives(found, one, other)
    if found.approvals:
        _show_approvals(found.approvals, other)
    if found.also_edited:
        click.echo(f"\nalso edited, without effect on money or terms: {', '.join(found.also_edited)}")


# ---- money ----------------------------------------------------------------------------------------------------------
def _show_money(figures: tuple[Figure, ...], one: Facts, other: Facts) -> None:
    click.echo()
    rows = [
        (f"  {f.name}", _figure(f.before, one), _figure(f.after, other), _difference(f, other), _change_rate(f))
        for f in figures
    ]
    heads = ("money", f"before ({one.quote.currency})", f"after ({other.quote.currency})", "difference", "")
    show_table(heads, rows, {1, 2, 3, 4}, strong={0})


def _figure(value: Decimal | Fraction, facts: Facts) -> str:
    return percent(value) if isinstance(value, Fraction) else amount(value, facts)


def _difference(figure: Figure, facts: Facts) -> str:
    difference = figure.difference
    if difference is None:
        return ""
    sign = "+" if difference > 0 else ""
    if isinstance(difference, Fraction):
        return f"{sign}{percent(difference).removesuffix('%')} points"
    return sign + amount(difference, facts)


def _change_rate(figure: Figure) -> str:
    return "" if figure.rate is None else _signed(figure.rate)


# ---- lines ----------------------------------------------------------------------------------------------------------
def _show_lines(found: Difference, before: Facts, after: Facts) -> None:
    click.echo("\nlines")
    for line in found.lines:
        _show_line(line, before if line.state == "removed" else after, "  ")
    _show_repriced(found.repriced, "other " if found.lines else "", "  ")


def _show_repriced(repriced: int, other: str, indent: str) -> None:
    if repriced:
        lines = "line reads" if repriced == 1 else "lines read"
        click.echo(f"{indent}{repriced} {other}{lines} as before; only the net moved, with the deal")


def _show_line(line: LineChange, facts: Facts, indent: str) -> None:
    mark, colour = _MARKS[line.state]
    title = " ".join(filter(None, [line.sku or "", line.name])) + (" (option)" if line.optional else "")
    click.echo(indent + click.style(f"{mark} {title}", fg=colour) + _whole_line(line, facts))
    if line.changes:
        _show_changes(line.changes, facts, indent + "    ")
    for part in line.parts:
        _show_line(part, facts, indent + "    ")


def _whole_line(line: LineChange, facts: Facts) -> str:
    """What a new or dropped line is worth."""
    net = line.net_after if line.state == "added" else line.net_before
    if line.state == "changed" or net is None:
        return ""
    return f"   {format_quantity(line.quantity, ENGLISH)} ×, net {amount(net, facts)}"


def _show_changes(changes: tuple[Change, ...], facts: Facts, indent: str) -> None:
    rows = _in_rows(changes, facts)
    room = max(width(what) for what in rows)
    for what, (before, after) in rows.items():
        click.echo(f"{indent}{pad(what, room)}  {before} → {after}")


def _in_rows(changes: tuple[Change, ...], facts: Facts) -> dict[str, tuple[str, str]]:
    """What changed, before, after. The keys of something that is new or gone as a whole stand in one row with it:
    `payment Deposit  – → 40%, due signing, 10 days`."""
    rows: dict[str, tuple[str, str]] = {}
    whole: Change | None = None
    for change in changes:
        before, after = _words(change.before, facts), _words(change.after, facts)
        if whole is not None and _is_key_of(change, whole):
            rows[whole.what] = _joined(rows[whole.what], change.what.removeprefix(whole.what).strip(), (before, after))
        else:
            rows[change.what] = before, after
            whole = change if change.before is None or change.after is None else None
    return rows


def _joined(row: tuple[str, str], key: str, told: tuple[str, str]) -> tuple[str, str]:
    """A row with one more key on the side that has any."""
    named = ["" if each in ("–", "0 days") else f", {each}" if key == "days" else f", {key} {each}" for each in told]
    return row[0] + named[0], row[1] + named[1]


def _is_key_of(change: Change, whole: Change) -> bool:
    """Whether it only says more of something that one side does not have."""
    is_below = change.what.startswith(f"{whole.what} ")
    return is_below and (change.before is None, change.after is None) == (whole.before is None, whole.after is None)


def _words(value: Value | None, facts: Facts) -> str:
    """A value as people read it; a dash where a side has none."""
    if value is None:
        return "–"
    if value.kind == "rate":
        return format_rate_exact(Decimal(value.text), ENGLISH)
    if value.kind == "money":
        return amount(Decimal(value.text), facts)
    if value.kind == "number":
        return format_quantity(Decimal(value.text), ENGLISH)
    if value.kind == "yes_no":
        return "yes" if value.text == "true" else "no"
    return value.text.replace("_", " ") if value.kind == "word" else value.text


# ---- alternatives ---------------------------------------------------------------------------------------------------
def _show_alternatives(found: Difference, before: Facts, after: Facts) -> None:
    """What the customer may take besides; the recommended one's lines and terms stand above."""
    click.echo("\nalternatives")
    if found.recommended:
        click.echo(f"  recommended  {found.recommended[0]} → {found.recommended[1]}")
    for each in found.alternatives:
        mark, colour = _MARKS[each.state]
        was = f" (was {each.was_called})" if each.was_called else ""
        facts = before if each.state == "removed" else after
        click.echo(f"  {click.style(f'{mark} {each.name}', fg=colour)}{was}   {_totals_of(each, facts)}")
        for line in each.lines:
            _show_line(line, facts, "      ")
        _show_repriced(each.repriced, "other " if each.lines else "", "      ")
        if each.terms:
            _show_changes(each.terms, facts, "      ")


def _totals_of(each: AlternativeChange, facts: Facts) -> str:
    """`total 33,222.00 → 35,000.00 (+5.4%)`; one figure where it stayed, came or went."""
    sides = [amount(total, facts) for total in (each.total_before, each.total_after) if total is not None]
    moved = f" ({_signed(each.rate)})" if each.rate else ""
    return f"total {' → '.join(dict.fromkeys(sides))}{moved}"


def _signed(rate: Fraction) -> str:
    return ("+" if rate > 0 else "") + percent(rate)


# ---- approvals ------------------------------------------------------------------------------------------------------
def _show_approvals(approvals: tuple[Asked, ...], facts: Facts) -> None:
    click.echo()
    rows = [
        (f"  {title}", a.approver, a.rule, a.when, _figures(a, facts), a.because)
        for state, title in _ASKED.items()
        for a in approvals
        if a.state == state
    ]
    show_table(("approvals", "who", "rule", "limit", "figures", "because"), rows, set())


def _figures(asked: Asked, facts: Facts) -> str:
    """`discount 22.3%`; with other figures before: `discount 20.1% → 22.3%`."""
    told = []
    for name, value in asked.figures.items():
        earlier = asked.figures_before.get(name, value)
        was = f"{show_figure(name, earlier, facts)} → " if earlier != value else ""
        told.append(f"{name} {was}{show_figure(name, value, facts)}")
    return "; ".join(told)
