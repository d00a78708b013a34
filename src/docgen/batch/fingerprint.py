"""What a paper was made of, as one hash: the same hash, the same paper.

It covers the deal with the tables and the record beside it, the price lists it may name, sellers, rules and templates
of every folder of its workspace, and docgen itself. Contents count, never times or folders.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import docgen
from docgen.batch.sources import DealFile
from docgen.source.workspace import folders_for

_LIBRARIES = ("docgen", "babel", "docxtpl", "jinja2", "markdown-it-py", "openpyxl", "pydantic", "PyYAML", "reportlab")
_LARGE = 1_000_000
"""Bytes from which a file of docgen's own, a font, counts by name and size."""


class Prints:
    """Hashes of what papers are made of, each worked out once: for the length of one build."""

    def __init__(self, named: Path | None = None) -> None:
        self._named = named
        self._grounds: dict[Path, tuple[_Ground, ...]] = {}
        self._known: dict[Path, _Ground] = {}
        self._tables: dict[Path, list[str]] = {}
        self._made_by = (code_print(), os.environ.get("SOURCE_DATE_EPOCH", ""))

    def of_deal(self, deal: DealFile) -> str:
        """Of all that decides which papers a deal has and what they say, but for the texts of templates."""
        own = content_print(deal.content)
        grounds = (part for ground in self._grounds_of(deal) for part in ground.of_deal(deal.content))
        return _digest((*self._made_by, own, *self._beside(deal), *grounds))

    def of_paper(self, deal: DealFile, document: str, of_deal: str, formats: Sequence[str]) -> str:
        """Of one paper: its deal's, its template's, and what all templates share."""
        templates = (part for ground in self._grounds_of(deal) for part in (ground.document(document), ground.shared))
        return _digest((of_deal, document, ",".join(formats), *templates))

    def of_ground(self, deal: DealFile) -> str:
        """Of everything in a deal's workspace that prices and reviews deals, whichever it is."""
        return _digest(part for ground in self._grounds_of(deal) for part in ground.whole())

    def _beside(self, deal: DealFile) -> Iterator[str]:
        """The record of decisions, and the tables the deal names."""
        folder = deal.path.parent
        yield _content_of(folder / f"{deal.path.stem}.approvals.yaml")
        if folder not in self._tables:
            self._tables[folder] = sorted(each.name for each in folder.iterdir() if each.suffix.lower() == ".csv")
        for name in self._tables[folder]:
            if name.encode() in deal.content:
                yield name
                yield _content_of(folder / name)

    def _grounds_of(self, deal: DealFile) -> tuple[_Ground, ...]:
        """The folders of its workspace."""
        beside = deal.path.parent
        if beside not in self._grounds:
            folders = folders_for(deal.path, self._named)
            self._grounds[beside] = tuple(self._known.setdefault(each, _Ground(each)) for each in folders)
        return self._grounds[beside]


class _Ground:
    """One folder of a workspace; each of its parts is read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents: dict[str, str] = {}

    def of_deal(self, content: bytes) -> Iterator[str]:
        """Price lists whose name stands in the deal, or all where none does; what holds for every deal."""
        escaped = b"\\" in content  # a name may then be written in other letters
        named = [] if escaped else [name for name in self._lists if name.encode() in content]
        yield from self._lists
        yield from (self._lists[name] for name in named or self._lists)
        yield self._common

    def whole(self) -> Iterator[str]:
        """Every price list, and what holds for every deal."""
        yield str(self._folder)
        yield from self._lists.values()
        yield self._common

    @cached_property
    def _lists(self) -> dict[str, str]:
        return {each.name: _tree(each) for each in _folders(self._folder / "price_lists")}

    @cached_property
    def _common(self) -> str:
        """Sellers, the company's rules, which documents there are, and what a contract is made of: a deal's approvals,
        and so all its papers, may depend on it."""
        files = [self._folder / name for name in ("sellers.yaml", "approvals.yaml")]
        files += sorted((self._folder / "templates").glob("*/*.yaml"))
        return _digest(
            part for path in files for part in (path.relative_to(self._folder).as_posix(), _content_of(path))
        )

    @cached_property
    def shared(self) -> str:
        """What stands beside the documents: the house's look, reference stories, clauses."""
        templates = self._folder / "templates"
        beside = sorted(templates.iterdir()) if templates.is_dir() else []
        return _digest(_tree(each) for each in beside if not (each / "document.yaml").is_file())

    def document(self, name: str) -> str:
        if name not in self._documents:
            self._documents[name] = _tree(self._folder / "templates" / name)
        return self._documents[name]


def content_print(data: bytes) -> str:
    """The hash of a paper's bytes."""
    return hashlib.sha256(data).hexdigest()


@cache
def code_print() -> str:
    """docgen itself, and the libraries its pages depend on."""
    home = Path(docgen.__file__).parent
    files = sorted(
        p for p in home.rglob("*") if p.is_file() and "__pycache__" not in p.parts and "packaged" not in p.parts
    )
    own = (part for path in files for part in (path.relative_to(home).as_posix(), _own(path)))
    return _digest((sys.version, *map(_version, _LIBRARIES), *own))


def _own(path: Path) -> str:
    size = path.stat().st_size
    return str(size) if size > _LARGE else _content_of(path)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"


def _content_of(path: Path) -> str:
    """The hash of a file's content; another word where it is not there or cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "-"


def _digest(parts: Iterable[str]) -> str:
    """Parts as one hash; no two lists of parts run together."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape")
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def _tree(folder: Path) -> str:
    """Every file below a folder, with its name and content; a file is one by itself."""
    files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
    parts = (part for path in files for part in (path.relative_to(folder).as_posix(), _content_of(path)))
    return _digest((folder.name, *parts))
