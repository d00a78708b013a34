"""The house: profiles in sellers.yaml."""

from __future__ import annotations

from docgen.values import Model, Text, Word


class SellerBank(Model):
    name: Text
    account: Word


class Seller(Model):
    """One selling company as papers show it. `logo`: an image file beside sellers.yaml."""

    name: Text
    address: Text | None = None
    tax_id: Word | None = None
    legal_representative: Text | None = None
    phone: Word | None = None
    email: Word | None = None
    website: Word | None = None
    bank: SellerBank | None = None
    logo: Word | None = None


class Sellers(Model):
    sellers: dict[Word, Seller]
