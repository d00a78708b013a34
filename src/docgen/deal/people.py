"""People and banks, as deals name them."""

from __future__ import annotations

from docgen.values import Model, Text, Word


class Bank(Model):
    name: Text
    account: Word


class Person(Model):
    """One of ours or theirs. `role` is their part in the decision and never leaves the house."""

    name: Text
    title: Text | None = None
    role: Word | None = None
    phone: Word | None = None
    email: Word | None = None
