"""Amounts in words: published and hand-written cases, and phrases that must read back to the same amount."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.currencies import MINOR_DIGITS
from docgen.locales import amount_in_words as module
from docgen.locales.amount_in_words import LIMIT, amount_in_words

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "amount_in_words.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['currency']} {case['amount']}")
def test_cases(case: dict[str, Any], language: str) -> None:
    assert amount_in_words(Decimal(case["amount"]), case["currency"], language) == case[language]


def test_cases_are_many_and_hold_the_published_ones() -> None:
    assert len(CASES) >= 40
    assert sum("source" in case for case in CASES) == 6


# --- readers, independent of the writers: they know what a word is worth, not when it is written

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def read_capitals(words: str) -> Decimal:
    """The value of capitals. 零 and 整 are worth nothing, so a phrase read back says nothing about them."""
    sign = -1 if words.startswith("负") else 1
    whole, _, coins = words.removeprefix("负").rpartition("元")
    return sign * (read_chinese_number(whole) + read_coins(coins))


def read_chinese_number(words: str) -> int:
    for unit, worth in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        left, found, right = words.rpartition(unit)
        if found:
            return read_chinese_number(left) * worth + read_chinese_number(right)
    return int("".join(str(DIGITS.index(character)) for character in words) or "0")


def read_coins(words: str) -> Decimal:
    worth = {"角": "0.1", "分": "0.01", "厘": "0.001", "毫": "0.0001"}
    coins = re.findall("([壹贰叁肆伍陆柒捌玖])([角分厘毫])", words)
    return sum((DIGITS.index(digit) * Decimal(worth[coin]) for digit, coin in coins), Decimal(0))


SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH = {word: value for value, word in enumerate(SMALL.split())} | {
    word: 10 * value for value, word in enumerate(TENS.split(), 2)
}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15}


def read_english(words: str) -> Decimal:
    match = re.fullmatch(r"(minus )?([a-z -]+?)(?: and (\d+)/(10+))? only", words)
    assert match, words
    sign, number, coins, of = match.groups()
    value = Decimal(read_english_number(number)) + (Decimal(coins) / Decimal(of) if coins else 0)
    return -value if sign else value


def read_english_number(words: str) -> int:
    total = group = 0
    for word in re.split("[ -]", words):
        if word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word == "hundred":
            group *= 100
        else:
            group += ENGLISH[word]
    return total + group


# --- properties

LARGEST = 10**18 - 1  # of the smallest coins of a currency with two decimals


@st.composite
def coins(draw: st.DrawFn) -> int:
    """A number of coins with any length and many zeros: zeros are where capitals go wrong."""
    figures = draw(st.text("000123456789", min_size=1, max_size=18))
    return int(figures) * draw(st.sampled_from([1, -1]))


@settings(max_examples=4000, deadline=None)
@given(coins())
@example(LARGEST)
@example(10_000_240_899)
@example(100_000_000_000_000)
def test_capitals_read_back(units: int) -> None:
    amount = Decimal(units).scaleb(-2)
    words = amount_in_words(amount, "CNY", "zh-CN")
    assert read_capitals(words.removeprefix("人民币")) == amount


@settings(max_examples=2000, deadline=None)
@given(coins())
@example(LARGEST)
def test_english_reads_back(units: int) -> None:
    amount = Decimal(units).scaleb(-2)
    words = amount_in_words(amount, "USD", "en")
    assert read_english(words.removeprefix("US dollars ")) == amount


@settings(max_examples=2000, deadline=None)
@given(coins(), st.sampled_from(sorted(MINOR_DIGITS)))
def test_every_currency_reads_back(units: int, currency: str) -> None:
    amount = Decimal(units % 10**12).scaleb(-MINOR_DIGITS[currency])
    prefix = amount_in_words(Decimal(0), currency, "zh-CN").removesuffix("零元整")
    assert read_capitals(amount_in_words(amount, currency, "zh-CN").removeprefix(prefix)) == amount
    prefix = amount_in_words(Decimal(0), currency, "en").removesuffix("zero only")
    assert read_english(amount_in_words(amount, currency, "en").removeprefix(prefix)) == amount


@settings(max_examples=4000, deadline=None)
@given(coins())
def test_the_form_of_capitals(units: int) -> None:
    """What reading back cannot see: where 零 and 整 stand."""
    words = amount_in_words(Decimal(units).scaleb(-2), "CNY", "zh-CN").removeprefix("人民币").removeprefix("负")
    yuan, coins = divmod(abs(units), 100)
    assert "零零" not in words
    assert words.endswith(("元整", "角", "分"))
    assert words == "零元整" or not words.startswith("零")
    assert not re.search("零[拾佰仟万亿整]", words)
    assert words == "零元整" or "零元" not in words
    assert zeros_between_groups_are_heard(words)
    assert ("元零" in words) == (yuan > 0 and coins > 0 and (coins < 10 or yuan % 10 == 0))


def zeros_between_groups_are_heard(words: str) -> bool:
    """After 万 or 亿 comes a group of full length, or 零: 壹万零贰佰, never 壹万贰佰."""
    following = re.findall("[万亿]([壹贰叁肆伍陆柒捌玖].?)", words.partition("元")[0])
    return all(start.endswith("仟") for start in following)


@settings(max_examples=2000, deadline=None)
@given(coins(), coins(), st.sampled_from(["zh-CN", "en"]))
def test_different_amounts_have_different_words(one: int, other: int, language: str) -> None:
    words = [amount_in_words(Decimal(units).scaleb(-2), "CNY", language) for units in (one, other)]
    assert (words[0] == words[1]) == (one == other)


# --- refusals


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.125", "CNY"),
        ("1E-400", "CNY"),
        ("2.5", "JPY"),
        ("0.1234", "KWD"),
        ("1E+16", "CNY"),
        ("-1E+16", "CNY"),
        ("1E+999999", "JPY"),
        ("NaN", "CNY"),
        ("sNaN", "CNY"),
        ("-Infinity", "CNY"),
        ("1", "RMB"),
        ("1", "XAU"),
    ],
)
def test_refuses(amount: str, currency: str, language: str) -> None:
    with pytest.raises(ValueError, match=r"decimals|limit|ISO 4217"):
        amount_in_words(Decimal(amount), currency, language)


def test_refuses_a_language_it_cannot_write() -> None:
    with pytest.raises(ValueError, match="language 'fr'"):
        amount_in_words(Decimal(1), "CNY", "fr")


def test_trailing_zeros_are_no_further_decimals() -> None:
    assert amount_in_words(Decimal("1.500000"), "CNY", "zh-CN") == "人民币壹元伍角"
    assert amount_in_words(Decimal("5E+3"), "JPY", "en") == "Japanese yen five thousand only"
    assert LIMIT == 10**16


# --- names of currencies


def test_names_are_of_currencies_and_in_both_languages() -> None:
    assert set(module._CHINESE_NAMES) == set(module._ENGLISH_NAMES)
    assert set(module._CHINESE_NAMES) <= set(MINOR_DIGITS)
    for names in (module._CHINESE_NAMES, module._ENGLISH_NAMES):
        assert len(set(names.values())) == len(names)


def test_names_are_those_of_cldr_with_few_exceptions() -> None:
    from babel.core import Locale
    from babel.numbers import get_currency_name

    chinese = Locale.parse("zh_Hans_CN").currencies
    assert {code for code, name in module._CHINESE_NAMES.items() if chinese[code] != name} == {"MOP"}
    english = {code: get_currency_name(code, count=2, locale="en_US") for code in module._ENGLISH_NAMES}
    differing = {code for code, name in module._ENGLISH_NAMES.items() if english[code] != name}
    assert differing == {"EUR", "GBP", "KZT", "TRY"}  # a capital, the legal name, and plurals nobody says
