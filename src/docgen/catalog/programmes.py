"""What a price list gives for bringing business, and the days anything of it holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pydantic import Field

from docgen.values import Amount, Day, Model, Share, Text
from docgen.vocabulary import Scope


class Validity(Model):
    """From one day to another, both included; an open side has no end."""

    first: Day | None = Field(None, alias="from")
    until: Day | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.until is None or day <= self.until)


class ReferralProgramme(Validity):
    """Thanks for a recommendation: `referred` for the customer who was sent to us, `referrer` for the one who sent
    another. `maximum`: the most one deal gets, in money."""

    name: Text
    referred: Share = Decimal(0)
    referrer: Share = Decimal(0)
    on: Scope = Scope()
    maximum: Amount | None = None
