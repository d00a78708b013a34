"""Everything papers and answers may speak about: one deal, priced and reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docgen.approvals import Verdict
from docgen.catalog import Catalog
from docgen.deal import Deal
from docgen.offers import Offer
from docgen.pricing import Quote
from docgen.problems import Path, Problem
from docgen.seller import Seller
from docgen.source.load import Loaded
from docgen.values import Text
from docgen.vocabulary import Audience


@dataclass(frozen=True)
class Facts:
    """One deal as it stands: what it says, what it costs, who must agree. `sources`: the files, by origin.

    With `alternatives` the deal and its quote are those of the recommended one, which is among them. `audience`: whom
    the facts are shown to; a partner stands where the customer stood, and `end_customer` names whom he sells to.
    """

    deal: Deal
    catalog: Catalog
    quote: Quote
    seller: Seller
    verdict: Verdict
    sources: Mapping[str, Loaded[Any]]
    problems: tuple[Problem, ...] = ()
    alternatives: tuple[Offer, ...] = ()
    audience: Audience = "customer"
    end_customer: Text | None = None

    def source_of(self, origin: str, path: Path) -> str:
        """`file:line` of a value, for the explanation of a number."""
        loaded = self.sources.get(origin)
        if loaded is None:
            return origin
        place = loaded.place(path)
        return f"{place.file}:{place.line}"
