"""Bytes to text: UTF-8 or a clear word about what it is instead; invisible and forbidden characters named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docgen.problems import Place, Problem

LARGEST = 32 * 1024 * 1024
"""Bytes of one input file. A 10,000-line deal has 1 MB."""
_OF_DEALS = ("", ".yaml", ".yml")
"""How a name ends that may be meant for a deal."""

_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates, not characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that turn the reading direction
    "\u00ad\u034f\u200b\u2060-\u2065\ufeff\u2028\u2029\ufff9-\ufffc"  # invisible
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
)
_NEVER_HIGH = (
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # invisible too
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
_JOINERS, _VARIANTS, _VARIANTS_HIGH = "\u200c\u200d", "\ufe00-\ufe0f", "\U000e0100-\U000e01ef"
_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SUSPECT = re.compile(f"[{_NEVER}{_JOINERS}{_VARIANTS}{_MARKS}]")
_HIGH = re.compile("[\U00010000-\U0010ffff]")
"""Looked for apart: one set over both ranges is searched ten times slower."""
_JOINER, _MARK = f"[{_JOINERS}]", f"[{_MARKS}]"
_VARIANT, _HIDDEN = f"[{_VARIANTS}{_VARIANTS_HIGH}]", f"[{_NEVER}{_NEVER_HIGH}]"
"""Compiled when the first suspect is met: most files have none."""
_JOINED = "[\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af]"
"""Letters of scripts whose spelling needs joiners behind them: Arabic, Persian, the Indian ones and others."""
_VARIED = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\u3400-\u9fff\uf900-\ufaff"
    "\U0001f000-\U0001faff\U00020000-\U0003fffd]"
)
"""Ideographs and symbols, of which a variant may be chosen; behind a Latin letter or a figure it is hidden data."""
_STACK = f"[{_MARKS}]{{3}}"
"""Three marks on one letter are a spelling somewhere; four run over the lines above and below."""


def read_bytes(path: Path, shown: str) -> bytes | Problem:
    """The file's bytes, or why they cannot be had."""
    place = Place(shown)
    try:
        if path.is_dir():
            return Problem("is_a_folder", params={"file": shown}, place=place)
        if path.exists() and not path.is_file():
            return Problem("cannot_read", params={"file": shown, "reason": "it is not a regular file"}, place=place)
        if path.stat().st_size > LARGEST:
            return Problem(
                "file_too_large", params={"file": shown, "limit": f"{LARGEST // 1024 // 1024} MB"}, place=place
            )
        return path.read_bytes()
    except FileNotFoundError:
        deal = {"maker": "docgen new"} if path.suffix in _OF_DEALS else {}
        return Problem("no_such_file", params={"file": shown, **deal}, place=place)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or "its links run in a circle"
        return Problem("cannot_read", params={"file": shown, "reason": reason}, place=place)


def decode(data: bytes, shown: str) -> str | Problem:
    """UTF-8 with or without its mark; otherwise a problem that names the likely encoding and the first bad line."""
    start = data[:2000]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(b"\0") > len(start) // 4:
        found = "UTF-32" if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else "UTF-16"
        return Problem("not_utf8", params={"file": shown, "found": found}, place=Place(shown))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(shown, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        return Problem("not_utf8", params={"file": shown, "found": _likely_encoding(data)}, place=place)


def _likely_encoding(data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "no encoding we know"
    return "GBK" if re.search("[\u4e00-\u9fff]", text) else "no encoding we know"


def forbidden_characters(text: str, shown: str) -> list[Problem]:
    """Every control or invisible character, with its place; a paper shows what the file shows, or nothing is made."""
    if text.isascii() and text.isprintable():
        return []
    return [
        Problem("forbidden_character", params={"character": name_of(text[at])}, place=place_in(text, at, shown))
        for at in _forbidden(text)
    ]


def has_forbidden(text: str) -> str | None:
    """The first forbidden character of one value (it may come from an escape such as "\\x07"), named."""
    at = next(_forbidden(text), None)
    return None if at is None else name_of(text[at])


def _forbidden(text: str) -> Iterator[int]:
    """Where characters stand that nobody sees, or that change what is seen of others."""
    suspects = [match.start() for match in _SUSPECT.finditer(text)]
    if _HIGH.search(text):
        suspects = sorted([*suspects, *(match.start() for match in _HIGH.finditer(text))])
    return (at for at in suspects if not _is_meant(text, at))


def _is_meant(text: str, at: int) -> bool:
    """Whether such a character does what it is for: joins letters that need it, varies a sign, stands on a letter."""
    char, before = text[at], text[at - 1 : at]
    if re.match(_JOINER, char):
        return re.match(_JOINED, before) is not None
    if re.match(_VARIANT, char):
        return re.match(_VARIED, before) is not None
    if re.match(_MARK, char):
        return re.match(_STACK, text[max(0, at - 3) : at]) is None
    return re.match(_HIDDEN, char) is None


def name_of(character: str) -> str:
    import unicodedata

    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{code} {name}".strip()


def place_in(text: str, offset: int, shown: str) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(shown, text.count("\n", 0, offset) + 1, offset - start + 1)
