"""Line breaking, fonts and page filling, each by itself."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.content.blocks import Align, Text
from docgen.render import fonts
from docgen.render.fonts.linebreak import NEVER_FIRST, NEVER_LAST, break_lines, can_break
from docgen.render.fonts.typeface import typeface
from docgen.render.pdf.flow import BOUND, FREE, TOGETHER, Strip, paginate
from docgen.render.pdf.paragraph import Line, Piece, pieces, set_lines
from docgen.render.pdf.sheet import Ink, Sheet
from docgen.render.pdf.subset import cut
from docgen.render.theme import Theme
from tests.render.specimen import LONG, LONG_EN

INK = Ink("regular", 10.0, "#000000")
SHEET = Sheet(Theme())
SIGNS = "报价单软件许可，。；：！？）》」』】、”’…—（《「『【“‘¥%A b1,.-/ "
MIXED = st.text(st.sampled_from(SIGNS), min_size=1, max_size=80)


def shown(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def lines_of(text: str, width: float, align: Align = "start", *, justify: bool = False) -> list[Line]:
    return set_lines([Piece(text, INK)], width, align, justify=justify)


# ---- breaking -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", [LONG, LONG_EN, "“甲方”（以下简称‘客户’）——即：苏州《华瑞》公司……完！"])
def test_no_mark_stands_at_the_wrong_end_of_a_line_at_any_width(text: str) -> None:
    for width in range(60, 500, 7):
        shown_lines = [shown(line) for line in lines_of(text, width)]
        assert all(line[0] not in NEVER_FIRST for line in shown_lines)
        assert all(line[-1] not in NEVER_LAST for line in shown_lines[:-1])


@settings(deadline=None)
@given(MIXED, st.floats(40, 300))
def test_breaking_loses_and_adds_nothing(text: str, width: float) -> None:
    assert "".join(shown(line) for line in lines_of(text, width)).replace(" ", "") == text.replace(" ", "")


@settings(deadline=None)
@given(MIXED, st.floats(60, 300))
def test_no_line_is_wider_than_its_room(text: str, width: float) -> None:
    for line in lines_of(text, width):
        assert line.width <= width + 5.01, "at most the blank half of a closing mark hangs outside"


@settings(deadline=None)
@given(st.text(st.sampled_from("报价单软件许可，。；）》，、”（《“AB1"), min_size=1, max_size=80), st.floats(100, 300))
def test_marks_stand_right_in_any_text_with_room_enough(text: str, width: float) -> None:
    marks = NEVER_FIRST | NEVER_LAST
    windows = [text[start : start + 5] for start in range(max(1, len(text) - 4))]
    if any(all(char in marks or char in "AB1" for char in window) for window in windows):
        return  # a wall of marks wider than the line has to break somewhere
    shown_lines = [shown(line) for line in lines_of(text, width)]
    assert all(line[0] not in NEVER_FIRST for line in shown_lines[1:])
    assert all(line[-1] not in NEVER_LAST for line in shown_lines[:-1])


@pytest.mark.parametrize(
    "word", ["1,234.56", "12.5%", "D-2026-0117", "supplier’s", "——", "……", "¥500", "A&B", "R&D", "20/11/2026"]
)
def test_words_and_numbers_stay_whole(word: str) -> None:
    assert not any(can_break(left, right) for left, right in pairwise(word))


def test_an_address_may_break_after_its_marks_but_not_after_the_scheme() -> None:
    url = "https://example.com/terms?alpha=1&beta=2"
    shown_lines = [shown(line) for line in lines_of(url, 110)]
    assert shown_lines[0] == "https://example.com/"
    assert "".join(shown_lines) == url


def test_an_overlong_word_is_cut_rather_than_printed_outside_its_cell() -> None:
    lines = lines_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 50)
    assert len(lines) > 3
    assert all(line.width <= 50 for line in lines)


def test_breaking_takes_what_it_is_given() -> None:
    assert list(break_lines("ab cd", [1] * 5, [0] * 5, 2)) == [(0, 2, False), (3, 5, True)]


# ---- setting --------------------------------------------------------------------------------------------------------
def test_justified_lines_fill_the_width_and_the_last_does_not() -> None:
    *lines, last = lines_of(LONG, 300, justify=True)
    for line in lines:
        run = line.runs[-1]
        assert run.x + run.width == pytest.approx(300, abs=5.1)  # the blank half of a closing mark may hang
    assert last.width < 300


def test_a_line_a_long_word_left_short_is_filled_between_its_letters_too() -> None:
    text = "The parties agree on the terms of internationalisation that follow here."
    for width in range(180, 300):
        line, *_, last = lines_of(text, width, justify=True)
        filled, natural = line.runs[-1].x + line.runs[-1].width, lines_of(text, width)[0].width
        blanks = shown(line).count(" ")
        letters = len(shown(line)) - 1 - 2 * blanks
        room = 10 * (0.4 * blanks + 0.03 * letters)
        assert filled == pytest.approx(width if width - natural <= room else natural), "filled, or left alone"
        gaps = [gap for run in line.runs for _, gap in run.gaps]
        assert max(gaps, default=0) <= 4 + 1e-6, "no river"
        assert last.width < width


def test_two_full_width_marks_share_the_white_between_them() -> None:
    assert lines_of("）。", 500)[0].width == pytest.approx(15)
    assert lines_of("甲）乙", 500)[0].width == pytest.approx(30)


def test_quotation_marks_are_narrow_in_latin_text_and_full_width_in_chinese() -> None:
    assert lines_of("supplier’s", 500)[0].width < typeface("regular").width("suppliers") * 0.01 + 5
    assert lines_of("甲”乙", 500)[0].width == pytest.approx(30)


def test_figures_at_the_right_share_their_right_edge() -> None:
    for text in ("1.00", "1,234,567.00", "12.50"):
        run = lines_of(text, 200, "end")[0].runs[0]
        assert run.x + run.width == pytest.approx(200)


def test_latin_slants_for_stress_and_chinese_does_not() -> None:
    parts = list(pieces((Text("x"),), INK._replace(slant=True), SHEET)) + list(
        pieces((Text("中"),), INK._replace(slant=True), SHEET)
    )
    assert [part.ink.slant for part in parts] == [True, False]


# ---- fonts ----------------------------------------------------------------------------------------------------------
def test_the_coverage_list_is_what_both_files_really_have() -> None:
    points = [set(TTFont(fonts.font_path(weight), lazy=True).getBestCmap()) for weight in ("regular", "bold")]
    both = points[0] & points[1]
    assert all(fonts.covers(chr(point)) for point in both)
    assert not any(fonts.covers(chr(point)) for point in range(0x20000) if point not in both)


def test_all_of_gbk_and_the_signs_of_the_trade_are_there() -> None:
    gbk = [chr(point) for point in range(0x4E00, 0x9FA6)]
    signs = "€£¥₩₹←↑→↓−×÷±≤≥≈①⑳ⅠⅫ─│《》「」【】（），。；：！？％～·—…“”‘’镕喆堃䶮ŠŁőșΩЖ№℃²³½☐☑✔✗"
    assert fonts.missing("".join(gbk) + signs) == []


def test_missing_names_each_character_once_in_order() -> None:
    assert fonts.missing("a😀中\u2fff😀\n") == ["😀", "\u2fff"]


def test_a_subset_is_a_font_with_just_those_glyphs() -> None:
    face = typeface("bold")
    characters = "报价单ABÄé1"
    font = TTFont(io.BytesIO(cut(face, [face.glyph(ord(char)) for char in characters])))
    assert len(font.getGlyphOrder()) >= len(characters) + 1
    assert [font["hmtx"][name][0] for name in font.getGlyphOrder()[1 : len(characters) + 1]] == [
        face.width(char) for char in characters
    ]
    for name in font.getGlyphOrder():
        font["glyf"][name].getCoordinates(font["glyf"])


# ---- pages ----------------------------------------------------------------------------------------------------------
def strips(*spec: tuple[float, int]) -> list[Strip]:
    return [Strip(height, hold=hold) for height, hold in spec]


def test_strips_that_hold_one_another_move_together() -> None:
    pages = paginate(strips((60, FREE), (20, BOUND), (30, FREE)), 100)
    assert [[placed.strip.height for placed in page] for page in pages] == [[60], [20, 30]]


def test_a_wish_for_one_page_is_given_up_where_it_cannot_be_met() -> None:
    pages = paginate(strips((50, FREE), *[(30, TOGETHER)] * 5, (30, FREE)), 100)
    assert [len(page) for page in pages] == [2, 3, 2]


def test_a_heading_stays_with_the_next_line_even_in_a_group_too_tall() -> None:
    pages = paginate(strips((80, TOGETHER), (15, BOUND), (30, TOGETHER), (80, FREE)), 100)
    assert [[placed.strip.height for placed in page] for page in pages] == [[80], [15, 30], [80]]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(1, 90), st.sampled_from([FREE, TOGETHER, BOUND])), max_size=40))
def test_no_strip_is_lost_repeated_or_hangs_over_the_foot(spec: list[tuple[float, int]]) -> None:
    made = strips(*spec)
    head = (Strip(8.0),)
    for strip in made:
        strip.head = head
    pages = paginate(made, 100)
    assert [placed.strip for page in pages for placed in page if not placed.repeated] == made
    for page in pages:
        assert all(placed.y + placed.strip.height <= 100.02 for placed in page)


def test_time_grows_with_the_lines_and_not_faster() -> None:
    rng = random.Random(1)
    made = [Strip(rng.uniform(5, 40)) for _ in range(30_000)]
    assert sum(len(page) for page in paginate(made, 700)) == 30_000
