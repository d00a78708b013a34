"""rebuild and verify: is a finished paper still what its deal makes of it?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.batch.fingerprint import content_print
from docgen.batch.proof import Difference, Proof, find_deal, prove
from docgen.batch.stamp import Finished, read_finished
from docgen.cli.common import EXIT_ERRORS, today
from docgen.cli.show import count, show_problems
from docgen.documents.manifest import manifests
from docgen.problems import Place, Problem
from docgen.reading import Workspace

_MOST_SHOWN = 40
"""Lines that differ; a paper of another deal differs in all of them."""

FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
DEAL = click.option("--deal", metavar="DEAL", help="The deal it was made from; default: the one below with its number.")


@click.command("rebuild")
@FILES
@DEAL
@click.pass_context
def rebuild_command(ctx: click.Context, /, files: tuple[str, ...], deal: str | None) -> None:
    """Make each finished paper FILE again from its deal and prove that it comes out the same, byte for byte; where it
    does not, say why. Nothing is written.

    \b
    docgen rebuild out/D-2026-0117-quote.pdf
    docgen rebuild sent/*.docx --deal deals/huarui/deal.yaml
    """
    ctx.exit(max([_one(ctx, file, deal, _show_rebuilt) for file in files]))


@click.command("verify")
@FILES
@DEAL
@click.pass_context
def verify_command(ctx: click.Context, /, files: tuple[str, ...], deal: str | None) -> None:
    """Say whether each finished paper FILE still says what its deal says, whoever opened and saved it since; where it
    does not, show the lines that differ.

    \b
    docgen verify returned/D-2026-0117-quote.docx
    docgen verify out/*.pdf --deal deal.yaml
    """
    ctx.exit(max([_one(ctx, file, deal, _show_verified) for file in files]))


def _one(ctx: click.Context, file: str, named: str | None, show: Any) -> int:
    workspace = ctx.obj["workspace"]
    folder = Path(workspace) if workspace else None
    known = manifests(Workspace.for_deal(Path(named or file), folder).template_folders())
    paper = read_finished(Path(file), known)
    if isinstance(paper, Problem):
        return _failed([paper])
    deal = find_deal(paper, Path(named) if named else None, Path())
    if isinstance(deal, Problem):
        return _failed([deal])
    proof = prove(paper, deal.path, folder, today(ctx))
    if isinstance(proof, tuple):
        return _failed(proof)
    code: int = show(paper, proof)
    return code


def _failed(problems: Sequence[Problem]) -> int:
    show_problems(problems)
    return EXIT_ERRORS


# ---- shown ----------------------------------------------------------------------------------------------------------
def _show_rebuilt(paper: Finished, proof: Proof) -> int:
    if proof.same_bytes:
        click.echo(f"{paper.shown}: comes out the same from {proof.deal}{_as_of(proof)}")
        click.echo(f"  sha256 {content_print(paper.data)}")
        return 0
    why = "; ".join(proof.reasons) or (
        "somebody changed its words"
        if proof.differences
        else "its words are the same; the look, docgen or a library is another one, or another program saved it"
    )
    return _failed([_problem("paper_comes_out_different", paper, proof, why=why)])


def _show_verified(paper: Finished, proof: Proof) -> int:
    if not proof.differences:
        how = "byte for byte" if proof.same_bytes else "word for word"
        click.echo(f"{paper.shown}: says what {proof.deal} says, {how}{_as_of(proof)}")
        if proof.other_charts:
            click.echo("  its charts were written anew by another program and are not compared")
        return 0
    differ = max(sum(each.where == side for each in proof.differences) for side in ("paper", "deal"))
    _failed([_problem("paper_says_otherwise", paper, proof, count=str(differ))])
    click.echo("  − only in the paper   + only in the deal")
    for each in proof.differences[:_MOST_SHOWN]:
        click.echo(_line(each))
    more = len(proof.differences) - _MOST_SHOWN
    if more > 0:
        click.echo(f"  … and {count(more, 'line')} more")
    return EXIT_ERRORS


def _problem(code: str, paper: Finished, proof: Proof, **words: str) -> Problem:
    return Problem(code, params={"deal": proof.deal, **words}, place=Place(paper.shown))


def _line(each: Difference) -> str:
    sign, colour = ("−", "red") if each.where == "paper" else ("+", "green")
    return "  " + click.style(f"{sign} {each.text}", fg=colour)


def _as_of(proof: Proof) -> str:
    ctx = click.get_current_context()
    return "" if proof.as_of == today(ctx) else f", as of {proof.as_of}, the last day of the offer"
