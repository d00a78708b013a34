"""What automatic rules reach, and how their figures are told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.catalog.model import AutomaticDiscount, Catalog, Product
from docgen.money import ZERO, plain
from docgen.values import Text
from docgen.vocabulary import Scope


def figure(value: Decimal) -> str:
    """A number in a sentence: `12,740`, `0.5`."""
    whole, dot, rest = plain(value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def rate(value: Decimal) -> str:
    return f"{plain(value * 100)}%"


def rule_names(name: Text) -> dict[str, str]:
    """A rule's name as a finding tells it, and as an allowance may call it."""
    return {"rule": str(name), "rule_en": name.get("en")}


def reached(discount: AutomaticDiscount, catalog: Catalog) -> list[Product]:
    """The products of the list a rule reaches."""
    return [product for product in catalog.products if reaches(discount, product)]


def reaches(discount: AutomaticDiscount, product: Product) -> bool:
    """Whether a rule reaches a product on a line of its own: never a bundle, and without a scope no rate of others."""
    if product.kind == "bundle" or (discount.on.is_everything and product.percent_of is not None):
        return False
    return scope_holds(discount.on, product)


def scope_holds(scope: Scope, product: Product) -> bool:
    return scope.reaches(product.sku, product.family, product.kind)


def may_reach_custom(scope: Scope) -> bool:
    """Whether custom lines of deals are meant, which no list can know."""
    return "custom" in scope.kind and not scope.sku and not scope.family


def rates(discount: AutomaticDiscount) -> set[Decimal]:
    """Every rate a rule can give."""
    return {discount.percent} if discount.percent is not None else {step.percent for step in discount.steps}


def rate_at(discount: AutomaticDiscount, measure: Decimal) -> Decimal:
    """What the rule gives for a measure: the highest step that is reached."""
    if discount.percent is not None:
        return discount.percent
    steps = [step for step in discount.steps if step.reached_from <= measure]
    return max(steps, key=lambda step: step.reached_from).percent if steps else ZERO


def edges(*discounts: AutomaticDiscount) -> list[Decimal]:
    """Every measure at which one of the rules changes its rate."""
    return sorted({step.reached_from for each in discounts for step in each.steps} or {ZERO})


def pairs(catalog: Catalog) -> Iterator[tuple[int, AutomaticDiscount, int, AutomaticDiscount]]:
    """Two rules of one lane of which only one can win, the later in the file last."""
    alone = [(i, each) for i, each in enumerate(catalog.discounts) if each.stack == "best"]
    for position, (i, one) in enumerate(alone):
        for k, other in alone[position + 1 :]:
            if one.lane == other.lane:
                yield i, one, k, other
