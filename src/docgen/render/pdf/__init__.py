"""The PDF writer: a neutral document in, a tagged PDF/A-3a and PDF/UA-1 file out. No disk, no clock, no network.

Two steps. Setting turns blocks into strips and strips into pages, each block measured once (`blocks`, `tables`,
`panels`, `paragraph`, `flow`). Painting writes the pages, knowing how many there are (`paint`, `stream`, `furniture`),
and the file around them (`structure`, `metadata`, `fonts`, `file`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from docgen.content.articles import has_clauses
from docgen.content.blocks import Document
from docgen.render.pdf.blocks import Setter
from docgen.render.pdf.file import PaperFile
from docgen.render.pdf.flow import paginate
from docgen.render.pdf.furniture import Furniture
from docgen.render.pdf.metadata import catalog, information
from docgen.render.pdf.paint import Painter
from docgen.render.pdf.sheet import Sheet
from docgen.render.pdf.structure import Structure
from docgen.render.theme import Look, contract_theme

__all__ = ["count_pages", "write_pdf"]


def write_pdf(document: Document, look: Look) -> bytes:
    """The paper as PDF. A character the fonts lack is a ValueError; ask `docgen.render.fonts.missing` before."""
    with _no_collection():
        return _write(document, look)


def count_pages(document: Document, look: Look) -> int:
    """How many pages the paper takes, without painting it."""
    sheet = _sheet(document, look)
    height = Furniture(document, sheet).height
    with _no_collection():
        strips = Setter(document, sheet, height).strips(document.blocks, sheet.width, Structure().root)
        return len(paginate(strips, height))


def _sheet(document: Document, look: Look) -> Sheet:
    return Sheet(contract_theme(look.theme) if has_clauses(document.blocks) else look.theme)


@contextmanager
def _no_collection() -> Iterator[None]:
    """A long table makes a million small tuples and no cycles; looking for some takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _write(document: Document, look: Look) -> bytes:
    sheet = _sheet(document, look)
    furniture = Furniture(document, sheet)
    structure = Structure()
    setter = Setter(document, sheet, furniture.height)
    pages = paginate(setter.strips(document.blocks, sheet.width, structure.root), furniture.height)
    if document.chapters or setter.unnumbered:
        from docgen.render.pdf.apparatus import chapters, number_pages

        furniture.chapters = chapters(pages) if document.chapters else ()
        number_pages(setter.unnumbered, pages, sheet)
    file = PaperFile()
    painter = Painter(document, sheet, furniture, structure, file)
    painter.paint(pages)
    tree = structure.write(file, painter.pages, len(pages))
    return file.save(catalog(document, file, tree, painter.pages, painter.targets), information(document))
