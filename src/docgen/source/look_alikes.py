"""Words that mix Latin letters with Cyrillic or Greek ones that look the same: `Mоtor` with a Cyrillic о.

A reader cannot see the difference, a search does not find the word, and a name that looks like a customer's may be
another's. They are a warning, since a brand may be written so on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docgen.problems import Problem
from docgen.source.text_file import name_of

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХЬаеѕіјорсухԁһӏԛԝ", "ABESIJKMHOPCTYXbaesijopcyxdhlqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυ", "ABEZHIKMNOPTYXikvopu", strict=True))
LOOK_ALIKES = _CYRILLIC | _GREEK
"""The Latin letter each of them looks like. α, β, µ and others that science writes beside Latin are not among them."""
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]|\\u0[345]|\\U0000")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def may_hold(text: str) -> bool:
    """Whether a file has such letters at all, or escapes that stand for some: most have none."""
    return _OTHER_SCRIPT.search(text) is not None


def look_alikes(model: Any) -> Iterator[Problem]:
    """A warning for each text that holds such a word, naming the first."""
    from docgen.texts import texts  # the grammar's library: a build with nothing to do reads files and no deal

    for path, text in texts(model):
        found = _mixed(text)
        if found is not None:
            word, letter = found
            words = {"word": word[:60], "character": f"{letter} ({name_of(letter)})", "latin": LOOK_ALIKES[letter]}
            yield Problem("look_alike", path, words, "warning")


def _mixed(text: str) -> tuple[str, str] | None:
    if text.isascii() or LOOK_ALIKES.keys().isdisjoint(text):
        return None
    for word in _WORD.findall(text):
        letter = next((char for char in word if char in LOOK_ALIKES), None)
        if letter is not None and _LATIN.search(word):
            return word, letter
    return None
