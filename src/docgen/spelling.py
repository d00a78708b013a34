"""The word that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SYNONYMS = {
    "qty": "quantity",
    "amount": "quantity",
    "count": "quantity",
    "number": "quantity",
    "item": "sku",
    "product": "sku",
    "article": "sku",
    "id": "deal",
    "no": "deal",
    "lang": "language",
    "pricelist": "price_list",
    "currency_code": "currency",
    "client": "customer",
    "buyer": "customer",
    "vendor": "seller",
    "supplier": "seller",
    "valid": "valid_until",
    "validity": "valid_days",
    "expires": "valid_until",
    "discount": "discounts",
    "payments": "payment",
    "reason": "because",
    "why": "because",
    "comment": "note",
    "remark": "note",
    "vat": "tax",
    "tax_code": "tax",
    "unit_price": "price",
    "term": "term_months",
    "months": "term_months",
    "start": "starts",
    "end": "ends",
    "percentage": "percent",
    "rate": "percent",
    "telephone": "phone",
    "tel": "phone",
    "mail": "email",
    "vat_id": "tax_id",
    "items": "lines",
}


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`: case and dashes aside, then a synonym, then by likeness."""
    words = [w for w in known if w]
    folded = {_fold(w): w for w in reversed(words)}
    if _fold(word) in folded:
        return folded[_fold(word)]
    synonym = _SYNONYMS.get(_fold(word))
    if synonym in words:
        return synonym
    near = difflib.get_close_matches(_fold(word), folded, n=1, cutoff=0.72)
    if near:
        return folded[near[0]]
    near = difflib.get_close_matches(_fold(word), folded, n=1, cutoff=0.5)
    return folded[near[0]] if near else None


def _fold(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_").replace("__", "_")
