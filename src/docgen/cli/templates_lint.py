"""templates lint: the checks of the clause library, for people, programs and code hosts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.common import EXIT_ERRORS, today, workspace_for
from docgen.cli.show import count, show_problems

if TYPE_CHECKING:
    from docgen.legal.bench import Findings
    from docgen.problems import Problem


@click.command("lint", short_help="Tell what is wrong with clauses, before any deal meets them.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="End with 1 for warnings too.")
@click.option("--accept", is_flag=True, help="Remember the words as they are, where the version says they are new.")
@click.pass_context
def lint_command(ctx: click.Context, paths: tuple[str, ...], form: str, strict: bool, accept: bool) -> None:
    """Check clauses without any deal: names, references, terms, both languages, numbers, punctuation, versions; and
    what Word letters ask for in their content controls.

    PATH is a folder with clauses or letters, one clause, a text of one, or one letter; default: the clauses and letters
    of the workspace, and docgen's own where it has none. Ends with 1 where anything found is an error;
    warnings alone end with 0.

    \b
    docgen templates lint
    docgen templates lint templates/clauses/liability_cap --format json
    docgen templates lint --format sarif > lint.sarif
    """
    from docgen.legal import lint
    from docgen.legal.desk import lay_out, write_locks
    from docgen.letters.lint import letters_to_lint, lint_letters
    from docgen.problems import in_file_order, only_errors

    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    named = [Path(path) for path in paths]
    desk = lay_out(workspace, today(ctx), named)
    letters = letters_to_lint(workspace.template_folders(), named)
    found = [*desk.problems, *lint_letters(letters)]
    if desk.bench is None:
        _show(form, in_file_order(found))
        ctx.exit(EXIT_ERRORS)
    bench = desk.bench
    if accept and bench.unread:
        click.echo("nothing accepted while a clause cannot be read", err=True)
    elif accept:
        _accept(write_locks(bench))
        bench = lay_out(workspace, today(ctx), named).bench or bench
    findings = lint(bench)
    found = in_file_order([*found, *findings.problems])
    _show(form, found, _summary(found, findings, len(letters)))
    ctx.exit(EXIT_ERRORS if only_errors(found) or (strict and found) else 0)


def _show(form: str, problems: list[Problem], summary: str = "") -> None:
    if form == "text":
        show_problems(problems, codes=True)
        if summary:
            click.echo(summary)
        return
    if form == "json":
        from docgen.answers import problem_json

        click.echo(json.dumps([problem_json(each) for each in problems], ensure_ascii=False, indent=1))
        return
    from importlib.metadata import version

    from docgen.legal.sarif import sarif

    click.echo(json.dumps(sarif(problems, version("docgen")), ensure_ascii=False, indent=1))


def _summary(problems: list[Problem], findings: Findings, letters: int) -> str:
    """`112 clauses, 2 letters: no findings (3 allowed)`."""
    errors = sum(each.is_error for each in problems)
    told = [count(number, noun) for number, noun in ((errors, "error"), (len(problems) - errors, "warning")) if number]
    allowed = f" ({findings.allowed} allowed)" if findings.allowed else ""
    read = ((findings.looked_at, "clause"), (letters, "letter"))
    looked_at = ", ".join(count(number, noun) for number, noun in read if number) or count(0, "clause")
    return f"{looked_at}: {', '.join(told) or 'no findings'}{allowed}"


def _accept(written: list[Path]) -> None:
    from docgen.source.workspace import shown_path

    for path in written:
        click.echo(f"{shown_path(path)}: accepted", err=True)
    if not written:
        click.echo("nothing new to accept", err=True)
