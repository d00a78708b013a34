"""Two versions of one text as a row of edits.

The unit is what a reader takes in at once: a Latin word, a figure with its sign, a date, a Chinese character. Edits
with next to nothing between them are told as one: `三十（30）` → `四十五（45）`, not three changes around two brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"\d{{4}}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {_MONTH} \d{{4}}"
_SIGN = r"(?:[¥￥$€£]\s?|(?:CNY|RMB|USD|EUR|HKD|SGD|人民币)\s?)"
_NUMBER = rf"{_SIGN}?\d+(?:[.,]\d+)*(?:\s?[%％‰])?"
_CAPITALS = "(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟][零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+"
_SPELLED = "[百千万]分之[一二三四五六七八九十]+|[〇零一二两三四五六七八九十百千]{2,}"
FIGURE = re.compile(f"{_DATE}|{_NUMBER}|{_CAPITALS}|{_SPELLED}")
_TOKEN = re.compile(rf"{FIGURE.pattern}|[^\W\d_一-鿿㐀-䶿぀-ヿ]+(?:['’-][^\W\d_一-鿿㐀-䶿぀-ヿ]+)*|\s+|.", re.DOTALL)
_MOST_COMPARED = 4_000_000
"""Pairs of tokens looked at; beyond it (two texts of 2,000 words with nothing alike) the whole is one edit."""
SMALL_GAP = 2
"""Characters between two edits that do not keep them apart."""


class Edit(NamedTuple):
    """A stretch of both texts: the same in both, or `old` replaced by `new` (either may be empty)."""

    old: str
    new: str

    @property
    def is_change(self) -> bool:
        return self.old != self.new


class Stretch(NamedTuple):
    """Places of two sequences: alike, or the one put in the place of the other."""

    alike: bool
    old: slice
    new: slice


def tokens(text: str) -> list[str]:
    """The text in units a reader takes in at once; joined they are the text."""
    return _TOKEN.findall(text)


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """How the old text became the new one. All old sides joined are the old text, all new sides the new one."""
    before, after = tokens(old), tokens(new)
    return tuple(
        Edit("".join(before[each.old]), "".join(after[each.new]))
        for each in stretches(before, after, lambda unit: unit)
    )


def stretches(old: Sequence[K], new: Sequence[K], text_of: Callable[[K], str]) -> list[Stretch]:
    """Two sequences as stretches, alike and changed in turn. `text_of`: what a reader sees of one unit."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [Stretch(True, slice(0, head), slice(0, head))] if head else []
    found += [_moved(each, head) for each in _compared(inner_old, inner_new)]
    if tail:
        found.append(Stretch(True, slice(len(old) - tail, len(old)), slice(len(new) - tail, len(new))))
    return _merged(found, lambda part: "".join(map(text_of, old[part])))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _compared(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    if len(old) * len(new) > _MOST_COMPARED:
        yield Stretch(False, slice(0, len(old)), slice(0, len(new)))
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Stretch(kind == "equal", slice(i1, i2), slice(j1, j2))


def _moved(each: Stretch, by: int) -> Stretch:
    old, new = each.old, each.new
    return Stretch(each.alike, slice(old.start + by, old.stop + by), slice(new.start + by, new.stop + by))


def _merged(found: Sequence[Stretch], shown: Callable[[slice], str]) -> list[Stretch]:
    """Changes with a small gap between them become one; a gap at either end of the text stays."""
    out: list[Stretch] = []
    for at, each in enumerate(found):
        is_between = 0 < at < len(found) - 1
        joins = each.alike and is_between and _is_small(shown(each.old))
        if out and not out[-1].alike and (joins or not each.alike):
            last = out[-1]
            out[-1] = Stretch(False, slice(last.old.start, each.old.stop), slice(last.new.start, each.new.stop))
        else:
            out.append(each)
    return out


def _is_small(text: str) -> bool:
    """Whether a stretch between two edits is too little to keep them apart: a bracket, a space, a character or two."""
    bare = text.strip()
    return len(bare) <= (SMALL_GAP if not bare.isascii() or not bare.isalnum() else 0)
