"""What is sound in a file with errors, so that the checks behind the schema still see it.

Broken values are cut out, required ones get the stand-in their grammar names as an example, and what cannot be mended
goes with what holds it. List items remember where they stood.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from docgen.problems import Key, Path, Problem
from docgen.source.grammar import as_problem, inner_model, is_tag

M = TypeVar("M", bound=BaseModel)
_ROUNDS = 12
_RULES = ("exactly_one", "only_for_custom")
"""Rules over several keys of one mapping; they speak only once each key is sound by itself."""


class _List(dict[Key, Any]):
    """A list as a dict of index in the file → item, so that cutting items does not move the others."""


def salvage(data: Any, model: type[M]) -> tuple[M | None, dict[Path, tuple[int, ...]], list[Problem]]:
    """The model of what is sound in `data`, which list items survived, and mistakes that others had hidden.

    A rule that speaks in a later round counts, unless it only misses a key that was cut before.
    """
    data = _indexed(data)
    hidden: list[Problem] = []
    cut: set[Path] = set()
    for round_ in range(_ROUNDS):
        try:
            return model.model_validate(_plain(data)), _kept(data), hidden
        except ValidationError as error:
            found = [(_written(data, e["loc"]), e) for e in error.errors(include_url=False)]
        hidden += [as_problem({**e, "loc": path}, model) for path, e in found if round_ and _is_news(path, e, cut)]
        cut |= {path for path, _ in found}
        changed = [_cut(data, path, e["type"], model) for path, e in found]
        if not any(changed):
            break
    return None, {}, hidden


def _is_news(path: Path, error: Any, cut: set[Path]) -> bool:
    names = (error.get("ctx") or {}).get("names", "").split(", ")
    return error["type"] in _RULES and not any((*path, name) in cut for name in names)


# ---- the shrinking copy ---------------------------------------------------------------------------------------------
def _indexed(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _indexed(value) for key, value in data.items()}
    if isinstance(data, list):
        return _List((index, _indexed(item)) for index, item in enumerate(data))
    return data


def _plain(data: Any) -> Any:
    if isinstance(data, _List):
        return [_plain(item) for item in data.values()]
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return data


def _kept(data: Any, path: Path = ()) -> dict[Path, tuple[int, ...]]:
    """For each list that lost items, the indices of those it still has."""
    out: dict[Path, tuple[int, ...]] = {}
    if isinstance(data, _List) and tuple(data) != tuple(range(len(data))):
        out[path] = tuple(int(index) for index in data)
    if isinstance(data, dict):
        for key, value in data.items():
            out |= _kept(value, (*path, key))
    return out


def _written(data: Any, location: tuple[Any, ...]) -> Path:
    """pydantic's path into the shrunken data as a path into the file."""
    out: list[Key] = []
    for key in location:
        if is_tag(key):
            continue
        if isinstance(data, _List) and isinstance(key, int) and key < len(data):
            key = list(data)[key]
        out.append(key)
        data = data.get(key) if isinstance(data, dict) else None
    return tuple(out)


def _cut(data: Any, path: Path, kind: str, model: type[BaseModel]) -> bool:
    """Take the broken value out, whether it did; a required one gets its stand-in, else what holds it goes."""
    if not path:
        return False
    holder = data
    for key in path[:-1]:
        holder = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(holder, dict):
        return _cut(data, path[:-1], "cut", model) if holder is not None else False
    if path[-1] in holder:
        del holder[path[-1]]
        return True
    stand_in = _stand_in(model, path) if kind == "missing" else None
    if stand_in is None:
        return _cut(data, path[:-1], "cut", model)
    holder[path[-1]] = _indexed(stand_in)
    return True


def _stand_in(model: type[BaseModel], path: Path) -> Any:
    """The example a required field's grammar names."""
    holder: Any = model
    for key in path[:-1]:
        holder = inner_model(holder, key)
        if holder is None:
            return None
    for name, info in holder.model_fields.items():
        if (info.alias or name) == path[-1] and info.examples:
            return info.examples[0]
    return None
