"""The customer never sees what the partner pays, the partner never our cost, and what is internal says so."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.answers import price_json
from docgen.facts import Facts
from docgen.pipeline import check, prepare, produce
from docgen.problems import ProblemsFound
from docgen.reading import Workspace
from tests.conftest import ROOT
from tests.safety.house import TODAY, call, catalog, deal, furnish, word_parts
from tests.safety.test_nothing_internal_leaves import FORMATS, _everything_in, _house, _spellings

PARTNER = {"name": "Zhilian", "discount": "15%", "because": "frame contract", "tax_id": "T-1", "address": "Nanjing"}


def resale(**more: Any) -> dict[str, Any]:
    return deal() | {"partner": PARTNER} | more


def costly() -> dict[str, Any]:
    made = catalog()
    made["products"][0] |= {"cost": "371", "floor": "402"}
    return made


def facts_of(path: Path) -> Facts:
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    return facts


def paper(path: Path, document: str, form: str = "txt", languages: tuple[str, ...] = ("en",)) -> str:
    made = produce(facts_of(path), document, Workspace.for_deal(path), today=TODAY, languages=languages, formats=[form])
    return made.files[form].decode()


def own_templates(folder: Path) -> Path:
    """The templates in a workspace of one's own, to be changed."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder / "templates"


# ---- the partner's quotation ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("alternatives", [False, True], ids=["one", "alternatives"])
def test_nothing_internal_is_in_any_part_of_a_partners_file(tmp_path: Path, alternatives: bool) -> None:
    path, markers = _house(tmp_path, "resale", alternatives)
    facts = facts_of(path)
    files = produce(facts, "partner-quote", Workspace.for_deal(path), today=TODAY, formats=FORMATS).files
    his = {"partner.name", "partner.address", "partner.tax_id"}
    secret = {field: {word} for field, word in markers.words.items() if field not in his}
    secret |= {field: _spellings(amount) for field, amount in markers.amounts.items()}
    priced = price_json(facts)
    for totals in (priced["totals"], *(each["totals"] for each in priced["alternatives"])):
        secret[f"of {totals['net']}"] = {
            spelling for key in ("cost", "margin", "customer_gross") for spelling in _spellings(totals[key])
        }
    parts = [(f"{name}: {part}", text) for name, data in files.items() for part, text in _everything_in(name, data)]
    assert any(markers.words["partner.name"] in text for _, text in parts)
    assert [(f, p) for f, words in secret.items() for p, text in parts if any(w in text for w in words)] == []


def test_a_partner_is_quoted_what_he_pays_us(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale(show_discounts="false"))
    totals = price_json(facts_of(path))["totals"]
    copy = json.loads(paper(path, "partner-quote", "json"))
    assert copy["totals"] == {key: totals[key] for key in ("list", "net", "tax", "gross")}
    assert copy["customer"] == {"name": "Zhilian", "address": "Nanjing", "tax_id": "T-1"}
    assert copy["end_customer"] == "customer.name"
    assert sum(Decimal(p["amount"]) for p in copy["payments"]) == Decimal(totals["gross"])
    assert sum(Decimal(line["net"]) for line in copy["lines"] if not line["optional"]) == Decimal(totals["net"])


def test_a_partners_quotation_is_addressed_to_him_and_says_for_whom_it_is(tmp_path: Path) -> None:
    text = paper(furnish(tmp_path, resale()), "partner-quote")
    assert "Partner quotation" in text and "For the partner" in text
    assert "End customer  customer.name" in text
    assert "customer.address" not in text and "contact.name" not in text


def test_prices_that_include_tax_are_split_as_paid(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale(), price_list=catalog() | {"prices": "tax_inclusive"})
    totals = price_json(facts_of(path))["totals"]
    copy = json.loads(paper(path, "partner-quote", "json"))
    assert (copy["totals"]["net"], copy["totals"]["gross"]) == (totals["net"], totals["gross"])
    text = paper(path, "partner-quote")
    assert f"{Decimal(totals['gross']) - Decimal(totals['list']):,.2f}".replace("-", "−") in text


# ---- the profit split -----------------------------------------------------------------------------------------------
def test_the_profit_split_adds_up_and_says_on_every_page_that_it_is_internal(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale(), price_list=costly())
    totals = facts_of(path).quote.totals
    text = paper(path, "partner-arrangement")
    customer = totals.customer_gross - totals.customer_tax
    figures = (customer, totals.net, customer - totals.net, totals.cost, totals.margin)
    row = next(line for line in text.splitlines() if line.startswith("Total  "))
    assert row.split()[1:] == [f"{figure:,.2f}" for figure in figures]
    assert text.startswith("INTERNAL") and "not for customers or partners" in text
    for plan in (totals.customer_gross, totals.gross):
        assert f"{plan * Decimal('0.4'):,.2f}" in text


def test_an_internal_file_says_so_in_its_name_and_inside(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale(language="zh-CN"), price_list=costly())
    for language in ("zh-CN", "en", "zh-CN,en"):
        done = call("make", "partner-arrangement", path, "--language", language, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    written = sorted(p.name for p in (tmp_path / "out").glob("*.*"))
    papers = [name for name in written if name.endswith((".docx", ".pdf"))]
    assert len(papers) == 6 and all(Path(name).stem.endswith("-internal") for name in papers)
    word = word_parts((tmp_path / "out" / "D-1-partner-arrangement-internal.docx").read_bytes())
    assert b"docgen.audience" in word["docProps/custom.xml"]
    assert "内部 INTERNAL".encode() in b"".join(word.values())


# ---- who may have which table ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("slot", ["profit-split", "split-figures", "partner-payments"])
@pytest.mark.parametrize("document", ["quote", "partner-quote"])
def test_an_internal_table_is_refused_at_its_line_on_any_other_paper(tmp_path: Path, document: str, slot: str) -> None:
    path = furnish(tmp_path, resale(), price_list=costly())
    template = own_templates(tmp_path) / document / f"{document}.en.md"
    template.write_text(template.read_text("utf-8").replace("::: slot totals", f"::: slot {slot}"), "utf-8")
    with pytest.raises(ProblemsFound) as found:
        paper(path, document)
    assert [p.code for p in found.value.problems] == ["internal_slot"]
    place = found.value.problems[0].place
    assert place is not None and template.read_text("utf-8").splitlines()[place.line - 1] == f"::: slot {slot}"


def test_a_slot_pieced_together_is_refused_too(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale(), price_list=costly())
    template = own_templates(tmp_path) / "quote" / "quote.en.md"
    pieced = "::: slot profit{% if true %}-split{% endif %}"
    template.write_text(template.read_text("utf-8").replace("::: slot totals", pieced), "utf-8")
    with pytest.raises(ProblemsFound) as found:
        paper(path, "quote")
    assert [p.code for p in found.value.problems] == ["internal_slot"]


def test_a_customers_paper_knows_no_end_customer_and_no_partner(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale())
    for form in ("txt", "json"):
        text = paper(path, "quote", form)
        assert "Zhilian" not in text and "end_customer" not in text


# ---- deals these papers are not for ---------------------------------------------------------------------------------
@pytest.mark.parametrize("document", ["partner-quote", "partner-arrangement"])
@pytest.mark.parametrize("partner", [None, PARTNER | {"mode": "referral"}], ids=["none", "referral"])
def test_a_deal_nobody_resells_has_no_such_paper(tmp_path: Path, document: str, partner: Any) -> None:
    furnish(tmp_path, deal() | ({"partner": partner} if partner else {}))
    done = call("make", document, "deal.yaml", cwd=tmp_path)
    assert done.returncode == 1 and "needs a partner who resells" in done.stderr
    assert not (tmp_path / "out").exists()
    told = check(tmp_path / "deal.yaml", Workspace.for_deal(tmp_path / "deal.yaml"), TODAY, document, fill=True)
    assert [p.code for p in told if p.is_error] == ["no_reseller"]


def test_a_plan_in_the_customers_amounts_is_not_spread_over_the_partners_total(tmp_path: Path) -> None:
    path = furnish(tmp_path, resale())
    gross = price_json(facts_of(path))["totals"]["customer_gross"]
    half = Decimal(gross) / 2
    plan = [
        {"name": "a", "amount": str(half.quantize(Decimal("0.01")))},
        {"name": "b", "share": "50%", "due": "go_live"},
    ]
    path = furnish(tmp_path, resale(payment=plan))
    with pytest.raises(ProblemsFound) as found:
        paper(path, "partner-quote")
    assert [(p.code, p.path) for p in found.value.problems] == [("amounts_of_the_customer", ("payment",))]
    assert "a" in paper(path, "quote")


def test_list_tells_for_whom_each_document_is(tmp_path: Path) -> None:
    furnish(tmp_path, deal())
    documents = json.loads(call("list", "--format", "json", cwd=tmp_path).stdout)["documents"]
    readers = {each["document"]: each["audience"] for each in documents}
    assert readers == readers | {"quote": "customer", "partner-quote": "partner", "partner-arrangement": "internal"}
