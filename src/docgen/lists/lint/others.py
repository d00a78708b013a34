"""Smaller oddities: keys without effect, tiers that rise, twins by name, empty families, plans that cannot sum."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.catalog.model import Catalog, Product
from docgen.lists.lint.days import shared, span
from docgen.lists.lint.reach import figure
from docgen.money import ZERO, plain
from docgen.problems import Problem, warning

_OF_TIERS = ("tiers", "minimum", "maximum", "free_units")
_OF_BUNDLES = ("price", "per", "cost", "floor", "min_term_months", *_OF_TIERS)


def idle_keys(catalog: Catalog) -> Iterator[Problem]:
    """Keys that say nothing where they stand: a bundle's own price, tiers beside a rate of others."""
    for index, product in enumerate(catalog.products):
        keys = _OF_BUNDLES if product.kind == "bundle" else _OF_TIERS if product.percent_of is not None else ()
        for key in keys:
            if getattr(product, key) not in (None, ZERO):
                yield warning("key_without_effect", "products", index, key, sku=product.sku, key=key)
        if product.min_term_months and product.per is None and product.kind != "bundle":
            path = ("products", index, "min_term_months")
            yield warning("key_without_effect", *path, sku=product.sku, key="min_term_months")
        if product.unit_price == 0 and product.kind != "bundle":
            yield warning("price_of_nothing", "products", index, "price", sku=product.sku)
        if product.minimum is not None and product.maximum is not None and product.minimum > product.maximum:
            words = {"minimum": figure(product.minimum), "maximum": figure(product.maximum)}
            yield warning("minimum_above_maximum", "products", index, "minimum", sku=product.sku, **words)


def tier_prices(catalog: Catalog) -> Iterator[Problem]:
    """A tier that is dearer for one unit than the tier before, or than the product's own price."""
    for index, product in enumerate(catalog.products):
        steps = product.tiers.steps if product.tiers is not None and product.percent_of is None else ()
        before = product.unit_price
        for number, step in enumerate(steps):
            if before is not None and step.price > before:
                words = {"price": figure(step.price), "before": figure(before)}
                yield warning("tier_dearer", "products", index, "tiers", "steps", number, sku=product.sku, **words)
            before = step.price


def same_names(catalog: Catalog) -> Iterator[Problem]:
    """Two products of one family and kind that papers call the same: nobody could tell them apart."""
    seen: dict[tuple[object, ...], Product] = {}
    for index, product in enumerate(catalog.products):
        key = (product.name, product.family, product.kind, product.unit, product.per)
        other = seen.setdefault(key, product)
        if other.sku != product.sku and shared(span(other.valid), span(product.valid)):
            prices = [p.unit_price for p in (product, other)]
            words = {"sku": product.sku, "other": other.sku, "name": str(product.name)}
            told = [figure(p) if p is not None else "…" for p in prices]
            yield warning("same_name", "products", index, "name", **words, price=told[0], other_price=told[1])


def families(catalog: Catalog) -> Iterator[Problem]:
    used = {product.family for product in catalog.products}
    for family in catalog.families:
        if family not in used:
            yield warning("family_without_products", "families", family, rule=family)


def plans(catalog: Catalog) -> Iterator[Problem]:
    """Plans whose shares leave nothing for the parts with an amount; parts that are all amounts fit one total only."""
    for name, parts in catalog.payment_plans.items():
        shares = sum((part.share for part in parts if part.share is not None), ZERO)
        amounts = sum((part.amount for part in parts if part.amount is not None), ZERO)
        if not amounts:
            continue
        if shares >= 1:
            yield warning("plan_no_room", "payment_plans", name, rule=name, sum=f"{plain(shares * 100)}%")
        else:
            only = amounts / (1 - shares)
            yield warning(
                "plan_one_total", "payment_plans", name, rule=name, total=figure(only.quantize(Decimal("0.01")))
            )


def partner_tiers(catalog: Catalog) -> Iterator[Problem]:
    """Tiers whose rates neither fall nor rise from the first to the last."""
    rates = list(catalog.partner_tiers.values())
    if rates not in (sorted(rates), sorted(rates, reverse=True)):
        order = ", ".join(f"{name} {plain(rate * 100)}%" for name, rate in catalog.partner_tiers.items())
        yield warning("partner_tiers_order", "partner_tiers", tiers=order)
