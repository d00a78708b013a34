"""English nouns that follow a printed one: a template says `{{ days }} days`, and where that is 1 the paper says 1 day.

Only a template's own words are looked at. What a deal says stands in the values and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.content.markdown import FIRST, LAST

_COUNTED = re.compile(
    rf"{FIRST}(\d+){LAST}( (?:\[\[term:\w+\|)?(?:[A-Za-z]+[ -])?(?:hour|day|week|month|year|user))s\b('?)",
    re.IGNORECASE,
)
"""A value, perhaps the start of a term's mark, perhaps one word between, a noun, perhaps as a genitive."""


def in_number(filled: str, values: Sequence[str], language: str) -> str:
    """The filled text with nouns behind a 1 in the singular: 1 Working Day, 1 month's notice."""
    if language != "en":
        return filled
    return _COUNTED.sub(lambda found: _singular(found) if values[int(found[1])] == "1" else found[0], filled)


def _singular(found: re.Match[str]) -> str:
    return f"{FIRST}{found[1]}{LAST}{found[2]}" + ("'s" if found[3] else "")
