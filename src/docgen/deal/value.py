"""The value model as a deal states it; how it counts is the business of the value room."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from docgen.values import (
    NUMERIC,
    PERCENT,
    AnyRate,
    Day,
    Model,
    Months,
    MonthsOrZero,
    Share,
    SignedAmount,
    Text,
    Word,
    YesNo,
)

Maturity = Literal["initial", "refined", "proven", "delivered"]
Discounting = Literal["annual_end", "monthly_effective"]
Status = Literal["assumed", "estimate", "agreed", "proven", "delivered"]
CostKind = Literal["internal", "hardware", "software", "services", "other"]


def _worth_shape(value: Any) -> str:
    return "@rate" if isinstance(value, str) and value.strip().endswith(("%", "％")) else "@amount"


UnitValue = Annotated[
    Annotated[AnyRate, Tag("@rate")] | Annotated[SignedAmount, Tag("@amount")], Discriminator(_worth_shape)
]
"""`6%` of the baseline, or money for each unit of it: `18.50`."""


class AmountRange(Model):
    """One figure, or low / expected / high."""

    shorthand = NUMERIC
    low: SignedAmount | None = None
    expected: SignedAmount
    high: SignedAmount | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_one(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"expected": value}


class RateRange(Model):
    """One rate, or low / expected / high."""

    shorthand = PERCENT
    low: AnyRate | None = None
    expected: AnyRate
    high: AnyRate | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_one(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"expected": value}


class Benefit(Model):
    """One benefit line: a baseline times what a unit of it is worth times its improvement, or an amount per year.

    driver       what the baseline counts, in words: `stock on hand at year's end`, `calls a year`
    recapture    share of the improvement that becomes money (saved hours are not all used)
    build_up     share of the full effect in each quarter after its begin; the last one persists
    adoption     share of the people who use it in each year after its begin; the last one persists
    start_month  first month in which it brings something, where that is not the month after go-live
    source       where the number comes from;  evidence: what shows that it is so at this customer
    measure      how, when and by whom it will be measured
    actual       what came of it in each year after its begin, once delivered
    """

    id: Word
    kind: Literal["save", "earn", "avoid"] = Field("save", alias="class")
    name: Text
    driver: Text | None = None
    baseline: AmountRange | None = None
    unit: Word | None = None
    unit_value: UnitValue | None = None
    improvement: RateRange | None = None
    per_year: AmountRange | None = None
    recapture: Share = Decimal(1)
    build_up: tuple[Share, ...] = ()
    adoption: tuple[Share, ...] = ()
    risk: Share = Decimal(0)
    start_month: Months | None = None
    owner: Text | None = None
    source: Text | None = None
    evidence: Text | None = None
    status: Status = "estimate"
    measure: Text | None = None
    actual: tuple[SignedAmount, ...] = ()


class Cost(Model):
    """A cost of the customer's own beside the price: at signature and for each year, with its contingency."""

    name: Text
    kind: CostKind = "internal"
    initial: AmountRange | None = None
    per_year: AmountRange | None = None
    contingency: Share = Decimal(0)
    owner: Text | None = None
    source: Text | None = None
    evidence: Text | None = None


class Investment(Model):
    """An amount paid in one month, where the quotation's own amounts are not the investment."""

    month: MonthsOrZero
    amount: AmountRange
    name: Text | None = None
    kind: CostKind = "other"
    source: Text | None = None


class ValueModel(Model):
    """What the customer gains and pays, month by month from signature (month 0) to the horizon.

    signature        day of month 0, which places the service months of the quotation; the deal's date if not said
    investment       `quote`: the quotation's own amounts; or amounts by month
    with_options     count the optional lines of the quotation too
    tax_recoverable  false where the customer cannot deduct the tax, which then is a cost
    flows            a finance department's own net amounts by year, the first at signature, instead of all others
    """

    maturity: Maturity = "initial"
    horizon_months: Months = 36
    discount_rate: Share | None = None
    discounting: Discounting = "annual_end"
    go_live_month: MonthsOrZero = 0
    signature: Day | None = None
    investment: Literal["quote"] | tuple[Investment, ...] = "quote"
    with_options: YesNo = False
    tax_recoverable: YesNo = True
    benefits: tuple[Benefit, ...] = ()
    costs: tuple[Cost, ...] = ()
    flows: Annotated[tuple[SignedAmount, ...], Field(max_length=51)] = ()
    unquantified: tuple[Text, ...] = ()
    assumptions: tuple[Text, ...] = ()
