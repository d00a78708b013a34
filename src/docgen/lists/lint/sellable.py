"""What stands in the list and cannot be sold: no valid day, requirements that contradict, groups nobody can fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.catalog.model import Bundle, Catalog, Group, Option, Product
from docgen.lists.lint.days import Span, gaps, shared, span, told, within
from docgen.lists.lint.reach import may_reach_custom, scope_holds
from docgen.problems import Path, Problem, problem, warning


# ---- days -----------------------------------------------------------------------------------------------------------
def prices_in_time(catalog: Catalog) -> Iterator[Problem]:
    """Prices whose own dates lie outside the edition, and days of the edition on which a product has none."""
    for sku, products in catalog.by_sku.items():
        covered = [days for product in products if (days := within(product.valid, catalog))]
        for product in products:
            if within(product.valid, catalog) is None:
                tell = warning if covered else problem
                path = ("products", catalog.index_of(product), "from" if product.valid.first else "until")
                yield tell("price_outside_edition", *path, sku=sku, **_edition(catalog))
        for gap in gaps(covered, span(catalog.valid)) if covered else ():
            path = ("products", catalog.index_of(products[0]), "sku")
            yield warning("price_gap", *path, sku=sku, **told(gap))


def _edition(catalog: Catalog) -> dict[str, str]:
    return {"edition": catalog.edition, **told(span(catalog.valid))}


# ---- requires and excludes ------------------------------------------------------------------------------------------
def requirements(catalog: Catalog) -> Iterator[Problem]:
    """Products whose requirements cannot all be in one deal, on one day."""
    requires, excludes = _requires(catalog), _excludes(catalog)
    for index, rule in enumerate(catalog.rules):
        for key in ("requires", "excludes"):
            if rule.sku in getattr(rule, key):
                tell = warning if key == "requires" else problem
                yield tell("rule_on_itself", "rules", index, key, sku=rule.sku, key=key)
        if not rule.requires:
            continue
        needed = _all_needed(rule.sku, requires)
        clash = next((pair for pair in excludes if set(pair) <= set(needed) and pair[0] != pair[1]), None)
        if clash is not None:
            yield problem("requires_excluded", "rules", index, "sku", sku=rule.sku, one=clash[0], other=clash[1])
        elif not _common_days([catalog.by_sku.get(sku, ()) for sku in needed], catalog):
            names = ", ".join(sku for sku in needed if sku != rule.sku)
            yield problem("never_sold_together", "rules", index, "sku", sku=rule.sku, needed=names)


def _requires(catalog: Catalog) -> Mapping[str, list[str]]:
    out: dict[str, list[str]] = {}
    for rule in catalog.rules:
        out.setdefault(rule.sku, []).extend(sku for sku in rule.requires if sku in catalog.by_sku)
    return out


def _excludes(catalog: Catalog) -> list[tuple[str, str]]:
    return [(rule.sku, other) for rule in catalog.rules for other in rule.excludes]


def _all_needed(sku: str, requires: Mapping[str, Sequence[str]]) -> list[str]:
    """The product and everything it needs, directly or through others."""
    out = [sku]
    for each in out:
        out += [needed for needed in requires.get(each, ()) if needed not in out]
    return list(dict.fromkeys(out))


def _common_days(products: Iterable[Sequence[Product]], catalog: Catalog) -> list[Span]:
    """The days of the edition on which each of them has a price; one without any valid day is told by itself."""
    common = [span(catalog.valid)]
    for prices in products:
        own = [days for price in prices if (days := within(price.valid, catalog))]
        if own:
            common = [days for one in common for other in own if (days := shared(one, other))]
    return common


# ---- bundles --------------------------------------------------------------------------------------------------------
def groups(catalog: Catalog) -> Iterator[Problem]:
    """Bundles that cannot be ordered, or not as they stand without naming options."""
    for sku, bundle in catalog.bundles.items():
        for number, group in enumerate(bundle.groups):
            yield from _group(sku, group, ("bundles", sku, "groups", number))
        yield from _parts_together(catalog, sku, bundle)


def _group(sku: str, group: Group, path: Path) -> Iterator[Problem]:
    always = [option for option in group.options if option.always]
    taken = [option for option in group.options if option.always or option.default]
    words = {"sku": sku, "group": str(group.name), "options": len(group.options)}
    if group.min > len(group.options):
        yield problem("group_min_unreachable", *path, "min", min=group.min, **words)
    if group.max is not None and group.max < max(group.min, len(always)):
        least = max(group.min, len(always))
        yield problem("group_max_too_low", *path, "max", max=group.max, least=least, **words)
    elif group.max is not None and len(taken) > group.max:
        yield warning("group_defaults_too_many", *path, "max", max=group.max, taken=len(taken), **words)
    for number, option in enumerate(group.options):
        if option in taken and option.quantity == "free":
            at = (*path, "options", number, "quantity")
            yield warning("default_without_number", *at, sku=sku, part=option.sku)


def _parts_together(catalog: Catalog, sku: str, bundle: Bundle) -> Iterator[Problem]:
    """The parts that are always in, with all they need."""
    requires, path = _requires(catalog), ("bundles", sku)
    needed = list(dict.fromkeys(each for part in _always(bundle) for each in _all_needed(part.sku, requires)))
    clash = next((pair for pair in _excludes(catalog) if set(pair) <= set(needed) and pair[0] != pair[1]), None)
    if clash is not None:
        yield problem("bundle_parts_exclude", *path, sku=sku, one=clash[0], other=clash[1])
    elif not _common_days([catalog.by_sku.get(each, ()) for each in (sku, *needed)], catalog):
        yield problem("never_sold_together", *path, sku=sku, needed=", ".join(needed))


def _always(bundle: Bundle) -> list[Option]:
    return [option for group in bundle.groups for option in group.options if option.always]


# ---- rates of others ------------------------------------------------------------------------------------------------
def percent_bases(catalog: Catalog) -> Iterator[Problem]:
    """A price that is a rate of products the list does not have."""
    for index, product in enumerate(catalog.products):
        terms = product.percent_of
        if terms is None or may_reach_custom(terms.percent_of):
            continue
        if not any(scope_holds(terms.percent_of, other) and other.kind != "bundle" for other in catalog.products):
            yield warning("percent_of_nothing", "products", index, "price", "percent_of", sku=product.sku)


def percent_circles(catalog: Catalog) -> Iterator[Problem]:
    """Prices that are rates of each other, or of themselves: in one deal they cannot be worked out."""
    rates = [product for product in catalog.products if product.percent_of is not None]
    bases = {
        p.sku: [o.sku for o in rates if p.percent_of is not None and scope_holds(p.percent_of.percent_of, o)]
        for p in rates
    }
    told_of: set[str] = set()
    for product in rates:
        circle = [sku for sku in _behind(product.sku, bases) if product.sku in _behind(sku, bases)]
        if circle and product.sku not in told_of:
            told_of |= {product.sku, *circle}
            path = ("products", catalog.index_of(product), "price")
            yield problem("percent_circle", *path, sku=product.sku, skus=", ".join(circle))


def _behind(sku: str, bases: Mapping[str, Sequence[str]]) -> list[str]:
    """What a price leans on, directly or through others."""
    out = list(bases.get(sku, ()))
    for each in out:
        out += [more for more in bases.get(each, ()) if more not in out]
    return out
