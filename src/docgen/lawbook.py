"""The clause library as files: templates/clauses and templates/contract of the workspace, then what comes with docgen.

A clause of the workspace takes the place of the packaged one of that name; its terms and statutes go before the
packaged ones. Everything that cannot be read is told at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from docgen.contract.library import STANDARD, Book, Clause, ClauseCard, ClauseText, Library, Statute, Term
from docgen.problems import Problem, only_errors
from docgen.reading import Workspace
from docgen.source.load import Loaded, load
from docgen.source.workspace import read_text, read_yaml, shown_path
from docgen.values import LANGUAGES

M = TypeVar("M", bound=BaseModel)
CLAUSES = "clauses"
CARD = "clause.yaml"


class _Terms(RootModel[dict[str, Term]]):
    pass


class _Statutes(RootModel[dict[str, Statute]]):
    pass


@dataclass(frozen=True)
class LawBook:
    """The library as it was read; None where there is no contract book at all. `sources`: the files, for places.
    `unread`: clauses whose card or texts cannot be read as written, with their folders; what the library has in their
    place, if anything, is not what they say."""

    library: Library | None
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Loaded[Any]] = field(default_factory=dict)
    unread: Mapping[str, Path] = field(default_factory=dict)


def load_lawbook(workspace: Workspace) -> LawBook:
    """Read the whole library."""
    folders = workspace.template_folders()
    problems: list[Problem] = []
    sources: dict[str, Loaded[Any]] = {}
    book = _first(folders, "contract/contract.yaml", Book, "book")
    if book is None or book.model is None:
        return LawBook(None, book.problems if book is not None else ())
    sources["book"] = book
    problems += book.problems
    clauses: dict[str, Clause] = {}
    unread: dict[str, Path] = {}
    for folder in folders:
        for card in _cards(folder / CLAUSES):
            found = list(card.problems)
            key = card.origin.removeprefix("clause ")
            is_first = key not in clauses
            if card.model is not None and is_first:
                sources[card.origin] = card
                clauses[key] = Clause(card.model, card.shown, dict(_texts(card, found)))
            if is_first and only_errors(found):
                unread.setdefault(key, Path(card.shown).parent)
            problems += found
    terms = _merged(folders, "clauses/_terms.yaml", _Terms, sources)
    statutes = _merged(folders, "clauses/_law.yaml", _Statutes, sources)
    problems += [each for name in ("_terms", "_law") if name in sources for each in sources[name].problems]
    terms_shown = sources["_terms"].shown if "_terms" in sources else "_terms.yaml"
    library = Library(book.model, clauses, terms, statutes, terms_shown, book.shown)
    return LawBook(library, tuple(problems), sources, unread)


def _first(folders: Sequence[Path], name: str, model: type[M], origin: str) -> Loaded[M] | None:
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    return None if path is None else load(read_yaml(path), model, origin)


def _cards(folder: Path) -> Iterator[Loaded[ClauseCard]]:
    if not folder.is_dir():
        return
    for each in sorted(folder.iterdir()):
        path = each / CARD
        if path.is_file():
            loaded = load(read_yaml(path), ClauseCard, f"clause {each.name}")
            if loaded.model is not None and loaded.model.clause != each.name:
                words = {"clause": loaded.model.clause, "folder": each.name}
                wrong = Problem("clause_misnamed", ("clause",), words, origin=loaded.origin)
                yield Loaded(None, loaded.tree, loaded.origin, (*loaded.problems, wrong.at(loaded.place(("clause",)))))
            else:
                yield loaded


def _texts(card: Loaded[ClauseCard], problems: list[Problem]) -> Iterator[tuple[tuple[str, str], ClauseText]]:
    folder = Path(card.tree.shown).parent
    assert card.model is not None
    for variant in (STANDARD, *(each.name for each in card.model.variants)):
        for language in LANGUAGES:
            path = folder / (f"{language}.md" if variant == STANDARD else f"{language}.{variant}.md")
            if path.is_file():
                text = read_text(path)
                if isinstance(text, Problem):
                    problems.append(text)
                else:
                    yield (variant, language), ClauseText(shown_path(path), language, variant, text)


def _merged(
    folders: Sequence[Path], name: str, model: type[RootModel[dict[str, M]]], sources: dict[str, Loaded[Any]]
) -> dict[str, M]:
    """Entries of every folder's file, the first folder's going before."""
    out: dict[str, M] = {}
    for folder in folders:
        path = folder / name
        if path.is_file():
            loaded = load(read_yaml(path), model, path.stem)
            sources.setdefault(path.stem, loaded)
            if loaded.model is not None:
                out = {**loaded.model.root, **out}
    return out
