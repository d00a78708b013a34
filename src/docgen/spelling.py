"""The word that was probably meant."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

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


_MANY = 200
"""Known words from which only those that share most pairs of letters are compared: a price list may have thousands."""


class _Known:
    """Known words by how they are compared, and, where they are many, by their pairs of letters."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = frozenset(words)
        self.folded = {_fold(word): word for word in reversed(words)}
        self._found: dict[str, str | None] = {}
        self._with: dict[str, list[str]] = defaultdict(list)
        for folded in self.folded if len(self.folded) > _MANY else ():
            for pair in _pairs(folded):
                self._with[pair].append(folded)

    def closest(self, word: str) -> str | None:
        """One mistake may stand in every line: it is looked for once."""
        if word not in self._found:
            self._found[word] = self._searched(word)
        return self._found[word]

    def _searched(self, word: str) -> str | None:
        if word in self.folded:
            return self.folded[word]
        synonym = _SYNONYMS.get(word)
        if synonym in self.words:
            return synonym
        near = difflib.get_close_matches(word, self._near(word), n=1, cutoff=0.5)
        return self.folded[near[0]] if near else None

    def _near(self, word: str) -> Iterable[str]:
        """Those worth a comparison."""
        if len(self.folded) <= _MANY:
            return self.folded
        shared = Counter(each for pair in sorted(_pairs(word)) for each in self._with.get(pair, ()))
        return [each for each, _ in shared.most_common(_MANY // 4)]


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`: case and dashes aside, then a synonym, then by likeness."""
    return _known(tuple(filter(None, known))).closest(_fold(word))


_known = lru_cache(maxsize=4)(_Known)


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}


def _fold(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_").replace("__", "_")
