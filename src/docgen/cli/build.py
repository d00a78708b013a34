"""build and watch: all papers of all deals below a folder. What is due is found without loading what prices deals."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from docgen.batch.build import Build, Wish
from docgen.batch.executors import Alone, Crew, Processes
from docgen.batch.results import BuiltDeal, Summary, exit_code, left_over_problem
from docgen.cli.formats import chosen_formats
from docgen.problems import Problem

if TYPE_CHECKING:
    from docgen.batch.reports import Report

FORMATS = ("docx", "pdf", "txt", "html", "json", "xlsx")
REPORTS = (".html", ".xml", ".json")
_FEW = 3
"""Deals that are made sooner in this process than by workers that must be started."""


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    return chosen_formats(value, FORMATS)


def _reports(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    for each in value:
        if Path(each).suffix.lower() not in REPORTS:
            raise click.BadParameter(f"{each}: a report is .html, .xml (JUnit) or .json")
    return tuple(map(Path, value))


OUT = click.option(
    "--out", default="out", show_default=True, type=click.Path(file_okay=False), help="Folder for the papers."
)
FORMAT = click.option(
    "--format",
    "formats",
    default="docx,pdf",
    show_default=True,
    callback=_formats,
    help=f"Any of {', '.join(FORMATS)}, with commas between; xlsx is the value model.",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes that work at once. Default: one for each core."
)
SCHEDULER = click.option(
    "--scheduler", metavar="tcp://HOST:PORT", help="Work on a Dask cluster instead (needs docgen[dask])."
)
FORCE = click.option("--force", is_flag=True, help="Replace papers that somebody edited since.")


@click.command("build")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(exists=True))
@OUT
@FORMAT
@JOBS
@SCHEDULER
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything is stale or broken.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    callback=_reports,
    help="Write a report: .html for people, .xml for CI (JUnit), .json for programs. May be repeated.",
)
@FORCE
@click.pass_context
def build_command(ctx: click.Context, /, folder: str, check: bool, force: bool, **options: Any) -> None:
    """Write the papers of every deal below DIR (default: this folder): those a deal lists under `documents`, or all
    its facts allow. What nothing has changed for is left as it is.

    \b
    docgen build                                 everything below this folder
    docgen build deals --out papers --jobs 4
    docgen build --check                         for CI: is what lies in out up to date?
    docgen build --report build.html --report junit.xml
    """
    began = perf_counter()
    wish = _wish(ctx, folder, options["out"], options["formats"], check=check, force=force)
    build = Build(wish)
    if not build.deals:
        raise click.UsageError(f"there is no deal below {folder}: a .yaml file with the keys deal and customer", ctx)
    with crew_for(ctx, options["jobs"], options["scheduler"], build.to_make) as crew, _progress(build.to_make) as tell:
        deals = build.run(crew, tell)
        workers = crew.workers
    seconds = perf_counter() - began
    for name in build.left_over:
        show_problem(left_over_problem(name, wish.out, is_error=check))
    _show_summary(Summary.of(deals), wish, seconds, workers)
    failed = _written(options["reports"], lambda: _report(deals, build.left_over, wish, seconds, workers))
    ctx.exit(exit_code(deals) or int(failed or (check and bool(build.left_over))))


@click.command("watch")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(exists=True))
@OUT
@FORMAT
@JOBS
@click.pass_context
def watch_command(ctx: click.Context, /, folder: str, jobs: int | None, **options: Any) -> None:
    """Build what is below DIR (default: this folder), and again whenever a deal, a table, a price list or a template is
    saved. Ends with Ctrl-C.

    \b
    docgen watch
    docgen watch deals --format pdf
    """
    from docgen.batch.watching import saves, watched

    wish = _wish(ctx, folder, options["out"], options["formats"])
    coming = saves(lambda: watched(wish.start, wish.workspace), wish.out)
    with suppress(KeyboardInterrupt):
        while True:
            _build_anew(ctx, wish, jobs)
            next(coming)
    ctx.exit(0)


def _build_anew(ctx: click.Context, wish: Wish, jobs: int | None) -> None:
    """Build what is due and name the papers that were written. Few deals are made here, where all is loaded."""
    build = Build(wish)
    with crew_for(ctx, 1 if build.to_make <= _FEW else jobs, None, build.to_make) as crew:
        deals = build.run(crew, _show_written)
    failed = sum(deal.has_failed for deal in deals)
    told = f", {failed} failed" if failed else ""
    click.echo(f"{counted(len(deals), 'deal')}{told}; waiting for the next save")


def _show_written(deal: BuiltDeal) -> None:
    _show_problems(deal)
    for paper in deal.papers:
        if paper.outcome == "written":
            click.echo(f"  {', '.join(paper.files)}")


def _wish(
    ctx: click.Context, folder: str, out: str, formats: tuple[str, ...], *, check: bool = False, force: bool = False
) -> Wish:
    return Wish(Path(folder), Path(out), named_workspace(ctx), ctx.obj["today"], formats, check, force)


def named_workspace(ctx: click.Context) -> Path | None:
    """The folder of --workspace; None where each deal finds its own."""
    named = ctx.obj["workspace"]
    if named is not None and not Path(named).is_dir():
        raise click.BadParameter(f"there is no folder {named}", param_hint="--workspace")
    return Path(named) if named is not None else None


# ---- who works ------------------------------------------------------------------------------------------------------
@contextmanager
def crew_for(ctx: click.Context, jobs: int | None, scheduler: str | None, work: int | None) -> Iterator[Crew]:
    """Workers for so many orders; None: nobody knows how many. A command that is told to end first clears away what it
    had begun to write."""
    before = signal.signal(signal.SIGTERM, _end)
    crew = _crew(ctx, jobs, scheduler, work)
    try:
        yield crew
    finally:
        crew.close()
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _crew(ctx: click.Context, jobs: int | None, scheduler: str | None, work: int | None) -> Crew:
    if scheduler is not None and work != 0:
        from docgen.batch.cluster import Cluster, NoCluster

        try:
            return Cluster(scheduler)
        except NoCluster as reason:
            raise click.UsageError(str(reason), ctx) from None
    workers = jobs or cores()
    workers = workers if work is None else min(workers, work)
    if workers <= 1:
        return Alone()
    _warm_up()
    return Processes(workers)


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _warm_up() -> None:
    """What every worker needs is loaded once, before they are forked."""
    import docgen.documents.compose
    import docgen.pipeline
    import docgen.render.docx
    import docgen.render.pdf  # noqa: F401


# ---- what is shown --------------------------------------------------------------------------------------------------
def show_problem(problem: Problem) -> None:
    from docgen.cli.show import problem_line

    click.echo(problem_line(problem), err=True)


def on_terminal() -> bool:
    """Whether somebody watches the progress; whoever started docgen may have closed the stream."""
    return sys.stderr is not None and sys.stderr.isatty()


def _show_problems(deal: BuiltDeal) -> None:
    for problem in deal.told() if deal.was_made or deal.has_failed else ():
        show_problem(problem)
    for paper in deal.papers:
        if paper.outcome == "stale":
            click.echo(f"{deal.file}: stale: {', '.join(paper.files)}", err=True)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[BuiltDeal], None]]:
    """Problems as they come; on a terminal with a bar below them."""
    if not total or not on_terminal():
        yield _show_problems
        return
    with click.progressbar(length=total, label="deals", file=sys.stderr, show_pos=True) as bar:

        def tell(deal: BuiltDeal) -> None:
            if any(True for _ in deal.told()):
                click.echo("\r\033[K", nl=False, err=True)
            _show_problems(deal)
            bar.update(int(deal.was_made))

        yield tell


def _show_summary(summary: Summary, wish: Wish, seconds: float, workers: int) -> None:
    """Two lines: what there is now, and what it took."""
    failed = f", {summary.failed_deals} failed" if summary.failed_deals else ""
    drafts = f" ({counted(summary.drafts, 'draft')})" if summary.drafts else ""
    click.echo(f"{counted(summary.deals, 'deal')}{failed}   {counted(summary.papers, 'paper')} in {wish.out}{drafts}")
    known = ("written", "unchanged", "stale", "failed")
    told = [f"{summary.outcomes[each]} {each}" for each in known if summary.outcomes[each]]
    click.echo(f"  {', '.join(told) or 'nothing to write'}")
    click.echo(f"  {seconds:.1f} s, {counted(workers, 'worker')}")


def counted(number: int, noun: str) -> str:
    """2 deals, 1 deal."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


# ---- reports --------------------------------------------------------------------------------------------------------
def _report(deals: list[BuiltDeal], left: tuple[str, ...], wish: Wish, seconds: float, workers: int) -> Report:
    from docgen.batch.reports import Report

    return Report(tuple(deals), wish.out, wish.today, wish.formats, wish.check, seconds, workers, left)


def _written(files: tuple[Path, ...], report: Callable[[], Report]) -> int:
    """0 where every report could be written."""
    if not files:
        return 0
    from docgen.batch.reports import write_report

    failed = [problem for file in files for problem in write_report(report(), file)]
    for problem in failed:
        show_problem(problem)
    return int(bool(failed))
