"""A contract comes back from the customer: every change is found, named by clause, and told whether Word shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.comparing.returned import Finding, Returned, compare_returned, returned_json
from docgen.wordfile import WordFile, read_word
from tests.conftest import need
from tests.wordfile.papers import (
    CAP,
    CARVE,
    FEES,
    LATE,
    LAW,
    SECRET,
    TABLE,
    WHO,
    contract,
    dele,
    docx,
    field,
    ins,
    p,
    run,
    table,
    through_libreoffice,
)

CLIENT = "Customer lawyer (invented)"


def read(data: bytes) -> WordFile:
    found = read_word(data, "paper.docx")
    assert isinstance(found, WordFile)
    return found


def compared(theirs: bytes, ours: bytes | None = None, **more: Any) -> Returned:
    return compare_returned(read(ours or contract()), read(theirs), **more)


def only(returned: Returned) -> Finding:
    assert len(returned.findings) == 1, [(each.kind, each.old, each.new) for each in returned.findings]
    return returned.findings[0]


def changes(finding: Finding) -> list[tuple[str, str]]:
    return [(each.old, each.new) for each in finding.edits if each.is_change]


# ---- nothing --------------------------------------------------------------------------------------------------------
def test_an_unchanged_file_gives_nothing() -> None:
    assert compared(contract()).is_unchanged


def test_a_file_only_opened_and_saved_in_libreoffice_gives_nothing(tmp_path: Path) -> None:
    need("soffice")
    loud = p(run(CAP, "<w:b/><w:u w:val='single'/>"), "Clause2", "dg_liability_cap_2")
    linked = p(run("按") + field(r"REF dg_fees_2 \r \h", "1.1") + run("支付。"), "Clause2", "dg_liability_cap_3")
    ours = contract(liability=p("责任限制", "Clause1", "dg_liability_cap_1") + loud + linked)
    assert compared(through_libreoffice(ours, tmp_path), ours).is_unchanged


def test_other_white_space_and_empty_paragraphs_are_no_change() -> None:
    theirs = contract(law=p("") + p("适用法律 ", "Clause1", "dg_law_1") + p(f" {LAW}", "Clause2", "dg_law_2") + p(""))
    assert compared(theirs).is_unchanged


# ---- words and figures ----------------------------------------------------------------------------------------------
def test_a_figure_changed_without_a_trace_is_found_and_called_silent() -> None:
    theirs = contract(fees=p(FEES.replace("30日", "90日"), "Clause2", "dg_fees_2"))
    found = only(compared(theirs))
    assert (found.kind, found.how, found.by) == ("figure", "silent", ())
    assert (found.spot.number, found.spot.title, found.spot.key) == ("1.1", "费用", "fees")
    assert [(each.old, each.new) for each in found.figures] == [("30", "90")]


def test_an_amount_changed_in_figures_and_in_words_tells_both() -> None:
    words = FEES.replace("1,200,000.00", "1,100,000.00").replace("壹佰贰拾万", "壹佰壹拾万")
    found = only(compared(contract(fees=p(words, "Clause2", "dg_fees_2"))))
    assert found.kind == "figure"
    assert [(each.old, each.new) for each in found.figures] == [
        ("人民币1,200,000.00", "人民币1,100,000.00"),
        ("人民币壹佰贰拾万元整", "人民币壹佰壹拾万元整"),
    ]


def test_a_tracked_rewording_names_its_words_its_author_and_its_day() -> None:
    start, end = CARVE.split("不适用于")
    words = run(start) + dele("不") + run("适用于") + run(end)
    theirs = contract(
        liability=p("责任限制", "Clause1", "dg_liability_cap_1")
        + p(CAP, "Clause2", "dg_liability_cap_2")
        + p(words, "Clause2", "dg_liability_cap_3")
    )
    found = only(compared(theirs))
    assert (found.kind, found.how, changes(found)) == ("reworded", "tracked", [("不", "")])
    assert [(each.author, each.date) for each in found.by] == [(CLIENT, "2026-12-01T09:30:00Z")]


def test_a_silent_change_beside_a_tracked_one_is_not_hidden_by_it() -> None:
    tracked = run("双方对在履行本合同过程中知悉的对方商业秘密负有") + ins("严格的") + run("保密义务，")
    theirs = contract(
        secrecy=p("保密", "Clause1", "dg_secrecy_1")
        + p(tracked + run("期限为合同终止后2年。"), "Clause2", "dg_secrecy_2")
    )
    found = only(compared(theirs))
    assert (found.kind, found.how) == ("reworded", "both")
    assert [(each.old, each.new) for each in found.figures] == [("5", "2")]


def test_a_reference_whose_number_moved_with_a_new_clause_is_no_change() -> None:
    def with_reference(number: str, before: str = "") -> bytes:
        law = p(run("按") + field(r"REF dg_secrecy_2 \r \h", number) + run("执行。"), "Clause2", "dg_law_2")
        return contract(
            secrecy=before + p("保密", "Clause1", "dg_secrecy_1") + p(SECRET, "Clause2", "dg_secrecy_2"),
            law=p("适用法律", "Clause1", "dg_law_1") + law,
        )

    found = compared(with_reference("4.1", p("审计", "Clause1")), with_reference("3.1"))
    assert [each.kind for each in found.findings] == ["added"]


def test_words_no_longer_bold_and_underlined_are_told() -> None:
    def with_cap(looks: str) -> bytes:
        cap = p(run(CAP, looks), "Clause2", "dg_liability_cap_2")
        return contract(liability=p("责任限制", "Clause1", "dg_liability_cap_1") + cap)

    found = only(compared(with_cap(""), with_cap("<w:b/><w:u w:val='single'/>")))
    assert (found.kind, found.spot.number) == ("plain", "2.1")


def test_words_made_invisible_are_gone() -> None:
    theirs = contract(
        liability=p("责任限制", "Clause1", "dg_liability_cap_1")
        + p(CAP, "Clause2", "dg_liability_cap_2")
        + p(run(CARVE, "<w:vanish/>"), "Clause2", "dg_liability_cap_3")
    )
    assert [(each.kind, each.old) for each in compared(theirs).findings] == [("deleted", CARVE)]


def test_a_footnote_that_came_in_is_told() -> None:
    parts = {"footnotes": ("footnotes", f'<w:footnote w:id="2">{p("节假日除外")}</w:footnote>')}
    law = p(run(LAW) + '<w:r><w:footnoteReference w:id="2"/></w:r>', "Clause2", "dg_law_2")
    found = only(compared(contract(law=p("适用法律", "Clause1", "dg_law_1") + law, parts=parts)))
    assert (found.kind, found.spot.number, found.new) == ("note", "4.1", "节假日除外")


# ---- clauses --------------------------------------------------------------------------------------------------------
NEW = "乙方应在甲方要求时提供近三年的财务报表。"


@pytest.mark.parametrize(
    ("words", "how"), [(p(NEW, "Clause2"), "silent"), (p(ins(NEW), "Clause2", end="ins"), "tracked")]
)
def test_a_clause_that_came_in_is_told_behind_the_one_above_it(words: str, how: str) -> None:
    found = only(compared(contract(late=p(LATE, "Clause2", "dg_fees_3") + words)))
    assert (found.kind, found.how, found.new, found.spot.number, found.spot.after) == ("added", how, NEW, "1.2", True)


@pytest.mark.parametrize(
    ("words", "how", "by"),
    [("", "silent", []), (p(dele(CARVE), "Clause2", "dg_liability_cap_3", end="del"), "tracked", [CLIENT])],
)
def test_a_clause_that_was_taken_out_is_told(words: str, how: str, by: list[str]) -> None:
    liability = p("责任限制", "Clause1", "dg_liability_cap_1") + p(CAP, "Clause2", "dg_liability_cap_2") + words
    found = only(compared(contract(liability=liability)))
    assert (found.kind, found.how, found.old, found.spot.number) == ("deleted", how, CARVE, "2.2")
    assert [each.author for each in found.by] == by


def test_a_bookmark_that_slid_onto_the_next_clause_does_not_hide_a_deletion() -> None:
    slid = p(CARVE, "Clause2", "dg_liability_cap_3").replace(
        "<w:bookmarkStart", '<w:bookmarkStart w:id="900" w:name="dg_liability_cap_2"/><w:bookmarkEnd w:id="900"/>'
        "<w:bookmarkStart", 1
    )  # fmt: skip
    found = only(compared(contract(liability=p("责任限制", "Clause1", "dg_liability_cap_1") + slid)))
    assert (found.kind, found.old) == ("deleted", CAP)


def test_a_clause_in_another_place_is_moved_and_not_lost() -> None:
    liability = p("责任限制", "Clause1", "dg_liability_cap_1") + p(CARVE, "Clause2", "dg_liability_cap_3")
    law = p("适用法律", "Clause1", "dg_law_1") + p(LAW, "Clause2", "dg_law_2") + p(CAP, "Clause2", "dg_liability_cap_2")
    found = only(compared(contract(liability=liability, law=law)))
    assert (found.kind, found.old, found.spot.number, found.now_after) == ("moved", CAP, "2.1", "4.1")


def test_clauses_are_matched_by_their_words_where_every_bookmark_was_lost() -> None:
    bare = docx(
        p("软件许可合同") + p("费用", "Clause1") + p(FEES, "Clause2") + p(LATE.replace("10%", "20%"), "Clause2")
        + table(*TABLE) + p("责任限制", "Clause1") + p(CAP, "Clause2") + p(CARVE, "Clause2") + p("保密", "Clause1")
        + p(SECRET, "Clause2") + p("适用法律", "Clause1") + p(LAW, "Clause2")
    )  # fmt: skip
    found = only(compared(bare))
    assert (found.kind, found.spot.anchor, [each.new for each in found.figures]) == ("figure", "dg_fees_3", ["20%"])


def test_findings_stand_in_the_order_of_our_draft() -> None:
    theirs = contract(
        fees=p(FEES.replace("30日", "60日"), "Clause2", "dg_fees_2"),
        payments=table(TABLE[0], ("首付款", "20%", "240,000.00"), TABLE[2]),
        secrecy=p("保密", "Clause1", "dg_secrecy_1") + p(SECRET.replace("5年", "3年"), "Clause2", "dg_secrecy_2"),
        law=p("适用法律", "Clause1", "dg_law_1"),
    )
    assert [(each.kind, each.spot.number) for each in compared(theirs).findings] == [
        ("figure", "1.1"),
        ("cell", "1.2"),
        ("cell", "1.2"),
        ("figure", "3.1"),
        ("deleted", "4.1"),
    ]


# ---- tables ---------------------------------------------------------------------------------------------------------
def test_a_changed_cell_is_told_by_row_and_column() -> None:
    found = only(compared(contract(payments=table(TABLE[0], ("首付款", "30%", "300,000.00"), TABLE[2]))))
    assert (found.kind, found.within, found.old, found.new) == ("cell", "首付款, 金额", "360,000.00", "300,000.00")
    assert (found.how, found.spot.key) == ("silent", "fees")


def test_a_tracked_change_in_a_cell_is_tracked() -> None:
    cell = p(dele("360,000.00") + ins("300,000.00"))
    found = only(compared(contract(payments=table(TABLE[0], ("首付款", "30%", cell), TABLE[2]))))
    assert (found.kind, found.how, [each.author for each in found.by]) == ("cell", "tracked", [CLIENT])


def test_rows_that_came_and_went_are_told() -> None:
    rows = (*TABLE[:2], ("质保款", "10%", "120,000.00"), TABLE[2])
    assert [(each.kind, each.new) for each in compared(contract(payments=table(*rows))).findings] == [
        ("row added", "质保款 | 10% | 120,000.00")
    ]
    gone = only(compared(contract(payments=table(*TABLE[:2]))))
    assert (gone.kind, gone.how, gone.old) == ("row deleted", "silent", "验收款 | 70% | 840,000.00")
    tracked = only(compared(contract(payments=table(*TABLE, track={2: "del"}))))
    assert (tracked.kind, tracked.how, [each.author for each in tracked.by]) == ("row deleted", "tracked", [CLIENT])


# ---- comments, fields, approvers ------------------------------------------------------------------------------------
def test_comments_are_listed_with_their_place() -> None:
    law = p(
        f'<w:commentRangeStart w:id="3"/>{run(LAW)}<w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>',
        "Clause2",
        "dg_law_2",
    )
    parts = {
        "comments": (
            "comments",
            f'<w:comment w:id="3" w:author="Ms Example" w:date="2026-12-03T08:00:00Z">{p("请改为北京")}</w:comment>',
        )
    }
    found = compared(contract(law=p("适用法律", "Clause1", "dg_law_1") + law, parts=parts))
    assert found.findings == ()
    assert [(each.spot.number, each.author, each.text, each.about) for each in found.remarks] == [
        ("4.1", "Ms Example", "请改为北京", LAW)
    ]


def test_a_changed_figure_names_its_field_of_the_deal_and_who_must_agree() -> None:
    theirs = contract(
        fees=p(FEES.replace("1,200,000.00", "1,000,000.00"), "Clause2", "dg_fees_2"),
        payments=table(TABLE[0], ("首付款", "20%", "360,000.00"), TABLE[2]),
    )
    sources = {
        "dg_fees_2": [("CNY 1,200,000.00", "lines"), ("30", "payment.0.days")],
        "dg_fees_3": [("30%", "payment.0.share")],
    }
    found = compared(theirs, sources=sources, owners={"fees": ("finance", "sales_manager")}).findings
    assert [(each.figures[0].field, each.fields, each.approvers) for each in found] == [
        ("lines", ("lines",), ("finance", "sales_manager")),
        ("payment.0.share", ("payment.0.share",), ("finance", "sales_manager")),
    ]


def test_a_name_that_was_overwritten_names_its_field_too() -> None:
    theirs = contract(law=p("适用法律", "Clause1", "dg_law_1") + p(LAW.replace("上海", "北京"), "Clause2", "dg_law_2"))
    found = only(compared(theirs, sources={"dg_law_2": [("上海仲裁委员会", "terms.forum.name")]}))
    assert (found.kind, found.fields, changes(found)) == ("reworded", ("terms.forum.name",), [("上海", "北京")])


def test_the_answer_for_other_programs_names_every_finding() -> None:
    theirs = contract(fees=p(FEES.replace("30日", "90日"), "Clause2", "dg_fees_2"))
    told = returned_json(compared(theirs))
    assert (told["unchanged"], told["silent"], told["comments"]) == (False, 1, [])
    assert {key: told["findings"][0][key] for key in ("kind", "clause", "number", "how", "edits", "figures")} == {
        "kind": "figure",
        "clause": "fees",
        "number": "1.1",
        "how": "silent",
        "edits": [{"old": "30", "new": "90"}],
        "figures": [{"old": "30", "new": "90", "field": None}],
    }


def test_a_deleted_end_of_a_paragraph_tells_what_became_of_both_clauses() -> None:
    liability = (
        p("责任限制", "Clause1", "dg_liability_cap_1")
        + p(CAP, "Clause2", "dg_liability_cap_2", end="del")
        + p(CARVE, "Clause2", "dg_liability_cap_3")
    )
    found = compared(contract(liability=liability)).findings
    assert sorted((each.kind, each.how) for each in found) == [("deleted", "tracked"), ("reworded", "tracked")]
    assert WHO.split('"')[3] in {each.author for one in found for each in one.by}


# ---- places ---------------------------------------------------------------------------------------------------------
def test_a_table_put_below_another_clause_has_moved_and_one_that_went_with_its_clause_has_not() -> None:
    fees, law = p("费用", "Clause1", "dg_fees_1") + p(FEES, "Clause2", "dg_fees_2"), p(LAW, "Clause2", "dg_law_2")
    plan = table(("款项", "金额"), ("首付款", "360,000.00"))
    ours = docx(fees + plan + p("适用法律", "Clause1", "dg_law_1") + law)
    elsewhere = docx(fees + p("适用法律", "Clause1", "dg_law_1") + law + plan)
    found = only(compared(elsewhere, ours))
    assert (found.kind, found.how, found.spot.key, found.now_after) == ("moved", "silent", "fees", "2.1")
    with_clause = docx(p("适用法律", "Clause1", "dg_law_1") + law + fees + plan)
    moved = compared(with_clause, ours).findings
    assert {each.kind for each in moved} == {"moved"} and "款项" not in "".join(each.old for each in moved)
    with_more = docx(fees + p("另付利息。", "Clause2") + plan + p("适用法律", "Clause1", "dg_law_1") + law)
    assert [each.kind for each in compared(with_more, ours).findings] == ["added"]


def test_a_text_box_and_a_footnote_in_a_cell_are_told() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('付款前须验收')}</w:txbxContent></w:pict></w:r>"
    parts = {"footnotes": ("footnotes", f'<w:footnote w:id="2">{p("不含税")}</w:footnote>')}
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    ours = docx(p(FEES) + table(("首付款", "30%")))
    theirs = docx(p(FEES) + table(("首付款", p(run("30%") + box + note))), parts=parts)
    found = compared(theirs, ours).findings
    assert [(each.kind, each.within, each.new) for each in found] == [
        ("note", "首付款", "不含税"),
        ("note", "首付款", "付款前须验收"),
    ]


ITEM = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
BARE = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


@pytest.mark.parametrize(("properties", "number"), [(ITEM, "2.1(a)"), (BARE, "–")])
def test_a_paragraph_that_became_an_item_or_lost_its_number_is_told(properties: str, number: str) -> None:
    title, cap = p("责任限制", "Clause1", "dg_liability_cap_1"), p(CAP, "Clause2", "dg_liability_cap_2")
    carve = p(CARVE, "Clause2", "dg_liability_cap_3", properties=properties)
    found = only(compared(contract(liability=title + cap + carve)))
    assert (found.kind, found.how, found.spot.number, found.within) == ("level", "silent", "2.2", number)


def test_a_whole_paper_that_lost_its_numbers_is_not_changed_by_it() -> None:
    bare = docx(
        "".join(p(each) for each in ("费用", FEES, "责任限制", CAP, CARVE)), styles="", numbering=""
    )  # fmt: skip
    ours = docx(
        p("费用", "Clause1", "dg_fees_1") + p(FEES, "Clause2", "dg_fees_2")
        + p("责任限制", "Clause1", "dg_liability_cap_1") + p(CAP, "Clause2", "dg_liability_cap_2")
        + p(CARVE, "Clause2", "dg_liability_cap_3")
    )  # fmt: skip
    assert compared(bare, ours).is_unchanged


def _retyped(*paragraphs: str) -> WordFile:
    return read(docx("".join(map(p, paragraphs)), styles="", numbering=""))


def test_numbers_typed_into_a_paper_that_lost_its_own_are_no_words_of_it() -> None:
    ours = read(
        docx(
            p("2.5 版软件") + p("费用", "Clause1", "dg_fees_1") + p(FEES, "Clause2", "dg_fees_2")
            + p("Law", "Clause1", "dg_law_1") + p(LAW, "Clause2", "dg_law_2") + p("中国法", "Clause3", "dg_law_3")
        )
    )  # fmt: skip
    words = ("2.5 版软件", "第1条 费用", f"1.1 {FEES}", "2. Law", f"2.1　{LAW}", "(a) 中国法")
    assert compare_returned(ours, _retyped(*words)).is_unchanged
    changed = [each.replace("30日", "90日") for each in words]
    found = only(compare_returned(ours, _retyped(*changed)))
    assert (found.spot.number, [(each.old, each.new) for each in found.figures]) == ("1.1", [("30", "90")])
    version = only(compare_returned(ours, _retyped("3.5 版软件", *words[1:])))
    assert (version.kind, version.new) == ("figure", "3.5 版软件")


def test_a_number_typed_where_word_counts_is_told() -> None:
    theirs = contract(fees=p(f"1.1 {FEES}", "Clause2", "dg_fees_2"))
    assert only(compared(theirs)).new == f"1.1 {FEES}"
