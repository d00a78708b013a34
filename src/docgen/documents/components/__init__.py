"""What words alone cannot make, by the name templates use: `::: slot price-table`. One module and one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from docgen.vocabulary import Audience

if TYPE_CHECKING:
    from docgen.content.blocks import Blocks
    from docgen.documents.page import Page

COMPONENTS: Mapping[str, str] = {
    "title": "opening:title_block",
    "key-figures": "opening:key_figures",
    "parties": "opening:parties",
    "alternatives": "alternatives:alternatives",
    "price-table": "price_table:price_table",
    "totals": "totals:totals",
    "optional-items": "price_table:optional_table",
    "payment-plan": "payment_plan:payment_plan",
    "bank-details": "payment_plan:bank_details",
    "signatures": "signatures:signatures",
    "profit-split": "profit_split:profit_split",
    "split-figures": "profit_split:split_figures",
    "partner-payments": "profit_split:partner_payments",
}
"""Module and function of each, imported when a paper is made: checking a template needs only the names."""


INTERNAL = frozenset({"profit-split", "split-figures", "partner-payments"})
"""Those that show cost, margin or what a partner keeps: only papers for the house may have them."""


def refusal(name: str, audience: Audience) -> tuple[str, dict[str, str]] | None:
    """Why a paper for these readers cannot have this component: a problem's code and its words."""
    if name not in COMPONENTS:
        return "unknown_slot", {"slot": name, "known": "\n".join(COMPONENTS)}
    if name in INTERNAL and audience != "internal":
        return "internal_slot", {"slot": name, "audience": audience}
    return None


def component(name: str) -> Callable[[Page], Blocks]:
    module, function = COMPONENTS[name].split(":")
    found: Callable[[Page], Blocks] = getattr(import_module(f"{__name__}.{module}"), function)
    return found
