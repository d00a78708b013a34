"""How the alternatives of a deal look on a terminal: one column each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import click

from docgen.cli.show import amount, percent, show_table
from docgen.facts import Facts
from docgen.pricing import Totals

Figure = Callable[[Totals], Decimal]

_FIGURES: tuple[tuple[str, Figure], ...] = (
    ("list", lambda t: t.list),
    ("discount", lambda t: -t.discount),
    ("customer", lambda t: t.customer),
    ("net", lambda t: t.net),
    ("tax", lambda t: t.tax),
    ("gross", lambda t: t.gross),
    ("one-time", lambda t: t.one_time),
    ("yearly (ARR)", lambda t: t.arr),
)


def show_alternatives(facts: Facts) -> None:
    """The alternatives side by side, the recommended one marked; nothing where there are none."""
    if not facts.alternatives:
        return
    totals = [each.quote.totals for each in facts.alternatives]
    left_out = {"customer"} if all(t.customer == t.net for t in totals) else set()
    left_out |= set() if any(t.arr for t in totals) else {"one-time", "yearly (ARR)"}
    figures = [(name, figure) for name, figure in _FIGURES if name not in left_out]
    rows = [(name, *(amount(figure(t), facts) for t in totals)) for name, figure in figures]
    rows.append(("discount rate", *(percent(t.discount_rate) for t in totals)))
    rows.append(("margin", *(percent(t.margin_rate) for t in totals)))
    language = facts.deal.language[0]
    heads = [each.called(language) + (" *" if each.recommended else "") for each in facts.alternatives]
    click.echo()
    show_table(
        ("alternative", *heads),
        rows,
        set(range(1, len(heads) + 1)),
        strong={[name for name, _ in figures].index("gross")},
    )
    shown = next(each for each in facts.alternatives if each.deal is facts.deal)
    told = "the deal's lines, totals and payments are this one's"
    if not shown.recommended:
        told = f"lines, totals and payments above are of {shown.called(language)}"
    click.echo(click.style(f"  * recommended{': ' if shown.recommended else '; '}{told}", dim=True))
