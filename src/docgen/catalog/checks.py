"""What a price list alone can get wrong, beyond its grammar. A new check is one function and one line in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from docgen.catalog.model import Catalog, Product, Tiers
from docgen.catalog.programmes import Validity
from docgen.currencies import is_currency
from docgen.money import plain
from docgen.problems import Path, Problem, problem
from docgen.vocabulary import Scope


def _products(catalog: Catalog) -> Iterator[Problem]:
    families, taxes = "\n".join(catalog.families), "\n".join(catalog.taxes)
    for index, product in enumerate(catalog.products):
        path: Path = ("products", index)
        if product.family is not None and product.family not in catalog.families:
            yield problem("unknown_family", *path, "family", family=product.family, known=families)
        if product.tax is not None and product.tax not in catalog.taxes:
            yield problem("unknown_tax", *path, "tax", tax=product.tax, known=taxes)
        if product.kind == "bundle":
            if product.sku not in catalog.bundles:
                yield problem("bundle_without_contents", *path, "sku", sku=product.sku)
            continue
        if product.tax is None and len(catalog.taxes) > 1:
            yield problem("product_without_tax", *path, sku=product.sku)
        if product.price is None and product.tiers is None:
            yield problem("product_without_price", *path, sku=product.sku)
        if product.tiers is not None:
            yield from _tiers(product, product.tiers, (*path, "tiers"))


def _tiers(product: Product, tiers: Tiers, path: Path) -> Iterator[Problem]:
    if tiers.mode == "package":
        lacking = [name for name, value in (("size", tiers.size), ("price", tiers.price)) if value is None]
        if lacking:
            yield problem("tiers_incomplete", *path, sku=product.sku, what=" and ".join(lacking))
        return
    if not tiers.steps:
        yield problem("tiers_incomplete", *path, sku=product.sku, what="steps")
        return
    tops = [step.up_to for step in tiers.steps]
    closed = [top for top in tops[:-1] if top is not None]
    if (
        len(closed) < len(tops) - 1
        or closed != sorted(set(closed))
        or (tops[-1] is not None and closed and tops[-1] <= closed[-1])
    ):
        yield problem("tiers_out_of_order", *path, "steps", sku=product.sku)


def _doubles(catalog: Catalog) -> Iterator[Problem]:
    """The same SKU twice is fine only if the dates do not overlap; a price without dates is the standing one."""
    seen: dict[str, list[tuple[int, Validity]]] = {}
    for index, product in enumerate(catalog.products):
        for _, other in seen.get(product.sku, []):
            if (product.valid == Validity()) == (other == Validity()) and _overlap(product.valid, other):
                yield problem("duplicate_sku", "products", index, "sku", sku=product.sku)
                break
        seen.setdefault(product.sku, []).append((index, product.valid))


def _overlap(one: Validity, other: Validity) -> bool:
    def before(a: Validity, b: Validity) -> bool:
        return a.until is not None and b.first is not None and a.until < b.first

    return not before(one, other) and not before(other, one)


def _bundles(catalog: Catalog) -> Iterator[Problem]:
    for sku, bundle in catalog.bundles.items():
        if not any(p.kind == "bundle" for p in catalog.by_sku.get(sku, ())):
            yield problem("bundle_not_a_product", "bundles", sku, sku=sku)
        for g, group in enumerate(bundle.groups):
            for o, option in enumerate(group.options):
                path = ("bundles", sku, "groups", g, "options", o, "sku")
                if any(p.kind == "bundle" for p in catalog.by_sku.get(option.sku, ())):
                    yield problem("bundle_in_bundle", *path, sku=option.sku)
                else:
                    yield from _known(catalog, option.sku, path)


def _references(catalog: Catalog) -> Iterator[Problem]:
    for index, rule in enumerate(catalog.rules):
        yield from _known(catalog, rule.sku, ("rules", index, "sku"))
        for key in ("requires", "excludes"):
            for i, sku in enumerate(getattr(rule, key)):
                yield from _known(catalog, sku, ("rules", index, key, i))
    for index, price in enumerate(catalog.contract_prices):
        yield from _known(catalog, price.sku, ("contract_prices", index, "sku"))
    for index, discount in enumerate(catalog.discounts):
        yield from _scope(catalog, discount.on, ("discounts", index, "on"))
    if catalog.referral is not None:
        yield from _scope(catalog, catalog.referral.on, ("referral", "on"))
    for index, product in enumerate(catalog.products):
        if product.percent_of is not None:
            yield from _scope(catalog, product.percent_of.percent_of, ("products", index, "price", "percent_of"))


def _scope(catalog: Catalog, scope: Scope, path: Path) -> Iterator[Problem]:
    for i, sku in enumerate(scope.sku):
        yield from _known(catalog, sku, (*path, "sku", i))
    for i, family in enumerate(scope.family):
        if family not in catalog.families:
            yield problem("unknown_family", *path, "family", i, family=family, known="\n".join(catalog.families))


def _known(catalog: Catalog, sku: str, path: Path) -> Iterator[Problem]:
    if sku not in catalog.by_sku:
        yield problem("unknown_sku_in_list", *path, sku=sku, known="\n".join(catalog.by_sku))


def _dates(catalog: Catalog) -> Iterator[Problem]:
    spans: list[tuple[Path, object, object]] = [(("valid",), catalog.valid.first, catalog.valid.until)]
    spans += [(("discounts", i, "until"), d.first, d.until) for i, d in enumerate(catalog.discounts)]
    spans += [(("contract_prices", i, "until"), c.first, c.until) for i, c in enumerate(catalog.contract_prices)]
    spans += [(("products", i, "until"), p.valid.first, p.valid.until) for i, p in enumerate(catalog.products)]
    if catalog.referral is not None:
        spans.append((("referral", "until"), catalog.referral.first, catalog.referral.until))
    for path, first, until in spans:
        if first is not None and until is not None and until < first:  # type: ignore[operator]
            yield problem("valid_turned", *path, first=first, until=until)


def _plans(catalog: Catalog) -> Iterator[Problem]:
    for name, parts in catalog.payment_plans.items():
        shares = [part.share for part in parts if part.share is not None]
        if len(shares) == len(parts) and sum(shares) != 1:
            summed = f"{plain(sum(shares, Decimal(0)) * 100)}%"
            yield problem("plan_shares", "payment_plans", name, plan=name, sum=summed)


def _rebates(catalog: Catalog) -> Iterator[Problem]:
    tiers = "\n".join(catalog.partner_tiers)
    for tier in catalog.partner_rebates:
        if tier not in catalog.partner_tiers:
            yield problem("unknown_partner_tier", "partner_rebates", tier, tier=tier, known=tiers)


def _currency(catalog: Catalog) -> Iterator[Problem]:
    if not is_currency(catalog.currency):
        yield problem("unknown_currency", "currency", currency=catalog.currency, known="CNY\nUSD\nEUR")


CHECKS: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    _currency,
    _products,
    _doubles,
    _bundles,
    _references,
    _dates,
    _plans,
    _rebates,
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """All problems of a price list, with paths into its file."""
    for each in CHECKS:
        for found in each(catalog):
            yield replace(found, origin="price_list")
