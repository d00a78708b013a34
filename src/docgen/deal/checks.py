"""What a deal alone can get wrong, beyond its grammar. A new check is one function and one line in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.deal.model import Deal
from docgen.problems import Problem, problem, warning
from docgen.values import LANGUAGES


def _validity(deal: Deal) -> Iterator[Problem]:
    if deal.valid_days is not None and deal.valid_until is not None:
        yield problem("validity_twice", "valid_until")
    elif deal.valid_until is not None and deal.valid_until < deal.date:
        yield problem("valid_before_date", "valid_until", until=deal.valid_until, date=deal.date)


def _languages(deal: Deal) -> Iterator[Problem]:
    if len(set(deal.language)) < len(deal.language):
        yield problem("language_twice", "language")


def _lines(deal: Deal) -> Iterator[Problem]:
    if deal.lines and deal.alternatives:
        yield problem("lines_and_alternatives", "alternatives")
    elif not (deal.lines or deal.alternatives or deal.value or deal.contract):
        yield problem("no_lines", "lines")


def _alternatives(deal: Deal) -> Iterator[Problem]:
    """Each has lines and a name of its own; exactly one is recommended."""
    recommended = [index for index, each in enumerate(deal.alternatives) if each.recommended]
    if deal.alternatives and not recommended:
        yield problem("none_recommended", "alternatives")
    for index in recommended[1:]:
        first = deal.alternatives[recommended[0]].name.get(deal.language[0])
        yield problem("two_recommended", "alternatives", index, "recommended", name=first)
    names: set[str] = set()
    for index, each in enumerate(deal.alternatives):
        own, name = {each.name.get(language) for language in LANGUAGES}, each.name.get(deal.language[0])
        if own & names:
            yield problem("alternative_name_twice", "alternatives", index, "name", name=name)
        if not each.lines:
            yield problem("alternative_without_lines", "alternatives", index, "lines", name=name)
        names |= own
    for key in ("discounts", "payment") if deal.alternatives else ():
        if key in deal.model_fields_set and all(key in each.model_fields_set for each in deal.alternatives):
            yield warning("used_by_no_alternative", key, key=key)


def _renewal(deal: Deal) -> Iterator[Problem]:
    renewal = deal.terms.renewal
    if renewal is None:
        return
    if renewal.mode == "uplift" and renewal.uplift is None:
        yield problem("renewal_needs_uplift", "terms", "renewal", "mode")
    elif renewal.mode != "uplift" and renewal.uplift is not None:
        yield problem("renewal_uplift_unused", "terms", "renewal", "uplift", mode=renewal.mode)


CHECKS: tuple[Callable[[Deal], Iterator[Problem]], ...] = (_validity, _languages, _lines, _alternatives, _renewal)


def check(deal: Deal) -> Iterator[Problem]:
    for each in CHECKS:
        yield from each(deal)
