"""Lanes volume, term and promotion: discounts nobody has to ask for. The best for the customer wins its lane.

5 % from 50 users, 10 % from 100: 60 users at 288,000.00 get −14,400.00, and 40 more would get 10 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from docgen.catalog.model import AutomaticDiscount
from docgen.catalog.programmes import DiscountStep
from docgen.configuration import ConfiguredLine
from docgen.money import ZERO, Exact
from docgen.pricing.book import Book, Priced

Candidate = tuple[Decimal, int, AutomaticDiscount]
"""Rate reached, index in the file, rule."""


class Listed(Protocol):
    """A line whose list amount is known: on its way down the waterfall, or at its end."""

    @property
    def line(self) -> ConfiguredLine: ...

    @property
    def list(self) -> Decimal: ...


class _Lane:
    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, lines: Sequence[Priced], book: Book) -> None:
        rules = [
            (index, rule)
            for index, rule in enumerate(book.catalog.discounts)
            if rule.lane == self.name and rule.holds_on(book.day)
        ]
        if not rules:
            return
        sums = {index: across(rule, book.lines) for index, rule in rules if rule.across == "deal"}
        of_product: dict[int, list[tuple[int, AutomaticDiscount]]] = {}
        for priced in lines:
            if not priced.is_paid:
                continue
            product = priced.line.product
            rules_here = of_product.get(id(product)) if product is not None else None
            if rules_here is None:
                rules_here = of_product[id(product)] = [each for each in rules if reaches(each[1], priced.line)]
            reached = [
                (rate, index, rule)
                for index, rule in rules_here
                if (rate := rate_at(rule, measure(rule, priced, sums.get(index))))
            ]
            if reached:
                self._apply(priced, reached, book)

    def _apply(self, priced: Priced, reached: list[Candidate], book: Book) -> None:
        """The winner's rate and those that stack, all of what the lane found; together never more than everything."""
        alone = [c for c in reached if c[2].stack == "best"]
        winners = [c for c in reached if c[2].stack == "add"]
        if alone:
            winners = sorted([best(alone), *winners], key=lambda c: c[1])
        found, room = priced.left, Decimal(1)
        for rate, index, rule in winners:
            taken = min(rate, room)
            room -= taken
            priced.step(
                self.name,
                rule.name,
                -min(book.share(found, taken), priced.left),
                "price_list",
                ("discounts", index),
                rate=taken,
            )


def best(alone: Sequence[Candidate]) -> Candidate:
    """The highest rate; of equal ones the more particular scope, then the later in the file."""
    return max(alone, key=lambda c: (c[0], c[2].on.specificity, c[1]))


def reaches(rule: AutomaticDiscount, line: ConfiguredLine) -> bool:
    """Whether a rule's scope holds the line; unnamed, it holds only plain list products."""
    if rule.on.is_everything:
        return line.takes_unnamed_rules
    return line.is_paid and rule.on.reaches(line.sku, line.family, line.kind)


def across(rule: AutomaticDiscount, lines: Iterable[Listed]) -> Exact:
    """Over the non-optional lines a rule reaches: the sum of quantities or list amounts, or the longest term.

    Terms that run side by side do not add up: three lines of 12 months are a year's commitment, not three. What follows
    one another does: a ramp of 12 and 24 months is a term of 36.
    """
    reached = [each for each in lines if not each.line.optional and reaches(rule, each.line)]
    if rule.by == "quantity":
        return sum((each.line.quantity for each in reached), ZERO)
    if rule.by == "amount":
        return sum((each.list for each in reached if not _waits_for_net(each.line)), ZERO)
    terms: dict[object, Fraction] = {}
    for each in reached:
        key = each.line.number if each.line.from_month is None else each.line.path
        terms[key] = terms.get(key, Fraction(0)) + (each.line.months or Fraction(0))
    return max(terms.values(), default=Fraction(0))


def _waits_for_net(line: ConfiguredLine) -> bool:
    """A rate of the net of others has no list price while their discounts are found, so it adds to no sum of them."""
    terms = line.product.percent_of if line.product is not None else None
    return terms is not None and terms.basis == "net"


def measure(rule: AutomaticDiscount, own: Listed, of_deal: Exact | None) -> Exact:
    """What the rule looks at; a rate the deal reached across its lines holds for an optional line too."""
    if of_deal is not None:
        return of_deal
    if rule.by == "quantity":
        return own.line.quantity
    return own.list if rule.by == "amount" else (own.line.months or Fraction(0))


def rate_at(rule: AutomaticDiscount, reached: Exact) -> Decimal:
    """The rate at a measure: of the highest step whose `from` is at most that."""
    if rule.percent is not None:
        return rule.percent
    steps = [step for step in rule.steps if step.reached_from <= reached]
    return max(steps, key=lambda step: step.reached_from).percent if steps else ZERO


def next_step(rule: AutomaticDiscount, reached: Exact) -> DiscountStep | None:
    """The first step a measure has not reached."""
    ahead = [step for step in rule.steps if step.reached_from > reached]
    return min(ahead, key=lambda step: step.reached_from, default=None)


volume_discount = _Lane("volume")
term_discount = _Lane("term")
promotion = _Lane("promotion")
