"""A yes to price and terms is broken by every single field that is price or term, and by no other.

Each field of a deal, its lines and its terms stands in one of the two lists below; a field nobody placed fails.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from docgen.deal.model import Deal, DealDiscount, Line
from docgen.deal.terms import Terms
from tests.approvals.stories import LIST, RULE, Stage, Story, _files, put

RULES = [
    {**RULE, "rule": "all", "when": "net >= 0", "approver": "finance", "looks_at": ["net", "lines", "payment", "terms"]}
]
PRICES: dict[str, Any] = {
    "products": [
        *LIST["products"],
        {"sku": "OPT", "name": "Option", "kind": "licence", "unit": "user", "price": "50", "tax": "goods"},
        {"sku": "SET", "name": "Set", "kind": "bundle", "unit": "set"},
    ],
    "bundles": {
        "SET": {
            "groups": [
                {
                    "name": "core",
                    "options": [
                        {"sku": "LIC", "quantity": "5", "required": "true"},
                        {"sku": "OPT", "quantity": "free"},
                    ],
                }
            ]
        }
    },
    "partner_tiers": {"gold": "15%", "silver": "10%"},
}
DEAL: dict[str, Any] = {
    "term_months": "12",
    "starts": "2027-01-01",
    "billing": "yearly",
    "valid_days": "30",
    "stage": "6",
    "prepared_by": {"name": "Li Min", "phone": "1"},
    "partner": {"name": "Reseller", "tier": "gold", "mode": "resale"},
    "lines": [
        {"sku": "LIC", "quantity": "100", "discount": "25%", "because": "first", "note": "soon"},
        {"sku": "SUB", "quantity": "10", "free_months": "1"},
        {"sku": "SUB", "quantity": "1", "ramp": [{"months": "12", "quantity": "5"}, {"months": "12", "quantity": "9"}]},
        {"custom": "Link", "kind": "service", "unit": "set", "quantity": "1", "price": "9000", "cost": "1",
         "tax": "services"},
        {"sku": "SRV", "quantity": "4", "optional": "true"},
        {"sku": "SET", "quantity": "2", "options": {"OPT": "3"}},
        {"sku": "SUB", "quantity": "3", "starts": "2027-02-01", "ends": "2027-12-31"},
    ],
    "discounts": [{"name": "Year end", "percent": "5%", "on": {"kind": "licence"}, "because": "y"}],
    "payment": [
        {"name": "first", "share": "40%", "due": "signing", "days": {"days": "10", "from": "end_of_month"}},
        {"name": "rest", "share": "60%", "due": "delivery", "days": "30"},
    ],
    "terms": {
        "delivery": "free house",
        "price": "net of tax",
        "acceptance": {"days": "10", "criteria": "one month", "by": "the board", "retests": "2"},
        "warranty": {"months": "12"},
        "liability": {"cap": "100%", "carve_outs": ["death"], "super_cap": "200%", "amount": "5"},
        "renewal": {"mode": "uplift", "months": "12", "notice_days": "30", "uplift": "3%"},
        "sla": {"tier": "standard", "uptime": "99%", "credits": [{"below": "99%", "credit": "5%"}], "cap": "20%",
                "window": "24x7"},
        "governing_law": "CN",
        "forum": {"kind": "court", "name": "Shanghai", "seat": "Shanghai", "language": "zh"},
        "notes": ["freight included"],
    },
}  # fmt: skip

MATTERS: dict[str, Any] = {
    "date": "2026-11-21",
    "valid_days": "31",
    "valid_until": "2027-01-31",
    "term_months": "13",
    "starts": "2027-01-02",
    "billing": "monthly",
    "partner.tier": "silver",
    "partner.mode": "referral",
    "partner.discount": "16%",
    "lines.0.sku": "OPT",
    "lines.0.quantity": "101",
    "lines.0.discount": "25.01%",
    "lines.0.optional": "true",
    "lines.1.free_months": "2",
    "lines.1.term_months": "24",
    "lines.1.starts": "2027-03-01",
    "lines.2.ramp.0.months": "13",
    "lines.2.ramp.0.quantity": "6",
    "lines.2.ramp": [{"months": "12", "quantity": "9"}, {"months": "12", "quantity": "5"}],
    "lines.3.custom": "Another link",
    "lines.0.upgrade": {"sku": "OPT", "paid": "100"},
    "lines.3.kind": "training",
    "lines.3.unit": "day",
    "lines.3.quantity": "2",
    "lines.3.price": "9001",
    "lines.3.tax": "goods",
    "lines.4.quantity": "5",
    "lines.4.optional": "false",
    "lines.5.quantity": "3",
    "lines.5.options": {"OPT": "4"},
    "lines.6.ends": "2027-11-30",
    "lines.7": {"sku": "SRV", "quantity": "1"},
    "lines.6": "null",
    "discounts.0.percent": "6%",
    "discounts.0.amount": "null",
    "discounts.0.on": {"kind": "service"},
    "discounts.0.to": "null",
    "payment.0.share": "41%",
    "payment.0.due": "delivery",
    "payment.0.days": "10",
    "payment.1.days": "31",
    "payment.1.name": "the rest",
    "terms.delivery": "ex works",
    "terms.price": "with tax",
    "terms.acceptance.days": "11",
    "terms.acceptance.unit": "days",
    "terms.acceptance.deemed": "false",
    "terms.acceptance.retests": "3",
    "terms.acceptance.criteria": "two months",
    "terms.acceptance.by": "the chief",
    "terms.warranty.months": "13",
    "terms.warranty.start": "delivery",
    "terms.liability.cap": "101%",
    "terms.liability.basis": "fees_12m",
    "terms.liability.amount": "6",
    "terms.liability.carve_outs": ["death", "fraud"],
    "terms.liability.super_cap": "201%",
    "terms.renewal.mode": "auto",
    "terms.renewal.months": "24",
    "terms.renewal.notice_days": "31",
    "terms.renewal.uplift": "4%",
    "terms.sla.tier": "gold",
    "terms.sla.uptime": "99.9%",
    "terms.sla.credits.0.credit": "6%",
    "terms.sla.cap": "21%",
    "terms.sla.window": "8x5",
    "terms.governing_law": "SG",
    "terms.forum.kind": "arbitration",
    "terms.forum.name": "Beijing",
    "terms.forum.seat": "Beijing",
    "terms.forum.language": "en",
    "terms.notes": ["freight excluded"],
    "terms.warranty": "null",
}
"""A place and its new value."""
_INSTEAD: dict[str, dict[str, Any]] = {
    "discounts.0.amount": {"discounts.0.percent": "null", "discounts.0.on": "null", "discounts.0.amount": "500"},
    "discounts.0.to": {"discounts.0.percent": "null", "discounts.0.on": "null", "discounts.0.to": "22000"},
    "payment.0.share": {"payment.0.share": "41%", "payment.1.share": "59%"},
    "valid_until": {"valid_days": "null", "valid_until": "2027-01-31"},
    "partner.discount": {"partner.discount": "16%", "partner.because": "agreed"},
    "lines.0.sku": {"lines.0.sku": "OPT"},
    "terms.renewal.mode": {"terms.renewal.mode": "auto", "terms.renewal.uplift": "null"},
}
"""Where one field cannot change alone."""

COSMETIC: dict[str, Any] = {
    "revision": "2",
    "title": "Another title",
    "language": ["zh-CN", "en"],
    "currency": "CNY",
    "price_list": "x@1",
    "stage": "7",
    "seller": "main",
    "prepared_by": {"name": "Wang Li", "phone": "2"},
    "customer": {"name": "ACME", "address": "1 Street", "contacts": [{"name": "Bo"}], "strategic": "true"},
    "opportunity": {"quote_strategy": "other", "competitors": ["one"], "budget": {"amount": "99999999"}},
    "partner.name": "Reseller Ltd",
    "earlier": [{"paper": "initial-solution", "date": "2026-09-01", "figure": "investment", "low": "1",
                 "high": "99999999"}],
    "lines.0.because": "second thoughts",
    "lines.0.note": "later",
    "lines.3.cost": "2",
    "discounts.0.name": "Year end offer",
    "discounts.0.because": "z",
    "discounts.0.until": "2027-12-31",
    "show_discounts": "false",
    "value": {"maturity": "initial"},
    "story": {"summary": "short"},
    "contract": {"type": "licence"},
    "documents": ["quote"],
    "terms.acceptance.unit": "working_days",
    "terms.liability.basis": "total",
}  # fmt: skip
"""A place and its new value; the last two only write down what holds without them."""
ELSEWHERE = {"deal", "alternatives", "referral"}
"""A new number is another deal, a story tells it; alternatives and referrals have cases of their own."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    files = _files({"rules": RULES, "price_list": PRICES, "deal": DEAL})
    made = Stage(Story("", "", "", files, ()), tmp_path_factory.mktemp("bound"))
    done = made.docgen("approve", "deal.yaml", "--as", "finance", "--by", "Ann")
    assert done.returncode == 0, done.stderr
    assert made.statuses() == {"all": "valid"}
    return made


def _status_with(stage: Stage, changes: dict[str, Any]) -> str:
    before = stage.files["deal"]
    changed = copy.deepcopy(before)
    for place, value in changes.items():
        put(changed, place, value)
    assert changed != before
    stage.files["deal"] = changed
    stage._write("deal")
    try:
        return stage.statuses().get("all", str(stage.statuses()))
    finally:
        stage.files["deal"] = before
        stage._write("deal")


@pytest.mark.parametrize("place", MATTERS)
def test_a_change_of_price_or_term_breaks_the_yes(stage: Stage, place: str) -> None:
    assert _status_with(stage, _INSTEAD.get(place, {place: MATTERS[place]})).startswith("broken by ")


@pytest.mark.parametrize("place", COSMETIC)
def test_a_change_of_anything_else_does_not(stage: Stage, place: str) -> None:
    assert _status_with(stage, {place: COSMETIC[place]}) == "valid"


def test_lines_in_another_order_and_keys_in_another_order_do_not(stage: Stage) -> None:
    lines = [dict(reversed(line.items())) for line in reversed(DEAL["lines"])]
    assert _status_with(stage, {"lines": lines}) == "valid"
    payment = list(reversed(DEAL["payment"]))
    assert _status_with(stage, {"payment": payment}) == "valid"


def test_every_field_of_a_deal_its_lines_discounts_and_terms_is_placed() -> None:
    told = {*MATTERS, *COSMETIC, *ELSEWHERE}
    parts = {place.split(".")[0] for place in told}
    assert {info.alias or name for name, info in Deal.model_fields.items()} <= parts
    for prefix, model in (("lines", Line), ("discounts", DealDiscount)):
        fields = {place.split(".")[2] for place in told if place.startswith(prefix) and place.count(".") >= 2}
        assert set(model.model_fields) <= fields, prefix
    assert set(Terms.model_fields) <= {place.split(".")[1] for place in told if place.startswith("terms.")}


@pytest.mark.parametrize(("number", "told"), [(200, 200), (201, 1)])
def test_of_more_than_two_hundred_lines_all_are_looked_at_as_one(tmp_path: Path, number: int, told: int) -> None:
    lines = [{"custom": f"Work {n}", "price": "1", "tax": "services"} for n in range(number)]
    rules = [{"rule": "all", "when": "net >= 0", "approver": "finance", "looks_at": ["lines"]}]
    made = Stage(Story("", "", "", _files({"rules": rules, "deal": {"lines": lines}}), ()), tmp_path)
    assert made.docgen("approve", "deal.yaml", "--as", "finance", "--by", "Ann").returncode == 0
    assert len(made.recorded()["all"]["looked_at"]) == told
    put(made.files["deal"], "lines.7.price", "2")
    made._write("deal")
    assert made.statuses()["all"].startswith("broken by lines")
