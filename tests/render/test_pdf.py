"""The PDF writer, seen from outside: what is on the pages, what a machine reads, what never happens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from docgen.content.blocks import (
    Block,
    Break,
    Cell,
    Column,
    Columns,
    Document,
    Emphasis,
    Facts,
    Heading,
    KeyFigures,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    SignatureBlock,
    Strong,
    Table,
    Text,
    TitleBlock,
    Together,
    plain,
)
from docgen.render.pdf import write_pdf
from docgen.render.theme import Look, Margins, Theme
from tests.render.specimen import specimen

LOOK = Look(Theme(), b"")
HOSTILE = "A&B <b>not bold</b> {{ not code }} *not stressed* 5 < 6 \\(x\\) %s (un(balanced ]]> &amp; ‘a’ “b”"
ROOT = Path(__file__).resolve().parents[2]


def paper(*blocks: Block, **fields: object) -> Document:
    return dataclasses.replace(Document("Test", blocks, ("zh-CN",), dt.datetime(2026, 11, 20, tzinfo=dt.UTC)), **fields)  # type: ignore[arg-type]


def opened(document: Document, look: Look = LOOK) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(document, look)))


def words(document: Document, *options: str) -> tuple[str, ...]:
    """The text of each page, as a reader would copy it."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    command = ["pdftotext", *options, "-", "-"]
    found = subprocess.run(command, input=write_pdf(document, LOOK), capture_output=True, check=True)
    text = found.stdout.decode()
    return (text,) if "-bbox" in options else tuple(text.split("\f")[:-1])


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element in reading order."""
    pending = [pdf.Root.StructTreeRoot.K]
    while pending:
        element = pending.pop()
        yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        pending.extend(kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


# ---- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.pages
def test_every_word_of_the_document_can_be_copied_from_the_page() -> None:
    copied = squeezed("".join(words(specimen(3))))
    for piece in (
        "苏州华瑞电机有限公司",
        "财务管理（总账、应收、应付）3",
        "人民币大写：壹佰叁拾柒万元整",
        "1,234,567.00",
        "−245,433.00",
        "含税总价（CNY）",
        "第1页，共2页",
        "负责人——负责",
        "数据……未尽",
    ):
        assert squeezed(piece) in copied


@pytest.mark.pages
def test_text_is_drawn_literally_whatever_it_looks_like() -> None:
    assert squeezed(HOSTILE) in squeezed(words(paper(Paragraph(plain(HOSTILE))))[0])


@pytest.mark.pages
def test_a_line_feed_inside_text_is_a_space_and_a_break_is_a_new_line() -> None:
    page = words(paper(Paragraph((Text("one\ntwo"), Break(), Text("three")))))[0]
    assert "one two\nthree" in page


def test_a_character_without_a_glyph_is_an_error_that_names_it() -> None:
    for content in (plain("价格 😀"), (Strong(plain("😀")),), (Emphasis(plain("a😀")),)):
        with pytest.raises(ValueError, match=r"😀.*U\+1F600"):
            write_pdf(paper(Paragraph(content)), LOOK)


@pytest.mark.pages
def test_nothing_is_lost_in_a_row_taller_than_a_page() -> None:
    lines = [f"line {number}." for number in range(200)]
    table = Table(
        (Column(0.2), Column(0.8)),
        (Row((Cell(plain("left")), Cell(plain("\n".join(lines))))),),
        (Cell(plain("a")), Cell(plain("b"))),
    )
    pages = words(paper(table))
    assert len(pages) > 2
    assert all(line in "\n".join(pages) for line in lines)


@pytest.mark.pages
def test_columns_taller_than_a_page_are_set_below_one_another() -> None:
    long = tuple(Paragraph(plain(f"left {number}.")) for number in range(80))
    text = "".join(words(paper(Columns((long, (Paragraph(plain("right.")),))))))
    assert all(f"left {number}." in text for number in range(80))
    assert "right." in text


# ---- pages ----------------------------------------------------------------------------------------------------------
@pytest.mark.pages
def test_every_foot_says_which_page_of_how_many_it_is() -> None:
    pages = words(specimen(60))
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page


@pytest.mark.pages
def test_the_running_head_starts_on_the_second_page() -> None:
    first, *rest = words(specimen(60, draft=False), "-layout")
    assert "报价单 D-2026-0117-1" not in first
    assert rest and all("报价单 D-2026-0117-1" in page for page in rest)


@pytest.mark.pages
@pytest.mark.parametrize("name", ["苏州华瑞电机有限公司", "示例精密机械与智能制造产业应用研究中心（有限合伙）" * 6])
def test_a_running_head_is_never_too_small_to_read(name: str) -> None:
    document = dataclasses.replace(specimen(60), running=("报价单 D-2026-0117-1", name))
    (boxes,) = words(document, "-bbox")
    heights = [
        float(low) - float(high) for high, low in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', boxes)
    ]
    assert heights and min(heights) > 5
    assert all(squeezed(name) in squeezed(page) for page in words(document)[1:])


@pytest.mark.pages
def test_a_running_head_of_any_length_leaves_the_page_to_its_body() -> None:
    document = dataclasses.replace(specimen(60), running=("报价单 D-2026-0117-1", "示例精密机械" * 5_000))
    _, second, *rest = words(document, "-layout")
    (head,) = re.findall(r"报价单 D-2026-0117-1.*?…", second, re.DOTALL)
    assert head.count("\n") == 3
    assert 0 < len(rest) < 8


@pytest.mark.pages
def test_a_draft_says_so_on_every_page_and_a_final_paper_nowhere() -> None:
    assert all("草稿：尚缺销售总监批准" in page for page in words(specimen(30)))
    assert not any("草稿" in page for page in words(specimen(30, draft=False)))


@pytest.mark.pages
def test_the_head_of_a_table_stands_on_each_of_its_pages() -> None:
    pages = [page for page in words(specimen(200)) if "财务管理" in page]
    assert len(pages) > 4
    assert all("目录单价" in page for page in pages)


@pytest.mark.pages
def test_a_long_table_leaves_no_page_half_empty_but_the_last() -> None:
    for lines in (40, 77, 200):
        pages = bounding_boxes(specimen(lines))
        for lowest in pages[:-1]:
            assert lowest > 0.72, f"{lines} lines: a page is filled to {lowest:.0%} only"


def bounding_boxes(document: Document) -> list[float]:
    """How far down each page the text reaches, the foot left out, as a share of the page."""
    out = []
    for page in "\f".join(words(document, "-bbox")).split("<page ")[1:]:
        bottoms = [float(y) / 841.89 for y in re.findall(r'<word [^>]*yMax="([\d.]+)"', page)]
        out.append(max((bottom for bottom in bottoms if bottom < 0.935), default=0.0))
    return out


@pytest.mark.pages
def test_a_heading_stays_with_the_table_that_follows_its_note() -> None:
    head = (Cell(plain("HEAD")), Cell(plain("B")))
    table = Table((Column(1), Column(1)), tuple(Row((Cell(plain(f"row {n}")), Cell())) for n in range(5)), head)
    for filler in range(30, 52):
        blocks = (
            *(Paragraph(plain(f"filler {number}")) for number in range(filler)),
            Heading(1, plain("HEADING"), "h"),
            Paragraph(plain("NOTE"), "note", True),
            table,
        )
        for page in words(paper(*blocks)):
            assert ("HEADING" in page) == ("row 0" in page) == ("NOTE" in page)


@pytest.mark.pages
def test_the_last_row_of_a_table_is_not_alone_on_a_page() -> None:
    for lines in range(28, 50):
        table = Table(
            (Column(1), Column(1)),
            tuple(Row((Cell(plain(f"row {n}.")), Cell())) for n in range(lines)),
            (Cell(plain("A")), Cell(plain("B"))),
        )
        pages = words(paper(table))
        assert f"row {lines - 2}." in pages[-1]


@pytest.mark.pages
def test_no_line_of_a_paragraph_stands_alone_on_a_page() -> None:
    for filler in range(30, 50):
        long = Paragraph(plain(" ".join(f"w{number}" for number in range(150))))
        for page in words(paper(*(Paragraph(plain(f"filler {number}")) for number in range(filler)), long)):
            lines = [line for line in page.splitlines() if re.match(r"w\d+ ", line)]
            assert len(lines) != 1


@pytest.mark.pages
def test_blocks_that_belong_together_share_a_page() -> None:
    for filler in range(30, 50):
        blocks = (
            *(Paragraph(plain(f"filler {number}")) for number in range(filler)),
            Together((Paragraph(plain("alpha")), Paragraph(plain("beta")), Paragraph(plain("gamma")))),
        )
        for page in words(paper(*blocks)):
            assert ("alpha" in page) == ("gamma" in page)


def test_a_page_break_breaks_once_and_never_leaves_an_empty_page() -> None:
    one = Paragraph(plain("one"))
    assert len(opened(paper(one, PageBreak(), one)).pages) == 2
    assert len(opened(paper(PageBreak(), one, PageBreak(), PageBreak(), one, PageBreak())).pages) == 2


def test_an_empty_document_is_one_page() -> None:
    assert len(opened(paper()).pages) == 1


def test_paper_size_and_margins_come_from_the_theme() -> None:
    letter = opened(specimen(2), Look(Theme(paper="Letter", margins=Margins(top=0, bottom=0, left=0, right=0)), b""))
    assert [float(edge) for edge in letter.pages[0].MediaBox] == [0, 0, 612, 792]


# ---- what a machine reads -------------------------------------------------------------------------------------------
ACCEPTED = ("pdfaExtension", "pdfaSchema", "pdfaProperty", "pdfuaid", "pdfaid:conformance is 'A'")
"""What the validator says of level A and of the PDF/UA schema, neither of which it knows."""


@pytest.mark.parametrize("document", [specimen(5), specimen(5, chinese=False, draft=False), paper()])
def test_the_file_is_valid_pdf_a_3(document: Document, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(write_pdf(document, LOOK))
    findings = [str(finding) for finding in pdfa.validate_written(tmp_path / "paper.pdf", "3b").findings]
    assert [finding for finding in findings if not any(known in finding for known in ACCEPTED)] == []


@pytest.mark.pages
def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not on this machine")
    (tmp_path / "paper.pdf").write_bytes(write_pdf(specimen(40), LOOK))
    subprocess.run(["qpdf", "--check", str(tmp_path / "paper.pdf")], check=True, capture_output=True)


def test_the_structure_tree_names_every_kind_of_thing() -> None:
    pdf = opened(specimen(40))
    kinds = [str(element.S)[1:] for element in elements(pdf)]
    assert {
        "Document",
        "H1",
        "H2",
        "H3",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "Link",
    } <= set(kinds)
    assert kinds.count("THead") == 2, "a head repeated on a later page is decoration"
    assert kinds.count("H1") == 1


def test_table_cells_fill_every_row_and_heads_say_what_they_head() -> None:
    pdf = opened(specimen(3))
    for row in (element for element in elements(pdf) if element.S == "/TR"):
        cells = list(row.K) if isinstance(row.K, pikepdf.Array) else [row.K]
        assert sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in cells) in (2, 4, 7)
    assert all("/Scope" in element.A for element in elements(pdf) if element.S == "/TH")


def test_every_marked_word_belongs_to_the_tree_and_the_rest_is_decoration() -> None:
    pdf = opened(specimen(40))
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
    for page in pdf.pages:
        depth, numbers = 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    depth += 1
                    if str(operator) == "BDC" and "/MCID" in operands[1]:
                        numbers.append(int(operands[1].MCID))
                case "EMC":
                    depth -= 1
                case "Tj" | "TJ" | "f" | "s":
                    assert depth == 1
        assert depth == 0
        assert numbers == list(range(len(owners[int(page.StructParents)])))


def test_headings_never_jump_a_level() -> None:
    pdf = opened(paper(Heading(3, plain("three"), "a"), Heading(1, plain("one"), "b"), Heading(3, plain("three"), "c")))
    assert [str(element.S) for element in elements(pdf)][1:] == ["/H1", "/H1", "/H2"]


def test_headings_become_nested_bookmarks() -> None:
    pdf = opened(specimen(3))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["报价明细", "付款计划", "交付与价格条款", "签署"]
        assert [item.title for item in outline.root[2].children] == ["说明"]


def test_only_safe_links_are_links_and_all_are_described() -> None:
    good = ("https://例.cn/路?a=(1)&b=2", "http://example.com", "mailto:a@example.com", "#here")
    bad = ("javascript:alert(1)", "file:///etc/passwd", "#nowhere", "ftp://x", "https://a\nb")
    links = [Paragraph((Link(url, plain(f"to {place}")),)) for place, url in enumerate((*good, *bad))]
    pdf = opened(paper(Heading(1, plain("Here"), "here"), *links))
    notes = list(pdf.pages[0].Annots)
    assert [str(note.A.URI) if "/A" in note else f"#{note.Dest}" for note in notes] == [
        "https://%E4%BE%8B.cn/%E8%B7%AF?a=(1)&b=2",
        "http://example.com",
        "mailto:a@example.com",
        "#here",
    ]
    assert [str(note.Contents) for note in notes] == ["to 0", "to 1", "to 2", "to 3"]
    assert str(pdf.Root.Names.Dests.Names[0]) == "here"


def test_a_link_over_two_lines_is_one_element_with_two_areas() -> None:
    url = "https://example.com/" + "/".join(["word"] * 60)
    pdf = opened(paper(Paragraph((Link(url, plain(url)),))))
    links = [element for element in elements(pdf) if element.S == "/Link"]
    assert len(links) == 1
    assert len(pdf.pages[0].Annots) > 1


def test_the_file_knows_its_title_language_and_properties() -> None:
    document = specimen(1)
    pdf = opened(document)
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == document.title
    assert {key: str(pdf.docinfo[f"/{key}"]) for key in document.properties} == dict(document.properties)
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261120000000Z"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == document.title
        assert metadata["pdfuaid:part"] == "1"


def test_attachments_travel_inside_as_the_source_of_the_paper() -> None:
    pdf = opened(specimen(1))
    assert pdf.attachments["deal.json"].get_file().read_bytes() == b'{"deal": "D-2026-0117"}'
    assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Source"]


def test_only_embedded_fonts_are_named() -> None:
    pdf = opened(specimen(1))
    dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    fonts = [item for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
    assert len(fonts) == 2
    assert all("/FontFile2" in font for font in fonts)


# ---- same in, same out ----------------------------------------------------------------------------------------------
CHILD = """
import hashlib, sys
from docgen.render.pdf import write_pdf
from docgen.render.theme import Look, Theme
from tests.render.specimen import specimen
print(hashlib.sha256(write_pdf(specimen(12), Look(Theme(), b""))).hexdigest())
"""


def test_the_same_document_gives_the_same_bytes_anywhere_and_any_time() -> None:
    here = hashlib.sha256(write_pdf(specimen(12), LOOK)).hexdigest()
    for zone, seed, locale in (("Asia/Shanghai", "1", "C"), ("America/New_York", "2", "C.UTF-8")):
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "SOURCE_DATE_EPOCH": seed,
            "RL_pdfMultiLine": seed,
        }
        done = subprocess.run(
            [sys.executable, "-c", CHILD], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == here


def test_neither_fonttools_nor_platypus_is_loaded_to_write_a_paper() -> None:
    heavy = ("fontTools", "reportlab.platypus", "reportlab.graphics", "pikepdf")
    code = f"{CHILD}\nprint([name for name in sys.modules if name.startswith({heavy})])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_words_in_the_second_language_say_so() -> None:
    pdf = opened(paper(Paragraph(plain("中文")), Paragraph(plain("English words")), languages=("zh-CN", "en")))
    assert [str(element.get("/Lang", "")) for element in elements(pdf)][1:] == ["", "en"]


def test_a_row_with_too_many_cells_is_an_error_and_not_a_loss() -> None:
    with pytest.raises(ValueError, match="more cells"):
        write_pdf(paper(Table((Column(1),), (Row((Cell(plain("a")), Cell(plain("b")))),))), LOOK)


def test_empty_blocks_take_no_harm() -> None:
    blocks = (
        Heading(1, (), "a"),
        Paragraph(()),
        ListBlock(()),
        Facts(()),
        Columns(()),
        KeyFigures(()),
        Table((), ()),
        Table((Column(1),), ()),
        SignatureBlock(()),
        Together(()),
        TitleBlock(""),
        ListBlock(((),)),
    )
    assert len(opened(paper(*blocks)).pages) == 1


def test_the_title_block_alone_makes_a_paper() -> None:
    assert len(opened(paper(TitleBlock("Title"))).pages) == 1
