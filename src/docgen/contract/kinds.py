"""Which kinds of contract a deal asks for: the one it names, else the union of what its lines need."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.deal import Deal
from docgen.pricing import Quote, QuoteLine

ORDER = ("licence", "saas", "development", "maintenance", "trial", "reseller", "nda", "dpa")
"""The first a mixed deal has is the one its contract is called after."""


def contract_types(deal: Deal, quote: Quote) -> tuple[str, ...]:
    """The types whose clauses the contract holds, by the lines that count. Custom work makes it a development contract
    too; hardware is bought under the licence's clauses, but for those of the licence itself; other services go with
    what they are for, and alone are development work."""
    named = deal.contract.type if deal.contract is not None else None
    if named is not None:
        return (named,)
    found = {kind for line in quote.counted for kind in _of_line(line)}
    if not found and any(True for _ in quote.counted):
        found = {"development"}
    return tuple(kind for kind in ORDER if kind in found)


def _of_line(line: QuoteLine) -> Iterable[str]:
    kind = line.line.kind
    if kind in ("licence", "hardware"):
        yield "licence"
    elif kind == "subscription":
        yield "saas"
    elif kind == "maintenance":
        yield "maintenance"
    elif kind == "custom" or (line.line.product is None and kind == "service"):
        yield "development"
