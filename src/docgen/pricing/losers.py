"""What a line did not get, and why: for every lane the rules that speak of it and gave nothing.

60 users, 5 % from 50 and 10 % from 100, a promotion of 3 % that ended yesterday and an agreed price of 4,500.00 beside
one of 4,300.00: not taken are 10 % (from 100, this line has 60), 3 % (ended) and 4,500.00 (dearer than 4,300.00).

Worked out when somebody asks, from the finished quote: pricing itself keeps no account of losers. A rule whose scope
does not touch the line's product, family or kind is no loser; of a rule that is not reached only the next step is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from docgen.catalog import Catalog, Product
from docgen.catalog.model import AutomaticDiscount
from docgen.configuration import ConfiguredLine
from docgen.deal import Deal
from docgen.money import Exact, plain
from docgen.pricing.list_price import has_tier_pricing, plain_tier_price
from docgen.pricing.names import CONTRACT_PRICE, PARTNER_DISCOUNT, TIER_PRICE
from docgen.pricing.quote import Quote, QuoteLine, rate_of
from docgen.pricing.rules.automatic import Candidate, across, best, measure, next_step, rate_at, reaches
from docgen.pricing.rules.contract_price import Agreed, agreed_with, cheapest
from docgen.problems import Path
from docgen.values import Text
from docgen.vocabulary import Scope

Reason = tuple[str, dict[str, str]]
"""Why, as a code the locales have a sentence for, and what the sentence mentions."""


@dataclass(frozen=True, slots=True)
class Loser:
    """A rule that gave the line nothing: what it would have been worth, why not, and where it stands.

    rate     of what was left, or for an agreed price of the list price
    price    of one unit, for agreed prices, tiers and single prices
    beaten_by  the winner's path, where it was reached and another was better
    """

    lane: str
    name: Text
    rate: Exact | None
    why: str
    path: Path
    params: dict[str, str] = field(default_factory=dict)
    price: Decimal | None = None
    origin: str = "price_list"
    beaten_by: Path | None = None


class Dated(Protocol):
    """Anything with a first and a last day."""

    @property
    def first(self) -> dt.date | None: ...

    @property
    def until(self) -> dt.date | None: ...


class Losers:
    """The losers of each line of one quote; sums over the deal and the rules of each product are found once."""

    def __init__(self, quote: Quote, deal: Deal, catalog: Catalog) -> None:
        self.deal = deal
        self.catalog = catalog
        self._agreed = agreed_with(deal, catalog)
        self._rules = list(enumerate(catalog.discounts))
        self._sums = {i: across(rule, quote.lines) for i, rule in self._rules if rule.across == "deal"}
        self._touching: dict[object, list[tuple[int, AutomaticDiscount]]] = {}

    def of(self, line: QuoteLine) -> tuple[Loser, ...]:
        """In the order of the lanes. A bundle's heading has no price and so no losers."""
        if line.line.role == "heading":
            return ()
        return (
            *self._prices(line),
            *self._contract(line),
            *self._tier(line),
            *self._automatic(line),
            *self._asked(line),
        )

    # -- prices -------------------------------------------------------------------------------------------------------
    def _prices(self, line: QuoteLine) -> Iterator[Loser]:
        """Other prices of the same product, with other dates."""
        chosen = line.line.product
        for product in self.catalog.by_sku.get(line.line.sku or "", ()):
            if product is not chosen and product.unit_price is not None:
                reason = self._dates(product.valid) or ("loses_to_dated_price", {})
                path = ("products", self.catalog.index_of(product))
                yield Loser("list", product.name, None, reason[0], path, reason[1], product.unit_price)

    def _contract(self, line: QuoteLine) -> Iterator[Loser]:
        own = [each for each in self._agreed if each[1].sku == line.line.sku]
        valid = [each for each in own if each[1].holds_on(self.deal.date)]
        for each in own:
            code, params = self._not_agreed(each, valid, line.line)
            if code:
                unit, path = each[1].price, ("contract_prices", each[0])
                rate = rate_of(line.unit_price or unit, unit)
                winner = ("contract_prices", cheapest(valid)[0]) if code in _BEATEN else None
                yield Loser("contract", CONTRACT_PRICE, rate, code, path, params, unit, beaten_by=winner)

    def _not_agreed(self, each: Agreed, valid: Sequence[Agreed], line: ConfiguredLine) -> Reason:
        out_of_date = self._dates(each[1])
        if out_of_date or not line.takes_unnamed_rules:
            return out_of_date or _unreached(line)
        index, winner = cheapest(valid)
        if index == each[0]:
            return "", {}
        words = {"winner": CONTRACT_PRICE.get(self.deal.language[0]), "price": f"{winner.price:,}"}
        return ("loses_earlier" if winner.price == each[1].price else "loses_dearer"), words

    def _tier(self, line: QuoteLine) -> Iterator[Loser]:
        """Tiers an agreed price switched off."""
        product = line.line.product
        if product is None or product.unit_price is None or not has_tier_pricing(product):
            return
        valid = [each for each in self._agreed if each[1].sku == product.sku and each[1].holds_on(self.deal.date)]
        if valid and line.line.takes_unnamed_rules:
            _, winner = cheapest(valid)
            unit, path = plain_tier_price(product, line.line.quantity), _tier_path(self.catalog, product)
            yield Loser("tier", TIER_PRICE, None, "loses_to_agreed_price", path, {"price": f"{winner.price:,}"}, unit)

    # -- automatic ----------------------------------------------------------------------------------------------------
    def _automatic(self, line: QuoteLine) -> Iterator[Loser]:
        touching = self._rules_touching(line.line)
        for lane in ("volume", "term", "promotion"):
            rules = [(index, rule) for index, rule in touching if rule.lane == lane]
            measures = {index: measure(rule, line, self._sums.get(index)) for index, rule in rules}
            reached: list[Candidate] = [
                (rate, index, rule)
                for index, rule in rules
                if rule.holds_on(self.deal.date)
                and reaches(rule, line.line)
                and (rate := rate_at(rule, measures[index]))
            ]
            alone = [each for each in reached if each[2].stack == "best"]
            winner = best(alone) if alone else None
            taken = {index for _, index, rule in reached if rule.stack == "add"} | ({winner[1]} if winner else set())
            for index, rule in rules:
                loser = self._loser(line.line, index, rule, measures[index], winner, index in taken)
                if loser is not None:
                    yield loser

    def _rules_touching(self, line: ConfiguredLine) -> list[tuple[int, AutomaticDiscount]]:
        key = id(line.product) if line.product is not None else line.kind
        if key not in self._touching:
            self._touching[key] = [each for each in self._rules if _touches(each[1].on, line)]
        return self._touching[key]

    def _loser(
        self,
        line: ConfiguredLine,
        index: int,
        rule: AutomaticDiscount,
        reached: Exact,
        winner: Candidate | None,
        is_taken: bool,
    ) -> Loser | None:
        path: Path = ("discounts", index)
        unfit = self._dates(rule) or (None if reaches(rule, line) else _unreached(line))
        rate = rate_at(rule, reached)
        if unfit is not None:
            rate = rate or next((step.percent for step in rule.steps), rate)
            return Loser(rule.lane, rule.name, rate, unfit[0], path, unfit[1])
        if rate and not is_taken and winner is not None:
            code, params = self._lost_to(winner, rate, rule)
            return Loser(rule.lane, rule.name, rate, code, path, params, beaten_by=("discounts", winner[1]))
        step = next_step(rule, reached)
        if step is None or (rate and not is_taken) or (rule.by == "term_months" and not reached):
            return None
        code = f"loses_below_{rule.by}{'_of_deal' if rule.across == 'deal' else ''}"
        params = {"least": _figure(step.reached_from), "has": _figure(reached)}
        return Loser(rule.lane, rule.name, step.percent, code, path, params)

    def _lost_to(self, winner: Candidate, rate: Decimal, rule: AutomaticDiscount) -> Reason:
        best_rate, _, best_rule = winner
        words = {"winner": best_rule.name.get(self.deal.language[0]), "rate": f"{plain(best_rate * 100)}%"}
        if best_rate > rate:
            return "loses_lower", words
        if best_rule.on.specificity > rule.on.specificity:
            return "loses_less_particular", words
        return "loses_earlier", words

    # -- asked for ----------------------------------------------------------------------------------------------------
    def _asked(self, line: QuoteLine) -> Iterator[Loser]:
        """Deal discounts that ended, and the tier's rate where the deal says a partner discount of its own."""
        for index, own in enumerate(self.deal.discounts):
            if (
                own.until is not None
                and own.until < self.deal.date
                and line.line.is_paid
                and _touches(own.on, line.line)
            ):
                words = {"until": own.until.isoformat()}
                yield Loser("deal", own.name, own.percent, "loses_ended", ("discounts", index), words, origin="deal")
        partner = self.deal.partner
        if partner is not None and partner.mode == "resale" and partner.discount is not None and line.line.is_paid:
            rate = self.catalog.partner_tiers.get(partner.tier or "")
            if rate is not None:
                path = ("partner_tiers", partner.tier or "")
                yield Loser("partner", PARTNER_DISCOUNT, rate, "loses_to_own_rate", path)

    def _dates(self, dated: Dated) -> Reason | None:
        if dated.until is not None and dated.until < self.deal.date:
            return "loses_ended", {"until": dated.until.isoformat()}
        if dated.first is not None and dated.first > self.deal.date:
            return "loses_not_begun", {"first": dated.first.isoformat()}
        return None


_BEATEN = ("loses_dearer", "loses_earlier")


def _touches(scope: Scope, line: ConfiguredLine) -> bool:
    return scope.reaches(line.sku, line.family, line.kind)


def _unreached(line: ConfiguredLine) -> Reason:
    """Why a rule in scope does not reach the line."""
    if line.role == "included":
        return "loses_included", {}
    return ("loses_custom" if line.product is None else "loses_rate_of_others"), {}


def _tier_path(catalog: Catalog, product: Product) -> Path:
    return ("products", catalog.index_of(product), "tiers")


def _figure(value: Exact) -> str:
    return f"{Decimal(plain(value, 2)):,}"
