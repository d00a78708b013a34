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


ReferenceKind = Literal["", "caption", "section", "title", "clause", "clause_whole"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Names a captioned table or figure, a heading or a clause by its anchor: `Table 2`, `Section 3.1`, `Clause 3.2`.

    An author gives anchor and language; `content.outline` fills in the rest. A reader sees before + shown + after; the
    file knows that `shown` is the number (caption, section, clause) or the words (title) of what it names. A clause's
    number is its own (clause) or put together with those above it (clause_whole: `3.2` and `(a)`).
    """

    anchor: str
    language: str = ""
    kind: ReferenceKind = ""
    before: str = ""
    shown: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer should look at, and who says so. Never on a paper that leaves the house."""

    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """Words with review comments beside them."""

    content: tuple[Inline, ...]
    comments: tuple[Comment, ...]


Inline = Text | Strong | Emphasis | Quiet | Link | Break | Reference | Remarked
Inlines = tuple[Inline, ...]


# ---- blocks: what stands below one another --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a long paper, alone on it, without head and foot.

    recipient: label and name of whom it is for    facts: number, date, version … in a row, label above value
    notice: who may read it, at the very bottom
    """

    title: str
    subtitle: str = ""
    brand: str = ""
    recipient: tuple[str, str] = ("", "")
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a heading, its number ("" where headings have none), and where it stands."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: what comes after it, down to `levels`. `content.outline` fills in the entries, writers the
    pages. Of one level alone the entries stand close together: a contract has many."""

    title: str
    levels: int = 2
    entries: tuple[Entry, ...] = ()


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
    """A heading. Level 1 to 3; anchor is a unique ASCII name; it stays with what follows.

    number: "1.2" on a paper with numbered headings; `content.outline` counts.
    """

    level: int
    content: Inlines
    anchor: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered place of a contract. Level 1: an article's heading, 2: its paragraphs, 3 and 4: items of those.

    anchor       ASCII name, unique on the paper: Word's bookmark of this very paragraph, and what references name.
                 Of a pair of translations the second language's ends with `_en` or `_zh`; a reference may name the
                 first language's, and is led to the place in its own language (see `content.articles.own_anchor`)
    language     whose words they are; each language counts by itself, so a pair of translations bears one number
    series       "" for the body; an annex counts anew under a name of its own
    number       as printed: `第3条`, `3.2`, `(a)`; `content.articles` counts. None: the paragraph bears no number
    conspicuous  words a reader must not miss (limits of liability): bold and underlined
    """

    level: int
    content: Inlines
    anchor: str
    language: str
    series: str = ""
    number: str | None = ""
    conspicuous: bool = False
    keep_with_next: bool = False


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


CaptionKind = Literal["table", "figure"]


@dataclass(frozen=True, slots=True)
class Captioned:
    """A table with its caption above, or a figure with its caption below, on one page where they fit on one.

    before, number and after make the label, `Table 2`, counted by kind in `content.outline`.
    """

    block: Block
    kind: CaptionKind
    content: Inlines
    anchor: str
    before: str = ""
    number: str = ""
    after: str = ""

    @property
    def label(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True, slots=True)
class Commented:
    """A block with review comments beside it."""

    block: Block
    comments: tuple[Comment, ...]


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
    Cover
    | Contents
    | TitleBlock
    | KeyFigures
    | Heading
    | Clause
    | Paragraph
    | ListBlock
    | Facts
    | Columns
    | Table
    | SignatureBlock
    | Together
    | Captioned
    | Commented
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
    footer      left text at the foot of every page, a line or several; the page label stands beside the first that
                leaves it room
    draft       "" or the mark printed across every page ("草稿 DRAFT")
    draft_note  "" or the line at the head of every page of a draft: what is still missing
    properties  custom properties for Word and PDF metadata: deal id, content hash, template versions
    date        what the file says it was made on (UTC)
    numbered    headings are numbered: 1, 1.1, 1.1.1
    chapters    every heading of the first level begins a page
    review      review comments are written; on any other paper they are left out, wherever they come from
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
    numbered: bool = False
    chapters: bool = False
    review: bool = False


# ---- small helpers every builder needs ------------------------------------------------------------------------------
def plain(text: str) -> Inlines:
    """Text as inlines; line feeds become breaks; nothing for an empty string."""
    if not text:
        return ()
    if "\n" not in text:
        return (Text(text),)
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
        case Strong(content) | Emphasis(content) | Quiet(content) | Link(_, content) | Remarked(content):
            return text_of(content)
        case Reference():
            return f"{node.before}{node.shown}{node.after}"
