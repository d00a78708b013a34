"""What is sound in a file with errors, so that the checks behind the schema still see it.

Broken values are cut out, required ones get the stand-in their grammar names as an example, and what cannot be mended
goes with what holds it. List items remember where they stood.
"""

from __future__ import annotations

import copy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from docgen.problems import Path, Problem
from docgen.source.grammar import as_problem, inner_model, is_tag

M = TypeVar("M", bound=BaseModel)
_SALVAGE_ROUNDS = 12


def salvage(data: Any, model: type[M]) -> tuple[M | None, dict[Path, tuple[int, ...]], list[Problem]]:
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
                path = tuple(k for k in e["loc"] if not is_tag(k))
                names = (e.get("ctx") or {}).get("names", "").split(", ")
                written = _written(data, path)
                if (
                    round_
                    and e["type"] in ("exactly_one", "only_for_custom")
                    and not any((*written, n) in cut for n in names)
                ):
                    hidden.append(as_problem({**e, "loc": written}, model))
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
        holder = inner_model(holder, key)
        if holder is None:
            return None
    for name, info in holder.model_fields.items():
        if (info.alias or name) == path[-1] and info.examples:
            return info.examples[0]
    return None
