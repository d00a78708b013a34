"""Mistakes in approval rules are told with their file and place, and those beside them are still asked."""

from __future__ import annotations

from typing import Any

from docgen.approvals import review
from docgen.approvals.judge import Moved
from docgen.approvals.names import KNOWN, LINE_FIELDS, values_of
from docgen.approvals.record import Entry, Record
from docgen.approvals.review import RuleSet, Verdict, check_rules
from docgen.catalog import Catalog
from docgen.configuration import configure
from docgen.deal import Deal
from docgen.pricing import Quote, price
from docgen.problems import Problem
from docgen.vocabulary import ApprovalRule


def rule(name: str, when: str = "discount >= 0", **keys: Any) -> ApprovalRule:
    return ApprovalRule.model_validate({"rule": name, "when": when, "approver": "finance", "because": "b", **keys})


def quoted() -> tuple[Deal, Quote]:
    products = [{"sku": "A", "name": "A", "kind": "licence", "price": "100"}]
    catalog = Catalog.model_validate(
        {"price_list": "x", "currency": "CNY", "taxes": {"v": "13%"}, "products": products}
    )
    deal = Deal.model_validate(
        {"deal": "D", "date": "2026-11-20", "price_list": "x", "customer": {"name": "A"}, "lines": [{"sku": "A"}]}
    )
    return deal, price(deal, configure(deal, catalog), catalog)


def reviewed(*sets: tuple[str, list[ApprovalRule]]) -> Verdict:
    return review(*quoted(), [RuleSet(rules, origin) for origin, rules in sets])


def test_two_files_may_not_use_one_name() -> None:
    verdict = reviewed(("price_list", [rule("a"), rule("b")]), ("approvals", [rule("c"), rule("b"), rule("a")]))
    assert verdict.problems == (
        Problem("duplicate_rule", ("approvals", 1, "rule"), {"rule": "b"}, origin="approvals"),
        Problem("duplicate_rule", ("approvals", 2, "rule"), {"rule": "a"}, origin="approvals"),
    )


def test_a_condition_nobody_can_read_is_told_and_the_rules_behind_it_are_asked() -> None:
    verdict = reviewed(("approvals", [rule("odd", "net >"), rule("b")]))
    (told,) = verdict.problems
    assert (told.path, told.origin) == (("approvals", 0, "when"), "approvals")
    assert [each.rule for each in verdict.approvals] == ["b"]


def test_what_is_wrong_with_the_rules_of_a_file_is_told_for_that_file() -> None:
    rules = [rule("a", "margn > 1%"), rule("a", "net >", unless="nett > 1", tolerance={"tvc": "1%"}, looks_at=["lins"])]
    told = list(check_rules(rules, "approvals"))
    assert [(each.code, each.path[1:]) for each in told] == [
        ("unknown_name", (0, "when")),
        ("duplicate_rule", (1, "rule")),
        ("condition_syntax", (1, "when")),
        ("unknown_name", (1, "unless")),
        ("unknown_name", (1, "tolerance", "tvc")),
        ("unknown_name", (1, "looks_at", 0)),
    ]
    assert {each.origin for each in told} == {"approvals"} and {each.path[0] for each in told} == {"approvals"}
    known = [each.params["known"].split("\n") for each in told if each.code == "unknown_name"]
    assert known[:3] == [sorted(KNOWN)] * 3
    assert known[3] == [*sorted(KNOWN), "lines", "payment", "terms", "clauses"]


def test_a_line_is_a_mapping_of_its_fields_to_rules() -> None:
    (row,) = values_of(*quoted())["lines"]()
    assert tuple(row) == LINE_FIELDS and len(row) == len(LINE_FIELDS)
    assert "net" in row and "margin" not in row
    assert row["net"] == 100 and row["sku"] == "A"


def test_a_record_that_is_not_intact_counts_for_nothing() -> None:
    entry = Entry.model_validate(
        {"number": 1, "deal": "D", "revision": 1, "decision": "approved", "rule": "a", "role": "finance", "by": "Ann"}
        | {"at": "2026-11-22T08:00:00Z", "currency": "CNY", "looked_at": {"discount": "0"}, "content": "x", "hash": "x"}
    )
    rules = [RuleSet([rule("a"), rule("b")], "approvals")]
    whole = review(*quoted(), rules, Record((entry,)))
    assert [(each.status, each.broken_by) for each in whole.approvals] == [("valid", None), ("missing", None)]
    damaged = review(*quoted(), rules, Record((entry,), is_intact=False))
    assert [(each.status, each.given, each.moved) for each in damaged.approvals] == [
        ("broken", (), (Moved("record", "", ""),)),
        ("missing", (), ()),
    ]
