"""What happens to a contract after it was drafted: gaps are filled, its deal changes, the customer changes it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import cli
from docgen.cli.show import width
from tests.conftest import ROOT, SAMPLES, TODAY

PLAIN = SAMPLES / "contracts" / "saas-plain" / "deal.yaml"
LICENCE = SAMPLES / "contracts" / "licence-domestic" / "deal.yaml"
GAPS = SAMPLES / "contracts" / "draft-incomplete" / "deal.yaml"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["--workspace", str(ROOT), "--today", TODAY.isoformat(), *map(str, words)])


def changed(deal: Path, folder: Path, old: str, new: str) -> Path:
    text = deal.read_text("utf-8")
    assert old in text
    path = folder / "deal.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_a_quotation_beside_a_contract_of_an_older_deal_says_so(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("contract", PLAIN, "--out", out, "--format", "docx").exit_code == 0
    same = run("quote", PLAIN, "--out", out, "--format", "txt")
    assert same.exit_code == 0 and "has changed since this contract was drafted" not in same.output
    later = changed(PLAIN, tmp_path, "quantity: ", "quantity: 1")
    told = run("quote", later, "--out", out, "--format", "txt")
    assert told.exit_code == 0 and "has changed since this contract was drafted" in told.output


def test_a_contract_of_another_fact_alone_is_another_contract(tmp_path: Path) -> None:
    """The number of copies is in no price and no line, and still a contract of six is another than one of four."""
    out = tmp_path / "out"
    assert run("contract", PLAIN, "--out", out, "--format", "docx").exit_code == 0
    text = PLAIN.read_text("utf-8")
    later = tmp_path / "deal.yaml"
    later.write_text(text + ("" if text.endswith("\n") else "\n"), "utf-8")
    assert "has changed since" not in run("quote", later, "--out", out, "--format", "txt").output
    later.write_text(text.replace("copies: 2", "copies: 12", 1), "utf-8")
    assert later.read_text("utf-8") != text
    assert "has changed since" in run("quote", later, "--out", out, "--format", "txt").output


def test_a_fact_the_deal_lacks_is_a_mark_in_a_draft_and_stops_a_final_contract(tmp_path: Path) -> None:
    draft = run("contract", GAPS, "--out", tmp_path, "--format", "txt")
    assert draft.exit_code == 0 and "add it; a draft shows a mark in its place" in draft.output
    (paper,) = tmp_path.glob("*contract*.txt")
    marks = paper.read_text("utf-8").count("【待补：") + paper.read_text("utf-8").count("[to be completed:")
    assert marks >= 1
    final = run("contract", GAPS, "--out", tmp_path / "final", "--format", "txt", "--final")
    assert final.exit_code == 3 and not (tmp_path / "final").exists()


def test_an_agreement_that_quotes_nothing_needs_no_price_list(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: D-7\ndate: 2026-11-23\nseller: main\ncustomer: {name: 甲公司}\ncontract: nda\n", "utf-8")
    done = run("contract", deal, "--out", tmp_path / "out", "--format", "txt")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "D-7-contract.txt").read_text("utf-8")
    assert text.count("甲公司") >= 3 and "保密协议" in text and "0.00" not in text


def test_reasons_tell_every_clause_of_the_library_in_or_out(tmp_path: Path) -> None:
    answer = json.loads(run("explain", PLAIN, "--contract", "--format", "json").stdout)
    keys = [each["clause"] for each in answer]
    library = sorted(path.parent.name for path in (ROOT / "templates" / "clauses").glob("*/clause.yaml"))
    assert sorted(keys) == library
    by_key = {each["clause"]: each for each in answer}
    assert by_key["fees"]["in"] and by_key["fees"]["why"] == "must" and by_key["fees"]["variant"] == "standard"
    assert not by_key["nda_purpose"]["in"] and by_key["nda_purpose"]["why"] == "not_of_type"


def test_hardware_alone_is_sold_under_its_own_title_and_warranted_without_a_word_of_software(tmp_path: Path) -> None:
    text = (SAMPLES / "contracts" / "licence-hardware" / "deal.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not re.search(r"sku: (E2|SV|TR)-", line)]
    deal = tmp_path / "deal.yaml"
    deal.write_text("\n".join(kept), "utf-8")
    done = run("contract", deal, "--out", tmp_path, "--format", "txt", "--language", "en,zh-CN")
    assert done.exit_code == 0, done.output
    paper = "".join(next(tmp_path.glob("*.txt")).read_text("utf-8").split())
    for said in (
        "HardwareSupplyAgreement",
        "设备供货合同",
        "Customer(Buyer)",
        "Thewarrantyperiodis12monthsfromAcceptance",
    ):
        assert said in paper
    assert "theHardware,whenitishandedover,isnewandconformstothisAgreement" in paper
    for said in ("licenceto", "softwarelicensed", "AuthorisedUser", "使用许可", "许可方"):
        assert said not in paper


def test_an_unchanged_contract_that_comes_back_gives_nothing(tmp_path: Path) -> None:
    run("contract", LICENCE, "--out", tmp_path, "--format", "docx")
    (paper,) = tmp_path.glob("*.docx")
    done = run("diff", LICENCE, paper)
    assert done.exit_code == 0 and "nothing was changed" in done.output


def test_a_figure_a_customer_changed_is_told_with_its_field_and_who_must_agree(tmp_path: Path) -> None:
    run("contract", LICENCE, "--out", tmp_path, "--format", "docx")
    (paper,) = tmp_path.glob("*.docx")
    back = tmp_path / "back.docx"
    _rewritten(paper, back, "0.05%", "0.01%")
    answer = json.loads(run("diff", LICENCE, back, "--format", "json").stdout)
    figures = [figure for each in answer["findings"] for figure in each["figures"]]
    assert {"old": "0.05%", "new": "0.01%", "field": "contract.late.rate_per_day"} in figures
    (late,) = (each for each in answer["findings"] if each["clause"] == "late_payment")
    assert late["how"] == "silent" and set(late["approvers"]) >= {"legal"}


def _rewritten(source: Path, target: Path, old: str, new: str) -> None:
    """The Word file with one word of its body replaced, as somebody does who hides it."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
        for item in read.infolist():
            data = read.read(item)
            if item.filename == "word/document.xml":
                assert data.count(old.encode()) >= 1
                data = data.replace(old.encode(), new.encode(), 1)
            write.writestr(item, data)


@pytest.mark.parametrize("language", ["zh-CN", "en", "zh-CN,en"])
def test_the_sheet_of_deviations_stays_in_the_house_and_names_every_clause(language: str, tmp_path: Path) -> None:
    deal = SAMPLES / "contracts" / "saas-european" / "deal.yaml"
    done = run("make", "deviation-sheet", deal, "--out", tmp_path, "--format", "txt", "--language", language)
    assert done.exit_code == 0, done.output
    (paper,) = tmp_path.glob("*-internal.txt")
    text = paper.read_text("utf-8")
    assert "governing_law" in text and "legal" in text and "1.0" in text


def test_reasons_fit_a_terminal_of_100_columns() -> None:
    deal = SAMPLES / "contracts" / "mixed-bilingual" / "deal.yaml"
    shown = run("explain", deal, "--contract").stdout
    table = shown.split("\n  in: ")[1]
    assert [line for line in table.splitlines() if width(line) > 100] == []
    assert "nda_purpose" in table, "what contracts of these types never hold is named too"


def test_reasons_name_what_a_final_contract_waits_for_and_nothing_else(tmp_path: Path) -> None:
    shown = run("explain", GAPS, "--contract").stdout.partition("to be completed before it is final:")[2]
    told = sorted(line.split()[-1] for line in shown.splitlines()[2:])
    asked = run("contract", GAPS, "--out", tmp_path, "--format", "txt").output
    assert told == sorted(re.findall(r"warning: (\S+): \w+ prints", asked)) != []


def test_reasons_for_programs_name_only_the_gaps_the_contract_prints(tmp_path: Path) -> None:
    """What stands in a branch that is not taken, a trial's days say, is no gap; a cell of a table is."""
    deal = SAMPLES / "contracts" / "draft-reseller" / "deal.yaml"
    answer = json.loads(run("explain", deal, "--contract", "--format", "json").stdout)
    gaps = {each["clause"]: each["gaps"] for each in answer if each["gaps"]}
    assert gaps == {
        "appointment": ["channel.territory"],
        "resale_pricing": ["channel.discount"],
        "term": ["term.starts", "term.months", "term.ends"],
        "notices": ["customer.contacts", "customer.phone"],
        "annex_resale": ["channel.territory", "channel.discount"],
    }
    (one,) = json.loads(run("explain", deal, "term", "--contract", "--format", "json").stdout)
    assert one["clause"] == "term"


def test_what_the_address_of_one_side_lacks_is_one_warning_that_names_it_all(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: D-7\nlanguage: en\ndate: 2026-11-23\nseller: main\ncustomer: {name: A Ltd}\ncontract: nda\n")
    told = run("contract", deal, "--out", tmp_path, "--format", "txt").output.splitlines()
    notices = [line.split("warning: ")[1] for line in told if "notices prints" in line]
    assert notices == [
        "customer: notices prints Address, Contact, Phone, E-mail, which the deal does not state",
        "prepared_by: notices prints Contact, E-mail, which the deal does not state",
    ]


def test_one_thing_an_address_lacks_is_told_at_its_own_key(tmp_path: Path) -> None:
    deal = changed(PLAIN, tmp_path, "  phone: ", "  # ")
    told = run("contract", deal, "--out", tmp_path, "--format", "txt").output
    assert re.findall(r"warning: (\S+): notices prints", told) == ["customer.phone"]


def test_a_clause_that_is_misspelt_in_a_question_is_named_with_the_one_that_was_meant() -> None:
    asked = run("explain", PLAIN, "liabilty_cap", "--contract")
    assert asked.exit_code == 2 and "did you mean liability_cap?" in asked.output


PURPOSE = "values: {nda_purpose: {purpose: {zh-CN: 评估合作, en: looking at it}}}"


def test_words_of_a_clauses_own_are_said_in_each_language_and_legal_agrees_to_both(tmp_path: Path) -> None:
    """A yes to the words in one language is none to others in the second."""
    head = "deal: D-7\nlanguage: [zh-CN, en]\ndate: 2026-11-23\nseller: main\ncustomer: {name: A Ltd}\n"
    deal = tmp_path / "deal.yaml"
    deal.write_text(f"{head}contract:\n  type: nda\n  {PURPOSE}\n", "utf-8")
    asked = run("contract", deal, "--out", tmp_path, "--format", "txt").output
    text = "".join((tmp_path / "D-7-contract.txt").read_text("utf-8").split())
    assert "评估合作" in text and "lookingatit" in text
    assert re.search(r"legal +clauses\.nda_purpose\.value", asked)
    run("approve", deal, "--as", "legal", "--by", "Ann Lee", "--rule", "clauses.nda_purpose.value")
    assert re.search(r"clauses\.nda_purpose\.value +valid", run("approvals", deal).output)
    deal.write_text(deal.read_text("utf-8").replace("looking at it", "Another line"), "utf-8")
    assert re.search(r"clauses\.nda_purpose\.value +(?!valid)\w+", run("approvals", deal).output)


def test_an_approval_of_a_clause_shows_what_is_to_be_agreed(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    own = "{type: nda, values: {confidentiality: {years: 9}}, special_terms: [{text: No copies at all, owner: sales}]}"
    head = "deal: D-7\nlanguage: en\ndate: 2026-11-23\nseller: main\ncustomer: {name: A Ltd}\n"
    deal.write_text(f"{head}contract: {own}\n", "utf-8")
    shown = run("contract", deal, "--out", tmp_path, "--format", "txt").output
    assert "years 9" in shown and "term No copies at all" in shown and "clause_deviations" not in shown
    sheet = run("make", "deviation-sheet", deal, "--out", tmp_path, "--format", "txt")
    assert sheet.exit_code == 0 and "years" in next(tmp_path.glob("*-internal.txt")).read_text("utf-8")
