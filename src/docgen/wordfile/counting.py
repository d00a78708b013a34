"""Counters as Word writes them: 3, iii, c, 三, 叁, ③."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PLAIN, _FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_UNITS, _FORMAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_MOST = 100_000


def written(count: int, form: str) -> str:
    """A counter in one of Word's number formats; one we do not know is written in digits, as Word itself does."""
    if not 0 < count < _MOST:
        return str(count)
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form == "decimalZero":
        return f"{count:02}"
    return _asian(count, form)


def _asian(count: int, form: str) -> str:
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return _spelled(count, _PLAIN, _UNITS, "零")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _spelled(count, _FORMAL, _FORMAL_UNITS, "零")
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_PLAIN[int(digit)] for digit in str(count))
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(count))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)


def _roman(count: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            out, count = out + letters, count - worth
    return out


def _spelled(count: int, digits: str, units: tuple[str, ...], nought: str) -> str:
    """十二, 一百零三; ten to nineteen without a one before."""
    if count >= 10_000:
        high, low = divmod(count, 10_000)
        between = nought if 0 < low < 1000 else ""
        return (
            f"{_spelled(high, digits, units, nought)}万{between}{_spelled(low, digits, units, nought) if low else ''}"
        )
    out, skipped = "", False
    for power in range(3, -1, -1):
        digit = count // 10**power % 10
        if digit:
            out += (nought if skipped and out else "") + digits[digit] + units[power]
            skipped = False
        else:
            skipped = True
    one_ten = digits[1] + units[1]
    return out.removeprefix(digits[1]) if out.startswith(one_ten) and count < 20 and digits == _PLAIN else out
