"""batch: one deal of each row of a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

import click

from docgen.batch.rows import Batch, Made, RowsWish
from docgen.cli.build import (
    FORCE,
    FORMAT,
    JOBS,
    OUT,
    SCHEDULER,
    counted,
    crew_for,
    named_workspace,
    on_terminal,
    show_problem,
)
from docgen.problems import Problem
from docgen.source.row_stream import read_rows
from docgen.source.workspace import shown_path


@click.command("batch")
@click.argument("template", metavar="TEMPLATE", type=click.Path(exists=True, dir_okay=False))
@click.argument("table", metavar="TABLE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@OUT
@FORMAT
@JOBS
@SCHEDULER
@FORCE
@click.pass_context
def batch_command(ctx: click.Context, /, template: str, table: str, **options: Any) -> None:
    """Make one deal of each row of TABLE, and its papers: the cells are laid over TEMPLATE, a deal file. The heads of
    the table name values of the deal. Papers go into a folder for each deal, with the deal itself as deal.yaml.

    \b
    deal,customer.name,lines.0.quantity
    R-2027-001,江苏示例电气有限公司,40

    \b
    docgen batch renewal.template.yaml customers.csv --out renewals
    cat customers.csv | docgen batch renewal.template.yaml - --format pdf
    """
    began = perf_counter()
    wish = RowsWish(
        Path(template),
        Path(options["out"]),
        named_workspace(ctx),
        ctx.obj["today"],
        options["formats"],
        options["force"],
    )
    with _opened(table) as (stream, shown), crew_for(ctx, options["jobs"], options["scheduler"], None) as crew:
        batch = Batch(wish, _show)
        made = batch.run(_seen(read_rows(stream, shown), lambda: batch.made), crew)
        workers = crew.workers
    _show_summary(made, wish, perf_counter() - began, workers)
    ctx.exit(made.exit_code)


@contextmanager
def _opened(table: str) -> Iterator[tuple[BinaryIO, str]]:
    if table == "-":
        yield sys.stdin.buffer, "standard input"
        return
    with Path(table).open("rb") as stream:
        yield stream, shown_path(Path(table))


def _show(problems: Sequence[Problem]) -> None:
    if problems and on_terminal():
        click.echo("\r\033[K", nl=False, err=True)
    for problem in problems:
        show_problem(problem)


def _seen(rows: Iterator[Any], made: Callable[[], Made]) -> Iterator[Any]:
    """The rows as they come; on a terminal with how many there were so far."""
    for row in rows:
        yield row
        if on_terminal():
            click.echo(f"\r\033[K{counted(made().rows, 'row')}", nl=False, err=True)
    if on_terminal():
        click.echo("\r\033[K", nl=False, err=True)


def _show_summary(made: Made, wish: RowsWish, seconds: float, workers: int) -> None:
    failed = f", {made.failed} failed" if made.failed else ""
    click.echo(f"{counted(made.rows, 'row')}{failed}   {counted(made.papers, 'paper')} in {wish.out}")
    click.echo(f"  {seconds:.1f} s, {counted(workers, 'worker')}")
