"""What a price list gives for bringing business, and the days anything of it holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from docgen.values import Amount, Day, Model, Share, Text
from docgen.vocabulary import Scope


class Validity(Model):
    """From one day to another, both included; an open side has no end."""

    first: Day | None = Field(None, alias="from")
    until: Day | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.until is None or day <= self.until)

    def nearest(self, day: dt.date) -> dt.date:
        """The day itself, or the first or last day it holds."""
        if self.first is not None and day < self.first:
            return self.first
        return self.until if self.until is not None and day > self.until else day


class DiscountStep(Model):
    """Reached from this value on, the value included."""

    reached_from: Amount = Field(alias="from")
    percent: Share


def _rebate_shape(value: Any) -> str:
    return "@steps" if isinstance(value, list | tuple) else "@rate"


Rebate = Annotated[
    Annotated[Share, Tag("@rate")] | Annotated[tuple[DiscountStep, ...], Tag("@steps"), Field(min_length=1)],
    Discriminator(_rebate_shape),
]
"""What we pay back to a partner of one tier: one rate, or rates by the net of the deal."""


class ReferralProgramme(Validity):
    """Thanks for a recommendation: `referred` for the customer who was sent to us, `referrer` for the one who sent
    another. `maximum`: the most one deal gets, in money."""

    name: Text
    referred: Share = Decimal(0)
    referrer: Share = Decimal(0)
    on: Scope = Scope()
    maximum: Amount | None = None
