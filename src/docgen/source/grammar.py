"""What a grammar knows: its keys at a path, and pydantic's complaints in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from docgen.problems import Path, Problem
from docgen.spelling import closest
from docgen.values import Section

_SAME = {
    "missing": "missing_key",
    "int_from_float": "not_a_number",
    "string_type": "not_text",
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


MOST_TOLD = 200
"""Errors of the schema told of one file; whoever made more has one mistake, repeated."""


def as_problem(error: Any, model: type[BaseModel], prefix: Path = ()) -> Problem:
    """One of pydantic's errors, by its `type`, never by its English text."""
    kind = error["type"]
    context = {str(k): str(v) for k, v in (error.get("ctx") or {}).items()}
    code = _code_of(kind)
    params = {"value": _shown(error.get("input")), **context}
    if code == "not_one_of" and "expected" in context:
        params["hint"] = context["expected"].replace("'", "").replace(" or ", ", ")
    if code in ("too_small", "too_large") and "hint" not in params:
        bound = next((context[k] for k in ("ge", "le", "gt", "lt") if k in context), "")
        params["hint"] = f"{'at least' if code == 'too_small' else 'at most'} {bound}"
    path = tuple(k for k in error["loc"] if not is_tag(k))
    if code in ("unknown_key", "missing_key"):
        params["key"] = str(path[-1]) if path else ""
        params["known"] = "\n".join(keys_at(model, path[:-1]))
    return Problem(code, (*prefix, *path), params)


def _code_of(kind: str) -> str:
    """Our code for one of pydantic's types; its own families of parsing errors share one each."""
    family = {"int": "not_a_number", "float": "not_a_number", "decimal": "not_a_number", "bool": "not_yes_no"}
    return _SAME.get(kind) or (family.get(kind.split("_")[0], kind) if kind.endswith(("_parsing", "_type")) else kind)


def _shown(value: Any) -> str:
    """A value in a sentence; what is long or nested is only named."""
    if isinstance(value, str):
        return value[:80]
    return {dict: "keys and values", list: "a list", type(None): "nothing"}.get(type(value), type(value).__name__)


def is_tag(key: str | int) -> bool:
    """Parts pydantic adds to a path for the branch of a union; our own tags begin with @."""
    return isinstance(key, str) and (key.startswith("@") or "[" in key or "(" in key)


def explain(errors: list[Problem]) -> Iterator[Problem]:
    """Add the closest known word; drop what only repeats an error at the same place."""
    seen: set[tuple[Path, str]] = set()
    errors = errors[:MOST_TOLD]
    misspelt = {
        (*p.path[:-1], closest(p.params["key"], p.params.get("known", "").split("\n")))
        for p in errors
        if p.code == "unknown_key"
    }
    for found in errors:
        if found.code == "missing_key" and found.path in misspelt:
            continue
        params = dict(found.params)
        wanted = params.get("names", "").split(", ") if params.get("given") == "none" else []
        if any((*found.path, name) in misspelt for name in wanted):
            continue
        if found.code == "unknown_key":
            known = params.pop("known", "").split("\n")
            params["hint"] = closest(params["key"], known) or ""
            params["keys"] = ", ".join(sorted(known))
        elif found.code == "not_one_of":
            params["near"] = closest(params.get("value", ""), params.get("hint", "").split(", ")) or ""
        if params.get("given") == "none":
            params["missing"] = "add one of them"
        params.pop("known", None)
        if (found.path, found.code) not in seen:
            seen.add((found.path, found.code))
            yield replace(found, params=params)


def keys_at(model: Any, path: Path) -> list[str]:
    """The keys the grammar knows at a path, as they are written in the file; of every branch of a union."""
    current = [model]
    for key in path:
        current = [inner for each in current for inner in _inner_models(each, key)]
    return list(dict.fromkeys(info.alias or name for each in current for name, info in each.model_fields.items()))


def inner_model(model: Any, key: str | int) -> Any:
    """The grammar of what stands under a key, the first branch of a union; None where it has none."""
    return next(iter(_inner_models(model, key)), None)


def _inner_models(model: Any, key: str | int) -> list[Any]:
    """Indices, and keys of a mapping whose keys are free, stay within the grammar of its items."""
    if isinstance(key, int):
        return [model]
    for name, info in model.model_fields.items():
        if (info.alias or name) == key:
            section = next((m for m in info.metadata if isinstance(m, Section)), None)
            return [section.model] if section else list(_models_in(info.annotation))
    return [model]


def _models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
