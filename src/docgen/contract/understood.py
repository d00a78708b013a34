"""What a deal agrees in words of the house that nobody knows: a carve-out, a region, a level of faults. A contract
would be silent about it or say another thing, so it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.contract.draft import Draft
from docgen.contract.library import Clause
from docgen.problems import Path, Problem, problem

SUPPORT_LEVELS = ("s1", "s2", "s3", "s4")
"""Levels of faults, from the worst."""
BY_LAW = ("death", "injury", "intent", "gross_negligence", "fraud")
"""Carve-outs no contract can do without: `uncapped_list` always prints them, also where nobody asks."""
_UNITS = ("day", "hour")
_WINDOWS = ("month", "quarter", "year")
_CARVE_OUT = re.compile(r"['\"]([^'\"]+)['\"]\s+in\s+liability\.carve_outs")
_REGION = re.compile(r"[A-Za-z]{2}|EEA")


def not_understood(draft: Draft) -> Iterator[Problem]:
    """Each word of the deal's contract that no clause, table or law stands behind."""
    for path, word, known in _words(draft):
        if word not in known:
            yield problem("contract_word_unknown", *path, word=word, known=", ".join(known))
    data = draft.own.data
    for index, region in enumerate(data.regions if data is not None else ()):
        if not _REGION.fullmatch(region):
            yield problem("region_without_code", "contract", "data", "regions", index, region=region)


def _words(draft: Draft) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    own, terms = draft.own, draft.sides.deal.terms
    if terms.liability is not None and draft.has("liability_cap"):
        asked = (word for clause in draft.library.in_order for word in _carve_outs(clause))
        known = tuple(dict.fromkeys((*asked, *BY_LAW)))
        for index, word in enumerate(terms.liability.carve_outs):
            yield ("terms", "liability", "carve_outs", index), word, known
    if terms.sla is not None and terms.sla.window is not None and draft.has("sla"):
        yield ("terms", "sla", "window"), terms.sla.window, _WINDOWS
    if own.change is not None:
        yield ("contract", "change", "unit"), own.change.unit, _UNITS
    for level in own.support.response if own.support is not None else ():
        yield ("contract", "support", "response", level), level, SUPPORT_LEVELS


def _carve_outs(clause: Clause) -> Iterator[str]:
    """Those a clause's texts or conditions ask for."""
    for source in (
        *(text.source for text in clause.texts.values()),
        *(each.when or "" for each in clause.card.variants),
    ):
        yield from _CARVE_OUT.findall(source)
