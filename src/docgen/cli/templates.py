"""templates: legal's tools. The group only names them; each command is imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "lint": ("templates_lint", "Tell what is wrong with clauses, before any deal meets them."),
    "coverage": ("templates_coverage", "Show which branches of the clauses deals reach, and which duties they answer."),
    "redline": ("templates_redline", "Write redlines of the sample papers a change of templates touches."),
    "import": ("templates_import", "Make clauses out of a contract in Word."),
}
"""Command name → module of this room, help in one line."""


class _Lazy(click.Group):
    """Imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"docgen.cli.{COMMANDS[name][0]}"), f"{name}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group("templates", cls=_Lazy)
def templates_command() -> None:
    """Look after templates and clauses: check and measure them, see what a change does to papers, import a contract.

    \b
    docgen templates lint
    docgen templates coverage --matrix
    docgen templates redline --from HEAD
    docgen templates import contract.docx --into templates/clauses
    """
