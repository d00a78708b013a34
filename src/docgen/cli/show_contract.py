"""How a contract's reasons look on a terminal: every clause, in or out, why, in which text, and who must agree."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import click

from docgen.cli.show import clip, count, show_table, width
from docgen.contract.draft import Draft
from docgen.contract.reasons import ClauseReason, reasons
from docgen.documents.contract.signing import gap_problems, gaps_by_clause
from docgen.documents.contract.wording import title_of
from docgen.facts import Facts
from docgen.locales.problems import dotted

_WHY = {
    "must": "must for {}",
    "when": "{}",
    "on_request": "the deal asks for it",
    "not_of_type": "not of {}",
    "condition": "not: {}",
    "left_out": "the deal leaves it out",
    "nothing_to_say": "nothing says {}",
}


WIDE = 100
"""Columns that reasons are told in; a condition that is longer goes on below."""
_TITLE = 34


def show_reasons(facts: Facts, draft: Draft, *, only: str | None = None) -> None:
    """Clauses that are in, in the order of the contract; those the deal might have had; at last the names of those
    that contracts of this type never have."""
    language = facts.deal.language[0]
    click.echo(f"  {draft.title.get(language)}: {', '.join(draft.facts.contract.types)}")
    found = [each for each in reasons(draft) if only is None or each.key == only]
    inside = [each for each in found if each.inside]
    outside = [each for each in found if not each.inside]
    foreign = [each for each in outside if each.why == "not_of_type" and only is None]
    titles = {each.key: clip(title_of(each, language), _TITLE) for each in draft.chosen}
    if inside:
        click.echo(f"\n  in: {count(len(inside), 'clause')}")
        rows = [(each.key, titles[each.key], _text(each), ", ".join(each.approvers), _why(each)) for each in inside]
        _show_wrapped(("clause", "title", "text", "must agree", "because"), rows)
    if outside:
        click.echo(f"\n  out: {count(len(outside), 'clause')}")
        rows_out = [(each.key, ", ".join(each.approvers), _why(each)) for each in outside if each not in foreign]
        _show_wrapped(("clause", "must agree", "because"), rows_out)
        _show_foreign(foreign)
    if only is None:
        _show_gaps(draft, language)


def _show_wrapped(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table without the columns nobody fills, its last column broken between words."""
    if not rows:
        return
    kept = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    table = [[row[at] for at in kept] for row in rows]
    before = sum(max(width(row[at]) for row in (heads, *rows)) + 2 for at in kept[:-1])
    room = max(20, WIDE - before)
    lines = []
    for *cells, last in table:
        first, *more = _wrapped(last, room) or [""]
        lines.append([*cells, first])
        lines += [[*("" for _ in cells), each] for each in more]
    show_table([heads[at] for at in kept], lines, set())


def _wrapped(text: str, room: int) -> list[str]:
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)


def _show_foreign(foreign: Sequence[ClauseReason]) -> None:
    if foreign:
        click.echo(click.style(f"{_why(foreign[0])}:", dim=True))
        for line in _wrapped(", ".join(each.key for each in foreign), WIDE - 2):
            click.echo(f"  {line}")


def _text(each: ClauseReason) -> str:
    return f"{each.variant}@{each.version}"


def _why(each: ClauseReason) -> str:
    if each.why == "condition" and not each.because:
        return "only on request (contract.with)"
    return _WHY[each.why].format(each.because)


def _show_gaps(draft: Draft, language: str) -> None:
    """What a clause of this contract prints and the deal does not say, and where to say it."""
    gaps = list(gap_problems(draft, language))
    if gaps:
        click.echo("\n  to be completed before it is final:")
        rows = [(f"    {each.params['name']}", each.params["clause"], dotted(each)) for each in gaps]
        show_table(("    what", "clause", "say it at"), rows, set())


def reasons_json(draft: Draft, language: str, only: str | None = None) -> list[dict[str, object]]:
    """The same for programs. `gaps`: what the clause prints and the deal does not state."""
    gaps = gaps_by_clause(draft, language)
    return [
        {
            "clause": each.key,
            "version": each.version,
            "in": each.inside,
            "variant": each.variant or None,
            "why": each.why,
            "because": each.because,
            "approvers": list(each.approvers),
            "gaps": gaps.get(each.key, []),
        }
        for each in reasons(draft)
        if only in (None, each.key)
    ]
