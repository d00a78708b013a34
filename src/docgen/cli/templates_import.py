"""templates import: a contract in Word as clauses of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from docgen.cli.common import EXIT_ERRORS, today, workspace_for
from docgen.cli.show import count, show_problems, show_table
from docgen.problems import Place, Problem

if TYPE_CHECKING:
    from docgen.intake import Imported
    from docgen.wordfile import WordFile

_TERMS = "_terms.proposed.yaml"


@click.command("import")
@click.argument("file", metavar="FILE.docx")
@click.option("--into", default="templates/clauses", show_default=True, type=click.Path(file_okay=False))
@click.option("--language", type=click.Choice(["zh-CN", "en"]), help="Take this language only; default: what is there.")
@click.option("--buyer", default="", metavar="NAME", help="What the contract calls the buyer; default: 甲方, Customer.")
@click.option("--supplier", default="", metavar="NAME", help="What it calls the supplier; default: 乙方, Supplier.")
@click.option("--type", "types", multiple=True, help="A type of contract the clauses may be in; default: all.")
@click.option("--dry-run", is_flag=True, help="Tell what would become of the contract; write nothing.")
@click.pass_context
def import_command(
    ctx: click.Context,
    file: str,
    into: str,
    language: str | None,
    buyer: str,
    supplier: str,
    types: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Make a folder of the clause library for each article of a contract in Word, and tell what was not kept.

    Numbers become places, 甲方 and 乙方 (or Customer and Supplier) the sides, references marks. Nothing that is there
    is ever written over: a clause whose name is taken gets another one.

    \b
    docgen templates import contract.docx --dry-run
    docgen templates import contract.docx --into templates/clauses --type licence
    """
    from docgen.deal.contract import ContractType
    from docgen.intake import Wishes, import_contract
    from docgen.source.workspace import shown_path

    known = get_args(ContractType)
    unknown = [each for each in types if each not in known]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} is not a type; there are {', '.join(known)}", param_hint="--type")
    shown = shown_path(Path(file))
    target = Path(into)
    wishes = Wishes(types or known, today(ctx), language or "", buyer, supplier)
    made = import_contract(_read(ctx, file), shown, _titles(ctx, target), _names(target), wishes)
    if not made.clauses:
        show_problems([*made.problems, Problem("import_no_clauses", (), {"file": shown}, place=Place(shown))])
        ctx.exit(EXIT_ERRORS)
    failed = [] if dry_run else _write(made, target)
    _show(made, target, written=not dry_run and not failed)
    show_problems([*made.problems, *failed])
    ctx.exit(EXIT_ERRORS if failed else 0)


def _read(ctx: click.Context, name: str) -> WordFile:
    from docgen.source.text_file import read_bytes
    from docgen.source.workspace import shown_path
    from docgen.wordfile import read_word

    shown = shown_path(Path(name))
    data = read_bytes(Path(name), shown)
    found = data if isinstance(data, Problem) else read_word(data, shown)
    if isinstance(found, Problem):
        show_problems([found])
        ctx.exit(EXIT_ERRORS)
    return found


def _titles(ctx: click.Context, target: Path) -> list[tuple[str, str]]:
    """The titles of all clauses there are, with their names: of the target, of the workspace, of docgen."""
    from docgen.source.workspace import read_text

    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    folders = [target, *(folder / "clauses" for folder in workspace.template_folders())]
    out: list[tuple[str, str]] = []
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*/*.md"))):
        text = read_text(path)
        first = text.split("\n", 1)[0] if isinstance(text, str) else ""
        if first.startswith("# ") and "{" not in first:
            out.append((first[2:].strip(), path.parent.name))
    return out


def _names(target: Path) -> set[str]:
    return {each.name for each in target.iterdir()} if target.is_dir() else set()


def _write(made: Imported, target: Path) -> list[Problem]:
    """Each clause into a new folder; a folder that is there already ends it, before anything in it is touched."""
    from docgen.source.output import write_file
    from docgen.source.workspace import shown_path

    try:
        target.mkdir(parents=True, exist_ok=True)
        for clause in made.clauses:
            (target / clause.key).mkdir()
            for name, text in clause.files.items():
                write_file(target / clause.key / name, text.encode())
        if made.terms_file:
            write_file(_free(target), made.terms_file.encode())
    except OSError as error:
        shown = shown_path(target)
        return [Problem("cannot_write", (), {"file": shown, "reason": error.strerror or "?"}, place=Place(shown))]
    return []


def _free(target: Path) -> Path:
    """A name for the proposed terms that is not taken."""
    names = [_TERMS, *(_TERMS.replace(".yaml", f"-{count}.yaml") for count in range(2, 1000))]
    return next(target / name for name in names if not (target / name).exists())


def _show(made: Imported, target: Path, *, written: bool) -> None:
    rows = [
        (each.key, each.title, str(each.paragraphs), str(each.items or ""), each.like if each.like != each.key else "")
        for each in made.clauses
    ]
    heads = ("clause", "title", "paragraphs", "items", "like the library's")
    used = 5 if any(row[-1] for row in rows) else 4
    show_table(heads[:used], [row[:used] for row in rows], {2, 3})
    click.echo()
    clauses, references = count(len(made.clauses), "clause"), count(made.references, "reference")
    click.echo(f"{clauses}, {references}, {count(len(made.terms), 'defined term')}")
    if made.terms:
        click.echo(f"  defined: {', '.join(made.terms)}")
    if written:
        click.echo(f"  {target}")
