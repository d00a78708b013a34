"""What a lawyer can get wrong in a clause's files is told at its line when a contract is drafted; nothing half-right is
printed and nothing breaks."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.pipeline import prepare, produce
from docgen.problems import Problem, ProblemsFound
from docgen.reading import Workspace
from tests.conftest import ROOT, TODAY
from tests.contracts.samples import deal_of

CARD: dict[str, Any] = {"clause": "zz", "version": "1.0", "order": 500, "must": ["licence"]}
SOUND = "# 标题\n\n甲方应当配合。\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A workspace with the sample licence contract and no clauses of its own yet."""
    shutil.copytree(ROOT / "price_lists", tmp_path / "price_lists")
    for name in ("sellers.yaml", "approvals.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(deal_of("licence-domestic"), tmp_path / "deal.yaml")
    return tmp_path


def _clause(house: Path, zh: str | bytes = SOUND, key: str = "zz", **card: Any) -> Path:
    folder = house / "templates" / "clauses" / key
    folder.mkdir(parents=True)
    (folder / "clause.yaml").write_text(yaml.dump({**CARD, "clause": key, **card}, allow_unicode=True), "utf-8")
    (folder / "zh-CN.md").write_bytes(zh if isinstance(zh, bytes) else zh.encode())
    (folder / "en.md").write_text("# Title\n\nThe Customer shall co-operate.\n", "utf-8")
    return folder


def _drafted(house: Path) -> tuple[str, list[Problem]]:
    """The contract's text, or what stands in its way."""
    deal = house / "deal.yaml"
    workspace = Workspace.for_deal(deal, house)
    ready = prepare(deal, workspace, TODAY, document="contract")
    if ready.has_errors or ready.facts is None:
        return "", [each for each in ready.problems if each.severity == "error"]
    try:
        return produce(ready.facts, "contract", workspace, today=TODAY, formats=["txt"]).files["txt"].decode(), []
    except ProblemsFound as found:
        return "", list(found.problems)


def _told(house: Path) -> set[tuple[str, str, int]]:
    """Codes with file and line."""
    _, problems = _drafted(house)
    assert all(each.place is not None for each in problems), problems
    return {(each.code, Path(each.place.file).name, each.place.line) for each in problems if each.place is not None}


TEXTS: Mapping[str, tuple[str | bytes, str, int]] = {
    "no title, so it would go on as part of the article before": ("甲方应当配合。\n", "clause_without_title", 1),
    "words before the title": ("前言。\n\n# 标题\n\n甲方应当配合。\n", "clause_without_title", 1),
    "nothing at all": ("", "clause_without_title", 1),
    "two titles": ("# 甲题\n\n一。\n\n# 乙题\n\n二。\n", "clause_with_two_titles", 5),
    "a value in its title": ("# 标题{{ buyer }}\n\n甲方应当配合。\n", "clause_title_with_mark", 1),
    "a term in its title": ("# [[term:fees]]\n\n甲方应当配合。\n", "clause_title_with_mark", 1),
    "a title and no words": ("# 标题\n", "clause_says_nothing", 1),
    "no words where its conditions do not hold": (
        "# 标题\n\n{% if has.custom %}\n甲。\n{% endif %}\n",
        "clause_says_nothing",
        1,
    ),
    "a mark of no kind": ("# 标题\n\n见[[clause:fees]]。\n", "mark_unreadable", 3),
    "a mark without its second bracket": ("# 标题\n\n见[[ref:fees]。\n", "mark_unreadable", 3),
    "a reference to a paragraph that is not there": (
        "# 标题\n\n甲。\n\n见[[ref:zz.9]]。\n",
        "reference_to_no_paragraph",
        5,
    ),
    "a reference to a paragraph that is no number": ("# 标题\n\n见[[ref:fees.x]]。\n", "reference_to_no_paragraph", 3),
    "a control character": ("# 标题\n\n甲\x07方。\n", "template_syntax", 3),
    "a sign that turns the reading direction": ("# 标题\n\n甲\u202e方。\n", "template_syntax", 3),
    "another encoding": ("# 标题\n\n甲方应当配合。\n".encode("gbk"), "not_utf8", 1),
    "a megabyte of words": ("# 标题\n\n" + "甲方应当配合。\n\n" * 60_000, "template_syntax", 1),
    "a comparison of a text with a number": (
        "# 标题\n\n{% if customer.name > 5 %}甲{% endif %}。\n",
        "template_fails",
        3,
    ),
    "a comparison of what the deal does not say": (
        "# 标题\n\n{% if trial.days > 5 %}甲{% endif %}。\n",
        "template_fails",
        3,
    ),
    "a table inside a sentence": ("# 标题\n\n如下[[table:parties]]。\n", "table_not_alone", 3),
    "a table nobody makes": ("# 标题\n\n如下：\n\n[[table:partis]]\n", "unknown_table", 5),
    "a yes printed": ("# 标题\n\n{{ has.lines }}。\n", "template_fails", 3),
    "a group of facts printed": ("# 标题\n\n{{ contract }}。\n", "template_fails", 3),
}


@pytest.mark.parametrize(("text", "code", "line"), [pytest.param(*case, id=name) for name, case in TEXTS.items()])
def test_a_text_with_a_fault_is_told_at_its_line(house: Path, text: str | bytes, code: str, line: int) -> None:
    _clause(house, text)
    assert (code, "zh-CN.md", line) in _told(house)


CARDS: Mapping[str, tuple[dict[str, Any], str]] = {
    "a key nobody knows": ({"colour": "red"}, "unknown_key"),
    "a negative order": ({"order": -3}, "too_small"),
    "two variants of one name": ({"variants": [{"name": "v"}, {"name": "v"}]}, "variant_twice"),
    "a variant called standard": ({"variants": [{"name": "standard", "when": "has.lines"}]}, "variant_twice"),
    "a variant that compares a text with a number": (
        {"variants": [{"name": "v", "when": "customer.name > 5"}]},
        "condition_fails",
    ),
    "a variant that asks for nothing known": ({"variants": [{"name": "v", "when": "no.such"}]}, "unknown_name"),
    "a value called like a group of facts": ({"variables": {"fees": {"value": "3"}}}, "clause_value_misnamed"),
    "a value called like the clauses": ({"variables": {"clause": {"value": "3"}}}, "clause_value_misnamed"),
    "a fact below a fact": ({"variables": {"fees.total.x": {"value": "3"}}}, "clause_value_misnamed"),
    "a fact nobody gathers": ({"variables": {"no.such": {"absent": "required"}}}, "clause_value_misnamed"),
    "a value that is none": ({"variables": {"d": {"kind": "days", "value": "soon"}}}, "clause_value_unreadable"),
}  # fmt: skip


@pytest.mark.parametrize(("card", "code"), [pytest.param(*case, id=name) for name, case in CARDS.items()])
def test_a_card_with_a_fault_is_told_in_the_card(house: Path, card: dict[str, Any], code: str) -> None:
    _clause(house, **card)
    assert {(told, file) for told, file, _ in _told(house)} == {(code, "clause.yaml")}


@pytest.mark.parametrize(
    "limits", [["x", "y"], ["9", "1"], ["1", "9"]], ids=["no numbers", "turned round", "of a text"]
)
def test_a_range_that_compares_nothing_lets_no_value_pass_unseen(house: Path, limits: list[str]) -> None:
    kind = "text" if limits == ["1", "9"] else "days"
    _clause(house, variables={"d": {"kind": kind, "value": "5", "range": limits, "approver": "legal"}})
    deal = yaml.load((house / "deal.yaml").read_text("utf-8"), yaml.BaseLoader)
    deal["contract"]["values"] = {"zz": {"d": "7"}}
    (house / "deal.yaml").write_text(yaml.dump(deal, allow_unicode=True), "utf-8")
    ready = prepare(house / "deal.yaml", Workspace.for_deal(house / "deal.yaml", house), TODAY, document="contract")
    assert ready.facts is not None and ready.facts.draft is not None
    assert [(each.kind, each.clause, each.now) for each in ready.facts.draft.deviations] == [("value", "zz", "7")]


def test_an_annex_that_points_at_its_own_unnumbered_paragraph_is_refused(house: Path) -> None:
    _clause(house, "# 附表\n\n见[[ref:zz.1]]。\n", annex=True)
    assert _told(house) == {("reference_to_no_paragraph", "zh-CN.md", 3)}


def test_annexes_may_point_at_one_another(house: Path) -> None:
    _clause(house, "# 甲表\n\n见[[annex:zb]]。\n", "za", annex=True)
    _clause(house, "# 乙表\n\n见[[annex:za]]、[[annex:zb]]。\n", "zb", annex=True)
    text, problems = _drafted(house)
    assert problems == [] and "见附件1《甲表》、附件2《乙表》。" in text


def test_terms_that_define_one_another_or_themselves_come_once_each(house: Path) -> None:
    folder = _clause(house, "# 标题\n\n按[[term:first]]与[[term:selfish]]执行。\n")
    said = {
        "first": ("甲词", "First", "second"),
        "second": ("乙词", "Second", "first"),
        "selfish": ("丙词", "Third", "selfish"),
    }
    terms = {
        key: {"zh-CN": zh, "en": en, "definition": {"zh-CN": f"指[[term:{by}]]", "en": f"means [[term:{by}]]"}}
        for key, (zh, en, by) in said.items()
    }
    (folder.parent / "_terms.yaml").write_text(yaml.dump(terms, allow_unicode=True), "utf-8")
    text, problems = _drafted(house)
    assert problems == []
    assert [text.count(f"“{term}”指") for term in ("甲词", "乙词", "丙词")] == [1, 1, 1]


def test_two_clauses_of_one_order_stand_in_the_order_of_their_keys(house: Path) -> None:
    _clause(house, "# 乙题\n\n二。\n", "zb")
    _clause(house, "# 甲题\n\n一。\n", "za")
    text, problems = _drafted(house)
    assert problems == [] and text.index("甲题") < text.index("乙题")


@pytest.mark.parametrize("missing", ["definitions", "governing_law"])
def test_a_library_without_a_clause_others_point_at_says_where_they_do(house: Path, missing: str) -> None:
    _clause(house, key=missing, must=["nda"], order=10)
    _, problems = _drafted(house)
    told = {(each.code, each.params["clause"]) for each in problems}
    assert told <= {("reference_to_absent", missing)}
    assert missing != "definitions" or told


def test_a_text_that_is_missing_is_named(house: Path) -> None:
    (_clause(house) / "zh-CN.md").unlink()
    assert {told[:2] for told in _told(house)} == {("clause_without_text", "clause.yaml")}
