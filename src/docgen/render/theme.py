"""The look of every paper, as data: read from `templates/_house/theme.yaml`, handed to the writers."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#1F3A5F"])]
Points = Annotated[float, Field(gt=0, le=72)]
Millimetres = Annotated[float, Field(ge=0, le=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Colours(_Part):
    """ink: text; muted: secondary words; accent: title rule and the total; rule: table lines; band: quiet fills."""

    ink: Colour = "#1B2430"
    muted: Colour = "#5F6B7A"
    accent: Colour = "#1F4E79"
    rule: Colour = "#C9D1DA"
    band: Colour = "#F3F5F8"
    draft: Colour = "#B42318"


class Fonts(_Part):
    """Word only names fonts (the reader's machine has them); the PDF embeds the family shipped with docgen."""

    word_latin: str = "Arial"
    word_cjk: str = "Microsoft YaHei"


class Sizes(_Part):
    """In points. cover: the title on a cover page; chapter: a first heading that begins a page; clause: running
    text of a contract."""

    title: Points = 22
    cover: Points = 32
    chapter: Points = 17
    heading: Points = 12
    subheading: Points = 10.5
    body: Points = 9.5
    clause: Points = 10
    table: Points = 9
    small: Points = 8
    lead_figure: Points = 14


_WIDEST, _TALLEST = 130.0, 180.0
"""Millimetres that margins may take together, so that 80 × 100 are left of the smaller page in each direction."""


class Margins(_Part):
    """In millimetres, of an A4 or Letter page."""

    top: Millimetres = 17
    bottom: Millimetres = 16
    left: Millimetres = 20
    right: Millimetres = 20

    @model_validator(mode="after")
    def _leave_room(self) -> Margins:
        for taken, most in ((self.left + self.right, _WIDEST), (self.top + self.bottom, _TALLEST)):
            if taken > most:
                words = {"code": "margins_too_wide", "value": f"{taken:g}", "hint": f"{most:g}"}
                raise PydanticCustomError("margins_too_wide", "{code}: {value}", words)
        return self


class Theme(_Part):
    """One accent colour, two weights of one family, one grid."""

    paper: Annotated[str, Field(pattern="^(A4|Letter)$")] = "A4"
    colours: Colours = Colours()
    fonts: Fonts = Fonts()
    sizes: Sizes = Sizes()
    margins: Margins = Margins()


class HouseBroken(ValueError):  # noqa: N818 - a state of a file
    """The house's reference document cannot be used; the words say why."""


class Look:
    """All a writer needs beside the document: the theme, and the house's reference document for Word, with its path as
    a person would type it."""

    __slots__ = ("house_docx", "house_shown", "theme")

    def __init__(self, theme: Theme, house_docx: bytes, house_shown: str = "") -> None:
        self.theme = theme
        self.house_docx = house_docx
        self.house_shown = house_shown


def pale(colour: str, share: float) -> str:
    """A colour thinned with white: no transparency, so it prints the same everywhere."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def contract_theme(theme: Theme) -> Theme:
    """The theme of a paper with clauses: all its running text is set in their size."""
    return theme.model_copy(update={"sizes": theme.sizes.model_copy(update={"body": theme.sizes.clause})})


# ---- measures both writers of pages share ---------------------------------------------------------------------------
def number_room(level: int) -> float:
    """The margin a heading's number stands in, in ems of the heading."""
    return (1.7, 2.5, 3.5)[min(level, 3) - 1]


def caption_gap(label: str) -> str:
    """Between a caption's label and its words: a square behind Chinese, two spaces behind English."""
    return "  " if label.isascii() else "\u3000"


CLAUSE_ROOMS = (4.2, 4.2, 2.4, 2.6)
"""The margin a clause's number stands in, by level, in ems of the running text. The first two levels share theirs; each
further one steps in by its own."""
CLAUSE_SPACES = (1.7, 0.7, 0.55, 0.5)
"""White above a clause, by level, in ems."""
CLAUSE_PAIR_SPACES = (0.0, 0.1, 0.05, 0.05)
"""The same above a clause that stands right below its translation."""
ARTICLE = 1.1
"""Size of an article's heading, in ems of the running text."""


def clause_edges(level: int) -> tuple[float, float]:
    """Where a clause's number begins and where its words do, in ems of the running text."""
    words = sum(CLAUSE_ROOMS[1:level]) if level > 1 else CLAUSE_ROOMS[0]
    return words - CLAUSE_ROOMS[level - 1], words


WHOLE_TABLE, WHOLE_SHARE = 8, 0.22
"""A captioned table of so many rows or fewer stays on one page, where it takes no more than this share of one: above a
taller one too much of the page might stay empty. (Word, which sets pages itself, goes by rows and lines alone.)"""
WHOLE_LINES = 14
"""Lines such a table may have in Word."""
COVER_TITLE, COVER_RECIPIENT = 0.30, 0.56
"""How far down a cover its title and the recipient begin, as shares of the text area."""
COVER_BAR = (44.0, 4.0)
"""Width and height of the bar above the title, in points."""


class CoverSizes(NamedTuple):
    """In points."""

    brand: float
    title: float
    subtitle: float
    name: float


def cover_sizes(title: str, sizes: Sizes) -> CoverSizes:
    """A long title is set smaller, so that it takes two lines or three."""
    wide = sum(2 if ord(char) > 0x2E7F else 1 for char in title)
    scale = 1.0 if wide <= 44 else 0.82 if wide <= 80 else 0.66
    return CoverSizes(
        sizes.heading, round(sizes.cover * scale, 1), round(sizes.lead_figure * 1.1, 1), sizes.lead_figure
    )
