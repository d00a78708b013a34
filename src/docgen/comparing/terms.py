"""Everything commercial in a deal beside its lines: parties, dates, payment, discounts on the deal, terms, contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.catalog import Catalog
from docgen.comparing.difference import Change, Value
from docgen.comparing.leaves import Leaves, changed, leaves
from docgen.deal import Deal
from docgen.facts import Facts
from docgen.pricing.payments import STANDARD_PLAN

NAMES: Mapping[tuple[str, ...], str] = {
    ("date",): "priced on",
    ("offered_until",): "offer valid until",
    ("price_list",): "price list",
    ("starts",): "service starts",
    ("term_months",): "term in months",
    ("stage",): "selling stage",
    ("show_discounts",): "discounts shown",
    ("customer", "tax_id"): "customer tax number",
    ("customer",): "customer",
    ("partner", "tax_id"): "partner tax number",
    ("discounts",): "discount",
    ("terms",): "",
    ("terms", "price"): "price terms",
    ("terms", "delivery"): "delivery terms",
    ("terms", "notes"): "notes",
    ("terms", "governing_law"): "law",
    ("terms", "acceptance", "unit"): "acceptance days counted as",
    ("terms", "warranty", "start"): "warranty from",
    ("terms", "liability", "cap"): "liability cap",
    ("terms", "liability", "basis"): "liability cap of",
}
"""Paths whose keys would not read well by themselves; what stands below goes on with its own keys."""

_HEAD = frozenset({"deal", "revision"})
_DERIVED = frozenset(
    {"valid_days", "valid_until", "price_list", "currency", "seller", "payment", "lines", "alternatives"}
)
_ELSEWHERE = ("title", "language", "prepared_by", "opportunity", "earlier", "value", "story", "documents")
"""Sections that touch neither money nor terms; that they were edited is told in a word."""
_OF_CUSTOMER = ("name", "address", "tax_id", "legal_representative", "country", "bank", "strategic")


def terms_changed(before: Facts, after: Facts) -> Iterator[Change]:
    """Told in the language of `after`, which also names the parts of payment plans."""
    language = after.deal.language[0]
    yield from changed(_terms(before, language), _terms(after, language), NAMES)


def also_edited(before: Deal, after: Deal) -> Iterator[str]:
    for name in _ELSEWHERE:
        if getattr(before, name) != getattr(after, name):
            yield name.replace("_", " ")
    kept = set(_OF_CUSTOMER)
    if before.customer.model_dump(exclude=kept) != after.customer.model_dump(exclude=kept):
        yield "facts about the customer"


def _terms(facts: Facts, language: str) -> Leaves:
    deal = facts.deal
    skip = _HEAD | _DERIVED | frozenset(_ELSEWHERE) | {"customer"}
    out: Leaves = {
        ("price_list",): Value("word", facts.catalog.name),
        ("currency",): Value("word", facts.quote.currency),
        ("seller",): Value("text", facts.seller.name.get(language)),
        ("offered_until",): Value("day", deal.offered_until.isoformat()),
    }
    for name in _OF_CUSTOMER:
        out |= leaves(getattr(deal.customer, name), language, ("customer", name))
    return out | leaves(deal, language, (), skip) | leaves(payment_parts(deal, facts.catalog), language, ("payment",))


def payment_parts(deal: Deal, catalog: Catalog) -> Any:
    """The parts themselves, wherever they are written: in the deal, or in the price list under a plan's name."""
    payment = deal.payment
    if payment is None or isinstance(payment, str):
        return catalog.payment_plans.get(payment or STANDARD_PLAN, ())
    return payment
