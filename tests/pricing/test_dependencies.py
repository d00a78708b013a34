"""Violations of requires and excludes: small, placed, and with ways out that work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.problems import Problem
from tests.pricing.cases import Case, priced
from tests.pricing.deals import bounded

SKUS = ("A", "B", "C", "D", "E", "F")


def problems_of(rules: list[dict[str, Any]], held: dict[str, bool]) -> tuple[Problem, ...]:
    """Problems of a deal that holds each SKU of `held`; True marks an optional line."""
    products = [{"sku": sku, "name": sku, "kind": "licence", "price": "1"} for sku in SKUS]
    catalog = Catalog.model_validate({"price_list": "x", "currency": "CNY", "products": products, "rules": rules})
    lines = [{"sku": sku, "optional": str(optional).lower()} for sku, optional in held.items()]
    deal = {"deal": "D-1", "date": "2026-01-15", "customer": {"name": "ACME"}, "lines": lines}
    return configure(Deal.model_validate(deal), catalog).problems


@st.composite
def many_rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    pairs = st.tuples(st.sampled_from(SKUS), st.sampled_from(("requires", "excludes")), st.sampled_from(SKUS))
    return [{"sku": a, verb: [b]} for a, verb, b in draw(st.lists(pairs, max_size=8)) if a != b]


def ways_out(found: Problem) -> list[tuple[set[str], dict[str, bool]]]:
    """What each way the problem proposes removes, and what it adds or makes firm; True marks an option."""
    said = found.params
    return [
        (
            set(filter(None, said.get(f"remove{mark}", "").split(", "))),
            {sku: bool(option) for sku, option in re.findall(r"sku: (\w+)[^}]*?(optional)?: ?\w*}", said[f"add{mark}"])}
            | dict.fromkeys(filter(None, said[f"firm{mark}"].split(", ")), False),
        )
        for mark in ("", "2")
        if f"remove{mark}" in said
    ]


@bounded
@given(many_rules(), st.dictionaries(st.sampled_from(SKUS), st.booleans(), min_size=1))
def test_every_way_out_mends_what_it_was_proposed_for_and_breaks_nothing(
    rules: list[dict[str, Any]], held: dict[str, bool]
) -> None:
    before = problems_of(rules, held)
    for found in before:
        cited = {words for words, _ in found.cites}
        for remove, more in ways_out(found):
            left = {sku: optional for sku, optional in held.items() if sku not in remove}
            amended = left | more
            after = problems_of(rules, amended)
            assert len(after) < len(before)
            assert not any(cited <= {words for words, _ in other.cites} for other in after)


@bounded
@given(many_rules(), st.dictionaries(st.sampled_from(SKUS), st.booleans(), min_size=1))
def test_no_line_or_rule_of_a_contradiction_is_superfluous(rules: list[dict[str, Any]], held: dict[str, bool]) -> None:
    for found in problems_of(rules, held):
        if found.code not in ("excludes", "rules_contradict", "rules_forbid"):
            continue
        skus = {found.params["sku"], found.params["other"]}
        own = [{"sku": w[0], w[1]: [w[2]]} for w in (words.split() for words, _ in found.cites)]
        firm = dict.fromkeys(skus, False)
        assert [p.code for p in problems_of(own, firm)] == [found.code]
        for rule in own:
            fewer = [each for each in own if each is not rule]
            assert found.code not in [p.code for p in problems_of(fewer, firm)]


def test_rules_are_named_with_file_and_line(tmp_path: Path) -> None:
    products = [{"sku": sku, "name": sku, "kind": "licence", "price": "1"} for sku in "ABC"]
    rules = [{"sku": "A", "requires": ["B"]}, {"sku": "B", "excludes": ["C"]}]
    heads = {"price_list": "x", "edition": "1", "currency": "CNY", "taxes": {"vat": "13%"}}
    deal = {"deal": "D-1", "date": "2026-01-15", "price_list": "x", "customer": {"name": "ACME"}}
    deal["lines"] = [{"sku": "A"}, {"sku": "C"}]
    told = priced(Case("", "", "", {**heads, "products": products, "rules": rules}, deal, {}), tmp_path)["problems"]
    lines = (tmp_path / "price_lists" / "x" / "list.yaml").read_text("utf-8").splitlines()
    places = re.findall(r"(\w) (?:requires|excludes) \w \(\S+list\.yaml:(\d+)\)", told[0]["message"])
    assert [sku for sku, _ in places] == ["A", "B"]
    assert all(lines[int(number) - 1].endswith(f"sku: {sku}") for sku, number in places)
