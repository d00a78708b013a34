"""The desk a search works on: a deal is changed, and priced and reviewed again by the real engine.

Amounts a search counts with are whole minor units (cents), as int.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from docgen.approvals import Verdict, review
from docgen.approvals.review import Approval, RuleSet
from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.deal.model import Line
from docgen.pricing import Quote, QuoteLine, price
from docgen.problems import only_errors

RuleKey = tuple[str, str]
"""Where a rule stands, and its name."""


@dataclass(frozen=True)
class Trial:
    """A deal, and what the engine makes of it."""

    deal: Deal
    quote: Quote
    verdict: Verdict

    @property
    def is_sound(self) -> bool:
        return not only_errors(self.quote.problems)

    @cached_property
    def net(self) -> int:
        return cents(self.quote.totals.net, self.quote.digits)

    @cached_property
    def below_floor(self) -> frozenset[int]:
        return frozenset(line.number for line in self.quote.lines if line.below_floor)

    @cached_property
    def asked(self) -> dict[RuleKey, Approval]:
        return {(a.origin, a.rule): a for a in self.verdict.approvals}

    def asks_beyond(self, other: Trial) -> list[Approval]:
        return [a for key, a in self.asked.items() if key not in other.asked]


class Desk:
    """Prices deals of one price list under one set of rules; a deal that was priced is remembered."""

    def __init__(self, catalog: Catalog, rule_sets: Sequence[RuleSet]) -> None:
        self.catalog = catalog
        self.rule_sets = rule_sets
        self.pricings = 0

    def price(self, deal: Deal) -> Trial:
        self.pricings += 1
        quote = price(deal, configure(deal, self.catalog), self.catalog)
        return Trial(deal, quote, review(deal, quote, self.rule_sets))


def cents(amount: Decimal, digits: int) -> int:
    return int(amount.scaleb(digits))


def money(amount: int, digits: int) -> Decimal:
    return Decimal(amount).scaleb(-digits)


# ---- deals a search begins from -------------------------------------------------------------------------------------
def without_totals(deal: Deal) -> Deal:
    """Without discounts that fix the gross total: they would take back whatever a search gives."""
    kept = tuple(d for d in deal.discounts if d.to is None or (d.until is not None and d.until < deal.date))
    return deal if len(kept) == len(deal.discounts) else deal.model_copy(update={"discounts": kept})


def at_regular_price(deal: Deal) -> Deal:
    """Without anything negotiated: no discount on a line, a segment or the deal. Free months stay."""
    lines = tuple(_undiscounted(line) for line in deal.lines)
    return deal.model_copy(update={"lines": lines, "discounts": ()})


def _undiscounted(line: Line) -> Line:
    if line.discount is None and not any(segment.discount for segment in line.ramp):
        return line
    ramp = tuple(segment.model_copy(update={"discount": None}) for segment in line.ramp)
    return line.model_copy(update={"discount": None, "ramp": ramp})


# ---- what a quote line stands at ------------------------------------------------------------------------------------
_UP_TO_THE_LINE = ("contract", "tier", "volume", "term", "bundle", "promotion", "negotiated")


def agreed(line: QuoteLine) -> Decimal:
    """What the line's own discount left, before an upgrade's credit and discounts on the deal."""
    early = (s.amount for s in line.steps if s.lane in _UP_TO_THE_LINE and s.path[-1:] != ("upgrade",))
    return line.list + sum(early, Decimal(0))


def before_agreement(line: QuoteLine) -> Decimal:
    """As `agreed`, without the line's own discount; free months stay taken."""
    own = (s.amount for s in line.steps if s.lane == "negotiated" and s.path[-1:] == ("discount",))
    return agreed(line) - sum(own, Decimal(0))


def settled(line: QuoteLine) -> Decimal:
    """What all steps but tax left: with an upgrade's credit the amount floors are compared with."""
    return line.list + sum((s.amount for s in line.steps if s.lane != "tax"), Decimal(0))
