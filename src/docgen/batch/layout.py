"""Where papers of many deals go: flat, as `docgen quote` writes them. Deals that share a number keep their folders
apart, so that no paper takes another's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from docgen.batch.sources import DealFile
from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path


@dataclass(frozen=True, slots=True)
class Laid:
    """A deal, and the folder below out its papers go to; "" for out itself. With `problem` an error they cannot go
    anywhere, or a warning that they go apart."""

    deal: DealFile
    folder: str
    problem: Problem | None = None


def lay_out(deals: Sequence[DealFile], start: Path) -> list[Laid]:
    """The deals in their order, each with its folder."""
    namesakes: dict[str, list[DealFile]] = defaultdict(list)
    for deal in deals:
        if deal.number:
            namesakes[deal.number.casefold()].append(deal)
    return [_laid(deal, start, namesakes) for deal in deals]


def _laid(deal: DealFile, start: Path, namesakes: Mapping[str, Sequence[DealFile]]) -> Laid:
    if deal.barred:
        return Laid(deal, "", cannot_look(deal))
    known = namesakes.get(deal.number.casefold(), ())
    others = [each for each in known if each is not deal]
    if not others:
        return Laid(deal, "")
    first = next(each for each in known if each.path.parent == deal.path.parent)
    if first is not deal:
        return Laid(deal, "", _told("same_papers", deal, first, "error"))
    if all(each.path.parent == deal.path.parent for each in others):
        return Laid(deal, "")
    folder = PurePath(deal.path.parent.relative_to(start)).as_posix()
    if folder == ".":
        return Laid(deal, "", _told("same_papers_kept", deal, others[0], "warning"))
    return Laid(deal, folder, _told("same_papers_apart", deal, others[0], "warning", folder))


def cannot_look(deal: DealFile) -> Problem:
    """Why there may be a deal that nobody could read."""
    shown = shown_path(deal.path)
    return Problem("cannot_read", params={"file": shown, "reason": deal.barred}, place=Place(shown))


def _told(code: str, deal: DealFile, other: DealFile, severity: str, folder: str = "") -> Problem:
    shown = shown_path(deal.path)
    params = {"number": deal.number, "other": shown_path(other.path), "folder": folder}
    return Problem(code, (), params, "error" if severity == "error" else "warning", place=Place(shown))
