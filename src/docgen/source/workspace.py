"""Where a workspace is, and how its files are read: nothing here knows what stands in them."""

from __future__ import annotations

import os
from pathlib import Path

from docgen.problems import Problem
from docgen.source.table_file import Table, parse_csv
from docgen.source.text_file import decode, read_bytes
from docgen.source.yaml_file import Tree, parse_yaml

MARKS = ("price_lists", "sellers.yaml", "approvals.yaml", "templates")
"""What makes a folder a workspace: any of these."""


def packaged() -> Path:
    """The workspace that comes with docgen: inside the installed package, or the checkout it runs from."""
    inside = Path(__file__).resolve().parent.parent / "packaged"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3]


def find_upwards(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds something of a workspace."""
    return next((folder for folder in (start, *start.parents) if any((folder / mark).exists() for mark in MARKS)), None)


def folders_for(deal_file: Path, named: Path | None = None) -> tuple[Path, ...]:
    """The workspace's folders of a deal, in the order they are searched: its own (`named`, or found), the packaged."""
    own = named or find_upwards(deal_file.absolute().parent)
    return tuple(dict.fromkeys(p for p in (own, packaged()) if p is not None))


def read_text(path: Path) -> str | Problem:
    """The text of a file, or why it cannot be had."""
    shown = shown_path(path)
    data = read_bytes(path, shown)
    return decode(data, shown) if isinstance(data, bytes) else data


def read_yaml(path: Path) -> Tree:
    """A YAML file as a tree; unreadable, it has no data and says why."""
    text = read_text(path)
    if isinstance(text, str):
        return parse_yaml(text, shown_path(path))
    tree = Tree(shown_path(path), None, "")
    tree.problems.append(text)
    return tree


def read_table(path: Path, offset: int = 0) -> Table:
    """A CSV file or an Excel sheet; `offset`: how many items stand before its rows in the list they join."""
    shown = shown_path(path)
    content = read_bytes(path, shown) if path.suffix.lower() == ".xlsx" else read_text(path)
    if isinstance(content, Problem):
        table = Table(shown, [], [], [])
        table.problems = [content]
        table.is_unreadable = True
    elif isinstance(content, bytes):
        from docgen.source.sheet_file import parse_sheet  # most price lists have no sheet; the library is not light

        table = parse_sheet(content, shown)
    else:
        table = parse_csv(content, shown)
    table.offset = offset
    return table


_NEAR = 2
"""Folders upwards a path may still be followed in one's head."""


def shown_path(path: Path) -> str:
    """A path as a person would type it: relative to where she stands, if that is near. It can always be opened."""
    try:
        full, here = path.resolve(), Path.cwd()
    except (OSError, RuntimeError):
        return path.as_posix()
    near = os.path.relpath(full, here).replace(os.sep, "/")
    if near.count("../") <= _NEAR and len(near) < len(full.as_posix()):
        return near
    return path.as_posix()
