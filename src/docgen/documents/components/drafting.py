"""Where a page ends, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.content.blocks import Blocks, Cell, Column, Heading, PageBreak, Paragraph, Row, Table, plain, stacked
from docgen.documents.page import Page
from docgen.documents.parts import Missing


def page_break(page: Page) -> Blocks:
    return (PageBreak(),)


def to_be_filled(page: Page, missing: Sequence[Missing]) -> Blocks:
    """The sections a draft does without: what they wait for, and who brings it. Keys as the deal file calls them."""
    if not missing:
        return ()
    columns = (Column(0.34), Column(0.44), Column(0.22))
    heads = tuple(Cell(page.head(key)) for key in ("section", "lacks", "by_whom"))
    rows = []
    for part, facts in missing:
        name = part.part if part.title is None else page.text(part.title)
        keys = stacked(*(plain(fact) for fact in facts))
        rows.append(Row((Cell(plain(name)), Cell(keys), Cell(plain(page.label(f"by_{part.by}"))))))
    return (
        Heading(1, plain(page.label("to_fill")), "to-be-filled"),
        Paragraph(page.each("to_fill_note")),
        Table(columns, tuple(rows), heads, title=page.label("to_fill")),
    )
