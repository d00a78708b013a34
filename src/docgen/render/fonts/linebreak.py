"""Where a line may end: the rules of Chinese setting and of Latin words in one place.

Full-width marks that close never start a line, marks that open never end one, the double dash and the double ellipsis
stay whole, Latin words and numbers (1,234.56 and D-2026-0117) are not broken unless they are wider than the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

NEVER_FIRST = frozenset(
    "!%),.:;>?]}°·¢‰′″℃℉‐–—―‖’”„‥…›»∶、。〃々〉》」』】〕〗〞〟︶︺︾﹀﹂﹄﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！＂％＇）＊，－．／：；？＞］＿｝～￠｣､｡｠"
)
NEVER_LAST = frozenset("([{<£¥$€‘“‹«〈《「『【〔〖〝︵︹︽︿﹁﹃﹙﹛﹝＄（［｛￡￥＃＠｢｟№§")
OPENING = frozenset("（［｛〈《「『【〔〖“‘")
CLOSING = frozenset("）］｝〉》」』】〕〗”’、。，．")
"""Full-width marks whose ink fills the right or the left half of their square: the other half may go."""
_WHOLE = frozenset("—―…‥")
_GLUE = frozenset("\u00a0\u202f\u2060\ufeff")
_AFTER = frozenset("-/?&=#_")
_EPSILON = 1e-4


def is_wide(char: str) -> bool:
    """A character of Chinese setting: a line may break on both of its sides unless a rule forbids it."""
    return (char >= "\u2e80" and not "\uff61" <= char <= "\uffdc") or char in "—―…‥‘’“”·"


def can_break(left: str, right: str) -> bool:
    """Whether a line may end between two neighbours."""
    if right == " " or right in NEVER_FIRST or left in _GLUE or right in _GLUE:
        return False
    if left == " ":
        return True
    if left in NEVER_LAST or (left == right and left in _WHOLE):
        return False
    if left in "’”" and right.isascii() and right.isalnum():
        return False  # an apostrophe: supplier’s
    if is_wide(left) or is_wide(right):
        return True
    if left in _AFTER:
        return right.islower() or (left in "/-" and right.isalpha())
    return left in "–\u200b"


def squeeze(left: str, right: str) -> float:
    """How much of the white between two full-width marks goes, in parts of the type size: ）。 takes 1.5 squares."""
    if left in CLOSING and (right in CLOSING or right in OPENING):
        return 0.5
    return 0.5 if left in OPENING and right in OPENING else 0.0


def break_lines(
    text: str, advances: Sequence[float], halves: Sequence[float], width: float
) -> Iterator[tuple[int, int, bool]]:
    """Lines as (start, end, last). Spaces at the end of a line hang outside it and are left out of the range.

    `advances`: room of each character; `halves`: white that may be saved when the character ends a line.
    """
    start, total = 0, len(text)
    while start < total:
        place, best = _fill(text, advances, halves, width, start)
        last = place == total
        if not last:
            place = best if best > start else _emergency(text, start, place)
            last = place == total
        end = place
        while end > start and text[end - 1] == " ":
            end -= 1
        yield start, end, last
        start = place
        while start < total and text[start] == " ":
            start += 1


def _fill(text: str, advances: Sequence[float], halves: Sequence[float], width: float, start: int) -> tuple[int, int]:
    """The first character that has no room on the line, and the last place before it where the line may end."""
    room, best, total = width + _EPSILON, -1, len(text)
    for place in range(start, total):
        room -= advances[place]
        if place > start and can_break(text[place - 1], text[place]) and not _bound(text, start, place):
            best = place
        if room < 0 and room + halves[place] < 0 and text[place] != " ":
            return place, best
    return total, best


def _bound(text: str, start: int, place: int) -> bool:
    """What two neighbours cannot see: an address is not parted from its scheme, nor a sign from its word by a space."""
    if text[place - 1] == "/":
        return text[place - 2 : place] == "//"
    return text[place - 1] == " " and text[start:place].rstrip(" ")[-1:] in NEVER_LAST


def _emergency(text: str, start: int, place: int) -> int:
    """A word wider than the line is cut where it is full, but still not before a mark that may not start a line."""
    place = max(place, start + 1)
    for end in range(place, max(start, place - 8), -1):
        if end < len(text) and text[end] not in NEVER_FIRST and text[end - 1] not in NEVER_LAST:
            return end
    return place
