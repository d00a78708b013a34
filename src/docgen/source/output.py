"""Files out: whole or not at all, and never over somebody's own work.

A folder that docgen writes to keeps `.docgen.json`, the hash of every paper as it was written. A paper that differs
from its hash was edited since, and stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path

RECORD = ".docgen.json"


def write_papers(folder: Path, papers: Mapping[str, bytes], *, force: bool = False) -> list[Problem]:
    """Write all papers, or none of them and say why: the folder cannot be written, a paper was edited."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder):
            _sweep(folder)
            record = _read_record(folder)
            there = {name: _hash_of(folder / name) for name in papers}
            edited = [] if force else [n for n, found in there.items() if found and found not in _known(record.get(n))]
            if edited:
                return [
                    Problem(
                        "edited_since",
                        params={"file": shown_path(folder / name)},
                        place=Place(shown_path(folder / name)),
                    )
                    for name in edited
                ]
            _replace_all(folder, {RECORD: _new_record(record, papers, there), **papers}, _BEGUN)
    except OSError as error:
        shown = shown_path(folder)
        reason = error.strerror or type(error).__name__
        return [Problem("cannot_write", params={"file": shown, "reason": reason}, place=Place(shown))]
    return []


def write_file(path: Path, data: bytes) -> None:
    """One file, whole or not at all. OSError if it cannot be."""
    _replace_all(path.parent, {path.name: data})


def write_own(folder: Path, name: str, data: bytes) -> None:
    """A file of docgen's own in a folder of papers, whole or not at all. OSError if it cannot be."""
    with alone_in(folder):
        _sweep(folder)
        _replace_all(folder, {name: data}, _BEGUN)


_BEGUN = ".docgen-paper-"
"""How papers are called while they are written."""


def _sweep(folder: Path) -> None:
    """What a process that was killed had begun; whoever writes papers here has the folder for himself."""
    for path in folder.glob(f"{_BEGUN}*"):
        path.unlink(missing_ok=True)


def _replace_all(folder: Path, files: Mapping[str, bytes], begun: str = ".docgen-") -> None:
    """First every file beside its place, then each into it: a full disk is noticed before anything is replaced."""
    written: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            written.append((_beside(folder, data, begun), folder / name))
        for temporary, final in written:
            temporary.replace(final)
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _beside(folder: Path, data: bytes, begun: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=begun, dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        path.chmod(0o666 & ~_umask())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# ---- the record -----------------------------------------------------------------------------------------------------
def _read_record(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _new_record(record: Mapping[str, Any], papers: Mapping[str, bytes], there: Mapping[str, str | None]) -> bytes:
    """The new hash and that of what stands there now: the record goes first, so both are ours should the rest be cut
    short, however often."""
    hashes = {
        name: list(filter(None, (hashlib.sha256(data).hexdigest(), there[name]))) for name, data in papers.items()
    }
    return (json.dumps(dict(sorted({**record, **hashes}.items())), indent=1) + "\n").encode()


def _hash_of(path: Path) -> str | None:
    """Of the paper that stands there; None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _known(recorded: Any) -> list[str]:
    return [each for each in recorded if isinstance(each, str)] if isinstance(recorded, list) else []


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One docgen at a time in a folder, where the system can lock one."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
