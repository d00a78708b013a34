"""The grammar of a price list: one edition of what we sell, at what price, under which rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from docgen.catalog.programmes import DiscountStep, Rebate, ReferralProgramme, Validity
from docgen.catalog.written import RATE_EXAMPLE, is_rate_of, read_rate_of, read_steps
from docgen.values import (
    Amount,
    Model,
    Months,
    Quantity,
    QuantityOrZero,
    Share,
    Shorthand,
    Sku,
    Text,
    UnitPrice,
    Word,
    YesNo,
)
from docgen.vocabulary import ApprovalRule, Kind, OneOrMany, PaymentPart, Scope

Per = Literal["month", "year"]


class Family(Model):
    """A product family and the size of customer it is made for."""

    name: Text
    revenue_from: Amount | None = None
    profit_from: Amount | None = None


class TierStep(Model):
    """Up to and including `up_to` units: a price for one unit, and a flat fee; the last step is open."""

    up_to: Quantity | None = None
    price: UnitPrice = Decimal(0)
    flat: Amount = Decimal(0)


class Tiers(Model):
    """volume: all units at the tier reached · graduated: each slice at its own · package: ⌈quantity / size⌉ × price."""

    mode: Literal["volume", "graduated", "package"]
    steps: Annotated[tuple[TierStep, ...], BeforeValidator(read_steps), Shorthand(type="string")] = ()
    size: Quantity | None = None
    price: UnitPrice | None = None


class PercentOf(Model):
    """A price that is a rate of other lines of the deal: maintenance of licences."""

    shorthand = {"type": "string", "examples": [RATE_EXAMPLE]}  # noqa: RUF012 - a class variable of Model
    percent_of: Scope
    rate: Share
    basis: Literal["list", "net"] = "list"

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return read_rate_of(value)


def _price_shape(value: Any) -> str:
    return "@percent_of" if isinstance(value, dict | PercentOf) or is_rate_of(value) else "@unit"


Price = Annotated[
    Annotated[UnitPrice, Tag("@unit")] | Annotated[PercentOf, Tag("@percent_of")],
    Discriminator(_price_shape),
]


class Product(Model):
    """One thing on the price list. `cost` and `floor` are internal and never reach a paper."""

    sku: Sku
    name: Text
    description: Text | None = None
    kind: Kind
    unit: Word = "piece"
    per: Per | None = None
    price: Price | None = None
    cost: UnitPrice | None = None
    floor: UnitPrice | None = None
    tax: Word | None = None
    family: Word | None = None
    min_term_months: Months | None = None
    tiers: Tiers | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None
    free_units: QuantityOrZero = Decimal(0)
    valid: Validity = Validity()

    @model_validator(mode="before")
    @classmethod
    def _own_dates(cls, value: Any) -> Any:
        """A price's own `from` and `until`, written flat."""
        if isinstance(value, dict) and ("from" in value or "until" in value):
            value = dict(value)
            value["valid"] = {k: value.pop(k) for k in ("from", "until") if k in value}
        return value

    @property
    def unit_price(self) -> Decimal | None:
        """Catalogue price of one unit and period; None for tiers without one, percent_of and bundles."""
        return self.price if isinstance(self.price, Decimal) else None

    @property
    def percent_of(self) -> PercentOf | None:
        return self.price if isinstance(self.price, PercentOf) else None


# ---- bundles --------------------------------------------------------------------------------------------------------
class Fixed(Model):
    fixed: Quantity


def _quantity_shape(value: Any) -> str:
    if value == "free":
        return "@free"
    return "@absolute" if isinstance(value, dict | Fixed) else "@per_bundle"


OptionQuantity = Annotated[
    Annotated[Quantity, Tag("@per_bundle")]
    | Annotated[Literal["free"], Tag("@free")]
    | Annotated[Fixed, Tag("@absolute")],
    Discriminator(_quantity_shape),
]
"""`30` per bundle, `{fixed: 30}` absolute, `free` as the deal says."""


class Option(Model):
    """A part a bundle may hold. required: always in · included: always in, free of charge · default: in unless the
    deal names other options of the group."""

    sku: Sku
    quantity: OptionQuantity = Decimal(1)
    required: YesNo = False
    included: YesNo = False
    default: YesNo = False

    @property
    def always(self) -> bool:
        return self.required or self.included


class Group(Model):
    name: Text
    options: tuple[Option, ...]
    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=1)] | None = None


class PartsLess(Model):
    parts_less: Share


class FixedPrice(Model):
    fixed: Amount


def _bundle_price_shape(value: Any) -> str | None:
    if value == "parts":
        return "@parts"
    if isinstance(value, PartsLess) or (isinstance(value, dict) and "parts_less" in value):
        return "@less"
    return "@fixed" if isinstance(value, dict | FixedPrice) else None


BundlePrice = Annotated[
    Annotated[Literal["parts"], Tag("@parts")]
    | Annotated[PartsLess, Tag("@less")]
    | Annotated[FixedPrice, Tag("@fixed")],
    Discriminator(_bundle_price_shape),
]


class Bundle(Model):
    price: BundlePrice = "parts"
    groups: tuple[Group, ...]


# ---- rules ----------------------------------------------------------------------------------------------------------
class Dependency(Model):
    """`sku` needs every one of `requires` in the deal, and none of `excludes`."""

    sku: Sku
    requires: OneOrMany[Sku] = ()
    excludes: OneOrMany[Sku] = ()


Lane = Literal["volume", "term", "promotion"]


class AutomaticDiscount(Validity):
    """A discount nobody has to ask for. In each lane the best one for the customer wins; `stack: add` joins it."""

    name: Text
    lane: Lane
    on: Scope = Scope()
    percent: Share | None = None
    by: Literal["quantity", "amount", "term_months"] = "quantity"
    steps: tuple[DiscountStep, ...] = ()
    across: Literal["line", "deal"] = "line"
    stack: Literal["best", "add"] = "best"

    @model_validator(mode="after")
    def _one_measure(self) -> AutomaticDiscount:
        if bool(self.steps) == (self.percent is not None):
            given = "percent, steps" if self.steps else "none"
            raise PydanticCustomError("exactly_one", "exactly one", {"names": "percent, steps", "given": given})
        return self


class ContractPrice(Validity):
    """A price agreed with one customer."""

    customer: Word
    sku: Sku
    price: UnitPrice


class Allowed(Model):
    """A finding of `docgen prices lint` that is meant: its code, the product or rule it speaks of, and why."""

    code: Word
    sku: Sku | None = None
    rule: Word | None = None
    because: Text


class Catalog(Model):
    """One edition of one price list."""

    price_list: Annotated[Word, Field(examples=["?"])]
    edition: Word = "1"
    currency: Annotated[Word, Field(examples=["CNY"])]
    valid: Validity = Validity()
    owner: Text | None = None
    note: Text | None = None
    prices: Literal["tax_exclusive", "tax_inclusive"] = "tax_exclusive"
    tax_rounding: Literal["line", "total"] = "line"
    proration: Literal["month_day", "daily", "whole_month"] = "month_day"
    taxes: dict[Word, Share] = Field(default_factory=dict)
    families: dict[Word, Family] = Field(default_factory=dict)
    products: tuple[Product, ...] = ()
    bundles: dict[Sku, Bundle] = Field(default_factory=dict)
    rules: tuple[Dependency, ...] = ()
    discounts: tuple[AutomaticDiscount, ...] = ()
    contract_prices: tuple[ContractPrice, ...] = ()
    referral: ReferralProgramme | None = None
    partner_tiers: dict[Word, Share] = Field(default_factory=dict)
    partner_rebates: dict[Word, Rebate] = Field(default_factory=dict)
    payment_plans: dict[Word, tuple[PaymentPart, ...]] = Field(default_factory=dict)
    approvals: tuple[ApprovalRule, ...] = ()
    lint_allow: tuple[Allowed, ...] = ()

    @cached_property
    def by_sku(self) -> dict[str, tuple[Product, ...]]:
        """All prices of a SKU; more than one where single prices have dates of their own."""
        out: dict[str, tuple[Product, ...]] = {}
        for product in self.products:
            out[product.sku] = (*out.get(product.sku, ()), product)
        return out

    def index_of(self, product: Product) -> int:
        """Where the product stands in the file, for naming the source of a price."""
        return self._indices[id(product)]

    @cached_property
    def _indices(self) -> dict[int, int]:
        return {id(product): index for index, product in enumerate(self.products)}

    def product(self, sku: str, day: dt.date) -> Product | None:
        """The product as sold on `day`: a price with dates of its own goes before one without."""
        valid = [p for p in self.by_sku.get(sku, ()) if p.valid.holds_on(day)]
        if len(valid) < 2:
            return valid[0] if valid else None
        return max(valid, key=lambda p: p.valid != Validity())

    @property
    def name(self) -> str:
        return f"{self.price_list}@{self.edition}"
