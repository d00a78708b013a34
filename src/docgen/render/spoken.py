"""A finished paper back to words: what it says of itself, and everything a reader sees on it.

Whoever opened and saved the file may have changed its insides; what counts is the same words in the same order. Page
numbers are left out: every program counts pages anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """`says`: the paper's own properties, by name; `lines`: its words, one entry for each paragraph, cell or line;
    `charts`: what stands in native charts, which programs write anew in their own way."""

    says: Mapping[str, str]
    lines: tuple[str, ...]
    charts: tuple[str, ...] = ()


class NotReadable(Exception):  # noqa: N818 - it says what the file is
    """The file is no paper of its format, or a broken one; the text says why."""


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold anything, with single blanks between their words."""
    return tuple(line for each in text.splitlines() if (line := " ".join(each.split())))


def spoken_text(data: bytes) -> Spoken:
    """Plain text and JSON: lines, and nothing about themselves."""
    try:
        return Spoken({}, lines_of(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise NotReadable("it is not UTF-8 text") from None
