"""Neutral content in, bytes out. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only asks for the fonts' characters needs no paper
    from docgen.content.blocks import Document
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
