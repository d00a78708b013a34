"""The commercial terms of a deal: what both sides rely on beside the money. Every paper may tell them."""

from __future__ import annotations

from typing import Literal

from docgen.values import Amount, AnyRate, Count, Days, Model, Months, MonthsOrZero, Share, Text, Word, YesNo
from docgen.vocabulary import OneOrMany

Words = OneOrMany[Word]


class Acceptance(Model):
    days: Days | None = None
    unit: Literal["days", "working_days"] = "working_days"
    deemed: YesNo = True
    retests: Count | None = None
    criteria: Text | None = None
    by: Text | None = None


class Warranty(Model):
    months: MonthsOrZero | None = None
    start: Literal["signing", "delivery", "go_live", "acceptance"] = "acceptance"


class Liability(Model):
    """Cap in percent of a basis; with basis `amount`, the amount itself."""

    cap: AnyRate | None = None
    basis: Literal["total", "fees_12m", "amount"] = "total"
    amount: Amount | None = None
    carve_outs: Words = ()
    super_cap: AnyRate | None = None


class Renewal(Model):
    mode: Literal["none", "option", "auto", "same", "list", "uplift"] = "none"
    months: Months | None = None
    notice_days: Days | None = None
    uplift: Share | None = None


class Credit(Model):
    below: Share
    credit: Share


class Sla(Model):
    tier: Word = "none"
    uptime: Share | None = None
    credits: tuple[Credit, ...] = ()
    cap: Share | None = None
    window: Word | None = None


class Forum(Model):
    kind: Literal["court", "arbitration"]
    name: Text
    seat: Text | None = None
    language: Word | None = None


class Terms(Model):
    """What both sides rely on beside the money: delivery, acceptance, warranty, liability, renewal, law."""

    delivery: Text | None = None
    price: Text | None = None
    acceptance: Acceptance | None = None
    warranty: Warranty | None = None
    liability: Liability | None = None
    renewal: Renewal | None = None
    sla: Sla | None = None
    governing_law: Word | None = None
    forum: Forum | None = None
    notes: tuple[Text, ...] = ()
