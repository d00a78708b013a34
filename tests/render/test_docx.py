"""The Word writer, seen through its bytes: opened again by python-docx, lxml and LibreOffice."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import yaml
from lxml import etree

from docgen.content.blocks import (
    Block,
    Break,
    Cell,
    Column,
    Columns,
    Document,
    Emphasis,
    Fact,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Quiet,
    Row,
    Signatory,
    SignatureBlock,
    Strong,
    Table,
    Text,
    TitleBlock,
    Together,
    plain,
    text_of,
)
from docgen.render.docx import write_docx
from docgen.render.theme import Look, Margins, Theme
from tests.render.specimen import specimen

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HOSTILE = (
    "A&B <b>not bold</b> {{ not code }} ]]> \"quoted\" 'single' %PAGE% ${x} &amp; </w:t> \\n 𠮷 "
    "👩\u200d👩\u200d👧 a\tb  two  spaces "
)
DATE = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture(scope="module")
def look() -> Look:
    return Look(Theme(), (ROOT / "templates/_house/house.docx").read_bytes())


def paper(*blocks: Block, **more: object) -> Document:
    usual: dict[str, object] = {"title": "纸", "blocks": blocks, "languages": ("zh-CN",), "date": DATE}
    return Document(**(usual | more))  # type: ignore[arg-type]


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def paragraphs(root: etree._Element) -> list[str]:
    """python-docx skips text in links and fields, so the tests read every w:t themselves."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return [
        "".join(
            node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "")
            for run in paragraph.iter(f"{W}r")
            for node in run
        )
        for paragraph in root.iter(f"{W}p")
    ]


def words_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every line of words a reader must find, in reading order (signatures apart: they are read across)."""
    for block in blocks:
        match block:
            case TitleBlock(title, subtitle, brand):
                yield from (f"{title}\t{brand}" if brand else title, subtitle)
            case KeyFigures(figures):
                for figure in figures:
                    yield from (figure.label, figure.value, figure.note)
            case Heading(_, content) | Paragraph(content):
                yield text_of(content)
            case ListBlock(items):
                for item in items:
                    yield from words_of(item)
            case Facts(facts, title):
                yield title
                for fact in facts:
                    yield f"{fact.label}\t{text_of(fact.value)}" if fact.label else text_of(fact.value)
            case Columns(columns):
                for column in columns:
                    yield from words_of(column)
            case Table():
                for cells in (block.head, *(row.cells for row in block.rows)):
                    yield from (text_of(cell.content) for cell in cells)
            case Together(inner):
                yield from words_of(inner)
            case _:
                pass


def table_of(data: bytes, at: int = 0) -> etree._Element:
    return list(part(data).iter(f"{W}tbl"))[at]


def kept(row: etree._Element) -> bool:
    return all(paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in row.iter(f"{W}p"))


# ---- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("chinese", [True, False])
def test_every_word_of_the_document_stands_in_the_file_in_order(look: Look, chinese: bool) -> None:
    document = specimen(12, chinese=chinese)
    found = iter(paragraphs(part(write_docx(document, look))))
    for words in filter(None, words_of(document.blocks)):
        assert any(words == line for line in found), words


def test_the_labels_of_a_signature_block_all_appear(look: Look) -> None:
    sides = (Signatory("需方", "甲公司", ("签字", "日期"), "公章"), Signatory("供方", "乙公司", ("签字",)))
    block = SignatureBlock(sides)
    found = paragraphs(part(write_docx(paper(block), look)))
    for words in ("需方", "甲公司", "供方", "乙公司", "公章", "日期"):
        assert words in found
    assert found.count("签字") == 2


def test_hostile_text_comes_back_letter_for_letter_from_every_place(look: Look) -> None:
    inline = plain(HOSTILE)
    document = paper(
        TitleBlock(HOSTILE, HOSTILE, HOSTILE),
        KeyFigures((KeyFigure(HOSTILE, HOSTILE, HOSTILE), KeyFigure(HOSTILE, HOSTILE, HOSTILE, True))),
        Heading(1, inline, "a"),
        Paragraph((Strong(inline),)),
        ListBlock(((Paragraph(inline),),)),
        Facts((Fact(HOSTILE, inline),), HOSTILE),
        SignatureBlock((Signatory(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),)),
        Table((Column(1),), (Row((Cell(inline),)),), (Cell(inline),), title=HOSTILE),
        title=HOSTILE,
        author=HOSTILE,
        subject=HOSTILE,
        running=(HOSTILE, HOSTILE),
        footer=HOSTILE,
        draft=HOSTILE,
        draft_note=HOSTILE,
        properties={HOSTILE: HOSTILE},
    )
    data = write_docx(document, look)
    assert "".join(paragraphs(part(data))).count(HOSTILE) == 21
    heads = "".join(paragraphs(part(data, "word/header1.xml")))
    assert heads.count(HOSTILE) == 3
    assert part(data, "word/header1.xml").xpath("//*[local-name()='textpath']/@string")[-1] == HOSTILE
    assert HOSTILE in paragraphs(part(data, "word/footer1.xml"))[0]
    assert docx.Document(io.BytesIO(data)).core_properties.title == HOSTILE
    assert part(data, "docProps/custom.xml")[0].get("name") == HOSTILE


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"])
def test_a_character_word_cannot_hold_is_refused_not_dropped(look: Look, character: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(character):04X}"):
        write_docx(paper(Paragraph((Text(f"a{character}b"),))), look)


def test_a_break_is_a_line_break_and_emphasis_slants_latin_only(look: Look) -> None:
    root = part(write_docx(paper(Paragraph((Emphasis(plain("重点 point")), Break(), Text("next")))), look))
    assert paragraphs(root)[0] == "重点 point\nnext"
    upright = ["".join(run.itertext()) for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert upright == ["重点"]


def test_nested_marks_keep_one_style_and_add_the_rest(look: Look) -> None:
    root = part(write_docx(paper(Paragraph((Quiet((Strong((Emphasis(plain("x")),)),)),))), look))
    properties = next(root.iter(f"{W}rPr"))
    assert [child.tag.removeprefix(W) for child in properties] == ["rStyle", "b", "bCs", "i"]


# ---- tables ---------------------------------------------------------------------------------------------------------
def test_the_head_of_a_table_repeats_and_no_row_splits(look: Look) -> None:
    rows = table_of(write_docx(specimen(200), look), 2).findall(f"{W}tr")
    assert len(rows) == 1 + 1 + 200 + 3
    assert [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None] == rows[:1]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_group_heads_and_rows_before_a_subtotal_stay_with_the_next_row(look: Look) -> None:
    rows = table_of(write_docx(specimen(12), look), 2).findall(f"{W}tr")
    assert [at for at, row in enumerate(rows) if kept(row)] == [0, 1, 14, 15, 16]


def test_totals_are_kept_in_one_piece_at_the_right_half(look: Look) -> None:
    summary = table_of(write_docx(specimen(3), look), 3)
    rows = summary.findall(f"{W}tr")
    assert [kept(row) for row in rows] == [True] * 6
    assert summary.find(f"{W}tblPr/{W}jc").get(f"{W}val") == "right"
    assert int(summary.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == 9638 // 2


def test_column_widths_add_up_to_the_text_width_exactly(look: Look) -> None:
    shares = (0.333, 0.1, 0.1, 0.2, 0.07)
    table = Table(tuple(Column(share) for share in shares), (Row(tuple(Cell(plain("x")) for _ in shares)),))
    found = table_of(write_docx(paper(table), look))
    grid = [int(column.get(f"{W}w")) for column in found.iter(f"{W}gridCol")]
    assert sum(grid) == 9638
    assert [int(width.get(f"{W}w")) for width in found.iter(f"{W}tcW")] == grid
    assert found.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"


def test_every_row_fills_the_grid_whatever_its_cells_span(look: Look) -> None:
    for table in part(write_docx(specimen(5), look)).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == columns


def test_a_row_with_too_few_cells_is_filled_and_one_with_too_many_refused(look: Look) -> None:
    columns = (Column(1), Column(1), Column(1))
    short = Table(columns, (Row((Cell(plain("x")),)),))
    assert len(list(table_of(write_docx(paper(short), look)).iter(f"{W}tc"))) == 2
    with pytest.raises(ValueError, match="more cells"):
        write_docx(paper(Table(columns, (Row((Cell(span=4),)),))), look)


def test_cells_end_in_a_paragraph_and_tables_never_touch(look: Look) -> None:
    table = Table((Column(1),), (Row((Cell(plain("x")),)),))
    root = part(write_docx(paper(table, table, Columns(((table, table), (Facts(()),))), table), look))
    for cell in root.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    for one in root.iter(f"{W}tbl"):
        assert one.getnext().tag == f"{W}p"


def test_words_wrapped_around_tables_use_no_empty_paragraphs_but_the_gap(look: Look) -> None:
    document = docx.Document(io.BytesIO(write_docx(specimen(12), look)))
    empty = {paragraph.style.name for paragraph in document.paragraphs if not paragraph.text.strip()}
    assert empty <= {"Table Gap"}


# ---- headings, links, lists -----------------------------------------------------------------------------------------
def test_headings_are_real_headings_with_bookmarks_links_can_reach(look: Look) -> None:
    link = Link("#pay-plan", plain("见付款计划"))
    data = write_docx(
        paper(Paragraph((link,)), Heading(1, plain("付款计划"), "pay-plan"), Heading(2, plain("二"), "pay_plan")), look
    )
    headings = [each.style.name for each in docx.Document(io.BytesIO(data)).paragraphs][1:]
    assert headings == ["Heading 1", "Heading 2"]
    marks = [mark.get(f"{W}name") for mark in part(data).iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == 2 and all(re.fullmatch(r"[A-Za-z_]\w{0,39}", mark) for mark in marks)
    assert next(part(data).iter(f"{W}hyperlink")).get(f"{W}anchor") == marks[0]


def test_only_links_lead_out_of_the_file(look: Look) -> None:
    links = (
        "https://example.com/?a=1&b=2",
        "mailto:a@example.com",
        "https://example.com/?a=1&b=2",
        "file:///etc/passwd",
        "javascript:x",
        "#missing",
    )
    data = write_docx(paper(Paragraph(tuple(Link(url, plain(f"[{url}]")) for url in links))), look)
    targets = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                found = etree.fromstring(package.read(name))
                targets += [each.get("Target") for each in found if each.get("TargetMode") == "External"]
    assert targets == ["https://example.com/?a=1&b=2", "mailto:a@example.com"]
    assert paragraphs(part(data))[0] == "".join(f"[{url}]" for url in links)


def test_each_ordered_list_counts_from_its_own_start(look: Look) -> None:
    items = ((Paragraph(plain("x")), Paragraph(plain("more"))), (ListBlock(((Paragraph(plain("y")),),)),))
    data = write_docx(paper(ListBlock(items, True), ListBlock(items, True, 7)), look)
    numbering = part(data, "word/numbering.xml")
    starts = {
        each.getparent().getparent().get(f"{W}numId"): each.get(f"{W}val")
        for each in numbering.iter(f"{W}startOverride")
    }
    used = [each.get(f"{W}val") for each in part(data).iter(f"{W}numId")]
    assert sorted(starts.values()) == ["1", "7"]
    assert set(starts) <= set(used)
    assert set(used) - {"0"} <= {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}


def test_a_page_break_starts_the_next_block_on_a_new_page_without_an_empty_line(look: Look) -> None:
    root = part(write_docx(paper(Paragraph(plain("a")), PageBreak(), Paragraph(plain("b")), PageBreak()), look))
    assert len(list(root.iter(f"{W}pageBreakBefore"))) == 1


def test_blocks_that_belong_together_keep_with_the_next_but_the_last_is_free(look: Look) -> None:
    together = Together((Paragraph(plain("a")), Paragraph(plain("b")), Paragraph(plain("c"))))
    root = part(write_docx(paper(together, Paragraph(plain("d"))), look))
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in root.iter(f"{W}p")] == [True, True, False, False]


# ---- the page -------------------------------------------------------------------------------------------------------
def test_page_numbers_are_real_fields_where_the_label_puts_them(look: Look) -> None:
    data = write_docx(specimen(2), look)
    for name in ("word/footer1.xml", "word/footer2.xml"):
        foot = part(data, name)
        assert [code.text.strip() for code in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
        assert paragraphs(foot) == ["上海云衡软件有限公司\t第 1 页，共 1 页"]


def test_the_running_head_starts_on_page_two(look: Look) -> None:
    data = write_docx(specimen(2, draft=False), look)
    section = next(part(data).iter(f"{W}sectPr"))
    assert section.find(f"{W}titlePg") is not None
    relations = {each.get("Id"): each.get("Target") for each in part(data, "word/_rels/document.xml.rels")}
    heads = {each.get(f"{W}type"): relations[each.get(f"{R}id")] for each in section.iter(f"{W}headerReference")}
    assert paragraphs(part(data, f"word/{heads['first']}")) == [""]
    assert paragraphs(part(data, f"word/{heads['default']}")) == ["报价单 D-2026-0117-1\t苏州华瑞电机有限公司"]


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_is_marked_on_every_page_and_a_final_paper_on_none(look: Look, draft: bool) -> None:
    data = write_docx(specimen(2, draft=draft), look)
    for name in ("word/header1.xml", "word/header2.xml"):
        marks = part(data, name).xpath("//*[local-name()='textpath'][@string]/@string")
        assert marks == (["草稿 DRAFT"] if draft else [])
        assert ("草稿：尚缺销售总监批准" in paragraphs(part(data, name))) is draft


def test_the_page_takes_its_paper_and_margins_from_the_theme(look: Look) -> None:
    theme = Theme(paper="Letter", margins=Margins(left=25.4, right=25.4))
    root = part(write_docx(specimen(2), Look(theme, look.house_docx)))
    size = next(root.iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("12240", "15840")
    assert next(root.iter(f"{W}tblW")).get(f"{W}w") == str(12240 - 2880)


# ---- what the file says of itself -----------------------------------------------------------------------------------
def test_properties_travel_with_the_file_and_dates_are_the_papers_own(look: Look) -> None:
    properties = {"docgen.deal": "D-1", "a": "b"}
    data = write_docx(paper(title="报价单", author="李敏", subject="二期", properties=properties), look)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.subject, core.language) == ("报价单", "李敏", "二期", "zh-CN")
    assert core.created == core.modified == dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
    assert {each.get("name"): each[0].text for each in part(data, "docProps/custom.xml")} == properties


def test_the_deals_data_is_not_put_into_the_word_file(look: Look) -> None:
    data = write_docx(specimen(1), look)
    assert not [name for name in names(data) if not name.endswith((".xml", ".rels"))]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert all(b'D-2026-0117"}' not in package.read(name) for name in package.namelist())


def test_word_does_not_open_the_file_in_compatibility_mode(look: Look) -> None:
    settings = part(write_docx(specimen(1), look), "word/settings.xml")
    modes = [
        each.get(f"{W}val")
        for each in settings.iter(f"{W}compatSetting")
        if each.get(f"{W}name") == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_no_run_names_a_font_of_its_own_beyond_the_hint_for_full_width_marks(look: Look) -> None:
    for font in part(write_docx(specimen(12), look)).iter(f"{W}rFonts"):
        assert dict(font.attrib) == {f"{W}hint": "eastAsia"}


def test_every_style_asked_for_exists(look: Look) -> None:
    data = write_docx(specimen(3), look)
    known = {each.get(f"{W}styleId") for each in part(data, "word/styles.xml").iter(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for name in names(data)
        if name.startswith("word/") and name.endswith(".xml")
        for each in part(data, name).iter(*(f"{W}{kind}" for kind in ("pStyle", "rStyle", "tblStyle", "basedOn")))
    }
    assert used <= known


def test_the_zip_holds_each_part_once_and_declares_it(look: Look) -> None:
    data = write_docx(specimen(3), look)
    found = names(data)
    assert len(found) == len(set(found)) and found[0] == "[Content_Types].xml"
    declared = {each.get("PartName").lstrip("/") for each in part(data, "[Content_Types].xml") if each.get("PartName")}
    assert declared == {name for name in found if name.endswith(".xml") and name != "[Content_Types].xml"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# ---- the schema's order ---------------------------------------------------------------------------------------------
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
    "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign "
    "rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cantSplit trHeight tblHeader",
    "tcBorders": "top left bottom right insideH insideV",
    "tblBorders": "top left bottom right insideH insideV",
    "tcMar": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId lvlJc pPr rPr",
    "numbering": "abstractNum num",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}


@pytest.mark.parametrize("chinese", [True, False])
def test_elements_stand_in_the_order_words_schema_demands(look: Look, chinese: bool) -> None:
    data = write_docx(specimen(12, chinese=chinese), look)
    for name in names(data):
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        for element in part(data, name).iter():
            known = ORDER.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element] if known else []
            assert children == sorted(children, key=known.index), (name, etree.QName(element).localname)


# ---- another house --------------------------------------------------------------------------------------------------
def test_a_reference_document_saved_elsewhere_works_and_missing_styles_fall_back(look: Look) -> None:
    foreign = docx.Document()
    foreign.styles["Title"].name = "Unheard of"
    buffer = io.BytesIO()
    foreign.save(buffer)
    data = write_docx(specimen(3), Look(Theme(), buffer.getvalue()))
    opened = docx.Document(io.BytesIO(data))
    styles = {paragraph.style.name for paragraph in opened.paragraphs}
    assert "Heading 1" in styles and "Normal" in styles
    unwanted = ("customXml", "thumbnail", "stylesWithEffects")
    assert not [name for name in names(data) if any(each in name for each in unwanted)]
    assert part(data).find(f".//{W}tblBorders") is not None


def test_a_template_attached_to_the_reference_document_stays_behind(look: Look) -> None:
    foreign = docx.Document()
    identity = foreign.part._settings_part.relate_to(
        "file:///c:/secret.dotm", f"{R[1:-1]}/attachedTemplate", is_external=True
    )
    attached = etree.SubElement(foreign.settings.element, f"{W}attachedTemplate")
    attached.set(f"{R}id", identity)
    buffer = io.BytesIO()
    foreign.save(buffer)
    data = write_docx(specimen(1), Look(Theme(), buffer.getvalue()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"secret" in package.read(name) for name in package.namelist())
    assert part(data, "word/settings.xml").find(f"{W}attachedTemplate") is None


def rewritten(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            body = source.read(each)
            target.writestr(each, body.replace(old, new) if each == name else body)
    return buffer.getvalue()


def test_styles_are_found_by_name_whatever_ids_a_chinese_word_gives_them(look: Look) -> None:
    house = rewritten(look.house_docx, "word/styles.xml", b'w:styleId="Heading1"', b'w:styleId="1"')
    data = write_docx(paper(Heading(1, plain("标题"), "a")), Look(Theme(), house))
    assert docx.Document(io.BytesIO(data)).paragraphs[0].style.name == "Heading 1"
    assert next(part(data).iter(f"{W}pStyle")).get(f"{W}val") == "1"


def test_a_designers_change_of_a_style_reaches_the_paper(look: Look) -> None:
    house = rewritten(look.house_docx, "word/styles.xml", b'w:val="1F4E79"', b'w:val="00AA00"')
    assert part(write_docx(specimen(1), Look(Theme(), house)), "word/styles.xml").xpath("//*[@*='00AA00']")


def test_a_strict_reference_document_is_refused_with_what_to_do(look: Look) -> None:
    house = rewritten(
        look.house_docx,
        "word/styles.xml",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with pytest.raises(ValueError, match="save it as an ordinary"):
        write_docx(specimen(1), Look(Theme(), house))


@pytest.mark.parametrize("bad", [b"", b"not a zip", b"PK\x05\x06" + b"\xff" * 18])
def test_a_reference_document_that_is_none_is_one_clear_error(bad: bytes) -> None:
    with pytest.raises(ValueError, match="reference document"):
        write_docx(specimen(1), Look(Theme(), bad))


def test_every_damaged_copy_of_the_reference_document_is_refused_or_harmless(look: Look) -> None:
    for at in range(0, len(look.house_docx), 97):
        broken = look.house_docx[:at] + bytes([look.house_docx[at] ^ 0xFF]) + look.house_docx[at + 1 :]
        try:
            write_docx(specimen(1), Look(Theme(), broken))
        except ValueError:
            continue


def test_the_committed_reference_document_is_what_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "house.docx"
    subprocess.run([sys.executable, ROOT / "tools/make_house_docx.py", "--out", made], check=True)
    assert made.read_bytes() == (ROOT / "templates/_house/house.docx").read_bytes()


# ---- reproducible, quick, openable ----------------------------------------------------------------------------------
_DIGEST = """
import hashlib, sys
from pathlib import Path
from docgen.render.docx import write_docx
from docgen.render.theme import Look, Theme
from tests.render.specimen import specimen
print(hashlib.sha256(write_docx(specimen(12), Look(Theme(), Path(sys.argv[1]).read_bytes()))).hexdigest())
heavy = {"docx", "lxml", "xml.dom", "reportlab"} & set(sys.modules)
assert not heavy, heavy
"""


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Shanghai", "1"), ("America/St_Johns", "4242")])
def test_the_bytes_are_the_same_in_every_zone_and_for_every_hash_seed(look: Look, zone: str, seed: str) -> None:
    here = hashlib.sha256(write_docx(specimen(12), look)).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", _DIGEST, ROOT / "templates/_house/house.docx"],
        cwd=ROOT,
        text=True,
        env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_time_grows_with_the_lines_and_no_faster(look: Look) -> None:
    def seconds(lines: int) -> float:
        document = specimen(lines)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            write_docx(document, look)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    assert seconds(8000) < 8 * seconds(1000) * 2


def _office(data: bytes, folder: Path) -> str:
    (folder / "paper.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, folder / "paper.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return subprocess.run(
        ["pdftotext", "-layout", folder / "paper.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.pages
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler")
def test_libreoffice_opens_the_file_and_shows_the_same_words(look: Look, tmp_path: Path) -> None:
    document = specimen(60)
    data = write_docx(document, look)
    shown = re.sub(r"\s+", "", _office(data, tmp_path))
    for words in words_of(document.blocks):
        for line in words.splitlines():
            for piece in re.split(r"[\s，。；、]+", line) if len(line) > 20 else [line]:
                assert re.sub(r"\s+", "", piece) in shown or len(piece) > 20, piece
    assert shown.count("序号产品与服务") >= 2
    assert re.search("第2页，共[2-9]页", shown)


def test_the_theme_file_spells_out_the_defaults() -> None:
    written = yaml.safe_load((ROOT / "templates/_house/theme.yaml").read_text(encoding="utf-8"))
    assert written == Theme().model_dump()
