"""The record of decisions beside a deal: read, its chain and signatures held, and added to.

A record that was tampered with counts for nothing until it is whole again: what was dropped may have been a no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docgen.approvals import Approval
from docgen.approvals.looked_at import digest
from docgen.approvals.record import Entry, Record, RecordFile, same_name
from docgen.approvals.standing import names_of
from docgen.deal import Deal
from docgen.money import plain
from docgen.problems import Problem, in_file_order, only_errors
from docgen.source.chain import broken_links, read_chain
from docgen.source.load import Loaded, load
from docgen.vocabulary import RolePolicy

if TYPE_CHECKING:
    from docgen.source.signing import Signer

Entries = Sequence[Mapping[str, Any]]
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

    @property
    def is_good(self) -> bool:
        """Whether the file is whole and of this deal, and nothing in it was signed with a key of somebody else."""
        return not self.problems and not any(proof == "other_key" for _, proof in self.proofs)


def record_path(deal_file: Path) -> Path:
    """`deal.yaml` keeps its decisions in `deal.approvals.yaml` beside it."""
    return deal_file.with_name(f"{deal_file.stem}.approvals.yaml")


def load_record(deal_file: Path, deal: Deal, roles: Roles) -> Kept:
    """The decisions about a deal; none where there is no record yet."""
    tree = read_chain(record_path(deal_file))
    if tree is None:
        return Kept(Record())
    loaded = load(tree, RecordFile, "record")
    problems = only_errors(loaded.problems)
    if not problems:
        problems = loaded.placed(broken_links(loaded.tree.data))
    entries = loaded.model.approvals if loaded.model is not None else ()
    proofs = tuple((entry, _proof(entry, roles)) for entry in entries)
    for index, (entry, proof) in enumerate(proofs):
        if proof == "wrong":
            problems += loaded.placed(
                [Problem("record_signature", ("approvals", index), {"entry": str(entry.number)}, origin="record")]
            )
    if not problems and loaded.model is not None and loaded.model.deal != deal.deal:
        words = {"file": loaded.shown, "deal": loaded.model.deal, "own": deal.deal}
        problems += loaded.placed([Problem("record_of_other_deal", ("deal",), words, origin="record")])
    signed = frozenset(entry.number for entry, proof in proofs if proof == "proved")
    warnings = tuple(replace(p, severity="warning") for p in in_file_order(problems))
    return Kept(Record(entries, not problems, signed), proofs, warnings, loaded)


def _proof(entry: Entry, roles: Roles) -> Proof:
    if entry.signature is None and entry.key is None:
        return "unsigned"
    from docgen.source.signing import is_signed

    if entry.signature is None or entry.key is None or not is_signed(entry.hash, entry.signature, entry.key):
        return "wrong"
    return _whose(entry.key, entry.role, entry.by, roles)


def _whose(key: str, role: str, by: str, roles: Roles) -> Literal["proved", "unknown_key", "other_key"]:
    """Whether a key is the one on file for this person in this role."""
    from docgen.source.signing import same_key

    policy, own = roles.get(role), names_of(by, roles)
    known = [
        member.key
        for member in (policy.members if policy is not None else ())
        if member.key is not None and own & {same_name(n) for n in (member.name.zh, member.name.en) if n}
    ]
    if not known:
        return "unknown_key"
    return "proved" if same_key(key) in map(same_key, known) else "other_key"


def signing_refused(signer: Signer | None, role: str, by: str, roles: Roles) -> str | None:
    """Why a decision cannot be signed so, as a problem code: no key where the role asks for one, a key of somebody
    else, one that nobody vouches for where the role asks for proof. None if it can."""
    must = role in roles and roles[role].signed
    if signer is None:
        return "signature_needed" if must else None
    whose = _whose(signer.public, role, by, roles)
    return {"other_key": "key_of_another", "unknown_key": "key_not_on_file" if must else None}.get(whose)


def keep(deal_file: Path, deal: Deal, roles: Roles, contents: Entries, signer: Signer | None) -> list[Problem]:
    """Add decisions to the record of a deal; why not, if it is not whole, of another deal, or cannot be written."""
    from docgen.source.record_file import append

    def whole() -> tuple[Entries, list[Problem]]:
        kept = load_record(deal_file, deal, roles)
        if kept.problems or kept.loaded is None:
            return (), [replace(p, severity="error") for p in kept.problems]
        return kept.loaded.tree.data["approvals"], []

    return append(record_path(deal_file), deal.deal, contents, signer, whole)


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
