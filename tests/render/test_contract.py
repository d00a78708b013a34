"""Clauses in every format: the same numbers, references and places, in the looks of a contract."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import etree
from pikepdf import pdfa

from docgen.content.articles import seconds, written
from docgen.content.blocks import (
    Block,
    Clause,
    Columns,
    Commented,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Reference,
    Text,
    plain,
    text_of,
)
from docgen.content.outline import number
from docgen.content.walk import nodes
from docgen.render import WRITERS
from docgen.render.docx import write_docx
from docgen.render.html import write_html
from docgen.render.pdf import write_pdf
from docgen.render.text import write_text
from docgen.render.theme import Look, Theme
from tests.conftest import need
from tests.render.contract_paper import LABELS, contract
from tests.render.test_docx import ORDER, W, names, paragraphs, part, rewritten
from tests.render.test_long_paper import fields_of, pdf_pages
from tests.render.test_pdf import ACCEPTED, elements

ROOT = Path(__file__).resolve().parents[2]
LOOK = Look(Theme(), (ROOT / "templates/_house/house.docx").read_bytes())
LANGUAGES = (("zh-CN", "en"), ("en", "zh-CN"), ("zh-CN",), ("en",))


def paper(*blocks: Block, **fields: object) -> Document:
    document = Document("Test", blocks, ("en",), dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    return number(dataclasses.replace(document, **fields), LABELS).document  # type: ignore[arg-type]


def clauses(document: Document) -> list[Clause]:
    return list(nodes(document.blocks, Clause))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def labelled(each: Clause) -> str:
    """A clause as any reader sees it: its number, then its words."""
    return squeezed(f"{each.number or ''}{text_of(each.content)}")


def office(data: bytes, folder: Path, form: str) -> Path:
    """What LibreOffice makes of a Word file."""
    need("soffice")
    (folder / "paper.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "paper.docx")], check=True, capture_output=True, timeout=120)
    return folder / f"paper.{form.split(':')[0]}"


# ---- counting -------------------------------------------------------------------------------------------------------
def test_each_language_and_each_annex_counts_by_itself() -> None:
    told = [each.number for each in clauses(contract("zh-CN", "en"))]
    assert told[:8] == ["第1条", "1.", "1.1", "1.1", "(a)", "(a)", "(b)", "(b)"]
    annexes = [each.number for each in clauses(contract("zh-CN")) if each.series]
    assert annexes == ["1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1", "1."]


def test_a_reference_is_worded_in_its_language_and_leads_to_the_place_in_it() -> None:
    told = {
        (each.anchor, text_of((each,)), each.kind)
        for each in nodes(contract("zh-CN", "en").blocks, Reference)
        if "fees" in each.anchor or "backup" in each.anchor or "overuse" in each.anchor
    }
    assert told == {
        ("dg_fees_1", "本合同第3条", "clause"),
        ("dg_fees_1_en", "Clause 3", "clause"),
        ("dg_overuse_1", "本合同第2.3款", "clause"),
        ("dg_overuse_1_en", "Clause 2.3", "clause"),
        ("dg_backup_1", "本合同第2.2(a)(i)项", "clause_whole"),
        ("dg_backup_1_en", "Clause 2.2(a)(i)", "clause_whole"),
    }


def test_a_place_in_an_annex_is_called_this_annex_only_inside_it() -> None:
    told = {text_of((each,)) for each in nodes(contract().blocks, Reference) if "Annex" in each.after}
    told |= {text_of((each,)) for each in nodes(contract().blocks, Reference) if "附件" in each.before}
    assert told == {"paragraph 1.1 of this Annex", "本附件第1.1款", "paragraph 1.2 of that Annex", "该附件第1.2款"}


def test_a_reference_to_nothing_or_to_a_place_without_a_number_is_told() -> None:
    blocks = (
        Clause(2, (Reference("dg_nowhere_1"), Reference("dg_bare_1")), "dg_a_1", "en"),
        Clause(2, plain("bare"), "dg_bare_1", "en", number=None),
        Clause(2, plain("again"), "dg_a_1", "en"),
    )
    told = number(Document("T", blocks, ("en",), dt.datetime(2026, 1, 1)), LABELS)
    assert {each.anchor for each in told.unknown} == {"dg_nowhere_1", "dg_bare_1"}
    assert told.twice == ("dg_a_1",)


def test_the_contents_list_each_article_once_with_both_titles_and_annexes_below_their_heading() -> None:
    (contents,) = nodes(contract("zh-CN", "en").blocks, Contents)
    assert [(each.level, each.number, each.title) for each in contents.entries] == [
        (1, "第1条", "定义 Definitions"),
        (1, "第2条", "许可 Licence"),
        (1, "第3条", "费用与付款 Fees and payment"),
        (1, "第4条", "责任限制 Limitation of liability"),
        (1, "第5条", "一般条款 General"),
        (1, "", "附件一 服务 Annex 1 Services"),
        (2, "1.", "维护服务 Maintenance"),
        (2, "2.", "除外 Exclusions"),
        (1, "", "附件二 除外 Annex 2 Exclusions"),
        (2, "1.", "除外 Exclusions"),
    ]


def test_articles_of_two_languages_apart_are_no_pair() -> None:
    chinese = [each for each in clauses(contract()) if each.language == "zh-CN"]
    english = [each for each in clauses(contract()) if each.language == "en"]
    assert len(seconds((*chinese, *english))) == 0
    assert len(seconds(contract().blocks)) == len(english)


# ---- every format says the same numbers -----------------------------------------------------------------------------
@pytest.mark.pages
@pytest.mark.parametrize("languages", LANGUAGES)
def test_every_number_stands_before_its_words_in_every_format(languages: tuple[str, ...], tmp_path: Path) -> None:
    document = contract(*languages)
    data = write_docx(document, LOOK)
    shown = {
        "pdf": "".join(pdf_pages(write_pdf(document, LOOK), tmp_path)),
        "txt": write_text(document, LOOK).decode(),
        "html": re.sub(r"<[^>]+>", "", write_html(document, LOOK).decode()),
        "word": office(data, tmp_path, "txt:Text (encoded):UTF8").read_text("utf-8-sig"),
        "numbering": "".join(f"{label}{words}" for label, words in counted(data)),
    }
    for form, text in shown.items():
        told = squeezed(re.sub(r"第\d页，共\d页|Page\d+of\d+", "", text)).replace("&amp;", "&")
        at = 0
        for each in clauses(document):
            wanted = labelled(each)[:24]
            found = told.find(wanted, at)
            assert found >= 0, (form, wanted)
            at = found + len(wanted)


def counted(data: bytes) -> Iterator[tuple[str, str]]:
    """Each numbered paragraph as the lists of the file number it, with its words: Word's own rules, written anew."""
    root = part(data, "word/numbering.xml")
    levels = {
        each.get(f"{W}abstractNumId"): [
            (level.find(f"{W}numFmt").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
            for level in each.iter(f"{W}lvl")
        ]
        for each in root.iter(f"{W}abstractNum")
    }
    lists = {
        each.get(f"{W}numId"): (
            each.find(f"{W}abstractNumId").get(f"{W}val"),
            {
                int(o.get(f"{W}ilvl")): int(o.find(f"{W}startOverride").get(f"{W}val"))
                for o in each.iter(f"{W}lvlOverride")
            },
        )
        for each in root.iter(f"{W}num")
    }
    counters: dict[str, list[int]] = {}
    begun: set[str] = set()
    for paragraph in part(data).iter(f"{W}p"):
        place = paragraph.find(f"{W}pPr/{W}numPr")
        if place is None:
            continue
        list_, level = place.find(f"{W}numId").get(f"{W}val"), int(place.find(f"{W}ilvl").get(f"{W}val"))
        words = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        if list_ == "0":
            yield "", words
            continue
        definition, starts = lists[list_]
        counts = counters.setdefault(definition, [0] * 9)
        if list_ not in begun:
            begun.add(list_)
            for at, start in starts.items():
                counts[at] = start - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        label = levels[definition][level][1]
        for at, (form, _) in enumerate(levels[definition]):
            label = label.replace(f"%{at + 1}", written(counts[at], form))
        yield label, words


@pytest.mark.pages
def test_libreoffice_resolves_references_to_the_text_that_is_written(tmp_path: Path) -> None:
    document = contract("zh-CN", "en")
    data = write_docx(document, LOOK)
    body = part(data)
    spoilt = 0
    for code in body.iter(f"{W}instrText"):
        if (code.text or "").strip().startswith("REF dg_"):
            run = code.getparent().getnext().getnext()
            run.find(f"{W}t").text = "WRONG"
            spoilt += 1
    assert spoilt == len(list(nodes(document.blocks, Reference)))
    pages = pdf_pages(office(replaced(data, body), tmp_path, "pdf").read_bytes(), tmp_path)
    told = squeezed("".join(pages))
    assert "WRONG" not in told
    assert all(squeezed(text_of((each,))) in told for each in nodes(document.blocks, Reference))


def replaced(data: bytes, body: etree._Element) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(body) if name == "word/document.xml" else old.read(name))
    return buffer.getvalue()


# ---- Word -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("languages", LANGUAGES)
def test_each_clause_carries_one_bookmark_named_like_its_anchor(languages: tuple[str, ...]) -> None:
    document = contract(*languages)
    body = part(write_docx(document, LOOK))
    found = [
        [mark.get(f"{W}name") for mark in paragraph.iter(f"{W}bookmarkStart")]
        for paragraph in body.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}numPr") is not None
    ]
    assert found == [[each.anchor] for each in clauses(document)]
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len({mark.casefold() for mark in marks}) == len(marks)
    assert all(mark.isascii() and len(mark) <= 40 for mark in marks)


def test_a_heading_never_takes_the_bookmark_of_a_clause() -> None:
    document = paper(Heading(1, plain("h"), "dg-fees-1"), Clause(1, plain("c"), "dg_fees_1", "en"))
    marks = [mark.get(f"{W}name") for mark in part(write_docx(document, LOOK)).iter(f"{W}bookmarkStart")]
    assert marks == ["dg_fees_1_2", "dg_fees_1"]


def test_references_are_fields_that_ask_for_the_number_in_full_where_it_is_put_together() -> None:
    found = {each for each in fields_of(write_docx(contract("en"), LOOK)) if each[0].startswith("REF")}
    assert found == {
        (r"REF dg_fees_1 \r \h", "3"),
        (r"REF dg_travel_1 \r \h", "3.2"),
        (r"REF dg_overuse_1 \r \h", "2.3"),
        (r"REF dg_backup_1 \w \h", "2.2(a)(i)"),
        (r"REF dg_copy_1 \w \h", "2.2(a)"),
        (r"REF dg_carve_out_1 \r \h", "4.3"),
        (r"REF dg_response_1 \r \h", "1.2"),
        (r"REF dg_hours_1 \r \h", "1.1"),
    }


def test_levels_are_bound_to_styles_and_articles_are_in_words_outline() -> None:
    data = write_docx(contract("zh-CN", "en"), LOOK)
    bound = [
        [level.find(f"{W}pStyle").get(f"{W}val") for level in each.iter(f"{W}lvl")]
        for each in part(data, "word/numbering.xml").iter(f"{W}abstractNum")
        if len(list(each.iter(f"{W}pStyle"))) == 4
    ]
    assert bound == [[f"Clause{n}" for n in range(1, 5)], [f"Clause{n}Pair" for n in range(1, 5)]]
    styles = {each.get(f"{W}styleId"): each for each in part(data, "word/styles.xml").iter(f"{W}style")}
    for level, name in enumerate(bound[0]):
        place = styles[name].find(f"{W}pPr/{W}numPr")
        told = place.find(f"{W}ilvl")
        assert (0 if told is None else int(told.get(f"{W}val"))) == level
    outline = {name for name, each in styles.items() if each.find(f"{W}pPr/{W}outlineLvl") is not None}
    assert {name for name in outline if name.startswith("Clause")} == {"Clause1"}
    assert styles["Clause1"].find(f"{W}pPr/{W}keepNext") is not None
    assert not list(part(data, "word/numbering.xml").iter(f"{W}isLgl"))


def test_python_docx_reads_the_styles_and_conspicuous_words_are_bold_and_underlined() -> None:
    document = contract("zh-CN", "en")
    opened = docx.Document(io.BytesIO(write_docx(document, LOOK)))
    told = [each for each in opened.paragraphs if each.style.name.startswith("Clause") and each.style.name[7] in "1234"]
    assert len(told) == len(clauses(document))
    for paragraph, each in zip(told, clauses(document), strict=True):
        pair = " Pair" if each.language == "en" else ""
        assert paragraph.style.name == f"Clause {each.level}{pair}"
        marked = [(run.bold, run.underline) for run in paragraph.runs]
        assert set(marked) == ({(True, True)} if each.conspicuous else {(None, None)}), each.anchor


@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_word_file_is_in_the_schemas_order_and_every_style_exists(languages: tuple[str, ...]) -> None:
    data = write_docx(contract(*languages), LOOK)
    order = ORDER | {"sdt": "sdtPr sdtContent", "num": "abstractNumId lvlOverride", "numPr": "ilvl numId"}
    for name in names(data):
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        for element in part(data, name).iter():
            known = order.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element] if known else []
            assert children == sorted(children, key=known.index), (name, etree.QName(element).localname)
    styles = {each.get(f"{W}styleId") for each in part(data, "word/styles.xml").iter(f"{W}style")}
    for name in ("word/document.xml", "word/numbering.xml", "word/footer1.xml"):
        assert {each.get(f"{W}val") for each in part(data, name).iter(f"{W}pStyle")} <= styles


def test_a_style_of_the_house_has_the_last_word() -> None:
    own = (
        b'<w:style w:type="paragraph" w:customStyle="1" w:styleId="HC2"><w:name w:val="Clause 2"/><w:basedOn '
        b'w:val="Normal"/><w:pPr><w:spacing w:before="222"/><w:ind w:left="999" w:hanging="333"/></w:pPr></w:style>'
    )
    house = rewritten(LOOK.house_docx, "word/styles.xml", b"</w:styles>", own + b"</w:styles>")
    data = write_docx(contract("en"), Look(Theme(), house))
    styles = part(data, "word/styles.xml")
    named = [each for each in styles.iter(f"{W}style") if each.find(f"{W}name").get(f"{W}val") == "Clause 2"]
    assert [each.get(f"{W}styleId") for each in named] == ["HC2"]
    assert named[0].find(f"{W}pPr/{W}spacing").get(f"{W}before") == "222"
    assert named[0].find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") == "1"
    levels = part(data, "word/numbering.xml").xpath("//*[local-name()='lvl'][*[local-name()='pStyle']/@*='HC2']")
    assert [each.find(f"{W}pPr/{W}ind").get(f"{W}left") for each in levels] == ["999"]
    assert docx.Document(io.BytesIO(data)).paragraphs


@pytest.mark.pages
@pytest.mark.parametrize(("languages", "rounds"), [(("zh-CN", "en"), 1), (("en",), 3), (("zh-CN",), 3), ((), 3)])
def test_the_contents_of_the_word_file_name_the_pages_libreoffice_breaks_it_into(
    languages: tuple[str, ...], rounds: int, tmp_path: Path
) -> None:
    need("pdftotext")
    document = contract(*languages, rounds=rounds)
    data = write_docx(document, LOOK)
    pages = pdf_pages(office(data, tmp_path, "pdf").read_bytes(), tmp_path)
    told = [int(result) for code, result in fields_of(data) if code.startswith("PAGEREF")]
    (contents,) = nodes(document.blocks, Contents)
    wanted, page = [], 1
    for entry in contents.entries:
        head = rf"^ *{re.escape(entry.number)}\s*{re.escape(entry.title.split()[0])}"
        lines = [[line for line in words.splitlines() if "...." not in line] for words in pages]
        found = [at for at, words in enumerate(lines, 1) if any(re.match(head, line) for line in words)]
        page = next(each for each in found if each >= page) if rounds == 1 else page
        wanted.append(page if rounds == 1 else _nth(lines, head, wanted, contents, entry))
    assert told == wanted


def _nth(lines: list[list[str]], head: str, so_far: list[int], contents: Contents, entry: object) -> int:
    """The page of the entry among those that look alike: as many of them came before in the contents."""
    before = [each for each in contents.entries[: len(so_far)] if (each.number, each.title) == key(entry)]
    pages = [at for at, words in enumerate(lines, 1) for line in words if re.match(head, line)]
    return pages[len(before)]


def key(entry: object) -> tuple[str, str]:
    return entry.number, entry.title  # type: ignore[attr-defined]


# ---- PDF ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("languages", LANGUAGES)
def test_a_contract_is_valid_pdf_a_3(languages: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(write_pdf(contract(*languages), LOOK))
    findings = [str(finding) for finding in pdfa.validate_written(tmp_path / "paper.pdf", "3b").findings]
    assert [finding for finding in findings if not any(known in finding for known in ACCEPTED)] == []


def test_articles_are_tagged_as_headings_and_other_places_as_items_with_labels() -> None:
    document = contract("en")
    pdf = pikepdf.open(io.BytesIO(write_pdf(document, LOOK)))
    found = list(elements(pdf))
    heads = [str(each.S)[1:] for each in found if re.fullmatch(r"/H\d", str(each.S))]
    assert heads == ["H1", "H2", *["H2"] * 5, "H2", "H3", "H3", "H2", "H3"]
    items = [each for each in clauses(document) if each.level > 1]
    assert sum(each.S == "/LI" and "/A" in each.P for each in found) == len(items)
    assert sum(each.S == "/Lbl" for each in found) == len([each for each in items if each.number])
    for each in found:
        kids = each.get("/K", [])
        kinds = {str(kid.S) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if "/S" in _dict(kid)}
        if each.S == "/L" and "/A" in each:
            assert kinds == {"/LI"}
            assert str(each.A.ListNumbering) in ("/Decimal", "/LowerAlpha", "/LowerRoman")
        if each.S == "/LI":
            assert kinds <= {"/Lbl", "/LBody"}
    nested = [each for each in found if each.S == "/L" and each.P.S == "/LBody"]
    assert len(nested) == 5, "definitions, limits, copies, carve-outs and response times"


def _dict(kid: object) -> object:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def test_the_second_language_is_named_and_conspicuous_words_say_that_they_are_underlined() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(contract("zh-CN", "en"), LOOK)))
    bodies = [each for each in elements(pdf) if each.S == "/LBody"]
    assert {str(each.get("/Lang", "")) for each in bodies} == {"", "en"}
    marked = [each for each in bodies if "/A" in each]
    assert [str(each.A.TextDecorationType) for each in marked] == ["/Underline"] * 4


def test_articles_become_bookmarks_once_and_references_links() -> None:
    document = contract("zh-CN", "en")
    pdf = pikepdf.open(io.BytesIO(write_pdf(document, LOOK)))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "目录 Contents",
            *("第1条 定义", "第2条 许可", "第3条 费用与付款", "第4条 责任限制", "第5条 一般条款"),
            *("附件一 服务 Annex 1 Services", "附件二 除外 Annex 2 Exclusions"),
        ]
        assert [item.title for item in outline.root[-2].children] == ["1. 维护服务", "2. 除外"]
    goals = {str(note.Dest) for page in pdf.pages for note in page.get("/Annots", [])}
    assert {each.anchor for each in nodes(document.blocks, Reference)} <= goals


@pytest.mark.pages
@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_contents_of_the_pdf_name_the_pages_of_the_articles(languages: tuple[str, ...], tmp_path: Path) -> None:
    document = contract(*languages, rounds=2)
    data = write_pdf(document, LOOK)
    pages = pdf_pages(data, tmp_path)
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = {page.objgen: place for place, page in enumerate((page.obj for page in pdf.pages), 1)}
    found = pdf.Root.Names.Dests.Names
    places = {str(found[at]): numbers[found[at + 1][0].objgen] for at in range(0, len(found), 2)}
    (contents,) = nodes(document.blocks, Contents)
    lines = [line for line in pages[0].splitlines() if re.search(r"\s\d+$", line)]
    told = [int(line.split()[-1]) for line in lines][: len(contents.entries)]
    assert told == [places[entry.anchor] for entry in contents.entries]


@pytest.mark.pages
def test_an_article_holds_its_first_paragraph_and_a_colon_its_first_item(tmp_path: Path) -> None:
    for filler in range(24, 44):
        blocks = (
            *(Paragraph(plain(f"filler {n}")) for n in range(filler)),
            Clause(1, plain("ARTICLE"), "dg_a_1", "en"),
            Clause(2, plain("These are:"), "dg_a_2", "en"),
            Clause(3, plain("FIRST"), "dg_a_3", "en"),
            Clause(3, plain("second"), "dg_a_4", "en"),
        )
        for page in pdf_pages(write_pdf(paper(*blocks), LOOK), tmp_path):
            assert ("ARTICLE" in page) == ("These are" in page) == ("FIRST" in page)
    body = part(write_docx(paper(*blocks), LOOK))
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in body.iter(f"{W}p")][-4:]
    assert kept[1:] == [True, False, False], "the article's style holds on by itself"


@pytest.mark.pages
def test_a_short_clause_does_not_part_from_its_translation(tmp_path: Path) -> None:
    for filler in range(24, 44):
        blocks = (
            *(Paragraph(plain(f"filler {n}")) for n in range(filler)),
            Clause(2, plain("中文"), "dg_a_1", "zh-CN"),
            Clause(2, plain("English"), "dg_a_1_en", "en"),
        )
        for page in pdf_pages(write_pdf(paper(*blocks, languages=("zh-CN", "en")), LOOK), tmp_path):
            assert ("中文" in page) == ("English" in page)


# ---- the foot -------------------------------------------------------------------------------------------------------
STAMP = "software-licence@1.2.0 · D-2026-0117 r1 · draft · sha256:4f0c9a1be2d87365"
LONG_FOOT = f"Yunheng Software (Shanghai) · {STAMP}"


@pytest.mark.pages
@pytest.mark.parametrize("foot", [f"Yunheng Software\n{STAMP}", LONG_FOOT])
def test_a_long_foot_never_collides_with_the_page_number(foot: str, tmp_path: Path) -> None:
    document = dataclasses.replace(contract(), footer=foot)
    word = office(write_docx(document, LOOK), tmp_path, "pdf").read_bytes()
    for data in (write_pdf(document, LOOK), word):
        for at, page in enumerate(pdf_pages(data, tmp_path), 1):
            told = [line.strip() for line in page.splitlines() if line.strip()]
            assert any(re.search(rf"Page {at} of 4$", line) for line in told[-2:])
            assert any(line == foot.split("\n")[-1] for line in told[-2:])


# ---- plain text, web page, edges ------------------------------------------------------------------------------------
def test_plain_text_hangs_the_words_beside_their_number() -> None:
    told = write_text(contract("en"), LOOK).decode()
    assert "\n2.      Licence\n\n2.1     The Supplier grants" in told
    assert "\n        install and use the Software" in told
    assert "\n        (a)   copy the Software, except:\n\n              (i)    for one copy" in told


def test_the_web_page_names_every_clause_and_its_language() -> None:
    page = write_html(contract("zh-CN", "en"), LOOK).decode()
    assert '<h2 class="clause at1" id="dg_fees_1_en" lang="en"><span class="number">3.</span>' in page
    assert '<p class="clause at2" id="dg_cap_1" lang="zh-CN"><span class="number">4.1</span> <span><strong' in page
    assert 'href="#dg_carve_out_1_en">Clause 4.3</a>' in page


def test_a_paragraph_without_a_number_stands_at_the_same_indent() -> None:
    document = paper(
        Clause(2, plain("one"), "dg_a_1", "en"),
        Clause(2, plain("lead"), "dg_a_2", "en", number=None),
        Clause(2, plain("two"), "dg_a_3", "en"),
    )
    assert [each.number for each in clauses(document)] == ["1.1", None, "1.2"]
    assert "\n\n        lead\n\n1.2     two" in write_text(document, LOOK).decode()
    middle = list(part(write_docx(document, LOOK)).iter(f"{W}p"))[1].find(f"{W}pPr")
    assert middle.find(f"{W}numPr/{W}numId").get(f"{W}val") == "0"
    style = next(
        s for s in part(write_docx(document, LOOK), "word/styles.xml").iter(f"{W}style") if "Clause 2" in _name(s)
    )
    left = style.find(f"{W}pPr/{W}ind").get(f"{W}left")
    assert dict(middle.find(f"{W}ind").attrib) == {f"{W}left": left, f"{W}firstLine": "0"}


def _name(style: etree._Element) -> str:
    return style.find(f"{W}name").get(f"{W}val")


HOSTILE = 'A&B <b>x</b> {{ y }} ]]> "q" \\h %1 REF'


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt"])
def test_hostile_and_empty_words_in_clauses_do_no_harm(form: str) -> None:
    blocks = tuple(
        Clause(level, words, f"dg_{level}_{at}", "en", series, conspicuous=at == 1)
        for at, words in enumerate((plain(HOSTILE), (), (Text(HOSTILE), Reference("dg_1_0"))))
        for level in (1, 2, 3, 4)
        for series in ("",)
    )
    data = WRITERS[form](paper(Contents("C"), Commented(blocks[0], ()), *blocks[1:]), LOOK)
    if form == "docx":
        assert "".join(paragraphs(part(data))).count(HOSTILE) == 10
    elif form == "html":
        assert b"<b>" not in data
    elif form == "txt":
        assert data.decode().count(HOSTILE) == 10


def test_a_contract_is_the_same_bytes_every_time() -> None:
    for form, write in WRITERS.items():
        assert write(contract(), LOOK) == write(contract(), LOOK), form


def test_side_by_side_each_article_is_listed_once_and_numbered_in_every_format() -> None:
    sides = [
        Columns(
            (
                (Clause(1, plain("费用"), f"dg_{n}_1", "zh-CN"), Clause(2, plain("中文"), f"dg_{n}_2", "zh-CN")),
                (Clause(1, plain("Fees"), f"dg_{n}_1_en", "en"), Clause(2, plain("English"), f"dg_{n}_2_en", "en")),
            )
        )
        for n in "ab"
    ]
    document = paper(Contents("C"), *sides, languages=("zh-CN", "en"))
    (contents,) = nodes(document.blocks, Contents)
    assert [(each.number, each.title) for each in contents.entries] == [("第1条", "费用 Fees"), ("第2条", "费用 Fees")]
    assert [label for label, _ in counted(write_docx(document, LOOK))] == [
        *("第1条", "1.1", "1.", "1.1"),
        *("第2条", "2.1", "2.", "2.1"),
    ]
    assert len(pikepdf.open(io.BytesIO(write_pdf(document, LOOK))).pages) == 1


@pytest.mark.parametrize(("articles", "together"), [(12, True), (30, True), (60, False)])
def test_the_contents_of_a_contract_stay_on_one_page_where_one_holds_them(
    articles: int, together: bool, tmp_path: Path
) -> None:
    terms = tuple(Paragraph(plain(f"Term {n}")) for n in range(24))
    places = tuple(Clause(1, plain(f"Place {n}."), f"dg_{n}_1", "en") for n in range(articles))
    document = paper(*terms, Contents("What it holds", levels=1), PageBreak(), *places)
    pages = pdf_pages(write_pdf(document, LOOK), tmp_path)
    holding = [page for page in pages if re.search(r"Place \d+\.\s*\d+$", page, re.MULTILINE)]
    assert (len(holding) == 1) is together
    assert ("Term 23" in holding[0]) is (articles != 30), "short or endless contents begin below what stands there"
    head = next(
        each for each in part(write_docx(document, LOOK)).iter(f"{W}p") if "What it holds" in "".join(each.itertext())
    )
    assert (head.find(f".//{W}pageBreakBefore") is not None) is (articles == 30)
