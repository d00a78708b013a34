"""Random price lists and deals, built without files, and the settings of property tests.

DOCGEN_THOROUGH=1 tries ten times as many examples, new ones on every run; an ordinary run is the same every time.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from docgen.approvals import review
from docgen.approvals.review import RuleSet
from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.facts import Facts
from docgen.pricing import Quote, price
from docgen.seller import Seller
from docgen.values import Text

THOROUGH = os.environ.get("DOCGEN_THOROUGH") == "1"
bounded = settings(
    max_examples=2000 if THOROUGH else 200,
    derandomize=not THOROUGH,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

Data = dict[str, Any]
DATE, LAST = dt.date(2026, 1, 31), dt.date(2029, 3, 31)


@dataclass(frozen=True)
class World:
    """A price list and a deal as they would stand in files."""

    catalog: Data
    deal: Data

    def but(self, *, catalog: Mapping[str, Any] | None = None, deal: Mapping[str, Any] | None = None) -> World:
        return World({**self.catalog, **(catalog or {})}, {**self.deal, **(deal or {})})

    def facts(self) -> Facts:
        """Priced and reviewed; problems of the quote stand in `facts.problems`."""
        catalog, deal = Catalog.model_validate(self.catalog), Deal.model_validate(self.deal)
        configured = configure(deal, catalog)
        quote = price(deal, configured, catalog)
        verdict = review(deal, quote, [RuleSet(catalog.approvals, "price_list")])
        return Facts(
            deal, catalog, quote, Seller(name=Text.of("?")), verdict, {}, (*configured.problems, *quote.problems)
        )

    def quote(self) -> Quote:
        return self.facts().quote


def text(number: Decimal | int) -> str:
    return format(Decimal(number), "f")


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[str]:
    step = Decimal(1).scaleb(-places)
    whole = st.integers(int(Decimal(low) / step), int(Decimal(high) / step))
    return whole.map(lambda n: format(n * step, "f"))


prices = st.one_of(decimals("0", "50", 2), decimals("0.01", "9999", 2), decimals("0", "20", 6))
quantities = st.one_of(st.integers(1, 250).map(str), decimals("0.001", "30", 3))
rates = st.one_of(st.integers(0, 60).map(lambda n: f"{n}%"), decimals("0", "45", 3).map(lambda n: f"{n}%"))

LICENCES = ("L1", "L2", "L3")
RECURRING = ("R1", "R2")
RATES = ("M1", "M2")
KINDS = {"L": "licence", "R": "subscription", "M": "maintenance"}


@st.composite
def tiers(draw: st.DrawFn) -> Data:
    if draw(st.integers(0, 3)) == 0:
        return {"mode": "package", "size": draw(st.integers(1, 30).map(str)), "price": draw(prices)}
    tops = sorted(draw(st.sets(st.integers(1, 200), min_size=0, max_size=3)))
    steps: list[Data] = [{"up_to": str(top)} for top in tops] + [{}]
    flats = draw(st.booleans())
    for step in steps:
        step["price"] = draw(prices)
        if flats:
            step["flat"] = draw(decimals("0", "99", 2))
    return {"mode": draw(st.sampled_from(["volume", "graduated"])), "steps": steps}


@st.composite
def products(draw: st.DrawFn, sku: str, basis: Sequence[str]) -> Data:
    out: Data = {"sku": sku, "name": sku, "kind": KINDS[sku[0]], "tax": draw(st.sampled_from(["a", "b"]))}
    if draw(st.booleans()):
        out["cost"] = draw(prices)
    if sku[0] == "M":
        scope = {"kind": draw(st.sampled_from([["licence"], ["licence", "subscription"]]))}
        out["price"] = {"percent_of": scope, "rate": draw(rates), "basis": draw(st.sampled_from(basis))}
        return {**out, "per": "year"}
    if sku[0] == "R":
        out["per"] = draw(st.sampled_from(["month", "year"]))
    if draw(st.integers(0, 2)) == 0:
        out["tiers"] = draw(tiers())
    if "tiers" not in out or draw(st.booleans()):
        out["price"] = draw(prices)
    for key, values in (("minimum", prices), ("free_units", st.integers(1, 20).map(str))):
        if draw(st.integers(0, 5)) == 0:
            out[key] = draw(values.map(lambda v: text(round(Decimal(v), 2))) if key == "minimum" else values)
    return out


@st.composite
def rules(draw: st.DrawFn, *, lanes: Sequence[str] = ("volume", "term", "promotion"), stack: bool = True) -> list[Data]:
    """Automatic discounts; at most one of a lane stacks, so that a lane never comes near everything."""
    out: list[Data] = []
    for number in range(draw(st.integers(0, 4))):
        rule: Data = {"name": f"rule {number}", "lane": draw(st.sampled_from(lanes))}
        scope = draw(
            st.sampled_from([{}, {"kind": "licence"}, {"sku": ["L1", "R1"]}, {"kind": ["maintenance", "custom"]}])
        )
        if scope:
            rule["on"] = scope
        if draw(st.booleans()):
            rule["percent"] = draw(st.integers(0, 40).map(lambda n: f"{n}%"))
        else:
            # by quantity or term: a rule by amount looks at amounts, and those of rates follow other discounts
            rule["by"] = draw(st.sampled_from(["quantity", "term_months"]))
            rule["across"] = draw(st.sampled_from(["line", "deal"]))
            begin = draw(st.lists(st.integers(1, 60), min_size=1, max_size=3, unique=True))
            rule["steps"] = [
                {"from": str(n), "percent": draw(st.integers(0, 40).map(lambda n: f"{n}%"))} for n in begin
            ]
        if stack and draw(st.integers(0, 3)) == 0 and not any("stack" in r and r["lane"] == rule["lane"] for r in out):
            rule["stack"] = "add"
        out.append(rule)
    return out


@st.composite
def bundles(draw: st.DrawFn) -> Data:
    way = draw(st.sampled_from(["parts", "less", "fixed"]))
    worth: Any = "parts"
    if way == "less":
        worth = {"parts_less": draw(rates)}
    elif way == "fixed":
        worth = {"fixed": draw(decimals("0", "2000", 2))}
    options = [
        {"sku": "L1", "quantity": draw(st.integers(1, 9).map(str)), "required": "true"},
        {"sku": "R1", "required": "true"},
        {"sku": "L2", "quantity": {"fixed": draw(st.integers(1, 5).map(str))}, "included": "true"},
    ]
    return {"S": {"price": worth, "groups": [{"name": "g", "options": options}]}}


@st.composite
def catalogs(draw: st.DrawFn, skus: Sequence[str], basis: Sequence[str]) -> Data:
    """A price list that has `skus`, and what else a bundle among them holds; no more, since drawing takes the time."""
    needed = sorted({*skus, *(("L1", "L2", "R1") if "S" in skus else ())} - {"S"})
    return {
        "price_list": "x",
        "currency": draw(st.sampled_from(["CNY", "CNY", "JPY", "KWD"])),
        "prices": draw(st.sampled_from(["tax_exclusive", "tax_exclusive", "tax_inclusive"])),
        "tax_rounding": draw(st.sampled_from(["line", "total"])),
        "proration": draw(st.sampled_from(["month_day", "daily", "whole_month"])),
        "taxes": {"a": draw(st.sampled_from(["13%", "19%", "7.7%", "0%"])), "b": "6%"},
        "products": [draw(products(sku, basis)) for sku in needed] + [{"sku": "S", "name": "S", "kind": "bundle"}],
        "bundles": draw(bundles()) if "S" in skus else {},
        "discounts": draw(rules()),
        "contract_prices": draw(
            st.lists(
                st.builds(
                    lambda sku, p: {"customer": "ACME", "sku": sku, "price": p}, st.sampled_from(LICENCES), prices
                ),
                max_size=2,
            )
        ),
        "partner_tiers": {"gold": draw(rates)},
        "payment_plans": {
            "thirds": [{"name": "1", "share": "33.33%"}, {"name": "2", "share": "66.67%", "due": "go_live"}]
        },
    }


@st.composite
def lines(draw: st.DrawFn) -> Data:
    kind = draw(st.sampled_from(["L", "L", "R", "R", "M", "S", "custom"]))
    out: Data = {"optional": draw(st.sampled_from(["false", "false", "true"]))}
    if kind == "custom":
        out |= {"custom": "c", "price": draw(prices), "tax": draw(st.sampled_from(["a", "b"])), "cost": draw(prices)}
    else:
        skus = {"L": LICENCES, "R": RECURRING, "M": RATES, "S": ("S",)}[kind]
        out["sku"] = draw(st.sampled_from(skus))
    if kind != "M":
        out["quantity"] = draw(quantities)
    if kind == "R":
        way = draw(st.sampled_from(["deal", "term", "ends", "ramp"]))
        if way == "term":
            out["term_months"] = draw(st.integers(2, 48).map(str))
            out["free_months"] = draw(st.sampled_from(["0", "0", "1"]))
        elif way == "ends":
            out["ends"] = draw(st.dates(min_value=DATE, max_value=LAST)).isoformat()
        elif way == "ramp":
            out["ramp"] = [
                {"months": draw(st.integers(1, 24).map(str)), "quantity": draw(quantities)}
                for _ in range(draw(st.integers(1, 3)))
            ]
    way = draw(st.sampled_from(["none", "percent", "percent", "amount", "net"]))
    if way == "percent":
        out["discount"] = draw(rates)
    elif way != "none" and kind != "M":
        out["discount"] = {way: draw(decimals("0", "30", 2))}
    return out


@st.composite
def worlds(
    draw: st.DrawFn, *, amounts: bool = True, basis: Sequence[str] = ("list", "net"), sold: Sequence[Data] = ()
) -> World:
    """A price list and a deal. amounts=False leaves out what is spread over lines, whose cents follow line order;
    `sold`: these lines and no others."""
    deal: Data = {
        "deal": "D-1",
        "date": "2026-01-31",
        "customer": {"name": "ACME"},
        "term_months": draw(st.integers(2, 48).map(str)),
        "billing": draw(st.sampled_from(["upfront", "yearly", "quarterly", "monthly"])),
        "lines": list(sold) or draw(st.lists(lines(), min_size=1, max_size=6)),
        "discounts": draw(st.lists(deal_discounts(amounts), max_size=2)),
    }
    if draw(st.booleans()):
        deal["partner"] = {"name": "P", "tier": "gold", "mode": draw(st.sampled_from(["resale", "referral"]))}
    payment = draw(st.sampled_from([None, "thirds", {"instalments": "7", "rate": "6%"}]))
    if payment is not None:
        deal["payment"] = payment
    skus = [line["sku"] for line in deal["lines"] if "sku" in line]
    return World(draw(catalogs(skus, basis)), deal)


@st.composite
def deal_discounts(draw: st.DrawFn, amounts: bool) -> Data:
    out: Data = {"name": "d", "on": draw(st.sampled_from([{}, {"kind": "licence"}]))}
    if amounts and draw(st.booleans()):
        return {**out, "amount": draw(decimals("0", "99", 2))}
    return {**out, "percent": draw(rates)}


# ---- everything at once ---------------------------------------------------------------------------------------------
@st.composite
def upgrades(draw: st.DrawFn) -> Data:
    """Of an older licence by what was paid, or of a subscription with a term of its own."""
    out: Data = {"sku": draw(st.sampled_from(["L1", "R1"])), "paid": draw(decimals("0", "5000", 2))}
    if draw(st.booleans()):
        out |= {"starts": "2025-06-16", "ends": draw(st.dates(DATE, LAST)).isoformat()}
    return {**out, "credit": draw(st.integers(1, 100).map(lambda n: f"{n}%"))}


@st.composite
def programmes(draw: st.DrawFn) -> Data:
    out: Data = {"name": "referral", "referred": draw(rates), "referrer": draw(rates)}
    out["on"] = draw(st.sampled_from([{}, {"kind": ["licence", "custom"]}, {"sku": "R1"}]))
    return {**out, "maximum": draw(decimals("0", "500", 2))} if draw(st.booleans()) else out


@st.composite
def mixed_worlds(draw: st.DrawFn, *, amounts: bool = True) -> World:
    """As `worlds`, with upgrades, a referral, rebates by steps and renewals. amounts=False leaves out the first two:
    their cents follow line order."""
    world = draw(worlds(amounts=amounts, basis=("list", "net")))
    begins = sorted(draw(st.lists(st.integers(0, 9000), min_size=1, max_size=3, unique=True)))
    catalog: Data = {"partner_rebates": {"gold": [{"from": str(n), "percent": draw(rates)} for n in begins]}}
    deal: Data = {"starts": draw(st.dates(DATE, DATE + dt.timedelta(days=90))).isoformat()}
    if amounts:  # a maximum is shared to the cent, a credit spread over the parts of a bundle
        catalog["referral"] = draw(programmes())
        deal["referral"] = {draw(st.sampled_from(["by", "of"])): "BETA"}
        sold = [{**line, "upgrade": draw(upgrades())} if draw(st.booleans()) else line for line in world.deal["lines"]]
        deal["lines"] = [line if "custom" not in line else world.deal["lines"][i] for i, line in enumerate(sold)]
    renewal = draw(st.sampled_from([None, {"mode": "same"}, {"mode": "list"}, {"mode": "uplift", "uplift": "3%"}]))
    return world.but(catalog=catalog, deal=deal | ({"terms": {"renewal": renewal}} if renewal else {}))


def with_line(world: World, index: int, change: Callable[[Data], Data]) -> World:
    changed = [change(line) if i == index else line for i, line in enumerate(world.deal["lines"])]
    return world.but(deal={"lines": changed})
