"""Appending to a chained file of decisions: under a lock, whole or not at all, so that two at once lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.chain import link
from docgen.source.output import alone_in, write_file
from docgen.source.signing import Signer
from docgen.source.workspace import shown_path

HEAD = (
    "# Who approved, rejected or revoked, written by docgen. Entries are only added: an edited, dropped or moved one\n"
    "# is noticed. `docgen approvals DEAL --verify` checks the file.\n"
)


Entries = Sequence[Mapping[str, Any]]


def append(
    path: Path,
    deal: str,
    contents: Entries,
    signer: Signer | None,
    whole: Callable[[], tuple[Entries, list[Problem]]],
) -> list[Problem]:
    """Add entries behind those the file holds by now; why not, if it is damaged or cannot be written.

    whole   reads the file as it is once nobody else may write: its entries, or all that is wrong with them
    """
    shown = shown_path(path)
    try:
        with alone_in(path.parent):
            found, problems = whole()
            if problems:
                return problems
            entries = [dict(entry) for entry in found]
            for content in contents:
                entries.append(_signed(link(entries, _keyed(content, signer)), signer))
            write_file(path, _written(deal, entries))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [Problem("record_not_written", params={"file": shown, "reason": reason}, place=Place(shown))]
    return []


def _keyed(content: Mapping[str, Any], signer: Signer | None) -> dict[str, Any]:
    return {**content, "key": signer.public} if signer is not None else dict(content)


def _signed(entry: dict[str, Any], signer: Signer | None) -> dict[str, Any]:
    return {**entry, "signature": signer.sign(entry["hash"])} if signer is not None else entry


def _written(deal: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    import yaml

    data = {"deal": deal, "entries": str(len(entries)), "head": entries[-1]["hash"], "approvals": list(entries)}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return (HEAD + text).encode()
