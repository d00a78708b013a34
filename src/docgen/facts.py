"""Everything papers and answers may speak about: one deal, priced and reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from docgen.contract import Draft
    from docgen.references import Reference
    from docgen.value.case import ValueCase


@dataclass(frozen=True)
class Facts:
    """One deal as it stands: what it says, what it costs, who must agree, what the customer gains.
    `sources`: the files, by origin.

    With `alternatives` the deal and its quote are those of the recommended one, which is among them. `audience`: whom
    the facts are shown to; a partner stands where the customer stood, and `end_customer` names whom he sells to.
    `references`: the stories of other customers that the deal names and that may be published. `draft`: the deal's
    contract before it has words, where one is wanted.
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
    references: tuple[Reference, ...] = ()
    draft: Draft | None = None

    @cached_property
    def value(self) -> ValueCase | None:
        """What the customer gains, worked out when it is first asked for; None where the deal says too little of it."""
        if self.deal.value is None:
            return None
        from docgen.value import value_case

        return value_case(self.deal, self.quote)

    def source_of(self, origin: str, path: Path) -> str:
        """`file:line` of a value, for the explanation of a number."""
        loaded = self.sources.get(origin)
        if loaded is None:
            return origin
        place = loaded.place(path)
        return f"{place.file}:{place.line}"
