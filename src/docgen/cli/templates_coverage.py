"""templates coverage: what deals reach of the clauses, and which duties the clauses answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.common import EXIT_ERRORS, today, workspace_for
from docgen.cli.show import count, show_problems, show_table

if TYPE_CHECKING:
    from docgen.contract import Draft
    from docgen.legal.bench import Bench
    from docgen.legal.coverage import Coverage, Goal

_SIGNS = {"always": "●", "sometimes": "○", "never": ""}


@click.command("coverage", short_help="Show which branches of the clauses deals reach, and which duties they answer.")
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with deals; default: samples/ of the workspace.",
)
@click.option(
    "--matrix", is_flag=True, help="Also draft the deals of the matrix; ends with 1 if anything stays unreached."
)
@click.option("--duties", "only_duties", is_flag=True, help="Show which clauses answer which duties instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def coverage_command(ctx: click.Context, samples: str | None, matrix: bool, only_duties: bool, form: str) -> None:
    """Show what the contracts of sample deals reach of the clauses: every branch, variant, clause in and out, table.

    With --matrix, deals nobody made are drafted too: in them every two of the facts clauses ask for meet.

    \b
    docgen templates coverage
    docgen templates coverage --samples deals --matrix
    docgen templates coverage --duties --format json
    """
    from docgen.legal.desk import lay_out
    from docgen.problems import only_errors

    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    desk = lay_out(workspace, today(ctx))
    if desk.bench is None or only_errors(desk.problems):
        show_problems(desk.problems, codes=True)
        ctx.exit(EXIT_ERRORS)
    if only_duties:
        _show_duties(desk.bench, form)
        return
    folder = (
        Path(samples) if samples else next((f / "samples" for f in workspace.folders if (f / "samples").is_dir()), None)
    )
    ctx.exit(_show_coverage(ctx, desk.bench, folder, matrix, form))


# ---- coverage -------------------------------------------------------------------------------------------------------
def _show_coverage(ctx: click.Context, bench: Bench, folder: Path | None, matrix: bool, form: str) -> int:
    from docgen.legal.coverage import cover, joined
    from docgen.legal.specimens import specimens

    drafts = list(_drafts(ctx, folder))
    own = cover(bench, drafts)
    made = [each.draft for each in specimens(bench.library) if not each.problems] if matrix else []
    both = joined(own, cover(bench, made)) if matrix else own
    if form == "json":
        click.echo(json.dumps(_coverage_json(bench, own, both, len(drafts), len(made)), ensure_ascii=False, indent=1))
    else:
        _told(bench, own, both, len(drafts), len(made))
    return EXIT_ERRORS if matrix and both.missed else 0


def _drafts(ctx: click.Context, folder: Path | None) -> Iterator[Draft]:
    """The contracts of the deals in a folder; deals that ask for none, or cannot be drafted, are passed over."""
    from docgen.pipeline import prepare
    from docgen.redlines.papers import deals_below

    for path in deals_below(folder) if folder is not None else ():
        ready = prepare(path, workspace_for(ctx, path), today(ctx), document="contract")
        if ready.facts is not None and ready.facts.draft is not None and ready.facts.draft.facts.contract.types:
            yield ready.facts.draft


def _told(bench: Bench, own: Coverage, both: Coverage, samples: int, made: int) -> None:
    rows = []
    for clause in bench.clauses:
        (reached, there), (together, _) = own.of_clause(clause.key), both.of_clause(clause.key)
        cells = [clause.key, f"{reached}/{there}", _percent(reached, there)]
        rows.append([*cells, f"{together}/{there}", _percent(together, there)] if made else cells)
    heads = ["clause", "samples", ""] + (["with matrix", ""] if made else [])
    show_table(heads, rows, {1, 2, 3, 4})
    click.echo()
    for goal in both.missed:
        click.echo(f"{goal.place}: not reached: {_said(goal)}")
    total, reached = len(own.goals), len(own.goals) - len(own.missed)
    click.echo(f"{count(samples, 'sample')}: {reached} of {total} reached, {_percent(reached, total)}")
    if made:
        together = total - len(both.missed)
        deals = count(made, "deal")
        click.echo(f"with {deals} of the matrix: {together} of {total} reached, {_percent(together, total)}")


def _said(goal: Goal) -> str:
    match goal.kind:
        case "in" | "out":
            return f"{goal.clause} is {goal.what}"
        case "variant":
            return f"the variant {goal.what} of {goal.clause}"
        case "table":
            return f"the table {goal.what}"
    return goal.what


def _percent(part: int, whole: int) -> str:
    """Rounded down, so that 100 % is all of it."""
    return f"{part * 100 // whole if whole else 100}%"


def _coverage_json(bench: Bench, own: Coverage, both: Coverage, samples: int, made: int) -> dict[str, Any]:
    return {
        "samples": samples,
        "matrix": made,
        "goals": len(own.goals),
        "reached_by_samples": len(own.goals) - len(own.missed),
        "reached": len(both.goals) - len(both.missed),
        "clauses": [
            {
                "clause": each.key,
                "goals": own.of_clause(each.key)[1],
                "reached_by_samples": own.of_clause(each.key)[0],
                "reached": both.of_clause(each.key)[0],
            }
            for each in bench.clauses
        ],
        "missed": [
            {
                "clause": goal.clause,
                "kind": goal.kind,
                "what": goal.what,
                "file": goal.place.file,
                "line": goal.place.line,
                "column": goal.place.column,
            }
            for goal in both.missed
        ],
    }


# ---- duties ---------------------------------------------------------------------------------------------------------
def _show_duties(bench: Bench, form: str) -> None:
    from docgen.legal.duties import categories, duties, duties_json

    if form == "json":
        click.echo(json.dumps(duties_json(bench), ensure_ascii=False, indent=1))
        return
    found = list(duties(bench))
    types = list(dict.fromkeys(each.type for each in found))
    rows = []
    for duty in dict.fromkeys(each.duty for each in found):
        own = {each.type: each for each in found if each.duty == duty}
        signs = ["✘" if own[kind].is_gap else _SIGNS[own[kind].answer] for kind in types]
        clauses = dict.fromkeys(key for each in own.values() for key in each.clauses)
        rows.append([duty, *signs, _few(list(clauses))])
    show_table(["duty", *types, "clauses"], rows, set())
    click.echo("● always answered   ○ in some contracts   ✘ wanted and not answered")
    click.echo()
    shown = [
        [each.number, each.name, each.pages or _few(each.clauses) or "✘", " ".join(each.types)]
        for each in categories(bench)
    ]
    show_table(["CUAD", "category", "clauses", "types"], shown, {0})
    gaps = [f"{each.type} {each.duty}" for each in found if each.is_gap]
    click.echo()
    click.echo(f"{count(len(gaps), 'gap')}{': ' + ', '.join(gaps) if gaps else ''}")


def _few(keys: Sequence[str]) -> str:
    most = 6
    return ", ".join(keys[:most]) + (f", … ({len(keys)})" if len(keys) > most else "")
