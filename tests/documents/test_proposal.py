"""Every section of a proposal is there exactly when its facts are; a draft says what it lacks, a final one does not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.deal.story import Story
from docgen.documents.needs import NEEDS, STORY
from docgen.pipeline import Papers, produce
from docgen.reading import Workspace
from tests.conftest import SAMPLES
from tests.documents.tales import facts_of, house, manifest, proposal, text_of, told_deal, told_sellers
from tests.safety.house import TODAY, call, furnish

Deal = dict[str, Any]
TAKE: dict[str, Callable[[Deal, Deal], object]] = {
    "why_now": lambda deal, _: deal["opportunity"].pop("why_now"),
    "value": lambda deal, _: deal.pop("value"),
    "quote": lambda deal, _: deal.pop("lines"),
    "seller.profile": lambda _, house_: house_["sellers"]["main"].pop("profile"),
    "seller.method": lambda _, house_: house_["sellers"]["main"].pop("method"),
}
"""How to take away a fact that is not a section of the story."""
HEADS = {
    "summary": "Executive summary",
    "goals": "Situation and goals",
    "chain": "How the trouble travels",
    "why-now": "Why now",
    "requirements": "Answers to your requirements",
    "solution": "The solution",
    "scope": "Scope",
    "value": "Value and return",
    "plan": "Implementation plan",
    "team": "Project team",
    "seller": "About seller.name",
    "method": "How we work",
    "references": "Reference stories",
    "investment": "Investment and payment",
    "risks": "Risks and assumptions",
    "assumptions": "Assumptions",
    "support": "Training and support",
    "next-steps": "Next steps",
    "prices": "Appendix: prices",
    "details": "Appendix: requirements in detail",
}
PARTS = [(part.part, need) for part in manifest(Path(__file__)).parts for need in (*part.needs, *part.when)]
PARTS = [(part, need) for part, need in PARTS if part in HEADS and need != "quote"]


def headings(papers: Papers) -> list[str]:
    """Numbered headings of the text, without their numbers; those in the contents have no line below."""
    lines = text_of(papers).splitlines()
    return [
        re.sub(r"^[\d.]+ ", "", line)
        for line, under in itertools.pairwise(lines)
        if re.fullmatch("[=-]{3,}", under) and re.match(r"[\d.]+ ", line)
    ]


def without(need: str) -> tuple[Deal, Deal]:
    deal, profiles = told_deal(), told_sellers()
    if need.startswith("story."):
        del deal["story"][need.removeprefix("story.")]
    else:
        TAKE[need](deal, profiles)
    return deal, profiles


def test_a_deal_that_tells_everything_has_every_section(tmp_path: Path) -> None:
    papers = proposal(tmp_path, told_deal())
    assert papers.missing == ()
    assert set(HEADS.values()) <= set(headings(papers))


@pytest.mark.parametrize(("part", "need"), PARTS, ids=lambda value: str(value))
def test_a_section_is_left_out_when_one_of_its_facts_is_missing(tmp_path: Path, part: str, need: str) -> None:
    deal, profiles = without(need)
    papers = proposal(tmp_path, deal, profiles=profiles)
    assert HEADS[part] not in headings(papers)
    others = {name for name, other in PARTS if other == need}
    assert {HEADS[name] for name in set(HEADS) - others} <= set(headings(papers)), "no other section goes with it"


@pytest.mark.parametrize("need", sorted({need for part, need in PARTS if part not in ("method", "details")}))
def test_a_draft_lists_what_is_to_be_filled_and_by_whom(tmp_path: Path, need: str) -> None:
    deal, profiles = without(need)
    deal["stage"] = "4"
    papers = proposal(tmp_path, deal, profiles=profiles)
    listed = text_of(papers).partition("To be filled (draft only)\n")[2]
    for part in manifest(tmp_path).parts:
        if need in part.needs:
            assert part.called("en") in listed
            assert need in listed


def test_a_final_paper_says_nothing_of_what_it_lacks(tmp_path: Path) -> None:
    deal, profiles = without("story.team")
    papers = proposal(tmp_path, deal, profiles=profiles)
    assert papers.facts.verdict.is_clear
    assert [part.part for part, _ in papers.missing] == ["team"]
    for word in ("To be filled", "story.team", "DRAFT", "Project team"):
        assert word not in text_of(papers)


def test_a_section_whose_chapter_is_not_told_begins_a_chapter_of_its_own(tmp_path: Path) -> None:
    deal, profiles = without("story.risks")
    text = text_of(proposal(tmp_path, deal, profiles=profiles))
    assert re.search(r"\n\d+ Assumptions\n=+", text)


def test_nothing_is_empty_where_a_deal_tells_nothing(tmp_path: Path) -> None:
    deal = told_deal()
    for key in ("story", "value", "opportunity"):
        del deal[key]
    text = text_of(proposal(tmp_path, deal))
    for word in ("None", "{{", "{%", "(  )", ": .\n"):
        assert word not in text


def test_both_languages_on_one_paper(tmp_path: Path) -> None:
    deal = {**told_deal(), "language": ["zh-CN", "en"]}
    text = text_of(proposal(tmp_path, deal))
    for words in (
        "内容摘要 Executive summary",
        "需求响应 Answers to your requirements",
        "附录：价格明细 Appendix: prices",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda deal: deal.update(stage="4"), "stage_too_early"),
        (lambda deal: deal.pop("value"), "final_without_value"),
        (lambda deal: deal["value"].update(maturity="refined"), "final_value_estimate"),
        (lambda deal: deal["value"]["benefits"][0].pop("owner"), "value_needs_owner"),
        (lambda deal: deal["value"].update(investment=[{"month": 0, "amount": 4860}]), "final_investment_typed"),
        (lambda deal: deal["story"].pop("plan"), "final_without_plan"),
        (lambda deal: deal["story"].pop("plan_starts"), "final_plan_undated"),
        (lambda deal: deal["story"].update(summary="TODO"), "story_placeholder"),
        (lambda deal: deal["opportunity"].update(competitors=["plant"]), "story_competitor"),
    ],
)
def test_a_final_proposal_needs_stage_exact_figures_a_dated_plan_and_clean_words(
    tmp_path: Path, change: Callable[[Deal], object], code: str
) -> None:
    deal = told_deal()
    assert proposal(tmp_path / "whole", deal).facts.verdict.gates == ()
    change(deal)
    papers = proposal(tmp_path / "less", deal)
    assert code in {gate.code for gate in papers.facts.verdict.gates}
    assert "DRAFT" in text_of(papers)
    path, _ = house(tmp_path / "less", deal)
    done = call("proposal", path.name, "--final", cwd=path.parent)
    assert (done.returncode, "not final: nothing was written" in done.stderr) == (3, True)


def test_approvals_for_other_documents_do_not_hold_a_proposal_back(tmp_path: Path) -> None:
    rule = {"when": "stage >= 6", "approver": "sales_manager", "because": "The price"}
    rules = [{"rule": "price", "documents": "quote", **rule}, {"rule": "solution", "documents": "proposal", **rule}]
    path = furnish(tmp_path, told_deal(), profiles=told_sellers(), policies={"approvals": rules})
    facts = facts_of(path, Workspace.for_deal(path))
    assert [each.rule for each in facts.verdict.of("quote").open] == ["price"]
    papers = produce(facts, "proposal", Workspace.for_deal(path), today=TODAY, formats=["txt"])
    assert [each.rule for each in papers.facts.verdict.open] == ["solution"]


@pytest.mark.parametrize("name", ["qinghe-alternatives", "zhilian-resale", "ten-lines", "xingchen-cloud"])
def test_a_proposal_can_be_drafted_of_every_sample(name: str) -> None:
    deal = SAMPLES / name / "deal.yaml"
    workspace = Workspace.for_deal(deal)
    papers = produce(facts_of(deal, workspace), "proposal", workspace, today=TODAY, formats=["docx", "pdf", "txt"])
    assert papers.missing
    assert ("方案选择" in text_of(papers)) == (name == "qinghe-alternatives")


@pytest.mark.parametrize("name", STORY)
def test_parts_may_wait_for_every_section_of_a_story(name: str) -> None:
    assert f"story.{name}" in NEEDS
    assert name in Story.model_fields


def test_no_section_of_a_story_is_forgotten() -> None:
    assert set(STORY) | {"plan_starts"} == set(Story.model_fields)


def test_the_terminal_names_the_sections_that_wait(tmp_path: Path) -> None:
    deal, profiles = without("story.team")
    path, _ = house(tmp_path, deal, profiles)
    done = call("proposal", path.name, "--format", "txt", cwd=tmp_path)
    assert done.returncode == 0
    assert "to be filled: Project team (services)" in done.stdout
