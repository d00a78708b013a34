"""From a workspace to a bench: the library and what surrounds it, and the lock that remembers what was accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.contract.library import Clause
from docgen.documents.manifest import all_letters
from docgen.lawbook import CARD, CLAUSES, LawBook, load_lawbook
from docgen.legal.bench import Bench
from docgen.legal.rules.upkeep import fingerprint
from docgen.problems import Place, Problem, only_errors
from docgen.reading import Workspace
from docgen.source.output import write_file
from docgen.source.workspace import read_yaml, shown_path

LOCK = "_versions.yaml"
_REGISTERS = ("book", "_terms", "_law")
_HEAD = """\
# What was accepted: of every clause its version and a hash of its words in both languages and all variants.
# Written by `docgen templates lint --accept`; words that change without a new version are told by the checks (T18).
"""


@dataclass(frozen=True)
class Desk:
    """The bench, None where there is no library to look at; what is wrong with the files themselves."""

    bench: Bench | None
    problems: tuple[Problem, ...]


def lay_out(workspace: Workspace, today: dt.date, paths: Sequence[Path] = ()) -> Desk:
    """The library of a workspace; with `paths` only the clauses in these folders are looked at, without them the
    workspace's own, and docgen's where it has none."""
    lawbook = load_lawbook(workspace)
    if lawbook.library is None:
        return Desk(None, lawbook.problems)
    wanted = _wanted(workspace, lawbook, paths)
    known = {each.resolve() for each in (*_folders(lawbook).values(), *_with_letters(workspace))}
    lost = [path for path in paths if not any(_within(folder, path.resolve()) for folder in known)]
    if lost:
        found = [Problem("no_clauses_there", params={"folder": str(p)}, place=Place(str(p))) for p in lost]
        return Desk(None, (*lawbook.problems, *found))
    if any(only_errors(lawbook.sources[name].problems) for name in _REGISTERS if name in lawbook.sources):
        return Desk(None, lawbook.problems)  # whatever uses a term or a statute would be told of
    policies = workspace.policies()
    roles = frozenset(policies.model.by_role) if policies is not None and policies.model is not None else frozenset()
    locks = {shown_path(folder / CLAUSES): _lock(folder / CLAUSES / LOCK) for folder in workspace.template_folders()}
    library, own = lawbook.library, workspace.template_folders()[0]
    bench = Bench(
        library,
        lawbook.sources,
        today,
        wanted,
        {} if paths else {key: library.terms[key] for key in _own_keys(lawbook, "_terms", own)},
        {} if paths else {key: library.statutes[key] for key in _own_keys(lawbook, "_law", own)},
        not paths and _is_own(lawbook, "book", own),
        not paths,
        roles or None,
        tuple(_sellers(workspace)),
        {folder: lock for folder, lock in locks.items() if lock is not None},
        workspace,
        frozenset(lawbook.unread),
    )
    return Desk(bench, lawbook.problems)


def _wanted(workspace: Workspace, lawbook: LawBook, paths: Sequence[Path]) -> frozenset[str] | None:
    """Keys of the clauses to look at; None for all of them."""
    folders = {key: folder.resolve() for key, folder in _folders(lawbook).items()}
    if paths:
        inside = [path.resolve() for path in paths]
        return frozenset(key for key, folder in folders.items() if any(_within(folder, path) for path in inside))
    for own in workspace.template_folders():
        keys = frozenset(key for key, folder in folders.items() if _within(folder, own.resolve()))
        if keys:
            return None if len(keys) == len(folders) else keys
    return None


def _is_own(lawbook: LawBook, name: str, own: Path) -> bool:
    """Whether a file of the library stands in the workspace's own templates."""
    return name in lawbook.sources and own.resolve() in Path(lawbook.sources[name].shown).resolve().parents


def _own_keys(lawbook: LawBook, name: str, own: Path) -> list[str]:
    """The entries of a register in the workspace's own templates."""
    model = lawbook.sources[name].model if _is_own(lawbook, name, own) else None
    return list(model.root) if model is not None else []


def _within(folder: Path, path: Path) -> bool:
    """Whether a clause's folder lies in a path, or the path in the folder: a text names its clause."""
    return path == folder or path in folder.parents or folder in path.parents


def _folders(lawbook: LawBook) -> dict[str, Path]:
    """Every clause with its folder, those that cannot be read too."""
    assert lawbook.library is not None
    read = {key: Path(clause.shown).parent for key, clause in lawbook.library.clauses.items()}
    return {**read, **lawbook.unread}


def _with_letters(workspace: Workspace) -> Iterator[Path]:
    """Folders that hold a Word letter: a path to one is looked at for its letters."""
    return (each.path.parent for each in all_letters(workspace.template_folders()))


def _sellers(workspace: Workspace) -> Iterator[str]:
    sellers = workspace.sellers()
    if sellers is not None and sellers.model is not None:
        for seller in sellers.model.sellers.values():
            yield from (name for name in (seller.name.zh, seller.name.en) if name)


# ---- the lock -------------------------------------------------------------------------------------------------------
def _lock(path: Path) -> Mapping[str, Mapping[str, str]] | None:
    if not path.is_file():
        return None
    data = read_yaml(path).data
    return {key: entry for key, entry in data.items() if isinstance(entry, dict)}


def accept(bench: Bench) -> dict[Path, bytes]:
    """The locks as they should be: every clause that was looked at, but for those whose words changed silently."""
    files: dict[Path, dict[str, Mapping[str, str]]] = {}
    for clause in bench.clauses:
        folder = Path(clause.shown).parent.parent
        entries = files.setdefault(folder / LOCK, dict(bench.lock_of(clause) or {}))
        if not changed_silently(bench, clause):
            entries[clause.key] = {"version": clause.card.version, "sha256": fingerprint(clause)}
    return {path: _written(path, entries) for path, entries in files.items()}


def changed_silently(bench: Bench, clause: Clause) -> bool:
    """Whether the words are others than those accepted under this very version."""
    before = (bench.lock_of(clause) or {}).get(clause.key)
    same = before is not None and before.get("version") == clause.card.version
    return same and before is not None and before.get("sha256") != fingerprint(clause)


def _written(path: Path, entries: Mapping[str, Mapping[str, str]]) -> bytes:
    there = {each.name for each in path.parent.iterdir() if (each / CARD).is_file()}
    lines = [
        f'{key}: {{version: "{entry["version"]}", sha256: {entry["sha256"]}}}\n'
        for key, entry in sorted(entries.items())
        if key in there
    ]
    return (_HEAD + "".join(lines)).encode()


def write_locks(bench: Bench) -> list[Path]:
    """Write the locks that differ; their paths."""
    done = []
    for path, data in accept(bench).items():
        if not path.is_file() or path.read_bytes() != data:
            write_file(path, data)
            done.append(path)
    return done
