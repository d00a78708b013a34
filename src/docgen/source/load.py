"""A tree to a model, or every problem at file:line:column.

One mistake must not hide the next: sections with a grammar of their own are validated apart, and where a file has
errors a *salvage* of it is made (the broken values left out, required ones replaced by a stand-in) so that the checks
behind the schema still see the rest. Problems that only follow from damage are held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from docgen.problems import Key, Path, Place, Problem, in_file_order
from docgen.source.grammar import as_problem, explain, keys_at
from docgen.source.look_alikes import look_alikes
from docgen.source.salvage import salvage
from docgen.source.yaml_file import Tree
from docgen.texts import held
from docgen.values import BARE_RATES, Rate, Section

M = TypeVar("M", bound=BaseModel)


class Mount(Protocol):
    """Items from another file that joined a list of this one, and where they stand."""

    problems: list[Problem]
    is_unreadable: bool
    may_mislead: bool

    def holds(self, path: Path) -> bool: ...
    def place(self, path: Path) -> Place: ...
    def head(self, path: Path) -> Place: ...
    def damaged(self) -> list[Path]: ...


class MountedList:
    """A list of another YAML file, joined behind `offset` items."""

    def __init__(self, tree: Tree, key: str, offset: int) -> None:
        self.problems = tree.problems
        self.is_unreadable = tree.is_unreadable
        self.may_mislead = tree.may_mislead
        self._tree = tree
        self._key = key
        self._offset = offset

    def holds(self, path: Path) -> bool:
        return bool(path) and isinstance(path[0], int) and path[0] >= self._offset

    def place(self, path: Path) -> Place:
        return self._tree.place((self._key, int(path[0]) - self._offset, *path[1:]))

    def head(self, path: Path) -> Place:
        return self._tree.place((self._key, int(path[0]) - self._offset, *path[1:]), at_key=True)

    def damaged(self) -> list[Path]:
        return []


_AT_KEY = {"unknown_option", "option_needs_number", "option_number_fixed"}
"""Problems of a key rather than of what stands behind it."""


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A file that was read: its model (None when nothing can be saved), its problems, and where every value stands.

    damaged   paths that could not be read as written
    kept      for lists that lost items in the salvage: which of the file's items the model's items are
    moved     keys of the model that stand elsewhere in the file, where the model is one reading of it among others
    """

    model: M | None
    tree: Tree
    origin: str
    problems: tuple[Problem, ...] = ()
    damaged: tuple[Path, ...] = ()
    kept: Mapping[Path, tuple[int, ...]] = field(default_factory=dict)
    tables: Mapping[Path, Mount] = field(default_factory=dict)
    moved: Mapping[Key, Path] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        return self.tree.shown

    def place(self, path: Path) -> Place:
        """Where the model's value at `path` was written."""
        return self._place_written(self.written(path))

    def is_in_table(self, path: Path) -> bool:
        """Whether the model's value at `path` stands in a table beside the file."""
        written = self.written(path)
        return any(written[: len(mount)] == mount for mount in self.tables)

    def _place_written(self, path: Path, *, at_key: bool = False) -> Place:
        for mount, table in self.tables.items():
            if path[: len(mount)] == mount and table.holds(path[len(mount) :]):
                return table.place(path[len(mount) :])
        return self.tree.place(path, at_key=at_key)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of this file with their places, without those that only follow from damage."""
        out = []
        for found in problems:
            if found.origin != self.origin or found.place is not None:
                out.append(found)
            elif not self._follows_from_damage(found):
                written = self.written(found.path)
                out.append(
                    replace(found, path=written, place=self._place_written(written, at_key=found.code in _AT_KEY))
                )
        return out

    def citing(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems that speak of rules of this file, each rule with its place: `A requires B (list.yaml:41)`."""
        return [self._cited(found) if found.cites else found for found in problems]

    def _cited(self, found: Problem) -> Problem:
        places = [(words, self.place(path)) for words, path in found.cites]
        at = [f"{place.file}:{place.line}" for _, place in places]
        rules = [f"{words} ({where})" for (words, _), where in zip(places, at, strict=True)]
        return replace(found, params={**found.params, "rules": "; ".join(rules), "at": ", ".join(at)})

    def written(self, path: Path) -> Path:
        """The path in the file: of what was moved or lost items in the salvage not the model's own."""
        out: list[str | int] = []
        for key in (*self.moved.get(path[0], path[:1]), *path[1:]) if path else ():
            indices = self.kept.get(tuple(out))
            out.append(indices[key] if indices and isinstance(key, int) and key < len(indices) else key)
        return tuple(out)

    def _follows_from_damage(self, found: Problem) -> bool:
        """Whether it speaks of something damaged, of what it stands in, or of what stands in it."""
        damaged, around = self._damage
        watched = (self.written(path) for path in (found.path, *found.depends))
        return any(path in around or not damaged.isdisjoint(_upwards(path)) for path in watched if path)

    @cached_property
    def _damage(self) -> tuple[frozenset[Path], frozenset[Path]]:
        """The damaged paths, and with them all they stand in: thousands are asked for by thousands of problems."""
        return frozenset(self.damaged), frozenset(each for path in self.damaged for each in _upwards(path))


def _upwards(path: Path) -> Iterator[Path]:
    return (path[:length] for length in range(len(path) + 1))


def load(tree: Tree, model: type[M], origin: str, tables: Mapping[Path, Mount] | None = None) -> Loaded[M]:
    """Validate a parsed file against its grammar; see `Loaded`."""
    tables = tables or {}
    if tree.is_unreadable:
        return Loaded(None, tree, origin, tuple(replace(p, origin=origin) for p in tree.problems))
    problems = list(tree.problems)
    for table in tables.values():
        problems += table.problems
    data = dict(tree.data)
    context: dict[str, Any] = {}
    errors = _sections(data, model, context)
    value: M | None = None
    kept: dict[Path, tuple[int, ...]] = {}
    try:
        value = model.model_validate(data, context=context)
    except ValidationError as error:
        errors += [as_problem(e, model) for e in error.errors(include_url=False)]
        value, kept, later = salvage(data, model)
        errors += later
    errors += _unknown_empty(tree, model)
    cells = [(*mount, *path) for mount, table in tables.items() for path in table.damaged()]
    errors = [p for p in errors if not _is_of_a_cell(p, cells)]
    damaged = [p.path for p in errors] + cells + [mount for mount, table in tables.items() if table.is_unreadable]
    loaded = Loaded(value, tree, origin, (), (), kept, tables)
    loose = replace(loaded, kept={})
    placed = [replace(p, place=_place_of(loose, p), origin=origin) for p in explain(errors)]
    placed = [p for p in placed if not _follows_from_yaml(p, tree)]
    if context.get(BARE_RATES) and value is not None:
        placed += [w.at(loaded.place(w.path)) for w in _bare_rates(value)]
    if value is not None and (tree.may_mislead or any(table.may_mislead for table in tables.values())):
        placed += [w.at(loaded.place(w.path)) for w in look_alikes(value)]
    found = [replace(p, origin=origin) for p in in_file_order([*problems, *placed])]
    return replace(loaded, problems=tuple(found), damaged=tuple(damaged))


def _follows_from_yaml(found: Problem, tree: Tree) -> bool:
    """Whether the schema only trips over what the reading of the file has told of already."""
    told = {p.place: p.code for p in tree.problems if p.is_error}
    return found.place in told or (found.code == "missing_key" and "merge_refused" in told.values())


def _is_of_a_cell(found: Problem, cells: Iterable[Path]) -> bool:
    """Whether a key is only missing because the cell that would hold it is broken, which has been told."""
    return found.code == "missing_key" and any(cell[: len(found.path)] == found.path for cell in cells)


def _unknown_empty(tree: Tree, model: type[BaseModel]) -> Iterator[Problem]:
    """Keys nobody knows, with nothing behind them: most often the rest of a text after a comma inside braces."""
    for path in tree.empty_keys():
        if path[-1] not in keys_at(model, path[:-1]):
            yield Problem("empty_key", path, {"key": str(path[-1])[:60]})


def _place_of(loaded: Loaded[Any], found: Problem) -> Place:
    """A key nobody knows is shown where it is written: in a table that is its head, once for all rows."""
    if found.code not in ("unknown_key", "empty_key"):
        return loaded.place(found.path)
    for mount, table in loaded.tables.items():
        if found.path[: len(mount)] == mount and table.holds(found.path[len(mount) :]):
            return table.head(found.path[len(mount) :])
    return loaded.tree.place(found.path, at_key=True)


# ---- sections -------------------------------------------------------------------------------------------------------
def _sections(data: dict[str, Any], model: type[BaseModel], context: dict[str, Any]) -> list[Problem]:
    """Validate each section of `data` with its own grammar and put the result in its place."""
    errors: list[Problem] = []
    for name, info in model.model_fields.items():
        section = next((m for m in info.metadata if isinstance(m, Section)), None)
        if section is None or name not in data:
            continue
        grammar = section.model
        try:
            data[name] = grammar.model_validate(data[name], context=context)
        except ValidationError as error:
            errors += [as_problem(e, grammar, (name,)) for e in error.errors(include_url=False)]
            salvaged = salvage(data[name], grammar)[0] if isinstance(data[name], dict) else None
            if salvaged is None:
                del data[name]
            else:
                data[name] = salvaged
    return errors


# ---- rates written as 0.12 ------------------------------------------------------------------------------------------
def _bare_rates(value: BaseModel) -> Iterator[Problem]:
    for path, rate in held(value, Rate):
        if rate.written_bare:
            hint = f"{format(rate * 100, 'f').rstrip('0').rstrip('.')}%"
            yield Problem("bare_rate", path, {"value": str(rate), "hint": hint}, "warning")
