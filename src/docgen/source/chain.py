"""A chain of entries in a file: each holds the hash of the one before, so an edited, dropped or moved one is noticed.

An entry's hash is taken over what it says, not over how it is written: spaces, comments and quotes do not matter. The
head of the file holds the number of entries and the last hash, so that cutting off the end is noticed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.text_file import LARGEST
from docgen.source.workspace import read_yaml
from docgen.source.yaml_file import Tree

UNHASHED = ("hash", "signature")
"""Keys of an entry that are not part of what is hashed."""


def read_chain(path: Path) -> Tree | None:
    """The file as a tree; None where there is none. A link is refused: writing would put a file in its place."""
    if path.is_symlink():
        return _unusable(path, "it is a link")
    if not path.exists():
        return None
    if path.is_dir():
        return _unusable(path, "it is a folder")
    if path.stat().st_size > LARGEST:
        return _unusable(path, f"it is larger than {LARGEST // 1024 // 1024} MB")
    return read_yaml(path)


def _unusable(path: Path, reason: str) -> Tree:
    shown = path.as_posix()
    tree = Tree(shown, None, "")
    found = Problem("record_unusable", params={"file": shown, "reason": reason}, place=Place(shown))
    tree.problems.append(found)
    return tree


def hash_of(entry: Mapping[str, Any]) -> str:
    """sha256 of an entry's content: its keys and texts in a fixed order."""
    content = {key: value for key, value in entry.items() if key not in UNHASHED}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def link(entries: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> dict[str, Any]:
    """A new entry behind `entries`: numbered, with the hash of the one before and its own."""
    previous = str(entries[-1]["hash"]) if entries else ""
    entry = {"number": str(len(entries) + 1), **content, "previous": previous}
    return {**entry, "hash": hash_of(entry)}


def broken_links(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Every entry that was edited, dropped or moved since it was written; nothing for a whole chain."""
    entries = data.get("approvals")
    entries = [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    told = False
    for found in (*_edited(entries), *_missing_or_moved(entries, data)):
        told = True
        yield found
    if not told:
        yield from _loose(entries, data)


def _edited(entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        if hash_of(entry) != entry.get("hash"):
            yield _problem("record_edited", index, entry=_number(entry, index))


def _missing_or_moved(entries: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Iterator[Problem]:
    numbers = [_number(entry, index) for index, entry in enumerate(entries)]
    declared = str(data.get("entries", ""))
    last = max([*numbers, int(declared) if declared.isdecimal() and len(declared) < 8 else 0], default=0)
    for number in range(1, min(last, len(entries) + 1000) + 1):
        if number not in numbers:
            yield _problem("record_dropped", None, entry=number)
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield _problem("record_copied", index, entry=number)
        elif index and number < max(numbers[:index]):
            yield _problem("record_moved", index, entry=number)


def _loose(entries: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Iterator[Problem]:
    """Hashes that do not hold together although every entry is whole: one was written anew."""
    for index, entry in enumerate(entries):
        if entry.get("previous", "") != (entries[index - 1].get("hash") if index else ""):
            yield _problem("record_edited", max(index - 1, 0), entry=_number(entries[max(index - 1, 0)], index))
            return
    head = entries[-1].get("hash") if entries else ""
    if data.get("head") != head or str(data.get("entries")) != str(len(entries)):
        yield _problem("record_edited", len(entries) - 1 if entries else None, entry=len(entries))


def _number(entry: Mapping[str, Any], index: int) -> int:
    text = str(entry.get("number", ""))
    return int(text) if text.isdecimal() and len(text) < 8 else index + 1


def _problem(code: str, index: int | None, **params: object) -> Problem:
    path = ("approvals",) if index is None else ("approvals", index)
    return Problem(code, path, {k: str(v) for k, v in params.items()}, origin="record")
