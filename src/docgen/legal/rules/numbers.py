"""T09 and T10: figures, dates, amounts and names of parties that belong into facts, and figures beside other words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import Filtered, Name
from docgen.legal.passages import PRINTED, Passage, Print, Words

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    **{"hundred": 100, "thousand": 1000},
}
_ZH = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2, "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10000,
}  # fmt: skip
_ZH_DIGITS = "".join(_ZH)
_EN_WORD = "|".join(sorted(_EN, key=len, reverse=True))
_EN_NUMBER = rf"(?:{_EN_WORD})(?:[- ](?:and )?(?:{_EN_WORD}))*"

_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.:：/-]*(?:\s?[%‰％])?")
_ZH_COUNT = re.compile(
    rf"(?<!第)[{_ZH_DIGITS}几半]+(?:[（(]{PRINTED}+[)）])?个?(?:自然|工作|交易)?(?:日|天|年|月|周|小时|分钟|元|倍|%|％|折|期)(?![常后内前]?常)"
    rf"|百分之[{_ZH_DIGITS}]+|千分之[{_ZH_DIGITS}]+|万分之[{_ZH_DIGITS}]+"
)
_ZH_MEANT = re.compile(r"^(?:一个?(?:自然|工作|交易)?[年月日天期周]|两期)$")
"""`任何一日`, `一期`: counting, no period of its own."""
_EN_COUNT = re.compile(
    rf"\b{_EN_NUMBER}(?: \((?:\d+|{PRINTED}+)\))? (?:working |business |calendar |consecutive )?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|per cent|percent|times)\b"
    r"|\bhalf an? (?:hour|day|week|month|year)\b|\bfortnights?\b",
    re.IGNORECASE,
)
_EN_MEANT = re.compile(r"^one (?:day|month|year|hour|time)s?$", re.IGNORECASE)
_COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()]{2,}?(?:有限责任公司|有限公司|股份公司)"
    r"|\b(?:[A-Z][\w&-]+ )+(?:Co\., ?Ltd|Ltd|GmbH|Inc|LLC|PLC|S\.A)\b"
)

_EN_PAIR = re.compile(rf"\b({_EN_NUMBER})\s*\(\s*([\d,.]+)\s*[%)]", re.IGNORECASE)
_ZH_PAIR = re.compile(rf"([{_ZH_DIGITS}]+)(?:[日天年月元整个]*)[（(]\s*([\d,.]+)\s*[日天年月元%％]*[)）]")
_ZH_PAIR_BACK = re.compile(rf"([\d,.]+)\s*[日天年月元]*[（(]([{_ZH_DIGITS}]+)[日天年月元整]*[)）]")
_EN_PAIR_BACK = re.compile(rf"\b([\d,.]+)\s*\(({_EN_NUMBER})\)", re.IGNORECASE)


# ---- T09 ------------------------------------------------------------------------------------------------------------
def typed_numbers(bench: Bench) -> Iterator[Finding]:
    """T09: no figure, period, rate, amount, date or company stands in the prose; facts and own values do."""
    for passage in bench.passages:
        fixed = _fixed(passage)
        taken: list[tuple[int, int]] = []
        for pattern, meant in ((_ZH_COUNT, _ZH_MEANT), (_EN_COUNT, _EN_MEANT), (_FIGURE, None)):
            for match in pattern.finditer(passage.prose):
                if meant is not None and meant.match(match[0]):
                    continue
                if any(start <= match.start() < end for start, end in (*fixed, *taken)) or _is_order(passage, match):
                    continue
                taken.append(match.span())
                number = re.sub(f"{PRINTED}+", "…", match[0]).strip()
                yield bench.in_text(passage, match.start(), "t09_typed_number", number=number)
        yield from _typed_parties(bench, passage)


def _fixed(passage: Passage) -> list[tuple[int, int]]:
    """Where the text holds what its card says it holds on purpose."""
    if passage.clause is None:
        return []
    texts = [str(each.text) for each in passage.clause.card.fixed]
    return [m.span() for text in texts for m in re.finditer(re.escape(text), passage.source)]


def _is_order(passage: Passage, match: re.Match[str]) -> bool:
    """Letters before the figure make it a name: `ISO27001`, `2.0` behind `version` is none."""
    before = passage.prose[match.start() - 1 : match.start()]
    return before.isascii() and before.isalpha()


def _typed_parties(bench: Bench, passage: Passage) -> Iterator[Finding]:
    names = [name for name in bench.sellers if name in passage.prose]
    for name in names:
        yield bench.in_text(passage, passage.prose.index(name), "t09_typed_party", name=name)
    if not names:
        for match in _COMPANY.finditer(passage.prose):
            yield bench.in_text(passage, match.start(), "t09_typed_party", name=match[0])


# ---- T10 ------------------------------------------------------------------------------------------------------------
def figures_and_words(bench: Bench) -> Iterator[Finding]:
    """T10: a figure and the words beside it are the same number, and both come from one value."""
    for passage in bench.passages:
        for pattern, words_first in (
            (_EN_PAIR, True),
            (_EN_PAIR_BACK, False),
            (_ZH_PAIR, True),
            (_ZH_PAIR_BACK, False),
        ):
            for match in pattern.finditer(passage.prose):
                words, figure = (match[1], match[2]) if words_first else (match[2], match[1])
                meant = _number(words)
                if meant is not None and meant != _figure(figure):
                    params = {"words": words, "figure": figure, "meant": meant}
                    yield bench.in_text(passage, match.start(), "t10_other_number", **params)
        yield from _printed_pairs(bench, passage)


def _printed_pairs(bench: Bench, passage: Passage) -> Iterator[Finding]:
    """`{{ fees.total|in_words }}（{{ fees.net }}）` prints two amounts."""
    before: tuple[Print, str] | None = None
    for node, _ in passage.walk():
        if isinstance(node, Print):
            if before is not None and before[1].strip() in ("（", "(", "（大写：", "（大写", "(in words:", "(in words"):
                one, other = _bare(before[0]), _bare(node)
                if one != other and (_in_words(before[0]) or _in_words(node)):
                    yield bench.in_text(passage, node.at, "t10_other_value", one=one, other=other)
            before = (node, "")
        elif isinstance(node, Words) and before is not None:
            before = (before[0], before[1] + node.text)
        else:
            before = None


def _bare(node: Print) -> str:
    value = node.expr
    while isinstance(value, Filtered):
        value = value.of
    return value.name if isinstance(value, Name) else node.written


def _in_words(node: Print) -> bool:
    return isinstance(node.expr, Filtered) and node.expr.filter == "in_words"


def _figure(text: str) -> float | None:
    try:
        return float(text.rstrip(".,").replace(",", ""))
    except ValueError:
        return None


def _number(words: str) -> int | None:
    """A number in English or Chinese words; None where it cannot be told."""
    if words[:1] in _ZH:
        return _zh_number(words)
    total, current = 0, 0
    for word in re.split(r"[- ]+", words.lower()):
        if word == "and":
            continue
        value = _EN.get(word)
        if value is None:
            return None
        if value >= 100:
            current = max(1, current) * value
            total, current = (total + current, 0) if value == 1000 else (total, current)
        else:
            current += value
    return total + current


def _zh_number(words: str) -> int | None:
    total, section, digit = 0, 0, 0
    for char in words:
        value = _ZH.get(char)
        if value is None:
            return None
        if value == 10000:
            total, section, digit = (total + section + digit) * value, 0, 0
        elif value >= 10:
            section, digit = section + max(1, digit) * value, 0
        else:
            digit = value
    return total + section + digit
