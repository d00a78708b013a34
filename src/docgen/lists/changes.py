"""What one edition of a price list says otherwise than another, item by item, in words short enough for a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from docgen.catalog import Catalog, Product
from docgen.catalog.model import AutomaticDiscount, Bundle, Fixed, FixedPrice, Option, PartsLess
from docgen.catalog.programmes import DiscountStep, Validity
from docgen.lists.exchange import COLUMNS, cells_of
from docgen.money import plain
from docgen.vocabulary import PaymentPart, Scope

State = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class ListChange:
    """One thing of a list: its section, its name, what it said and says; `rate` where a price moved."""

    state: State
    section: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""
    rate: Fraction | None = None


def list_changes(before: Catalog, after: Catalog) -> list[ListChange]:
    """Products first, then everything else, section by section."""
    out = list(_products(before, after))
    for section, words in SECTIONS:
        out += _compared(section, dict(_without_doubles(words(before))), dict(_without_doubles(words(after))))
    return out


# ---- products -------------------------------------------------------------------------------------------------------
def _products(before: Catalog, after: Catalog) -> Iterator[ListChange]:
    old, new = _by_name(before), _by_name(after)
    for name, product in new.items():
        if name not in old:
            yield ListChange("added", "product", name, after=_price(product))
    for name, product in old.items():
        if name not in new:
            yield ListChange("removed", "product", name, before=_price(product))
    for name, product in new.items():
        if name in old and old[name] != product:
            yield from _fields(name, old[name], product)


def _by_name(catalog: Catalog) -> dict[str, Product]:
    """Products by SKU; where a SKU has several prices, by SKU and days."""
    several = {sku for sku, products in catalog.by_sku.items() if len(products) > 1}
    return {_named(product, product.sku in several): product for product in catalog.products}


def _named(product: Product, with_days: bool) -> str:
    return f"{product.sku} {_days(product.valid)}".strip() if with_days else product.sku


def _price(product: Product) -> str:
    cells = cells_of(product)
    return cells.get("price") or cells.get("tiers.steps") or ""


def _fields(name: str, before: Product, after: Product) -> Iterator[ListChange]:
    old, new = cells_of(before), cells_of(after)
    for head in (column.head for column in COLUMNS):
        if old.get(head) != new.get(head):
            rate = _rate(before, after) if head == "price" else None
            yield ListChange("changed", "product", name, head, old.get(head, ""), new.get(head, ""), rate)


def _rate(before: Product, after: Product) -> Fraction | None:
    if not before.unit_price or after.unit_price is None:
        return None
    return Fraction(after.unit_price) / Fraction(before.unit_price) - 1


# ---- everything else ------------------------------------------------------------------------------------------------
Words = Iterable[tuple[str, str]]
"""Names of a section, and what each says."""


def _compared(section: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[ListChange]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            state: State = "added" if old is None else "removed" if new is None else "changed"
            yield ListChange(state, section, name, before=old or "", after=new or "")


def _without_doubles(words: Words) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for name, text in words:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), text


def _head(catalog: Catalog) -> Words:
    yield "currency", catalog.currency
    yield "prices", catalog.prices
    yield "tax_rounding", catalog.tax_rounding
    yield "proration", catalog.proration


def _taxes(catalog: Catalog) -> Words:
    return ((code, _percent(rate)) for code, rate in catalog.taxes.items())


def _bundles(catalog: Catalog) -> Words:
    return ((sku, _bundle(bundle)) for sku, bundle in catalog.bundles.items())


def _bundle(bundle: Bundle) -> str:
    price = bundle.price
    first = f"{_percent(price.parts_less)} off" if isinstance(price, PartsLess) else ""
    first = plain(price.fixed) if isinstance(price, FixedPrice) else first or "parts"
    groups = [
        f"{group.name}{_limits(group.min, group.max)}: {', '.join(map(_option, group.options))}"
        for group in bundle.groups
    ]
    return "; ".join([first, *groups])


def _limits(low: int, high: int | None) -> str:
    return "" if not low and high is None else f" ({low}–{'…' if high is None else high})"


def _option(option: Option) -> str:
    quantity = option.quantity
    number = f"fixed {plain(quantity.fixed)}" if isinstance(quantity, Fixed) else "free"
    if not isinstance(quantity, Fixed | str):
        number = plain(quantity)
    marks = [mark for mark in ("required", "included", "default") if getattr(option, mark)]
    return " ".join([option.sku, "×", number, *marks])


def _rules(catalog: Catalog) -> Words:
    for rule in catalog.rules:
        yield from ((f"{rule.sku} requires {other}", "yes") for other in rule.requires)
        yield from ((f"{rule.sku} excludes {other}", "yes") for other in rule.excludes)


def _discounts(catalog: Catalog) -> Words:
    return ((str(discount.name), _discount(discount)) for discount in catalog.discounts)


def _discount(discount: AutomaticDiscount) -> str:
    given = _percent(discount.percent) if discount.percent is not None else _steps(discount.steps)
    how = [f"by {discount.by}"] if discount.steps else []
    how += ["across the deal"] if discount.across == "deal" else []
    how += ["adds up"] if discount.stack == "add" else []
    return ", ".join(filter(None, [discount.lane, given, *how, _scope(discount.on), _days(discount)]))


def _steps(steps: Iterable[DiscountStep]) -> str:
    return " / ".join(f"from {plain(step.reached_from)} {_percent(step.percent)}" for step in steps)


def _agreed(catalog: Catalog) -> Words:
    for price in catalog.contract_prices:
        yield f"{price.customer}, {price.sku}", " ".join(filter(None, [plain(price.price), _days(price)]))


def _partners(catalog: Catalog) -> Words:
    return ((tier, _percent(rate)) for tier, rate in catalog.partner_tiers.items())


def _rebates(catalog: Catalog) -> Words:
    for tier, rebate in catalog.partner_rebates.items():
        yield tier, _steps(rebate) if isinstance(rebate, tuple) else _percent(rebate)


def _referral(catalog: Catalog) -> Words:
    programme = catalog.referral
    if programme is not None:
        told = [f"referred {_percent(programme.referred)}, referrer {_percent(programme.referrer)}"]
        told += [f"at most {plain(programme.maximum)}"] if programme.maximum is not None else []
        yield str(programme.name), ", ".join(filter(None, [*told, _scope(programme.on), _days(programme)]))


def _plans(catalog: Catalog) -> Words:
    return ((name, "; ".join(_part(part) for part in parts)) for name, parts in catalog.payment_plans.items())


def _part(part: PaymentPart) -> str:
    share = _percent(part.share) if part.share is not None else plain(part.amount or Decimal(0))
    days = f" + {part.days.days}" if part.days.days else ""
    return f"{part.name} {share} {part.due}{days}{' from month end' if part.days.counted_from != 'event' else ''}"


def _approvals(catalog: Catalog) -> Words:
    for rule in catalog.approvals:
        unless = f" unless {rule.unless}" if rule.unless else ""
        told = [
            f"{rule.when}{unless}",
            " or ".join(rule.approver),
            f"{rule.chain} {rule.step}",
            f"quorum {rule.quorum}",
        ]
        told += [f"tolerance {name} {_percent(rate)}" for name, rate in rule.tolerance.items()]
        told += [f"{key} {' '.join(words)}" for key in ("looks_at", "documents") if (words := getattr(rule, key))]
        yield rule.rule, ", ".join(told)


SECTIONS: tuple[tuple[str, Callable[[Catalog], Words]], ...] = (
    ("list", _head),
    ("tax", _taxes),
    ("bundle", _bundles),
    ("rule", _rules),
    ("discount", _discounts),
    ("agreed price", _agreed),
    ("referral", _referral),
    ("partner tier", _partners),
    ("partner rebate", _rebates),
    ("payment plan", _plans),
    ("approval", _approvals),
)
"""Sections of a list beside its products. A new one is one function and one line here."""


# ---- words ----------------------------------------------------------------------------------------------------------
def _percent(rate: Decimal) -> str:
    return f"{plain(rate * 100)}%"


def _scope(scope: Scope) -> str:
    keys = ((key, getattr(scope, key)) for key in ("sku", "family", "kind"))
    return "on " + ", ".join(f"{key} {' or '.join(names)}" for key, names in keys if names) if scope != Scope() else ""


def _days(dated: Validity) -> str:
    if dated.first is None and dated.until is None:
        return ""
    return f"{dated.first or '…'} to {dated.until or '…'}"
