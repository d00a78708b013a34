"""Notices that files were saved, by looking at them twice a second; works on every file system, network ones too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docgen.source.workspace import MARKS, folders_for

_LOOK_EVERY = 0.4
Seen = dict[str, tuple[int, int]]
"""Time and size of every file, by path."""


def watched(start: Path, named: Path | None) -> tuple[Path, ...]:
    """What papers are made of: everything below `start`, and what makes its workspace one."""
    beside = (start if start.is_dir() else start.parent) / "deal.yaml"
    marks = (folder / mark for folder in folders_for(beside, named) for mark in MARKS)
    return tuple(dict.fromkeys((start, *(path for path in marks if path.exists()))))


def saves(paths: Callable[[], Sequence[Path]], out: Path) -> Iterator[None]:
    """Comes back whenever something below the paths was saved, added or deleted since it was last asked, at first since
    it was made, and has come to rest. Hidden files and `out` are passed over. `paths` is asked at each look: a
    folder may become a workspace while somebody watches."""
    return _saves(paths, out, _seen(paths(), out))


def _saves(paths: Callable[[], Sequence[Path]], out: Path, before: Seen) -> Iterator[None]:
    while True:
        time.sleep(_LOOK_EVERY)
        now = _seen(paths(), out)
        if now == before:
            continue
        while now != (before := _settled(paths(), out)):
            now = before
        yield


def _settled(paths: Sequence[Path], out: Path) -> Seen:
    """What is there a moment later: an editor may write a file in several steps."""
    time.sleep(_LOOK_EVERY / 4)
    return _seen(paths, out)


def _seen(paths: Sequence[Path], out: Path) -> Seen:
    found: Seen = {}
    for path in paths:
        for file in _files(path, os.path.realpath(out)):
            try:
                stat = file.stat()
            except OSError:  # deleted just now
                continue
            found[str(file)] = (stat.st_mtime_ns, stat.st_size)
    return found


def _files(path: Path, out: str) -> Iterator[Path]:
    if path.is_file():
        yield path
    for folder, inner, names in os.walk(path):
        here = Path(folder)
        inner[:] = [each for each in inner if not each.startswith(".") and os.path.realpath(here / each) != out]
        yield from (here / name for name in names if not name.startswith("."))
