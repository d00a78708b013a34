"""Bytes to text: UTF-8 or a clear word about what it is instead; invisible and forbidden characters named."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.problems import Place, Problem

LARGEST = 32 * 1024 * 1024
"""Bytes of one input file. A 10,000-line deal has 1 MB."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef"  # lone surrogates, not characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the reading direction
    "\u00ad\u200b-\u200d\u2060-\u2064\ufeff\u2028\u2029\u115f\u1160\u3164\uffa0\u180e"  # invisible
    "\U000e0000-\U000e007f]"  # invisible tags
)


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
        return Problem("no_such_file", params={"file": shown}, place=place)
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
        Problem(
            "forbidden_character", params={"character": name_of(match[0])}, place=place_in(text, match.start(), shown)
        )
        for match in _FORBIDDEN.finditer(text)
    ]


def has_forbidden(text: str) -> str | None:
    """The first forbidden character of one value (it may come from an escape such as "\\x07"), named."""
    match = _FORBIDDEN.search(text)
    return name_of(match[0]) if match else None


def name_of(character: str) -> str:
    import unicodedata

    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{code} {name}".strip()


def place_in(text: str, offset: int, shown: str) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(shown, text.count("\n", 0, offset) + 1, offset - start + 1)
