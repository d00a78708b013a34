"""Neutral content in, bytes out; finished papers back to words. A new format is a module and a line in each list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only asks for the fonts' characters needs no paper
    from docgen.content.blocks import Document
    from docgen.render.spoken import Spoken
    from docgen.render.theme import Look

    Writer = Callable[[Document, Look], bytes]


def _docx(document: Document, look: Look) -> bytes:
    from docgen.render.docx import write_docx

    return write_docx(document, look)


def _pdf(document: Document, look: Look) -> bytes:
    from docgen.render.pdf import write_pdf

    return write_pdf(document, look)


def _txt(document: Document, look: Look) -> bytes:
    from docgen.render.text import write_text

    return write_text(document, look)


def _html(document: Document, look: Look) -> bytes:
    from docgen.render.html import write_html

    return write_html(document, look)


WRITERS: Mapping[str, Writer] = {"docx": _docx, "pdf": _pdf, "txt": _txt, "html": _html}
"""Each writer imports its library when it is first used: a text paper never loads a PDF engine."""


def _spoken_docx(data: bytes) -> Spoken:
    from docgen.render.docx.spoken import spoken_docx

    return spoken_docx(data)


def _spoken_pdf(data: bytes) -> Spoken:
    from docgen.render.pdf.spoken import spoken_pdf

    return spoken_pdf(data)


def _spoken_html(data: bytes) -> Spoken:
    from docgen.render.spoken_html import spoken_html

    return spoken_html(data)


def _spoken_text(data: bytes) -> Spoken:
    from docgen.render.spoken import spoken_text

    return spoken_text(data)


READERS: Mapping[str, Callable[[bytes], Spoken]] = {
    "docx": _spoken_docx,
    "pdf": _spoken_pdf,
    "html": _spoken_html,
    "txt": _spoken_text,
    "json": _spoken_text,
}
"""What a paper says of itself, and its words; `docgen.render.spoken.NotReadable` for what is none of its format."""
