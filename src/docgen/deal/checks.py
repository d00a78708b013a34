"""What a deal alone can get wrong, beyond its grammar. A new check is one function and one line in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.deal.model import Deal
from docgen.problems import Problem, problem


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
    elif deal.alternatives:
        recommended = sum(a.recommended for a in deal.alternatives)
        if recommended != 1:
            yield problem("one_recommended", "alternatives", count=recommended)
        hint = "write the recommended one as `lines:` and keep the others in deals of their own"
        yield problem("not_built_yet", "alternatives", what="a quotation of alternatives", hint=hint)
    elif not deal.lines and deal.value is None and deal.contract is None:
        yield problem("no_lines", "lines")


def _renewal(deal: Deal) -> Iterator[Problem]:
    renewal = deal.terms.renewal
    if renewal is None:
        return
    if renewal.mode == "uplift" and renewal.uplift is None:
        yield problem("renewal_needs_uplift", "terms", "renewal", "mode")
    elif renewal.mode != "uplift" and renewal.uplift is not None:
        yield problem("renewal_uplift_unused", "terms", "renewal", "uplift", mode=renewal.mode)


CHECKS: tuple[Callable[[Deal], Iterator[Problem]], ...] = (_validity, _languages, _lines, _renewal)


def check(deal: Deal) -> Iterator[Problem]:
    for each in CHECKS:
        yield from each(deal)
