"""All problems of a file in one go, each at its line and column, none missing, no false alarm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from docgen.locales.problems import describe
from docgen.pipeline import check
from docgen.problems import Problem
from docgen.reading import Workspace
from tests.source.marked import found_in, unmarked

TODAY = dt.date(2026, 11, 22)

PRICE_LIST = """\
price_list: small
currency: CNY
valid: {from: 2026-01-01, until: 2026-12-31}
taxes: {goods: 13%, services: 6%}
products:
  - {sku: A-BASE, name: Base, kind: licence, unit: user, price: 100, tax: goods}
  - {sku: A-LITE, name: Lite, kind: licence, unit: user, price: 50, tax: goods}
  - {sku: A-PLAN, name: Planning, kind: licence, unit: user, price: 80, tax: goods}
  - {sku: A-SHOP, name: Shop floor, kind: licence, unit: user, price: 60, tax: goods}
  - {sku: A-REP, name: Reports, kind: licence, unit: user, price: 20, tax: goods}
  - {sku: A-CLOUD, name: Cloud, kind: subscription, per: month, price: 9, tax: services, min_term_months: 12}
  - {sku: A-SET, name: Set, kind: bundle}
bundles:
  A-SET:
    groups:
      - {name: pick, max: 1, options: [{sku: A-REP}, {sku: A-BASE}, {sku: A-CLOUD, quantity: free}]}
rules:
  - {sku: A-PLAN, requires: [A-SHOP]}
  - {sku: A-LITE, excludes: [A-BASE]}
payment_plans: {standard: [{name: all, share: 100%}]}
partner_tiers: {gold: 15%}
"""

MISTAKES = """\
deal: D-1
⟦unknown_key⟧titel: Twenty-five mistakes
revision: ⟦too_small⟧0
language: [zh-CN, ⟦not_one_of⟧fr]
date: 2026-11-20
valid_until: ⟦not_a_day⟧20.12.2026
currency: ⟦unknown_currency⟧RMB
price_list: small
stage: ⟦too_large⟧11
seller: ⟦unknown_seller⟧mian
billing: ⟦not_one_of⟧annually
customer:
  name: ACME
  ⟦duplicate_key⟧name: ACME again
  ⟦unknown_key⟧adress: 1 High Street
  strategic: ⟦not_yes_no⟧maybe
  contacts:
    - {name: A, ⟦unknown_key⟧rolle: decider}
opportunity:
  budget: {amount: ⟦not_a_number⟧"1,500,000", covers: [software], elastic: ⟦rate_without_percent⟧10}
lines:
  - {sku: ⟦unknown_sku⟧A-BSAE, quantity: 1}
  - {sku: A-BASE, quantity: ⟦too_small⟧-1}
  - {sku: A-REP, quantity: 2, discount: ⟦rate_without_percent⟧12, because: volume}
  - {sku: ⟦requires⟧A-PLAN, quantity: 1}
  - {sku: ⟦excludes⟧A-LITE, quantity: 1}
  - {sku: A-SET, options: ⟦bundle_too_many⟧{A-REP: 1, A-BASE: 1}}
  - {custom: Interface, kind: service, quantity: 1, price: 10, tax: ⟦unknown_tax⟧sevices}
payment:
  - {name: first, share: ⟦rate_without_percent⟧30, due: signing}
  - {name: rest, share: 60%, due: ⟦not_one_of⟧golive}
terms:
  acceptance: {days: 10, unit: ⟦not_one_of⟧weeks}
  warranty: {months: ⟦not_a_number⟧1e400}
"""

MORE_MISTAKES = """\
deal: D-2
title: ⟦not_text⟧[a, list]
date: 2026-11-20
price_list: small
⟦unknown_key⟧payments: standard
customer: {name: ACME, tax_id: ⟦empty_text⟧"  "}
partner: {name: P, tier: ⟦unknown_partner_tier⟧gild}
lines:
  - {sku: A-BASE, quantity: 1}
  - {sku: ⟦excludes⟧A-LITE, quantity: 1}
  - {sku: A-REP, quantity: 1, options: ⟦options_without_bundle⟧{A-BASE: 1}}
  - sku: A-SET
    options:
      ⟦bundle_too_many⟧A-REP: 1
      A-BASE: 1
  - {sku: A-CLOUD, quantity: 1, term_months: ⟦term_too_short⟧6}
  - {sku: A-CLOUD, quantity: 1, ends: ⟦ends_before_start⟧2026-01-01}
  - ⟦custom_needs_price⟧{custom: No price, tax: services}
discounts:
  - {name: two measures, percent: 5%, amount: ⟦not_a_number⟧1e3}
  - ⟦exactly_one⟧{name: none}
  - {name: old, percent: 1%, until: ⟦no_such_day⟧2026-02-30}
payment: ⟦unknown_plan⟧standart
story:
  plan: [{id: P1, name: x, start_month: ⟦too_small⟧-1, months: 1}]
  ⟦unknown_key⟧summery: x
value: {⟦unknown_key⟧horizon: 36, discount_rate: ⟦rate_without_percent⟧10}
contract: {type: ⟦not_one_of⟧sass}
"""


def _house(folder: Path, deal: str) -> Path:
    (folder / "price_lists" / "small").mkdir(parents=True)
    (folder / "price_lists" / "small" / "list.yaml").write_text(PRICE_LIST, "utf-8")
    (folder / "sellers.yaml").write_text("sellers: {main: {name: House}}\n", "utf-8")
    (folder / "approvals.yaml").write_text("approvals: []\n", "utf-8")
    path = folder / "deal.yaml"
    path.write_text(deal, "utf-8")
    return path


def _problems(folder: Path, deal: str) -> list[Problem]:
    path = _house(folder, deal)
    return check(path, Workspace.for_deal(path), TODAY, "quote")


def test_there_are_twenty_five_of_them() -> None:
    assert len(unmarked(MISTAKES)[1]) == 25


@pytest.mark.parametrize("deal", [MISTAKES, MORE_MISTAKES], ids=["25 mistakes", "more"])
def test_every_mistake_of_a_deal_is_reported_once_at_its_line_and_column(tmp_path: Path, deal: str) -> None:
    text, expected = unmarked(deal)
    problems = _problems(tmp_path, text)
    assert found_in(problems) == expected
    for each in problems:
        message, hint = describe(each)
        assert message
        assert hint


# ---- one mistake at a time ------------------------------------------------------------------------------------------
HEAD = """\
deal: D-1
date: 2026-11-20
price_list: small
customer: {name: ACME}
"""
LINES = "lines: [{sku: A-BASE, quantity: 1}]\n"

SINGLE = [
    "deal: ⟦not_a_deal_number⟧../D-1",
    "deal: ⟦not_a_deal_number⟧D..1",
    "deal: ⟦not_a_deal_number⟧a/b",
    'deal: ⟦not_a_deal_number⟧"-rf"',
    "deal: ⟦not_a_deal_number⟧D-1.",
    "deal: ⟦not_text⟧{a: b}",
    "deal: ⟦text_too_long⟧" + "D" * 301,
    "revision: ⟦not_a_number⟧one",
    "revision: ⟦too_many_decimals⟧1.5",
    "revision: ⟦not_a_number⟧[1]",
    "title: ⟦not_text⟧{}",
    "title: {⟦unknown_key⟧zh: x}",
    "title: {en: ⟦empty_text⟧' '}",
    "title: {en: ⟦not_text⟧[x]}",
    "language: ⟦not_one_of⟧EN",
    "language: ⟦too_few_items⟧[]",
    "language: ⟦too_many_items⟧[en, zh-CN, en]",
    "language: ⟦language_twice⟧[en, en]",
    "date: ⟦not_a_day⟧2026/11/20",
    "date: ⟦not_a_day⟧20 Nov 2026",
    "date: ⟦no_such_day⟧2026-11-31",
    "date: ⟦no_such_day⟧0026-11-20",
    "date: ⟦not_a_day⟧2026-1-2",
    "date: ⟦edition_not_valid⟧2027-01-01\nprice_list: small@1",
    "date: ⟦no_edition⟧2027-01-01",
    "valid_days: ⟦too_small⟧-1",
    "valid_until: ⟦valid_before_date⟧2026-11-19",
    "valid_days: 3\nvalid_until: ⟦validity_twice⟧2026-12-19",
    "currency: ⟦wrong_currency⟧USD",
    "price_list: ⟦unknown_price_list⟧smal",
    "price_list: ⟦unknown_edition⟧small@7",
    "price_list: ⟦not_text⟧[small]",
    "stage: ⟦too_small⟧0",
    "stage: ⟦too_many_decimals⟧9.55",
    "term_months: ⟦too_large⟧601",
    "billing: ⟦not_one_of⟧Monthly",
    "customer: ⟦not_a_mapping_value⟧ACME",
    "customer: ⟦not_a_mapping_value⟧[{name: ACME}]",
    "customer: ⟦missing_key⟧{address: x}",
    "customer: {name: ACME, contacts: ⟦not_a_list⟧{name: x}}",
    "customer: {name: ACME, contacts: [⟦not_a_mapping_value⟧x]}",
    "customer: {name: ACME, contacts: [⟦missing_key⟧{title: x}]}",
    "customer: {name: ACME, bank: {name: B, account: ⟦not_text⟧[1]}}",
    "customer: {name: ACME, staff: ⟦not_a_number⟧8e2}",
    'customer: {name: ACME, staff: ⟦not_a_number⟧"８５０"}',
    "customer: {name: ACME, strategic: ⟦not_yes_no⟧yes}",
    "customer: {name: ACME, annual_revenue: ⟦too_small⟧-1}",
    "partner: {name: P, tier: gold, mode: ⟦not_one_of⟧agent}",
    "partner: {name: P, discount: ⟦needs_because⟧10%}",
    "lines: ⟦no_lines⟧[]",
    "lines: ⟦not_a_list⟧{sku: A-BASE}",
    "lines: [⟦not_a_mapping_value⟧A-BASE]",
    "lines: [{sku: ⟦not_a_sku⟧A BASE}]",
    "lines: [{sku: ⟦unknown_sku⟧a-base}]",
    "lines: [⟦exactly_one⟧{sku: A-BASE, custom: x, price: 1, tax: goods}]",
    "lines: [⟦only_for_custom⟧{sku: A-BASE, price: 1}]",
    "lines: [⟦custom_is_no_bundle⟧{custom: x, kind: bundle, price: 1, tax: goods}]",
    "lines: [{custom: x, price: ⟦too_many_decimals⟧1.1234567, tax: goods}]",
    "lines: [{sku: A-BASE, quantity: ⟦too_small⟧0}]",
    "lines: [{sku: A-BASE, quantity: ⟦too_large⟧1000000001}]",
    'lines: [{sku: A-BASE, quantity: ⟦not_a_number⟧"1,000"}]',
    "lines: [{sku: A-BASE, discount: ⟦rate_out_of_range⟧101%}]",
    "lines: [{sku: A-BASE, discount: ⟦rate_out_of_range⟧-1%}]",
    "lines: [{sku: A-BASE, discount: ⟦exactly_one⟧{}}]",
    "lines: [{sku: A-BASE, discount: ⟦exactly_one⟧{amount: 1, net: 1}}]",
    "lines: [{sku: A-BASE, discount: ⟦discount_too_large⟧{amount: 101}}]",
    "lines: [{sku: A-BASE, discount: ⟦discount_raises_price⟧{unit_price: 101}}]",
    "lines: [{sku: A-BASE, free_months: ⟦not_recurring⟧1}]",
    "lines: [{sku: A-CLOUD, term_months: 12, free_months: ⟦all_months_free⟧12}]",
    "lines: [{sku: A-CLOUD, term_months: 12, ramp: ⟦ramp_not_term⟧[{months: 6, quantity: 1}]}]",
    "lines: [{sku: A-CLOUD, ramp: [⟦missing_key⟧{quantity: 1}]}]",
    "lines: [{sku: A-SET, options: {A-REP: ⟦not_a_number⟧all}}]",
    "discounts: [⟦missing_key⟧{percent: 5%}]",
    "discounts: [{name: x, percent: 5%, on: {kind: ⟦not_one_of⟧license}}]",
    "discounts: [{name: x, percent: ⟦not_a_rate⟧5 percent}]",
    "discounts: [{name: x, percent: ⟦not_a_rate⟧５％}]",
    "discounts: [{name: x, percent: ⟦not_a_rate⟧{a: 5%}}]",
    "payment: ⟦shares_not_whole⟧[{name: x, share: 99%}]",
    "payment: ⟦payments_not_total⟧[{name: x, amount: 1}]",
    "payment: [⟦exactly_one⟧{name: x}]",
    "payment: [{name: x, share: 100%, due: ⟦not_one_of⟧soon}]",
    "payment: [{name: x, share: 100%, due: ⟦not_a_day⟧2026/1/1}]",
    "payment: [{name: x, share: 100%, days: {days: 30, from: ⟦not_one_of⟧month_end}}]",
    "payment: {instalments: ⟦too_small⟧0, rate: 6%}",
    "payment: ⟦missing_key⟧{instalments: 12}",
    "payment: {instalments: 12, rate: ⟦rate_without_percent⟧6}",
    "terms: ⟦not_a_mapping_value⟧none",
    "terms: {notes: ⟦not_a_list⟧x}",
    "terms: {forum: {kind: ⟦not_one_of⟧jury, name: x}}",
    "documents: [⟦not_text⟧{a: b}]",
]
"""Replaces the keys of HEAD and LINES that it names itself."""


def _with(snippet: str) -> str:
    own = {line.split(":")[0] for line in snippet.splitlines()}
    kept = [line for line in (HEAD + LINES).splitlines() if line.split(":")[0] not in own]
    return "\n".join([*kept, snippet, ""])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _house(tmp_path_factory.mktemp("house"), "")


@pytest.mark.parametrize("snippet", SINGLE, ids=lambda s: s[:60])
def test_each_kind_of_mistake_is_one_problem_at_its_line_and_column(house: Path, snippet: str) -> None:
    text, expected = unmarked(_with(snippet))
    house.write_text(text, "utf-8")
    problems = check(house, Workspace.for_deal(house), TODAY, "quote")
    assert found_in(problems) == expected


def test_a_deal_without_a_mistake_has_no_problem(house: Path) -> None:
    house.write_text(HEAD + LINES, "utf-8")
    assert check(house, Workspace.for_deal(house), TODAY, "quote") == []


FALSE_ALARMS = [
    pytest.param(
        "partner: {name: P, discount: ⟦rate_out_of_range⟧110%, because: x}",
        id="partner discount",
    ),
    pytest.param(
        """lines:
  - ⟦exactly_one⟧{quantity: 1}
  - ⟦exactly_one⟧{quantity: 2}
  - {sku: A-SHOP}
  - {sku: A-PLAN}""",
        id="two broken lines, false alarm",
    ),
    pytest.param(
        """lines:
  - {sku: A-REP}
  - ⟦not_a_mapping_value⟧null
  - ⟦not_a_mapping_value⟧null
  - {sku: ⟦unknown_sku⟧A-XXX}""",
        id="two broken lines, missing",
    ),
    pytest.param(
        "lines: [{sku: A-SET, options: {⟦unknown_option⟧A-NONE: 1}}]",
        id="unknown option",
    ),
    pytest.param(
        "title: !!python/object/apply:os.system [id]".replace("!!", "⟦tag_refused⟧!!"),
        id="tag",
    ),
    pytest.param(
        "title: &t {⟦nested_too_deep⟧en: *t}".replace("⟦nested_too_deep⟧", "").replace("&t", "⟦nested_too_deep⟧&t"),
        id="recursive alias",
    ),
    pytest.param(
        "prepared_by: {⟦merge_refused⟧<<: {name: x}, title: y}",
        id="merge key",
    ),
]


@pytest.mark.parametrize("snippet", FALSE_ALARMS)
def test_one_mistake_neither_hides_another_nor_raises_a_false_alarm(house: Path, snippet: str) -> None:
    text, expected = unmarked(_with(snippet))
    house.write_text(text, "utf-8")
    assert found_in(check(house, Workspace.for_deal(house), TODAY, "quote")) == expected


UNREADABLE = {
    "a tab as indentation": (HEAD.encode() + b"lines:\n\t- {sku: A-BASE}\n", "yaml_syntax"),
    "an open bracket": (HEAD.encode() + b"lines: [\n", "yaml_syntax"),
    "not UTF-8": ("title: 苏州".encode("gbk"), "not_utf8"),
    "a control character": (HEAD.encode() + b"title: a\x00b\n", "forbidden_character"),
    "two documents": (HEAD.encode() + b"---\na: b\n", "many_documents"),
    "empty": (b"", "file_empty"),
    "a list": (b"- a\n", "not_a_mapping"),
}


@pytest.mark.parametrize(("data", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_problem(house: Path, data: bytes, code: str) -> None:
    house.write_bytes(data)
    assert [p.code for p in check(house, Workspace.for_deal(house), TODAY, "quote")] == [code]


def test_a_file_that_is_not_there_is_one_problem(house: Path) -> None:
    path = house.with_name("nowhere.yaml")
    assert [p.code for p in check(path, Workspace.for_deal(path), TODAY, "quote")] == ["no_such_file"]


def test_no_word_of_python_is_in_a_message(house: Path) -> None:
    for item in ("null", "[]", "{}", "~"):
        house.write_text(HEAD + f"lines: [{item}]\ntitle: {item}\nstage: {item}\n", "utf-8")
        for each in check(house, Workspace.for_deal(house), TODAY, "quote"):
            assert not {"None", "NoneType", "[]", "{}", "dict", "Decimal"} & set(describe(each)[0].split())


def test_the_field_path_behind_a_broken_item_is_that_of_the_file(house: Path) -> None:
    text, expected = unmarked(_with("lines:\n  - ⟦exactly_one⟧{quantity: 1}\n  - {sku: ⟦unknown_sku⟧A-XXX}"))
    house.write_text(text, "utf-8")
    problems = check(house, Workspace.for_deal(house), TODAY, "quote")
    assert found_in(problems) == expected
    assert [p.path for p in problems] == [("lines", 0), ("lines", 1, "sku")]
