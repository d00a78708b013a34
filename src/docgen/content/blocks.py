"""The neutral document: the whole vocabulary of a page, without a word about how it looks.

Components and templates build it, the writers in `render` turn it into bytes. One tree, many writers, so Word, PDF and
plain text cannot say different things. Every node is a frozen value. All text is plain text: no markup in any string.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["start", "center", "end"]


# ---- inline: what stands in a line ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Text:
    """Plain text. A line feed inside is not a line break; use `Break`."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress. Latin script slants; Chinese has no italic and stays upright."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Secondary words beside or below the main ones: smaller and paler."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to `url`: http, https, mailto, or #anchor of a heading. Anything else never gets here."""

    url: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


Inline = Text | Strong | Emphasis | Quiet | Link | Break
Inlines = tuple[Inline, ...]


# ---- blocks: what stands below one another --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Head of the first page: the house's name (small), the paper's title (large), what it is about."""

    title: str
    subtitle: str = ""
    brand: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the few facts a reader looks for first. `lead` marks the one that weighs most (the total)."""

    label: str
    value: str
    note: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A strip of two to five key figures side by side, label above value, ruled above and below."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 to 3; anchor is a unique ASCII name; it stays with what follows."""

    level: int
    content: Inlines
    anchor: str


ParagraphRole = Literal["body", "lead", "note", "amount"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `lead`: an opening sentence, larger. `note`: small print. `amount`: an amount in words."""

    content: Inlines
    role: ParagraphRole = "body"
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Bulleted or numbered items; each item is a row of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Inlines


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one pair a line, under a small title: a party, a bank account, terms of delivery."""

    facts: tuple[Fact, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, widths by share; never split over pages."""

    columns: tuple[tuple[Block, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """width: share of the table's width (all shares sum to 1 or are scaled); align for head and body."""

    width: float
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class Cell:
    """Content of one table cell. `span` columns wide; `indent` steps in from the left (a bundle's part)."""

    content: Inlines = ()
    span: int = 1
    align: Align | None = None
    indent: int = 0


RowRole = Literal["body", "group", "heading", "part", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, never split over pages where it fits on one.

    group: head of a group of rows (stays with the next)    heading: a bundle (stays with the next)
    part: a part of the bundle above    subtotal: end of a group (stays with the one before)
    total: the heaviest row; at most one a table
    """

    cells: tuple[Cell, ...]
    role: RowRole = "body"


TableRole = Literal["lines", "summary"]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `lines`: full width, the head repeats on every page. `summary`: label and figure pairs set to
    the right, half the width, kept together (totals). `title` describes it to a screen reader and is not printed."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: tuple[Cell, ...] = ()
    role: TableRole = "lines"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One signing side: a title (Seller), its full name, and the labels of the lines to be filled by hand."""

    title: str
    name: str
    blanks: tuple[str, ...]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Where the sides sign and seal, side by side, kept together."""

    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture: one of the charts, plans and diagrams of `content.figures`, loaded where one is used.

    title   stands above the picture, "" for none
    alt     one sentence that says what is seen, for who cannot see it
    data    the table behind the picture, printed small below it where `show_data` asks
    """

    title: str
    alt: str
    data: Table
    show_data: bool = False


Block = (
    TitleBlock
    | KeyFigures
    | Heading
    | Paragraph
    | ListBlock
    | Facts
    | Columns
    | Table
    | SignatureBlock
    | Together
    | PageBreak
    | Figure
)
Blocks = tuple[Block, ...]


# ---- the document ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the paper (PDF/A-3): the customer's part of the deal data."""

    name: str
    media_type: str
    data: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper.

    languages   one or two of "zh-CN", "en"; the first is the document's own
    running     stands at the head of page 2 and later: left and right text
    page_label  foot of every page, with {page} and {pages}: "第 {page} 页，共 {pages} 页"
    footer      left text at the foot of every page
    draft       "" or the mark printed across every page ("草稿 DRAFT")
    draft_note  "" or the line at the head of every page of a draft: what is still missing
    properties  custom properties for Word and PDF metadata: deal id, content hash, template versions
    date        what the file says it was made on (UTC)
    """

    title: str
    blocks: Blocks
    languages: tuple[str, ...]
    date: dt.datetime
    author: str = ""
    subject: str = ""
    running: tuple[str, str] = ("", "")
    footer: str = ""
    page_label: str = "{page} / {pages}"
    draft: str = ""
    draft_note: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


# ---- small helpers every builder needs ------------------------------------------------------------------------------
def plain(text: str) -> Inlines:
    """Text as inlines; line feeds become breaks; nothing for an empty string."""
    if not text:
        return ()
    out: list[Inline] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            out.append(Break())
        if line:
            out.append(Text(line))
    return tuple(out)


def strong(text: str) -> Inlines:
    return (Strong(plain(text)),) if text else ()


def quiet(text: str) -> Inlines:
    return (Quiet(plain(text)),) if text else ()


def stacked(*parts: Inlines) -> Inlines:
    """Parts below one another, empty ones left out."""
    out: list[Inline] = []
    for part in parts:
        if not part:
            continue
        if out:
            out.append(Break())
        out.extend(part)
    return tuple(out)


def text_of(content: Iterable[Inline]) -> str:
    """The words alone; a break is a line feed."""
    return "".join(_words(node) for node in content)


def _words(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Break():
            return "\n"
        case Strong(content) | Emphasis(content) | Quiet(content) | Link(_, content):
            return text_of(content)
