"""Appending to a chained file of decisions: under a lock, whole or not at all, so that two at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.chain import broken_links, link
from docgen.source.output import alone_in, write_file
from docgen.source.signing import Signer
from docgen.source.workspace import read_yaml, shown_path
from docgen.source.yaml_file import Tree

HEAD = (
    "# Who approved, rejected or revoked, written by docgen. Entries are only added: an edited, dropped or moved one\n"
    "# is noticed. `docgen approvals DEAL --verify` checks the file.\n"
)


def append(path: Path, deal: str, contents: Sequence[Mapping[str, Any]], signer: Signer | None) -> list[Problem]:
    """Add entries behind those the file holds by now; why not, if it is damaged or cannot be written."""
    shown = shown_path(path)
    try:
        with alone_in(path.parent):
            tree = read_yaml(path) if path.exists() else None
            problems = _damage(tree, deal, shown)
            if problems:
                return problems
            entries = [dict(entry) for entry in tree.data["approvals"]] if tree is not None else []
            for content in contents:
                entries.append(_signed(link(entries, _keyed(content, signer)), signer))
            write_file(path, _written(deal, entries))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [Problem("record_not_written", params={"file": shown, "reason": reason}, place=Place(shown))]
    return []


def _damage(tree: Tree | None, deal: str, shown: str) -> list[Problem]:
    if tree is None:
        return []
    problems = list(tree.problems)
    if not problems:
        problems = [p.at(tree.place(p.path)) for p in broken_links(tree.data)]
    if not problems and tree.data.get("deal") != deal:
        words = {"file": shown, "deal": str(tree.data.get("deal")), "own": deal}
        problems = [Problem("record_of_other_deal", ("deal",), words, place=tree.place(("deal",)))]
    return problems


def _keyed(content: Mapping[str, Any], signer: Signer | None) -> dict[str, Any]:
    return {**content, "key": signer.public} if signer is not None else dict(content)


def _signed(entry: dict[str, Any], signer: Signer | None) -> dict[str, Any]:
    return {**entry, "signature": signer.sign(entry["hash"])} if signer is not None else entry


def _written(deal: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    import yaml

    data = {"deal": deal, "entries": str(len(entries)), "head": entries[-1]["hash"], "approvals": list(entries)}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return (HEAD + text).encode()
