"""Words a reviewer stops at, from claims.yaml: superlatives and placeholders, found in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from docgen.locales import HERE
from docgen.source.yaml_file import parse_yaml


@cache
def _lists() -> dict[str, Any]:
    return dict(parse_yaml((HERE / "claims.yaml").read_text("utf-8"), "claims.yaml").data)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    found = _lists()[kind]
    wide = [re.escape(word) for word in found["zh-CN"]]
    latin = [rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in found["en"]]
    gaps = _lists()["gaps"] if kind == "placeholders" else []
    return re.compile("|".join([*wide, *latin, *gaps]), re.IGNORECASE)


def claims_in(text: str, kind: Literal["superlatives", "placeholders"]) -> Iterator[str]:
    """The words of a kind that stand in a text, as they are written, each once."""
    yield from dict.fromkeys(match[0] for match in _pattern(kind).finditer(text))
