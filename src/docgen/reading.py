"""Files to models: the deal, its price list, the sellers, the company's approval rules.

The workspace is the nearest folder above the deal file that holds any of them, or the one named by --workspace; what it
does not have comes from the copy packaged with docgen. Its own files go first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.catalog import Catalog
from docgen.currencies import is_currency
from docgen.deal import Deal
from docgen.problems import Path as Where
from docgen.problems import Place, Problem, ProblemsFound, only_errors, problem
from docgen.seller import Seller, Sellers
from docgen.source.load import Loaded, M, Mount, MountedList, load
from docgen.source.table_file import Table
from docgen.source.text_file import read_bytes
from docgen.source.workspace import folders_for, read_table, read_yaml, shown_path
from docgen.source.yaml_file import Tree
from docgen.values import Text
from docgen.vocabulary import Policies

if TYPE_CHECKING:
    from docgen.references import Reference
    from docgen.render.theme import Look
    from docgen.source.row_stream import Row

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHEET = re.compile(r"[^/\\:\0]+\.csv", re.IGNORECASE)


@dataclass(frozen=True)
class Workspace:
    """Folders in the order they are searched. `kept`: price lists, sellers and rules that were read, for who makes many
    deals of one state of the files; None where each deal reads them anew."""

    folders: tuple[Path, ...]
    kept: dict[Path, Loaded[Any]] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def for_deal(cls, deal_file: Path, named: Path | None = None) -> Workspace:
        return cls(folders_for(deal_file, named))

    # -- price lists --------------------------------------------------------------------------------------------------
    def price_lists(self) -> dict[str, list[Path]]:
        """Every price list by name, with the list.yaml of each edition; the first folder that has a name wins it."""
        found: dict[str, list[Path]] = {}
        for folder in self.folders:
            for name, editions in _price_lists_in(folder / "price_lists"):
                found.setdefault(name, editions)
        return found

    def catalog(self, wanted: str | None, day: dt.date | None) -> tuple[Loaded[Catalog] | None, list[Problem]]:
        """The edition `wanted` names ("erp-cn" or "erp-cn@2026.2") that is valid on `day`; any day: the newest."""
        lists = self.price_lists()
        if wanted is None:
            if len(lists) != 1:
                return None, [problem("price_list_needed", "price_list", known="\n".join(sorted(lists)))]
            wanted = next(iter(lists))
        name, _, edition = wanted.partition("@")
        if name not in lists:
            return None, [problem("unknown_price_list", "price_list", name=name, known="\n".join(sorted(lists)))]
        loaded = [self._once(path, load_catalog) for path in lists[name]]
        return _pick(loaded, name, edition, day)

    # -- the rest -----------------------------------------------------------------------------------------------------
    def sellers(self) -> Loaded[Sellers] | None:
        path = self._first("sellers.yaml")
        return self._once(path, _load_sellers) if path else None

    def policies(self) -> Loaded[Policies] | None:
        path = self._first("approvals.yaml")
        return self._once(path, _load_rules) if path else None

    def reference(self, name: str) -> Loaded[Reference] | None:
        """A reference story by its id; None where no folder has it."""
        from docgen.references import Reference  # a quotation tells no stories

        path = self._first(f"templates/references/{name}.yaml") if _NAME.fullmatch(name) else None
        return load(read_yaml(path), Reference, "reference") if path else None

    def reference_names(self) -> list[str]:
        found = (path.stem for folder in self.template_folders() for path in (folder / "references").glob("*.yaml"))
        return sorted(set(found))

    def template_folders(self) -> list[Path]:
        return [folder / "templates" for folder in self.folders if (folder / "templates").is_dir()]

    def _once(self, path: Path, read: Callable[[Path], Loaded[M]]) -> Loaded[M]:
        if self.kept is None:
            return read(path)
        if path not in self.kept:
            self.kept[path] = read(path)
        return self.kept[path]

    def _first(self, name: str) -> Path | None:
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)


def _price_lists_in(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    if not folder.is_dir():
        return
    for each in sorted(folder.iterdir()):
        if each.is_dir() and _NAME.fullmatch(each.name):
            editions = [each / "list.yaml"] if (each / "list.yaml").is_file() else []
            editions += sorted(path for path in each.glob("*/list.yaml"))
            if editions:
                yield each.name, editions


def _pick(
    loaded: list[Loaded[Catalog]], name: str, edition: str, day: dt.date | None
) -> tuple[Loaded[Catalog] | None, list[Problem]]:
    """One edition, or why not: none valid on the day, two valid, an unknown one pinned."""
    known = [each.model.edition for each in loaded if each.model]
    if edition:
        pinned = [each for each in loaded if each.model and each.model.edition == edition]
        if not pinned:
            return None, [problem("unknown_edition", "price_list", name=name, edition=edition, known="\n".join(known))]
        loaded = pinned[:1]
        chosen = pinned[0].model
        if day is not None and chosen is not None and not chosen.valid.holds_on(day):
            return pinned[0], [problem("edition_not_valid", "date", edition=chosen.name, date=day, valid=_span(chosen))]
        return pinned[0], []
    if len(loaded) == 1 and (loaded[0].model is None or day is None):
        return loaded[0], []
    if day is None:
        return loaded[-1], []
    valid = [each for each in loaded if each.model is not None and each.model.valid.holds_on(day)]
    if len(valid) == 1:
        return valid[0], []
    if valid:
        names = ", ".join(each.model.edition for each in valid if each.model)
        return valid[-1], [problem("two_editions", "price_list", name=name, date=day, editions=names)]
    spans = "; ".join(f"{each.model.edition}: {_span(each.model)}" for each in loaded if each.model)
    return loaded[-1], [problem("no_edition", "date", name=name, date=day, editions=spans)]


def _span(catalog: Catalog) -> str:
    return f"{catalog.valid.first or '…'} to {catalog.valid.until or '…'}"


def _load_sellers(path: Path) -> Loaded[Sellers]:
    return load(read_yaml(path), Sellers, "sellers")


def _load_rules(path: Path) -> Loaded[Policies]:
    return load_policies(path, "approvals")


# ---- single files ---------------------------------------------------------------------------------------------------
def load_deal(path: Path, row: Row | None = None) -> Loaded[Deal]:
    """A deal file; its lines, and those of an alternative, may stand in a CSV beside it. With `row` the file is a
    pattern, over which the cells of the row are laid."""
    tree = read_yaml(path)
    mounts: dict[Where, Mount] = {} if row is None else {(): row}
    for where, holder in _holders_of_lines(tree.data):
        if isinstance(holder.get("lines"), str):
            table = _lines_beside(path.parent, holder["lines"])
            if table.is_unreadable and not table.problems:
                found = problem("lines_not_a_file", *where, file=holder["lines"])
                tree.problems.append(found.at(tree.place(where)))
            holder["lines"] = table.rows
            mounts[where] = table
    if row is not None and not tree.is_unreadable:
        from docgen.source.row_stream import lay_over

        tree.problems += lay_over(tree.data, row)
    return load(tree, Deal, "deal", mounts)


def _holders_of_lines(data: dict[str, Any]) -> Iterator[tuple[Where, dict[str, Any]]]:
    """What may have `lines`: the deal and its alternatives, with the path of those lines."""
    yield ("lines",), data
    alternatives = data.get("alternatives")
    for index, each in enumerate(alternatives if isinstance(alternatives, list) else ()):
        if isinstance(each, dict):
            yield ("alternatives", index, "lines"), each


def _lines_beside(folder: Path, name: str) -> Table:
    """A table in the deal's folder; an unreadable one for anything that is not a plain file there."""
    if _SHEET.fullmatch(name) and not name.startswith(".") and not (folder / name).is_symlink():
        return read_table(folder / name)
    nothing = Table(name, [], [], [])
    nothing.is_unreadable = True
    return nothing


def load_catalog(path: Path, products_file: Path | None = None) -> Loaded[Catalog]:
    """One edition: list.yaml, products of a products.csv or products.xlsx beside it (or of `products_file` in its
    place), approval rules of an approvals.yaml beside it."""
    tree = read_yaml(path)
    mounts: dict[Where, Mount] = {}
    rules = path.with_name("approvals.yaml")
    products, approvals = tree.data.setdefault("products", []), tree.data.setdefault("approvals", [])
    sheet = products_file or _products_beside(path, tree)
    if sheet is not None and isinstance(products, list):
        table = read_table(sheet, len(products))
        products += table.rows
        mounts[("products",)] = table
    if rules.is_file() and isinstance(approvals, list):
        beside = read_yaml(rules)
        beside.problems += _only_rules(beside)
        mounts[("approvals",)] = MountedList(beside, "approvals", len(approvals))
        found = beside.data.get("approvals")
        approvals += found if isinstance(found, list) else []
    return load(tree, Catalog, "price_list", mounts)


def _products_beside(path: Path, tree: Tree) -> Path | None:
    """The one table of products there may be; a spreadsheet of a kind that is not read is told, not skipped."""
    for suffix in (".xls", ".xlsm", ".ods"):
        other = path.with_name(f"products{suffix}")
        if other.is_file():
            shown = shown_path(other)
            tree.problems.append(Problem("sheet_not_read", params={"file": shown}, place=Place(shown)))
    found = [each for each in (path.with_name("products.csv"), path.with_name("products.xlsx")) if each.is_file()]
    if len(found) > 1:
        shown, second = shown_path(found[0]), shown_path(found[1])
        tree.problems.append(
            Problem("two_product_tables", params={"file": shown, "other": second}, place=Place(second))
        )
    return found[0] if found else None


def _only_rules(beside: Tree) -> Iterator[Problem]:
    """Beside a price list stand rules and nothing else: a misspelt key must not make them all vanish."""
    for key in beside.data:
        if key != "approvals":
            code = "roles_elsewhere" if key == "roles" else "unknown_key"
            yield problem(code, key, key=key, keys="approvals").at(beside.place((key,), at_key=True))


def load_policies(path: Path, origin: str) -> Loaded[Policies]:
    """Approval rules in a file of their own."""
    return load(read_yaml(path), Policies, origin)


# ---- what a deal chooses --------------------------------------------------------------------------------------------
def choose_seller(workspace: Workspace, deal: Deal) -> tuple[Loaded[Sellers] | None, Seller, list[Problem]]:
    """The profile the deal names, or the only one there is; a stand-in where there is none."""
    loaded = workspace.sellers()
    nobody = Seller(name=Text.of("?"))
    if loaded is None:
        return None, nobody, [problem("no_sellers", "seller")]
    if loaded.model is None:
        return loaded, nobody, []  # what is wrong with the file is told as that
    profiles = loaded.model.sellers
    known = "\n".join(profiles)
    if deal.seller is not None:
        if deal.seller in profiles:
            return loaded, profiles[deal.seller], []
        return loaded, nobody, [problem("unknown_seller", "seller", name=deal.seller, known=known)]
    if len(profiles) == 1:
        return loaded, next(iter(profiles.values())), []
    return loaded, nobody, [problem("seller_needed", "seller", known=known)]


def agree_on_currency(deal: Deal, catalog: Catalog) -> list[Problem]:
    """The deal's currency is the price list's, where it is stated at all."""
    if deal.currency is None or deal.currency == catalog.currency:
        return []
    if not is_currency(deal.currency):
        return [problem("unknown_currency", "currency", currency=deal.currency, known=catalog.currency)]
    return [problem("wrong_currency", "currency", currency=deal.currency, name=catalog.name, other=catalog.currency)]


# ---- the look of papers ---------------------------------------------------------------------------------------------
def load_look(workspace: Workspace) -> Look:
    """Theme and reference document of the first `templates/_house` that has them. ProblemsFound for a broken theme."""
    from docgen.render.theme import Look, Theme

    theme = Theme()
    for folder in workspace.template_folders():
        path = folder / "_house" / "theme.yaml"
        if path.is_file():
            loaded = load(read_yaml(path), Theme, "template")
            if loaded.model is None or only_errors(loaded.problems):
                raise ProblemsFound(loaded.problems)
            theme = loaded.model
            break
    house = next(
        (f / "_house" / "house.docx" for f in workspace.template_folders() if (f / "_house" / "house.docx").is_file()),
        None,
    )
    if house is None:
        return Look(theme, b"")
    data = read_bytes(house, shown_path(house))
    if isinstance(data, Problem):
        raise ProblemsFound([data])
    return Look(theme, data, shown_path(house))
