"""The value statement: every figure is the model's, every part waits for its facts, nothing of ours is told."""

from __future__ import annotations

import copy
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from pikepdf import pdfa

from docgen.cli.main import cli
from docgen.facts import Facts
from docgen.pipeline import prepare, produce
from docgen.problems import ProblemsFound
from docgen.reading import Workspace
from docgen.value_answers import value_json
from tests.conftest import SAMPLES, TODAY, need
from tests.documents.tales import facts_of, house, proposal, text_of, told_deal
from tests.render.test_pdf import ACCEPTED
from tests.safety.house import word_paragraphs

VALUED = ["huarui-erp", "homebody-crm"]
FORMATS = ("docx", "pdf", "txt", "html")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AMOUNT = re.compile(r"\d[\d,]*\.\d\d\b")

FULL: dict[str, Any] = {
    "maturity": "refined",
    "horizon_months": 36,
    "discount_rate": "10%",
    "go_live_month": 6,
    "benefits": [
        {
            "id": "stock",
            "name": "Less stock",
            "driver": "Average stock",
            "baseline": 200000,
            "improvement": {"low": "5%", "expected": "8%", "high": "10%"},
            "build_up": ["50%", "100%"],
            "risk": "10%",
            "owner": "Finance director",
            "source": "Accounts of 2025",
            "measure": "Stock at each month's end",
        },
        {
            "id": "hours",
            "class": "save",
            "name": "Fewer hours",
            "per_year": {"low": 9000, "expected": 12000, "high": 15000},
            "recapture": "50%",
            "adoption": ["60%", "100%"],
            "source": "Time records",
        },
    ],
    "costs": [{"name": "Own team", "initial": 1000, "per_year": 200, "contingency": "5%", "source": "Staff plan"}],
    "unquantified": ["Batches can be traced"],
    "assumptions": ["The plant opens in June"],
}


def full_deal(**changes: Any) -> dict[str, Any]:
    """A deal that tells everything a value statement may tell; `changes` are to its value section."""
    return {**told_deal(), "value": {**copy.deepcopy(FULL), **changes}}


def statement(folder: Path, the_deal: dict[str, Any]) -> str:
    return text_of(proposal(folder, the_deal, document="value"))


def sample(name: str) -> tuple[Facts, Workspace]:
    path = SAMPLES / name / "deal.yaml"
    workspace = Workspace.for_deal(path)
    return facts_of(path, workspace), workspace


def paper(name: str, form: str, languages: tuple[str, ...] = ()) -> bytes:
    facts, workspace = sample(name)
    return produce(facts, "value", workspace, today=TODAY, languages=languages, formats=[form]).files[form]


def model(name: str) -> dict[str, Any]:
    facts, _ = sample(name)
    assert facts.value is not None
    return value_json(facts, facts.value)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--today", TODAY.isoformat(), *arguments], prog_name="docgen")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# ---- every figure is the model's ------------------------------------------------------------------------------------
def money(tree: Any) -> Iterator[Decimal]:
    """Every amount of the model's JSON: strings with two decimals."""
    if isinstance(tree, dict):
        for each in tree.values():
            yield from money(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from money(each)
    elif isinstance(tree, str) and re.fullmatch(r"-?\d+\.\d\d", tree):
        yield Decimal(tree)


def shown(amount: Decimal | str) -> str:
    return f"{abs(Decimal(amount)):,.2f}"


def told_amounts(name: str) -> set[str]:
    """What a paper may print: the model's amounts, and the sums of its columns."""
    answer = model(name)
    facts, _ = sample(name)
    assert facts.value is not None
    sums = [sum(Decimal(each[key]) for each in answer["benefits"]) for key in ("full_year", "pv")]
    sums += [sum(Decimal(each["amount"]) for each in answer["costs"])]
    sums += [sum(Decimal(each[key]) for each in answer["cash_flow"]) for key in ("benefit", "cost", "net")]
    years = [Decimal(12) * Decimal(answer["cost_of_delay_month"])]
    full = facts.value.full_year("conservative")
    years.append(Decimal(full.numerator) / Decimal(full.denominator))
    return {shown(each) for each in (*money(answer), *sums, *years)}


@pytest.mark.pages
@pytest.mark.parametrize("name", VALUED)
def test_no_amount_is_on_the_page_that_the_model_does_not_have(name: str, tmp_path: Path) -> None:
    need("pdftotext")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper(name, "pdf"), capture_output=True, check=True)
    found = set(AMOUNT.findall(done.stdout.decode()))
    assert len(found) > 40
    assert found - told_amounts(name) == set()
    word = set(AMOUNT.findall("\n".join(word_paragraphs(paper(name, "docx")))))
    assert word - told_amounts(name) == set()
    assert found == word


@pytest.mark.parametrize("name", VALUED)
def test_every_figure_of_the_model_is_on_the_page(name: str) -> None:
    answer, text = model(name), paper(name, "txt").decode()
    wanted = [answer[key] for key in ("tbb", "tco", "npv", "cost_of_delay_month")]
    wanted += [each[key] for each in answer["benefits"] for key in ("full_year", "pv")]
    wanted += [each[key] for each in answer["costs"] for key in ("amount", "pv")]
    wanted += [each[key] for each in answer["cash_flow"] for key in ("benefit", "cost", "net", "pv", "cumulative")]
    wanted += [each[key] for each in answer["scenarios"].values() for key in ("tbb", "tco", "npv")]
    wanted += [each[key] for each in answer["tornado"] for key in ("npv_low", "npv_high")]
    assert [each for each in wanted if shown(each) not in text] == []
    for rate in (answer["roi"], answer["irr"], answer["mirr"], *(each["roi"] for each in answer["scenarios"].values())):
        percent = (Decimal(rate) * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP")
        assert f"{percent}%".replace("-", "−") in text
    for payback in answer["payback"].values():
        assert f"{Decimal(payback['signature']).quantize(Decimal('0.1'), 'ROUND_HALF_UP').normalize():f} " in text


def test_the_price_comes_from_the_quotation_and_is_named_so() -> None:
    text = " ".join(paper("homebody-crm", "txt").decode().split())
    assert "Prices are those of quotation D-2026-0088-1, before tax, optional items included" in text
    for amount in ("600,000.00", "800,000.00", "2,000,000.00", "324,000.00"):
        assert amount in text


# ---- pictures -------------------------------------------------------------------------------------------------------
def cached(data: bytes) -> list[set[Decimal]]:
    """The numbers each chart of a Word paper remembers, in its unit."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted((n for n in archive.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", n)), key=len)
        trees = [etree.fromstring(archive.read(each)) for each in names]
    return [{Decimal(v.text) for v in tree.iter(f"{CHART}v") if _is_number(v.text)} for tree in trees]


def _is_number(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"-?\d+(\.\d+)?", text))


@pytest.mark.parametrize(
    ("name", "languages", "power"), [(n, (x,), p) for n in VALUED for x, p in (("en", 3), ("zh-CN", 4))]
)
def test_the_charts_of_word_hold_the_models_own_numbers(name: str, languages: tuple[str, ...], power: int) -> None:
    answer = model(name)
    delay, waterfall, cumulative, bands, tornado = cached(paper(name, "docx", languages))

    def scaled(amount: str) -> Decimal:
        return Decimal(amount).scaleb(-power)

    assert scaled(answer["cost_of_delay_month"]) in delay
    assert {
        scaled(answer["tbb"]),
        scaled(answer["npv"]),
        *(scaled(each["pv"]) for each in answer["benefits"]),
    } <= waterfall
    assert {scaled(each["cumulative"]) for each in answer["cash_flow"]} <= cumulative
    assert {scaled(answer["scenarios"][each]["npv"]) for each in ("conservative", "expected")} <= bands
    ends = {scaled(each[key]) for each in answer["tornado"] for key in ("npv_low", "npv_high")}
    assert {abs(end - scaled(answer["npv"])) for end in ends} <= tornado, "bars reach from the base to each end"


@pytest.mark.parametrize("name", VALUED)
def test_every_picture_says_in_a_sentence_what_it_shows(name: str) -> None:
    with pikepdf.open(io.BytesIO(paper(name, "pdf", ("en",)))) as pdf:
        told = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert len(told) == 6
    assert all(each.endswith(".") and len(each) > 40 for each in told)


# ---- parts wait for their facts -------------------------------------------------------------------------------------
HEADINGS = {
    "Why now",
    "Where the benefits come from",
    "Benefits",
    "Investment",
    "Return",
    "How certain it is",
    "How it will be measured",
    "What came of it",
    "Assumptions and method",
}


def headings(text: str) -> set[str]:
    lines = text.splitlines()
    return {line for line, below in pairwise(lines) if below and set(below) <= {"=", "-"}} & HEADINGS


def without(key: str) -> dict[str, Any]:
    made = full_deal()
    if key == "why_now":
        del made["opportunity"]["why_now"]
        made["value"]["benefits"] = []
    elif key == "impact_chain":
        del made["story"]["impact_chain"]
    elif key == "benefits":
        made["value"] = {"discount_rate": "10%", "flows": [-3000, 2000, 2000]}
    elif key == "ranges":
        for each in made["value"]["benefits"]:
            for name in ("improvement", "per_year"):
                each |= {name: each[name]["expected"]} if name in each else {}
    else:
        for each in made["value"]["benefits"]:
            each.pop(key, None)
    return made


@pytest.mark.parametrize(
    ("key", "gone"),
    [
        ("nothing", set()),
        ("why_now", {"Why now", "Benefits", "How it will be measured", "How certain it is"}),
        ("impact_chain", {"Where the benefits come from"}),
        ("benefits", {"Benefits", "Investment", "How it will be measured", "How certain it is"}),
        ("ranges", {"How certain it is"}),
        ("measure", {"How it will be measured"}),
    ],
)
def test_a_part_is_there_exactly_with_its_facts(key: str, gone: set[str], tmp_path: Path) -> None:
    assert headings(statement(tmp_path, without(key))) == HEADINGS - gone - {"What came of it"}


def test_what_is_not_counted_is_said_only_where_there_is_something(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    assert "Batches can be traced" in statement(tmp_path / "with", full_deal())
    assert "Not counted" not in statement(tmp_path / "without", full_deal(unquantified=[]))


def test_a_delivered_model_tells_plan_actual_and_variance_and_no_reason_to_decide_now(tmp_path: Path) -> None:
    made = full_deal(maturity="delivered")
    made["value"]["benefits"][0]["actual"] = [11000, 15000]
    made["value"]["benefits"][1]["actual"] = [3000]
    text = statement(tmp_path, made)
    assert {"What came of it"} <= headings(text)
    assert "Why now" not in headings(text)
    # planned: 16,000 × 90 % × (50 + 100 + 100 + 100) / 4 = 12,600, then 14,400; 12,000 × 50 % × 60 % = 3,600
    for figure in ("12,600.00", "14,400.00", "3,600.00", "−1,600.00 (−12.7%)", "600.00 (4.2%)", "−600.00 (−16.7%)"):
        assert figure in text
    assert "30,600.00" in text
    assert "29,000.00" in text


# ---- maturity -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_a_first_estimate_prints_no_rate_of_return(form: str, tmp_path: Path) -> None:
    data = proposal(tmp_path, full_deal(maturity="initial"), (form,), document="value").files[form]
    answer = json.loads(run("value", str(tmp_path / "deal.yaml"), "--format", "json").stdout)
    rates = [each["roi"] for each in answer["scenarios"].values()] + [answer["irr"], answer["mirr"]]
    if form == "docx":
        words = "\n".join(word_paragraphs(data))
    elif form == "pdf":
        need("pdftotext")
        words = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    else:
        words = data.decode()
    for rate in rates:
        assert f"{(Decimal(rate) * 100).quantize(Decimal('0.1'), 'ROUND_HALF_UP')}%".replace("-", "−") not in words
    assert "ROI" not in words
    assert "Return on investment" not in words
    assert "first estimate" in words


def test_a_refined_estimate_says_so_and_tells_its_range(tmp_path: Path) -> None:
    text = statement(tmp_path, full_deal())
    answer = json.loads(run("value", str(tmp_path / "deal.yaml"), "--format", "json").stdout)
    low, high = (shown(answer["scenarios"][each]["tbb"]) for each in ("conservative", "optimistic"))
    assert "refined estimate" in text
    assert f"estimate {low}–{high}" in text


# ---- gates and problems ---------------------------------------------------------------------------------------------
def written(folder: Path, the_deal: dict[str, Any], *options: str) -> Result:
    path, _ = house(folder, the_deal)
    return run("value", str(path), "--out", str(folder / "out"), "--format", "txt", *options)


def test_what_the_maturity_lacks_is_a_warning_in_a_draft_and_stops_a_final_paper(tmp_path: Path) -> None:
    made = full_deal()
    made["value"]["benefits"][1].pop("source")
    draft = written(tmp_path, made)
    assert draft.exit_code == 0
    assert "warning: value.benefits.1: the number has no source" in draft.stderr
    assert "DRAFT" in (tmp_path / "out" / "D-1-value.txt").read_text("utf-8")
    final = written(tmp_path, made, "--final", "--force")
    assert final.exit_code == 3
    assert "error: value.benefits.1: the number has no source" in final.stderr
    assert "not final: nothing was written" in final.stderr


@pytest.mark.parametrize("maturity", ["initial", "refined"])
def test_an_estimate_with_all_it_needs_is_final_as_an_estimate(maturity: str, tmp_path: Path) -> None:
    done = written(tmp_path, full_deal(maturity=maturity), "--final")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "DRAFT" not in (tmp_path / "out" / "D-1-value.txt").read_text("utf-8")


def test_a_value_study_that_sells_nothing_waits_for_no_approval_of_a_price(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "deal: D-1\ndate: 2026-11-20\nprice_list: erp-cn\nseller: main\nlanguage: en\ncustomer: {name: ACME}\n"
        "value: {maturity: proven, discount_rate: 10%, flows: [-100, 60, 60]}\n",
        "utf-8",
    )
    done = run("value", str(deal), "--final", "--out", str(tmp_path / "out"))
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "no_value"), ({"benefits": [{"id": "a", "name": "a", "per_year": 1}]}, "value_needs_rate")],
)
def test_without_a_model_or_its_discount_rate_there_is_no_paper(value: Any, code: str, tmp_path: Path) -> None:
    made = {**told_deal(), "value": value}
    if value is None:
        del made["value"]
    path, workspace = house(tmp_path, made)
    facts = prepare(path, workspace, TODAY).facts
    assert facts is not None
    with pytest.raises(ProblemsFound) as found:
        produce(facts, "value", workspace, today=TODAY, formats=["txt"])
    assert [(each.code, each.is_error) for each in found.value.problems] == [(code, True)]
    done = run("value", str(path), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert done.stderr.count("discount rate" if value else "no value model") == 1
    assert not (tmp_path / "out").exists()


def test_the_discount_rate_and_its_convention_are_printed(tmp_path: Path) -> None:
    text = " ".join(statement(tmp_path, full_deal(discount_rate="8.5%", discounting="monthly_effective")).split())
    assert "The discount rate is 8.5% a year: each month is discounted by itself" in text


# ---- review ---------------------------------------------------------------------------------------------------------
def test_reviewers_see_estimates_missing_owners_and_evidence_and_ranges_that_were_left(tmp_path: Path) -> None:
    made = full_deal()
    made["earlier"] = [
        {"paper": "initial-solution", "date": "2026-09-01", "figure": "tbb", "low": 1, "high": 2},
    ]
    text = text_of(proposal(tmp_path, made, document="value", review=True))
    for words in (
        "this figure is an estimate the customer has not agreed to",
        "nobody answers for this figure",
        "nothing shows that this figure is right",
        "outside the range 1 to 2 said on 2026-09-01",
    ):
        assert ">> docgen: " in text
        assert words in text
    (tmp_path / "plain").mkdir()
    assert "docgen:" not in statement(tmp_path / "plain", made)


# ---- what stays in the house ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_the_price_at_which_nothing_is_gained_stays_ours(form: str, tmp_path: Path) -> None:
    data = proposal(tmp_path, full_deal(), (form,), document="value").files[form]
    answer = json.loads(run("value", str(tmp_path / "deal.yaml"), "--format", "json").stdout)
    words = "\n".join(word_paragraphs(data)) if form == "docx" else data.decode("latin-1")
    assert shown(answer["break_even"]["price"]) not in words
    assert "reak-even price" not in words


# ---- pages ----------------------------------------------------------------------------------------------------------
@pytest.mark.pages
@pytest.mark.parametrize("name", VALUED)
@pytest.mark.parametrize("languages", [("zh-CN",), ("en",), ("zh-CN", "en")], ids="-".join)
def test_a_value_statement_has_two_to_six_pages(name: str, languages: tuple[str, ...]) -> None:
    with pikepdf.open(io.BytesIO(paper(name, "pdf", languages))) as pdf:
        assert 2 <= len(pdf.pages) <= 6


@pytest.mark.pages
@pytest.mark.parametrize("name", VALUED)
def test_in_word_too(name: str, tmp_path: Path) -> None:
    need("soffice")
    (tmp_path / "paper.docx").write_bytes(paper(name, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 6


@pytest.mark.parametrize("name", VALUED)
def test_the_pdf_is_valid_pdf_a(name: str, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(paper(name, "pdf"))
    findings = [str(finding) for finding in pdfa.validate_written(tmp_path / "paper.pdf", "3b").findings]
    assert [finding for finding in findings if not any(known in finding for known in ACCEPTED)] == []
