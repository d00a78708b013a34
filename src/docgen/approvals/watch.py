"""What a person should look at before a quotation goes out: warnings, never errors, of money against what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from docgen.catalog import Catalog
from docgen.catalog.model import AutomaticDiscount
from docgen.catalog.programmes import ReferralProgramme
from docgen.deal import Deal
from docgen.pricing import Quote
from docgen.problems import Path, Problem, warning

_PARTS = {
    "software": ("licence", "subscription", "maintenance"),
    "licence": ("licence",),
    "licences": ("licence",),
    "subscription": ("subscription",),
    "maintenance": ("maintenance",),
    "services": ("service", "training", "custom"),
    "service": ("service", "training", "custom"),
    "training": ("training",),
    "hardware": ("hardware",),
    "custom": ("custom",),
}
"""What a budget's `covers` may name, as kinds of lines."""


def _budget(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    """The gross of the parts the budget covers, against the budget with what it may stretch."""
    budget = deal.opportunity.budget
    if budget is None:
        return
    kinds = {kind for part in budget.covers for kind in _PARTS.get(part, (part,))}
    amount = sum((line.payable for line in quote.counted if not kinds or line.line.kind in kinds), Decimal(0))
    if amount > budget.amount * (1 + budget.elastic):
        covers = ", ".join(budget.covers) or "everything"
        yield warning(
            "over_budget", "opportunity", "budget", amount=f"{amount:,}", covers=covers, budget=f"{budget.amount:,}"
        )


def _earlier(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    """An investment told before, against the customer's net total now."""
    totals = quote.totals
    now = totals.customer_gross - totals.customer_tax
    for index, said in enumerate(deal.earlier):
        if said.figure != "investment" or not quote.lines:
            continue
        if (said.low is not None and now < said.low) or (said.high is not None and now > said.high):
            low, high = (f"{x:,}" if x is not None else "…" for x in (said.low, said.high))
            words = {
                "figure": said.figure,
                "amount": f"{now:,}",
                "low": low,
                "high": high,
                "date": said.date,
                "paper": said.paper,
            }
            yield warning("earlier_range", "earlier", index, **words)


def _promotions(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    """A dated discount the quotation uses that ends before the offer does: a promotion, the referral programme, one of
    the deal's own."""
    language, valid = deal.language[0], deal.offered_until
    said = next((key for key in ("valid_until", "valid_days") if getattr(deal, key) is not None), "date")
    used = {(step.origin, step.path[:2]) for line in quote.lines for step in line.steps}
    dated: list[tuple[Path, AutomaticDiscount | ReferralProgramme]] = [
        (("discounts", index), rule) for index, rule in enumerate(catalog.discounts)
    ]
    dated += [(("referral",), catalog.referral)] if catalog.referral is not None else []
    for path, rule in dated:
        if rule.until is not None and rule.until < valid and ("price_list", path) in used:
            yield warning("promotion_ends_before", said, name=rule.name.get(language), until=rule.until, valid=valid)
    for index, own in enumerate(deal.discounts):
        if own.until is not None and deal.date <= own.until < valid:
            name = own.name.get(language)
            yield warning("promotion_ends_before", "discounts", index, "until", name=name, until=own.until, valid=valid)


def _customer_size(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    """Families are made for a size of customer: edges belong to the larger family; disagreeing figures are told."""
    sized = {k: f for k, f in catalog.families.items() if f.revenue_from is not None}
    revenue, language = deal.customer.annual_revenue, deal.language[0]
    if not sized or revenue is None:
        return
    least = min(f.revenue_from for f in sized.values() if f.revenue_from is not None)
    if revenue < least:
        yield warning("customer_small", "customer", "annual_revenue", revenue=f"{revenue:,}", least=f"{least:,}")
        return
    by_revenue = _largest(catalog, "revenue_from", revenue)
    by_profit = _largest(catalog, "profit_from", deal.customer.annual_profit)
    sold = {line.line.family for line in quote.counted if line.line.family in sized}
    for family in sorted(f for f in sold if f):
        told = [
            f"by {what}: {catalog.families[fits].name.get(language)}"
            for what, fits in (("revenue", by_revenue), ("profit", by_profit))
            if fits and fits != family
        ]
        if told:
            yield warning(
                "customer_size",
                "customer",
                "annual_revenue",
                family=catalog.families[family].name.get(language),
                what=", ".join(told),
            )


def _largest(catalog: Catalog, edge: str, figure: Decimal | None) -> str | None:
    """The largest family whose lower edge the figure reaches."""
    if figure is None:
        return None
    reached = {
        k: getattr(f, edge)
        for k, f in catalog.families.items()
        if getattr(f, edge) is not None and getattr(f, edge) <= figure
    }
    return max(reached, key=lambda k: reached[k], default=None)


def _conditions(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    """A purchase condition said to be met without anything that shows it."""
    conditions = deal.opportunity.purchase_conditions
    for name, found in conditions.all.items() if conditions is not None else ():
        if found is not None and found.met and found.evidence is None:
            yield warning("condition_without_evidence", "opportunity", "purchase_conditions", name, condition=name)


WATCHES: tuple[Callable[[Deal, Catalog, Quote], Iterator[Problem]], ...] = (
    _budget,
    _earlier,
    _promotions,
    _customer_size,
    _conditions,
)


def watch(deal: Deal, catalog: Catalog, quote: Quote) -> Iterator[Problem]:
    for each in WATCHES:
        yield from each(deal, catalog, quote)
