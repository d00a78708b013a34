"""What every command that reads a deal needs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from docgen.facts import Facts
from docgen.pipeline import Prepared, prepare
from docgen.reading import Workspace

EXIT_ERRORS, EXIT_NOT_RELEASED = 1, 3


DEFAULT_DEAL, RECORD = "deal.yaml", ".approvals.yaml"


def named_deals(ctx: click.Context, param: click.Parameter, deals: tuple[str, ...]) -> tuple[str, ...]:
    """The deals that were named, else the deal.yaml of this folder. `deals/*.yaml` names their records too; these are
    passed over."""
    deals = without_records(ctx, param, deals)
    if deals or not Path(DEFAULT_DEAL).is_file():
        if not deals:
            raise click.UsageError(f"name a deal file; there is no {DEFAULT_DEAL} in this folder", ctx)
        return deals
    return (DEFAULT_DEAL,)


def without_records(ctx: click.Context, param: click.Parameter, deals: tuple[str, ...]) -> tuple[str, ...]:
    """What was named, the records among it passed over; nothing but a record is refused."""
    named = tuple(deal for deal in deals if not deal.endswith(RECORD))
    if deals and not named:
        refuse_record(deals[0])
    return named


def workspace_for(ctx: click.Context, deal: Path) -> Workspace:
    named = ctx.obj["workspace"]
    if named is not None and not Path(named).is_dir():
        raise click.BadParameter(f"there is no folder {named}", param_hint="--workspace")
    return Workspace.for_deal(deal, Path(named) if named else None)


def today(ctx: click.Context) -> dt.date:
    day: dt.date = ctx.obj["today"]
    return day


def refuse_record(name: str) -> None:
    """A record of decisions is no deal, though it stands beside one."""
    if name.endswith(RECORD):
        deal = name.removesuffix(RECORD) + ".yaml"
        raise click.UsageError(f"{name} is the record of decisions about a deal; name the deal: {deal}")


def is_word(name: str) -> bool:
    """Whether a file is one of Word's, by its name; those of an old kind are refused when they are read."""
    return Path(name).suffix.lower() in (".docx", ".docm", ".doc")


def language_option(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`zh-CN,en` as languages; () for the deal's own."""
    from docgen.values import LANGUAGES

    wanted = tuple(dict.fromkeys(part.strip() for part in (value or "").split(",") if part.strip()))
    if any(part not in LANGUAGES for part in wanted):
        raise click.BadParameter(f"{value} is not a language; there are {', '.join(LANGUAGES)}")
    return wanted


alternative_option = click.option(
    "--alternative", metavar="NAME", help="Look at this alternative of the deal, as if it were recommended."
)


def prepared(
    ctx: click.Context, deal: str, alternative: str | None = None, document: str | None = None
) -> tuple[Prepared, Workspace]:
    refuse_record(deal)
    path = Path(deal)
    workspace = workspace_for(ctx, path)
    return prepare(path, workspace, today(ctx), alternative=alternative, document=document), workspace


def priced(
    ctx: click.Context, deal: str, alternative: str | None = None, *, quiet: bool = False, document: str | None = None
) -> Facts:
    """The facts of a deal; its problems go to stderr, and errors end the command. With `quiet` warnings stay silent,
    since the answer itself holds them."""
    from docgen.cli.show import show_problems

    ready, _ = prepared(ctx, deal, alternative, document)
    show_problems([p for p in ready.problems if p.is_error or not quiet])
    if ready.facts is None or ready.has_errors:
        ctx.exit(EXIT_ERRORS)
    return ready.facts
