"""Laying a Word file out: what is written is measured as Word will measure it."""

from __future__ import annotations

from docgen.render.docx.measures import Styles
from docgen.render.docx.paging import Sheet, pages

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DECLARED = f'xmlns:w="{WORD}" xmlns:wp="{WP}"'
STYLES = Styles(
    f"<w:styles {DECLARED}>"
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='20'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:styleId='Base'><w:pPr><w:spacing w:before='0' w:after='0' w:line='400' "
    "w:lineRule='exact'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Head'><w:basedOn w:val='Base'/><w:pPr><w:keepNext/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Chapter'><w:basedOn w:val='Head'/><w:pPr><w:pageBreakBefore/></w:pPr>"
    "</w:style></w:styles>"
)
SHEET = Sheet(width=400, height=100, top=50, head=20)
"""Five lines of twenty points."""


def p(words: str = "x", style: str = "Base", inner: str = "") -> str:
    mark = f"<w:bookmarkStart w:id='1' w:name='{words}'/>"
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{mark}<w:r><w:t>{words}</w:t>{inner}</w:r></w:p>"


def laid(*blocks: str, head: str = "") -> dict[str, int]:
    body = f"<w:body {DECLARED}>{''.join(blocks)}</w:body>"
    return pages(body, f"<w:hdr {DECLARED}>{head}</w:hdr>", STYLES, "Arial", SHEET)


def test_five_lines_fill_a_page_and_the_sixth_goes_over() -> None:
    found = laid(*(p(f"l{n}") for n in range(6)))
    assert [found[f"l{n}"] for n in range(6)] == [1, 1, 1, 1, 1, 2]


def test_what_stays_with_the_next_goes_over_with_it() -> None:
    assert laid(*(p(f"l{n}") for n in range(4)), p("head", "Head"), p("next")) == {
        "l0": 1, "l1": 1, "l2": 1, "l3": 1, "head": 2, "next": 2,
    }  # fmt: skip


def test_a_style_that_breaks_before_begins_a_page_but_never_an_empty_one() -> None:
    assert laid(p("one", "Chapter"), p("two"), p("three", "Chapter")) == {"one": 1, "two": 1, "three": 2}


def test_a_long_line_is_broken_by_the_widths_of_arial() -> None:
    word = "m" * 12  # twelve times 0.833 em of ten points
    two_lines = " ".join([word] * 5)
    found = laid(p("a", inner=f"<w:t> {two_lines}</w:t>"), *(p(f"l{n}") for n in range(4)))
    assert [found[f"l{n}"] for n in range(4)] == [1, 1, 1, 2]


def test_chinese_and_digits_stand_apart_as_word_sets_them() -> None:
    for pairs, last in ((20, 1), (21, 2)):  # a pair takes 15.56 points, and 4 of white
        found = laid(p("中", inner=f"<w:t>{'中1' * pairs}</w:t>"), *(p(f"l{n}") for n in range(4)))
        assert found["l3"] == last


def test_a_drawing_is_as_tall_as_it_says() -> None:
    drawing = f"<w:drawing><wp:inline><wp:extent cx='1' cy='{70 * 12700}'/></wp:inline></w:drawing>"
    tall = f"<w:p><w:pPr><w:spacing w:after='0' w:line='0' w:lineRule='atLeast'/></w:pPr><w:r>{drawing}</w:r></w:p>"
    assert laid(tall, p("one"), p("two")) == {"one": 1, "two": 2}


def test_a_row_is_as_tall_as_its_tallest_cell_and_a_head_repeats() -> None:
    def row(name: str, lines: int, properties: str = "") -> str:
        cells = "".join(
            f"<w:tc><w:tcPr><w:tcW w:w='4000'/></w:tcPr>{p(f'{name}{n}') * count}</w:tc>"
            for n, count in enumerate((1, lines))
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>"

    rows = f"{row('head', 1, '<w:tblHeader/>')}{row('a', 3)}{row('b', 3)}{row('c', 1)}"
    rules = "<w:tblPr><w:tblBorders><w:insideH w:val='single'/></w:tblBorders></w:tblPr>"
    found = laid(f"<w:tbl>{rules}{rows}</w:tbl>")
    assert (found["head0"], found["a0"], found["b0"], found["c0"]) == (1, 1, 2, 3)
    found = laid(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    assert found["c0"] == 2, "without rules between them rows are as tall as their lines"


def test_a_running_head_that_is_taller_than_its_margin_takes_room_from_the_text() -> None:
    lines = [p(f"l{n}") for n in range(5)]
    assert laid(*lines, head=p("h"))["l4"] == 1
    assert laid(*lines, head=p("h") * 2)["l4"] == 2


def test_a_tall_running_head_leaves_the_cover_its_whole_page() -> None:
    lines = [p(f"c{n}") for n in range(4)]
    end = f"<w:p><w:pPr><w:pStyle w:val='Base'/><w:sectPr/></w:pPr>{'<w:r><w:t>x</w:t></w:r>'}</w:p>"
    found = laid(*lines, end, *(p(f"l{n}") for n in range(5)), head=p("h") * 2)
    assert (found["c3"], found["l0"], found["l3"], found["l4"]) == (1, 2, 2, 3)
