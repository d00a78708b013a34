"""What every command that reads a deal needs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from docgen.pipeline import Prepared, prepare
from docgen.reading import Workspace

EXIT_ERRORS, EXIT_USAGE, EXIT_NOT_RELEASED = 1, 2, 3


def workspace_for(ctx: click.Context, deal: Path) -> Workspace:
    named = ctx.obj["workspace"]
    if named is not None and not Path(named).is_dir():
        raise click.BadParameter(f"there is no folder {named}", param_hint="--workspace")
    return Workspace.for_deal(deal, Path(named) if named else None)


def today(ctx: click.Context) -> dt.date:
    day: dt.date = ctx.obj["today"]
    return day


def prepared(ctx: click.Context, deal: str) -> tuple[Prepared, Workspace]:
    path = Path(deal)
    workspace = workspace_for(ctx, path)
    return prepare(path, workspace, today(ctx)), workspace
