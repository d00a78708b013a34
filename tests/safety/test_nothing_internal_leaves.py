"""Every internal value of deal, price list and rules is a unique marker here; no customer's file may hold one."""

from __future__ import annotations

import copy
import getpass
import io
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from docgen.answers import price_json
from docgen.pipeline import prepare, produce
from docgen.reading import Workspace
from tests.documents.tales import STORY, VALUE, WHY
from tests.safety.house import TODAY, catalog, deal, furnish, sellers, word_parts

FORMATS = ("docx", "pdf", "txt", "html", "json")


class Markers:
    """Hands out words and amounts that nothing else would hold."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.amounts: dict[str, str] = {}

    def word(self, field: str) -> str:
        self.words[field] = f"Qx{len(self.words):03}Zj"
        return self.words[field]

    def amount(self, field: str) -> str:
        self.amounts[field] = str(7_310_000 + 7_919 * len(self.amounts))
        return self.amounts[field]


def _internal_catalog(m: Markers) -> dict[str, Any]:
    made = catalog()
    made["owner"], made["note"] = m.word("list.owner"), m.word("list.note")
    for product in made["products"]:
        if product["kind"] != "bundle":
            product["cost"] = str(Decimal(m.amount(f"{product['sku']}.cost")) / 10_000)
            product["floor"] = str(Decimal(m.amount(f"{product['sku']}.floor")) / 10_000)
    made["families"] = {
        m.word("family.key"): {
            "name": m.word("family.name"),
            "revenue_from": m.amount("family.revenue"),
            "profit_from": m.amount("family.profit"),
        }
    }
    made["partner_tiers"] = {m.word("tier"): "23.4567%"}
    made["referral"] = {"name": "Referral", "referred": "2.7311%", "maximum": m.amount("referral.maximum")}
    made["partner_rebates"] = {
        next(iter(made["partner_tiers"])): [{"from": m.amount("rebate.from"), "percent": "4.9173%"}]
    }
    made["contract_prices"] = [
        {"customer": m.word("contract.customer"), "sku": "P-LIC", "price": m.amount("contract.price")}
    ]
    made["approvals"] = [
        {
            "rule": m.word("list.rule"),
            "when": "margin < 99%",
            "approver": "general_manager",
            "chain": m.word("list.chain"),
            "because": m.word("list.rule.because"),
        }
    ]
    return made


def _as_alternatives(made: dict[str, Any], m: Markers) -> None:
    """The deal's lines as the recommended of two alternatives; the other has secrets of its own."""
    lines, discounts = made.pop("lines"), made.pop("discounts")
    other = [{"sku": "P-LIC", "quantity": 9, "discount": "31%", "because": m.word("other.because")}]
    cut = [{"name": "Cut", "percent": "2%", "because": m.word("other.discount.because")}]
    made["alternatives"] = [
        {"name": "Small", "lines": other, "discounts": cut},
        {"name": "Large", "recommended": "true", "lines": lines, "discounts": discounts},
    ]


def _internal_deal(m: Markers, partner: str, alternatives: bool = False) -> dict[str, Any]:
    made = deal()
    made["language"] = ["en", "zh-CN"]
    made["stage"] = "6"
    made["prepared_by"]["role"] = m.word("prepared_by.role")
    made["customer"] |= {
        "industry": m.word("customer.industry"),
        "annual_revenue": m.amount("customer.annual_revenue"),
        "annual_profit": m.amount("customer.annual_profit"),
        "gross_profit": m.amount("customer.gross_profit"),
        "strategic": "true",
        "staff": "731999",
        "ownership": m.word("customer.ownership"),
        "branches": "731998",
        "it_base": m.word("customer.it_base"),
        "software_in_use": [m.word("customer.software_in_use")],
        "purchase_plan": m.word("customer.purchase_plan"),
        "bank": {"name": m.word("customer.bank.name"), "account": m.word("customer.bank.account")},
    }
    made["customer"]["contacts"] = [
        {
            "name": f"contact {i}",
            "role": m.word(f"contact.{i}.role"),
            "email": m.word(f"contact.{i}.email"),
            "phone": m.word(f"contact.{i}.phone"),
        }
        for i in range(2)
    ]
    made["opportunity"] = {
        "expected_close": "2027-01-19",
        "budget": {"amount": m.amount("budget.amount"), "covers": [m.word("budget.covers")], "elastic": "17.31%"},
        "why_now": {"event": m.word("why.event"), "deadline": "2027-06-17", "consequence": m.word("why.consequence")},
        "criteria": [m.word("criteria")],
        "competitors": [m.word("competitor")],
        "named_account": "true",
        "quote_strategy": m.word("quote_strategy"),
    }
    made["earlier"] = [
        {
            "paper": m.word("earlier.paper"),
            "date": "2026-09-01",
            "figure": m.word("earlier.figure"),
            "low": m.amount("earlier.low"),
            "high": m.amount("earlier.high"),
        }
    ]
    if partner:
        made["partner"] = {
            "name": m.word("partner.name"),
            "mode": partner,
            "discount": "13.7311%",
            "because": m.word("partner.because"),
            "tax_id": m.word("partner.tax_id"),
            "address": m.word("partner.address"),
        }
    made["referral"] = {"by": m.word("referral.by")}
    first, _, custom, _ = made["lines"]
    first |= {"discount": "12%", "because": m.word("line.because")}
    custom["cost"] = str(Decimal(m.amount("custom.cost")) / 100_000)
    made["discounts"] = [{"name": "Special", "percent": "3%", "because": m.word("discount.because")}]
    made["story"] = {
        "summary": m.word("story.summary"),
        "risks": [{"text": m.word("story.risk")}],
        "win_themes": [{"claim": m.word("story.claim")}],
        "team": [{"name": m.word("team.name"), "role": m.word("team.role")}],
    }
    made["value"] = {
        "benefits": [{"id": m.word("value.id"), "name": m.word("value.name"), "per_year": m.amount("tbb")}]
    }
    made["contract"] = {"special_terms": [{"text": m.word("special.text"), "reason": m.word("special.reason")}]}
    if alternatives:
        _as_alternatives(made, m)
    return made


def _house(folder: Path, partner: str, alternatives: bool = False, told: bool = False) -> tuple[Path, Markers]:
    """A house full of markers; with `told` the deal tells a whole story, whose own words are no secrets."""
    m = Markers()
    the_deal = _internal_deal(m, partner, alternatives)
    if told:
        for field in [name for name in m.words if name.split(".")[0] in ("story", "team", "value", "why")]:
            del m.words[field]
        del m.amounts["tbb"]
        the_deal |= {"story": copy.deepcopy(STORY), "value": copy.deepcopy(VALUE)}
        the_deal["opportunity"]["why_now"] = dict(WHY)
    policies = {
        "approvals": [
            {
                "rule": m.word("policy.rule"),
                "when": "stage >= 6",
                "approver": "sales_manager",
                "because": m.word("policy.because"),
            }
        ]
    }
    profiles = sellers()
    profiles["sellers"]["main"]["keep_secret"] = [m.word("seller.keep_secret")]
    path = furnish(folder, the_deal, price_list=_internal_catalog(m), profiles=profiles, policies=policies)
    if told:
        (folder / "templates" / "references").mkdir(parents=True, exist_ok=True)
        untold = {key: m.word(f"reference.{key}") for key in REFERENCE}
        (folder / "templates" / "references" / "secret.yaml").write_text(json.dumps({**untold, "publish": "false"}))
        the_deal["story"]["references"] = ["cookware-2025", "secret"]
        path = furnish(folder, the_deal, price_list=_internal_catalog(m), profiles=profiles, policies=policies)
    comment = f"# {m.word('comment')}\n"
    path.write_text(comment + path.read_text("utf-8"), "utf-8")
    return path, m


# ---- everything a file holds ----------------------------------------------------------------------------------------
def _everything_in(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Each part of a file as text, however it is stored; the workbooks of Word's charts are opened as well."""
    if data.startswith(b"PK\x03\x04"):
        for part, inner in word_parts(data).items():
            yield part, inner.decode("utf-8", "replace")
            yield f"{part}, without tags", re.sub(r"<[^>]+>", "", inner.decode("utf-8", "replace"))
            if inner.startswith(b"PK\x03\x04"):
                yield from ((f"{part} › {deeper}", text) for deeper, text in _everything_in(part, inner))
    elif name == "pdf":
        yield from _everything_in_pdf(data)
    yield "raw bytes", data.decode("latin-1")
    yield "raw bytes as UTF-8", data.decode("utf-8", "replace")


def _everything_in_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pikepdf.Stream):
                inner = each.read_bytes()
                for encoding in ("latin-1", "utf-8", "utf-16-be"):
                    yield f"stream {number} as {encoding}", inner.decode(encoding, "replace")
            yield from ((f"string in {number}", text) for text in _strings(each))
        for name, attached in pdf.attachments.items():
            yield f"attachment {name}", attached.get_file().read_bytes().decode("utf-8", "replace")
    if shutil.which("pdftotext"):
        shown = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
        yield "what the pages show", shown.stdout.decode()


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array) and depth < 6:
        for item in value:
            yield from _strings(item, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and depth < 6:
        for _, item in value.items():
            if not (isinstance(item, pikepdf.Object) and item.is_indirect):
                yield from _strings(item, depth + 1)


def _spellings(amount: str) -> set[str]:
    """How an amount may be written: plain, grouped, with cents."""
    number = Decimal(amount)
    return {amount, f"{number:,}", f"{number:,.2f}", f"{number:.2f}"}


# ---- the test -------------------------------------------------------------------------------------------------------
REFERENCE = (
    "reference", "customer", "title", "industry", "size", "situation", "problem", "reason_for_change", "capability",
    "solution", "result", "result_source",
)  # fmt: skip


@pytest.mark.parametrize("document", ["quote", "proposal"])
@pytest.mark.parametrize("partner", ["", "resale", "referral"])
@pytest.mark.parametrize("shows_discounts", [True, False])
@pytest.mark.parametrize("alternatives", [False, True], ids=["one", "alternatives"])
def test_no_internal_value_is_in_any_part_of_a_customers_file(
    tmp_path: Path, document: str, partner: str, shows_discounts: bool, alternatives: bool
) -> None:
    path, markers = _house(tmp_path, partner, alternatives, told=document == "proposal")
    if not shows_discounts:
        path.write_text(path.read_text("utf-8").replace("{", '{"show_discounts": "false",', 1), "utf-8")
    workspace = Workspace.for_deal(path)
    ready = prepare(path, workspace, TODAY)
    assert ready.facts is not None, ready.problems
    assert not ready.has_errors, [p for p in ready.problems if p.is_error]
    files = produce(ready.facts, document, workspace, today=TODAY, formats=FORMATS).files

    priced = price_json(ready.facts)
    secret = secrets(markers, priced, tmp_path)
    if document == "proposal":
        secret["seen only by reviewers"] = {"审阅稿", "REVIEW", "Open points", "annotationRef"}
    if not shows_discounts:
        secret["list price"] = {"1,000.00", '"list"'}
    for name, data in files.items():
        assert any("customer.name" in text for _, text in _everything_in(name, data)), f"{name} was not searched"
    assert leaks(files, secret) == []


def secrets(markers: Markers, priced: Any, folder: Path) -> dict[str, set[str]]:
    """Every spelling of what no customer may have, by the field it stands in."""
    totals = priced["totals"]
    assert priced["approvals"], "the rules of this house must ask for something, or their markers prove nothing"
    secret: dict[str, set[str]] = {field: {word} for field, word in markers.words.items()}
    secret |= {field: _spellings(amount) for field, amount in markers.amounts.items()}
    secret |= {f"scaled {f}": _spellings(str(Decimal(a) / 10_000)) for f, a in markers.amounts.items() if f[:2] == "P-"}
    secret["custom cost"] = _spellings(str(Decimal(markers.amounts["custom.cost"]) / 100_000))
    secret |= {f"totals.{key}": _spellings(totals[key]) for key in ("cost", "margin")}
    for each in priced["alternatives"]:
        secret |= {f"{each['name']}.{key}": _spellings(each["totals"][key]) for key in ("cost", "margin")}
    secret["margin rate"] = {totals["margin_rate"], f"{Decimal(totals['margin_rate']) * 100:.1f}%"}
    secret |= {"staff": {"731999"}, "branches": {"731998"}, "elastic": {"17.31%", "0.1731"}}
    secret |= {"partner's rate": {"13.73%", "13.7%", "13.7311", "0.137311", "23.4567", "0.234567"}}
    secret |= {"closing": {"2027-01-19", "19 January 2027", "2027年1月19日"}, "deadline": {"2027-06-17"}}
    secret |= {"approver": {"general_manager", "sales_manager", "General manager", "总经理"}}
    here = (str(folder), str(Path.home()), f"/{getpass.getuser()}/", socket.gethostname())
    secret["workplace"] = {word for word in here if len(word) > 5}
    return secret | {
        "key": {"margin", "floor", "because", "strategic", "competitor", "annual_revenue", "quote_strategy"}
    }


def leaks(files: dict[str, bytes], secret: dict[str, set[str]]) -> list[str]:
    """Where a secret stands. Names of keys may be words of a page; in data and properties they may not."""
    return [
        f"{field} ({word}) is in {name}: {part}"
        for name, data in files.items()
        for part, text in _everything_in(name, data)
        for field, words in secret.items()
        for word in words
        if word and word in text and not (field == "key" and not part.startswith(("attachment", "docProps")))
    ]


@pytest.mark.parametrize("partner", ["resale", "referral"])
@pytest.mark.parametrize("alternatives", [False, True], ids=["one", "alternatives"])
def test_a_customers_paper_shows_the_customers_price_not_the_partners(
    tmp_path: Path, partner: str, alternatives: bool
) -> None:
    path, _ = _house(tmp_path, partner, alternatives)
    workspace = Workspace.for_deal(path)
    facts = prepare(path, workspace, TODAY).facts
    assert facts is not None
    shown = produce(facts, "quote", workspace, today=TODAY, formats=("txt",)).files["txt"].decode()
    for quote in (facts.quote, *(each.quote for each in facts.alternatives)):
        totals = quote.totals
        assert f"{totals.customer_gross:,.2f}" in shown
        if totals.gross != totals.customer_gross:
            assert f"{totals.gross:,.2f}" not in shown
            assert f"{totals.net:,.2f}" not in shown


TOLD_OF_VALUE = {"value.name", "why.event", "why.consequence", "value.owner", "value.source"}
"""What a value statement is there to tell."""


def test_a_value_statement_holds_nothing_internal(tmp_path: Path) -> None:
    path, markers = _house(tmp_path, "")
    comment, text = path.read_text("utf-8").split("\n", 1)
    made = json.loads(text)
    benefit = made["value"]["benefits"][0]
    benefit |= {"owner": markers.word("value.owner"), "source": markers.word("value.source")}
    made["value"] |= {"discount_rate": "10%", "maturity": "refined"}
    path.write_text(f"{comment}\n{json.dumps(made)}", "utf-8")
    ready = prepare(path, Workspace.for_deal(path), TODAY)
    assert ready.facts is not None and ready.facts.value is not None, ready.problems
    files = produce(ready.facts, "value", Workspace.for_deal(path), today=TODAY, formats=FORMATS).files

    totals = price_json(ready.facts)["totals"]
    secret: dict[str, set[str]] = {f: {word} for f, word in markers.words.items() if f not in TOLD_OF_VALUE}
    secret |= {field: _spellings(amount) for field, amount in markers.amounts.items() if field != "tbb"}
    secret |= {f"totals.{key}": _spellings(totals[key]) for key in ("cost", "margin")}
    secret["margin rate"] = {totals["margin_rate"], f"{Decimal(totals['margin_rate']) * 100:.1f}%"}
    secret |= {"staff": {"731999"}, "branches": {"731998"}, "closing": {"2027-01-19", "19 January 2027"}}
    for name, data in files.items():
        told = markers.words["value.owner"]
        assert name == "json" or any(told in text for _, text in _everything_in(name, data)), f"{name} was not searched"
    found = [
        f"{field} ({word}) is in {name}: {part}"
        for name, data in files.items()
        for part, text in _everything_in(name, data)
        for field, words in secret.items()
        for word in words
        if word and word in text
    ]
    assert found == []
