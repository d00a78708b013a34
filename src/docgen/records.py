"""The record of decisions beside a deal: read, its chain and signatures held, and added to.

A record that was tampered with counts for nothing until it is whole again: what was dropped may have been a no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from docgen.approvals import Approval
from docgen.approvals.looked_at import digest
from docgen.approvals.record import Entry, Record, RecordFile, same_name
from docgen.deal import Deal
from docgen.money import plain
from docgen.problems import Problem, in_file_order
from docgen.source.chain import broken_links
from docgen.source.load import Loaded, load
from docgen.source.workspace import read_yaml
from docgen.vocabulary import RolePolicy

Roles = Mapping[str, RolePolicy]
Proof = Literal["unsigned", "proved", "unknown_key", "other_key", "wrong"]
"""What a signature says: none there · by the key on file for this person · a key nobody vouches for · not the key on
file for this person · no signature of this entry."""


@dataclass(frozen=True)
class Kept:
    """A record as it was read: its entries with what proves each, and everything that is wrong with the file."""

    record: Record
    proofs: tuple[tuple[Entry, Proof], ...] = ()
    problems: tuple[Problem, ...] = ()
    loaded: Loaded[RecordFile] | None = None


def record_path(deal_file: Path) -> Path:
    """`deal.yaml` keeps its decisions in `deal.approvals.yaml` beside it."""
    return deal_file.with_name(f"{deal_file.stem}.approvals.yaml")


def load_record(deal_file: Path, deal: Deal, roles: Roles) -> Kept:
    """The decisions about a deal; none where there is no record yet."""
    path = record_path(deal_file)
    if not path.exists():
        return Kept(Record())
    loaded = load(read_yaml(path), RecordFile, "record")
    problems = list(loaded.problems)
    if not problems:
        problems = loaded.placed(broken_links(loaded.tree.data))
    entries = loaded.model.approvals if loaded.model is not None else ()
    proofs = tuple((entry, _proof(entry, roles)) for entry in entries)
    for index, (entry, proof) in enumerate(proofs):
        if proof == "wrong":
            problems += loaded.placed(
                [Problem("record_signature", ("approvals", index), {"entry": str(entry.number)}, origin="record")]
            )
    intact = not problems
    if intact and loaded.model is not None and loaded.model.deal != deal.deal:
        words = {"file": loaded.shown, "deal": loaded.model.deal, "own": deal.deal}
        problems += loaded.placed([Problem("record_of_other_deal", ("deal",), words, origin="record")])
    signed = frozenset(entry.number for entry, proof in proofs if proof == "proved")
    warnings = tuple(replace(p, severity="warning") for p in in_file_order(problems))
    return Kept(Record(entries, intact, signed), proofs, warnings, loaded)


def _proof(entry: Entry, roles: Roles) -> Proof:
    if entry.signature is None or entry.key is None:
        return "unsigned"
    from docgen.source.signing import is_signed, same_key

    if not is_signed(entry.hash, entry.signature, entry.key):
        return "wrong"
    known = _keys_of(entry, roles)
    if not known:
        return "unknown_key"
    return "proved" if same_key(entry.key) in map(same_key, known) else "other_key"


def _keys_of(entry: Entry, roles: Roles) -> Sequence[str]:
    policy = roles.get(entry.role)
    return [
        member.key
        for member in (policy.members if policy is not None else ())
        if member.key is not None and entry.person in {same_name(n) for n in (member.name.zh, member.name.en) if n}
    ]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided; `at`: UTC to the second."""

    decision: Literal["approved", "rejected", "revoked"]
    role: str
    by: str
    at: str
    comment: str | None = None


def content_of(said: Decision, approval: Approval, deal: Deal, currency: str) -> dict[str, Any]:
    """The entry of one decision as it is written: who, when, and the plain values that were looked at."""
    comment = {"comment": said.comment} if said.comment else {}
    return {
        "deal": deal.deal,
        "revision": str(deal.revision),
        "decision": said.decision,
        "rule": approval.rule,
        "role": said.role,
        "by": said.by,
        "at": said.at,
        **comment,
        "currency": currency,
        "looked_at": dict(approval.looked_at),
        "tolerance": {name: plain(share) for name, share in approval.tolerance.items()},
        "content": digest(approval.looked_at),
    }
