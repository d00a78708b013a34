"""Words of the value model, in files of their own: a quotation need not read them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from docgen.locales import HERE
from docgen.source.yaml_file import parse_yaml


@cache
def _all(language: str) -> Mapping[str, Any]:
    path = HERE / f"value.{language}.yaml"
    return dict(parse_yaml(path.read_text("utf-8"), path.name).data)


def value_word(language: str, key: str, **values: object) -> str:
    """A word or sentence of the value model; an unknown key is a bug and raises KeyError."""
    return str(_all(language)[key]).format(**values)
