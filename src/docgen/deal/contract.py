"""The few data only a deal's contract needs (groups as in the clause catalogue). Loaded only when a deal has them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from docgen.values import Amount, Count, Day, Days, Model, Share, Text, UnitPrice, Word, YesNo
from docgen.vocabulary import OneOrMany

Words = OneOrMany[Word]


class Late(Model):
    rate_per_day: Share | None = None
    cap: Share | None = None


class PriceProtection(Model):
    cap: Share | None = None
    years: Count | None = None


class Support(Model):
    tier: Word = "standard"
    hours: Text | None = None
    response: dict[Word, Text] = Field(default_factory=dict)


class Data(Model):
    personal: YesNo = False
    sensitive: YesNo = False
    regions: Words = ()
    residency: Word | None = None
    breach_hours: Count | None = None
    subprocessors: tuple[Text, ...] = ()
    export_route: Text | None = None
    return_days: Days | None = None
    subjects: Text | None = None
    kinds: Text | None = None
    purpose: Text | None = None


class Change(Model):
    rate: UnitPrice | None = None
    unit: Word = "day"
    reply_days: Days | None = None


class IntellectualProperty(Model):
    owner: Literal["supplier", "customer", "joint"] = "supplier"
    transfer_on: Literal["full_payment", "delivery"] = "full_payment"
    source_code: YesNo = False


class Escrow(Model):
    agent: Text


class Trial(Model):
    days: Days
    users: Count | None = None
    convert: YesNo = False
    environment: Text | None = Field(None, alias="env")


class Channel(Model):
    territory: Text | None = None
    exclusive: YesNo = False
    min_commitment: Amount | None = None
    discount: Share | None = None
    registration_days: Days | None = None
    sub_resellers: YesNo = False


class Flags(Model):
    mfn: YesNo = False
    publicity: YesNo = False
    audit: YesNo = False
    insurance: YesNo = False
    non_solicit: YesNo = False
    affiliates: YesNo = False
    tfc: YesNo = False


class SpecialTerm(Model):
    """A numbered amendment: what, whose, why."""

    text: Text
    owner: Word | None = None
    reason: Text | None = None


ContractType = Literal["licence", "saas", "development", "maintenance", "trial", "reseller", "nda", "dpa"]


class Contract(Model):
    """Only what the deal does not say elsewhere.

    main        number of the contract this one belongs to (maintenance, data processing)
    with        clauses a type may have and this contract shall have, though no fact asks for them
    without     clauses it shall not have
    variants    the variant of a clause by name, where another than the facts choose is agreed
    values      a clause's own values: `{termination_cause: {cure_days: 45}}`; words may be said in each language
    """

    shorthand = {"type": "string"}  # noqa: RUF012 - a constant of the grammar
    type: ContractType | None = None
    number: Word | None = Field(None, alias="no")
    main: Word | None = None
    prevailing: Literal["zh-CN", "en"] | None = None
    sign_date: Day | None = None
    effective: Day | None = None
    place: Text | None = None
    copies: Count | None = None
    late: Late | None = None
    price_protection: PriceProtection | None = None
    support: Support | None = None
    data: Data | None = None
    change: Change | None = None
    ip: IntellectualProperty | None = None
    escrow: Escrow | None = None
    trial: Trial | None = None
    channel: Channel | None = None
    flags: Flags = Flags()
    special_terms: tuple[SpecialTerm, ...] = ()
    third_party: tuple[Text, ...] = ()
    performance: Text | None = None
    added: Words = Field((), alias="with")
    without: Words = ()
    variants: dict[Word, Word] = Field(default_factory=dict)
    values: dict[Word, dict[Word, Text]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _from_type(cls, value: Any) -> Any:
        return {"type": value} if isinstance(value, str) else value
