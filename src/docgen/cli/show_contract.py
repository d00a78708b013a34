"""How a contract's reasons look on a terminal: every clause, in or out, why, in which text, and who must agree."""

from __future__ import annotations

from collections.abc import Sequence

import click

from docgen.cli.show import count, show_table
from docgen.contract.draft import Draft
from docgen.contract.reasons import ClauseReason, reasons
from docgen.documents.contract.wording import title_of
from docgen.facts import Facts

_WHY = {
    "must": "must for {}",
    "when": "{}",
    "on_request": "the deal asks for it",
    "not_of_type": "not of {}",
    "condition": "not: {}",
    "left_out": "the deal leaves it out",
    "nothing_to_say": "nothing says {}",
}


def show_reasons(facts: Facts, draft: Draft, *, only: str | None = None) -> None:
    """All clauses in the order of the contract; those that are out come after, paler."""
    language = facts.deal.language[0]
    click.echo(f"  {draft.title.get(language)}: {', '.join(draft.facts.contract.types)}")
    found = [each for each in reasons(draft) if only is None or each.key == only]
    inside = [each for each in found if each.inside]
    outside = [each for each in found if not each.inside]
    titles = {each.key: title_of(each, language) for each in draft.chosen}
    if inside:
        click.echo(f"\n  in: {count(len(inside), 'clause')}")
        rows = [(each.key, titles[each.key], _text(each), _why(each), ", ".join(each.approvers)) for each in inside]
        show_table(("clause", "title", "text", "because", "must agree"), rows, set())
    if outside:
        click.echo(f"\n  out: {count(len(outside), 'clause')}")
        show_table(("clause", "because", "must agree"), _rows_out(outside), set())
    _show_gaps(draft, language)


def _rows_out(outside: Sequence[ClauseReason]) -> list[tuple[str, str, str]]:
    return [(each.key, _why(each), ", ".join(each.approvers)) for each in outside]


def _text(each: ClauseReason) -> str:
    return f"{each.variant}@{each.version}"


def _why(each: ClauseReason) -> str:
    if each.why == "condition" and not each.because:
        return "only on request (contract.with)"
    return _WHY[each.why].format(each.because)


def _show_gaps(draft: Draft, language: str) -> None:
    if draft.gaps:
        click.echo("\n  to be completed before it is final:")
        for gap in draft.gaps:
            click.echo(f"    {gap.name.get(language)}  ({'.'.join(map(str, gap.path))})")


def reasons_json(draft: Draft) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        {
            "clause": each.key,
            "version": each.version,
            "in": each.inside,
            "variant": each.variant or None,
            "why": each.why,
            "because": each.because,
            "approvers": list(each.approvers),
            "gaps": list(each.gaps),
        }
        for each in reasons(draft)
    ]
