"""How the changes of an edition and their effect on deals look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile

import click

from docgen.catalog import Catalog
from docgen.cli.show import ENGLISH, amount, clip, count, percent, show_table, width
from docgen.comparing import LineChange
from docgen.facts import Facts
from docgen.lists.changes import ListChange
from docgen.lists.effects import Effect, sum_of
from docgen.locales.numbers import format_amount
from docgen.locales.problems import describe

_MOST_CHANGES = 60
_ROOM = 48
_ENDS = ("; ", ", ", " / ", " unless ")
"""Where a piece of an item's words ends."""
_MARKS = {"added": "+", "removed": "−", "changed": "~"}
_ASKED = {"asked": "must now agree", "dropped": "no longer asked"}


# ---- the list -------------------------------------------------------------------------------------------------------
def show_changes(before: Catalog, after: Catalog, changes: Sequence[ListChange]) -> None:
    """One row each; a price with its rate."""
    click.echo(click.style(f"{before.name} → {after.name}", bold=True))
    click.echo(f"  valid {_valid(before)} → {_valid(after)}")
    if not changes:
        click.echo("\n  the lists say the same")
        return
    click.echo()
    rows = [
        (
            f"  {_MARKS[c.state]} {c.section}",
            clip(c.name, 40),
            c.field,
            *_apart(c),
            _rate(c.rate),
        )
        for c in changes[:_MOST_CHANGES]
    ]
    show_table(("  list", "", "", "before", "after", "change"), rows, {5})
    if len(changes) > _MOST_CHANGES:
        click.echo(f"  … and {len(changes) - _MOST_CHANGES} more; --format json has them all")
    told = ", ".join(
        f"{number} {state}" for state in _MARKS if (number := len({c.name for c in changes if _is_product(c, state)}))
    )
    click.echo(f"  products: {told or 'none changed'}")


def _apart(change: ListChange) -> tuple[str, str]:
    """Both sides of a change, from where they part if they would not fit."""
    before, after = change.before, change.after
    if max(width(before), width(after)) > _ROOM:
        same = "".join(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
        start = max((same.rfind(mark) + len(mark) for mark in _ENDS if mark in same), default=0)
        if start and before and after:
            before, after = f"… {before[start:]}", f"… {after[start:]}"
    return clip(before, _ROOM), clip(after, _ROOM)


def _is_product(change: ListChange, state: str) -> bool:
    return change.section == "product" and change.state == state


def _valid(catalog: Catalog) -> str:
    return f"{catalog.valid.first or '…'} to {catalog.valid.until or '…'}"


def _rate(rate: Fraction | None) -> str:
    return "" if rate is None else ("+" if rate > 0 else "") + percent(rate)


# ---- deals ----------------------------------------------------------------------------------------------------------
def show_effects(effects: Sequence[Effect]) -> None:
    """A row for each deal, the totals, then what a person should look at."""
    click.echo()
    rows = [_row(each) for each in effects]
    summed = sum_of(effects)
    if summed is not None and len(effects) > 1:
        rows += [
            (f"  {name}, {count(summed.deals, 'deal')}", _money(old, summed.currency), _money(new, summed.currency),
             _signed(new - old, summed.currency), _rate(Fraction(new - old) / Fraction(old) if old else None), "")
            for name, (old, new) in summed.figures.items()
        ]  # fmt: skip
    strong = set(range(len(effects), len(rows)))
    show_table(("  deal", "net before", "net after", "difference", "", "margin"), rows, {1, 2, 3, 4, 5}, strong=strong)
    for each in effects:
        if not each.is_nothing:
            click.echo()
            _show_effect(each)


def _row(effect: Effect) -> tuple[str, ...]:
    before, after = effect.before, effect.after
    name = effect.any_side.deal.deal if effect.any_side else effect.file
    figures = [_net(before), _net(after), "", ""]
    if effect.is_comparable and after is not None:
        figures[2:] = [_signed(effect.change("net"), after.quote.currency), _rate(effect.rate)]
    margins = [percent(side.quote.totals.margin_rate) if side else "–" for side in (before, after)]
    return (f"  {name}", *figures, " → ".join(dict.fromkeys(margins)))


def _net(facts: Facts | None) -> str:
    return "–" if facts is None else amount(facts.quote.totals.net, facts)


def _money(value: Decimal, currency: str) -> str:
    return format_amount(value, currency, ENGLISH)


def _signed(value: Decimal, currency: str) -> str:
    return ("+" if value > 0 else "") + _money(value, currency)


def _show_effect(effect: Effect) -> None:
    facts = effect.any_side
    head = f"{effect.file}" + (f"  {facts.deal.customer.name.get(facts.deal.language[0])}" if facts else "")
    click.echo(click.style(head, bold=True))
    for side, name in ((effect.before, "before"), (effect.after, "after")):
        if side is not None and side.deal.date != effect.date:
            click.echo(f"  {name}: priced on {side.deal.date}, the nearest day of {side.catalog.name} to {effect.date}")
    if effect.is_comparable and effect.before is not None and effect.after is not None:
        _show_gross(effect, effect.before, effect.after)
    if effect.difference is not None and facts is not None:
        for line in effect.difference.lines:
            _show_line(line, facts, "  ")
        if effect.difference.repriced:
            click.echo(f"  {count(effect.difference.repriced, 'line')} more only moved in net, with the deal")
        for asked in effect.difference.approvals:
            if asked.state in _ASKED:
                click.echo(f"  {_ASKED[asked.state]}: {asked.approver} ({asked.rule}), {asked.because}")
    if effect.below:
        click.echo(click.style(f"  now below the floor: {', '.join(effect.below)}", fg="yellow"))
    for problem in effect.problems:
        click.echo(
            click.style(f"  {problem.severity}: ", fg="red" if problem.is_error else "yellow") + describe(problem)[0]
        )


def _show_gross(effect: Effect, before: Facts, after: Facts) -> None:
    old, new = before.quote.totals, after.quote.totals
    if old.gross != new.gross:
        signed = _signed(effect.change("gross"), after.quote.currency)
        click.echo(f"  gross {amount(old.gross, before)} → {amount(new.gross, after)} ({signed})")


def _show_line(line: LineChange, facts: Facts, indent: str) -> None:
    """A line with both nets, its parts below it; one that is new or gone with its own."""
    nets = [amount(net, facts) for net in (line.net_before, line.net_after) if net is not None]
    name = " ".join(filter(None, [line.sku or "", clip(line.name, 34)])) + (" (option)" if line.optional else "")
    click.echo(f"{indent}{_MARKS[line.state]} {name}  {' → '.join(nets)}")
    for part in line.parts:
        _show_line(part, facts, indent + "    ")
