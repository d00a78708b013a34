"""Walking a document: every word on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from docgen.content.blocks import Document, Figure, Table


def words_of(document: Document) -> str:
    """Everything a page shows, in the order of the tree, pieces apart by line feeds."""
    shown = (
        document.blocks,
        document.running,
        document.footer,
        document.page_label,
        document.draft,
        document.draft_note,
    )
    return "\n".join(piece for part in shown for piece in _strings(part))


_NOT_SHOWN = {"role", "align", "anchor", "url", "alt", "code", "key", "source", "target", "sign"}


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _strings(item)
    elif is_dataclass(node):
        for field in fields(node):
            if field.name not in _NOT_SHOWN and not _is_silent(node, field.name):
                yield from _strings(getattr(node, field.name))


def _is_silent(node: Any, field: str) -> bool:
    """A table's title is for screen readers; a picture's table is printed only where it is asked for."""
    return (field == "title" and isinstance(node, Table)) or (
        field == "data" and isinstance(node, Figure) and not node.show_data
    )
