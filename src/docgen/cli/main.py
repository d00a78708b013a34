"""The command group: global options, exit codes, and commands that are imported when they are called.

Exit codes: 0 done · 1 the input has errors · 2 wrong usage · 3 an approval or gate is missing for a final paper
· 4 a bug · 130 interrupted.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from types import ModuleType
from typing import Any

import click

from docgen.cli.lazy import LazyGroup

COMMANDS = {
    "quote": ("produce", "Write the quotation of a deal in Word and PDF."),
    "proposal": ("produce", "Write the proposal of a deal in Word and PDF."),
    "value": ("value", "Write the value statement of a deal in Word and PDF, or show its model."),
    "contract": ("produce", "Write the contract draft of a deal in Word and PDF."),
    "make": ("produce", "Write any document that has a folder under templates/."),
    "build": ("build", "Write the papers of all deals below a folder that are due."),
    "watch": ("build", "Build, and again whenever a file is saved."),
    "batch": ("batch", "Make one deal of each row of a table, and its papers."),
    "rebuild": ("proof", "Prove that a finished paper comes out the same again."),
    "verify": ("proof", "Say whether a finished paper still says what its deal says."),
    "list": ("inspect", "Name the documents that can be made, and the price lists."),
    "check": ("check", "Report every problem of a deal; write nothing."),
    "price": ("inspect", "Show lines and totals of a deal."),
    "explain": ("inspect", "Show where each price comes from, step by step."),
    "approvals": ("approve", "Show who must approve a deal and why."),
    "approve": ("approve", "Record your yes to a deal."),
    "reject": ("approve", "Record your no to a deal."),
    "revoke": ("approve", "Take back what you decided."),
    "diff": ("compare", "Show what changed between two deals, in money and words."),
    "solve": ("solve", "Find the discounts that reach a net total, a margin, or the limit of approvals."),
    "templates": ("templates", "Check, measure, redline and import the words of contracts."),
    "prices": ("prices", "Check, compare, export and import price lists."),
    "new": ("start", "Write a starter deal."),
    "init": ("start", "Make a workspace: price lists, templates, sellers, approval rules."),
    "schema": ("start", "Print the JSON Schema editors use to help writing files."),
}
"""Command name → module of this room, help in one line. The order is the order of `docgen --help`."""


INTERRUPTED = 130


class _Lazy(LazyGroup):
    known = COMMANDS

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from docgen.spelling import closest

            near = closest(args[0], COMMANDS)
            raise click.UsageError(
                f"there is no command {args[0]!r}" + (f"; did you mean {near!r}?" if near else ""), ctx
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Click ends with 1 at a Ctrl-C, which here means that the input has errors."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\ninterrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--workspace",
    type=click.Path(file_okay=False),
    help="Folder with price_lists/, templates/, sellers.yaml; found upwards from the deal by default.",
)
@click.option(
    "--today", metavar="DAY", help="Decides what is expired (ISO day); never appears on a page. Default: today."
)
@click.version_option(package_name="docgen", message="docgen %(version)s")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, today: str | None) -> None:
    """One deal file, every paper: price it once, prove it, print it.

    \b
    docgen new deal.yaml        a starter deal
    docgen quote deal.yaml      the quotation, in Word and PDF
    docgen explain deal.yaml    where every price comes from
    """
    _check_epoch()
    ctx.obj = {"workspace": workspace, "today": _day(today)}


def _day(text: str | None) -> object:
    import datetime as dt

    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day; write it as 2026-11-20", param_hint="--today") from None


_END_OF_9999 = 253_402_300_799


def _check_epoch() -> None:
    """The variable of reproducible builds decides the time inside files; one that cannot be a time is refused."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= _END_OF_9999):
        raise click.UsageError("SOURCE_DATE_EPOCH must be whole seconds since 1970, or not be set")


class _NoPlugins(ModuleType):
    """In place of the module by which pydantic looks for plugins. Its own switch, PYDANTIC_DISABLE_PLUGINS, is asked
    only after the reading of all installed packages' metadata was imported."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        return ()


def main() -> None:
    """Run the command line and end the process; a bug is a short report and exit code 4, never a bare traceback.

    A command lives for a second. Looking for circular garbage in what it keeps anyway, and taking the interpreter down
    object by object at the end, would cost a tenth of that: so the first is rare and the second left to the system.
    What else is installed beside docgen has no say in how a deal is read: plugins of pydantic are not looked for,
    which would cost one part in twenty-five again.
    """
    gc.set_threshold(100_000, 50, 100)
    sys.modules["pydantic.plugin._loader"] = _NoPlugins("pydantic.plugin._loader")
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # None where whoever started docgen closed it
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _run() -> int:
    try:
        cli.main(prog_name="docgen", standalone_mode=True)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except (KeyboardInterrupt, BrokenPipeError):
        return INTERRUPTED
    except OSError as error:
        _report_refusal(error)
        return 1
    except Exception as error:
        _report_bug(error)
        return 4
    return 0


def _report_refusal(error: OSError) -> None:
    """What the machine would not do: a full disk under the output, a folder that was removed under our feet."""
    import traceback

    about = f": {error.filename}" if isinstance(error.filename, str) else ""
    with contextlib.suppress(OSError):
        click.echo(f"docgen cannot go on{about}: {error.strerror or type(error).__name__}", err=True)
        if "DOCGEN_DEBUG" in os.environ:
            traceback.print_exception(error)


def _report_bug(error: Exception) -> None:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"docgen met a fault of its own: {type(error).__name__}: {str(error)[:300]}\n"
        f"  at {last.name}, line {last.lineno} of {last.filename.rsplit('docgen', 1)[-1].lstrip('/')}\n"
        "  nothing was written by this step; please report it with the command and, if you may, the deal file",
        err=True,
    )
    if "DOCGEN_DEBUG" in os.environ:
        traceback.print_exception(error)
