"""check: every problem of a deal, and nothing written. It loads no more than it needs: people run it often."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.cli.common import EXIT_ERRORS, named_deals, today, workspace_for
from docgen.cli.show import show_problems
from docgen.pipeline import check


@click.command("check")
@click.argument("deals", nargs=-1, metavar="[DEAL]...", callback=named_deals)
@click.option("--document", help="Check what this document needs, its templates included; default: the quotation.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def check_command(ctx: click.Context, deals: tuple[str, ...], document: str | None, form: str) -> None:
    """Report every problem of each DEAL (default: deal.yaml) at file:line:column; write nothing.

    \b
    docgen check deal.yaml
    docgen check samples/*/deal.yaml --format json
    """
    found = []
    for deal in deals:
        problems = check(
            Path(deal), workspace_for(ctx, Path(deal)), today(ctx), document or "quote", fill=bool(document)
        )
        found += problems
        if form == "text":
            show_problems(problems)
            if not problems:
                click.echo(f"{deal}: no problems")
    if form == "json":
        from docgen.answers import problem_json

        click.echo(json.dumps([problem_json(p) for p in found], ensure_ascii=False, indent=1))
    ctx.exit(EXIT_ERRORS if any(p.is_error for p in found) else 0)
