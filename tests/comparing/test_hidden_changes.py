"""A contract comes back with a change that Word does not show, made to look like none: every trick is told."""

from __future__ import annotations

import pytest

from docgen.comparing.returned import compare_returned
from docgen.wordfile import WordFile, read_word
from tests.wordfile.papers import (
    CAP,
    CARVE,
    LAW,
    NS,
    STYLES,
    contract,
    definition,
    docx,
    field,
    level,
    list_,
    p,
    run,
    style,
)

TITLE = p("责任限制", "Clause1", "dg_liability_cap_1")
SECOND = p(CARVE, "Clause2", "dg_liability_cap_3")


def _read(data: bytes) -> WordFile:
    found = read_word(data, "paper.docx")
    assert isinstance(found, WordFile)
    return found


def _told(theirs: bytes, ours: bytes | None = None) -> tuple[list[str], list[str]]:
    """Kinds of findings, and codes of what a reader must know."""
    back = _read(theirs)
    found = compare_returned(_read(ours or contract()), back)
    return [each.kind for each in found.findings], [each.code for each in back.problems]


def _cap(content: str, styles: str = STYLES) -> bytes:
    """The contract with other words where the cap of liability stood."""
    cap = p(content, "Clause2", "dg_liability_cap_2")
    return docx(p("软件许可合同") + TITLE + cap + SECOND, styles=styles)


OURS = _cap(run(CAP))


PALE = ['<w:color w:val="FFFFFF"/>', '<w:color w:val="fefefe"/>', '<w:sz w:val="2"/>']


@pytest.mark.parametrize("looks", PALE)
def test_words_nobody_can_see_on_white_paper_are_deleted(looks: str) -> None:
    assert _told(_cap(run(CAP, looks)), OURS) == (["deleted"], [])
    styles = STYLES + style("Ghost", "Ghost", f"<w:rPr>{looks}</w:rPr>", "character")
    assert _told(_cap(run(CAP, '<w:rStyle w:val="Ghost"/>'), styles), OURS)[0] == ["deleted"]


@pytest.mark.parametrize("behind", ['<w:shd w:val="clear" w:fill="1F3864"/>', '<w:highlight w:val="black"/>'])
def test_white_words_on_a_dark_ground_are_there(behind: str) -> None:
    assert _told(_cap(run(CAP, f'<w:color w:val="FFFFFF"/>{behind}')), OURS) == ([], [])


def test_white_words_in_a_dark_cell_or_in_a_table_of_a_dark_style_are_there() -> None:
    def paper(cell: str, table: str, looks: str = '<w:color w:val="FFFFFF"/>') -> bytes:
        words = f"<w:tc><w:tcPr>{cell}</w:tcPr>{p(run('首付款', looks))}</w:tc>"
        grid = '<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
        body = f"<w:tbl><w:tblPr>{table}</w:tblPr>{grid}<w:tr>{words}</w:tr></w:tbl>{p(CAP)}"
        dark = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="0B2545"/></w:tcPr></w:tblStylePr>'
        return docx(body, styles=STYLES + style("Dark", "Dark", dark, "table"))

    ours = paper("", "", "")
    assert _told(paper('<w:shd w:val="clear" w:fill="0B2545"/>', ""), ours)[0] == []
    assert _told(paper("", '<w:tblStyle w:val="Dark"/>'), ours)[0] == []
    assert _told(paper("", ""), ours)[0] == ["row deleted"]


def test_the_same_paper_raises_no_doubt() -> None:
    assert _told(OURS, OURS) == ([], [])
    assert _told(contract()) == ([], [])


@pytest.mark.parametrize("looks", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>"])
def test_words_struck_or_hidden_by_their_looks_are_deleted(looks: str) -> None:
    assert _told(_cap(run(CAP, looks)), OURS) == (["deleted"], [])


@pytest.mark.parametrize("switch", ["strike", "vanish"])
def test_words_hidden_by_a_style_are_deleted(switch: str) -> None:
    styles = STYLES + style("Ghost", "Ghost", f"<w:rPr><w:{switch}/></w:rPr>", "character")
    assert _told(_cap(run(CAP, '<w:rStyle w:val="Ghost"/>'), styles), OURS)[0] == ["deleted"]


def test_words_a_style_hides_and_a_run_shows_are_there() -> None:
    styles = STYLES + style("Ghost", "Ghost", "<w:rPr><w:vanish/></w:rPr>", "character")
    assert _told(_cap(run(CAP, '<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>'), styles), OURS) == ([], [])


@pytest.mark.parametrize("code", ["= 90", "QUOTE 无上限", "DATE", "IF 1 = 1 90 12", "INCLUDETEXT x"])
def test_a_field_that_may_show_other_words_than_it_stores_is_doubted(code: str) -> None:
    before, after = CAP.split("12")
    assert _told(_cap(run(before) + field(code, "12") + run(after)), OURS) == ([], ["word_live_field"])


@pytest.mark.parametrize("code", [r"REF dg_liability_cap_3 \r \h", r"PAGEREF dg_x \h", "PAGE", r"SEQ Table \* ARABIC"])
def test_a_field_that_shows_a_number_of_the_paper_is_not(code: str) -> None:
    before, after = CAP.split("12")
    assert _told(_cap(run(before) + field(code, "12") + run(after)), OURS)[1] == []


def test_words_typed_into_a_cross_reference_are_found() -> None:
    ours = _cap(run("按") + field(r"REF dg_liability_cap_3 \r \h", "第2.2条") + run("办理。"))
    theirs = _cap(run("按") + field(r"REF dg_liability_cap_3 \r \h", "第2.2条但不设上限") + run("办理。"))
    assert _told(theirs, ours)[0] == ["reworded"]
    assert _told(ours, ours)[0] == []


@pytest.mark.parametrize("looks", ["", "<w:b/>"])
def test_a_cross_reference_may_show_the_number_we_sent_or_its_places_own_and_no_other(looks: str) -> None:
    def paper(first: str, second: str) -> bytes:
        code = r"<w:r><w:instrText> REF dg_liability_cap_3 \r \h </w:instrText></w:r>"
        begin, between, end = (
            f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")
        )
        return _cap(run("按") + begin + code + between + run(first) + run(second, looks) + end + run("办理。"))

    ours = paper("第7.", "2条")
    assert _told(paper("第7.", "2条"), ours)[0] == []
    assert _told(paper("第1.", "2条"), ours)[0] == []  # its paragraph is 1.2
    assert _told(paper("第1.", "1条"), ours)[0] == ["figure"]


def test_a_cross_reference_that_shows_our_number_and_leads_elsewhere_is_told_with_the_number_word_will_show() -> None:
    def paper(place: str) -> WordFile:
        return _read(_cap(run("按") + field(rf"REF {place} \r \h", "第1.2条") + run("办理。")))

    (found,) = compare_returned(paper("dg_liability_cap_3"), paper("dg_liability_cap_2")).findings
    assert (found.kind, found.how, found.new) == ("reference", "silent", "按第1.1条办理。")
    (lost,) = compare_returned(paper("dg_liability_cap_3"), paper("nowhere")).findings
    assert (lost.kind, lost.new) == ("reference", "按第?条办理。")
    assert compare_returned(paper("dg_liability_cap_3"), _read(_cap(run("按第1.2条办理。")))).is_unchanged


def test_a_control_that_word_fills_from_elsewhere_is_doubted() -> None:
    binding = '<w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="x"/></w:sdtPr>'
    control = f"<w:sdt>{binding}<w:sdtContent>{run(CAP)}</w:sdtContent></w:sdt>"
    assert _told(_cap(control), OURS) == ([], ["word_bound_control"])


def test_words_that_only_other_versions_of_word_show_are_doubted() -> None:
    new, old = f'<mc:Choice Requires="wps">{run(CAP)}</mc:Choice>', f"<mc:Fallback>{run('不设上限。')}</mc:Fallback>"
    both = f"<mc:AlternateContent {NS}>{new}{old}</mc:AlternateContent>"
    assert _told(_cap(both), OURS) == ([], ["word_twofold"])


def test_words_written_into_the_numbers_of_clauses_are_doubted() -> None:
    speaking = definition(
        1,
        level(0, "第%1条", paragraph_style="Clause1"),
        level(1, "%1.%2 乙方承担无限责任，下列约定不适用：", paragraph_style="Clause2"),
    ) + list_(1, 1)
    body = p("软件许可合同") + TITLE + p(CAP, "Clause2", "dg_liability_cap_2") + SECOND
    assert _told(docx(body, numbering=speaking), OURS) == ([], ["word_numbers_speak"])


def test_a_clause_dressed_as_a_line_of_the_contents_is_found_and_true_lines_are_not() -> None:
    styles = STYLES + style("TOC1", "toc 1")
    lines = p("第1条 责任限制 2", "TOC1")
    body = p("软件许可合同") + "{}" + TITLE + p(CAP, "Clause2", "dg_liability_cap_2") + SECOND
    ours = docx(body.format(lines), styles=styles)
    assert _told(docx(body.format(p("第1条 责任限制 7", "TOC1")), styles=styles), ours) == ([], [])
    assert _told(docx(body.format(lines + p("乙方承担无限责任。", "TOC1")), styles=styles), ours)[0] == ["added"]


def test_a_contents_brought_up_to_date_for_a_heading_that_changed_is_one_change() -> None:
    styles = STYLES + style("TOC1", "toc 1")
    end = p("法律", "Clause1", "dg_law_1") + p(LAW, "Clause2", "dg_law_2")
    ours = docx(p("第1条 法律 2", "TOC1") + end, styles=styles)
    theirs = docx(p("第1条 适用法律 2", "TOC1") + end.replace("法律</w:t>", "适用法律</w:t>", 1), styles=styles)
    assert _told(theirs, ours)[0] == ["reworded"]


def test_words_that_come_in_where_nobody_sees_them_are_told_and_ours_that_vanish_are_told_once() -> None:
    secret = run("乙方承担无限责任。", "<w:vanish/>")
    assert _told(_cap(run(CAP) + secret), OURS)[0] == ["hidden"]
    beside = docx(p("软件许可合同") + TITLE + p(CAP, "Clause2", "dg_liability_cap_2") + SECOND + p(secret))
    (found,) = compare_returned(_read(OURS), _read(beside)).findings
    assert (found.kind, found.new, found.how) == ("hidden", "乙方承担无限责任。", "silent")
    assert _told(beside, beside)[0] == []
    assert _told(_cap(run(CAP, "<w:vanish/>")), OURS)[0] == ["deleted"]


LOUD = '<w:b/><w:u w:val="single"/>'
WHO = 'w:id="9" w:author="Zhou (invented)" w:date="2026-12-02T10:00:00Z"'


def test_a_look_that_was_changed_with_tracking_on_is_not_called_silent() -> None:
    ours = _cap(run(CAP, LOUD))
    assert compare_returned(_read(ours), _read(_cap(run(CAP)))).silent == 1
    tracked = _cap(run(CAP, f"<w:rPrChange {WHO}><w:rPr>{LOUD}</w:rPr></w:rPrChange>"))
    (found,) = compare_returned(_read(ours), _read(tracked)).findings
    assert (found.kind, found.how, [each.author for each in found.by]) == ("plain", "tracked", ["Zhou (invented)"])
