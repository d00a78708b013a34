"""A redline: accept every change and it is exactly the new paper, reject every change and it is exactly the old one."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.content.blocks import Block, Cell, Clause, Document, Paragraph, Row, Strong, Table, Text, plain, strong
from docgen.content.walk import changed
from docgen.reading import Workspace, load_look
from docgen.render import WRITERS
from docgen.wordfile import Paragraph as Read
from docgen.wordfile import Table as ReadTable
from docgen.wordfile import WordFile, accepted, read_word, rejected
from docgen.wordfile.redline import redline
from tests.conftest import ROOT, need
from tests.render.contract_paper import contract
from tests.wordfile.office import settled
from tests.wordfile.papers import docx, p, through_libreoffice

WHEN = "2026-11-30T00:00:00Z"
LOOK = load_look(Workspace((ROOT,)))
Edit = Callable[[Document], Document]


def written(document: Document) -> bytes:
    return WRITERS["docx"](document, LOOK)


def marked(old: bytes, new: bytes) -> bytes:
    return redline(old, new, author="docgen", when=WHEN)


def read(data: bytes) -> WordFile:
    found = read_word(data, "paper.docx")
    assert isinstance(found, WordFile), found
    return found


# ---- what a file says, after and before its changes -----------------------------------------------------------------
Told = list[Any]


def after(blocks: tuple[Read | ReadTable, ...]) -> Told:
    """Every paragraph with words, style and number, every table cell by cell, with all changes accepted."""
    return [
        (each.text, each.style, each.label)
        if isinstance(each, Read)
        else [[after(cell.blocks) for cell in row.cells] for row in each.rows]
        for each in accepted(blocks)
    ]


def before(blocks: tuple[Read | ReadTable, ...]) -> Told:
    """The same with all changes rejected; numbers are counted in the accepted file only."""
    return [
        (each.text_before, each.style_before)
        if isinstance(each, Read)
        else [[before(cell.blocks) for cell in row.cells] for row in each.rows]
        for each in rejected(blocks)
    ]


def leads(old: bytes, new: bytes) -> WordFile:
    """The redline of two files, which leads from the one to the other."""
    both = read(marked(old, new))
    assert after(both.blocks) == after(read(new).blocks)
    assert before(both.blocks) == before(read(old).blocks)
    return both


# ---- edits of a contract --------------------------------------------------------------------------------------------
def reworded(document: Document) -> Document:
    """Other words and figures in both languages, in a title too."""

    def put(node: object) -> object:
        if isinstance(node, Text):
            for old, new in WORDS:
                node = Text(node.text.replace(old, new))
        return node

    return replace(document, blocks=changed(document.blocks, put))


WORDS = (
    ("最多 60 个并发用户", "最多 90 个并发用户"),
    ("up to 60 concurrent users", "up to 90 concurrent users"),
    ("费用与付款", "价款与支付"),
    ("for one copy needed as a backup", "for two copies needed as backups"),
)


def without(*keys: str) -> Edit:
    return lambda document: replace(document, blocks=tuple(b for b in document.blocks if not _is(b, keys)))


def _is(block: Block, keys: tuple[str, ...]) -> bool:
    return isinstance(block, Clause) and any(re.fullmatch(f"dg_{key}_1(_en)?", block.anchor) for key in keys)


def behind(key: str, *added: Block) -> Edit:
    def put(document: Document) -> Document:
        at = max(at for at, block in enumerate(document.blocks) if _is(block, (key,)))
        return replace(document, blocks=(*document.blocks[: at + 1], *added, *document.blocks[at + 1 :]))

    return put


def moved(key: str, to: str) -> Edit:
    def put(document: Document) -> Document:
        taken = [block for block in document.blocks if _is(block, (key,))]
        return behind(to, *taken)(without(key)(document))

    return put


def rows(change: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Edit:
    def put(node: object) -> object:
        return replace(node, rows=change(node.rows)) if isinstance(node, Table) and node.title == "plan" else node

    return lambda document: replace(document, blocks=changed(document.blocks, put))


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(plain(text)) for text in texts))


def _other_last(row: Row, text: str) -> Row:
    return replace(row, cells=(*row.cells[:-1], Cell(plain(text))))


NEW = Clause(2, plain("供方应每季度向需方提交服务报告。"), "dg_report_1", "zh-CN", number="9.9")
EDITS: dict[str, Edit] = {
    "words and figures": reworded,
    "a clause came": behind("limits", NEW),
    "a clause went": without("overuse"),
    "several went": without("copy", "backup", "test", "rent", "travel"),
    "a clause moved": moved("grant", "travel"),
    "a clause moved before the table": moved("grant", "plan"),
    "an article went": without("definitions", "terms", "software", "fees_term"),
    "a row came": rows(lambda all_: (*all_[:2], _row("验收款", "验收后", "5 %", "68,500.00"), *all_[2:])),
    "a row went": rows(lambda all_: (all_[0], all_[2])),
    "a cell changed": rows(lambda all_: (_other_last(all_[0], "500,000.00"), *all_[1:])),
    "the table went": lambda document: replace(
        document, blocks=tuple(b for b in document.blocks if not isinstance(b, Table))
    ),
    "bold words": lambda document: replace(
        document,
        blocks=tuple(
            replace(b, content=(Strong(b.content),)) if _is(b, ("grant", "copy")) else b for b in document.blocks
        ),
    ),
    "a paragraph at the end": lambda document: replace(
        document, blocks=(*document.blocks, Paragraph(plain("本合同一式四份。")), Paragraph(strong("完")))
    ),
    "nothing": lambda document: document,
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("languages", [("zh-CN", "en"), ("en",)])
def test_accepting_all_gives_the_new_paper_and_rejecting_all_the_old_one(name: str, languages: tuple[str, ...]) -> None:
    old = contract(*languages)
    new = EDITS[name](old)
    leads(written(old), written(new))
    leads(written(new), written(old))


def test_a_reference_to_a_clause_that_moved_leads_to_it_before_and_after() -> None:
    old = contract("zh-CN")
    both = leads(written(old), written(moved("travel", "limits")(old)))
    names = {name: each for each in both.paragraphs() for name in each.bookmarks}
    assert (names["dg_travel_1"].text_before, names["dg_travel_1_was"].text) == ("", "")
    assert names["dg_travel_1"].text == names["dg_travel_1_was"].text_before
    pieces = [piece for each in both.paragraphs() for piece in each.pieces if piece.refers.startswith("dg_travel_1")]
    assert {piece.refers: (piece.inserted is not None, piece.deleted is not None) for piece in pieces} == {
        "dg_travel_1_was": (False, True),
        "dg_travel_1": (True, False),
    }


def test_an_unchanged_paper_has_no_marks_at_all() -> None:
    same = written(contract())
    body = zipfile.ZipFile(BytesIO(marked(same, same))).read("word/document.xml").decode()
    assert not re.search(r"<w:(?:ins|del|rPrChange|pPrChange)\b", body)


def test_papers_with_nothing_in_common_still_lead_from_one_to_the_other() -> None:
    leads(written(contract("zh-CN")), written(contract("en")))


def test_close_edits_are_one_change_and_figures_stay_whole() -> None:
    old, new = "客户应在收到发票后三十（30）日内付款1,200.00元。", "客户应在收到发票后四十五（45）日内付款1,300.00元。"
    both = leads(docx(p(old)), docx(p(new)))
    pieces = [
        (piece.text, "-" if piece.deleted else "+" if piece.inserted else " ")
        for paragraph in both.paragraphs()
        for piece in paragraph.pieces
    ]
    assert pieces == [
        ("客户应在收到发票后", " "),
        ("三十（30", "-"),
        ("四十五（45", "+"),
        ("）日内付款", " "),
        ("1,200.00", "-"),
        ("1,300.00", "+"),
        ("元。", " "),
    ]


def test_a_paragraph_with_less_than_half_in_common_goes_and_comes_as_a_whole() -> None:
    first = p("乙方对本合同项下的间接损失不承担责任。")
    both = leads(docx(first + p("甲方按月付款。") + p("end")), docx(first + p("乙方提供一年免费维护。") + p("end")))
    told = [(each.text_before, each.text, bool(each.inserted), bool(each.deleted)) for each in both.paragraphs()]
    assert told[1:3] == [("甲方按月付款。", "", False, True), ("", "乙方提供一年免费维护。", True, False)]


def test_a_clause_that_kept_its_name_but_hardly_a_word_is_replaced_whole_and_can_still_be_referred_to() -> None:
    both = leads(
        docx(p("甲方按月付款。", "", "dg_fees_2") + p("end")), docx(p("乙方提供一年维护。", "", "dg_fees_2") + p("end"))
    )
    first = next(both.paragraphs())
    assert (first.text_before, first.text, first.bookmarks) == ("甲方按月付款。", "乙方提供一年维护。", ("dg_fees_2",))


def test_every_mark_bears_the_author_and_the_day_it_was_given_and_a_number_of_its_own() -> None:
    data = marked(written(contract()), written(reworded(behind("limits", NEW)(contract()))))
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    marks = re.findall(r"<w:(?:ins|del|rPrChange|pPrChange) ([^>]*)>", body)
    assert marks
    assert {re.sub(r'w:id="\d+" ?', "", each).strip(" /") for each in marks} == {f'w:author="docgen" w:date="{WHEN}"'}
    numbers = re.findall(r'<w:(?:ins|del|rPrChange|pPrChange|bookmarkStart) w:id="(\d+)"', body)
    assert len(numbers) == len(set(numbers))


def test_the_same_papers_give_the_same_bytes() -> None:
    old, new = written(contract()), written(reworded(contract()))
    assert marked(old, new) == marked(old, new)


def test_lists_of_the_old_paper_keep_their_numbers_in_what_was_deleted() -> None:
    from docgen.content.blocks import ListBlock

    def with_list(*items: str) -> bytes:
        listed = ListBlock(tuple((Paragraph(plain(item)),) for item in items), ordered=True)
        blocks = (Paragraph(plain("start")), listed, Paragraph(plain("end")))
        return written(replace(contract("en"), blocks=blocks))

    both = leads(with_list("one", "two", "three"), with_list("one", "three"))
    assert [each.label for each in both.paragraphs() if each.label] == ["1.", "2."]


WORD = st.sampled_from(
    ["付款", "期限", "30日", "within", "thirty", "甲方", "乙方", "的", "，", "。", " ", "CNY 1,200.00"]
)
LINE = st.lists(WORD, max_size=8).map("".join)
BLOCK = st.one_of(LINE, st.lists(st.tuples(LINE, LINE), min_size=1, max_size=4))


def _body(blocks: list[Any]) -> bytes:
    """Paragraphs, and tables with a paragraph behind each, as Word wants."""
    from tests.wordfile.papers import table

    return docx("".join(p(each) if isinstance(each, str) else table(*each) + p("") for each in blocks) + p("end"))


@given(st.lists(BLOCK, max_size=7), st.lists(BLOCK, max_size=7))
def test_any_two_papers_lead_from_one_to_the_other(old: list[Any], new: list[Any]) -> None:
    leads(_body(old), _body(new))


# ---- other programs -------------------------------------------------------------------------------------------------
def _all_edits(document: Document) -> Document:
    for name in ("words and figures", "a clause came", "a clause moved", "a row came", "a cell changed", "bold words"):
        document = EDITS[name](document)
    return without("overuse", "rent")(document)


def _lines(data: bytes, track: str, folder: Path) -> list[str]:
    """The words pandoc reads, in lines, without its numbers: it counts deleted places of lists too, and leaves the
    frames of deleted rows."""
    (folder / "paper.docx").write_bytes(data)
    command = ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", f"--track-changes={track}", "paper.docx"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    bare = (re.sub(r"[-+=| ]+", " ", line).strip() for line in text.splitlines())
    words = (re.sub(r"^(?:\(?(?:\d+|[a-z]{1,4})[.)] *)+", "", line) for line in bare)
    return [line for line in words if re.search(r"\w", line)]


@pytest.mark.pages
@pytest.mark.parametrize("track", ["accept", "reject"])
def test_pandoc_reads_the_new_paper_and_the_old_one_out_of_it(track: str, tmp_path: Path) -> None:
    need("pandoc")
    old, new = written(contract()), written(_all_edits(contract()))
    wanted = _lines(new if track == "accept" else old, "accept", tmp_path)
    assert _lines(marked(old, new), track, tmp_path) == wanted


@pytest.mark.pages
@pytest.mark.parametrize("accept", [True, False])
def test_libreoffice_makes_the_new_paper_and_the_old_one_of_it(accept: bool, tmp_path: Path) -> None:
    need("soffice")
    old, new = written(contract()), written(_all_edits(contract()))
    wanted = read(through_libreoffice(new if accept else old, tmp_path))
    got = read(settled(marked(old, new), tmp_path, accept=accept))
    assert list(map(_without_references, got.paragraphs())) == list(map(_without_references, wanted.paragraphs()))
    assert [each.label for each in got.paragraphs()] == [each.label for each in wanted.paragraphs()]


def _without_references(paragraph: Read) -> str:
    """LibreOffice fills in references when it opens a file, before it knows what will be rejected."""
    return "".join("#" if piece.refers else piece.text for piece in paragraph.pieces)


def test_a_merged_file_is_well_formed_for_word() -> None:
    """Properties stand first, cells end with a paragraph, no bookmark is named twice, deleted words are marked so."""
    from lxml import etree

    data = marked(written(contract()), written(_all_edits(contract())))
    body = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    names = [each.get(f"{w}name") for each in body.iter(f"{w}bookmarkStart")]
    assert len(names) == len(set(names))
    for paragraph in body.iter(f"{w}p"):
        assert all(each.tag != f"{w}pPr" for each in list(paragraph)[1:])
    for cell in body.iter(f"{w}tc"):
        assert cell[-1].tag == f"{w}p"
    for gone in body.iter(f"{w}del"):
        assert not gone.findall(f".//{w}t") and not gone.findall(f".//{w}instrText")
    for one, other in pairwise(body[0]):
        assert not (one.tag == other.tag == f"{w}tbl")
