"""What is found about a paper besides making it: of the story it tells, what it lacks, its words, what its reviewers
would send back. Rooms that only some papers need are loaded when one does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.facts import Facts
from docgen.problems import Place, Problem, ProblemsFound, in_file_order
from docgen.reading import Workspace, load_look
from docgen.source.workspace import shown_path

if TYPE_CHECKING:
    from docgen.documents.manifest import Found, Manifest
    from docgen.references import Reference


def as_signed(found: Found, facts: Facts) -> Found:
    """A contract under its own title, for the one who signs it; the room is loaded where there is one."""
    if facts.draft is None:
        return found
    from docgen.documents.contract.signing import as_signed

    return as_signed(found, facts)


def gaps(manifest: Manifest, facts: Facts) -> Iterable[Problem]:
    """What the clauses of a contract print and the deal does not state: a final one waits for it."""
    if facts.draft is None or "contract" not in manifest.needs or manifest.audience == "internal":
        return ()
    from docgen.documents.contract.signing import gap_problems

    return facts.sources["deal"].placed(gap_problems(facts.draft, facts.deal.language[0]))


def stale_contracts(facts: Facts, workspace: Workspace, out: Path, written: Collection[str] = ()) -> Iterator[Problem]:
    """One warning where contracts of this deal lie in a folder that say something else than the deal says now.
    `written`: names of files that are being made of the deal as it is."""
    found = sorted(out.glob(f"{facts.deal.deal}-contract*.docx")) if out.is_dir() else []
    found = [path for path in found if path.name not in written]
    if not found:
        return
    from docgen.documents.contract.content import digest_now
    from docgen.documents.contract.drafting import with_contract

    now = digest_now(facts if facts.draft is not None else with_contract(facts, workspace)[0])
    says = {path: _says(path) for path in found}
    known = (None, f"sha256:{now}")
    stale = [path for path in found if now is not None and says[path].get("docgen.content") not in known]
    if stale:
        first, *others = map(shown_path, stale)
        words = {"file": first, "revision": says[stale[0]].get("docgen.revision", "?")}
        words["others"] = f", and {', '.join(others)}" if others else ""
        yield Problem("contract_changed", (), words, severity="warning", place=Place(first))


def _says(path: Path) -> Mapping[str, str]:
    """What a paper says of itself; nothing where it cannot be read."""
    from docgen.render import READERS
    from docgen.render.spoken import NotReadable

    try:
        return READERS["docx"](path.read_bytes()).says
    except (OSError, NotReadable):
        return {}


def filling(found: Found, facts: Facts, workspace: Workspace, made: dt.datetime) -> Sequence[Problem]:
    """What stands in the way of the words of a paper; a contract that has its words is read over against its data."""
    from docgen.documents.compose import compose

    found = as_signed(found, facts)
    languages = found.spoken((), facts.deal.language)
    try:
        if languages[0] in found.letters:
            from docgen.letters.making import make_letter

            return make_letter(found, facts, languages, made, load_look(workspace)).warnings
        paper = compose(found, facts, languages, made)
    except ProblemsFound as trouble:
        return trouble.problems
    if facts.draft is None or "contract" not in found.manifest.needs or found.manifest.audience == "internal":
        return ()
    from docgen.legal.deal_rules import read_paper

    return read_paper(found.manifest, facts, facts.draft, paper)


@dataclass(frozen=True)
class Told:
    """Of a paper that tells a story: the stories of others it may tell, what is wrong, what a final paper lacks."""

    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    gates: tuple[Problem, ...] = ()


def told(manifest: Manifest, facts: Facts, workspace: Workspace) -> Told:
    """Nothing for papers of figures; the room is loaded for those that tell something."""
    if not (manifest.checks or manifest.final_needs):
        return Told()
    from docgen.telling import final_gates
    from docgen.telling.library import secret_names, told_references

    source = facts.sources["deal"]
    references, problems = told_references(facts.deal, workspace)
    lacks = final_gates(facts, manifest.final_needs, secret_names(facts.seller, workspace))
    return Told(references, tuple(source.placed(problems)), tuple(source.placed(lacks)))


def points(manifest: Manifest, facts: Facts, workspace: Workspace) -> Sequence[Problem]:
    """What reviewers should look at, in the order of the file: told of the deal, lacking for a final paper, and of a
    story what its reviewers would send back. With the places, but with the paths of the model."""
    found = [each for each in facts.problems if each.origin == "deal"]
    found += facts.verdict.gates
    source = facts.sources["deal"]
    found += [each.at(source.place(each.path)) for each in _to_look_at(manifest, facts, workspace)]
    return in_file_order(found)


def _to_look_at(manifest: Manifest, facts: Facts, workspace: Workspace) -> Iterable[Problem]:
    """What only a reviewer is told, by the checks of the manifest."""
    if "story" in manifest.checks:
        from docgen.documents.remarks import estimates, unowned

        yield from (*_story_checked(facts, workspace), *estimates(facts), *unowned(facts))
    if "value" in manifest.checks:
        from docgen.documents.remarks import unproven

        yield from unproven(facts)


def _story_checked(facts: Facts, workspace: Workspace) -> Iterable[Problem]:
    from docgen.telling import check_story
    from docgen.telling.library import secret_names

    return check_story(facts, secret_names(facts.seller, workspace))


def looked_through(found: Found, facts: Facts, workspace: Workspace, made: dt.datetime) -> Sequence[Problem]:
    """What a reviewer of this paper would send back: of its story, the sections that wait, the pages it takes."""
    if not found.manifest.checks:
        return ()
    from docgen.documents.lengths import too_long
    from docgen.documents.parts import missing_sections

    source = facts.sources["deal"]
    lengths = too_long(found, facts, load_look(workspace), made)
    looked = _story_checked(facts, workspace) if "story" in found.manifest.checks else ()
    return source.placed([*looked, *missing_sections(found.manifest.parts, facts), *lengths])
