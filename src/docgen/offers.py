"""Good, better, best: a deal priced whole for each of its alternatives. The recommended one is the deal.

An alternative is read as a deal of its own, with its lines, discounts and payment in the place of the deal's; so no
rule of configuration, pricing or approvals knows that there are others. `Loaded.moved` keeps every place right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.approvals import Verdict, review
from docgen.approvals.review import RuleSet
from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.pricing import Quote, price
from docgen.problems import Problem, problem, warning
from docgen.source.load import Loaded
from docgen.values import LANGUAGES, Text


@dataclass(frozen=True)
class Offer:
    """What the customer may take: the whole deal, or one alternative of it. `source` knows where its values stand."""

    deal: Deal
    source: Loaded[Deal]
    quote: Quote
    name: Text | None = None
    recommended: bool = True

    def called(self, language: str) -> str:
        return "" if self.name is None else self.name.get(language)


def price_offers(source: Loaded[Deal], deal: Deal, catalog: Catalog) -> tuple[tuple[Offer, ...], list[Problem]]:
    """One offer for each alternative, exactly one of them recommended; the deal itself where it has none."""
    if not deal.alternatives:
        offer, problems = _priced(source, deal, catalog)
        return (offer,), problems
    chosen = next((index for index, each in enumerate(deal.alternatives) if each.recommended), 0)
    offers, found = [], []
    for index, alternative in enumerate(deal.alternatives):
        own, moved = deal.taking(index)
        offer, problems = _priced(replace(source, model=own, moved=moved), own, catalog)
        offers.append(replace(offer, name=alternative.name, recommended=index == chosen))
        found.append(problems)
    beside = source.placed(configure(deal, catalog).problems)
    return tuple(offers), [*beside, *_told(deal, found)]


def _priced(source: Loaded[Deal], deal: Deal, catalog: Catalog) -> tuple[Offer, list[Problem]]:
    configured = configure(deal, catalog)
    quote = price(deal, configured, catalog)
    return Offer(deal, source, quote), source.placed([*configured.problems, *quote.problems])


def _told(deal: Deal, found: Sequence[Sequence[Problem]]) -> Iterator[Problem]:
    """What stands inside an alternative speaks for itself; what the deal says for several of them names the one it is
    wrong for, unless it is wrong for all."""
    language = deal.language[0]
    for alternative, problems in zip(deal.alternatives, found, strict=True):
        for each in problems:
            key = each.path[0] if each.path else ""
            concerned = [f for f, a in zip(found, deal.alternatives, strict=True) if key not in a.model_fields_set]
            if key != "alternatives" and not all(each in others for others in concerned):
                each = replace(each, params={**each.params, "alternative": alternative.name.get(language)})
            yield each


def taken(offers: Sequence[Offer], name: str | None) -> Offer | None:
    """The recommended one, or the one called `name` in either language."""
    if name is None:
        return next(each for each in offers if each.recommended)
    return next((each for each in offers if name in (each.called(language) for language in LANGUAGES)), None)


def unknown_alternative(offers: Sequence[Offer], name: str | None) -> Problem:
    known = dict.fromkeys(each.called(language) for each in offers for language in LANGUAGES if each.name is not None)
    return problem("unknown_alternative", "alternatives", name=name, known="\n".join(known))


def watch_others(offers: Sequence[Offer], rule_sets: Sequence[RuleSet], verdict: Verdict) -> Iterator[Problem]:
    """The customer may take what is not recommended: approvals it would need beyond the deal's, and broken floors."""
    asked = {approval.rule for approval in verdict.approvals}
    for index, offer in enumerate(offers):
        if offer.recommended or not offer.quote.lines:
            continue
        name = offer.called(offer.deal.language[0])
        more = [a for a in review(offer.deal, offer.quote, rule_sets).approvals if a.rule not in asked]
        if more:
            rules = ", ".join(f"{a.rule} ({a.approver})" for a in more)
            yield warning("alternative_needs_approval", "alternatives", index, "name", name=name, rules=rules)
        low = dict.fromkeys(line.line.sku or "" for line in offer.quote.lines if line.below_floor)
        if low:
            yield warning("alternative_below_floor", "alternatives", index, "name", name=name, skus=", ".join(low))
