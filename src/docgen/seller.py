"""The house: profiles in sellers.yaml."""

from __future__ import annotations

from docgen.values import Model, Text, Word


class SellerBank(Model):
    name: Text
    account: Word


class Figure(Model):
    """A figure a company is proud of: `since` 2009."""

    label: Text
    value: Text


class Profile(Model):
    """The house in a few sentences and up to five figures."""

    about: Text
    figures: tuple[Figure, ...] = ()


class MethodStep(Model):
    """One step of how the house works: what each side does, and what comes out."""

    step: Text
    seller: Text
    customer: Text | None = None
    output: Text | None = None


class Seller(Model):
    """One selling company as papers show it. `logo`: an image file beside sellers.yaml. `keep_secret`: customers who
    must not be named on other customers' papers."""

    name: Text
    address: Text | None = None
    tax_id: Word | None = None
    legal_representative: Text | None = None
    country: Word = "CN"
    phone: Word | None = None
    email: Word | None = None
    website: Word | None = None
    bank: SellerBank | None = None
    logo: Word | None = None
    profile: Profile | None = None
    method: tuple[MethodStep, ...] = ()
    keep_secret: tuple[Text, ...] = ()


class Sellers(Model):
    sellers: dict[Word, Seller]
