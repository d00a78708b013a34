"""Numbers before paragraphs: what kind they are and what they say, typed by hand or written by Word."""

from __future__ import annotations

import re
from typing import NamedTuple

_CHINESE = "〇零一二三四五六七八九十百"
_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_GAP = r"[\s　、：:.．]*"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "annex",
        rf"(?:附件|附录)\s*([{_CHINESE}\d]*)(?=[\s　：:《]|$)|(?:Annex|Schedule|Appendix|Exhibit)\s+(\d+|[A-Z])\b",
    ),
    ("chapter", rf"第\s*([{_CHINESE}\d]+)\s*[章编]|(?:PART|Part|CHAPTER|Chapter)\s+(\d+|[IVXL]+)\b"),
    ("article", rf"第\s*([{_CHINESE}\d]+)\s*条|(?:Article|ARTICLE|Clause|CLAUSE|Section|SECTION)\s+(\d+|[IVXL]+)\b"),
    ("third", r"(\d{1,3}(?:\.\d{1,3}){2,3})(?![\d.])"),
    ("second", r"(\d{1,3}\.\d{1,3})(?![\d.]|\s*[%万亿元])"),
    ("first", r"(\d{1,3})\s*[.、．](?!\d)"),
    ("listed", rf"([{_CHINESE}]{{1,4}})、"),
    ("bracketed", rf"[（(]\s*([{_CHINESE}]{{1,4}})\s*[）)]"),
    ("counted", r"[（(]\s*(\d{1,3})\s*[）)]|(\d{1,3})[）)]"),
    ("roman", r"[（(]\s*([ivx]{1,6})\s*[）)]|([ivx]{1,6})\)"),
    ("letter", r"[（(]\s*([a-zA-Z])\s*[）)]|([a-zA-Z])\)"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
ANNEX, CHAPTER, ARTICLE, FIRST, SECOND, THIRD, LISTED, BULLET, HEADING, PLAIN = (
    *("annex", "chapter", "article", "first", "second", "third", "listed", "bullet", "heading", "plain"),
)  # fmt: skip


class Label(NamedTuple):
    """kind: which sort of number; number: as typed, without signs; numbers: what it counts, (3, 2) for 3.2; rest: the
    words behind it."""

    kind: str
    number: str = ""
    numbers: tuple[int, ...] = ()
    rest: str = ""


def typed(text: str) -> Label | None:
    """The number a text begins with; None where it begins with words."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is not None:
            said = next((each for each in match.groups() if each), "")
            rest = text[match.end() :]
            return Label(kind, said, counted(said), re.sub(rf"^{_GAP}", "", rest))
    return None


def automatic(label: str, level: int, before: Label | None) -> Label:
    """A number Word wrote. `before`: the last one on the same level, which tells (i) after (h) from (i) after (a)."""
    if label == "•":
        return Label(BULLET)
    found = typed(label if not label.isdecimal() else f"{label}.")
    if found is None:
        return Label(f"level {level}", label)
    is_letter = found.kind == "roman" and before is not None and before.kind == "letter"
    return found._replace(kind="letter" if is_letter else found.kind, rest="")


def counted(said: str) -> tuple[int, ...]:
    """3 → (3,), 3.2 → (3, 2), 十二 → (12,); () for letters."""
    if re.fullmatch(r"\d+(?:\.\d+)*", said):
        return tuple(int(each) for each in said.split("."))
    return (chinese(said),) if said and all(sign in _CHINESE for sign in said) else ()


def chinese(said: str) -> int:
    """十二 → 12, 一百零三 → 103."""
    total, now = 0, 0
    for sign in said:
        if sign in "十百":
            total += (now or 1) * (10 if sign == "十" else 100)
            now = 0
        else:
            now = now * 10 + _DIGITS[sign]
    return total + now
