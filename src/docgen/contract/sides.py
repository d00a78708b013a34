"""Who signs a contract, and about what."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.deal import Deal
from docgen.pricing import Quote
from docgen.seller import Seller
from docgen.values import Text

CHINA = "CN"


@dataclass(frozen=True)
class Sides:
    """Who signs: the seller, and the one who buys from him; in a resale deal that is the partner."""

    deal: Deal
    quote: Quote
    seller: Seller
    end_customer: Text | None = None
