"""What a Word file says, as values: paragraphs and tables in order, and who changed what.

A piece of text that was inserted and then deleted again bears both changes. Texts are as printed: results of fields
instead of their codes, no hidden text, `\\t` for a tab and `\\n` for a forced line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change. `is_move`: half of a move. `date` as the file says, "" where it says nothing."""

    author: str
    date: str = ""
    is_move: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that look alike and share their history. refers: the bookmark whose number or words it shows,
    where it is a cross-reference."""

    text: str
    bold: bool = False
    underlined: bool = False
    inserted: Change | None = None
    deleted: Change | None = None
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stands in the file, before and after its tracked changes.

    style       its name as people see it, "Clause 2"; "" for the default one. style_before: before a tracked change
    outline     its level in the outline, 1 for a chapter; None for text
    level       of its list, 1 to 9; None where it bears no number
    label       that number as printed, `3.2`; "" for none, and for a paragraph that is wholly deleted
    inserted    its end was inserted: without the change its words belong to the next paragraph
    deleted     its end was deleted: with the change its words belong to the next paragraph
    joints      ends of paragraphs that are gone inside it, see `tracked`
    notes       the footnotes and endnotes it refers to
    boxed       what stands in text boxes bound to it
    remarks     numbers of the comments beside it
    unseen      words in it that no reader sees, or sees struck
    reformatted tracked changes of its look, or of that of its words
    """

    pieces: tuple[Piece, ...] = ()
    bookmarks: tuple[str, ...] = ()
    style: str = ""
    style_before: str = ""
    outline: int | None = None
    level: int | None = None
    label: str = ""
    inserted: Change | None = None
    deleted: Change | None = None
    joints: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    boxed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unseen: str = ""
    reformatted: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """With all changes accepted."""
        return "".join(piece.text for piece in self.pieces if piece.deleted is None)

    @property
    def text_before(self) -> str:
        """With all changes rejected."""
        return "".join(piece.text for piece in self.pieces if piece.inserted is None)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every tracked change in it, in order, each author and day once."""
        found = [change for piece in self.pieces for change in (piece.inserted, piece.deleted)]
        ends = (*self.joints, self.inserted, self.deleted)
        return tuple(dict.fromkeys(change for change in (*found, *ends) if change is not None))


@dataclass(frozen=True, slots=True)
class Cell:
    """span: columns wide    continues: merged with the cell above"""

    blocks: tuple[Block, ...]
    span: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in paragraphs(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    inserted: Change | None = None
    deleted: Change | None = None

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment beside the text. `number` is how paragraphs name it."""

    number: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class WordFile:
    """properties: the custom ones    problems: what a reader should know, as warnings"""

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """All, those in tables too, in reading order."""
        return paragraphs(self.blocks)


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
