"""A tree to a model, or every problem at file:line:column.

One mistake must not hide the next: sections with a grammar of their own are validated apart, and where a file has
errors a *salvage* of it is made (the broken values left out, required ones replaced by a stand-in) so that the checks
behind the schema still see the rest. Problems that only follow from damage are held back.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from docgen.problems import Path, Place, Problem, in_file_order, only_errors
from docgen.source.yaml_file import Tree
from docgen.spelling import closest
from docgen.values import BARE_RATES, Rate, Section

M = TypeVar("M", bound=BaseModel)


class Mount(Protocol):
    """Items from another file that joined a list of this one, and where they stand."""

    problems: list[Problem]

    def holds(self, path: Path) -> bool: ...
    def place(self, path: Path) -> Place: ...


class MountedList:
    """A list of another YAML file, joined behind `offset` items."""

    def __init__(self, tree: Tree, key: str, offset: int) -> None:
        self.problems = tree.problems
        self._tree = tree
        self._key = key
        self._offset = offset

    def holds(self, path: Path) -> bool:
        return bool(path) and isinstance(path[0], int) and path[0] >= self._offset

    def place(self, path: Path) -> Place:
        return self._tree.place((self._key, int(path[0]) - self._offset, *path[1:]))


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A file that was read: its model (None when nothing can be saved), its problems, and where every value stands.

    damaged   paths that could not be read as written
    kept      for lists that lost items in the salvage: which of the file's items the model's items are
    """

    model: M | None
    tree: Tree
    origin: str
    problems: tuple[Problem, ...] = ()
    damaged: tuple[Path, ...] = ()
    kept: Mapping[Path, tuple[int, ...]] = field(default_factory=dict)
    tables: Mapping[Path, Mount] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        return self.tree.shown

    def place(self, path: Path) -> Place:
        """Where the model's value at `path` was written."""
        path = self._as_written(path)
        for mount, table in self.tables.items():
            if path[: len(mount)] == mount and table.holds(path[len(mount) :]):
                return table.place(path[len(mount) :])
        return self.tree.place(path)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of this file with their places, without those that only follow from damage."""
        out = []
        for found in problems:
            if found.origin != self.origin or found.place is not None:
                out.append(found)
            elif not self._follows_from_damage(found):
                out.append(found.at(self.place(found.path)))
        return out

    def _as_written(self, path: Path) -> Path:
        out: list[str | int] = []
        for key in path:
            indices = self.kept.get(tuple(out))
            out.append(indices[key] if indices and isinstance(key, int) and key < len(indices) else key)
        return tuple(out)

    def _follows_from_damage(self, found: Problem) -> bool:
        watched = [self._as_written(found.path), *found.depends]
        return any(
            damage[: len(path)] == path or path[: len(damage)] == damage
            for damage in self.damaged
            for path in watched
            if path
        )


def load(tree: Tree, model: type[M], origin: str, tables: Mapping[Path, Mount] | None = None) -> Loaded[M]:
    """Validate a parsed file against its grammar; see `Loaded`."""
    tables = tables or {}
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
        errors += [_as_problem(e, model) for e in error.errors(include_url=False)]
        value, kept, later = _salvage(data, model)
        errors += later
    errors += _unknown_empty(tree, model)
    damaged = [p.path for p in errors]
    loaded = Loaded(value, tree, origin, (), (), kept, tables)
    loose = replace(loaded, kept={})
    placed = [replace(p, place=_place_of(loose, p), origin=origin) for p in _explain(errors)]
    if context.get(BARE_RATES) and value is not None:
        placed += [w.at(loaded.place(w.path)) for w in _bare_rates(value)]
    found = [replace(p, origin=origin) for p in in_file_order([*problems, *placed])]
    return replace(loaded, problems=tuple(found), damaged=tuple(damaged))


def _unknown_empty(tree: Tree, model: type[BaseModel]) -> Iterator[Problem]:
    """Keys nobody knows, with nothing behind them: most often the rest of a text after a comma inside braces."""
    for path in tree.empty_keys():
        if path[-1] not in _keys_at(model, path[:-1]):
            yield Problem("empty_key", path, {"key": str(path[-1])[:60]})


def _place_of(loaded: Loaded[Any], found: Problem) -> Place:
    in_table = any(found.path[: len(m)] == m and t.holds(found.path[len(m) :]) for m, t in loaded.tables.items())
    if found.code in ("unknown_key", "empty_key") and not in_table:
        return loaded.tree.place(found.path, at_key=True)
    return loaded.place(found.path)


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
            errors += [_as_problem(e, grammar, (name,)) for e in error.errors(include_url=False)]
            salvaged = _salvage(data[name], grammar)[0] if isinstance(data[name], dict) else None
            if salvaged is None:
                del data[name]
            else:
                data[name] = salvaged
    return errors


# ---- pydantic's errors in our words ---------------------------------------------------------------------------------
_SAME = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "literal_error": "not_one_of",
    "model_type": "not_a_mapping_value",
    "model_attributes_type": "not_a_mapping_value",
    "dict_type": "not_a_mapping_value",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "greater_than": "too_small",
    "string_pattern_mismatch": "not_in_pattern",
    "too_short": "too_few_items",
    "too_long": "too_many_items",
    "union_tag_not_found": "not_a_list",
}


def _as_problem(error: Any, model: type[BaseModel], prefix: Path = ()) -> Problem:
    """One of pydantic's errors, by its `type`, never by its English text."""
    kind = error["type"]
    context = {str(k): str(v) for k, v in (error.get("ctx") or {}).items()}
    code = _SAME.get(kind, kind)
    params = {"value": str(error.get("input"))[:80], **context}
    if code == "not_one_of" and "expected" in context:
        params["hint"] = context["expected"].replace("'", "").replace(" or ", ", ")
    if code in ("too_small", "too_large") and "hint" not in params:
        bound = next((context[k] for k in ("ge", "le", "gt", "lt") if k in context), "")
        params["hint"] = f"{'at least' if code == 'too_small' else 'at most'} {bound}"
    path = tuple(k for k in error["loc"] if not _is_tag(k))
    if code in ("unknown_key", "missing_key"):
        params["key"] = str(path[-1]) if path else ""
        params["known"] = "\n".join(_keys_at(model, path[:-1]))
    return Problem(code, (*prefix, *path), params)


def _is_tag(key: str | int) -> bool:
    """Parts pydantic adds to a path for the branch of a union; our own tags begin with @."""
    return isinstance(key, str) and (key.startswith("@") or "[" in key or "(" in key)


def _explain(errors: list[Problem]) -> Iterator[Problem]:
    """Add the closest known word; drop what only repeats an error at the same place."""
    seen: set[tuple[Path, str]] = set()
    misspelt = {
        (*p.path[:-1], closest(p.params["key"], p.params.get("known", "").split("\n")))
        for p in errors
        if p.code == "unknown_key"
    }
    for found in errors:
        if found.code == "missing_key" and found.path in misspelt:
            continue
        params = dict(found.params)
        if found.code == "unknown_key":
            known = params.pop("known", "").split("\n")
            params["hint"] = closest(params["key"], known) or ""
            params["keys"] = ", ".join(sorted(known))
        elif found.code == "not_one_of":
            params["near"] = closest(params.get("value", ""), params.get("hint", "").split(", ")) or ""
        params.pop("known", None)
        if (found.path, found.code) not in seen:
            seen.add((found.path, found.code))
            yield replace(found, params=params)


def _keys_at(model: Any, path: Path) -> list[str]:
    """The keys the grammar knows at a path, as they are written in the file."""
    current: Any = model
    for key in path:
        current = _inner_model(current, key)
        if current is None:
            return []
    return [info.alias or name for name, info in current.model_fields.items()]


def _inner_model(model: Any, key: str | int) -> Any:
    if isinstance(key, int):
        return model
    for name, info in model.model_fields.items():
        if (info.alias or name) == key:
            section = next((m for m in info.metadata if isinstance(m, Section)), None)
            return section.model if section else _find_model(info.annotation)
    return model


def _find_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _find_model(inner)
        if found is not None:
            return found
    return None


# ---- salvage --------------------------------------------------------------------------------------------------------
_SALVAGE_ROUNDS = 12


def _salvage(data: Any, model: type[M]) -> tuple[M | None, dict[Path, tuple[int, ...]], list[Problem]]:
    """The model of what is sound in `data`, which list items survived, and mistakes that others had hidden.

    A rule over several keys of one mapping is only asked once each key is sound by itself, so it may speak in a later
    round; it counts unless it only misses a key that was cut before.
    """
    data = _numbered(_copy(data))
    hidden: list[Problem] = []
    cut: set[Path] = set()
    for round_ in range(_SALVAGE_ROUNDS):
        try:
            return model.model_validate(_stripped(data)), _kept(data), hidden
        except ValidationError as error:
            before = repr(data)
            for e in error.errors(include_url=False):
                path = tuple(k for k in e["loc"] if not _is_tag(k))
                names = (e.get("ctx") or {}).get("names", "").split(", ")
                written = _written(data, path)
                if (
                    round_
                    and e["type"] in ("exactly_one", "only_for_custom")
                    and not any((*written, n) in cut for n in names)
                ):
                    hidden.append(_as_problem({**e, "loc": written}, model))
                cut.add(written)
                _cut(data, path, e["type"], model)
            if repr(data) == before:
                break
    return None, {}, hidden


def _written(data: Any, path: Path) -> Path:
    """A path into the shrunken data as a path into the file."""
    out: list[str | int] = []
    for key in path:
        if isinstance(data, list) and isinstance(key, int) and key < len(data):
            out.append(data[key].index)
            data = data[key].value
        else:
            out.append(key)
            data = data.get(key) if isinstance(data, dict) else None
    return tuple(out)


class _Item:
    """A list item with its index in the file, so that cutting items does not lose track."""

    __slots__ = ("index", "value")

    def __init__(self, index: int, value: Any) -> None:
        self.index = index
        self.value = value

    def __repr__(self) -> str:
        return f"{self.index}:{self.value!r}"


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _copy(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_copy(v) for v in data]
    return data if isinstance(data, BaseModel) else copy.copy(data)


def _numbered(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _numbered(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_Item(i, _numbered(v)) for i, v in enumerate(data)]
    return data


def _stripped(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _stripped(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_stripped(item.value) for item in data]
    return data


def _kept(data: Any, path: Path = ()) -> dict[Path, tuple[int, ...]]:
    out: dict[Path, tuple[int, ...]] = {}
    if isinstance(data, dict):
        for key, value in data.items():
            out |= _kept(value, (*path, key))
    elif isinstance(data, list):
        indices = tuple(item.index for item in data)
        if indices != tuple(range(len(indices))):
            out[path] = indices
        for item in data:
            out |= _kept(item.value, (*path, item.index))
    return out


def _cut(data: Any, path: Path, kind: str, model: type[BaseModel]) -> None:
    """Take the broken value out; a required one gets its stand-in, else what holds it goes."""
    if not path:
        return
    holder, key = _holder(data, path)
    if holder is None:
        return
    if isinstance(holder, dict) and key in holder:
        del holder[key]
    elif kind == "missing" and isinstance(holder, dict):
        stand_in = _stand_in(model, path)
        if stand_in is not None:
            holder[key] = _numbered(stand_in)
        else:
            _cut(data, path[:-1], "cut", model)
    elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        del holder[key]
    else:
        _cut(data, path[:-1], "cut", model)


def _holder(data: Any, path: Path) -> tuple[Any, Any]:
    """What holds the value at `path`, and its key there; (None, None) if it is already gone."""
    current = data
    for key in path[:-1]:
        if isinstance(current, dict) and key in current:
            current = current[key]
        elif isinstance(current, list) and isinstance(key, int) and key < len(current):
            current = current[key].value
        else:
            return None, None
    return current, path[-1]


def _stand_in(model: type[BaseModel], path: Path) -> Any:
    """The example a required field's grammar names."""
    holder: Any = model
    for key in path[:-1]:
        holder = _inner_model(holder, key)
        if holder is None:
            return None
    for name, info in holder.model_fields.items():
        if (info.alias or name) == path[-1] and info.examples:
            return info.examples[0]
    return None


# ---- rates written as 0.12 ------------------------------------------------------------------------------------------
def _bare_rates(value: Any, path: Path = ()) -> Iterator[Problem]:
    if isinstance(value, Rate) and value.written_bare:
        yield Problem(
            "bare_rate",
            path,
            {"value": str(value), "hint": f"{format(value * 100, 'f').rstrip('0').rstrip('.')}%"},
            "warning",
        )
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _bare_rates(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _bare_rates(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _bare_rates(item, (*path, key))


def errors_of(loaded: Iterable[Loaded[Any]]) -> list[Problem]:
    return [p for each in loaded for p in only_errors(each.problems)]
