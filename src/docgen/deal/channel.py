"""Who else has a part in the deal: a partner who resells or refers, a customer who recommended us."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from docgen.deal.people import Bank, Person
from docgen.values import Model, Share, Text, Word
from docgen.vocabulary import exactly_one


class Partner(Model):
    """A reseller or referrer. `discount` instead of the tier's rate needs `because`.

    legal_representative … contacts: what a contract says of a partner who signs it.
    """

    name: Text
    tier: Word | None = None
    mode: Literal["resale", "referral"] = "resale"
    discount: Share | None = None
    because: Text | None = None
    address: Text | None = None
    tax_id: Word | None = None
    legal_representative: Text | None = None
    country: Word | None = None
    phone: Word | None = None
    bank: Bank | None = None
    contacts: tuple[Person, ...] = ()


class Referral(Model):
    """A recommendation, by the other customer's name: `by` whom this one was sent, or `of` whom it sent. Internal."""

    by: Text | None = None
    of: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Referral:
        exactly_one(self, "by", "of")
        return self
