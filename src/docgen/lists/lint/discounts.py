"""Automatic discounts that do less than they say: never valid, never reached, never the best, or two that tie."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from docgen.catalog.model import AutomaticDiscount, Catalog, ContractPrice, Product
from docgen.lists.lint.days import shared, span, told, within
from docgen.lists.lint.reach import (
    edges,
    figure,
    may_reach_custom,
    pairs,
    rate,
    rate_at,
    rates,
    reached,
    reaches,
    rule_names,
    scope_holds,
)
from docgen.money import ZERO
from docgen.problems import Problem, warning

_LONGEST_TERM = Decimal(600)


def dates(catalog: Catalog) -> Iterator[Problem]:
    """Discounts and agreed prices that hold on no day of the edition: a promotion that is over before it begins."""
    whole = told(span(catalog.valid))
    for index, discount in enumerate(catalog.discounts):
        if within(discount, catalog) is None:
            at = "until" if discount.until and span(discount)[1] < span(catalog.valid)[0] else "from"
            yield warning("discount_outside_edition", "discounts", index, at, **rule_names(discount.name), **whole)
    if catalog.referral is not None and within(catalog.referral, catalog) is None:
        yield warning("discount_outside_edition", "referral", **rule_names(catalog.referral.name), **whole)
    for index, agreed in enumerate(catalog.contract_prices):
        if within(agreed, catalog) is None:
            words = {"sku": agreed.sku, "customer": agreed.customer, **whole}
            yield warning("contract_price_outside_edition", "contract_prices", index, **words)


def reach(catalog: Catalog) -> Iterator[Problem]:
    """Rules that reach no product of the list, or only such as their measure never speaks of."""
    for index, discount in enumerate(catalog.discounts):
        if may_reach_custom(discount.on):
            continue
        products = reached(discount, catalog)
        if not products:
            yield warning("discount_reaches_none", "discounts", index, "on", **rule_names(discount.name))
        elif discount.by == "term_months" and discount.steps and all(p.per is None for p in products):
            yield warning("discount_without_term", "discounts", index, "by", **rule_names(discount.name))


def referral(catalog: Catalog) -> Iterator[Problem]:
    """A referral programme that thanks nobody, or for nothing the list has."""
    programme = catalog.referral
    if programme is None:
        return
    words = rule_names(programme.name)
    if not programme.referred and not programme.referrer:
        yield warning("discount_of_nothing", "referral", **words)
    elif not programme.on.is_everything and not any(scope_holds(programme.on, p) for p in catalog.products):
        yield warning("discount_reaches_none", "referral", "on", **words)


def rebates(catalog: Catalog) -> Iterator[Problem]:
    """Partner rebates that do not rise with the deal."""
    for tier, rebate in catalog.partner_rebates.items():
        ordered = sorted(rebate, key=lambda step: step.reached_from) if isinstance(rebate, tuple) else []
        for before, step in pairwise(ordered):
            if step.percent <= before.percent:
                here = {"from_": figure(step.reached_from), "rate": rate(step.percent)}
                was = {"before": figure(before.reached_from), "before_rate": rate(before.percent)}
                yield warning("discount_steps_fall", "partner_rebates", tier, rule=tier, **here, **was)


def steps(catalog: Catalog) -> Iterator[Problem]:
    """Steps that give no more than the one before, stand twice, or can never be the one that counts."""
    for index, discount in enumerate(catalog.discounts):
        words = rule_names(discount.name)
        if rates(discount) == {ZERO}:
            yield warning("discount_of_nothing", "discounts", index, **words)
            continue
        least, most = _measured(discount, reached(discount, catalog))
        ordered = sorted(enumerate(discount.steps), key=lambda each: each[1].reached_from)
        for place, (number, step) in enumerate(ordered):
            path = ("discounts", index, "steps", number)
            here = {**words, "from_": figure(step.reached_from), "rate": rate(step.percent)}
            before = ordered[place - 1][1] if place else None
            after = ordered[place + 1][1] if place + 1 < len(ordered) else None
            if before is not None and before.reached_from == step.reached_from:
                yield warning("discount_step_twice", *path, **here)
            elif before is not None and step.percent <= before.percent:
                was = {"before": figure(before.reached_from), "before_rate": rate(before.percent)}
                yield warning("discount_steps_fall", *path, **here, **was)
            elif step.reached_from > most:
                yield warning("discount_step_unreachable", *path, **here, by=discount.by, most=figure(most))
            elif after is not None and after.reached_from <= least:
                skipped = {"next": figure(after.reached_from), "least": figure(least), "by": discount.by}
                yield warning("discount_step_skipped", *path, **here, **skipped)


def _measured(discount: AutomaticDiscount, products: list[Product]) -> tuple[Decimal, Decimal]:
    """The least and the most a rule can measure on one line of what it reaches."""
    if discount.across == "deal" or discount.by == "amount" or not products:
        return ZERO, _LONGEST_TERM if discount.by == "term_months" else Decimal("Infinity")
    if discount.by == "quantity":
        return ZERO, Decimal(1) if all(p.percent_of for p in products) else Decimal("Infinity")
    return Decimal(min(p.min_term_months or 1 for p in products)), _LONGEST_TERM


def ambiguous(catalog: Catalog) -> Iterator[Problem]:
    """Two rules of one lane, equally particular, that give one product the same rate on one day: the later counts.

    Two promotions of different rate on the same days are told too: only the better one is ever given.
    """
    for _, one, index, other in pairs(catalog):
        days = shared(span(one), span(other))
        days = days and shared(days, span(catalog.valid))
        both = [p for p in reached(one, catalog) if reaches(other, p)]
        if days is None or not both or one.on.specificity != other.on.specificity:
            continue
        words = {**rule_names(other.name), "other": str(one.name), "sku": both[0].sku, "lane": one.lane, **told(days)}
        tie = _tie(one, other)
        if tie is not None:
            yield warning("discounts_ambiguous", "discounts", index, **words, rate=rate(tie))
        elif one.lane == "promotion":
            yield warning("promotions_overlap", "discounts", index, **words)


def _tie(one: AutomaticDiscount, other: AutomaticDiscount) -> Decimal | None:
    """A rate both can give to one line; rules that measure different things may meet at any of theirs."""
    if (one.by, one.across) == (other.by, other.across) or not (one.steps and other.steps):
        same = [rate_at(one, edge) for edge in edges(one, other) if rate_at(one, edge) == rate_at(other, edge)]
    else:
        same = sorted(rates(one) & rates(other))
    return next((each for each in same if each), None)


def never_best(catalog: Catalog) -> Iterator[Problem]:
    """A rule another of its lane always beats: it could as well not be there."""
    for i, one, k, other in pairs(catalog):
        for index, weaker, stronger in ((i, one, other), (k, other, one)):
            if _always_beaten(weaker, stronger, catalog):
                words = {**rule_names(weaker.name), "other": str(stronger.name)}
                yield warning("discount_never_best", "discounts", index, **words)


def _always_beaten(weaker: AutomaticDiscount, stronger: AutomaticDiscount, catalog: Catalog) -> bool:
    """Better at every measure, on every day and product of the weaker."""
    days, products = within(weaker, catalog), reached(weaker, catalog)
    if days is None or not products or shared(days, span(stronger)) != days:
        return False
    if stronger.steps and (weaker.by, weaker.across) != (stronger.by, stronger.across):
        return False
    if not all(reaches(stronger, product) for product in products):
        return False
    measures = edges(weaker, stronger) if weaker.steps else [ZERO, *edges(stronger)]
    given = [(rate_at(weaker, each), rate_at(stronger, each)) for each in measures]
    return all(less < more for less, more in given if less) and any(less for less, _ in given)


def agreed_prices(catalog: Catalog) -> Iterator[Problem]:
    """Prices agreed twice with one customer on the same day, and such as are dearer than the list."""
    before: dict[tuple[str, str], list[ContractPrice]] = {}
    for index, agreed in enumerate(catalog.contract_prices):
        words = {"sku": agreed.sku, "customer": agreed.customer}
        for earlier in before.setdefault((agreed.customer, agreed.sku), []):
            days = shared(span(agreed), span(earlier))
            if days:
                prices = {"price": figure(agreed.price), "other": figure(earlier.price)}
                yield warning("contract_price_twice", "contract_prices", index, **words, **prices, **told(days))
                break
        before[agreed.customer, agreed.sku].append(agreed)
        products = catalog.by_sku.get(agreed.sku, ())
        if products and all(p.kind == "bundle" or p.percent_of is not None for p in products):
            yield warning("contract_price_unused", "contract_prices", index, "sku", **words)
        listed = [p.unit_price for p in products if p.unit_price is not None]
        if listed and agreed.price > max(listed):
            prices = {"price": figure(agreed.price), "list": figure(max(listed))}
            yield warning("contract_price_above_list", "contract_prices", index, "price", **words, **prices)
