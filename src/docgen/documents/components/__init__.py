"""What words alone cannot make, by the name templates use: `::: slot price-table`. One module and one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.content.blocks import Blocks
    from docgen.documents.page import Page

COMPONENTS: Mapping[str, str] = {
    "cover": "cover:cover",
    "contents": "cover:contents",
    "title": "opening:title_block",
    "key-figures": "opening:key_figures",
    "parties": "opening:parties",
    "price-table": "price_table:price_table",
    "totals": "totals:totals",
    "optional-items": "price_table:optional_table",
    "payment-plan": "payment_plan:payment_plan",
    "bank-details": "payment_plan:bank_details",
    "signatures": "signatures:signatures",
}
"""Module and function of each, imported when a paper is made: checking a template needs only the names."""


def component(name: str) -> Callable[[Page], Blocks]:
    module, function = COMPONENTS[name].split(":")
    found: Callable[[Page], Blocks] = getattr(import_module(f"{__name__}.{module}"), function)
    return found
