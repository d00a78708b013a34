"""What words alone cannot make, by the name templates use: `::: slot price-table`. One module and one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.content.blocks import Blocks
from docgen.documents.components.opening import key_figures, parties, title_block
from docgen.documents.components.payment_plan import bank_details, payment_plan
from docgen.documents.components.price_table import optional_table, price_table
from docgen.documents.components.signatures import signatures
from docgen.documents.components.totals import totals
from docgen.documents.page import Page

Component = Callable[[Page], Blocks]

COMPONENTS: Mapping[str, Component] = {
    "title": title_block,
    "key-figures": key_figures,
    "parties": parties,
    "price-table": price_table,
    "totals": totals,
    "optional-items": optional_table,
    "payment-plan": payment_plan,
    "bank-details": bank_details,
    "signatures": signatures,
}
