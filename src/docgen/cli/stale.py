"""A contract drafted before the deal changed is told whenever other papers of that deal are written beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.facts import Facts
from docgen.problems import Place, Problem
from docgen.reading import Workspace
from docgen.source.workspace import shown_path


def stale_contracts(facts: Facts, workspace: Workspace, out: Path) -> Iterator[Problem]:
    """Every contract draft of this deal in the folder that says something else than the deal says now."""
    found = sorted(out.glob(f"{facts.deal.deal}-contract*.docx")) if out.is_dir() else []
    if not found:
        return
    from docgen.documents.contract.content import digest_now
    from docgen.documents.contract.drafting import with_contract
    from docgen.render import READERS
    from docgen.render.spoken import NotReadable

    now = digest_now(facts if facts.draft is not None else with_contract(facts, workspace)[0])
    for path in found:
        try:
            says = READERS["docx"](path.read_bytes()).says
        except (OSError, NotReadable):
            continue
        if now is not None and says.get("docgen.content") not in (None, f"sha256:{now}"):
            shown = shown_path(path)
            words = {"file": shown, "revision": says.get("docgen.revision", "?")}
            yield Problem("contract_changed", (), words, severity="warning", place=Place(shown))
