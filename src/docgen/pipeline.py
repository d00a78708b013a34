"""The whole road, once: a deal file to facts, facts to papers. It should stay on one screen."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.approvals import check_rules, review
from docgen.approvals.gates import gates
from docgen.approvals.review import RuleSet
from docgen.approvals.watch import watch
from docgen.catalog.checks import check as check_catalog
from docgen.configuration import configure
from docgen.currencies import is_currency
from docgen.deal.checks import check as check_deal
from docgen.facts import Facts
from docgen.glyphs import missing_glyphs, texts
from docgen.pricing import price
from docgen.problems import Problem, ProblemsFound, in_file_order, only_errors
from docgen.reading import Workspace, agree_on_currency, choose_seller, load_deal, load_look
from docgen.source.load import Loaded

if TYPE_CHECKING:
    from docgen.content.blocks import Document
    from docgen.deal import Deal
    from docgen.documents.manifest import Found
    from docgen.pricing import Quote


@dataclass(frozen=True)
class Prepared:
    """A deal on its way to paper: its facts, where it could be priced, and everything found on the way."""

    facts: Facts | None
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        return bool(only_errors(self.problems))


@dataclass(frozen=True)
class Papers:
    """Finished papers by format, and the facts with this document's gates."""

    facts: Facts
    files: dict[str, bytes]


def prepare(deal_file: Path, workspace: Workspace, today: dt.date) -> Prepared:
    """Read, check, configure, price and review one deal. Never raises for what stands in the files."""
    deal = load_deal(deal_file)
    problems = list(deal.problems)
    if deal.model is None:
        return Prepared(None, tuple(problems))
    problems += deal.placed(check_deal(deal.model))
    sellers, seller, found = choose_seller(workspace, deal.model)
    problems += [*(sellers.problems if sellers else ()), *deal.placed(found)]
    catalog, found = workspace.catalog(deal.model.price_list, None if ("date",) in deal.damaged else deal.model.date)
    problems += deal.placed(found)
    if catalog is None or catalog.model is None:
        return Prepared(None, tuple(in_file_order([*problems, *(catalog.problems if catalog else ())])))
    problems += catalog.problems
    problems += catalog.placed([*check_catalog(catalog.model), *check_rules(catalog.model.approvals, "price_list")])
    problems += deal.placed(agree_on_currency(deal.model, catalog.model))
    if not is_currency(catalog.model.currency):
        return Prepared(None, tuple(in_file_order(problems)))

    configured = configure(deal.model, catalog.model)
    quote = price(deal.model, configured, catalog.model)
    problems += deal.placed([*configured.problems, *quote.problems, *watch(deal.model, catalog.model, quote)])
    problems += deal.placed(_value_problems(deal.model, quote))

    rule_sets = [RuleSet(catalog.model.approvals, "price_list")]
    sources: dict[str, Loaded[Any]] = {"deal": deal, "price_list": catalog}
    if sellers is not None:
        sources["sellers"] = sellers
    policies = workspace.policies()
    problems += policies.problems if policies is not None else ()
    if policies is not None and policies.model is not None:
        problems += policies.placed(check_rules(policies.model.approvals, "approvals"))
        rule_sets.append(RuleSet(policies.model.approvals, "approvals"))
        sources["approvals"] = policies
    verdict = review(deal.model, quote, rule_sets)
    problems += [p.at(sources[p.origin].place(p.path)) for p in verdict.problems]
    facts = Facts(deal.model, catalog.model, quote, seller, verdict, sources, tuple(in_file_order(problems)))
    return Prepared(facts, facts.problems)


def _value_problems(deal: Deal, quote: Quote) -> Iterable[Problem]:
    """What the value section gets wrong; its room is loaded for deals that have one."""
    if deal.value is None:
        return ()
    from docgen.value import check_value

    return check_value(deal, quote)


def produce(
    facts: Facts,
    document: str,
    workspace: Workspace,
    *,
    today: dt.date,
    languages: tuple[str, ...] = (),
    formats: Sequence[str],
) -> Papers:
    """One document of a deal in the wanted formats. ProblemsFound if a template or a font stands in the way."""
    from docgen.content.walk import words_of
    from docgen.documents.compose import compose
    from docgen.documents.manifest import find_manifest
    from docgen.render import WRITERS

    found, problems = find_manifest(document, workspace.template_folders())
    if found is None or only_errors(problems):
        raise ProblemsFound(problems)
    deal = facts.deal
    passed = [
        p.at(facts.sources["deal"].place(p.path)) for p in gates(deal, today, document, found.manifest.final_from_stage)
    ]
    if only_errors(passed):
        raise ProblemsFound(passed)
    facts = replace(facts, verdict=replace(facts.verdict, gates=tuple(passed)))
    paper = compose(found, facts, languages or deal.language, made_on(deal.date))
    unprintable = missing_glyphs(facts.sources.values(), words_of(paper)) if "pdf" in formats else []
    if unprintable:
        raise ProblemsFound(unprintable)
    look = load_look(workspace)
    return Papers(
        facts, {name: paper_data(paper) if name == "json" else WRITERS[name](paper, look) for name in formats}
    )


def paper_data(paper: Document) -> bytes:
    """The customer's copy of the deal that travels with a paper, as a file of its own."""
    return next(each.data for each in paper.attachments if each.media_type == "application/json")


def check(deal_file: Path, workspace: Workspace, today: dt.date, document: str, *, fill: bool = False) -> list[Problem]:
    """Every problem that would stand in the way of a document, without making it; with `fill` its templates are filled
    too, which finds the words a deal does not have."""
    from docgen.documents.checks import check_templates
    from docgen.documents.manifest import find_manifest

    ready = prepare(deal_file, workspace, today)
    found, problems = find_manifest(document, workspace.template_folders())
    if found is None or ready.facts is None:
        return in_file_order([*ready.problems, *problems])
    deal, source = ready.facts.deal, ready.facts.sources["deal"]
    problems += check_templates(found, deal.language)
    if fill and not problems:
        problems += _filling(found, ready.facts)
    problems += source.placed(gates(deal, today, document, found.manifest.final_from_stage))
    problems += missing_glyphs([source], "".join(text for _, text in texts(deal)))
    return in_file_order([*ready.problems, *problems])


def _filling(found: Found, facts: Facts) -> tuple[Problem, ...]:
    from docgen.documents.compose import compose

    try:
        compose(found, facts, facts.deal.language, made_on(facts.deal.date))
    except ProblemsFound as trouble:
        return trouble.problems
    return ()


def made_on(day: dt.date) -> dt.datetime:
    """The time inside files: the deal's day at midnight UTC, unless SOURCE_DATE_EPOCH says otherwise."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
