"""Amounts in words: Chinese capitals (人民币大写) and English cheque words.

Capitals follow 《支付结算办法》附录一《正确填写票据和结算凭证的基本规定》 (银发〔1997〕393号, People's Bank of China),
rules 二 to 四. Where the rule leaves a choice, docgen always takes the same:

- up to 元: 整 must follow; after 角 it may, we leave it out; after 分 it must not (rule 二);
- zeros inside the figure are one 零 (rule 四, 1 and 2): 6007.14 陆仟零柒元壹角肆分;
- 元 is 0 and 角 is not: 零 may stand or not (rule 四, 3). We write it: 1680.32 壹仟陆佰捌拾元零叁角贰分;
- 万 is 0 and 仟 is not: likewise. We leave it out, so that both of our forms are the rule's own first examples:
  107000.53 壹拾万柒仟元零伍角叁分. The same holds one step higher, for 亿 and 仟万. But where all of 万 (or 亿) is
  empty we write it, as bookkeepers do and speech asks: 100002408.99 壹亿零贰仟肆佰零捌元玖角玖分;
- 角 is 0 and 分 is not: 零 must follow 元 (rule 四, 4): 325.04 叁佰贰拾伍元零肆分.

Above 亿 counting goes on as Chinese does in speech, 万亿 for 10^12, and ends below 10^16, where 亿亿 and 兆 compete.
Other currencies take their Chinese name instead of 人民币, the customary form of contracts (美元壹佰万元整), and their
thousandths and ten-thousandths, which few have, the traditional 厘 and 毫.

English words are currency, words, hundredths in figures as on a cheque, and `only` against additions. Nothing in them
can be read two ways: `and` stands before the hundredths alone, and there are no commas:
`US dollars one thousand two hundred thirty-four and 50/100 only`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from docgen.currencies import minor_digits

LIMIT = 10**16

_CHINESE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "AED": "阿联酋迪拉姆",
        "AUD": "澳大利亚元",
        "BRL": "巴西雷亚尔",
        "CAD": "加拿大元",
        "CHF": "瑞士法郎",
        "CNY": "人民币",
        "CZK": "捷克克朗",
        "DKK": "丹麦克朗",
        "EUR": "欧元",
        "GBP": "英镑",
        "HKD": "港元",
        "HUF": "匈牙利福林",
        "IDR": "印度尼西亚卢比",
        "ILS": "以色列新谢克尔",
        "INR": "印度卢比",
        "JPY": "日元",
        "KRW": "韩元",
        "KWD": "科威特第纳尔",
        "KZT": "哈萨克斯坦坚戈",
        "MOP": "澳门元",
        "MXN": "墨西哥比索",
        "MYR": "马来西亚林吉特",
        "NOK": "挪威克朗",
        "NZD": "新西兰元",
        "PHP": "菲律宾比索",
        "PLN": "波兰兹罗提",
        "QAR": "卡塔尔里亚尔",
        "RUB": "俄罗斯卢布",
        "SAR": "沙特里亚尔",
        "SEK": "瑞典克朗",
        "SGD": "新加坡元",
        "THB": "泰铢",
        "TRY": "土耳其里拉",
        "TWD": "新台币",
        "USD": "美元",
        "VND": "越南盾",
        "ZAR": "南非兰特",
    }
)
_ENGLISH_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "AED": "UAE dirhams",
        "AUD": "Australian dollars",
        "BRL": "Brazilian reals",
        "CAD": "Canadian dollars",
        "CHF": "Swiss francs",
        "CNY": "Chinese yuan",
        "CZK": "Czech korunas",
        "DKK": "Danish kroner",
        "EUR": "Euros",
        "GBP": "Pounds sterling",
        "HKD": "Hong Kong dollars",
        "HUF": "Hungarian forints",
        "IDR": "Indonesian rupiahs",
        "ILS": "Israeli new shekels",
        "INR": "Indian rupees",
        "JPY": "Japanese yen",
        "KRW": "South Korean won",
        "KWD": "Kuwaiti dinars",
        "KZT": "Kazakhstani tenge",
        "MOP": "Macanese patacas",
        "MXN": "Mexican pesos",
        "MYR": "Malaysian ringgits",
        "NOK": "Norwegian kroner",
        "NZD": "New Zealand dollars",
        "PHP": "Philippine pesos",
        "PLN": "Polish zlotys",
        "QAR": "Qatari riyals",
        "RUB": "Russian rubles",
        "SAR": "Saudi riyals",
        "SEK": "Swedish kronor",
        "SGD": "Singapore dollars",
        "THB": "Thai baht",
        "TRY": "Turkish lira",
        "TWD": "New Taiwan dollars",
        "USD": "US dollars",
        "VND": "Vietnamese dong",
        "ZAR": "South African rand",
    }
)


def amount_in_words(amount: Decimal, currency: str, language: str) -> str:
    """The whole phrase, currency included. Refuses what the currency cannot pay and amounts from 10^16 on.

    >>> amount_in_words(Decimal("1001.50"), "CNY", "zh-CN")
    '人民币壹仟零壹元伍角'
    >>> amount_in_words(Decimal("1360000"), "USD", "zh-CN")
    '美元壹佰叁拾陆万元整'
    >>> amount_in_words(Decimal("1001.50"), "CNY", "en")
    'Chinese yuan one thousand one and 50/100 only'
    """
    try:
        write = _WRITERS[language]
    except KeyError:
        raise ValueError(f"no words for amounts in language {language!r}") from None
    digits = minor_digits(currency)
    return write(_minor_units(amount, currency, digits), currency, digits)


def _minor_units(amount: Decimal, currency: str, digits: int) -> int:
    """The amount counted in its smallest coin; integers from here on."""
    if not amount.is_finite() or amount.copy_abs() >= LIMIT:
        raise ValueError(f"{amount} {currency} cannot be written in words; the limit is 10^16")
    numerator, denominator = amount.as_integer_ratio()
    units, rest = divmod(numerator * _coins_in_one(digits), denominator)
    if rest:
        raise ValueError(f"{amount} {currency} has more than {digits} decimals")
    return units


def _coins_in_one(digits: int) -> int:
    """100 fen make a yuan; a yen is its own smallest coin."""
    coins: int = 10**digits
    return coins


# --- Chinese

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_COINS = "角分厘毫"


def _chinese(units: int, currency: str, digits: int) -> str:
    whole, coins = divmod(abs(units), _coins_in_one(digits))
    sign = "负" if units < 0 else ""
    return _CHINESE_NAMES.get(currency, currency) + sign + _capitals(whole, f"{coins:0{digits}d}" if coins else "")


def _capitals(whole: int, coins: str) -> str:
    """1680 and "32": 壹仟陆佰捌拾元零叁角贰分; `coins` is empty when there are none."""
    if not coins:
        return _capital_number(whole) + "元整"
    small = _capital_coins(coins)
    if whole == 0:
        return small
    gap = "零" if whole % 10 == 0 or coins[0] == "0" else ""
    return _capital_number(whole) + "元" + gap + small


def _capital_coins(coins: str) -> str:
    """Of 32: 叁角贰分, of 04: 肆分; zeros between coins are one 零, before and after them nothing."""
    written, zeros = "", 0
    for digit, coin in zip(map(int, coins), _COINS, strict=False):
        if digit:
            written += ("零" if zeros and written else "") + _DIGITS[digit] + coin
        zeros = 0 if digit else zeros + 1
    return written


def _capital_number(number: int) -> str:
    """1001: 壹仟零壹; 0: 零. One pass over the digits, remembering the zeros just passed."""
    if number == 0:
        return "零"
    written, zeros = "", 0
    figures = str(number)
    for place, digit in zip(range(len(figures) - 1, -1, -1), map(int, figures), strict=True):
        if digit:
            written += ("零" if _zero_heard(zeros, place) else "") + _DIGITS[digit] + _PLACES[place % 4]
        zeros = 0 if digit else zeros + 1
        written += _group_unit(place, zeros)
    return written


def _zero_heard(zeros: int, place: int) -> bool:
    """Zeros are heard, but not when they only end one group of four and the next group starts full: 拾万柒仟."""
    return zeros > 0 and (place % 4 != 3 or zeros >= 4)


def _group_unit(place: int, zeros: int) -> str:
    """万 ends a group that is not empty, at 10^4 and again at 10^12; 亿 ends all that stands above it."""
    if place == 8:
        return "亿"
    return "万" if place in (4, 12) and zeros < 4 else ""


# --- English

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_SMALL = _ONES + _TEENS
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", " thousand", " million", " billion", " trillion", " quadrillion")


def _english(units: int, currency: str, digits: int) -> str:
    whole, coins = divmod(abs(units), _coins_in_one(digits))
    sign = "minus " if units < 0 else ""
    fraction = f" and {coins:0{digits}d}/{_coins_in_one(digits)}" if coins else ""
    return f"{_ENGLISH_NAMES.get(currency, currency)} {sign}{_english_number(whole)}{fraction} only"


def _english_number(number: int) -> str:
    """1234: one thousand two hundred thirty-four."""
    if number == 0:
        return _SMALL[0]
    parts: list[str] = []
    for scale in _SCALES:
        number, group = divmod(number, 1000)
        if group:
            parts.append(_english_group(group) + scale)
    return " ".join(reversed(parts))


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    parts = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest:
        parts.append(_SMALL[rest] if rest < 20 else _english_tens(rest))
    return " ".join(parts)


def _english_tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


_WRITERS: Mapping[str, Callable[[int, str, int], str]] = MappingProxyType({"zh-CN": _chinese, "en": _english})
