"""Characters the papers' fonts do not have, found before anything is built, with the place they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.problems import Problem
from docgen.render.fonts import missing
from docgen.source.load import Loaded
from docgen.source.text_file import name_of
from docgen.texts import texts


def missing_glyphs(sources: Iterable[Loaded[Any]], characters: str) -> list[Problem]:
    """One problem for each value that holds one of `characters` no font has; unplaced if no value does."""
    wanted = set(missing(characters))
    if not wanted:
        return []
    found = []
    for source in sources:
        for path, text in texts(source.model):
            for character in sorted(wanted & set(text)):
                params = {"character": f"{character} ({name_of(character)})"}
                found.append(Problem("missing_glyph", path, params, origin=source.origin, place=source.place(path)))
    return found or [Problem("missing_glyph", (), {"character": f"{c} ({name_of(c)})"}) for c in sorted(wanted)]
