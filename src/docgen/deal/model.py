"""The grammar of a deal file. Ten lines make a useful deal; everything else has a default.

The tale (story), the value model and the contract's own data have files of their own beside this one.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from docgen.deal.channel import Partner, Referral
from docgen.deal.people import Bank, Person
from docgen.deal.terms import Terms
from docgen.deal.upgrade import Upgrade
from docgen.problems import Key, Path
from docgen.values import (
    PERCENT,
    YES_OR_NO,
    Amount,
    AnyRate,
    Count,
    Day,
    Days,
    DealNumber,
    Model,
    Months,
    MonthsOrZero,
    Quantity,
    QuantityOrZero,
    Section,
    Share,
    SignedAmount,
    Sku,
    Stage,
    Text,
    UnitPrice,
    Word,
    YesNo,
)
from docgen.vocabulary import DocumentId, Due, Kind, OneOrMany, PaymentPart, Scope, exactly_one

if TYPE_CHECKING:
    from docgen.deal.contract import Contract
    from docgen.deal.story import Story
    from docgen.deal.value import ValueModel
else:  # sections of the file with a grammar of their own, imported when a deal has them
    Contract = Story = ValueModel = Any

Language = Literal["zh-CN", "en"]
Billing = Literal["upfront", "yearly", "quarterly", "monthly"]


# ---- people and parties ---------------------------------------------------------------------------------------------
class Customer(Model):
    """The buyer. Revenue, profit, staff, `strategic` and contact roles are internal and never reach a paper."""

    name: Text
    address: Text | None = None
    tax_id: Word | None = None
    legal_representative: Text | None = None
    country: Word | None = None
    phone: Word | None = None
    bank: Bank | None = None
    industry: Text | None = None
    annual_revenue: Amount | None = None
    annual_profit: SignedAmount | None = None
    gross_profit: Amount | None = None
    strategic: YesNo = False
    staff: Count | None = None
    ownership: Word | None = None
    branches: Count | None = None
    it_base: Text | None = None
    software_in_use: tuple[Text, ...] = ()
    purchase_plan: Text | None = None
    contacts: tuple[Person, ...] = ()


class Budget(Model):
    amount: Amount
    covers: OneOrMany[Word] = ()
    elastic: Share = Decimal(0)


class WhyNow(Model):
    event: Text | None = None
    deadline: Day | None = None
    consequence: Text | None = None


class Condition(Model):
    """One purchase condition: whether it is met, and what shows it."""

    shorthand = YES_OR_NO
    met: YesNo
    evidence: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_yes_no(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"met": value}


class PurchaseConditions(Model):
    """The six conditions under which a customer buys; one that is not written is open.

    need: the pain is admitted · solution: the customer shares the idea of it · value: the gain is agreed ·
    authority: who decides supports it · budget: the money is there · timing: an event makes it now
    """

    need: Condition | None = None
    solution: Condition | None = None
    value: Condition | None = None
    authority: Condition | None = None
    budget: Condition | None = None
    timing: Condition | None = None

    @property
    def all(self) -> dict[str, Condition | None]:
        """Every condition by name, in the order of a sale."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    @property
    def met(self) -> tuple[str, ...]:
        return tuple(name for name, condition in self.all.items() if condition is not None and condition.met)


class Opportunity(Model):
    """The seller's view of the chance; internal but for the event and deadline a proposal may tell."""

    expected_close: Day | None = None
    budget: Budget | None = None
    why_now: WhyNow | None = None
    criteria: tuple[Text, ...] = ()
    competitors: tuple[Text, ...] = ()
    named_account: YesNo = False
    quote_strategy: Text | None = None
    purchase_conditions: PurchaseConditions | None = None


class Earlier(Model):
    """A figure said before; a later paper outside the range is flagged."""

    paper: Word
    date: Day
    figure: Word
    low: Amount | None = None
    high: Amount | None = None


# ---- lines ----------------------------------------------------------------------------------------------------------
class LineDiscount(Model):
    """What was agreed on one line: a rate, an amount off, a wanted unit price or a wanted net; exactly one."""

    shorthand = PERCENT
    percent: Share | None = None
    amount: Amount | None = None
    unit_price: UnitPrice | None = None
    net: Amount | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_rate(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"percent": value}

    @model_validator(mode="after")
    def _one_measure(self) -> LineDiscount:
        exactly_one(self, "percent", "amount", "unit_price", "net")
        return self

    @property
    def is_whole(self) -> bool:
        """Whether it speaks of the line as a whole, so that it is given once over a ramp."""
        return self.amount is not None or self.net is not None


class RampSegment(Model):
    months: Months
    quantity: Quantity
    discount: LineDiscount | None = None
    because: Text | None = None


_OF_CUSTOM_LINES = ("kind", "unit", "price", "cost", "tax")


class Line(Model):
    """One line of the deal: a product of the price list by `sku`, or a custom one by its words."""

    sku: Sku | None = None
    custom: Text | None = None
    quantity: Quantity = Decimal(1)
    options: dict[Sku, QuantityOrZero] = Field(default_factory=dict)
    kind: Kind | None = None
    unit: Word | None = None
    price: UnitPrice | None = None
    cost: UnitPrice | None = None
    tax: Word | None = None
    discount: LineDiscount | None = None
    because: Text | None = None
    optional: YesNo = False
    term_months: Months | None = None
    starts: Day | None = None
    ends: Day | None = None
    free_months: MonthsOrZero = 0
    ramp: tuple[RampSegment, ...] = ()
    upgrade: Upgrade | None = None
    note: Text | None = None

    def _only_custom(self) -> list[str]:
        return [name for name in _OF_CUSTOM_LINES if name in self.model_fields_set]

    @model_validator(mode="after")
    def _product_or_custom(self) -> Line:
        if (self.sku is None) == (self.custom is None):
            exactly_one(self, "sku", "custom")
        only_custom = self._only_custom() if self.sku is not None else []
        if only_custom:
            raise PydanticCustomError("only_for_custom", "only custom", {"names": ", ".join(only_custom)})
        if self.custom is not None and self.price is None:
            raise PydanticCustomError("custom_needs_price", "custom needs price", {})
        if self.custom is not None and self.kind == "bundle":
            raise PydanticCustomError("custom_is_no_bundle", "custom is no bundle", {})
        return self


# ---- money on the whole deal ----------------------------------------------------------------------------------------
class DealDiscount(Model):
    """A discount on the deal or a part of it: a rate, an amount, or the gross total to come to."""

    name: Text
    percent: Share | None = None
    amount: Amount | None = None
    to: Amount | None = None
    on: Scope = Scope()
    until: Day | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> DealDiscount:
        exactly_one(self, "percent", "amount", "to")
        return self


class Instalments(Model):
    """Step financing: level payments of an annuity at a yearly nominal rate, monthly."""

    instalments: Annotated[Count, Field(ge=1, le=360)]
    rate: AnyRate
    first: Due = "signing"


def _payment_shape(value: Any) -> str | None:
    if isinstance(value, str):
        return "@plan"
    return "@instalments" if isinstance(value, dict | Instalments) else "@parts"


Payment = Annotated[
    Annotated[Word, Tag("@plan")]
    | Annotated[tuple[PaymentPart, ...], Tag("@parts")]
    | Annotated[Instalments, Tag("@instalments")],
    Discriminator(_payment_shape),
]


class Alternative(Model):
    """One of good / better / best; the recommended one is the deal. `discounts` and `payment`, where they are written,
    take the place of the deal's: an empty list of discounts is none."""

    name: Text
    recommended: YesNo = False
    lines: tuple[Line, ...] = ()
    discounts: tuple[DealDiscount, ...] = ()
    payment: Payment | None = None


# ---- the deal -------------------------------------------------------------------------------------------------------
class Deal(Model):
    """One deal file. `date` is the pricing day: it chooses the edition of the price list and what prices are valid."""

    deal: Annotated[DealNumber, Field(examples=["D-0"])]
    revision: Annotated[Count, Field(ge=1)] = 1
    title: Text | None = None
    language: Annotated[OneOrMany[Language], Field(min_length=1, max_length=2)] = ("zh-CN",)
    date: Annotated[Day, Field(examples=["2026-01-01"])]
    valid_days: Days | None = None
    valid_until: Day | None = None
    currency: Word | None = None
    price_list: Word | None = None
    stage: Stage | None = None
    seller: Word | None = None
    prepared_by: Person | None = None
    term_months: Months | None = None
    starts: Day | None = None
    billing: Billing = "upfront"

    customer: Annotated[Customer, Field(examples=[{"name": "?"}])]
    opportunity: Opportunity = Opportunity()
    partner: Partner | None = None
    referral: Referral | None = None
    earlier: tuple[Earlier, ...] = ()

    lines: tuple[Line, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    discounts: tuple[DealDiscount, ...] = ()
    show_discounts: YesNo = True
    payment: Payment | None = None
    terms: Terms = Terms()
    value: Annotated[ValueModel | None, Section("docgen.deal.value:ValueModel")] = None
    story: Annotated[Story | None, Section("docgen.deal.story:Story")] = None
    contract: Annotated[Contract | None, Section("docgen.deal.contract:Contract")] = None
    documents: OneOrMany[DocumentId] = ()

    @property
    def offered_until(self) -> dt.date:
        """Last day the offer can be accepted, that day included; 30 days after `date` unless the deal says."""
        if self.valid_until is not None:
            return self.valid_until
        return self.date + dt.timedelta(days=self.valid_days if self.valid_days is not None else 30)

    def priced_on(self, day: dt.date) -> Deal:
        """The same deal on another pricing day: its services start when they did, and the offer ends no earlier."""
        until = max(self.offered_until, day)
        starts = self.starts or self.date
        return self.model_copy(update={"date": day, "starts": starts, "valid_until": until, "valid_days": None})

    def taking(self, index: int) -> tuple[Deal, dict[Key, Path]]:
        """The deal as if one of its alternatives were all there is, and where that one's keys stand."""
        chosen = self.alternatives[index]
        own = [key for key in ("discounts", "payment") if key in chosen.model_fields_set]
        values = {key: getattr(chosen, key) for key in ("lines", *own)}
        return self.model_copy(update=values), {key: ("alternatives", index, key) for key in values}

    @property
    def number(self) -> str:
        """Number of every paper: the deal's, with its revision."""
        return f"{self.deal}-{self.revision}"
