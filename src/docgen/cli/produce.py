"""quote and make: one function underneath, several names on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from docgen.cli.common import EXIT_ERRORS, EXIT_NOT_RELEASED, language_option, named_deals, prepared, today
from docgen.cli.formats import chosen_formats
from docgen.cli.show import show_card, show_problems
from docgen.cli.show_approvals import show_verdict
from docgen.looking import stale_contracts
from docgen.problems import Place, Problem, ProblemsFound

if TYPE_CHECKING:
    from docgen.facts import Facts
    from docgen.pipeline import Papers
    from docgen.reading import Workspace

FORMATS = ("docx", "pdf", "txt", "html", "json")


@dataclass(frozen=True)
class Beside:
    """What a command writes beside its papers (by file name), and what it says of the deal when they are written."""

    files: Callable[[Facts], dict[str, bytes]] = lambda facts: {}
    card: Callable[[Facts], None] = show_card


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    return chosen_formats(value, FORMATS)


def paper_options(command: Any) -> Any:
    """The options every command that writes papers has."""
    return with_options(command, _formats, f"Any of {', '.join(FORMATS)}, with commas between.")


def with_options(command: Any, formats: Callable[..., tuple[str, ...]], formats_help: str) -> Any:
    """The same, with formats of the command's own."""
    for option in reversed(
        (
            click.argument("deals", nargs=-1, metavar="[DEAL]...", callback=named_deals),
            click.option(
                "--out",
                default="out",
                show_default=True,
                type=click.Path(file_okay=False),
                help="Folder for the papers.",
            ),
            click.option(
                "--format",
                "formats",
                default="docx,pdf",
                show_default=True,
                callback=formats,
                help=formats_help,
            ),
            click.option(
                "--language",
                callback=language_option,
                help="zh-CN, en, or zh-CN,en for both in one paper; default: the deal's.",
            ),
            click.option("--final", is_flag=True, help="Only write if nothing is missing; otherwise exit with 3."),
            click.option(
                "--review", is_flag=True, help="Write the comments reviewers should see; named …-review, never final."
            ),
            click.option("--force", is_flag=True, help="Replace papers that somebody edited since."),
            click.pass_context,
        )
    ):
        command = option(command)
    return command


@click.command("quote")
@paper_options
def quote_command(ctx: click.Context, **options: Any) -> None:
    """Write the quotation of each DEAL (default: deal.yaml) in Word and PDF.

    \b
    docgen quote deal.yaml
    docgen quote deal.yaml --language en --format pdf
    docgen quote deals/*.yaml --out papers --final
    """
    produce_papers(ctx, "quote", **options)


@click.command("proposal")
@paper_options
def proposal_command(ctx: click.Context, **options: Any) -> None:
    """Write the proposal of each DEAL (default: deal.yaml) in Word and PDF: what the deal's story tells, with the
    figures of its quotation and its value model.

    \b
    docgen proposal deal.yaml
    docgen proposal deal.yaml --review              with comments for reviewers
    docgen check deal.yaml --document proposal      what a reviewer would send back
    """
    produce_papers(ctx, "proposal", **options)


@click.command("contract")
@paper_options
def contract_command(ctx: click.Context, **options: Any) -> None:
    """Write the contract draft of each DEAL (default: deal.yaml) in Word and PDF: the clauses its lines, its terms and
    its `contract:` ask for, with the figures of its quotation.

    \b
    docgen contract deal.yaml
    docgen explain deal.yaml --contract      why each clause is in or out, and who must agree
    docgen make deviation-sheet deal.yaml    what departs from the standard, for the house
    """
    produce_papers(ctx, "contract", **options)


@click.command("make")
@click.argument("document")
@paper_options
def make_command(ctx: click.Context, document: str, **options: Any) -> None:
    """Write DOCUMENT, any folder under templates/, for each DEAL.

    \b
    docgen make quote deal.yaml
    """
    produce_papers(ctx, document, **options)


def produce_papers(
    ctx: click.Context, document: str, deals: tuple[str, ...], beside: Beside | None = None, **options: Any
) -> None:
    """Every deal is tried; the exit code is that of the worst."""
    if options["final"] and options["review"]:
        raise click.UsageError("a final paper holds no review comments: choose --final or --review", ctx)
    written: dict[str, str] = {}
    codes = [_one(ctx, document, deal, written, beside or Beside(), **options) for deal in deals]
    worst = EXIT_ERRORS if EXIT_ERRORS in codes else max(codes)
    ctx.exit(worst)


def _one(
    ctx: click.Context,
    document: str,
    deal: str,
    written: dict[str, str],
    beside: Beside,
    out: str,
    formats: tuple[str, ...],
    language: tuple[str, ...],
    final: bool,
    review: bool,
    force: bool,
) -> int:
    from docgen.pipeline import produce
    from docgen.source.output import write_papers

    ready, workspace = prepared(ctx, deal, document=document)
    if ready.facts is None or ready.has_errors:
        show_problems(ready.problems)
        return EXIT_ERRORS
    try:
        formats = _usual(ctx, document, workspace, language or ready.facts.deal.language) or formats
        papers = produce(
            ready.facts, document, workspace, today=today(ctx), languages=language, formats=formats, review=review
        )
    except ProblemsFound as found:
        stopped = {(each.code, each.place) for each in found.problems}
        others = [each for each in ready.problems if (each.code, each.place) not in stopped]
        show_problems([*others, *found.problems])
        return EXIT_ERRORS
    show_problems([*ready.problems, *papers.warnings])
    facts = papers.facts
    show_problems(replace(gate, severity="error") if final else gate for gate in facts.verdict.gates)
    if final and not facts.verdict.is_clear:
        if facts.verdict.approvals:
            show_verdict(facts)
        click.echo("not final: nothing was written", err=True)
        return EXIT_NOT_RELEASED
    stem = papers.name(document, language) + ("-review" if review else "")
    if written.setdefault(stem, deal) != deal:
        place = Place(deal)
        show_problems([Problem("same_papers", (), {"number": facts.deal.deal, "other": written[stem]}, place=place)])
        return EXIT_ERRORS
    files = {**{f"{stem}.{name}": data for name, data in papers.files.items()}, **beside.files(facts)}
    failed = write_papers(Path(out), files, force=force)
    if failed:
        show_problems(failed)
        return EXIT_ERRORS
    beside.card(facts)
    show_verdict(facts)
    _show_missing(papers)
    for name in files:
        click.echo(f"  {Path(out) / name}")
    if document != "contract":
        show_problems(stale_contracts(ready.facts, workspace, Path(out)))
    return 0


def _usual(
    ctx: click.Context, document: str, workspace: Workspace, languages: tuple[str, ...]
) -> tuple[str, ...] | None:
    """The formats of a company's Word letter where nobody named any: Word alone. None for what has the usual ones."""
    if ctx.get_parameter_source("formats") is not ParameterSource.DEFAULT:
        return None
    from docgen.documents.manifest import is_letter

    return ("docx",) if is_letter(document, workspace.template_folders(), languages[0]) else None


def _show_missing(papers: Papers) -> None:
    """Sections the paper does without, and who brings what they need."""
    if papers.missing:
        named = ", ".join(f"{part.called(papers.facts.deal.language[0])} ({part.by})" for part, _ in papers.missing)
        click.echo(f"  to be filled: {named}")
