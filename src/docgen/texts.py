"""Every value of one kind that a model holds, texts above all, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from docgen.problems import Path
from docgen.values import Model, Text

T = TypeVar("T")


def held(value: Any, kind: type[T] | tuple[type[T], ...], path: Path = ()) -> Iterator[tuple[Path, T]]:
    """Every value of this kind, with its path by the keys of the file; what stands inside one is not looked at."""
    if isinstance(value, kind):
        yield path, value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from held(getattr(value, name), kind, (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from held(item, kind, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from held(item, kind, (*path, key))


def texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """A text per language comes once for each, with the language as the last key of its path."""
    for at, found in held(value, (str, Text), path):
        if isinstance(found, Text) and found.zh != found.en:
            both = (("zh-CN", found.zh), ("en", found.en))
            yield from (((*at, language), said) for language, said in both if said is not None)
        else:
            yield at, str(found)
