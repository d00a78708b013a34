"""The plain text: every word, aligned as a terminal shows it."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from docgen.content.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    Signatory,
    SignatureBlock,
    Table,
    plain,
    stacked,
)
from docgen.render.text import display_width, write_text
from docgen.render.theme import Look, Theme
from tests.render.specimen import LONG, LONG_EN, specimen
from tests.render.test_docx import words_of

ROOT = Path(__file__).resolve().parents[2]
LOOK = Look(Theme(), b"")


def text(*blocks: Block) -> str:
    document = Document("纸", blocks, ("zh-CN",), dt.datetime(2026, 1, 1, tzinfo=dt.UTC), page_label="")
    return write_text(document, LOOK).decode()


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("chinese", [True, False])
def test_every_word_of_the_document_appears(chinese: bool) -> None:
    document = specimen(12, chinese=chinese)
    shown = write_text(document, LOOK).decode()
    there = squeezed(shown)
    for words in words_of(document.blocks):
        for line in words.replace("\t", "\n").splitlines():
            assert squeezed(line) in there or all(squeezed(word) in there for word in line.split()), line
    label = "授权代表签字" if chinese else "Authorised signature"
    for words in (*document.running, document.footer, document.draft, document.draft_note, label):
        assert words in shown
    assert "A&B <b>not bold</b> {{ not code }}" in shown


def test_a_draft_says_so_first() -> None:
    assert write_text(specimen(1), LOOK).decode().startswith("草稿 DRAFT\n\n草稿：尚缺销售总监批准\n")


def test_it_is_utf8_with_line_feeds_and_no_trailing_spaces() -> None:
    data = write_text(specimen(30), LOOK)
    assert b"\r" not in data and data.endswith(b"\n") and not data.endswith(b"\n\n")
    assert not [line for line in data.decode().split("\n") if line != line.rstrip()]


@pytest.mark.parametrize("chinese", [True, False])
def test_no_line_is_wider_than_a_hundred_columns(chinese: bool) -> None:
    for line in write_text(specimen(30, chinese=chinese), LOOK).decode().splitlines():
        assert display_width(line) <= 100


def test_figures_end_in_one_column_beside_chinese_words() -> None:
    rows = tuple(
        Row((Cell(plain(name)), Cell(plain(figure))))
        for name, figure in (("财务管理", "1.00"), ("Finance", "12,345.00"), ("混合 mixed 词", "999.99"))
    )
    lines = text(Table((Column(0.5), Column(0.5, "end")), rows)).splitlines()
    assert {display_width(line) for line in lines} == {100}


def test_a_long_cell_wraps_within_its_column() -> None:
    rows = (Row((Cell(plain("名称" * 60)), Cell(plain("1.00")))),)
    first, *rest = text(Table((Column(0.5), Column(0.5, "end")), rows)).splitlines()
    assert first.endswith("  1.00")
    assert rest and all(set(line) == {"名", "称"} for line in rest)


def test_lines_below_one_another_in_a_cell_stay_so() -> None:
    cell = Cell(stacked(plain("甲"), plain("乙")))
    assert text(Table((Column(1),), (Row((cell,)),))) == "甲\n乙\n"


def test_an_indented_part_steps_in_and_a_total_is_ruled_off() -> None:
    rows = (
        Row((Cell(plain("套件")), Cell()), "heading"),
        Row((Cell(plain("部分"), indent=1), Cell(plain("1"))), "part"),
        Row((Cell(plain("合计")), Cell(plain("1"))), "total"),
    )
    lines = text(Table((Column(0.5), Column(0.5, "end")), rows)).splitlines()
    assert lines[1].startswith("  部分")
    assert lines[2] == "-" * 100


@pytest.mark.parametrize("words", [LONG, LONG_EN, LONG * 3, "字" * 300, "x" * 250, "（" * 120])
def test_wrapping_loses_nothing_and_no_line_begins_with_a_closing_mark(words: str) -> None:
    lines = text(Paragraph(plain(words))).splitlines()
    assert squeezed("".join(lines)) == squeezed(words)
    assert all(display_width(line) <= 100 for line in lines)
    assert not [line for line in lines if line[0] in "，。；：、）》”"]


def test_width_counts_full_width_characters_twice_and_combining_marks_not_at_all() -> None:
    assert display_width("ab") == 2
    assert display_width("中文（）") == 8
    assert display_width(unicodedata.normalize("NFD", "é")) == 1


def test_lists_headings_links_and_signatures_read_as_such() -> None:
    shown = text(
        Heading(1, plain("标题"), "a"),
        Heading(2, plain("Sub"), "b"),
        ListBlock(
            ((Paragraph(plain("一")), ListBlock(((Paragraph(plain("内")),),))), (Paragraph(plain("二")),)), True, 9
        ),
        Paragraph((Link("https://example.com", plain("网站")), *plain(" "), Link("#a", plain("标题")))),
        PageBreak(),
        SignatureBlock((Signatory("需方", "甲公司", ("日期",)),)),
    )
    assert shown == (
        "标题\n====\n\nSub\n---\n\n9. 一\n   - 内\n10. 二\n\n网站 <https://example.com> 标题\n\n* * *\n\n"
        f"需方\n甲公司\n日期  {'_' * 30}\n"
    )


def test_the_bytes_are_the_same_for_every_zone_and_hash_seed() -> None:
    code = (
        "import sys; from docgen.render.text import write_text; from docgen.render.theme import Look, Theme; "
        "from tests.render.specimen import specimen; "
        "sys.stdout.buffer.write(write_text(specimen(12), Look(Theme(), b'')))"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env=os.environ | {"TZ": "America/St_Johns", "PYTHONHASHSEED": "7"},
    )
    assert there.stdout == write_text(specimen(12), LOOK)
