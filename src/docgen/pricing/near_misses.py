"""A little more, or a little less, that would cost less: thresholds just ahead, proved by pricing the whole deal anew.

48 users at 260.00, 230.00 from 50 on: 12,480.00 a month. Two more make 50 × 230.00 = 11,500.00: the total falls.
45 units in packages of 20 cost three packages; 60 cost the same, and 40 only two.

Candidates come from tiers, packages, minimum and free units, and automatic rules; a candidate is told only if the deal,
priced with it, becomes cheaper, or the line becomes cheaper for each unit and month. Nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

from docgen.catalog import Catalog, Product
from docgen.catalog.model import AutomaticDiscount, Tiers
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.deal.model import Line
from docgen.money import Exact
from docgen.pricing import price
from docgen.pricing.names import TIER_PRICE
from docgen.pricing.quote import Quote, QuoteLine
from docgen.pricing.rules.automatic import across, measure, next_step, reaches
from docgen.problems import only_errors
from docgen.values import Text

MOST = 5
"""As many are told."""
_TRIED = 40
"""The nearest candidates, which are priced."""
_LARGE = 200
"""In a deal of more lines each candidate is priced on its line alone."""
_NEAR = Fraction(1, 4)

What = Literal["quantity", "term_months"]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Another quantity or term of one line, and what the deal, or in a large deal the line alone, then costs.

    because    the rule or tier that makes the difference
    total      tax included, as the customer pays it; `change` against the present total, negative when it falls
    each       what the customer pays for one unit and period, before and after, exact
    """

    line: QuoteLine
    what: What
    now: Exact
    then: Decimal
    because: Text
    total: Decimal
    change: Decimal
    each: tuple[Fraction, Fraction]
    alone: bool = False

    @property
    def falls(self) -> bool:
        return self.change < 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: QuoteLine
    what: What
    now: Exact
    then: Decimal
    because: Text

    @property
    def distance(self) -> Fraction:
        return abs(Fraction(self.then) / Fraction(self.now) - 1)


def near_misses(deal: Deal, catalog: Catalog, quote: Quote) -> tuple[NearMiss, ...]:
    """Those by which the total falls first, the largest fall leading; then those that make a unit cheapest.

    Where a discount brings the deal `to` an agreed total, quantities do not move it and nothing is near.
    """
    if any(discount.to is not None for discount in deal.discounts):
        return ()
    is_large = len(quote.lines) > _LARGE
    found = sorted(_candidates(deal, catalog, quote, is_large=is_large), key=lambda c: c.distance)
    tried = (_tried(each, deal, catalog, quote, alone=is_large) for each in found[:_TRIED])
    good = [each for each in tried if each is not None]
    good.sort(key=lambda m: (not m.falls, m.change if m.falls else m.each[1] / m.each[0]))
    return tuple(good[:MOST])


# ---- candidates -----------------------------------------------------------------------------------------------------
def _candidates(deal: Deal, catalog: Catalog, quote: Quote, *, is_large: bool) -> Iterator[_Candidate]:
    lines = [line for line in quote.counted if _may_change(line)]
    for line in lines:
        if line.line.product is not None and not (line.line.product.percent_of):
            for then in _tier_edges(line.line.product, line.line.quantity):
                yield _Candidate(line, "quantity", line.line.quantity, then, TIER_PRICE)
    for rule in catalog.discounts:
        if not rule.holds_on(deal.date) or not rule.steps:
            continue
        reached = [line for line in lines if reaches(rule, line.line)]
        if rule.across == "line":
            for line in reached:
                yield from _rule_edge(rule, line, measure(rule, line, None))
        elif reached and not is_large:
            yield from _rule_edge(rule, _carrier(rule, reached), across(rule, quote.lines))


def _may_change(line: QuoteLine) -> bool:
    """Lines of the deal file with a price of their own; an agreed net does not follow the quantity."""
    own = line.line
    return own.role == "single" and own.path[:1] == ("lines",) and (own.discount is None or own.discount.net is None)


def _tier_edges(product: Product, quantity: Decimal) -> Iterator[Decimal]:
    """Quantities near the present one at which a tier, package, minimum or maximum begins or ends."""
    free, counted = product.free_units, quantity - product.free_units
    if counted < 0:
        yield from _near(free, quantity)
    elif product.tiers is not None and product.tiers.mode == "package":
        size = product.tiers.size or Decimal(1)
        packages = counted // size
        if counted % size:
            yield free + (packages + 1) * size
            if packages:
                yield free + packages * size
    elif product.tiers is not None and product.tiers.mode == "volume":
        for edge in _steps(product.tiers):
            yield from _near(free + (edge + 1 if edge >= counted else edge), quantity)
    for bound in (product.minimum, product.maximum):
        if bound is not None and product.tiers is None and product.unit_price:
            exact = bound / product.unit_price
            rounding = ROUND_FLOOR if bound is product.minimum else ROUND_CEILING
            yield from _near(free + exact.to_integral_value(rounding), quantity)


def _steps(tiers: Tiers) -> Iterator[Decimal]:
    return (step.up_to for step in tiers.steps if step.up_to is not None)


def _near(then: Decimal, now: Decimal) -> Iterator[Decimal]:
    if then > 0 and then != now and abs(Fraction(then) / Fraction(now) - 1) <= _NEAR:
        yield then


def _rule_edge(rule: AutomaticDiscount, line: QuoteLine, reached: Exact) -> Iterator[_Candidate]:
    """The line with as much more as the rule's next step needs."""
    step = next_step(rule, reached)
    if step is None or not reached or Fraction(step.reached_from) > Fraction(reached) * (1 + _NEAR):
        return
    lacking, own = Fraction(step.reached_from) - Fraction(reached), line.line
    if rule.by == "term_months":
        if own.months is not None and own.from_month is None and own.line.ends is None:
            yield _Candidate(line, "term_months", own.months, _whole(own.months + lacking), rule.name)
        return
    if own.product is not None and own.product.percent_of is not None:
        return
    each = Fraction(1) if rule.by == "quantity" else Fraction(line.list) / Fraction(own.quantity)
    if each:
        yield _Candidate(line, "quantity", own.quantity, _whole(Fraction(own.quantity) + lacking / each), rule.name)


def _carrier(rule: AutomaticDiscount, reached: Sequence[QuoteLine]) -> QuoteLine:
    """Of the lines that count together the one that takes more with the least money; for terms the longest."""
    if rule.by == "term_months":
        return max(reached, key=lambda line: line.line.months or 0)
    return min(reached, key=lambda line: line.customer / line.line.quantity)


def _whole(value: Fraction) -> Decimal:
    return Decimal(-(-value.numerator // value.denominator))


# ---- proof ----------------------------------------------------------------------------------------------------------
def _tried(each: _Candidate, deal: Deal, catalog: Catalog, quote: Quote, *, alone: bool) -> NearMiss | None:
    """The candidate, priced; None where it helps nobody, or breaks something that was whole."""
    index = int(each.line.line.path[1])
    changed = _changed(deal.lines[index], each, quote)
    position = each.line.number
    if alone:
        deal, position = deal.model_copy(update={"discounts": (), "lines": (deal.lines[index],)}), _among(each, quote)
        quote, index = price(deal, configure(deal, catalog), catalog), 0
    lines = (*deal.lines[:index], changed, *deal.lines[index + 1 :])
    other = deal.model_copy(update={"lines": lines})
    configured = configure(other, catalog)
    found = price(other, configured, catalog)
    errors = len(only_errors([*configured.problems, *found.problems]))
    if errors > len(only_errors(quote.problems)) or len(found.lines) != len(quote.lines):
        return None
    before, after = _each(quote.lines[position - 1]), _each(found.lines[position - 1])
    total, change = found.totals.customer_gross, found.totals.customer_gross - quote.totals.customer_gross
    if not before or after >= before:
        return None
    return NearMiss(each.line, each.what, each.now, each.then, each.because, total, change, (before, after), alone)


def _among(each: _Candidate, quote: Quote) -> int:
    """Which of the quote lines of its deal line it is, counted from 1: a ramp has several."""
    own = [line.number for line in quote.lines if line.line.path == each.line.line.path]
    return own.index(each.line.number) + 1


def _changed(line: Line, each: _Candidate, quote: Quote) -> Line:
    if each.what == "term_months":
        return line.model_copy(update={"term_months": int(each.then)})
    if not line.ramp:
        return line.model_copy(update={"quantity": each.then})
    at = _among(each, quote) - 1
    segment = line.ramp[at].model_copy(update={"quantity": each.then})
    return line.model_copy(update={"ramp": (*line.ramp[:at], segment, *line.ramp[at + 1 :])})


def _each(line: QuoteLine) -> Fraction:
    """What the customer pays for one unit and period."""
    return Fraction(line.customer + line.credit) / (Fraction(line.line.quantity) * line.line.periods)
