"""What a name means for one deal: the words of templates, and for papers made of a contract the facts of its draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.contract.names import flat
from docgen.documents.contract.printed import Open, printed
from docgen.documents.page import Page
from docgen.documents.projection import project
from docgen.documents.projection.names import REPEATED


@dataclass(frozen=True)
class Scope:
    """`values`: by the names templates use; `items`: what controls that repeat have set, by the item's name."""

    values: Mapping[str, Any]
    items: Mapping[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """None where the deal does not state it."""
        first, *rest = name.split(".")
        found = self.items[first] if first in self.items else self.values.get(first)
        for step in rest:
            found = found.get(step) if isinstance(found, Mapping) else None
        return found

    def is_of_item(self, name: str) -> bool:
        return name.partition(".")[0] in self.items

    def each(self, name: str) -> Iterator[Scope]:
        """One scope for each item of a list."""
        found = self.value(name)
        item, _, _ = REPEATED[name]
        for each in found if isinstance(found, Sequence) and not isinstance(found, str) else ():
            yield Scope(self.values, {**self.items, item: each})


def scope_of(page: Page, *, contract: bool) -> Scope:
    """Where both have a name, a letter gets what other templates get by it. A fact the deal does not state has no
    mark in a letter as it has in clauses: nobody would be told before the letter is signed."""
    values: dict[str, Any] = dict(project(page))
    draft = page.facts.draft
    if contract and draft is not None:
        for name, value in flat(draft.facts).items():
            shown = printed(value, page.language)
            _put(values, name.split("."), None if isinstance(shown, Open) else shown)
    return Scope(values)


def _put(values: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    """Set a value where nothing of that name is there."""
    first, *rest = steps
    if not rest:
        values.setdefault(first, value)
        return
    inner = values.get(first)
    if inner is None or isinstance(inner, Mapping):
        copy = dict(inner or {})
        _put(copy, rest, value)
        values[first] = copy
