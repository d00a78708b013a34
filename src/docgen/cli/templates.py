"""templates: the lawyer's tools, each imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
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
    """Look after templates and clauses: what a change of words does to the papers, clauses out of a Word contract.

    \b
    docgen templates redline --from HEAD
    docgen templates import contract.docx --into templates/clauses
    """
