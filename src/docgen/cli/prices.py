"""prices lint, diff, export, import: the price manager's tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.common import EXIT_ERRORS, workspace_for
from docgen.cli.show import show_problems
from docgen.problems import ProblemsFound

if TYPE_CHECKING:
    from docgen.lists.files import Linted
    from docgen.reading import Workspace


@click.group("prices")
def prices_command() -> None:
    """Check, compare, export and import price lists.

    \b
    docgen prices lint
    docgen prices diff erp-cn@2026.2 erp-cn@2027.1 deals/*.yaml
    docgen prices export erp-cn --to products.xlsx
    docgen prices import products.xlsx --into erp-cn
    """


@prices_command.command("lint")
@click.argument("lists", nargs=-1, metavar="[LIST|PATH]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def lint_command(ctx: click.Context, lists: tuple[str, ...], form: str) -> None:
    """Report what is wrong or odd in price lists: cliffs, rules nobody meets, what cannot be sold.

    LIST is a name (erp-cn), an edition (erp-cn@2026.2), a list.yaml or a folder; default: all lists of the workspace.
    Ends with 1 where anything found is an error; warnings alone end with 0.

    \b
    docgen prices lint
    docgen prices lint erp-cn cloud-cn@2026.2 --format json
    """
    from docgen.answers import problem_json
    from docgen.lists.files import editions_named, lint_editions

    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    try:
        groups = [editions_named(wanted, workspace) for wanted in lists] or _all_lists(workspace)
    except ProblemsFound as trouble:
        show_problems(trouble.problems)
        ctx.exit(EXIT_ERRORS)
    linted = [each for paths in groups for each in lint_editions(paths)]
    if form == "json":
        found = [problem_json(p) for each in linted for p in each.problems]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for each in linted:
            show_problems(each.problems, codes=True)
            click.echo(_summary(each))
    ctx.exit(EXIT_ERRORS if any(each.has_errors for each in linted) else 0)


def _all_lists(workspace: Workspace) -> list[list[Path]]:
    """The workspace's own lists; those packaged with docgen only where it has none."""
    lists = workspace.price_lists()
    for folder in workspace.folders:
        own = [paths for paths in lists.values() if folder in paths[0].parents]
        if own:
            return own
    return []


def _summary(linted: Linted) -> str:
    errors = sum(p.is_error for p in linted.problems)
    warnings = len(linted.problems) - errors
    told = [_count(errors, "error")] if errors else []
    told += [_count(warnings, "warning")] if warnings else []
    text = ", ".join(told) or "no findings"
    return f"{linted.loaded.shown}: {text}" + (f" ({linted.allowed} allowed)" if linted.allowed else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
