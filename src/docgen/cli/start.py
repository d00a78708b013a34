"""new, init, schema: the first minutes with docgen."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import click

from docgen.catalog import Catalog
from docgen.cli.common import EXIT_ERRORS, today, workspace_for
from docgen.reading import Workspace

_STARTER = """\
{head}# A starter deal. docgen check {name} tells what is wrong, docgen quote {name} writes the quotation.
deal: {number}                  # number of every paper
title: {title}
language: {language}                    # zh-CN, en, or [zh-CN, en] for both in one paper
date: {date}                   # the pricing day
price_list: {price_list}
seller: {seller}
customer:
  name: {customer}
lines:                             # docgen list {price_list} shows the products
{lines}
# more: valid_days, terms, payment, discounts, optional lines … docgen schema deal describes every key
"""


@click.command("new")
@click.argument("file", default="deal.yaml")
@click.option("--price-list", help="Which price list; default: the first one valid today.")
@click.pass_context
def new_command(ctx: click.Context, file: str, price_list: str | None) -> None:
    """Write a starter deal to FILE (default deal.yaml). It prices and prints as it is.

    \b
    docgen new
    docgen new acme.yaml --price-list crm-us
    """
    path = Path(file)
    if path.exists():
        click.echo(f"{file} is there already and is not replaced", err=True)
        ctx.exit(EXIT_ERRORS)
    from docgen.source.output import write_file

    try:
        write_file(path, _starter(ctx, path, price_list).encode())
    except OSError as error:
        click.echo(f"{file} cannot be written: {error.strerror}", err=True)
        ctx.exit(EXIT_ERRORS)
    click.echo(f"{file}\n  next: docgen quote {file}")


def _starter(ctx: click.Context, path: Path, wanted: str | None) -> str:
    workspace = workspace_for(ctx, path)
    name, catalog, day = _valid_list(workspace, today(ctx), wanted)
    if catalog is None:
        hint = f"there is no price list {wanted}" if wanted else "there is no price list"
        raise click.UsageError(f"{hint}; see docgen list", ctx)
    ruled = {rule.sku for rule in catalog.rules}
    simple = [p for p in catalog.products if p.kind != "bundle" and p.unit_price and p.sku not in ruled][:2]
    chinese = catalog.currency == "CNY"
    language = "zh-CN" if chinese else "en"
    lines = [f"  - {{sku: {p.sku}, quantity: 10}}   # {p.name.get(language)}" for p in simple]
    loaded = workspace.sellers()
    sellers = list(loaded.model.sellers) if loaded and loaded.model else ["main"]
    schema = path.absolute().parent / "deal.schema.json"
    return _STARTER.format(
        head=f"# yaml-language-server: $schema={schema.name}\n" if schema.is_file() else "",
        name=path.name,
        number=f"D-{day.year}-0001",
        date=day,
        price_list=name,
        seller=next((s for s in sellers if (s == "us") != chinese), sellers[0]),
        title="新项目" if chinese else "New project",
        language=language,
        customer="某某有限公司" if chinese else "Example Customer Inc.",
        lines="\n".join(lines),
    )


def _valid_list(workspace: Workspace, day: dt.date, wanted: str | None) -> tuple[str, Catalog | None, dt.date]:
    """The wanted list, or the first valid on the day; where none is, the first on the last day it was."""
    names = [wanted] if wanted else [*workspace.price_lists()]
    for name in names:
        loaded, problems = workspace.catalog(name, day)
        if loaded is not None and loaded.model is not None and not problems:
            return name, loaded.model, day
    for name in names:
        loaded, _ = workspace.catalog(name, None)
        if loaded is not None and loaded.model is not None:
            return name, loaded.model, loaded.model.valid.until or loaded.model.valid.first or day
    return "", None, day


@click.command("init")
@click.argument("folder")
@click.pass_context
def init_command(ctx: click.Context, folder: str) -> None:
    """Make a workspace in FOLDER: price lists, templates, sellers and approval rules to change, and the editor schemas.

    Files that are there already are kept.

    \b
    docgen init sales
    """
    from docgen.source.workspace import packaged

    target, source = Path(folder), packaged()
    try:
        made = [
            name
            for name in ("price_lists", "templates", "sellers.yaml", "approvals.yaml")
            if _copy(source / name, target / name)
        ]
        for kind in _KINDS:
            schema = target / f"{kind}.schema.json"
            if not schema.exists():
                schema.write_text(_schema_text(kind), "utf-8")
                made.append(schema.name)
    except OSError as error:
        click.echo(f"{folder} cannot be written: {error.strerror}", err=True)
        ctx.exit(EXIT_ERRORS)
    for name in made:
        click.echo(f"{target / name}")
    click.echo(f"  next: cd {folder} && docgen new")


def _copy(source: Path, target: Path) -> bool:
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
    return True


_KINDS = ("deal", "price-list", "approvals")


@click.command("schema")
@click.argument("kind", type=click.Choice(_KINDS))
def schema_command(kind: str) -> None:
    """Print the JSON Schema of KIND for editors that complete and check YAML.

    \b
    docgen schema deal > deal.schema.json
    """
    click.echo(_schema_text(kind), nl=False)


def _schema_text(kind: str) -> str:
    from docgen.schemas import schema

    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"
