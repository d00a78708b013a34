"""The whole road, once: a deal file to facts, facts to papers. It should stay on one screen."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.approvals import Verdict, review
from docgen.approvals.gates import gates
from docgen.approvals.record import Record
from docgen.approvals.watch import watch
from docgen.catalog import Catalog
from docgen.deal import Deal
from docgen.deal.checks import check as check_deal
from docgen.facts import Facts
from docgen.glyphs import missing_glyphs
from docgen.ground import find_ground
from docgen.looking import as_signed, filling, gaps, looked_through, points, told
from docgen.offers import price_offers, taken, unknown_alternative, watch_others
from docgen.problems import Place, Problem, ProblemsFound, in_file_order, only_errors
from docgen.reading import Workspace, load_deal, load_look
from docgen.records import Kept, load_record
from docgen.source.load import Loaded
from docgen.texts import texts

if TYPE_CHECKING:
    from docgen.content.blocks import Document
    from docgen.deal import Deal
    from docgen.documents.manifest import Found
    from docgen.documents.parts import Missing
    from docgen.pricing import Quote
    from docgen.source.row_stream import Row


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
    """Finished papers by format, and the facts as their readers see them, with this document's gates. `missing`: parts
    they do without. `warnings`: what was found while they were made."""

    facts: Facts
    files: dict[str, bytes]
    missing: tuple[Missing, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def name(self, document: str, languages: tuple[str, ...] = ()) -> str:
        """File name without its ending: D-1-quote, D-1-quote-en. A paper that stays in the house always says so."""
        other = languages if languages != self.facts.deal.language else ()
        house = ("internal",) if self.facts.audience == "internal" else ()
        return "-".join((self.facts.deal.deal, document, *other, *house))


def prepare(
    deal_file: Path,
    workspace: Workspace,
    today: dt.date,
    edition: Loaded[Catalog] | None = None,
    alternative: str | None = None,
    document: str | None = None,
    row: Row | None = None,
) -> Prepared:
    """Read, check, configure, price and review one deal. Never raises for what stands in the files. A contract is
    drafted for deals that ask for one, and where `document` is made of it.

    With `edition` it is priced by that one, whatever the deal names; outside its validity on the nearest valid day.
    With `alternative` the deal is the one of that name, not the recommended one. With `row` the file is a pattern and
    the row is laid over it; nobody has decided anything about such a deal yet.
    """
    deal = _on_a_day_of(edition, load_deal(deal_file, row))
    problems = list(deal.problems)
    if deal.model is None:
        return Prepared(None, tuple(problems))
    ground = find_ground(deal, deal.model, workspace, edition)
    problems += [*deal.placed(check_deal(deal.model)), *ground.problems]
    if ground.catalog is None or ground.prices is None:
        return Prepared(None, tuple(in_file_order(problems)))

    offers, found = price_offers(deal, deal.model, ground.prices)
    offer = taken(offers, alternative)
    if offer is None:
        problems += deal.placed([unknown_alternative(offers, alternative)])
        return Prepared(None, tuple(in_file_order(problems)))
    problems += ground.catalog.citing(found)
    problems += offer.source.placed(
        [*watch(offer.deal, ground.prices, offer.quote), *_value_problems(offer.deal, offer.quote)]
    )

    sources = {"deal": offer.source, **ground.sources}
    kept = load_record(deal_file, deal.model, ground.roles) if row is None else Kept(Record())
    facts = Facts(
        deal=offer.deal,
        catalog=ground.prices,
        quote=offer.quote,
        seller=ground.seller,
        verdict=Verdict(),
        sources=sources,
        alternatives=offers if deal.model.alternatives else (),
    )
    if wants_contract(offer.deal, document) or _needs_contract(document, workspace):
        from docgen.documents.contract.drafting import with_contract

        facts, found = with_contract(facts, workspace)
        problems += found
    verdict = review(offer.deal, offer.quote, ground.rule_sets, kept.record, ground.roles, facts.draft)
    problems += [
        *kept.problems,
        *(p.at(facts.sources[p.origin].place(p.path)) for p in verdict.problems if p.origin in facts.sources),
    ]
    if offer.recommended and not only_errors(problems):
        problems += deal.placed(watch_others(offers, ground.rule_sets, verdict))
    facts = replace(facts, verdict=verdict, problems=tuple(in_file_order(problems)))
    return Prepared(facts, facts.problems)


def wants_contract(deal: Deal, document: str | None) -> bool:
    """Whether a contract is to be drafted: the deal says something of one, or a paper made of it is asked for."""
    return deal.contract is not None or bool({document, *deal.documents} & {"contract", "deviation-sheet"})


def _needs_contract(document: str | None, workspace: Workspace) -> bool:
    """Whether a document that is no part of docgen is made of a contract, as its manifest says."""
    if document is None or document in ("quote", "proposal", "value"):
        return False
    from docgen.documents.manifest import manifests, read_manifest

    folder = manifests(workspace.template_folders()).get(document)
    manifest = read_manifest(folder).model if folder is not None else None
    return manifest is not None and "contract" in manifest.needs


def _value_problems(deal: Deal, quote: Quote) -> Iterable[Problem]:
    """What the value section gets wrong; its room is loaded for deals that have one."""
    if deal.value is None:
        return ()
    from docgen.value import check_value

    return check_value(deal, quote)


def _on_a_day_of(edition: Loaded[Catalog] | None, deal: Loaded[Deal]) -> Loaded[Deal]:
    if edition is None or edition.model is None or deal.model is None or edition.model.valid.holds_on(deal.model.date):
        return deal
    return replace(deal, model=deal.model.priced_on(edition.model.valid.nearest(deal.model.date)))


def produce(
    facts: Facts,
    document: str,
    workspace: Workspace,
    *,
    today: dt.date,
    languages: tuple[str, ...] = (),
    formats: Sequence[str],
    review: bool = False,
) -> Papers:
    """One document of a deal in the wanted formats, with comments for `review`. ProblemsFound if a template or a font
    stands in the way."""
    from docgen.content.walk import words_of
    from docgen.documents.audience import seen_by
    from docgen.documents.compose import compose
    from docgen.documents.manifest import find_manifest
    from docgen.documents.parts import missing_parts
    from docgen.render import WRITERS
    from docgen.render.theme import HouseBroken

    found, problems = find_manifest(document, workspace.template_folders())
    if found is None or only_errors(problems):
        raise ProblemsFound(problems)
    deal = facts.deal
    passed = [
        p.at(facts.sources["deal"].place(p.path)) for p in gates(deal, today, document, found.manifest.final_from_stage)
    ]
    if only_errors(passed):
        raise ProblemsFound(passed)
    tale = told(found.manifest, facts, workspace)
    if only_errors(tale.problems):
        raise ProblemsFound(tale.problems)
    waits_as = found.manifest.goes_with or document
    verdict = replace(facts.verdict.of(waits_as), gates=(*passed, *tale.gates, *gaps(found.manifest, facts)))
    facts = replace(facts, verdict=verdict, references=tale.references)
    if (languages or deal.language)[0] in found.letters:
        spoken = found.spoken(languages, deal.language)
        return _letter(found, facts, spoken, workspace, formats=formats, review=review)
    marks = points(found.manifest, facts, workspace) if review else ()
    found = as_signed(found, facts)
    paper = compose(found, facts, languages or deal.language, made_on(deal.date), review=review, points=marks)
    facts = seen_by(found.manifest.audience, facts)
    unprintable = missing_glyphs(facts.sources.values(), words_of(paper)) if "pdf" in formats else []
    if unprintable:
        raise ProblemsFound(unprintable)
    look = load_look(workspace)
    try:
        files = {name: paper_data(paper) if name == "json" else WRITERS[name](paper, look) for name in formats}
    except HouseBroken as broken:
        words = {"file": look.house_shown, "reason": str(broken)}
        place = Place(look.house_shown)
        raise ProblemsFound([Problem("house_broken", (), words, origin="template", place=place)]) from None
    return Papers(facts, files, missing_parts(found.manifest.parts, facts))


def _letter(
    found: Found,
    facts: Facts,
    languages: tuple[str, ...],
    workspace: Workspace,
    *,
    formats: Sequence[str],
    review: bool,
) -> Papers:
    """The same for a document whose template is a company's Word letter."""
    from docgen.documents.audience import seen_by
    from docgen.letters.making import letter_files

    found = as_signed(found, facts)
    made = made_on(facts.deal.date)
    files, warnings = letter_files(found, facts, languages, made, load_look(workspace), formats, review=review)
    return Papers(seen_by(found.manifest.audience, facts), files, warnings=warnings)


def paper_data(paper: Document) -> bytes:
    """The customer's copy of the deal that travels with a paper, as a file of its own."""
    return next(each.data for each in paper.attachments if each.media_type == "application/json")


def check(deal_file: Path, workspace: Workspace, today: dt.date, document: str, *, fill: bool = False) -> list[Problem]:
    """Every problem that would stand in the way of a document, without making it; with `fill` its templates are filled
    too, which finds the words a deal does not have."""
    from docgen.documents.audience import unmet
    from docgen.documents.checks import check_templates
    from docgen.documents.manifest import find_manifest

    ready = prepare(deal_file, workspace, today, document=document)
    found, problems = find_manifest(document, workspace.template_folders())
    if found is None or ready.facts is None:
        return in_file_order([*ready.problems, *problems])
    deal, source = ready.facts.deal, ready.facts.sources["deal"]
    tale = told(found.manifest, ready.facts, workspace)
    problems += [*check_templates(found, found.spoken((), deal.language)), *tale.problems]
    if fill and not only_errors(problems):
        facts = replace(ready.facts, references=tale.references)
        made = made_on(deal.date)
        problems += [*filling(found, facts, workspace, made), *looked_through(found, facts, workspace, made)]
    problems += source.placed(unmet(found.manifest, ready.facts))
    problems += source.placed(gates(deal, today, document, found.manifest.final_from_stage))
    problems += [*tale.gates, *gaps(found.manifest, ready.facts)]
    problems += missing_glyphs([source], "".join(text for _, text in texts(deal)))
    return in_file_order([*ready.problems, *problems])


def made_on(day: dt.date) -> dt.datetime:
    """The time inside files: the deal's day at midnight UTC, unless SOURCE_DATE_EPOCH says otherwise."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
