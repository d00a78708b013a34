"""What a change of templates does to the papers of the sample deals: each as it was at a revision and as it is now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from docgen.documents.audience import unmet
from docgen.documents.manifest import find_manifest, manifests
from docgen.pipeline import prepare, produce
from docgen.problems import Place, Problem, ProblemsFound, only_errors
from docgen.reading import Workspace
from docgen.source.workspace import shown_path
from docgen.wordfile import WordFile, read_word
from docgen.wordfile.redline import redline

AUTHOR = "docgen"
State = Literal["changed", "unchanged", "new", "gone", "broken", "broken then"]
_DEAL = re.compile(r"^deal:", re.MULTILINE)
_RECORD = ".approvals.yaml"


@dataclass(frozen=True, slots=True)
class Redlined:
    """One paper of one deal. name: of its file, without ending; data: the redline, where its words changed.

    new, gone     it could be made only now, or only then
    broken        it cannot be made now; `problems` say why. broken then: the same of the old one
    """

    deal: Path
    document: str
    name: str
    state: State
    data: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """The papers of one time: where its files are, and where one of today's files was then."""

    workspace: Workspace
    root: Path

    def at(self, deal: Path, root: Path) -> Path:
        """Where a deal stood then; ProblemsFound for one that lies elsewhere."""
        if not deal.resolve().is_relative_to(root.resolve()):
            params = {"file": shown_path(deal), "folder": shown_path(root)}
            raise ProblemsFound([Problem("deal_elsewhere", (), params, place=Place(shown_path(deal)))])
        return self.root / deal.resolve().relative_to(root.resolve())


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper, or why there is none: `problems`; neither, where the deal has nothing for such a paper."""

    data: bytes = b""
    name: str = ""
    problems: tuple[Problem, ...] = ()


def sample_deals(workspace: Path) -> list[Path]:
    """Every deal file below the workspace's samples."""
    return deals_below(workspace / "samples")


def deals_below(folder: Path) -> list[Path]:
    """Every deal file below a folder, whatever it is called."""
    found = sorted(folder.rglob("*.yaml"))
    return [path for path in found if not path.name.endswith(_RECORD) and _DEAL.search(path.read_text("utf-8"))]


def redlines(
    deals: Sequence[Path], documents: Sequence[str], now: Workspace, root: Path, then: Path, today: dt.date
) -> Iterator[Redlined]:
    """Every paper of every deal, then and now. root: the workspace's own folder; then: the same as it was; documents:
    none for all there are."""
    _must_be_known(documents, now)
    present = _Side(now, root)
    others = tuple(folder for folder in now.folders if folder.resolve() != root.resolve())
    past = _Side(replace(now, folders=(then, *others)), then)
    names = documents or list(manifests(now.template_folders()))
    for deal in deals:
        for document in names:
            yield from _paper(deal, document, past, present, today)


def _must_be_known(documents: Sequence[str], workspace: Workspace) -> None:
    found = [find_manifest(name, workspace.template_folders())[1] for name in documents]
    unknown = [each for problems in found for each in problems if each.code == "unknown_document"]
    if unknown:
        raise ProblemsFound(unknown)


def _paper(deal: Path, document: str, past: _Side, present: _Side, today: dt.date) -> Iterator[Redlined]:
    new = _made(deal, document, present, today)
    old = _made(past.at(deal, present.root), document, past, today)
    name = new.name or old.name
    if new.problems or (old.problems and new.data):
        state: State = "broken" if new.problems else "broken then"
        yield Redlined(deal, document, name, state, problems=new.problems or old.problems)
    elif new.data and old.data:
        yield _compared(Redlined(deal, document, name, "unchanged"), old.data, new.data, today)
    elif new.data or old.data:
        yield Redlined(deal, document, name, "new" if new.data else "gone")


def _made(deal: Path, document: str, side: _Side, today: dt.date) -> _Made:
    folders = side.workspace.template_folders()
    if not deal.is_file() or document not in manifests(folders):
        return _Made()
    found, problems = find_manifest(document, folders)
    if found is None or only_errors(problems):
        return _Made(problems=tuple(problems))
    ready = prepare(deal, side.workspace, today, document=document)
    if ready.facts is None or ready.has_errors:
        return _Made(problems=tuple(only_errors(ready.problems)))
    if any(unmet(found.manifest, ready.facts)):
        return _Made()
    try:
        papers = produce(ready.facts, document, side.workspace, today=today, formats=("docx",))
    except ProblemsFound as trouble:
        return _Made(problems=tuple(only_errors(trouble.problems)))
    return _Made(papers.files["docx"], papers.name(document))


def _compared(paper: Redlined, old: bytes, new: bytes, today: dt.date) -> Redlined:
    if _words(old) == _words(new):
        return paper
    when = f"{today.isoformat()}T00:00:00Z"
    return replace(paper, state="changed", data=redline(old, new, author=AUTHOR, when=when))


def _words(data: bytes) -> list[str]:
    found = read_word(data, "")
    assert isinstance(found, WordFile), "docgen reads what it writes"
    return [block.text for block in found.blocks]
