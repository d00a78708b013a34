"""Deals that nobody made: the matrix of factors.yaml, each with a small price list, priced and drafted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.approvals import Verdict
from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.contract import Draft, Sides, draft
from docgen.contract.checks import check
from docgen.contract.library import Clause, Library
from docgen.deal import Deal
from docgen.documents.audience import seen_by
from docgen.documents.contract.drafting import sold_to_partner
from docgen.facts import Facts
from docgen.legal.house_facts import MIXED
from docgen.legal.pairs import pairwise
from docgen.pricing import price
from docgen.problems import Problem, only_errors
from docgen.seller import Seller
from docgen.source.load import load
from docgen.source.workspace import read_yaml
from docgen.source.yaml_file import parse_yaml

FACTORS = Path(__file__).with_name("factors.yaml")
_HOME = {
    "name": {"zh-CN": "示例软件公司", "en": "Example Software"},
    "address": {"zh-CN": "示例路 1 号", "en": "1 Example Road"},
    "tax_id": "91310115MA1HX5555K",
    "bank": {"name": {"zh-CN": "示例银行", "en": "Example Bank"}, "account": "1"},
}
_ABROAD = {**_HOME, "country": "US", "tax_id": "00-5550100"}
_BASE: Mapping[str, Any] = {
    "deal": "D-0",
    "date": "2026-12-01",
    "price_list": "specimens",
    "customer": {"name": {"zh-CN": "示例客户", "en": "Example Customer"}},
}
_PRODUCTS = (
    ("SOFT", "licence", "1000", {"unit": "user"}),
    ("CLOUD", "subscription", "30", {"unit": "user", "per": "month"}),
    ("BOX", "hardware", "5000", {"unit": "set"}),
    ("CARE", "maintenance", "900", {"per": "year"}),
    ("CARE-ONCE", "maintenance", "900", {"unit": "set"}),
    ("DAYS", "service", "2000", {"unit": "day"}),
    ("CLASS", "training", "1500", {"unit": "day"}),
    ("GIFT", "licence", "0", {"unit": "user"}),
    ("EXEMPT", "licence", "700", {"unit": "user", "tax": "exempt"}),
)


@dataclass(frozen=True)
class Specimen:
    """One deal of the matrix. `facts.draft` is its contract; `problems`: what its own checks say against it."""

    name: str
    facts: Facts
    problems: tuple[Problem, ...]

    @property
    def draft(self) -> Draft:
        assert self.facts.draft is not None
        return self.facts.draft


def specimens(library: Library) -> Iterator[Specimen]:
    """Every deal of the matrix for this library, the same ones every time."""
    said = read_yaml(FACTORS).data
    factors: Mapping[str, Mapping[str, Any]] = said["factors"]
    catalog = _catalog()
    rows = pairwise({name: tuple(options) for name, options in factors.items()})
    for row in rows:
        yield _specimen(dict(zip(factors, row, strict=True)), {}, factors, catalog, library)
    first = {name: next(iter(options)) for name, options in factors.items()}
    for extra in said["together"]:
        own = {name: option for name, option in extra.items() if name != "deal"}
        yield _specimen({**first, **own}, extra.get("deal", {}), factors, catalog, library)


def _said(chosen: Mapping[str, str], pieces: Sequence[Mapping[str, Any]], library: Library) -> dict[str, Any]:
    """The deal as a file would say it, without what no deal may say together."""
    deal: dict[str, Any] = {}
    for piece in pieces:
        deal = _laid_over(deal, piece)
    if chosen["sides"] == "home":
        deal.get("terms", {}).pop("governing_law", None)
    contract = deal["contract"]
    if chosen["type"] == "by_lines" and "lines" not in deal:
        contract["type"] = "saas"
    types = (contract["type"],) if "type" in contract else MIXED
    wishes = [each.key for each in library.in_order if _may_be_wished(each, types)]
    for key in ("with", "without"):
        if isinstance(contract.get(key), str):
            contract[key] = wishes
    if isinstance(contract.get("variants"), str):
        number = ("first", "second").index(contract["variants"])
        contract["variants"] = _named(library, number)
    return deal


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        is_both = isinstance(value, Mapping) and isinstance(out.get(key), Mapping)
        out[key] = _laid_over(out[key], value) if is_both else value
    return out


def _may_be_wished(clause: Clause, types: Sequence[str]) -> bool:
    return not set(types) & set(clause.card.must) and bool(set(types) & set(clause.card.may))


def _named(library: Library, number: int) -> dict[str, str]:
    """Of every clause the first or second of the variants that only a deal can choose."""
    only_named = {each.key: [v.name for v in each.card.variants if v.when is None] for each in library.in_order}
    return {key: names[min(number, len(names) - 1)] for key, names in only_named.items() if names}


def _specimen(
    chosen: Mapping[str, str],
    extra: Mapping[str, Any],
    factors: Mapping[str, Mapping[str, Any]],
    catalog: Catalog,
    library: Library,
) -> Specimen:
    pieces = [_BASE, *(factors[name][option] for name, option in chosen.items()), extra]
    said = _said(chosen, pieces, library)
    name = " ".join(option for option in chosen.values() if option not in ("none", "unsaid", "default", "bare", "no"))
    seller = Seller.model_validate(_ABROAD if said.pop("seller", None) else _HOME)
    loaded = load(parse_yaml(json.dumps(said, ensure_ascii=False), name), Deal, "deal")
    assert loaded.model is not None and not only_errors(loaded.problems), (name, loaded.problems)
    deal = loaded.model
    configured = configure(deal, catalog)
    quote = price(deal, configured, catalog)
    facts = Facts(deal, catalog, quote, seller, Verdict(), {"deal": loaded})
    view = seen_by("partner", facts) if sold_to_partner(deal) else facts
    made = draft(Sides(view.deal, view.quote, seller, view.end_customer), library)
    found = (*configured.problems, *quote.problems, *made.problems, *check(made))
    return Specimen(name, replace(view, draft=made), tuple(only_errors(found)))


def _catalog() -> Catalog:
    products = [
        {"sku": sku, "name": {"zh-CN": sku, "en": sku}, "kind": kind, "price": amount, "tax": "services", **more}
        for sku, kind, amount, more in _PRODUCTS
    ]
    said = {
        "price_list": "specimens",
        "edition": "1",
        "currency": "CNY",
        "taxes": {"services": "6%", "exempt": "0%"},
        "products": products,
    }
    loaded = load(parse_yaml(json.dumps(said, ensure_ascii=False), "specimens"), Catalog, "price_list")
    assert loaded.model is not None, loaded.problems
    return loaded.model
