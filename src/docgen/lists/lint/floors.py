"""Cost, floor and list price of one product against each other, down to the deepest discount nobody has to ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from docgen.catalog.model import AutomaticDiscount, Catalog, Product
from docgen.lists.lint.days import telling_days
from docgen.lists.lint.reach import figure, rate, rates, reaches
from docgen.money import ONE, ZERO
from docgen.problems import Problem, warning

_LANES = ("volume", "term", "promotion")
_SHOWN = Decimal("0.000001")


def costs(catalog: Catalog) -> Iterator[Problem]:
    """A cost above what the product is listed at, or above its floor. Costs are without tax."""
    for index, product in enumerate(catalog.products):
        path, least = ("products", index, "cost"), least_price(product)
        if product.cost is None:
            continue
        words = {"sku": product.sku, "cost": figure(product.cost)}
        if least is not None and product.cost > _without_tax(least, product, catalog):
            yield warning("cost_above_list", *path, **words, list=figure(least))
        elif product.floor is not None and _without_tax(product.floor, product, catalog) < product.cost:
            yield warning("floor_below_cost", "products", index, "floor", **words, floor=figure(product.floor))


def floors(catalog: Catalog) -> Iterator[Problem]:
    """A floor above the list price, or above the best tier."""
    for index, product in enumerate(catalog.products):
        least = least_price(product)
        if product.floor is None or least is None:
            continue
        words = {"sku": product.sku, "floor": figure(product.floor)}
        if product.floor > _listed(product, least):
            yield warning("floor_above_list", "products", index, "floor", **words, list=figure(_listed(product, least)))
        elif product.floor > least:
            yield warning("floor_above_tier", "products", index, "floor", **words, tier=figure(least))


def floors_after_discounts(catalog: Catalog) -> Iterator[Problem]:
    """A floor the list price and its tiers keep, and automatic discounts together do not."""
    days = telling_days(catalog)
    for index, product in enumerate(catalog.products):
        least = least_price(product)
        if product.floor is None or least is None or product.floor > least:
            continue
        found = [(*_deepest(product, day, catalog), day) for day in days if product.valid.holds_on(day)]
        left, taken, day = min(found, key=lambda each: each[0], default=(ONE, [], None))
        if least * left < product.floor and day is not None:
            names = " + ".join(f"{rule.name} {rate(given)}" for rule, given in taken)
            after = figure((least * left).quantize(_SHOWN, ROUND_HALF_UP))
            words = {"sku": product.sku, "floor": figure(product.floor), "price": figure(least), "left": after}
            yield warning("floor_above_automatic", "products", index, "floor", **words, rules=names, day=day)


def _deepest(
    product: Product, day: dt.date, catalog: Catalog
) -> tuple[Decimal, list[tuple[AutomaticDiscount, Decimal]]]:
    """What is left of 1 after the best of every lane, were every step reached; and the rules that take it."""
    left, taken = ONE, []
    for lane in _LANES:
        rules = [
            (rule, max(rates(rule)))
            for rule in catalog.discounts
            if rule.lane == lane and rule.holds_on(day) and reaches(rule, product)
        ]
        best = max((each for each in rules if each[0].stack == "best"), key=lambda each: each[1], default=None)
        here = [each for each in rules if each is best or each[0].stack == "add"]
        left *= 1 - min(ONE, sum((given for _, given in here), ZERO))
        taken += here
    return left, taken


def least_price(product: Product) -> Decimal | None:
    """The lowest price of one unit: of the tiers, else the product's own. A step with a flat fee has no such price."""
    tiers = product.tiers
    if tiers is None or product.percent_of is not None:
        return product.unit_price
    if tiers.mode == "package":
        return tiers.price / tiers.size if tiers.price is not None and tiers.size else None
    return min((step.price for step in tiers.steps if not step.flat), default=None)


def _listed(product: Product, least: Decimal) -> Decimal:
    """The price papers show as the list: the product's own, else the highest of its tiers."""
    if product.unit_price is not None:
        return product.unit_price
    return max((step.price for step in (product.tiers.steps if product.tiers else ())), default=least)


def _without_tax(price: Decimal, product: Product, catalog: Catalog) -> Decimal:
    if catalog.prices == "tax_exclusive":
        return price
    code = product.tax or next(iter(catalog.taxes), "")
    return price / (1 + catalog.taxes.get(code, ZERO))
