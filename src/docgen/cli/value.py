"""value: what a deal is worth to the customer, on the terminal, as JSON or as a spreadsheet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from docgen.cli.common import EXIT_ERRORS, named_deals, prepared
from docgen.cli.show import show_problems
from docgen.facts import Facts
from docgen.problems import Problem, in_file_order
from docgen.value.case import ValueCase

PRINTED = ("table", "json")
WRITTEN = ("xlsx",)
_FATAL = ("value_needs_rate",)
"""Warnings of a deal without which there is no value model to show."""


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [part for part in wanted if part not in PRINTED + WRITTEN]
    if unknown or not wanted:
        known = ", ".join(PRINTED + WRITTEN)
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not a format; there are {known}")
    if len(wanted) > 1 and set(wanted) & set(PRINTED):
        raise click.BadParameter(f"{' and '.join(PRINTED)} are printed, each by itself")
    return wanted


@click.command("value")
@click.argument("deals", nargs=-1, metavar="[DEAL]...", callback=named_deals)
@click.option(
    "--format",
    "formats",
    default="table",
    show_default=True,
    callback=_formats,
    help="table and json are printed; xlsx, the monthly model with live formulas, is written.",
)
@click.option(
    "--out", default="out", show_default=True, type=click.Path(file_okay=False), help="Folder for what is written."
)
@click.option("--force", is_flag=True, help="Replace files that somebody edited since.")
@click.pass_context
def value_command(ctx: click.Context, deals: tuple[str, ...], formats: tuple[str, ...], out: str, force: bool) -> None:
    """Show what each DEAL (default: deal.yaml) is worth to the customer: benefits, investment, return, payback.

    \b
    docgen value deal.yaml
    docgen value deal.yaml --format json
    docgen value deal.yaml --format xlsx --out out
    """
    valued = [_valued(ctx, deal, quiet=formats == ("json",)) for deal in deals]
    cases = [each for each in valued if each is not None]
    if formats == ("json",):
        _print_json(cases, whole=len(deals) > 1)
    for number, (facts, case) in enumerate(cases if formats == ("table",) else ()):
        from docgen.cli.show_value import show_value

        if number:
            click.echo()
        show_value(facts, case)
    failed = [_write(facts, case, Path(out), force=force) for facts, case in cases if "xlsx" in formats]
    ctx.exit(EXIT_ERRORS if len(cases) < len(deals) or any(failed) else 0)


def _valued(ctx: click.Context, deal: str, *, quiet: bool) -> tuple[Facts, ValueCase] | None:
    """The case of one deal; its problems go to stderr. With `quiet` warnings stay silent, since the answer has them."""
    ready, _ = prepared(ctx, deal)
    facts, found = ready.facts, list(ready.problems)
    case = None if facts is None else facts.value
    if facts is not None:
        found += _missing(facts) if case is None else facts.sources["deal"].placed(case.gates)
    found = [replace(p, severity="error") if p.code in _FATAL else p for p in found]
    show_problems(p for p in in_file_order(found) if p.is_error or not quiet)
    return None if facts is None or case is None or ready.has_errors else (facts, case)


def _missing(facts: Facts) -> list[Problem]:
    """A deal that says nothing of value; where it says too little, that is told already."""
    return [Problem("no_value", place=facts.sources["deal"].place(()))] if facts.deal.value is None else []


def _print_json(cases: list[tuple[Facts, ValueCase]], *, whole: bool) -> None:
    """One object for one deal, a list for several."""
    from docgen.value_answers import value_json

    answers: list[Any] = [value_json(facts, case) for facts, case in cases]
    if answers or whole:
        click.echo(json.dumps(answers if whole else answers[0], ensure_ascii=False, indent=1))


def _write(facts: Facts, case: ValueCase, out: Path, *, force: bool) -> bool:
    """Whether it failed; the file written is named on the terminal."""
    from docgen.documents.value_workbook import value_workbook
    from docgen.pipeline import made_on
    from docgen.source.output import write_papers

    name = f"{facts.deal.deal}-value-model.xlsx"
    problems = write_papers(out, {name: value_workbook(facts, case, made_on(facts.deal.date))}, force=force)
    show_problems(problems)
    if not problems:
        click.echo(f"  {out / name}")
    return bool(problems)
