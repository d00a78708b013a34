"""The record of who said yes, no or took it back: `<deal>.approvals.yaml` beside the deal, as values.

Entries are only ever added. Each holds what was looked at, and the hash of the entry before it, so that one that was
edited, dropped or moved is noticed. A hash proves that nothing changed; only a signature proves who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import Field

from docgen.values import Count, Model, Word
from docgen.vocabulary import Role

Decision = Literal["approved", "rejected", "revoked"]
_Long = Annotated[str, Field(max_length=20000)]


class Entry(Model):
    """One decision about one rule.

    at          UTC, to the second: 2026-11-22T08:12:45Z
    looked_at   the plain values the approver saw;  content: their hash;  currency: of the money among them
    tolerance   how far each may move before this yes no longer holds
    previous    hash of the entry before;  hash: of this entry without `hash` and `signature`
    key         OpenSSH public key the entry was signed with;  signature: Ed25519 over the hash, in base64
    """

    number: Annotated[Count, Field(ge=1)]
    deal: Word
    revision: Count
    decision: Decision
    rule: Word
    role: Role
    by: Word
    at: Word
    comment: _Long | None = None
    currency: Word
    looked_at: dict[str, _Long]
    tolerance: dict[Word, Word] = Field(default_factory=dict)
    content: Word
    previous: str = ""
    key: Word | None = None
    hash: Word
    signature: Word | None = None


class RecordFile(Model):
    """The whole file: whose it is, how many entries it must have, the hash of the last one."""

    deal: Word
    entries: Count
    head: Word
    approvals: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Entries as they were found. A record that is not intact counts for nothing: a dropped entry may have been a no.

    signed   numbers of the entries whose signature is good
    """

    entries: tuple[Entry, ...] = ()
    is_intact: bool = True
    signed: frozenset[int] = frozenset()


def same_name(name: str) -> str:
    """A name for comparing, without what typing makes different: ` ANN  Lee` and `Ａｎｎ Ｌｅｅ` are `annlee`."""
    return "".join(normalize("NFKC", name).split()).casefold()
