"""The first page of a paper under review: every open point, who is asked, where it stands in the deal file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.blocks import Blocks, Cell, Column, Inlines, PageBreak, Paragraph, Row, Table, plain, strong
from docgen.documents.page import Page
from docgen.documents.parts import Missing
from docgen.documents.remarks import said
from docgen.problems import Problem

_Cells = tuple[Inlines, Inlines, Inlines]


def open_points(page: Page, found: Sequence[Problem], missing: Sequence[Missing]) -> Blocks:
    """Approvals first, then what was found in the file, then the sections that wait."""
    rows = [*_approvals(page), *_findings(page, found), *_sections(page, missing)]
    if not rows:
        return ()
    columns = (Column(0.05), Column(0.22), Column(0.53), Column(0.2))
    heads = tuple(Cell(page.head(key)) for key in ("no", "review_about", "review_point", "review_where"))
    numbered = tuple(
        Row((Cell(plain(str(number))), *(Cell(cell) for cell in cells))) for number, cells in enumerate(rows, 1)
    )
    return (
        Paragraph(strong(page.label("review_title")), "lead", keep_with_next=True),
        Paragraph(page.each("review_intro", count=str(len(rows))), keep_with_next=True),
        Table(columns, numbered, heads, title=page.label("review_title")),
        PageBreak(),
    )


def _approvals(page: Page) -> Iterator[_Cells]:
    for each in page.facts.verdict.open:
        roles = page.words.label("list_comma").join(page.label(f"by_{role}") for role in each.approvers)
        asked = page.label("review_asked", role=roles)
        yield plain(page.label("review_approval")), plain(asked), plain(each.rule)


def _findings(page: Page, found: Sequence[Problem]) -> Iterator[_Cells]:
    for each in found:
        place = "" if each.place is None else f"{each.place.file.rsplit('/', 1)[-1]}:{each.place.line}"
        about = ".".join(str(key) for key in each.path)
        yield plain(about), plain(said(each, page.language)), plain(place)


def _sections(page: Page, missing: Sequence[Missing]) -> Iterator[_Cells]:
    for part, facts in missing:
        name = " / ".join(dict.fromkeys(part.called(language) for language in page.languages))
        lacks = page.label("review_section", facts=", ".join(facts))
        yield plain(name), plain(lacks), plain(page.label(f"by_{part.by}"))
