"""How each language writes amounts, prices, quantities and rates.

Both languages group in threes with `,`, mark decimals with `.` and put `%` behind the figure (CLDR, the data of Babel).
These few characters stand here and the tests hold them against Babel: a quotation can have thousands of figures, Babel
needs many times as long for each, and loading its data is a good part of a cold start. Differences from it are meant:

- rounding is half-up, as in all of docgen (Babel: half-even);
- decimals follow ISO 4217 (Babel: CLDR);
- minus is U+2212, as wide as a digit, and zero has none;
- `¥` is written in Chinese papers only, where it means yuan; elsewhere the ISO code stands before the amount.

Nothing here changes a value silently except the functions that say they round. NaN and infinities are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from docgen.currencies import minor_digits
from docgen.money import to_minor

__all__ = [
    "format_amount",
    "format_quantity",
    "format_rate",
    "format_rate_exact",
    "format_rounded",
    "format_unit_price",
    "minor_digits",
]

MINUS = "−"
PRICE_PLACES = 6
RATE_PLACES = 6


class _Style(NamedTuple):
    """characters: from Python's minus, group and decimal mark to the language's; symbols: instead of the ISO code."""

    characters: Mapping[int, int]
    symbols: Mapping[str, str]


_STYLES: Mapping[str, _Style] = {
    "zh-CN": _Style(str.maketrans("-,.", f"{MINUS},."), {"CNY": "¥"}),
    "en": _Style(str.maketrans("-,.", f"{MINUS},."), {}),
}


def format_amount(amount: Decimal, currency: str, language: str, *, with_code: bool = False) -> str:
    """An amount in the currency's decimals, rounded half-up. With the code, the sign stays at the figure: `USD −5.00`;
    with a symbol it comes first, as CLDR has it: `−¥5.00`.

    >>> format_amount(Decimal("1280000.505"), "CNY", "en", with_code=True)
    'CNY 1,280,000.51'
    >>> format_amount(Decimal("1280000.50"), "CNY", "zh-CN", with_code=True)
    '¥1,280,000.50'
    >>> format_amount(Decimal("1000"), "USD", "zh-CN", with_code=True), format_amount(Decimal("1234.5"), "JPY", "en")
    ('USD 1,000.00', '1,235')
    """
    style = _style(language)
    rounded = to_minor(_finite(amount), minor_digits(currency))
    figure = _written(f"{rounded:,f}", style)
    if not with_code:
        return figure
    symbol = style.symbols.get(currency)
    if symbol is None:
        return f"{currency} {figure}"
    return f"{MINUS}{symbol}{figure[1:]}" if figure.startswith(MINUS) else symbol + figure


def format_unit_price(price: Decimal, currency: str, language: str) -> str:
    """A price per unit, never rounded: at least the currency's decimals, at most six; more are refused.

    >>> format_unit_price(Decimal("0.0125"), "CNY", "en"), format_unit_price(Decimal("1200.5000"), "CNY", "en")
    ('0.0125', '1,200.50')
    """
    return _exact(price, language, at_least=minor_digits(currency), at_most=PRICE_PLACES)


def format_quantity(quantity: Decimal, language: str) -> str:
    """A quantity as exact as it is, without trailing zeros and never with an exponent.

    >>> format_quantity(Decimal("1E+3"), "en"), format_quantity(Decimal("2.50"), "zh-CN")
    ('1,000', '2.5')
    """
    return _exact(quantity, language)


def format_rounded(value: Decimal, language: str, places: int) -> str:
    """A number rounded half-up to a fixed number of decimals, for the labels of a chart.

    >>> format_rounded(Decimal("1755.74"), "en", 0), format_rounded(Decimal("53"), "zh-CN", 1)
    ('1,756', '53.0')
    """
    return _written(f"{to_minor(_finite(value), places):,f}", _style(language))


def format_rate(rate: Decimal | Fraction, language: str, places: int = 1) -> str:
    """A rate as a percentage with a fixed number of decimals, rounded half-up.

    >>> format_rate(Decimal("0.12"), "en"), format_rate(Decimal("0.1225"), "en"), format_rate(Fraction(1, 3), "en", 2)
    ('12.0%', '12.3%', '33.33%')
    """
    return _written(f"{_percent(rate, places):,f}", _style(language)) + "%"


def format_rate_exact(rate: Decimal | Fraction, language: str) -> str:
    """A rate as it was agreed, without trailing zeros. What goes on beyond six decimals of a percent is rounded there.

    >>> format_rate_exact(Decimal("0.12"), "en"), format_rate_exact(Decimal("0.125"), "zh-CN")
    ('12%', '12.5%')
    """
    return _exact(_percent(rate, RATE_PLACES), language) + "%"


def _style(language: str) -> _Style:
    try:
        return _STYLES[language]
    except KeyError:
        raise ValueError(f"no number style for language {language!r}") from None


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} cannot be written on a page")
    return value


def _percent(rate: Decimal | Fraction, places: int) -> Decimal:
    if isinstance(rate, Decimal):
        _finite(rate)
    return to_minor(rate, places + 2).scaleb(2)


@lru_cache(maxsize=4096)
def _exact(value: Decimal, language: str, *, at_least: int = 0, at_most: int | None = None) -> str:
    """All decimals of the value, trailing zeros only up to `at_least`."""
    whole, _, decimals = f"{_finite(value):,f}".partition(".")
    decimals = decimals.rstrip("0")
    if at_most is not None and len(decimals) > at_most:
        raise ValueError(f"{value} has more than {at_most} decimals")
    decimals = decimals.ljust(at_least, "0")
    return _written(f"{whole}.{decimals}" if decimals else whole, _style(language))


def _written(text: str, style: _Style) -> str:
    """Python's figure in the characters of the language; a zero loses the sign of what it was rounded from."""
    if text.startswith("-") and not text.strip("-0,."):
        text = text[1:]
    return text.translate(style.characters)
