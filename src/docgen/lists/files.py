"""Price lists as files: which ones a name or a path means, and everything that is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from docgen.approvals import check_rules
from docgen.catalog import Catalog
from docgen.catalog.checks import check
from docgen.lists.lint import lint
from docgen.problems import Place, Problem, ProblemsFound, in_file_order, only_errors, warning
from docgen.reading import Workspace, load_catalog
from docgen.source.load import Loaded


def editions_named(wanted: str, workspace: Workspace) -> list[Path]:
    """The list.yaml of every edition meant by `erp-cn`, `erp-cn@2026.2`, a list.yaml or a folder. ProblemsFound."""
    base, at, edition = wanted.rpartition("@")
    place, edition = (Path(wanted), "") if Path(wanted).exists() or not at else (Path(base), edition)
    if place.is_file() and not edition:
        return [place]
    if place.is_dir() or place.is_file():
        found = [place] if place.is_file() else _editions_in(place)
        return _pinned(found, str(place), edition) if edition else found
    name, _, edition = wanted.partition("@")
    lists = workspace.price_lists()
    if name not in lists:
        raise ProblemsFound([Problem("unknown_price_list", params={"name": name, "known": "\n".join(sorted(lists))})])
    return _pinned(lists[name], name, edition) if edition else lists[name]


def _editions_in(folder: Path) -> list[Path]:
    found = [each for each in (folder / "list.yaml", *sorted(folder.glob("*/list.yaml"))) if each.is_file()]
    if not found:
        shown = str(folder)
        raise ProblemsFound([Problem("no_list_in_folder", params={"folder": shown}, place=Place(shown))])
    return found


def _pinned(paths: Sequence[Path], name: str, edition: str) -> list[Path]:
    editions = {path: model.edition for path in paths if (model := load_catalog(path).model)}
    found = [path for path, each in editions.items() if each == edition]
    if not found:
        known = "\n".join(editions.values())
        raise ProblemsFound([Problem("unknown_edition", params={"edition": edition, "name": name, "known": known})])
    return found[:1]


def one_edition(wanted: str, workspace: Workspace) -> Path:
    """The one edition meant. ProblemsFound where there are several."""
    paths = editions_named(wanted, workspace)
    if len(paths) > 1:
        known = ", ".join(str(model.edition) for path in paths if (model := load_catalog(path).model))
        raise ProblemsFound([Problem("edition_needed", params={"name": wanted, "known_editions": known})])
    return paths[0]


# ---- what is wrong --------------------------------------------------------------------------------------------------
def check_list(loaded: Loaded[Catalog]) -> list[Problem]:
    """Grammar and checks: everything that stands in the way of pricing by this list."""
    if loaded.model is None:
        return list(loaded.problems)
    found = [*check(loaded.model), *check_rules(loaded.model.approvals, "price_list")]
    return in_file_order([*loaded.problems, *loaded.placed(found)])


@dataclass(frozen=True)
class Linted:
    """One edition with everything found in it; `allowed`: findings its `lint_allow` covers."""

    loaded: Loaded[Catalog]
    problems: tuple[Problem, ...]
    allowed: int

    @property
    def has_errors(self) -> bool:
        return bool(only_errors(self.problems))


def lint_editions(paths: Sequence[Path]) -> Iterator[Linted]:
    """Problems and findings of the editions of one list. A file that cannot be read as written is not linted: what is
    odd about the rest would only follow from the damage."""
    editions = [(path, load_catalog(path)) for path in paths]
    for path, loaded in editions:
        problems = check_list(loaded)
        if loaded.model is None or only_errors(loaded.problems):
            yield Linted(loaded, tuple(problems), 0)
            continue
        others = [other.model for at, other in editions if at != path and other.model is not None]
        found = lint(loaded.model, others)
        problems += loaded.placed([*found.problems, *_misnamed(path, loaded.model)])
        yield Linted(loaded, tuple(in_file_order(problems)), found.allowed)


def _misnamed(path: Path, catalog: Catalog) -> Iterator[Problem]:
    """Deals find a list by the name of its folder; papers and answers print the name it gives itself."""
    parts = path.absolute().parts[:-1]
    folder = next((after for before, after in pairwise(parts) if before == "price_lists"), None)
    if folder is not None and folder != catalog.price_list:
        found = warning("list_name_differs", "price_list", name=catalog.price_list, folder=folder)
        yield replace(found, origin="price_list")
