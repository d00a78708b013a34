"""Where both sides sign and seal."""

from __future__ import annotations

from docgen.content.blocks import Blocks, Signatory, SignatureBlock
from docgen.documents.page import Page
from docgen.values import Text


def signatures(page: Page) -> Blocks:
    return (
        SignatureBlock(
            (_side(page, page.buyer, page.facts.deal.customer.name), _side(page, "seller", page.facts.seller.name))
        ),
    )


def _side(page: Page, key: str, name: Text) -> Signatory:
    title = page.per_language(lambda w: w.label("sign_as", party=w.label(key)))
    blanks = tuple(page.label(blank) for blank in ("signature", "name_title", "sign_date"))
    return Signatory(title, page.text(name), blanks, page.label("seal"))
