"""Figures in both languages, held against Babel where docgen means the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from babel.core import Locale, get_global
from babel.numbers import parse_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import currencies
from docgen.locales.numbers import (
    format_amount,
    format_quantity,
    format_rate,
    format_rate_exact,
    format_unit_price,
    minor_digits,
)

LANGUAGES = ("zh-CN", "en")
BABEL = {"zh-CN": Locale.parse("zh_Hans_CN"), "en": Locale.parse("en_US")}
WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
FIGURES = st.decimals(min_value=-(10**15), max_value=10**15, places=6)


# --- currencies


@pytest.mark.parametrize(
    ("code", "digits"),
    [("CNY", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("UYW", 4), ("ISK", 0), ("VND", 0), ("XOF", 0)]
    # CLDR has no decimals for these, at least in cash
    + [(code, 2) for code in ("HUF", "IDR", "TWD", "COP", "PKR", "RSD", "KPW", "LAK", "LBP", "YER")]
    + [("IQD", 3)],
)
def test_minor_digits_follow_iso(code: str, digits: int) -> None:
    assert minor_digits(code) == currencies.MINOR_DIGITS[code] == digits


def test_uganda_has_no_cents_in_iso() -> None:
    assert minor_digits("UGX") == 0


def test_the_table_is_list_one() -> None:
    assert len(currencies.MINOR_DIGITS) == 165
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in currencies.MINOR_DIGITS)
    assert list(currencies.MINOR_DIGITS.values()).count(0) == 17


def test_where_the_table_differs_from_cldr() -> None:
    """Whoever changes a row by accident is found: all others have the decimals CLDR gives them."""
    cldr = get_global("currency_fractions")
    differing = {code for code, digits in currencies.MINOR_DIGITS.items() if cldr.get(code, (2,))[0] != digits}
    assert " ".join(sorted(differing)) == "AFN ALL IQD IRR KPW LAK LBP MGA MMK RSD SOS SYP YER"


@pytest.mark.parametrize("code", ["RMB", "cny", "CN¥", "BGN", "HRK", "ZWL", "XAU", "XXX", "", "¥"])
def test_what_is_no_currency(code: str) -> None:
    assert not currencies.is_currency(code)
    with pytest.raises(ValueError, match="ISO 4217"):
        minor_digits(code)


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        currencies.MINOR_DIGITS["CNY"] = 3  # type: ignore[index]


# --- amounts


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        ("1280000.50", "CNY", "CNY 1,280,000.50", "¥1,280,000.50"),
        ("1000", "USD", "USD 1,000.00", "USD 1,000.00"),
        ("0", "CNY", "CNY 0.00", "¥0.00"),
        ("-5", "CNY", "CNY −5.00", "−¥5.00"),
        ("-5", "USD", "USD −5.00", "USD −5.00"),
        ("-1234567.8", "CNY", "CNY −1,234,567.80", "−¥1,234,567.80"),
        ("2.5", "JPY", "JPY 3", "JPY 3"),
        ("1234567", "JPY", "JPY 1,234,567", "JPY 1,234,567"),
        ("1.2345", "KWD", "KWD 1.235", "KWD 1.235"),
        ("1.2345", "CLF", "CLF 1.2345", "CLF 1.2345"),
        ("2.5", "HUF", "HUF 2.50", "HUF 2.50"),
    ],
)
def test_amounts_with_their_currency(amount: str, currency: str, english: str, chinese: str) -> None:
    assert format_amount(Decimal(amount), currency, "en", with_code=True) == english
    assert format_amount(Decimal(amount), currency, "zh-CN", with_code=True) == chinese


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("2.665", "2.67"),  # half-even would be 2.66
        ("2.675", "2.68"),
        ("-2.665", "−2.67"),
        ("0.005", "0.01"),
        ("-0.004", "0.00"),
        ("-0", "0.00"),
        ("999.995", "1,000.00"),
        ("1E+3", "1,000.00"),
        ("123456789012345678901234567890.125", "123,456,789,012,345,678,901,234,567,890.13"),
    ],
)
def test_amounts_round_half_up(amount: str, written: str, language: str) -> None:
    assert format_amount(Decimal(amount), "CNY", language) == written


@settings(max_examples=2000, deadline=None)
@given(FIGURES, st.sampled_from(LANGUAGES), st.sampled_from(["CNY", "JPY", "KWD", "CLF"]))
def test_amounts_are_babels_once_rounded(amount: Decimal, language: str, currency: str) -> None:
    digits = minor_digits(currency)
    rounded = amount.quantize(Decimal(1).scaleb(-digits), context=WIDE)
    pattern = parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))
    expected: str = pattern.apply(rounded + 0, BABEL[language])
    assert format_amount(amount, currency, language) == expected.replace("-", "−")


@EVERY_LANGUAGE
def test_the_patterns_of_cldr_are_the_ones_meant(language: str) -> None:
    """If CLDR changes how a language writes figures, we want to hear of it."""
    locale = BABEL[language]
    symbols = locale.number_symbols["latn"]
    assert (symbols["group"], symbols["decimal"], symbols["percentSign"]) == (",", ".", "%")
    assert locale.decimal_formats[None].pattern == "#,##0.###"
    assert locale.percent_formats[None].pattern == "#,##0%"


@pytest.mark.parametrize("value", ["NaN", "-NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_never_written(value: str) -> None:
    writers: list[Callable[[Decimal], str]] = [
        lambda number: format_amount(number, "CNY", "en"),
        lambda number: format_unit_price(number, "CNY", "en"),
        lambda number: format_quantity(number, "en"),
        lambda number: format_rate(number, "en"),
        lambda number: format_rate_exact(number, "en"),
    ]
    for write in writers:
        with pytest.raises(ValueError, match="cannot be written"):
            write(Decimal(value))


def test_unknown_currencies_and_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        format_amount(Decimal(1), "RMB", "en")
    for write in (format_quantity, format_rate, format_rate_exact):
        with pytest.raises(ValueError, match="language 'fr'"):
            write(Decimal(1), "fr")


# --- unit prices


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("price", "currency", "written"),
    [
        ("1200", "CNY", "1,200.00"),
        ("1200.5", "CNY", "1,200.50"),
        ("0.0125", "CNY", "0.0125"),
        ("0.012500000", "CNY", "0.0125"),
        ("0.000001", "CNY", "0.000001"),
        ("1E-6", "CNY", "0.000001"),
        ("-0.125", "CNY", "−0.125"),
        ("-0.000", "CNY", "0.00"),
        ("150", "JPY", "150"),
        ("0.75", "JPY", "0.75"),
        ("1.5", "KWD", "1.500"),
        ("1.5", "CLF", "1.5000"),
    ],
)
def test_unit_prices(price: str, currency: str, written: str, language: str) -> None:
    assert format_unit_price(Decimal(price), currency, language) == written


def test_unit_prices_are_never_rounded() -> None:
    with pytest.raises(ValueError, match="more than 6 decimals"):
        format_unit_price(Decimal("0.1234567"), "CNY", "en")


# --- quantities


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        ("30", "30"),
        ("100", "100"),
        ("10000", "10,000"),
        ("1E+3", "1,000"),
        ("2.50", "2.5"),
        ("0.00000001", "0.00000001"),
        ("-12.0", "−12"),
        ("0E+5", "0"),
        ("1234567890123456789012345678901234567890.5", "1,234,567,890,123,456,789,012,345,678,901,234,567,890.5"),
    ],
)
def test_quantities(quantity: str, written: str, language: str) -> None:
    assert format_quantity(Decimal(quantity), language) == written


@settings(max_examples=2000, deadline=None)
@given(st.decimals(min_value=-(10**30), max_value=10**30), st.sampled_from(LANGUAGES))
def test_quantities_and_prices_read_back(value: Decimal, language: str) -> None:
    written = format_quantity(value, language)
    assert Decimal(written.replace(",", "").replace("−", "-")) == value
    assert "E" not in written
    assert "." not in written or not written.endswith(("0", "."))


# --- rates


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("rate", "places", "written"),
    [
        (Decimal("0.12"), 1, "12.0%"),
        (Decimal("0.1225"), 1, "12.3%"),  # half-even would be 12.2
        (Decimal("0.1245"), 1, "12.5%"),
        (Decimal("-0.1225"), 1, "−12.3%"),
        (Decimal("-0.0004"), 1, "0.0%"),
        (Decimal("0.125"), 0, "13%"),
        (Decimal("12.5"), 1, "1,250.0%"),
        (Fraction(1, 3), 1, "33.3%"),
        (Fraction(2, 3), 2, "66.67%"),
        (Fraction(49, 400), 1, "12.3%"),
        (Fraction(-49, 400), 1, "−12.3%"),
        (Fraction(1, 1), 1, "100.0%"),
    ],
)
def test_rates(rate: Decimal | Fraction, places: int, written: str, language: str) -> None:
    assert format_rate(rate, language, places) == written


def test_rates_have_one_place_unless_asked() -> None:
    assert format_rate(Decimal("0.13"), "en") == "13.0%"


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (Decimal("0.12"), "12%"),
        (Decimal("0.125"), "12.5%"),
        (Decimal("0.130"), "13%"),
        (Decimal("1"), "100%"),
        (Decimal("0"), "0%"),
        (Decimal("0.00000001"), "0.000001%"),
        (Decimal("-0.06"), "−6%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(1, 3), "33.333333%"),
        (Fraction(2, 3), "66.666667%"),
    ],
)
def test_rates_as_agreed(rate: Decimal | Fraction, written: str, language: str) -> None:
    assert format_rate_exact(rate, language) == written


@settings(max_examples=2000, deadline=None)
@given(st.fractions(min_value=-20, max_value=20, max_denominator=10**6), st.integers(0, 4))
def test_rates_are_off_by_at_most_half_a_last_place(rate: Fraction, places: int) -> None:
    written = format_rate(rate, "en", places).removesuffix("%").replace(",", "").replace("−", "-")
    error = Fraction(written) - 100 * rate
    half = Fraction(1, 2 * 10**places)
    assert abs(error) <= half
    assert abs(error) < half or abs(Fraction(written)) > abs(100 * rate)  # a tie goes away from zero


# --- cold start


def test_babel_stays_unloaded_until_an_english_date_is_written() -> None:
    code = """
import sys, datetime
from decimal import Decimal
from docgen.locales import numbers, dates, amount_in_words
numbers.format_amount(Decimal("1.5"), "CNY", "zh-CN", with_code=True)
amount_in_words.amount_in_words(Decimal("1.5"), "CNY", "en")
dates.format_date(datetime.date(2026, 11, 20), "zh-CN")
assert "babel" not in sys.modules
dates.format_date(datetime.date(2026, 11, 20), "en")
assert "babel" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
