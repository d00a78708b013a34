"""Every text of a model, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.problems import Path
from docgen.values import Model, Text


def worded(value: Any, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text that is said once for each language, or in one for all."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from worded(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from worded(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from worded(item, (*path, key))


def texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """A text per language comes once for each, with the language as the last key of its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Text) and value.zh == value.en:
        yield path, str(value)
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
