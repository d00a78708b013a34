"""Word files that others wrote: what a reader sees in them, and what they changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.problems import Problem
from docgen.wordfile import Table, WordFile, accepted, read_word, rejected
from docgen.wordfile.model import Paragraph
from tests.conftest import need
from tests.wordfile.papers import (
    CAP,
    NS,
    STYLES,
    WHO,
    contract,
    definition,
    dele,
    docx,
    field,
    ins,
    level,
    list_,
    p,
    run,
    style,
    table,
    through_libreoffice,
    zipped,
)


def read(data: bytes) -> WordFile:
    found = read_word(data, "paper.docx")
    assert isinstance(found, WordFile), found
    return found


def texts(body: str, **more: str) -> list[str]:
    return [each.text for each in read(docx(body, **more)).paragraphs()]


def labels(body: str, **more: str) -> list[str]:
    return [each.label for each in read(docx(body, **more)).paragraphs()]


# ---- words ----------------------------------------------------------------------------------------------------------
def test_a_contract_is_read_with_its_numbers_bookmarks_styles_and_outline() -> None:
    found = [block for block in read(contract()).blocks if isinstance(block, Paragraph)]
    assert [(each.label, each.bookmarks, each.style, each.outline) for each in found[:3]] == [
        ("", (), "", None),
        ("第1条", ("dg_fees_1",), "Clause 1", 1),
        ("1.1", ("dg_fees_2",), "Clause 2", None),
    ]
    assert [each.label for each in found[4:]] == ["第2条", "2.1", "2.2", "第3条", "3.1", "第4条", "4.1"]


def test_the_table_stands_between_its_clauses_cell_by_cell() -> None:
    found = read(contract())
    at = next(at for at, block in enumerate(found.blocks) if isinstance(block, Table))
    assert found.blocks[at].text.splitlines()[1] == "首付款\t30%\t360,000.00"
    assert [each.label for each in found.blocks[at - 1 : at + 2 : 2] if isinstance(each, Paragraph)] == ["1.2", "第2条"]


def test_fields_show_their_results_and_never_their_codes() -> None:
    found = read(docx(p(run("按") + field(r"REF dg_fees_2 \r \h", "1.1") + run("支付")))).blocks[0]
    assert isinstance(found, Paragraph)
    assert found.text == "按1.1支付"
    assert [(piece.text, piece.refers) for piece in found.pieces] == [("按", ""), ("1.1", "dg_fees_2"), ("支付", "")]


def test_a_field_that_reaches_over_paragraphs_keeps_its_code_out_of_both() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    first = p(f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("one")}')
    assert texts(first + p(run("two") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("three")) == [
        "one",
        "two",
        "three",
    ]


def test_words_inside_controls_links_and_tags_are_words() -> None:
    inside = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt><w:hyperlink>{run('b')}</w:hyperlink>"
        f"<w:smartTag>{run('c')}</w:smartTag><w:fldSimple w:instr=' PAGE '>{run('d')}</w:fldSimple>"
    )
    whole = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('e')}</w:sdtContent></w:sdt>"
    assert texts(p(inside) + whole) == ["abcd", "e"]


def test_tabs_breaks_and_signs_are_what_they_look_like_and_hidden_words_are_not_there() -> None:
    signs = f"<w:r><w:tab/></w:r><w:r><w:br/></w:r><w:r><w:noBreakHyphen/></w:r>{run('no', '<w:vanish/>')}"
    assert texts(p(run("a") + signs + run("b"))) == ["a\t\n\u2011b"]


def test_a_text_box_written_twice_for_old_and_new_readers_is_read_once() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    twice = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(docx(p(run("outside") + twice))).blocks[0]
    assert isinstance(found, Paragraph)
    assert (found.text, found.boxed) == ("outside", ("in the box",))


def test_footnotes_and_comments_belong_to_their_paragraph() -> None:
    parts = {
        "footnotes": ("footnotes", f'<w:footnote w:id="2">{p("except in summer")}</w:footnote>'),
        "comments": (
            "comments",
            f'<w:comment w:id="5" w:author="Someone" w:date="2026-12-02T10:00:00Z">{p("why?")}</w:comment>',
        ),
    }
    body = p(
        '<w:commentRangeStart w:id="5"/>' + run("words") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    )
    found = read(docx(body, parts=parts))
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.notes, first.remarks) == (("except in summer",), ("5",))
    assert [(each.number, each.author, each.date, each.text) for each in found.remarks] == [
        ("5", "Someone", "2026-12-02T10:00:00Z", "why?")
    ]


def test_bold_and_underlined_words_are_known_by_run_character_style_and_paragraph_style() -> None:
    styles = STYLES + style("Fat", "Fat", "<w:rPr><w:b/></w:rPr>")
    runs = run("a", '<w:b/><w:u w:val="single"/>') + run("b", '<w:rStyle w:val="Loud"/>') + run("c")
    body = p(runs) + p(run("d") + run("e", '<w:b w:val="0"/>'), "Fat")
    first, second = read(docx(body, styles=styles)).paragraphs()
    assert [(piece.text, piece.bold, piece.underlined) for piece in (*first.pieces, *second.pieces)] == [
        ("ab", True, True),
        ("c", False, False),
        ("d", True, False),
        ("e", False, False),
    ]


# ---- numbers --------------------------------------------------------------------------------------------------------
def numbered(number: int, at: int = 0) -> str:
    return p("x", properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_levels_begin_anew_below_a_higher_one_and_skipped_levels_count_as_begun() -> None:
    lists = definition(1, level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerRoman")) + list_(1, 1)
    order = [0, 1, 1, 2, 2, 0, 1, 2]
    assert labels("".join(numbered(1, at) for at in order), numbering=lists) == [
        *("1.", "1.1", "1.2", "(i)", "(ii)", "2.", "2.1", "(i)")
    ]


def test_lists_of_one_definition_count_on_unless_they_say_where_they_start() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = definition(1, level(0, "%1.")) + list_(1, 1) + list_(2, 1) + list_(3, 1, override)
    assert labels("".join(map(numbered, (1, 2, 3, 3, 1))), numbering=lists) == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_may_write_a_level_in_its_own_way() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "Article %1", "upperRoman")}</w:lvlOverride>'
    lists = definition(1, level(0, "%1.")) + list_(1, 1, own)
    assert labels(numbered(1) + numbered(1), numbering=lists) == ["Article I", "Article II"]


def test_a_level_that_never_restarts_goes_on_and_legal_numbering_writes_digits() -> None:
    lists = definition(
        1,
        level(0, "第%1条", "chineseCountingThousand"),
        level(1, "%1.%2", more="<w:isLgl/>"),
        level(2, "%3)", more='<w:lvlRestart w:val="0"/>'),
    ) + list_(1, 1)
    order = [0, 1, 2, 0, 1, 2]
    assert labels("".join(numbered(1, at) for at in order), numbering=lists) == [
        *("第一条", "1.1", "1)", "第二条", "2.1", "2)")
    ]


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("chineseCountingThousand", ["九", "十", "十一", "二十", "一百零一"]),
        ("upperLetter", ["I", "J", "K", "T", "WWWW"]),
        ("decimalEnclosedCircle", ["⑨", "⑩", "⑪", "⑳", "101"]),
        ("chineseLegalSimplified", ["玖", "壹拾", "壹拾壹", "贰拾", "壹佰零壹"]),
    ],
)
def test_counters_are_written_in_the_formats_chinese_contracts_use(form: str, wanted: list[str]) -> None:
    starts = [
        list_(at, 1, f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{count}"/></w:lvlOverride>')
        for at, count in enumerate((9, 10, 11, 20, 101), start=1)
    ]
    lists = definition(1, level(0, "%1", form)) + "".join(starts)
    assert labels("".join(numbered(at) for at in range(1, 6)), numbering=lists) == wanted


# ---- tracked changes ------------------------------------------------------------------------------------------------
def both_views(body: str) -> tuple[list[str], list[str]]:
    blocks = read(docx(body)).blocks
    after = [block.text for block in accepted(blocks)]
    before = [block.text_before if isinstance(block, Paragraph) else block.text for block in rejected(blocks)]
    return before, after


def test_inserted_and_deleted_words_are_there_after_and_before() -> None:
    assert both_views(p(run("within ") + dele("30") + ins("60") + run(" days"))) == (
        ["within 30 days"],
        ["within 60 days"],
    )


def test_what_was_inserted_and_deleted_again_is_in_neither() -> None:
    twice = f"<w:ins {WHO}><w:del {WHO}>{run('never', tag='delText')}</w:del></w:ins>"
    assert both_views(p(run("a") + twice + run("b"))) == (["ab"], ["ab"])


def test_moved_words_are_where_they_came_from_before_and_where_they_went_after() -> None:
    away = f"<w:moveFrom {WHO}>{run('x')}</w:moveFrom>"
    here = f"<w:moveTo {WHO}>{run('x')}</w:moveTo>"
    assert both_views(p(away + run("1")) + p(run("2") + here)) == (["x1", "2"], ["1", "2x"])


def test_a_deleted_paragraph_end_joins_two_paragraphs_and_an_inserted_one_divides_them() -> None:
    assert both_views(p("a", end="del") + p("b")) == (["a", "b"], ["ab"])
    assert both_views(p("a", end="ins") + p("b")) == (["ab"], ["a", "b"])


def test_a_paragraph_deleted_whole_leaves_nothing_and_is_not_counted() -> None:
    body = p("one", "Clause1") + p(dele("two"), "Clause1", end="del") + p("three", "Clause1")
    assert both_views(body) == (["one", "two", "three"], ["one", "three"])
    assert labels(body) == ["第1条", "", "第2条"]


def test_deleted_and_inserted_rows_are_there_before_and_after() -> None:
    before, after = both_views(table(("a",), ("b",), ("c",), track={1: "del", 2: "ins"}))
    assert (before, after) == (["a\nb"], ["a\nc"])


def test_every_change_names_who_made_it_and_when() -> None:
    found = next(read(docx(p(run("a") + dele("b") + ins("c")))).paragraphs())
    assert [(each.author, each.date) for each in found.changes] == [
        ("Customer lawyer (invented)", "2026-12-01T09:30:00Z")
    ]


# ---- other programs and other files ---------------------------------------------------------------------------------
def test_a_file_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    need("soffice")
    cap = p(run("乙方") + dele("的") + ins("及其关联方的") + run("责任"), "Clause2", "dg_liability_cap_2")
    ours = contract(liability=p("责任限制", "Clause1", "dg_liability_cap_1") + cap + p(CAP, "Clause3"))
    saved = read(through_libreoffice(ours, tmp_path))
    for one, other in zip(read(ours).paragraphs(), saved.paragraphs(), strict=True):
        assert (one.text, one.text_before, one.label, one.bookmarks) == (
            other.text,
            other.text_before,
            other.label,
            other.bookmarks,
        )


def test_a_file_saved_as_strict_open_xml_says_the_same() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>words</w:t></w:r></w:p></w:body></w:document>'
    data = zipped({"_rels/.rels": _relations("word/document.xml"), "word/document.xml": body.encode()})
    assert [each.text for each in read(data).paragraphs()] == ["words"]


def _relations(target: str) -> bytes:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _with_body(body: str) -> bytes:
    return zipped({"_rels/.rels": _relations("word/document.xml"), "word/document.xml": body.encode()})


_ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_word_file"),
        (b"%PDF-1.7 and so on", "not_a_word_file"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "not_a_word_file"),
        (zipped({"_rels/.rels": _relations("word/absent.xml")}), "not_a_word_file"),
        (_with_body("<html/>"), "not_a_word_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "word_old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "word_locked"),
        (contract()[:400], "not_a_word_file"),
        (_with_body("<w:document"), "word_broken"),
        (_with_body(f"{_ENTITIES}<w:document {NS}><w:body>&b;</w:body></w:document>"), "word_broken"),
        (_with_body(f"<w:document {NS}>{'<w:sdt>' * 5000}"), "word_broken"),
        (_with_body(f"<w:document {NS}><w:body>{' ' * 30_000_000}</w:body></w:document>"), "word_too_large"),
    ],
)
def test_what_is_no_readable_word_file_is_refused_with_the_reason(data: bytes, code: str) -> None:
    found = read_word(data, "paper.docx")
    assert isinstance(found, Problem)
    assert (found.code, found.place is not None and found.place.file) == (code, "paper.docx")


_SPECIMEN = contract()


@given(st.integers(0, len(_SPECIMEN) - 1), st.binary(min_size=1, max_size=4))
def test_damage_anywhere_in_a_file_is_a_problem_and_never_a_fault(at: int, damage: bytes) -> None:
    found = read_word(_SPECIMEN[:at] + damage + _SPECIMEN[at + len(damage) :], "paper.docx")
    assert isinstance(found, WordFile | Problem)


TAGS = st.sampled_from(
    ["p", "r", "t", "ins", "del", "tbl", "tr", "tc", "sdt", "sdtContent", "pPr", "numPr", "hyperlink", "fldChar", "sym"]
)
ODD = st.sampled_from(["", "0", "-1", "x", "99999999999", "１", "²"])


def _element(made: tuple[str, str, list[str]]) -> str:
    tag, value, inner = made
    marks = f'w:val="{value}" w:id="{value}" w:char="{value}" w:fldCharType="begin"'
    return f'<w:{tag} {marks}><w:ilvl w:val="{value}"/><w:numId w:val="1"/>{"".join(inner)}</w:{tag}>'


@given(st.recursive(st.just(""), lambda inner: st.tuples(TAGS, ODD, st.lists(inner, max_size=3)).map(_element)))
def test_elements_in_any_order_with_any_values_are_read_without_a_fault(body: str) -> None:
    found = read_word(docx(body), "paper.docx")
    assert isinstance(found, WordFile)
    accepted(found.blocks), rejected(found.blocks)
