"""value: the value statement of a deal, and its model on the terminal, as JSON or as a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from docgen.cli.common import EXIT_ERRORS, prepared
from docgen.cli.formats import chosen_formats
from docgen.cli.produce import FORMATS, Beside, produce_papers, with_options
from docgen.cli.show import show_problems
from docgen.facts import Facts
from docgen.problems import Problem, in_file_order
from docgen.value.case import ValueCase

MODEL = ("json", "xlsx")
"""Formats of the model itself, written beside the papers as <deal>-value-model."""
PRINTED = (("json",), ("table",))
"""What is printed instead of written."""
_FATAL = ("value_needs_rate",)
"""Warnings of a deal without which there is no value model to show."""


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = chosen_formats(value, (*FORMATS, "xlsx", "table"))
    if "table" in wanted and len(wanted) > 1:
        raise click.BadParameter("table is printed, by itself")
    return wanted


def _options(command: Any) -> Any:
    told = "Papers: docx, pdf, txt, html. The model: json (printed where it is alone), xlsx, or table on the terminal."
    return with_options(command, _formats, told)


@click.command("value")
@_options
def value_command(ctx: click.Context, deals: tuple[str, ...], formats: tuple[str, ...], **options: Any) -> None:
    """Write the value statement of each DEAL (default: deal.yaml) in Word and PDF: what it is worth to the customer,
    what it costs, and when the money is back.

    \b
    docgen value deal.yaml
    docgen value deal.yaml --format table           the model on the terminal
    docgen value deal.yaml --format json            the model for other programs
    docgen value deal.yaml --format docx,pdf,xlsx   with the model as a live spreadsheet
    """
    if formats in PRINTED:
        if options["final"] or options["review"]:
            raise click.UsageError("--final and --review are for papers; json and table are printed", ctx)
        _print(ctx, deals, formats[0])
    papers = tuple(each for each in formats if each not in MODEL)
    beside = Beside(lambda facts: _model(facts, formats), _card)
    produce_papers(ctx, "value", deals, beside, formats=papers, **options)


# ---- written --------------------------------------------------------------------------------------------------------
def _model(facts: Facts, formats: Sequence[str]) -> dict[str, bytes]:
    """The model as files of its own, for the house."""
    from docgen.documents.value_workbook import MODEL, model_files
    from docgen.pipeline import made_on

    return model_files(facts, formats, made_on(facts.deal.date)) if set(formats) & set(MODEL) else {}


def _card(facts: Facts) -> None:
    """The model in two lines: what, whom, what is gained."""
    from docgen.cli.show_value import show_value_card

    if facts.value is not None:
        show_value_card(facts, facts.value)


# ---- printed --------------------------------------------------------------------------------------------------------
def _print(ctx: click.Context, deals: tuple[str, ...], form: str) -> None:
    """The models on stdout; ends the command."""
    valued = [_valued(ctx, deal, quiet=form == "json") for deal in deals]
    cases = [each for each in valued if each is not None]
    if form == "json":
        _print_json(cases, whole=len(deals) > 1)
    for number, (facts, case) in enumerate(cases if form == "table" else ()):
        from docgen.cli.show_value import show_value

        if number:
            click.echo()
        show_value(facts, case)
    ctx.exit(EXIT_ERRORS if len(cases) < len(deals) else 0)


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
