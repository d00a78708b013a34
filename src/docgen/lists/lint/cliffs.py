"""Where more costs less: 49 users at 260 are 12,740, 50 at 230 only 11,500."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from docgen.catalog.model import AutomaticDiscount, Catalog, Product
from docgen.lists.lint.reach import figure, reached, rule_names
from docgen.money import ONE, ZERO
from docgen.pricing.list_price import tier_amount
from docgen.problems import Problem, warning

_CENT = Decimal("0.01")


# ---- tiers ----------------------------------------------------------------------------------------------------------
def tier_cliffs(catalog: Catalog) -> Iterator[Problem]:
    """Each edge of a product's tiers behind which one unit more costs less than the edge.

    Between edges an amount never falls (prices are not negative), so looking at the edges is looking at everything.
    """
    for index, product in enumerate(catalog.products):
        if product.tiers is None or product.tiers.mode == "package" or product.percent_of is not None:
            continue
        for number, edge in enumerate(_edges(product)):
            more = edge + _grain(product)
            dearer, cheaper = tier_amount(product, edge), tier_amount(product, more)
            if cheaper < dearer:
                yield warning(
                    "tier_cliff",
                    *("products", index, "tiers", "steps", number),
                    sku=product.sku,
                    edge=figure(edge),
                    dearer=figure(dearer),
                    more=figure(more),
                    cheaper=figure(cheaper),
                    better_from=figure(_dearer_from(product, edge, cheaper)),
                )


def _edges(product: Product) -> list[Decimal]:
    steps = product.tiers.steps if product.tiers else ()
    return [step.up_to + product.free_units for step in steps[:-1] if step.up_to is not None]


def _grain(product: Product) -> Decimal:
    """The smallest amount the list counts in: one, or a tenth where a tier ends at 2.5."""
    places = [-int(value.normalize().as_tuple().exponent) for value in (*_edges(product), product.free_units)]
    return ONE.scaleb(-max(0, *places))


def _dearer_from(product: Product, edge: Decimal, amount: Decimal) -> Decimal:
    """The smallest quantity from which on every one up to the edge costs more than `amount`.

    Within one tier amounts never fall, so each tier is searched by halving, from the edge down.
    """
    grain, best = _grain(product), edge
    tops = [ZERO, *(each for each in _edges(product) if each < edge), edge]
    for below, top in reversed(list(pairwise(tops))):
        counts = range(1, int((top - below) / grain) + 1)
        not_dearer = bisect_right(counts, amount, key=lambda n: tier_amount(product, below + n * grain))
        if not_dearer == len(counts):
            break
        best = below + (not_dearer + 1) * grain
        if not_dearer:
            break
    return best


# ---- discounts ------------------------------------------------------------------------------------------------------
def discount_cliffs(catalog: Catalog) -> Iterator[Problem]:
    """A rule whose steps make more cost less: with 5 % before and 10 % from 100 on, 100 units cost less than 95."""
    for index, discount in enumerate(catalog.discounts):
        cliffs = [f"{figure(less)} → {figure(more)}" for less, more in _step_cliffs(discount)]
        if cliffs and reached(discount, catalog):
            yield warning(
                "discount_cliff",
                *("discounts", index, "steps"),
                **rule_names(discount.name),
                by=discount.by,
                cliffs=", ".join(cliffs),
            )


def _step_cliffs(discount: AutomaticDiscount) -> Iterator[tuple[Decimal, Decimal]]:
    """The smallest measure that costs more than a step behind it does, and that step; at a steady price per unit."""
    before = ZERO
    for step in sorted(discount.steps, key=lambda each: each.reached_from):
        if before < step.percent:
            less = _next_above(step.reached_from * (1 - step.percent) / (1 - before), discount.by)
            if less < step.reached_from:
                yield less, step.reached_from
        before = step.percent


def _next_above(worth: Decimal, by: str) -> Decimal:
    """The first unit or month above; of an amount the cent."""
    if by == "amount":
        return worth.quantize(_CENT, ROUND_CEILING)
    return worth.to_integral_value(ROUND_FLOOR) + 1
