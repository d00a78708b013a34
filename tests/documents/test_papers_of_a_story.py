"""Papers made of the same parts: requirements report, evaluation plan, initial solution, investment analysis."""

from __future__ import annotations

import copy
import re
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.answers import price_json
from tests.documents.tales import facts_of, house, proposal, text_of, told_deal

PAPERS = ("requirements-report", "evaluation-plan", "initial-solution", "investment-analysis")


@pytest.mark.parametrize("document", PAPERS)
@pytest.mark.parametrize("language", ["zh-CN", "en", ["zh-CN", "en"]], ids=str)
def test_they_can_be_made_of_a_full_story_in_every_language(
    tmp_path: Path, document: str, language: str | list[str]
) -> None:
    deal = {**told_deal(), "language": language}
    deal["story"]["evaluation_plan"] = [{"step": "Demonstration", "date": "2026-11-30"}]
    papers = proposal(tmp_path, deal, ("docx", "pdf", "txt", "html"), document)
    assert papers.missing == ()
    assert "customer.name" in text_of(papers)


@pytest.mark.parametrize("document", PAPERS)
def test_without_a_story_nothing_is_empty_and_the_draft_says_what_it_lacks(tmp_path: Path, document: str) -> None:
    deal = {**told_deal(), "stage": "3"}
    for key in ("story", "value", "opportunity"):
        del deal[key]
    text = text_of(proposal(tmp_path, deal, document=document))
    assert "None" not in text
    assert ("To be filled (draft only)" in text) == ("DRAFT" in text)


def test_the_investment_analysis_sums_exactly_to_the_contract_amount(tmp_path: Path) -> None:
    path, workspace = house(tmp_path, told_deal())
    answer = price_json(facts_of(path, workspace))
    text = text_of(proposal(tmp_path, told_deal(), document="investment-analysis"))
    rows = re.findall(r"^(Software licences|Services|Total) +([\d,.]+) +([\d,.]+) +([\d,.]+)$", text, re.MULTILINE)
    figures = {name: [Decimal(figure.replace(",", "")) for figure in rest] for name, *rest in rows}
    parts = [each for name, each in figures.items() if name != "Total"]
    assert [sum(column) for column in zip(*parts, strict=True)] == figures["Total"]
    assert (
        figures["Total"][2]
        == Decimal(answer["totals"]["gross"])
        == sum(Decimal(p["amount"]) for p in answer["payments"])
    )


def test_an_evaluation_plan_is_final_with_the_customers_dated_consent(tmp_path: Path) -> None:
    deal = told_deal()
    deal["story"]["evaluation_plan"] = [
        {"step": "Proof of concept", "criteria": ["Ten minutes"], "result": "Four minutes", "decision": "go-no-go"}
    ]
    before = proposal(tmp_path / "before", deal, document="evaluation-plan")
    assert [gate.code for gate in before.facts.verdict.gates] == ["final_without_consent"]
    deal["story"]["evaluation_consent"] = {"by": "Chen Ying", "date": "2026-09-18"}
    after = proposal(tmp_path / "after", deal, document="evaluation-plan")
    assert after.facts.verdict.gates == ()
    for words in ("Criteria: Ten minutes", "Result: Four minutes", "go or no-go", "Chen Ying agreed to this plan on"):
        assert words in text_of(after)


def test_an_initial_solution_prints_the_ranges_it_told_and_no_others(tmp_path: Path) -> None:
    deal = told_deal()
    deal["earlier"] = [
        {"paper": "initial-solution", "date": "2026-09-01", "figure": "investment", "low": 5000, "high": 7000},
        {"paper": "letter", "date": "2026-09-01", "figure": "benefits", "low": 777777, "high": 888888},
    ]
    text = text_of(proposal(tmp_path, deal, document="initial-solution"))
    assert "CNY 5,000.00 – 7,000.00" in text
    assert "777,777" not in text


def test_ranges_told_before_stay_out_of_the_other_papers(tmp_path: Path) -> None:
    deal = told_deal()
    deal["earlier"] = [
        {"paper": "initial-solution", "date": "2026-09-01", "figure": "investment", "low": 5151, "high": 7171}
    ]
    for document in ("proposal", "requirements-report", "investment-analysis"):
        text = text_of(proposal(tmp_path / document, copy.deepcopy(deal), document=document))
        assert "5,151" not in text and "7,171" not in text


def test_reviewers_find_comments_beside_what_they_are_about_and_a_list_on_the_first_page(tmp_path: Path) -> None:
    deal = told_deal()
    deal["story"]["team"].append({"name": "Gao Min", "role": "Consultant"})
    del deal["story"]["initiatives"][0]["owner"], deal["story"]["training"], deal["story"]["support"]
    deal["value"]["maturity"] = "refined"
    papers = proposal(tmp_path, deal, ("txt", "docx"), review=True)
    first, _, rest = text_of(papers).partition("* * *")
    for point in ("Gao Min is not confirmed", "nobody answers for this goal", "this figure is an estimate"):
        assert point in re.sub(r"\s+", " ", first)
        assert point in re.sub(r"\s+", " ", rest)
    assert "to be filled: story.support" in first
    assert b"Gao Min is not confirmed" in _comments(papers.files["docx"])


def test_no_other_paper_holds_a_comment(tmp_path: Path) -> None:
    deal = told_deal()
    deal["story"]["team"].append({"name": "Gao Min", "role": "Consultant"})
    papers = proposal(tmp_path, deal, ("txt", "docx"))
    assert "not confirmed" not in text_of(papers)
    assert _comments(papers.files["docx"]) == b""


def _comments(docx: bytes) -> bytes:
    from tests.safety.house import word_parts

    return word_parts(docx).get("word/comments.xml", b"")
