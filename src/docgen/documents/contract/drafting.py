"""From the facts of a deal to the draft of its contract: who signs, and what was found on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.contract import Draft, Sides, draft
from docgen.contract.checks import check
from docgen.deal import Deal
from docgen.documents.audience import reseller, seen_by
from docgen.facts import Facts
from docgen.lawbook import load_lawbook
from docgen.problems import Problem, only_errors
from docgen.reading import Workspace

_WITH_THE_CUSTOMER = ("trial", "nda", "dpa")
"""Kinds of contract that stay between us and the customer, also where a partner sells."""


def sold_to_partner(deal: Deal) -> bool:
    """Whether the contract is with the partner, who buys from us and sells on."""
    named = deal.contract.type if deal.contract is not None else None
    return reseller(deal) is not None and named not in _WITH_THE_CUSTOMER


def with_contract(facts: Facts, workspace: Workspace) -> tuple[Facts, list[Problem]]:
    """The facts with the draft, and what is wrong with the library or with what the deal asks of it."""
    lawbook = load_lawbook(workspace)
    sources = {**facts.sources, **lawbook.sources}
    if lawbook.library is None or only_errors(lawbook.problems):
        return replace(facts, sources=sources), list(lawbook.problems)
    view = seen_by("partner", facts) if sold_to_partner(facts.deal) else facts
    made = draft(Sides(view.deal, view.quote, facts.seller, view.end_customer), lawbook.library)
    facts = replace(facts, draft=made, sources=sources)
    return facts, [*lawbook.problems, *_placed(facts, made)]


def _placed(facts: Facts, made: Draft) -> Iterator[Problem]:
    for each in (*made.problems, *check(made)):
        source = facts.sources.get(each.origin)
        if source is None:
            yield each
        elif each.origin == "deal":
            yield from source.placed([each])
        else:
            yield each.at(source.place(each.path))
