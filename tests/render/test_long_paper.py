"""Cover, contents, numbers, captions, references and comments, in every format."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import etree
from pikepdf import pdfa

from docgen.content.blocks import (
    Block,
    Captioned,
    Cell,
    Column,
    Columns,
    Comment,
    Commented,
    Contents,
    Cover,
    Document,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Reference,
    Remarked,
    Row,
    Table,
    Text,
    Together,
    plain,
    text_of,
)
from docgen.content.outline import number
from docgen.content.remarks import without_comments
from docgen.content.walk import nodes
from docgen.render import WRITERS
from docgen.render.docx import write_docx
from docgen.render.html import write_html
from docgen.render.pdf import write_pdf
from docgen.render.text import write_text
from docgen.render.theme import Look, Theme
from tests.conftest import need
from tests.render.long_paper import LABELS, long_paper
from tests.render.test_docx import ORDER, R, W, names, paragraphs, part
from tests.render.test_pdf import ACCEPTED, elements

ROOT = Path(__file__).resolve().parents[2]
LOOK = Look(Theme(), (ROOT / "templates/_house/house.docx").read_bytes())
LANGUAGES = ("zh-CN", "en", "both")
TABLE = Table((Column(1),), (Row((Cell(plain("x")),)),))


def paper(*blocks: Block, **fields: object) -> Document:
    document = Document("Test", blocks, ("en",), dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    return number(dataclasses.replace(document, **fields), LABELS).document  # type: ignore[arg-type]


def headings(document: Document) -> list[str]:
    return [f"{each.number} {text_of(each.content)}".strip() for each in nodes(document.blocks, Heading)]


def pdf_pages(data: bytes, tmp_path: Path) -> list[str]:
    need("pdftotext")
    (tmp_path / "paper.pdf").write_bytes(data)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], check=True, capture_output=True)
    return told.stdout.decode().split("\f")[:-1]


def fields_of(data: bytes, name: str = "word/document.xml") -> list[tuple[str, str]]:
    """Every field of a Word file: its code, and the result a reader sees. Nesting is minded and must balance."""
    found: list[tuple[str, str]] = []
    open_: list[list[str]] = []
    for node in part(data, name).iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if node.tag == f"{W}fldChar":
            match node.get(f"{W}fldCharType"):
                case "begin":
                    open_.append(["", "", "code"])
                case "separate":
                    open_[-1][2] = "result"
                case "end":
                    code, result, _ = open_.pop()
                    found.append((code.strip(), result))
        elif node.tag == f"{W}instrText":
            open_[-1][0] += node.text or ""
        else:
            for field in open_:
                field[1] += node.text or ""
    assert not open_
    return found


# ---- counting -------------------------------------------------------------------------------------------------------
def test_headings_are_counted_level_by_level_and_none_is_skipped() -> None:
    levels = (1, 3, 2, 3, 3, 1, 2)
    document = paper(*(Heading(level, plain("x"), f"h{n}") for n, level in enumerate(levels)), numbered=True)
    assert headings(document) == ["1 x", "1.1 x", "1.2 x", "1.2.1 x", "1.2.2 x", "2 x", "2.1 x"]


def test_a_paper_without_the_option_has_no_numbers() -> None:
    assert headings(paper(Heading(1, plain("x"), "a"))) == ["x"]


def test_tables_and_figures_are_counted_apart() -> None:
    kinds = ("table", "figure", "table", "figure")
    captions = [Captioned(TABLE, kind, plain("c"), f"c{n}") for n, kind in enumerate(kinds)]  # type: ignore[arg-type]
    found = [each.label for each in nodes(paper(*captions).blocks, Captioned)]
    assert found == ["Table 1", "Figure 1", "Table 2", "Figure 2"]


def test_a_reference_says_what_its_goal_is_called_in_its_own_language() -> None:
    references = Paragraph(tuple(Reference(a, b) for a in ("t", "one", "two") for b in ("en", "zh-CN")))
    goals = (Captioned(TABLE, "table", plain("c"), "t"), Heading(1, plain("A"), "one"), Heading(2, plain("B"), "two"))
    document = paper(references, *goals, numbered=True, languages=("en", "zh-CN"))
    told = [text_of((each,)) for each in nodes(document.blocks, Reference)]
    assert told == ["Table 1", "表 1", "Chapter 1", "第 1 章", "Section 1.1", "第 1.1 节"]


def test_a_heading_without_a_number_is_referred_to_by_its_words() -> None:
    document = paper(Paragraph((Reference("pay"),)), Heading(1, plain("Payment"), "pay"))
    assert [text_of((each,)) for each in nodes(document.blocks, Reference)] == ["“Payment”"]


def test_on_a_bilingual_paper_a_reference_leads_to_the_heading_of_its_language() -> None:
    heads = (Heading(1, plain("付款"), "pay"), Heading(1, plain("Payment"), "pay-en"))
    document = paper(*heads, Paragraph((Reference("pay", "zh-CN"), Reference("pay", "en"))), languages=("zh-CN", "en"))
    assert [each.anchor for each in nodes(document.blocks, Reference)] == ["pay", "pay-en"]


def test_a_reference_to_nothing_and_an_anchor_given_twice_are_told() -> None:
    blocks = (Paragraph((Reference("nowhere"),)), Heading(1, plain("a"), "x"), Heading(1, plain("b"), "x"))
    told = number(Document("T", blocks, ("en",), dt.datetime(2026, 1, 1)), LABELS)
    assert [each.anchor for each in told.unknown] == ["nowhere"]
    assert told.twice == ("x",)


def test_the_contents_list_headings_down_to_their_level() -> None:
    heads = tuple(Heading(level, plain(f"h{level}"), f"a{level}") for level in (1, 2, 3))
    for levels in (1, 2, 3):
        (contents,) = nodes(paper(Contents("Contents", levels), *heads).blocks, Contents)
        assert [entry.anchor for entry in contents.entries] == [f"a{level}" for level in range(1, levels + 1)]


# ---- every format says the same -------------------------------------------------------------------------------------
@pytest.mark.pages
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_captions_and_references_are_the_same_in_every_format(language: str, tmp_path: Path) -> None:
    document = long_paper(language)
    shown = {
        "pdf": "".join(pdf_pages(write_pdf(document, LOOK), tmp_path)),
        "txt": write_text(document, LOOK).decode(),
        "html": re.sub(r"<[^>]+>", "", write_html(document, LOOK).decode()),
        "docx": "\n".join(paragraphs(part(write_docx(document, LOOK)))),
    }
    wanted = [text_of((each,)) for each in nodes(document.blocks, Reference)]
    wanted += [f"{each.label}{text_of(each.content)}" for each in nodes(document.blocks, Captioned)]
    for form, text in shown.items():
        squeezed = re.sub(r"\s+", "", text)
        for words in wanted:
            assert re.sub(r"\s+", "", words) in squeezed, (form, words)
        if form != "docx":  # Word counts headings itself
            assert all(re.sub(r"\s+", "", heading) in squeezed for heading in headings(document)), form


# ---- PDF ------------------------------------------------------------------------------------------------------------
@pytest.mark.pages
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_of_the_pdf_name_the_pages_headings_stand_on(language: str, tmp_path: Path) -> None:
    document = long_paper(language)
    data = write_pdf(document, LOOK)
    pages = pdf_pages(data, tmp_path)
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = {page.objgen: place for place, page in enumerate((page.obj for page in pdf.pages), 1)}
    names = pdf.Root.Names.Dests.Names
    places = {str(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
    (contents,) = nodes(document.blocks, Contents)
    assert len(contents.entries) > 15
    for entry in contents.entries:
        line = next(line for line in pages[1].splitlines() if line.strip().startswith(f"{entry.number} "))
        page = int(line.split()[-1])
        assert page == places[entry.anchor]
        assert entry.title.split()[0] in pages[page - 1]


def test_the_contents_are_tagged_and_each_line_is_a_link() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(long_paper(), LOOK)))
    kinds = [str(element.S)[1:] for element in elements(pdf)]
    assert kinds.count("TOC") == 6, "the whole, and the second level of five chapters"
    assert kinds.count("TOCI") == kinds.count("Reference") == 18
    goals = {str(note.Dest) for note in pdf.pages[1].Annots}
    assert len(goals) == 18
    for element in elements(pdf):
        if element.S == "/TOCI":
            assert str(element.P.S) == "/TOC"


def test_a_caption_is_the_first_thing_in_its_table_and_follows_its_figure() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(long_paper(), LOOK)))
    owners = [str(element.P.S) for element in elements(pdf) if element.S == "/Caption"]
    assert owners == ["/Table", "/Document", "/Table"]
    tables = [list(element.K) for element in elements(pdf) if element.S == "/Table"]
    kinds = [[str(kid.S) for kid in kids if isinstance(kid, pikepdf.Dictionary)] for kids in tables]
    assert [each[0] for each in kinds if "/Caption" in each] == ["/Caption", "/Caption"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_paper_under_review_is_valid_pdf_a_3(language: str, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(write_pdf(long_paper(language, draft=True, review=True), LOOK))
    findings = [str(finding) for finding in pdfa.validate_written(tmp_path / "paper.pdf", "3b").findings]
    assert [finding for finding in findings if not any(known in finding for known in ACCEPTED)] == []


def test_levels_of_headings_never_jump_and_every_mark_has_an_owner() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(long_paper(review=True), LOOK)))
    levels = [int(str(element.S)[2:]) for element in elements(pdf) if re.fullmatch(r"/H\d", str(element.S))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            assert owners[int(note.StructParent)].S in ("/Link", "/Annot")
            assert str(note.Contents)


@pytest.mark.pages
def test_a_cover_stands_alone_without_head_and_foot(tmp_path: Path) -> None:
    document = long_paper(draft=True)
    first, second, *_ = pdf_pages(write_pdf(document, LOOK), tmp_path)
    for words in ("Proposal", "苏州华瑞电机有限公司", "D-2026-0117-1", "Confidential", "Prepared for"):
        assert words in first
    assert "Page 1 of" not in first and "approval of the sales director" not in first
    assert "Page 2 of" in second and "Contents" in second and "approval of the sales director" in second


@pytest.mark.pages
def test_every_chapter_begins_a_page_and_later_pages_name_it(tmp_path: Path) -> None:
    pages = pdf_pages(write_pdf(long_paper(), LOOK), tmp_path)
    for page in pages[2:]:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        if not re.match(r"\d  +\w", lines[1]):
            assert re.search(r"Proposal D-2026-0117-1 +\d \w+", lines[0])


def test_bookmarks_carry_the_numbers() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(long_paper(), LOOK)))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root][:3] == [
            "Contents",
            "1 Executive summary",
            "2 Where you stand and where you want to be",
        ]
        assert [item.title for item in outline.root[2].children] == ["2.1 Goals", "2.2 Chain of effects"]


@pytest.mark.pages
def test_a_caption_shares_the_page_of_its_table_or_figure(tmp_path: Path) -> None:
    for filler in range(24, 44):
        lines = (Paragraph(plain(f"filler {n}")) for n in range(filler))
        table = Table((Column(1),), tuple(Row((Cell(plain(f"row {n}")),)) for n in range(5)))
        blocks = (*lines, Captioned(table, "table", plain("TOP"), "a"), Captioned(table, "figure", plain("LOW"), "b"))
        for page in pdf_pages(write_pdf(paper(*blocks), LOOK), tmp_path):
            assert page.count("row ") == 5 * (("TOP" in page) + ("LOW" in page))


# ---- Word -----------------------------------------------------------------------------------------------------------
def test_word_gets_a_real_contents_field_with_its_entries() -> None:
    document = long_paper()
    found = fields_of(write_docx(document, LOOK))
    codes = [code for code, _ in found]
    assert sum(code.startswith("PAGEREF") for code in codes) == 18
    assert codes.count(r'TOC \o "1-2" \h \z \u') == 1
    marks = {mark.get(f"{W}name") for mark in part(write_docx(document, LOOK)).iter(f"{W}bookmarkStart")}
    for code, result in found:
        if code.startswith(("PAGEREF", "REF")):
            assert code.split()[1] in marks
            assert result
    assert (
        "updateFields" not in zipfile.ZipFile(io.BytesIO(write_docx(document, LOOK))).read("word/settings.xml").decode()
    )


def test_captions_are_sequences_and_references_fields_with_the_right_result() -> None:
    found = fields_of(write_docx(long_paper(), LOOK))
    sequences = [(code, result) for code, result in found if code.startswith("SEQ")]
    assert sequences == [(r"SEQ Table \* ARABIC", "1"), (r"SEQ Figure \* ARABIC", "1"), (r"SEQ Table \* ARABIC", "2")]
    references = {(code, result) for code, result in found if code.startswith("REF")}
    assert references == {(r"REF cash \h", "2"), (r"REF benefits \h", "1"), (r"REF c4_2 \r \h", "4.2")}


def test_word_numbers_headings_by_a_list_bound_to_their_styles() -> None:
    data = write_docx(long_paper(), LOOK)
    levels = part(data, "word/numbering.xml").findall(f"{W}abstractNum[@{W}abstractNumId='900']/{W}lvl")
    assert [level.find(f"{W}pStyle").get(f"{W}val") for level in levels] == ["Heading1", "Heading2", "Heading3"]
    assert [level.find(f"{W}lvlText").get(f"{W}val") for level in levels] == ["%1", "%1.%2", "%1.%2.%3"]
    styles = {style.get(f"{W}styleId"): style for style in part(data, "word/styles.xml").iter(f"{W}style")}
    for level in range(3):
        number_ = styles[f"Heading{level + 1}"].find(f"{W}pPr/{W}numPr")
        assert number_.find(f"{W}ilvl").get(f"{W}val") == str(level)
    assert styles["Heading1"].find(f"{W}pPr/{W}pageBreakBefore") is not None


@pytest.mark.parametrize("review", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_is_in_the_schemas_order_and_its_ids_are_unique(language: str, review: bool) -> None:
    data = write_docx(long_paper(language, draft=True, review=review), LOOK)
    order = ORDER | {"lvl": ORDER["lvl"], "sdt": "sdtPr sdtContent"}
    for name in names(data):
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        for element in part(data, name).iter():
            known = order.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element] if known else []
            assert children == sorted(children, key=known.index), (name, etree.QName(element).localname)
    for kind in ("bookmarkStart", "comment"):
        for name in ("word/document.xml", *(["word/comments.xml"] if review else [])):
            ids = [each.get(f"{W}id") for each in part(data, name).iter(f"{W}{kind}")]
            assert len(ids) == len(set(ids))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"External" in package.read(name) for name in package.namelist() if name.endswith(".rels"))


def test_every_style_a_long_paper_asks_for_is_there() -> None:
    data = write_docx(long_paper("both", draft=True, review=True), LOOK)
    known = {each.get(f"{W}styleId") for each in part(data, "word/styles.xml").iter(f"{W}style")}
    for name in names(data):
        if name.startswith("word/") and name.endswith(".xml"):
            for each in part(data, name).iter(*(f"{W}{kind}" for kind in ("pStyle", "rStyle", "tblStyle", "basedOn"))):
                assert each.get(f"{W}val") in known


def test_the_cover_is_a_section_of_its_own_without_head_and_foot() -> None:
    data = write_docx(long_paper(draft=True), LOOK)
    relations = {each.get("Id"): each.get("Target") for each in part(data, "word/_rels/document.xml.rels")}
    cover, rest = list(part(data).iter(f"{W}sectPr"))
    heads = [
        f"word/{relations[each.get(f'{R}id')]}" for each in cover.iter(f"{W}headerReference", f"{W}footerReference")
    ]
    assert [paragraphs(part(data, name)) for name in heads] == [[""], [""]]
    assert part(data, heads[0]).xpath("//*[local-name()='textpath'][@string]/@string") == ["草稿 DRAFT"]
    assert rest.find(f"{W}titlePg") is None


def test_a_house_with_styles_of_its_own_for_long_papers_has_the_last_word() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LOOK.house_docx)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "word/styles.xml":
                style = b'<w:style w:type="paragraph" w:styleId="MyTOC"><w:name w:val="toc 1"/></w:style></w:styles>'
                body = body.replace(b"</w:styles>", style)
            target.writestr(name, body)
    data = write_docx(long_paper(), Look(Theme(), buffer.getvalue()))
    used = [each.get(f"{W}val") for each in part(data).iter(f"{W}pStyle")]
    assert used.count("MyTOC") == 7
    named = [each.get(f"{W}val") for each in part(data, "word/styles.xml").iter(f"{W}name")]
    assert named.count("toc 1") == 1


@pytest.mark.pages
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [2, 5])
def test_the_contents_of_the_word_file_name_the_pages_libreoffice_breaks_it_into(
    language: str, size: int, tmp_path: Path
) -> None:
    need("soffice", "pdftotext")
    document = long_paper(language, size=size, draft=size == 2)
    data = write_docx(document, LOOK)
    (tmp_path / "paper.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120)
    pages = pdf_pages((tmp_path / "paper.pdf").read_bytes(), tmp_path)
    told = [int(result) for code, result in fields_of(data) if code.startswith("PAGEREF")]
    (contents,) = nodes(document.blocks, Contents)
    assert told == [
        next(
            page
            for page, words in enumerate(pages, 1)
            if page > 2 and re.search(rf"^\s*{re.escape(entry.number)}\s+{re.escape(entry.title[:12])}", words, re.M)
        )
        for entry in contents.entries
    ]


def test_a_captioned_table_stays_with_its_totals() -> None:
    rows = tuple(Row((Cell(plain(f"row {n}")),)) for n in range(20))
    totals = Table((Column(1),), (Row((Cell(plain("total")),), "total"),), role="summary")
    captioned = Captioned(Table((Column(1),), rows), "table", plain("c"), "c")
    kept = [
        row.find(f".//{W}keepNext") is not None
        for row in next(part(write_docx(paper(captioned, totals), LOOK)).iter(f"{W}tbl")).iter(f"{W}tr")
    ]
    assert kept == [False] * 18 + [True, True]


# ---- review comments ------------------------------------------------------------------------------------------------
def commented() -> tuple[Block, ...]:
    say = (Comment("WHO OWNS THIS?", "Li Min"),)
    inside = Paragraph((Text("a "), Remarked(plain("claim"), say), Text(".")))
    row = Table((Column(1),), (Row((Cell((Remarked(plain("9,900"), say),)),)),))
    return (
        Commented(Paragraph(plain("whole")), say),
        inside,
        Together((Commented(Heading(1, plain("head"), "h"), say),)),
        Captioned(row, "table", plain("caption"), "c"),
        Columns(((Commented(Paragraph(plain("left")), say),), (inside,))),
        ListBlock(((inside,),)),
    )


def test_python_docx_reads_the_comments_and_what_they_are_about() -> None:
    data = write_docx(paper(*commented(), review=True), LOOK)
    comments = list(docx.Document(io.BytesIO(data)).comments)
    assert len(comments) == 7
    assert {(each.text, each.author, each.initials) for each in comments} == {("WHO OWNS THIS?", "Li Min", "LM")}
    assert {each.timestamp for each in comments} == {dt.datetime(2026, 11, 20, tzinfo=dt.UTC)}
    root = part(data)
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(int(each.get(f"{W}id")) for each in root.iter(f"{W}{kind}")) == list(range(7))


def test_the_pdf_carries_comments_as_tagged_notes() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(paper(*commented(), review=True), LOOK)))
    notes = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Text"]
    assert len(notes) == 7
    assert {(str(note.Contents), str(note.T)) for note in notes} == {("WHO OWNS THIS?", "Li Min")}
    assert sum(element.S == "/Annot" for element in elements(pdf)) == 7


def test_the_web_page_and_plain_text_set_comments_below_what_they_are_about() -> None:
    document = paper(*commented(), review=True)
    html = write_html(document, LOOK).decode()
    assert html.count('<aside class="comment"><strong>Li Min</strong>') == 7
    assert "claim: WHO OWNS THIS?" in html
    assert write_text(document, LOOK).decode().count(">> Li Min: ") == 7


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt"])
def test_no_comment_is_in_any_byte_of_a_paper_that_is_not_under_review(form: str) -> None:
    document = paper(*commented())
    for each in unpacked(form, WRITERS[form](document, LOOK)):
        assert b"WHO OWNS THIS" not in each and "WHO OWNS THIS".encode("utf-16-be") not in each
        assert b"Li Min" not in each and b"omments" not in each
    bare = without_comments(document)
    assert not list(nodes(bare.blocks, Commented)) and not list(nodes(bare.blocks, Comment))


def unpacked(form: str, data: bytes) -> Iterator[bytes]:
    yield data
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name.encode() + package.read(name).replace(b"text-comments", b"")
    elif form == "pdf":
        pdf = pikepdf.open(io.BytesIO(data))
        yield from (each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream))
        yield repr([each for each in pdf.objects if not isinstance(each, pikepdf.Stream)]).encode()


# ---- hostile and empty ----------------------------------------------------------------------------------------------
HOSTILE = 'A&B <b>x</b> {{ y }} ]]> "q" \\h %1 TOC'


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt"])
def test_hostile_words_in_every_part_of_the_apparatus_stay_words(form: str) -> None:
    words = plain(HOSTILE)
    document = paper(
        Cover(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),), HOSTILE),
        Contents(HOSTILE),
        Commented(Heading(1, words, "h"), (Comment(HOSTILE, HOSTILE),)),
        Captioned(TABLE, "table", words, "t"),
        Paragraph((Reference("h"), Link("#t", words))),
        review=True,
    )
    data = WRITERS[form](document, LOOK)
    if form == "docx":
        assert "".join(paragraphs(part(data))).count(HOSTILE) == 14
        assert docx.Document(io.BytesIO(data)).comments
    elif form == "html":
        assert b"<b>" not in data
    elif form == "pdf":
        assert len(pikepdf.open(io.BytesIO(data)).pages) == 2


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt"])
def test_an_empty_apparatus_does_no_harm(form: str) -> None:
    blocks = (
        Cover(""),
        Contents(""),
        Captioned(TABLE, "figure", (), "a"),
        Commented(Paragraph(()), ()),
    )
    assert WRITERS[form](paper(*blocks, numbered=True, chapters=True, review=True), LOOK)
    assert WRITERS[form](paper(Contents("Contents"), chapters=True), LOOK)


def test_a_short_paper_loads_nothing_of_the_apparatus() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom docgen.render import WRITERS\n"
        "from docgen.render.theme import Look, Theme\nfrom tests.render.specimen import specimen\n"
        f"look = Look(Theme(), Path({str(ROOT / 'templates/_house/house.docx')!r}).read_bytes())\n"
        "[write(specimen(3), look) for write in WRITERS.values()]\n"
        "print([name for name in sys.modules if name.startswith('docgen') and name.endswith("
        "('apparatus', 'outline', 'margin', 'measures', 'paging', 'styles'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_paper_is_the_same_bytes_every_time() -> None:
    for form, write in WRITERS.items():
        assert write(long_paper(review=True), LOOK) == write(long_paper(review=True), LOOK), form
