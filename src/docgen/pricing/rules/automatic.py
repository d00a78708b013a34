"""Lanes volume, term and promotion: discounts nobody has to ask for. The best for the customer wins its lane.

5 % from 50 users, 10 % from 100: 60 users at 288,000.00 get −14,400.00, and 40 more would get 10 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.catalog.model import AutomaticDiscount
from docgen.money import ZERO, Exact
from docgen.pricing.book import Book, Priced, reaches
from docgen.pricing.quote import Beaten

Candidate = tuple[Decimal, int, AutomaticDiscount]
"""Rate reached, index in the file, rule."""


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
        sums = {index: book.across(rule) for index, rule in rules if rule.across == "deal"}
        of_product: dict[int, list[tuple[int, AutomaticDiscount]]] = {}
        for priced in lines:
            if not priced.is_paid:
                continue
            product = priced.line.product
            rules_here = of_product.get(id(product)) if product is not None else None
            if rules_here is None:
                rules_here = of_product[id(product)] = [each for each in rules if reaches(each[1], priced)]
            reached = [
                (rate, index, rule)
                for index, rule in rules_here
                if (rate := _rate(rule, _measure(rule, priced, sums.get(index))))
            ]
            if reached:
                self._apply(priced, reached, book)

    def _apply(self, priced: Priced, reached: list[Candidate], book: Book) -> None:
        """The winner's rate and those that stack, all of what the lane found; together never more than everything."""
        alone = [c for c in reached if c[2].stack == "best"]
        winners = [c for c in reached if c[2].stack == "add"]
        beaten: tuple[Beaten, ...] = ()
        if alone:
            best = max(alone, key=lambda c: (c[0], c[2].on.specificity, c[1]))
            winners = sorted([best, *winners], key=lambda c: c[1])
            beaten = tuple(
                Beaten(r.name, rate, "price_list", ("discounts", i)) for rate, i, r in alone if r is not best[2]
            )
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
                beaten=beaten if rule.stack == "best" else (),
            )


def _measure(rule: AutomaticDiscount, priced: Priced, across: Exact | None) -> Exact:
    """What the rule looks at; a rate the deal reached across its lines holds for an optional line too."""
    if across is not None:
        return across
    if rule.by == "quantity":
        return priced.line.quantity
    return priced.list if rule.by == "amount" else (priced.line.months or Fraction(0))


def _rate(rule: AutomaticDiscount, measure: Exact) -> Decimal:
    """The rate reached: the highest step whose `from` is at most the measure."""
    if rule.percent is not None:
        return rule.percent
    reached = [step for step in rule.steps if step.reached_from <= measure]
    return max(reached, key=lambda step: step.reached_from).percent if reached else ZERO


volume_discount = _Lane("volume")
term_discount = _Lane("term")
promotion = _Lane("promotion")
