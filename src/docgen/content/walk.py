"""Walking a document: every word on it, every node of a kind, the same tree with some nodes changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from docgen.content.blocks import (
    Block,
    Captioned,
    Columns,
    Commented,
    Document,
    Figure,
    ListBlock,
    Table,
    Together,
)

T = TypeVar("T")


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


_NOT_SHOWN = {
    "role",
    "align",
    "anchor",
    "url",
    "alt",
    "code",
    "key",
    "kind",
    "source",
    "target",
    "sign",
    "language",
    "series",
    "comments",
}


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


def leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that hold no others, in reading order; the words in them are not looked through."""
    for block in blocks:
        match block:
            case Together(inner):
                yield from leaves(inner)
            case Commented(inner_one) | Captioned(inner_one):
                yield from leaves((inner_one,))
            case Columns(columns):
                for column in columns:
                    yield from leaves(column)
            case ListBlock(items):
                for item in items:
                    yield from leaves(item)
            case _:
                yield block


# ---- trees ----------------------------------------------------------------------------------------------------------
def nodes(tree: Any, kind: type[T]) -> Iterator[T]:
    """Every node of a kind, in reading order."""
    if isinstance(tree, kind):
        yield tree
    if isinstance(tree, tuple):
        for item in tree:
            yield from nodes(item, kind)
    elif is_dataclass(tree) and not isinstance(tree, type):
        for name in _inner(tree.__class__):
            yield from nodes(getattr(tree, name), kind)


def changed(tree: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with `change` asked about every node, inner nodes first, in reading order. What stays is shared."""
    if isinstance(tree, tuple):
        items = tuple(changed(item, change) for item in tree)
        return tree if all(map(_same, items, tree)) else items
    if is_dataclass(tree) and not isinstance(tree, type):
        own = {name: getattr(tree, name) for name in _inner(tree.__class__)}
        new = {name: inner for name, value in own.items() if (inner := changed(value, change)) is not value}
        return change(replace(tree, **new) if new else tree)
    return tree


def _same(one: Any, other: Any) -> bool:
    return one is other


@cache
def _inner(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of node that may hold further nodes."""
    plain = ("str", "int", "float", "bool", "Align", "bytes")
    return tuple(field.name for field in fields(kind) if str(field.type).removesuffix(" | None") not in plain)
