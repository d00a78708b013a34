"""What a template can get wrong before any deal is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.documents.components import refusal
from docgen.documents.manifest import Found, Template
from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path
from docgen.vocabulary import Audience

SLOT = re.compile(r"^:::[ \t]*slot[ \t]+(\S+)[ \t]*$(?:\n+:::[ \t]*caption[ \t]+(\S[^\n]*?)[ \t]*$)?", re.MULTILINE)
"""A slot, and its caption where the next line is one."""
_CAPTION = re.compile(r"^:::[ \t]*caption\b", re.MULTILINE)


def check_templates(found: Found, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Parts the manifest names and a template lacks, and slots nobody knows."""
    for language in languages:
        if language in found.letters:
            continue
        template = found.templates.get(language)
        if template is None and language in found.manifest.languages:
            path = shown_path(found.folder / f"{found.manifest.document}.{language}.md")
            words = {"document": found.manifest.document, "language": language, "file": path}
            yield Problem("no_template", (), words, origin="template", place=Place(path))
            continue
        if template is None:
            known = "\n".join([*found.templates, *found.letters])
            yield Problem(
                "language_not_offered",
                (),
                {"document": found.manifest.document, "language": language, "known": known},
                origin="template",
            )
            continue
        for part in (each.part for each in found.manifest.parts):
            if part not in template.parts:
                place = Place(template.shown)
                yield Problem(
                    "unknown_part",
                    (),
                    {"part": part, "known": "\n".join(template.parts)},
                    origin="template",
                    place=place,
                )
        for part in template.parts:
            yield from refused_slots(template, part, template.parts[part][1], found.manifest.audience)
        yield from _captions_alone(template)


def _captions_alone(template: Template) -> Iterator[Problem]:
    """Captions that do not stand right below a slot."""
    for line, source in template.parts.values():
        owned = [match.span() for match in SLOT.finditer(source)]
        for match in _CAPTION.finditer(source):
            if not any(start <= match.start() < end for start, end in owned):
                place = Place(template.shown, line + source.count("\n", 0, match.start()))
                yield Problem("caption_alone", (), {}, origin="template", place=place)


def refused_slots(template: Template, part: str, text: str, audience: Audience) -> Iterator[Problem]:
    """Slots of a part that nobody knows, or that are not for the readers of this paper."""
    line = template.parts[part][0]
    for match in SLOT.finditer(text):
        refused = refusal(match[1], audience)
        if refused is not None:
            code, words = refused
            place = Place(template.shown, line + text.count("\n", 0, match.start()))
            yield Problem(code, (), words, origin="template", place=place)
