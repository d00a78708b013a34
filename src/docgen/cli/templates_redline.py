"""templates redline: what a change of templates does to the papers of the sample deals, as Word files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.common import EXIT_ERRORS, today, without_records, workspace_for
from docgen.cli.show import count, show_problems
from docgen.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from docgen.reading import Workspace
    from docgen.redlines import Redlined

_TOLD = {
    "unchanged": "unchanged",
    "new": "new, not there then",
    "gone": "no longer made",
    "broken": "cannot be made",
    "broken then": "could not be made then, for what was wrong with it",
}


@click.command("redline")
@click.argument("deals", nargs=-1, metavar="[DEAL]...", callback=without_records)
@click.option("--from", "revision", required=True, metavar="REV", help="A revision git knows: HEAD, main, a hash.")
@click.option("--document", "documents", multiple=True, help="Only this document; may be given more than once.")
@click.option("--out", default="out", show_default=True, type=click.Path(file_okay=False), help="Folder for the files.")
@click.option("--force", is_flag=True, help="Replace redlines that somebody edited since.")
@click.pass_context
def redline_command(
    ctx: click.Context, deals: tuple[str, ...], revision: str, documents: tuple[str, ...], out: str, force: bool
) -> None:
    """Write one Word file with tracked changes for each paper whose words differ between REV and the files as they are.

    Each DEAL (default: all below samples/) is written twice: with the templates, price lists, sellers and rules of REV,
    and with the present ones. Accept all changes and you have the new paper, reject them and you have the old one.

    \b
    docgen templates redline --from HEAD
    docgen templates redline samples/huarui-erp/deal.yaml --from main --document contract
    """
    from docgen.source.output import write_papers

    workspace = workspace_for(ctx, Path(deals[0]) if deals else Path.cwd() / "deal.yaml")
    try:
        commit, papers = _made(ctx, workspace, revision, [Path(deal) for deal in deals], documents)
    except ProblemsFound as trouble:
        show_problems(trouble.problems)
        ctx.exit(EXIT_ERRORS)
    files = {_file(each): each.data for each in papers if each.state == "changed"}
    failed = write_papers(Path(out), files, force=force) if files else []
    click.echo(f"from {revision} ({commit}) to the files as they are")
    _show(papers, Path(out), written=not failed)
    show_problems([*(problem for each in papers for problem in each.problems), *failed])
    ctx.exit(EXIT_ERRORS if failed or any(each.state == "broken" for each in papers) else 0)


def _made(
    ctx: click.Context, workspace: Workspace, name: str, deals: list[Path], documents: Sequence[str]
) -> tuple[str, list[Redlined]]:
    """The revision, shortly, and every paper then and now. ProblemsFound where there is no such revision."""
    from docgen.redlines import find_revision, redlines, sample_deals

    root = workspace.folders[0]
    revision = find_revision(root, name)
    if isinstance(revision, Problem):
        raise ProblemsFound([revision])
    with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
        then = Path(folder)
        revision.copy(then)
        chosen = deals or sample_deals(root)
        return revision.short, list(redlines(chosen, documents, workspace, root, then, today(ctx)))


def _file(paper: Redlined) -> str:
    return f"{paper.name}-redline.docx"


def _show(papers: Sequence[Redlined], out: Path, *, written: bool) -> None:
    changed = [each for each in papers if each.state == "changed"]
    click.echo(f"{count(len(changed), 'paper')} changed" if changed else "no paper changed")
    for each in changed if written else ():
        click.echo(f"  {out / _file(each)}")
    for state, told in _TOLD.items():
        names = [each.name or f"{each.document} of {each.deal.parent.name}" for each in papers if each.state == state]
        if names:
            click.echo(f"{told}: {', '.join(names)}")
