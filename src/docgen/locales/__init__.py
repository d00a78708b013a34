"""How each language writes: words, numbers, dates, amounts in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from docgen.source.yaml_file import parse_yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The words of one language, by group and key; an unknown key is a bug and raises KeyError.

    Labels of long papers and of contracts stand in files of their own, read when the first of them is asked for.
    """

    language: str
    groups: Mapping[str, Mapping[str, Any]]

    def label(self, key: str, **values: str) -> str:
        labels = self.groups["labels"]
        found = labels[key] if key in labels else self._further(key)
        return str(found or "").format(**values)

    def _further(self, key: str) -> Any:
        story = _labels_of("story", self.language)
        return story[key] if key in story else _labels_of("contract", self.language)[key]

    def has(self, key: str) -> bool:
        """Whether there is such a label."""
        return key in self.groups["labels"] or any(key in _labels_of(file, self.language) for file in _FURTHER)

    def kind(self, kind: str) -> str:
        return str(self.groups["kinds"][kind])

    def event(self, event: str) -> str:
        return str(self.groups["events"].get(event) or "")

    def unit(self, unit: str, quantity: Decimal) -> str:
        """`users` for 60, `user` for 1; a unit of the house's own stays as it is written."""
        forms = self.groups["units"].get(unit)
        return unit if forms is None else str(forms[0 if quantity == 1 else 1])


@cache
def words(language: str) -> Words:
    """The words of a language; ValueError for one that docgen does not speak."""
    path = HERE / f"{language}.yaml"
    if not path.is_file():
        raise ValueError(f"no words for {language}")
    return Words(language, parse_yaml(path.read_text("utf-8"), path.name).data)


_FURTHER = ("story", "contract")


@cache
def _labels_of(file: str, language: str) -> Mapping[str, Any]:
    path = HERE / f"{file}.{language}.yaml"
    return dict(parse_yaml(path.read_text("utf-8"), path.name).data["labels"])
