"""What the paper of a contract owes to who signs it: its title, its readers, what it still lacks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.contract.draft import Chosen, Draft, Gap
from docgen.contract.names import flat
from docgen.documents.allowed import Allowance
from docgen.documents.contract.gaps import by_side, open_cells
from docgen.documents.contract.printed import Open, context
from docgen.documents.contract.wording import lines_kept
from docgen.documents.manifest import Found
from docgen.documents.words import TemplateTrouble, Wording
from docgen.facts import Facts
from docgen.locales import words
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
    """A gate for every fact a clause of this contract prints and the deal does not state; what one side's address lacks
    is one."""
    told: dict[str, Gap] = {}
    for each in draft.chosen:
        for gap in _printed_gaps(draft, each, language):
            told.setdefault(gap.fact, gap)
    for gap in told.values():
        yield warning("contract_gap", *gap.path, clause=gap.clause, name=gap.name.get(language))
    said = words(language)
    paths = {gap.path for gap in told.values()}
    for cells, path in by_side(cell for cell in open_cells(draft) if cell.path not in paths):
        name = said.label("list_comma").join(said.label(cell.label) for cell in cells)
        yield warning("contract_gap", *path, clause=cells[0].clause, name=name)


def gaps_by_clause(draft: Draft, language: str) -> Mapping[str, Sequence[str]]:
    """Of each clause the facts it prints and the deal does not state; of a table's cell where the deal would say it."""
    found: dict[str, list[str]] = {each.key: [] for each in draft.chosen}
    for each in draft.chosen:
        found[each.key] += [gap.fact for gap in _printed_gaps(draft, each, language)]
    for cell in open_cells(draft):
        found[cell.clause].append(".".join(map(str, cell.path)))
    return {key: list(dict.fromkeys(names)) for key, names in found.items()}


def _printed_gaps(draft: Draft, chosen: Chosen, language: str) -> Iterator[Gap]:
    """Those a clause prints under the conditions that hold; what stands in a branch that is not taken is no gap."""
    text = chosen.clause.text(chosen.variant, language) if chosen.gaps else None
    if text is None:
        return
    facts = context(draft, chosen, language)
    with contextlib.suppress(TemplateTrouble):  # told when the paper is worded
        Wording(facts, Allowance()).fill(lines_kept(text.source), text.shown, 1)
    yield from (each.gap for each in _leaves(facts) if isinstance(each, Open) and each.was_printed)


def _leaves(tree: Mapping[str, Any]) -> Iterator[Any]:
    for value in tree.values():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield value


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
