"""Tables clauses ask for by name: `[[table:fees]]`. One function and one line each; what they show is the quote's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from docgen.content.blocks import Blocks, Paragraph
from docgen.contract.draft import Draft
from docgen.documents.contract.gaps import OPEN_TABLES, mark
from docgen.documents.page import Page

TABLES: Mapping[str, str] = {
    "items": "money_tables:items",
    "fees": "money_tables:fees",
    "tax_rates": "money_tables:tax_rates",
    "payments": "money_tables:payments",
    "services": "money_tables:services",
    "resale_products": "money_tables:resale_products",
    "execution": "work_tables:execution",
    "milestones": "work_tables:milestones",
    "scope_in": "work_tables:scope_in",
    "scope_out": "work_tables:scope_out",
    "sla_credits": "work_tables:sla_credits",
    "support_levels": "work_tables:support_levels",
    "parties": "party_tables:parties",
    "invoice": "party_tables:invoice",
    "bank": "party_tables:bank",
    "notices": "party_tables:notices",
    "subprocessors": "party_tables:subprocessors",
    "third_party": "party_tables:third_party",
    "data_particulars": "party_tables:data_particulars",
    "security_measures": "party_tables:security_measures",
    "special_terms": "party_tables:special_terms",
    "annexes": "party_tables:annexes",
    "definitions": "",
}
"""Module and function of each; `definitions` are paragraphs, made in `body`."""


def table(name: str, draft: Draft, page: Page) -> Blocks | None:
    """The blocks of a table; None for a name nobody knows."""
    if not TABLES.get(name):
        return None
    module, function = TABLES[name].split(":")
    make: Callable[[Draft, Page], Blocks] = getattr(import_module(f"docgen.documents.contract.{module}"), function)
    open_ = OPEN_TABLES.get(name)
    if open_ is not None and not open_.is_said(draft):
        return (Paragraph(mark(page, open_.label)),)
    return make(draft, page)
