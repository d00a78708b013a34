"""The hash of what a contract says, by which a later look knows whether its deal has changed since it was drafted."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from docgen.answers import customer_copy
from docgen.documents.audience import seen_by
from docgen.documents.contract.signing import fingerprint
from docgen.vocabulary import Audience

if TYPE_CHECKING:
    from docgen.contract import Draft
    from docgen.facts import Facts


def copy_of(facts: Facts) -> bytes:
    """The customer's part of the deal, as it travels with every paper."""
    return json.dumps(customer_copy(facts), ensure_ascii=False, indent=1).encode()


def contract_digest(copy: bytes, draft: Draft) -> str:
    """Of the deal's copy, its contract's facts, the clauses and their versions."""
    content = hashlib.sha256(copy)
    content.update(fingerprint(draft))
    return content.hexdigest()


def digest_now(facts: Facts) -> str | None:
    """What a contract drafted now would say of itself; None where there is none to draft."""
    draft = facts.draft
    if draft is None or not draft.facts.contract.types:
        return None
    reader: Audience = "partner" if draft.sides.end_customer is not None else "customer"
    return contract_digest(copy_of(seen_by(reader, facts)), draft)
