"""What changed between two texts, as people would say it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.rewording import Item, changed_figures, edits, only_figures_changed, pair, pair_in_order, tokens

WORDS = ["付款", "30", "日", "，", "within", " ", "的", "1,200.00", "a", "\n", "😀"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=20).map("".join)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(each.old, each.new) for each in edits(old, new) if each.is_change]


@given(TEXT, TEXT)
def test_edits_are_the_old_text_on_one_side_and_the_new_one_on_the_other(old: str, new: str) -> None:
    found = edits(old, new)
    assert ("".join(each.old for each in found), "".join(each.new for each in found)) == (old, new)
    assert all(one.is_change != other.is_change for one, other in pairwise(found))


@given(TEXT)
def test_units_joined_are_the_text_and_a_text_has_no_edits_against_itself(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert told(text, text) == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("CNY 1,200.00 due", ["CNY 1,200.00", " ", "due"]),
        ("¥30.5%的", ["¥30.5%", "的"]),
        ("自2026年11月20日起", ["自", "2026年11月20日", "起"]),
        ("20 November 2026.", ["20 November 2026", "."]),
        ("人民币壹佰贰拾万元整", ["人民币壹佰贰拾万元整"]),
        ("the Customer's well-known", ["the", " ", "Customer's", " ", "well-known"]),
        ("万分之五", ["万分之五"]),
        ("一方", ["一", "方"]),
    ],
)
def test_figures_dates_and_latin_words_stay_whole_and_chinese_goes_by_character(text: str, units: list[str]) -> None:
    assert tokens(text) == units


def test_edits_next_to_each_other_are_one_and_far_ones_are_two() -> None:
    assert told("收到后三十（30）日内", "收到后四十五（45）日内") == [("三十（30", "四十五（45")]
    assert told("甲方付款，乙方应当及时开具发票。", "买方付款，乙方应当及时开具收据。") == [
        ("甲", "买"),
        ("发票", "收据"),
    ]


def test_figures_that_changed_are_told_in_pairs_and_one_that_came_alone() -> None:
    assert changed_figures(edits("30日内付1,000.00元", "60日内付2,000.00元")) == (
        ("30", "60"),
        ("1,000.00", "2,000.00"),
    )
    assert changed_figures(edits("付款。", "在30日内付款。")) == (("", "30"),)
    assert changed_figures(edits("sixty only", "sixty-one and 60/100 only")) == (("", "60/100"),)
    assert changed_figures(edits("期限为三天", "期限为五天")) == (("三", "五"),)


def test_a_text_with_nothing_but_other_figures_is_known_from_one_with_other_words() -> None:
    assert only_figures_changed("within 30 days", "within 45 days")
    assert not only_figures_changed("within 30 days", "within 45 weeks")
    assert not only_figures_changed("within 30 days", "within 30 days")


# ---- pairs ----------------------------------------------------------------------------------------------------------
def items(*texts: str) -> list[Item]:
    return [Item(text) for text in texts]


def test_one_paragraph_carried_to_the_end_is_the_only_one_that_moved() -> None:
    found = pair(items("alpha", "beta", "gamma", "delta"), items("beta", "gamma", "delta", "alpha"))
    assert (found.moved, found.gone, found.come) == (frozenset({(0, 3)}), (), ())


def test_a_name_wins_over_words_and_words_over_likeness() -> None:
    old = [Item("甲方应当按月付款", frozenset({"x"})), Item("乙方应当交付软件")]
    new = [Item("乙方应当交付软件"), Item("完全不同的另一句话", frozenset({"x"}))]
    assert pair(old, new).pairs == ((0, 1), (1, 0))


def test_paragraphs_that_say_the_same_keep_their_order() -> None:
    found = pair(items("same", "other", "same"), items("same", "same"))
    assert (found.pairs, found.gone) == (((0, 0), (2, 1)), (1,))


def test_where_nothing_can_move_what_changed_its_place_goes_and_comes() -> None:
    found = pair_in_order(items("alpha", "beta", "gamma"), items("beta", "gamma", "alpha"))
    assert (found.pairs, found.gone, found.come) == (((1, 0), (2, 1)), (0,), (2,))


def test_a_thousand_paragraphs_each_changed_and_without_names_find_their_partners() -> None:
    old = [f"第{at}项：乙方应当在收到第{at}号通知后完成编号为A{at}B的工作并报告" for at in range(1000)]
    new = [text.replace("应当", "须").replace("报告", "书面报告") for text in old]
    assert pair(items(*old), items(*new)).pairs == tuple((at, at) for at in range(1000))


@given(st.lists(TEXT, max_size=8), st.lists(TEXT, max_size=8))
def test_every_paragraph_has_one_partner_or_none(old: list[str], new: list[str]) -> None:
    for found in (pair(items(*old), items(*new)), pair_in_order(items(*old), items(*new))):
        assert sorted([*(i for i, _ in found.pairs), *found.gone]) == list(range(len(old)))
        assert sorted([*(j for _, j in found.pairs), *found.come]) == list(range(len(new)))
