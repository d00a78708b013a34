"""A company's own Word letter, through the command line: what its controls become, and what is said of the others."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from docgen.documents.components import COMPONENTS
from docgen.documents.page import Page
from docgen.documents.projection import project
from docgen.documents.projection.names import ASKED, PRINTED, REPEATED, groups
from docgen.letters.lint import letter_problems
from docgen.letters.tags import NOT_IN_LETTERS, OF_A_CONTRACT, names_for
from docgen.locales.problems import describe
from docgen.pipeline import prepare
from docgen.reading import Workspace
from docgen.source.text_file import has_forbidden
from tests.conftest import ROOT, SAMPLES, TODAY, need
from tests.documents.word_letters import block, control, field, letter, p, put, row, run, table
from tests.safety.hostile import HOSTILE
from tests.safety.house import call, deal, furnish, word_paragraphs, word_parts

TEXTS = [text for text in HOSTILE if not has_forbidden(text)]
"""Those a deal may have."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(folder: Path, data: bytes, *options: str, the_deal: Any = None, manifest: str = "", **more: Any) -> bytes:
    """The letter of a deal, as Word has it."""
    path = furnish(folder, the_deal or deal(), **more)
    put(folder, data, manifest=manifest)
    done = call("make", "ours", path, "--out", folder / "out", "--force", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next((folder / "out").glob("*.docx")).read_bytes()


def told(folder: Path, data: bytes, *, manifest: str = "", the_deal: Any = None) -> str:
    """What `check` says of a letter and a deal."""
    path = furnish(folder, the_deal or deal())
    put(folder, data, manifest=manifest)
    return call("check", path, "--document", "ours", cwd=folder).stderr


def body(data: bytes) -> etree._Element:
    return etree.fromstring(word_parts(data)["word/document.xml"])


def words(data: bytes) -> list[str]:
    return [line for line in word_paragraphs(data) if line]


# ---- values ---------------------------------------------------------------------------------------------------------
def test_a_control_tagged_with_a_fact_shows_it_and_stays_a_field(tmp_path: Path) -> None:
    data = made(tmp_path, letter(p(run("To "), field("customer.name", "<w:b/>"), run("."))))
    assert words(data) == ["To customer.name."]  # the test deal says of every text which it is
    (found,) = body(data).iter(f"{WORD}sdt")
    assert found.find(f".//{WORD}showingPlcHdr") is None
    assert found.find(f"{WORD}sdtContent/{WORD}r/{WORD}rPr/{WORD}b") is not None
    assert b"PlaceholderText" not in word_parts(data)["word/document.xml"]


def test_line_feeds_of_a_deal_become_line_breaks_in_the_field(tmp_path: Path) -> None:
    the_deal = deal()
    the_deal["customer"]["address"] = "1 Street\nTown"
    data = made(tmp_path, letter(p(field("customer.address"))), the_deal=the_deal)
    assert words(data) == ["1 Street\nTown"]


def test_heads_feet_notes_text_boxes_and_cells_are_filled_too(tmp_path: Path) -> None:
    box = (
        '<w:r><w:pict><v:shape style="width:90pt"><v:textbox><w:txbxContent>'
        f"{p(field('customer.tax_id'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    note = f'<w:footnote w:id="1">{p(field("currency"))}</w:footnote>'
    data = made(
        tmp_path,
        letter(
            table(row(p(field("title")), control("date", p(run("day"))))) + p(box),
            parts={
                "header1.xml": f"<w:hdr NAMES>{p(field('number'))}</w:hdr>",
                "footer1.xml": f"<w:ftr NAMES>{p(field('seller.bank.account'))}</w:ftr>",
                "footnotes.xml": f"<w:footnotes NAMES>{note}</w:footnotes>",
            },
            relations={
                "rId2": ("header", "header1.xml"),
                "rId3": ("footer", "footer1.xml"),
                "rId4": ("footnotes", "footnotes.xml"),
            },
            section='<w:headerReference w:type="default" r:id="rId2"/>'
            '<w:footerReference w:type="default" r:id="rId3"/>',
        ),
    )
    assert {"title", "customer.tax_id", "D-1-1", "seller.bank.account", "20 November 2026"} <= set(words(data))
    assert "CNY" in "".join(etree.fromstring(word_parts(data)["word/footnotes.xml"]).itertext())


def hostile_deal() -> dict[str, Any]:
    the_deal = deal()
    the_deal["terms"]["notes"] = list(TEXTS)
    return the_deal


def texts_of(path: Path) -> list[str]:
    """The notes of a deal, as they were read."""
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    return [each.get("en") for each in facts.deal.terms.notes]


def test_hostile_text_arrives_as_it_is_written(tmp_path: Path) -> None:
    data = made(tmp_path, letter(control("each:terms.notes", p(field("note")))), the_deal=hostile_deal())
    assert word_paragraphs(data) == texts_of(tmp_path / "deal.yaml")


def test_a_box_to_tick_is_ticked_by_a_yes(tmp_path: Path) -> None:
    box = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
    data = made(tmp_path, letter(p(control("has_optional", run("☐"), box)) + p(control("value", run("☐"), box))))
    assert words(data) == ["☒", "☐"]


# ---- conditions and repetition --------------------------------------------------------------------------------------
def test_what_is_asked_for_stays_without_its_control_or_goes(tmp_path: Path) -> None:
    data = made(
        tmp_path,
        letter(
            control("if:customer.address", p(run("we know where: "), field("customer.address")))
            + control("if:not customer.address", p(run("where are you?")))
            + p(run("a"), control("if:value", run(" worth")), control("if:seller.bank", run(" payable")))
            + p(control("if:value", run("alone in its paragraph")))
            + control("if:terms.warranty", p(run("warranty")))
            + table(row(p(run("stays"))), control("if:value", row(p(run("goes")))))
        ),
    )
    assert words(data) == ["we know where: customer.address", "a payable", "stays"]
    assert len(body(data).findall(f"{WORD}body/{WORD}p")) == 2
    assert len(list(body(data).iter(f"{WORD}tr"))) == 1


def test_controls_inside_what_goes_are_never_looked_at(tmp_path: Path) -> None:
    """They may print what the deal does not state."""
    nested = control("if:terms.warranty", p(field("terms.warranty.months")) + block("value-headline"))
    assert words(made(tmp_path, letter(nested + p(run("end"))))) == ["end"]


def test_a_row_is_repeated_for_every_line(tmp_path: Path) -> None:
    cells = row(
        p(field("line.name")), p(field("line.quantity"), control("if:line.note", run(" !"))), p(field("line.net"))
    )
    data = made(tmp_path, letter(table(row(p(run("head"))), control("each:lines", cells))))
    rows = [
        "|".join("".join(cell.itertext()) for cell in each.iter(f"{WORD}tc")) for each in body(data).iter(f"{WORD}tr")
    ]
    assert rows[:2] == ["head", "product.name|3 users !|3,000.00"]
    assert "part.name|2 days|1,000.00" in rows
    firsts = [next(each.iter(f"{WORD}id")).get(f"{WORD}val") for each in list(body(data).iter(f"{WORD}tr"))[1:]]
    assert len(firsts) == len(set(firsts)), "no two controls share an id"


def test_words_own_repeating_section_is_repeated(tmp_path: Path) -> None:
    item = "<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    content = item.format(row(p(field("payment.name")), p(field("payment.amount"))))
    data = made(tmp_path, letter(table(control("each:payments", content * 2, "<w15:repeatingSection/>"))))
    assert words(data) == ["payment.first", "1,822.40", "payment.rest", "2,733.60"]


def test_lists_of_texts_are_repeated_by_paragraph(tmp_path: Path) -> None:
    the_deal = deal()
    the_deal["terms"]["notes"] = ["one", "two"]
    data = made(tmp_path, letter(control("each:terms.notes", p(run("- "), field("note")))), the_deal=the_deal)
    assert words(data) == ["- one", "- two"]


# ---- blocks ---------------------------------------------------------------------------------------------------------
def test_a_block_is_set_as_in_every_other_paper(tmp_path: Path) -> None:
    data = made(tmp_path, letter(p(run("before")) + block("price-table") + block("totals") + p(run("after"))))
    quote = call("quote", tmp_path / "deal.yaml", "--format", "docx", "--out", tmp_path / "q", cwd=tmp_path)
    assert quote.returncode == 0
    theirs = docx.Document(str(tmp_path / "q" / "D-1-quote.docx"))
    tables = [[cell.text for each in t.rows for cell in each.cells] for t in theirs.tables]
    ours = docx.Document(io.BytesIO(data))
    mine = [[cell.text for each in t.rows for cell in each.cells] for t in ours.tables]
    assert mine[0] in tables
    assert mine[1] in tables
    kinds = [each.tag.removeprefix(WORD) for each in body(data)[0]]
    assert "tbl tbl" not in " ".join(kinds)


def test_blocks_wear_the_letters_styles_and_bring_those_it_lacks(tmp_path: Path) -> None:
    data = made(tmp_path, letter(block("price-table")))
    used = {each.get(f"{WORD}val") for each in body(data).iter(f"{WORD}pStyle", f"{WORD}tblStyle", f"{WORD}rStyle")}
    styles = etree.fromstring(word_parts(data)["word/styles.xml"])
    known = {
        each.get(f"{WORD}styleId"): each.find(f"{WORD}name").get(f"{WORD}val") for each in styles.iter(f"{WORD}style")
    }
    assert "Figures7" in used, "the letter's own style of that name"
    assert known["TableText"] == "Somebody Else", "an id of ours that the letter uses for something else"
    assert {known[each] for each in used} >= {"Table Figure", "Table Text", "Table Head"}
    assert used <= set(known)
    based = {each.get(f"{WORD}val") for each in styles.iter(f"{WORD}basedOn", f"{WORD}next", f"{WORD}link")}
    assert based <= set(known)


def test_lists_of_blocks_do_not_collide_with_the_letters(tmp_path: Path) -> None:
    path = SAMPLES / "huarui-erp" / "deal.yaml"
    own = (
        '<w:abstractNum w:abstractNumId="901"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="901"/></w:num>'
    )
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr></w:p>'
    data = letter(
        numbered + block("solution-contents") + control("block:contract-body", p(run("x"))),
        parts={"numbering.xml": f"<w:numbering NAMES>{own}</w:numbering>"},
        relations={"rId9": ("numbering", "numbering.xml")},
    )
    put(tmp_path, data, manifest="needs: contract\n", ending="zh-CN.docx")
    done = call("--workspace", tmp_path, "make", "ours", path, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    result = next((tmp_path / "out").glob("*.docx")).read_bytes()
    numbering = etree.fromstring(word_parts(result)["word/numbering.xml"])
    definitions = [each.get(f"{WORD}abstractNumId") for each in numbering.findall(f"{WORD}abstractNum")]
    lists = {
        each.get(f"{WORD}numId"): each.find(f"{WORD}abstractNumId").get(f"{WORD}val")
        for each in numbering.findall(f"{WORD}num")
    }
    assert len(definitions) == len(set(definitions)) > 1
    assert lists["5"] == "901"
    assert set(lists.values()) <= set(definitions)
    used = {each.get(f"{WORD}val") for each in body(result).iter(f"{WORD}numId")} - {"0"}
    assert used <= set(lists)
    marks = [each.get(f"{WORD}name") for each in body(result).iter(f"{WORD}bookmarkStart")]
    referred = {each.text.split()[1] for each in body(result).iter(f"{WORD}instrText") if each.text.split()[0] == "REF"}
    assert referred, "clauses refer to one another"
    assert referred <= set(marks)


def test_a_block_fills_a_cell_and_a_paragraph_of_its_own(tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
    data = made(
        tmp_path,
        letter(
            table(f"<w:tr>{control('block:bank-details', cell)}</w:tr>") + p(control("block:payment-plan", run("plan")))
        ),
    )
    outer, plan = body(data)[0].findall(f"{WORD}tbl")
    assert "seller.bank.account" in "".join(outer.itertext())
    assert outer.find(f".//{WORD}tc")[-1].tag == f"{WORD}p"
    assert "payment.first" in "".join(plan.itertext())


def test_a_chart_brings_its_part_and_its_workbook(tmp_path: Path) -> None:
    put(tmp_path, letter(block("value-waterfall") + block("value-cumulative")), ending="zh-CN.docx")
    path = SAMPLES / "huarui-erp" / "deal.yaml"
    done = call("--workspace", tmp_path, "make", "ours", path, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    result = next((tmp_path / "out").glob("*.docx")).read_bytes()
    parts = word_parts(result)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    known = {each.get("Id"): each.get("Target").lstrip("/") for each in relations}
    charts = [each.get(f"{{{R_NS}}}id") for each in body(result).iter(f"{{{CHART}}}chart")]
    assert charts
    assert all(known[each] in parts for each in charts)
    docx.Document(io.BytesIO(result))


R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@pytest.mark.parametrize("name", sorted(set(COMPONENTS) - NOT_IN_LETTERS - OF_A_CONTRACT))
def test_every_block_a_letter_may_have_can_be_set_in_one(tmp_path: Path, name: str) -> None:
    """In a letter for the house, which may have all."""
    path = SAMPLES / "zhilian-resale" / "deal.yaml"
    if name.startswith(("value", "benefit", "investment", "story", "bridge", "estimate")):
        path = SAMPLES / "huarui-erp" / "deal.yaml"
    put(tmp_path, letter(block(name) + p(run("end"))), manifest="audience: internal\n", ending="zh-CN.docx")
    done = call("--workspace", tmp_path, "make", "ours", path, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_a_letter_made_of_a_contract_prints_its_facts(tmp_path: Path) -> None:
    content = p(field("contract.number"), run("|"), field("fees.total"), run("|"), field("customer.name"))
    content += block("contract-key-terms")
    put(tmp_path, letter(content), manifest="needs: contract\n", ending="zh-CN.docx")
    path = SAMPLES / "huarui-erp" / "deal.yaml"
    done = call("--workspace", tmp_path, "make", "ours", path, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    data = next((tmp_path / "out").glob("*.docx")).read_bytes()
    assert "D-2026-0117-C|人民币2,295,454.62元|苏州华瑞电机有限公司" in words(data)
    assert properties(data)["docgen.clauses"]


def test_a_block_takes_the_width_of_a_text_box_and_a_column(tmp_path: Path) -> None:
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    box = (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawn}"><wp:extent cx="2540000" cy="1"/><w:txbxContent>'
        f"{block('payment-plan')}</w:txbxContent></wp:inline></w:drawing></w:r>"
    )
    data = made(tmp_path, letter(p(box) + block("payment-plan"), section='<w:cols w:num="2" w:space="638"/>'))
    widths = [int(each.get(f"{WORD}w")) for each in body(data).iter(f"{WORD}tblW")]
    assert widths == [2540000 // 635 - 288, (11906 - 2 * 1134 - 638) // 2]


def test_a_letter_nested_as_deep_as_word_files_may_be_is_filled(tmp_path: Path) -> None:
    content = p(field("customer.name"))
    for _ in range(95):
        content = table(row(content))
    assert b">customer.name</w:t>" in word_parts(made(tmp_path, letter(content)))["word/document.xml"]


# ---- what cannot be filled ------------------------------------------------------------------------------------------
def test_unknown_tags_are_told_all_at_once_with_the_words_near_and_what_was_meant(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        letter(
            p(run("Dear "), field("customer.nmae"))
            + p(run("The table"))
            + control("block:price-tabel", p(run("prices go here")))
            + control("if:has_payment", p(run("payment")))
            + control("each:lines", p(field("line.nett")))
            + control("price-table", p(run("a table")))
            + control("goog_rdk_12", p(run("another program's")))
            + p(control("", run("without a tag")))
        ),
    )
    for said in (
        "customer.nmae asks for something a letter cannot have (near “Dear Click here”)",
        "did you mean customer.name?",
        "block:price-tabel asks for something a letter cannot have (near “prices go here”)",
        "did you mean block:price-table?",
        "did you mean if:has_payments?",
        "did you mean line.net?",
        "templates/ours/ours.en.docx",
    ):
        assert said in found
    assert found.count("error:") == 5
    assert "goog_rdk" not in found


def test_nothing_is_written_while_a_tag_is_unknown(tmp_path: Path) -> None:
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(field("customer.nmae"))))
    done = call("make", "ours", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "did you mean customer.name?" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (p(field("terms.warranty.months")), "prints something the deal does not state"),
        (p(field("taxed")), "cannot print taxed, which is only yes or no"),
        (p(field("seller.bank")), "cannot print seller.bank, which is only yes or no, or a group"),
        (p(field("terms.notes")), "put a control tagged note into one tagged each:terms.notes"),
        (p(run("see "), control("block:totals", run("x"))), "stands among words or around rows"),
        (block("cover"), "asks for pages of their own"),
        (block("profit-split"), "asks for what only the house may know"),
        (block("contract-body"), "asks for a contract's draft"),
        (p(field("contract.number")), "asks for something a letter cannot have"),
        (p(field("deal.cost")), "asks for something a letter cannot have"),
    ],
)
def test_what_cannot_be_filled_is_told(tmp_path: Path, content: str, says: str) -> None:
    found = told(tmp_path, letter(content + p()))
    assert says in found
    assert found.count("error:") == 1


def test_a_letter_is_looked_through_without_any_deal(tmp_path: Path) -> None:
    path = put(tmp_path, letter(p(field("customer.nmae")) + block("contract-body")), manifest="needs: contract\n")
    (found,) = letter_problems(path)
    assert found.params["tag"] == "customer.nmae"
    assert letter_problems(path.with_name("absent.docx"))[0].code == "no_such_file"
    for each in (ROOT / "templates" / "letter-quote").glob("*.docx"):
        assert letter_problems(each) == []


# ---- what a letter's file may hold ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"main_type": "application/vnd.ms-word.document.macroEnabled.main+xml"}, "the letter has macros"),
        (
            {"relations": {"rId5": ("vbaProject", "vba.bin")}, "files": {"word/vba.bin": b"x"}},
            "the letter has macros",
        ),
        (
            {"relations": {"rId5": ("oleObject", "ole.bin")}, "files": {"word/ole.bin": b"x"}},
            "the letter has an embedded object",
        ),
        (
            {"relations": {"rId5": ("image", "!https://example.com/spy.png")}},
            "a reference to something outside of it (image: https://example.com/spy.png)",
        ),
        ({"relations": {"rId5": ("hyperlink", "!file:///etc/passwd")}}, "a link to file:///etc/passwd"),
        ({"relations": {"rId5": ("aFChunk", "other.bin")}, "files": {"word/other.bin": b"x"}}, "another document"),
        ({"body": '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'}, "tracked changes"),
        (
            {"body": p('<w:fldSimple w:instr=" INCLUDEPICTURE x "/>')},
            "a INCLUDEPICTURE field, which fetches something",
        ),
        (
            {
                "body": p(
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
                    '<w:r><w:instrText>AUTO x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                )
            },
            "a DDEAUTO field",
        ),
    ],
)
def test_what_runs_fetches_or_hides_something_is_refused(tmp_path: Path, more: dict[str, Any], says: str) -> None:
    data = letter(more.pop("body", p(field("customer.name"))), **more)
    assert says in told(tmp_path, data)


def test_what_is_left_over_from_work_on_the_letter_stays_behind_and_is_told(tmp_path: Path) -> None:
    comment = f'<w:comment w:id="0" w:author="A">{p(run("SECRET-COMMENT"))}</w:comment>'
    variable = '<w:docVars><w:docVar w:name="a" w:val="SECRET-VAR"/></w:docVars>'
    marks = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    bound = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    data = letter(
        p(marks.format(control("customer.name", run("x"), bound))),
        parts={
            "comments.xml": f"<w:comments NAMES>{comment}</w:comments>",
            "settings.xml": f"<w:settings NAMES>{variable}</w:settings>",
        },
        relations={
            "rId5": ("comments", "comments.xml"),
            "rId6": ("customXml", "../customXml/item1.xml"),
            "rId7": ("settings", "settings.xml"),
            "rId8": ("glossaryDocument", "glossary/document.xml"),
        },
        files={
            "customXml/item1.xml": b"<a><b>SECRET-DATA</b></a>",
            "word/glossary/document.xml": b"<w>SECRET-GLOSSARY</w>",
            "docProps/custom.xml": b"<Properties>SECRET-PROPERTY</Properties>",
            "docProps/app.xml": b"<Properties><Company>SECRET-COMPANY</Company></Properties>",
        },
    )
    path = furnish(tmp_path, deal())
    put(tmp_path, data)
    done = call("make", "ours", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0
    assert "warning: review comments in the letter: left behind" in done.stderr
    assert "warning: data of another program (custom XML) in the letter: left behind" in done.stderr
    assert done.stderr.count("warning:") == 2
    result = (tmp_path / "out" / "D-1-ours.docx").read_bytes()
    whole = b"".join(word_parts(result).values())
    assert b"SECRET" not in whole
    assert b"dataBinding" not in whole
    assert b"comment" not in word_parts(result)["word/document.xml"]


def test_a_file_that_is_no_word_file_is_told_as_one(tmp_path: Path) -> None:
    assert "ours.en.docx is not a Word file" in told(tmp_path, b"hello")


# ---- the paper it is ------------------------------------------------------------------------------------------------
def test_nothing_internal_reaches_a_letter(tmp_path: Path) -> None:
    """Every text and every block a customer's letter may have, of a deal whose internal values are marked."""
    path = SAMPLES / "zhilian-resale" / "deal.yaml"
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    names = names_for("customer", contract=False)
    blocks = [name for name in sorted(names.blocks) if not name.startswith(("value", "story"))]
    content = "".join(control(f"if:{name}", p(field(name))) for name in sorted(names.printed))
    content += "".join(map(block, blocks))
    put(tmp_path, letter(content), ending=f"{facts.deal.language[0]}.docx")
    done = call("--workspace", tmp_path, "make", "ours", path, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    said = "\n".join(words(next((tmp_path / "out").glob("*.docx")).read_bytes()))
    assert facts.deal.partner is not None
    totals = facts.quote.totals
    for inner in (totals.net, totals.gross, facts.deal.partner.name.get("zh-CN")):
        shown = f"{inner:,.2f}" if not isinstance(inner, str) else inner
        assert shown not in said, shown


def test_a_draft_says_so_at_its_head_and_across_every_page(tmp_path: Path) -> None:
    policies = {"approvals": [{"rule": "always", "when": "net > 0", "approver": "sales_manager", "because": "always"}]}
    data = made(tmp_path, letter(p(run("words")), section="<w:titlePg/>"), policies=policies)
    parts = word_parts(data)
    assert words(data)[0].startswith("Draft") or "DRAFT" in words(data)[0].upper()
    heads = [name for name in parts if b"<w:hdr" in parts[name]]
    assert heads
    assert all(b"PowerPlusWaterMarkObject" in parts[name] for name in heads)
    kinds = {each.get(f"{WORD}type") for each in body(data).iter(f"{WORD}headerReference")}
    assert kinds == {"default", "first"}
    assert "draft" in properties(data)["docgen.state"]


def test_a_final_letter_waits_for_approvals(tmp_path: Path) -> None:
    policies = {"approvals": [{"rule": "always", "when": "net > 0", "approver": "sales_manager", "because": "always"}]}
    path = furnish(tmp_path, deal(), policies=policies)
    put(tmp_path, letter(p(field("customer.name"))))
    assert call("make", "ours", path, "--final", "--out", tmp_path / "out", cwd=tmp_path).returncode == 3
    assert not (tmp_path / "out").exists()


def properties(data: bytes) -> dict[str, str]:
    root = etree.fromstring(word_parts(data)["docProps/custom.xml"])
    return {each.get("name"): "".join(each.itertext()) for each in root}


def test_a_letter_bears_docgens_stamps_and_a_changed_file_another_template(tmp_path: Path) -> None:
    first = properties(made(tmp_path, letter(p(field("customer.name")))))
    second = properties(made(tmp_path, letter(p(run("Dear "), field("customer.name")))))
    assert first["docgen.deal"] == "D-1"
    assert first["docgen.document"].startswith("ours@")
    assert first["docgen.content"] == second["docgen.content"]
    assert first["docgen.template"] != second["docgen.template"]


def test_the_same_letter_and_deal_give_the_same_bytes(tmp_path: Path) -> None:
    content = p(field("customer.name")) + block("price-table") + control("each:lines", p(field("line.name")))
    data = letter(content)
    first = made(tmp_path / "a", data)
    assert first == made(tmp_path / "b", data)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_letter_comes_as_word_where_no_format_is_named_and_as_text_and_data_on_request(tmp_path: Path) -> None:
    made(tmp_path, letter(p(run("Dear "), field("customer.name")) + block("totals")))
    assert [each.name for each in (tmp_path / "out").glob("D-1*")] == ["D-1-ours.docx"]
    made(tmp_path, letter(p(run("Dear "), field("customer.name")) + block("totals")), "--format", "docx,txt,json")
    assert "Dear customer.name" in (tmp_path / "out" / "D-1-ours.txt").read_text("utf-8")
    assert json.loads((tmp_path / "out" / "D-1-ours.json").read_text("utf-8"))["deal"] == "D-1"


@pytest.mark.parametrize(("options", "says"), [
    (("--format", "html"), "cannot be made as html"),
    (("--review",), "writes no review comments"),
    (("--language", "en,zh-CN"), "a letter has one language"),
])  # fmt: skip
def test_what_a_letter_cannot_be_is_told(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(field("customer.name"))))
    put(tmp_path, letter(p(field("customer.name"))), ending="zh-CN.docx")
    done = call("make", "ours", path, *options, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr


def test_a_pdf_needs_libreoffice_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(field("customer.name"))))
    done = call("make", "ours", path, "--format", "pdf", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "install LibreOffice" in done.stderr


@pytest.mark.pages
def test_libreoffice_opens_a_letter_and_makes_its_pdf(tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    made(tmp_path, letter(p(run("Dear "), field("customer.name")) + block("price-table")), "--format", "docx,pdf")
    shown = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "out" / "D-1-ours.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Dear customer.name" in shown
    assert "product.name" in shown


def test_a_text_and_a_letter_of_one_language_are_one_too_many(tmp_path: Path) -> None:
    path = put(tmp_path, letter(p(field("customer.name"))), manifest="parts: [a]\n")
    path.with_name("ours.en.md").write_text("::: part a\nHello\n", "utf-8")
    done = call("check", furnish(tmp_path, deal()), "--document", "ours", cwd=tmp_path)
    assert "are both templates of this language" in done.stderr


def test_the_shipped_letter_is_made_of_its_script_and_fits_every_sample(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "tools/make_letter_docx.py", "--out", tmp_path], cwd=ROOT, check=True)
    for each in (ROOT / "templates" / "letter-quote").glob("*.docx"):
        assert each.read_bytes() == (tmp_path / each.name).read_bytes()
    deals = sorted(SAMPLES.glob("*/deal.yaml"))
    done = call("make", "letter-quote", *deals, "--out", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for each in (tmp_path / "out").glob("*.docx"):
        docx.Document(str(each))


# ---- the names ------------------------------------------------------------------------------------------------------
def test_the_names_of_letters_are_those_templates_have(tmp_path: Path) -> None:
    """Every name the projection gives is known, printed as text or number, or only asked for."""
    known = PRINTED | ASKED | frozenset(REPEATED)
    for path in sorted(SAMPLES.glob("*/deal.yaml")):
        facts = prepare(path, Workspace.for_deal(path), TODAY).facts
        assert facts is not None
        page = Page(facts, facts.deal.language[:1], facts.seller.name)
        for name, value in leaves("", project(page)):
            assert name in known or (value is None and name in groups(known)), name
            assert not (name in PRINTED and isinstance(value, bool | list)), name
            if name in REPEATED:
                item, printed, asked = REPEATED[name]
                for each in value:
                    assert not isinstance(each, dict) or set(each) == {*printed.split(), *asked.split()}, item


def test_the_guide_names_every_tag() -> None:
    guide = (ROOT / "docs" / "letters.md").read_text("utf-8")
    for name in PRINTED | ASKED | set(REPEATED):
        assert f"`{name}`" in guide, name
    for item, printed, asked in REPEATED.values():
        words_ = [f"`{item}.{word}`" for word in printed.split()] or [f"`{item}`"]
        assert all(each in guide for each in words_), item
        assert all(f"`if:{item}.{flag}`" in guide for flag in asked.split()), item


def leaves(name: str, value: Any) -> Any:
    if hasattr(value, "keys"):
        for key in value:
            yield from leaves(f"{name}.{key}" if name else key, value[key])
    elif name:
        yield name, value


# ---- the optional extra ---------------------------------------------------------------------------------------------
def test_a_letter_with_jinja_marks_is_filled_by_docxtpl_in_the_sandbox(tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    path = furnish(tmp_path, hostile_deal())
    rows = table(
        row(p(run("{%tr for line in lines %}"))), row(p(run("{{ line.na")), p(run("x"))), row(p(run("{%tr endfor %}")))
    )
    rows = rows.replace("{{ line.na", "{{ line.name }}")
    put(
        tmp_path,
        letter(
            p(run("To {{ customer"), run(".name }}, "), run("{{ title }}"))
            + rows
            + block("totals")
            + p(run("{%p for note in terms.notes %}"))
            + p(run("{{ note }}"))
            + p(run("{%p endfor %}"))
        ),
        ending="en.jinja.docx",
    )
    done = call("make", "ours", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    data = (tmp_path / "out" / "D-1-ours.docx").read_bytes()
    assert words(data)[0] == "To customer.name, title"
    assert word_paragraphs(data)[-len(TEXTS) :] == texts_of(path)
    assert "product.name" in words(data)
    assert len(docx.Document(io.BytesIO(data)).tables) >= 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Dear {{ customer.nmae }}", "near “Dear {{ customer.nmae }}”"),
        ("Dear {{ customer.name }", "the marks of the letter cannot be read"),
        ("Dear {{ ''.__class__ }}", "near “Dear {{ ''.__class__ }}”"),
        ("Dear {{ range(9) }}", "a call is not for templates"),
        ("Dear {{ terms.warranty }}", "prints a value the deal does not state"),
        ("{% include 'x' %}", "include is not for templates"),
        ("Dear {{r customer.name }}", "prints where no words can stand (near “Dear {{ customer.name }}”)"),
        ("{{p customer.name }}", "write {{ name }}, without the r, p, tr or tc of docxtpl"),
    ],
)
def test_what_is_wrong_with_a_mark_is_told_with_the_words_near(tmp_path: Path, text: str, says: str) -> None:
    pytest.importorskip("docxtpl")
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(run("Hello")) + p(run(text)) + p(run("Bye"))), ending="en.jinja.docx")
    done = call("make", "ours", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr
    assert "ours.en.jinja.docx" in done.stderr


def test_marks_are_looked_through_without_any_deal(tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    path = put(
        tmp_path,
        letter(p(run("{{ customer.nmae }} {% if seller.bank %}{{ seller.bank.account }}{% endif %}"))),
        ending="en.jinja.docx",
    )
    (found,) = letter_problems(path)
    assert "there is no customer.nmae" in describe(found)[0]
    (misplaced,) = letter_problems(put(tmp_path, letter(p(run("{{r title }}"))), ending="en.jinja.docx"))
    assert misplaced.code == "jinja_letter_misplaced"


def test_without_docxtpl_a_letter_with_marks_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(run("{{ customer.name }}"))), ending="en.jinja.docx")
    done = call("make", "ours", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "pip install 'docgen[docxtpl]'" in done.stderr


def test_a_letter_begun_from_words_own_blank_document_works(tmp_path: Path) -> None:
    """With the styles, theme and left-overs Word gives every file; blocks take its headings and lists."""
    file = docx.Document()
    file.add_heading("Offer", 1)
    file.add_paragraph("Dear ")
    names_of_word = '<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:body>'
    inserted = etree.fromstring(
        names_of_word.format(p(field("customer.name")) + block("price-table") + block("totals"))
    )
    for each in list(inserted):
        file.element.body.insert(-1, each)
    saved = io.BytesIO()
    file.save(saved)
    data = made(tmp_path, saved.getvalue())
    again = docx.Document(io.BytesIO(data))
    assert [each.text for each in again.paragraphs][:2] == ["Offer", "Dear "]
    assert len(again.tables) == 2
    assert b"python-docx" not in b"".join(word_parts(data).values())


def test_a_build_makes_the_letters_a_deal_lists_in_word(tmp_path: Path) -> None:
    path = furnish(tmp_path, {**deal(), "documents": ["ours"]})
    put(tmp_path, letter(p(field("customer.name"))))
    done = call("build", path.parent, "--out", tmp_path / "out", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [each.name for each in (tmp_path / "out").glob("D-1*")] == ["D-1-ours.docx"]


def test_a_build_makes_no_letter_unasked(tmp_path: Path) -> None:
    path = furnish(tmp_path, deal())
    put(tmp_path, letter(p(field("customer.nmae"))))
    done = call("build", path.parent, "--out", tmp_path / "out", "--format", "txt", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list((tmp_path / "out").glob("*ours*"))
    assert not list((tmp_path / "out").glob("*letter*"))
