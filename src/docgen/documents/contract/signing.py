"""What the paper of a contract owes to who signs it: its title, its readers, what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.contract.draft import Draft
from docgen.contract.names import flat
from docgen.documents.manifest import Found
from docgen.facts import Facts
from docgen.problems import Problem, warning


def as_signed(found: Found, facts: Facts) -> Found:
    """The document under its contract's own title, for the one who signs it: in a resale the partner. Any other
    document stays as it is."""
    draft = facts.draft
    if draft is None or "contract" not in found.manifest.needs or found.manifest.audience == "internal":
        return found
    audience = "partner" if draft.sides.end_customer is not None else "customer"
    manifest = found.manifest.model_copy(update={"title": draft.title, "audience": audience})
    return replace(found, manifest=manifest)


def gap_problems(draft: Draft, language: str) -> Iterator[Problem]:
    """A gate for every fact a clause prints and the deal does not state."""
    for gap in draft.gaps:
        yield warning("contract_gap", *gap.path, clause=gap.clause, name=gap.name.get(language))


def versions(draft: Draft) -> str:
    """Which clauses the paper came from: `fees@1.0 liability_cap/joint@1.2 …`."""
    return " ".join(
        f"{each.key}{'' if each.variant == 'standard' else '/' + each.variant}@{each.clause.card.version}"
        for each in draft.chosen
    )


def fingerprint(draft: Draft) -> bytes:
    """All a contract says besides its figures, as bytes: a change of any fact, clause or special term is another."""
    facts = "\n".join(f"{name}={value!r}" for name, value in sorted(flat(draft.facts).items()))
    special = "\n".join(repr(each.text) for each in draft.own.special_terms)
    return "\n".join((facts, versions(draft), special)).encode()
