"""Text into XML, with nothing lost on the way: what XML cannot carry is refused, never dropped."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPECIAL = re.compile('[&<>"\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


def escape(text: str) -> str:
    """Text for element content or a double-quoted attribute value.

    Most text holds nothing special, so one search decides; a carriage return is spelt out because an XML reader
    would turn a bare one into a line feed.
    """
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(_entity, text)


def attribute(text: str) -> str:
    """Text for an attribute value: a reader would turn a bare tab or line feed into a space."""
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;")


def unescape(text: str) -> str:
    """An attribute value of a well-formed file, as Word writes it (the standard library's needs a slow import)."""
    if "&" not in text:
        return text
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _entity(match: re.Match[str]) -> str:
    found = match.group()
    entity = _ENTITIES.get(found)
    if entity is None:
        raise ValueError(f"the character U+{ord(found):04X} cannot stand in a Word file")
    return entity


_CHINESE_FROM = "\u2e80"
"""Where Chinese begins in Unicode. What lies beyond it is as wide, so comparing beats a list of ranges, and a regular
expression of such ranges takes longer to compile than a paper takes to write."""
_SHARED = re.compile("[\u00b7\u2013-\u2016\u2018\u2019\u201c\u201d\u2025\u2026]")
_NARROW = frozenset(" .,:;'|iljtI()/-")


def has_chinese(text: str) -> bool:
    return not text.isascii() and max(text) >= _CHINESE_FROM


def split_chinese(text: str) -> list[tuple[str, bool]]:
    """The text in stretches, each with whether it is Chinese."""
    return [("".join(stretch), chinese) for chinese, stretch in groupby(text, _CHINESE_FROM.__le__)]


def wants_chinese_punctuation(text: str) -> bool:
    """Quotation marks, dashes and ellipses are one character for both scripts: beside Chinese they are full width."""
    return has_chinese(text) and _SHARED.search(text) is not None


@lru_cache(maxsize=1024)
def ems(text: str) -> float:
    """Roughly how wide the text is, in ems: enough to share out columns, never to break lines."""
    return sum(
        1.0 if char >= _CHINESE_FROM else 0.32 if char in _NARROW else 0.68 if char.isupper() else 0.57 for char in text
    )
