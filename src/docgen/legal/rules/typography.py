"""T15: punctuation and style, as each language has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import All, Not
from docgen.legal.paragraphs import Paragraph, inner, paragraphs, readings
from docgen.legal.passages import NOTHING, PRINTED, Passage, Wrong
from docgen.legal.rules.references import by_facts

_HAN = r"[\u4e00-\u9fff]"
_WIDE = r"[\u4e00-\u9fff，。；：、（）]"
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("‘", "’"), ("「", "」"), ("【", "】"), ("[", "]"), ("(", ")"))
_APOSTROPHE = re.compile(rf"(?<=[\w{PRINTED}])’(?=\w)|(?<=s)’(?=\s)")


def typography(bench: Bench) -> Iterator[Finding]:
    """T15: marks come in pairs, sentences and items end as they should, spaces and widths are right, the sides are
    printed and never typed."""
    for passage in bench.passages:
        for rule in (_characters, _sides, _pairs, _ends):
            yield from rule(bench, passage)


# ---- characters -----------------------------------------------------------------------------------------------------
_BEFORE, _BEHIND = rf"(?<={_HAN}|[”》）{PRINTED}])", rf"(?= ?{_HAN}| ?[“《（{PRINTED}]|$)"
_ZH_RULES = (
    (re.compile(rf"{_BEFORE}[,;:!?]{_BEHIND}", re.MULTILINE), "t15_half_width"),
    (re.compile(rf"(?<={_HAN}|[”》）])\.(?!\w)"), "t15_half_width"),
    (re.compile(rf"\((?={_HAN})|(?<={_HAN})\)"), "t15_half_width"),
    (re.compile(rf"(?<={_HAN})[ \u00a0\u3000]+(?={_HAN})"), "t15_space_in_chinese"),
    (re.compile(rf"(?<={_WIDE}) +(?=[{PRINTED}0-9A-Za-z])"), "t15_space_in_chinese"),
    (re.compile(rf"(?<=[{PRINTED}0-9A-Za-z]) +(?={_WIDE})"), "t15_space_in_chinese"),
    (re.compile(r"[\"']"), "t15_straight_quote"),
)  # fmt: skip
_EN_RULES = (
    (re.compile(r"[，。；：！？（）、]"), "t15_full_width"),
    (re.compile(rf"(?<=\S) +(?=[,;:.](?:\s|$|{PRINTED}))"), "t15_space_before_mark"),
    (re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself|he/she|his/her)\b", re.IGNORECASE), "t15_he_or_she"),
    (re.compile(r"(?<=[A-Za-z])[,;](?=[A-Za-z])"), "t15_space_missing"),
    (re.compile(r"\""), "t15_straight_quote"),
)  # fmt: skip
_BOTH = (
    (re.compile(r"(?<=\S) {2,}(?=\S)"), "t15_double_space"),
    (re.compile(r"[，。；：、]{2,}|(?<!\.)\.\.(?!\.)|,,|;;|[，。；：,;:][，。；,;](?!\w)"), "t15_double_mark"),
)  # fmt: skip


def _characters(bench: Bench, passage: Passage) -> Iterator[Finding]:
    prose = passage.prose
    told: set[int] = set()
    for pattern, code in (*(_ZH_RULES if passage.is_zh else _EN_RULES), *_BOTH):
        for match in pattern.finditer(prose):
            if match.start() not in told and not _in_indent(prose, match):
                told.add(match.start())
                found = match[0].replace(PRINTED, "").replace(NOTHING, "") or " "
                yield bench.in_text(passage, match.start(), code, found=found)


def _in_indent(prose: str, match: re.Match[str]) -> bool:
    """Spaces before an item are its level."""
    start = prose.rfind("\n", 0, match.start()) + 1
    return not prose[start : match.end()].replace(NOTHING, "").strip(" -#")


_SIDES = {
    "zh-CN": re.compile(r"[甲乙]方"),
    "en": re.compile(r"\b(?:Customer|Supplier|Partner|Party A|Party B)\b"),
}


def _sides(bench: Bench, passage: Passage) -> Iterator[Finding]:
    for match in _SIDES[passage.language].finditer(passage.prose):
        side = "supplier" if match[0] in ("乙方", "Supplier", "Party B") else "buyer"
        yield bench.in_text(passage, match.start(), "t15_side_typed", word=match[0], side=f"{{{{ {side} }}}}")


# ---- pairs ----------------------------------------------------------------------------------------------------------
def _pairs(bench: Bench, passage: Passage) -> Iterator[Finding]:
    for paragraph in paragraphs(passage):
        for reading in readings(paragraph):
            wrong = _unpaired(_APOSTROPHE.sub("", reading))
            if wrong:
                at = paragraph.at + max(0, passage.source[paragraph.at : paragraph.end + 1].find(wrong))
                yield bench.in_text(passage, at, "t15_unpaired", mark=wrong)
                break


def _unpaired(reading: str) -> str:
    """The first mark that is closed or opened without the other; "" where all are paired."""
    opened: list[str] = []
    closing = {end: start for start, end in _PAIRS}
    for char in reading:
        if char in closing.values():
            opened.append(char)
        elif char in closing and (not opened or opened.pop() != closing[char]):
            return char
    return opened[-1] if opened else ""


# ---- ends -----------------------------------------------------------------------------------------------------------
def _ends(bench: Bench, passage: Passage) -> Iterator[Finding]:
    """Paragraphs end with a full stop, or with a colon before their items; items with ；, the last with 。"""
    all_ = [each for each in paragraphs(passage) if not any(isinstance(n, Wrong) for n in inner(each.nodes))]
    if all_ and passage.clause is not None and all_[0].kind == "paragraph" and not all_[0].path:
        words = passage.source[all_[0].at :].split("\n")[0].strip()
        yield bench.in_text(passage, all_[0].at, "t15_no_title", words=words[:30])
        del all_[0]
    for index, paragraph in enumerate(all_):
        following = next((each for each in all_[index + 1 :] if not _is_otherwise(paragraph, each)), None)
        wanted = _wanted(passage, paragraph, following)
        if wanted is None:
            continue
        for reading in readings(paragraph):
            if not wanted[1](reading.rstrip().removesuffix("**")):
                yield bench.in_text(passage, paragraph.end, wanted[0], wanted=wanted[2])
                break
        if following is not None and any(reading.rstrip().endswith(("：", ":")) for reading in readings(paragraph)):
            yield from _leads_nowhere(bench, passage, paragraph, all_[index + 1 :])


_Wanted = tuple[str, Callable[[str], bool], str]


def _wanted(passage: Passage, paragraph: Paragraph, following: Paragraph | None) -> _Wanted | None:
    zh = passage.is_zh
    stop, colon, semicolon = ("。", "：", "；") if zh else (".", ":", ";")
    if paragraph.kind in ("title", "heading"):
        return "t15_title_ends", lambda text: text[-1:] not in "。.；;：:", "no mark"
    if paragraph.kind == "table" or passage.clause is None:
        return None
    leads = following is not None and following.kind in _BELOW[paragraph.kind]
    if paragraph.kind == "paragraph":
        marks = (colon, stop) if leads or _before_table(following) else (stop,)
        return "t15_no_end", _ends_with(marks), " or ".join(marks)
    if leads:
        return "t15_no_end", _ends_with((colon,)), colon
    if following is not None and following.kind in ("item", "subitem"):
        joined = () if zh else ("; and", "; or")
        return "t15_item_end", _ends_with((semicolon, *joined)), semicolon
    return "t15_last_item_end", _ends_with((stop,)), stop


_BELOW: dict[str, Sequence[str]] = {"paragraph": ("item",), "item": ("subitem",), "subitem": ()}


def _before_table(following: Paragraph | None) -> bool:
    return following is not None and following.kind == "table"


def _is_otherwise(paragraph: Paragraph, other: Paragraph) -> bool:
    """Whether they stand in different branches of one choice, so that never both are read."""
    mine, theirs = dict(paragraph.choices), dict(other.choices)
    return any(at in theirs and theirs[at] != branch for at, branch in mine.items())


def _leads_nowhere(
    bench: Bench, passage: Passage, paragraph: Paragraph, later: Sequence[Paragraph]
) -> Iterator[Finding]:
    """A colon before items or tables that all depend on conditions, for which none may hold."""
    below: list[Paragraph] = []
    for each in later:
        if each.kind in ("item", "subitem", "table"):
            below.append(each)
        elif not _is_otherwise(paragraph, each):
            break
    stands = (*by_facts(bench, passage), *paragraph.path)
    absent = [Not(All(each.path)) for each in below]
    if below and bench.presence.is_possible(*stands, *absent):
        yield bench.in_text(passage, paragraph.end, "t15_leads_nowhere")


def _ends_with(marks: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda text: text.rstrip('”’")）').endswith(marks) or text.endswith(marks)
