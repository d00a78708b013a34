"""prices lint, diff, export, import: the price manager's tools."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from docgen.cli.common import EXIT_ERRORS, today, without_records, workspace_for
from docgen.cli.show import clip, show_problems
from docgen.pipeline import prepare
from docgen.problems import Place, Problem, ProblemsFound, only_errors
from docgen.source.workspace import packaged, shown_path

if TYPE_CHECKING:
    from docgen.catalog import Catalog
    from docgen.lists.effects import Effect
    from docgen.lists.exchange import Import
    from docgen.lists.files import Linted
    from docgen.reading import Workspace
    from docgen.source.load import Loaded

_MOST_SHOWN = 40


@click.group("prices")
def prices_command() -> None:
    """Check, compare, export and import price lists.

    \b
    docgen prices lint
    docgen prices diff erp-cn@2026.2 erp-cn@2027.1 deals/*.yaml
    docgen prices export erp-cn --to products.xlsx
    docgen prices import products.xlsx --into erp-cn
    """


@prices_command.command("lint", short_help="Tell what is wrong or odd in price lists.")
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


# ---- editions -------------------------------------------------------------------------------------------------------
@prices_command.command("diff", short_help="Show what a new edition changes, and what it does to deals.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("deals", nargs=-1, metavar="[DEAL]...", callback=without_records)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def diff_command(ctx: click.Context, old: str, new: str, deals: tuple[str, ...], form: str) -> None:
    """Show what the edition NEW changes against OLD, and what that does to each DEAL: money, lines, approvals, floors.

    OLD and NEW are editions (erp-cn@2026.2), list.yaml files or folders. A deal whose date an edition does not cover is
    priced on the nearest day it does.

    \b
    docgen prices diff erp-cn@2026.2 erp-cn@2027.1
    docgen prices diff erp-cn@2026.2 new/list.yaml deals/*.yaml --format json
    """
    from docgen.cli.show_prices import show_changes, show_effects
    from docgen.lists.changes import list_changes
    from docgen.lists.effects import effects_json

    before, after = _sound_edition(ctx, old), _sound_edition(ctx, new)
    changes = list_changes(before.catalog, after.catalog)
    effects = [_effect(ctx, deal, before.loaded, after.loaded) for deal in deals]
    if form == "json":
        answer = effects_json(before.catalog.name, after.catalog.name, changes, effects)
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        show_changes(before.catalog, after.catalog, changes)
        if effects:
            show_effects(effects)
    ctx.exit(EXIT_ERRORS if any(each.any_side is None for each in effects) else 0)


@dataclass(frozen=True)
class _Edition:
    loaded: Loaded[Catalog]
    catalog: Catalog


def _sound_edition(ctx: click.Context, wanted: str) -> _Edition:
    """An edition without errors; what is wrong with it would be wrong with every deal."""
    from docgen.lists.files import check_list
    from docgen.reading import load_catalog

    loaded = load_catalog(_one_edition(ctx, wanted))
    errors = only_errors(check_list(loaded))
    if loaded.model is None or errors:
        _stop(ctx, errors)
    return _Edition(loaded, loaded.model)


def _effect(ctx: click.Context, deal: str, before: Loaded[Catalog], after: Loaded[Catalog]) -> Effect:
    from docgen.lists.effects import effect
    from docgen.reading import load_deal

    path = Path(deal)
    read = load_deal(path).model
    sides = []
    for edition in (before, after):
        ready = prepare(path, workspace_for(ctx, path), today(ctx), edition)
        told = [problem for problem in ready.problems if problem.origin != "price_list"]
        sides.append((None if ready.has_errors else ready.facts, told))
    return effect(deal, read.date if read else None, *sides)


# ---- tables ---------------------------------------------------------------------------------------------------------
_TABLES = (".csv", ".xlsx")


@prices_command.command("export", short_help="Write the products of a list to Excel or CSV.")
@click.argument("price_list", metavar="LIST")
@click.option("--to", "target", required=True, metavar="FILE", help="A .csv or .xlsx file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def export_command(ctx: click.Context, price_list: str, target: str, force: bool) -> None:
    """Write every product of LIST as a row of a table: Excel (.xlsx) or CSV. Internal: it holds cost and floor.

    Texts a spreadsheet would take for formulas are neutralised; `docgen prices import` reads them back as they were.

    \b
    docgen prices export erp-cn --to products.xlsx
    docgen prices export erp-cn@2026.2 --to products.csv
    """
    import datetime as dt

    from docgen.lists.exchange import as_csv, as_sheet
    from docgen.pipeline import made_on
    from docgen.reading import load_catalog

    path = _table_file(ctx, Path(target))
    if path.exists() and not force:
        _stop(ctx, [Problem("file_is_there", params={"file": target}, place=Place(target))])
    loaded = load_catalog(_one_edition(ctx, price_list))
    if loaded.model is None or only_errors(loaded.problems):
        _stop(ctx, loaded.problems)
    products = loaded.model.products
    made = made_on(loaded.model.valid.first or dt.date(2000, 1, 1))
    _write(ctx, path, as_sheet(products, made) if path.suffix.lower() == ".xlsx" else as_csv(products))
    click.echo(f"{target}: {_count(len(products), 'product')} of {loaded.model.name}")
    if loaded.model.bundles or loaded.model.rules:
        click.echo("  bundles' contents, rules and discounts stay in list.yaml")


@prices_command.command("import", short_help="Read products from Excel or CSV into a list.")
@click.argument("file")
@click.option("--into", "price_list", required=True, metavar="LIST|FOLDER", help="Whose products the table holds.")
@click.option("--edition", help="Which edition, where the list has several.")
@click.option("--check", "only_check", is_flag=True, help="Tell what would change; write nothing.")
@click.option("--force", is_flag=True, help="Remove products that are not in the table any more.")
@click.pass_context
def import_command(
    ctx: click.Context, file: str, price_list: str, edition: str | None, only_check: bool, force: bool
) -> None:
    """Read the products of FILE (.csv or .xlsx) into the products.csv of a list: all of them, or none.

    Every mistake is told at its row and column. Products that stand in list.yaml itself stay there.

    \b
    docgen prices import products.xlsx --into erp-cn --check
    docgen prices import products.xlsx --into price_lists/erp-cn/2027.1
    """
    from docgen.lists.exchange import plan_import

    path = _table_file(ctx, Path(file))
    list_file = _one_edition(ctx, f"{price_list}@{edition}" if edition else price_list, own=True)
    plan = plan_import(path, list_file)
    show_problems(plan.problems)
    if plan.data is None:
        ctx.exit(EXIT_ERRORS)
    _show_plan(plan)
    if plan.gone and not force:
        told = ", ".join(plan.gone[:12]) + (", …" if len(plan.gone) > 12 else "")
        params = {"count": str(len(plan.gone)), "file": shown_path(plan.target), "skus": told}
        _stop(ctx, [Problem("products_would_go", params=params)])
    if only_check:
        click.echo("  nothing written")
        return
    _write(ctx, plan.target, plan.data)
    click.echo(f"{shown_path(plan.target)}: {_count(plan.products, 'product')}")


def _show_plan(plan: Import) -> None:
    """What is new, changed and gone; of a change every field, of many products the first."""
    rows = [("new", sku, "") for sku in plan.new]
    rows += [
        ("changed", c.sku, "; ".join(f"{head} {a or '–'} → {b or '–'}" for head, a, b in c.fields))
        for c in plan.changed
    ]
    rows += [("gone", sku, "") for sku in plan.gone]
    for what, sku, fields in rows[:_MOST_SHOWN]:
        click.echo(f"  {what:<8} {sku:<16} {clip(fields, 100)}".rstrip())
    if len(rows) > _MOST_SHOWN:
        click.echo(f"  … and {len(rows) - _MOST_SHOWN} more")
    same = plan.products - len(plan.new) - len(plan.changed)
    kept = f", {plan.in_list} in list.yaml itself" if plan.in_list else ""
    click.echo(f"  {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.gone)} gone, {same} as before{kept}")


def _table_file(ctx: click.Context, path: Path) -> Path:
    if path.suffix.lower() not in _TABLES:
        _stop(ctx, [Problem("not_a_table_file", params={"file": str(path)}, place=Place(str(path)))])
    return path


def _one_edition(ctx: click.Context, wanted: str, *, own: bool = False) -> Path:
    """The list.yaml meant; with `own` one that is the user's to change."""
    from docgen.lists.files import one_edition

    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    try:
        path = one_edition(wanted, workspace)
    except ProblemsFound as trouble:
        _stop(ctx, trouble.problems)
    if own and packaged() in path.resolve().parents and workspace.folders[0] != packaged():
        _stop(ctx, [Problem("list_is_packaged", params={"list": wanted})])
    return path


def _write(ctx: click.Context, path: Path, data: bytes) -> None:
    from docgen.source.output import write_file

    try:
        write_file(path, data)
    except OSError as error:
        params = {"file": str(path), "reason": error.strerror or type(error).__name__}
        _stop(ctx, [Problem("cannot_write", params=params, place=Place(str(path)))])


def _stop(ctx: click.Context, problems: Iterable[Problem]) -> NoReturn:
    show_problems(problems)
    ctx.exit(EXIT_ERRORS)
