"""The value model as a deal states it; how it counts is the business of the value room."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from docgen.values import NUMERIC, PERCENT, AnyRate, Model, Months, MonthsOrZero, Share, SignedAmount, Text, Word


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
    shorthand = PERCENT
    low: AnyRate | None = None
    expected: AnyRate
    high: AnyRate | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_one(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"expected": value}


class Benefit(Model):
    """One benefit line: a driver times its improvement, or an amount per year."""

    id: Word
    kind: Literal["save", "earn", "avoid"] = Field("save", alias="class")
    name: Text
    baseline: SignedAmount | None = None
    unit_value: Annotated[AnyRate | SignedAmount, Field(union_mode="left_to_right")] | None = None
    improvement: RateRange | None = None
    per_year: AmountRange | None = None
    recapture: Share = Decimal(1)
    build_up: tuple[Share, ...] = ()
    adoption: tuple[Share, ...] = ()
    risk: Share = Decimal(0)
    start_month: MonthsOrZero | None = None
    owner: Text | None = None
    evidence: Text | None = None
    status: Literal["assumed", "estimate", "agreed", "proven", "delivered"] = "estimate"
    actual: tuple[SignedAmount, ...] = ()


class Cost(Model):
    name: Text
    initial: SignedAmount = Decimal(0)
    per_year: SignedAmount = Decimal(0)
    contingency: Share = Decimal(0)
    owner: Text | None = None
    evidence: Text | None = None


class Investment(Model):
    month: MonthsOrZero
    amount: SignedAmount


class ValueModel(Model):
    maturity: Literal["initial", "refined", "proven", "delivered"] = "initial"
    horizon_months: Months = 36
    discount_rate: AnyRate | None = None
    discounting: Literal["annual_end", "monthly_effective"] = "annual_end"
    go_live_month: MonthsOrZero = 0
    investment: Literal["quote"] | tuple[Investment, ...] = "quote"
    benefits: tuple[Benefit, ...] = ()
    costs: tuple[Cost, ...] = ()
    flows: tuple[SignedAmount, ...] = ()
    unquantified: tuple[Text, ...] = ()
    assumptions: tuple[Text, ...] = ()
