"""templates: legal's tools. The group only names them; each command is imported when it is called."""

from __future__ import annotations

import click

from docgen.cli.lazy import LazyGroup

COMMANDS = {
    "lint": ("templates_lint", "Tell what is wrong with clauses, before any deal meets them."),
    "coverage": ("templates_coverage", "Show which branches of the clauses deals reach, and which duties they answer."),
    "redline": ("templates_redline", "Write redlines of the sample papers a change of templates touches."),
    "import": ("templates_import", "Make clauses out of a contract in Word."),
}
"""Command name → module of this room, help in one line."""


class _Tools(LazyGroup):
    known = COMMANDS


@click.group("templates", cls=_Tools)
def templates_command() -> None:
    """Look after templates and clauses: check and measure them, see what a change does to papers, import a contract.

    \b
    docgen templates lint
    docgen templates coverage --matrix
    docgen templates redline --from HEAD
    docgen templates import contract.docx --into templates/clauses
    """
