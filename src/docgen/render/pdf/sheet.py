"""The look as the writer needs it: inks (weight, size, colour) and distances, all from the theme."""

from __future__ import annotations

from typing import NamedTuple

from docgen.render.fonts import Weight
from docgen.render.theme import Theme

MILLIMETRE = 72 / 25.4
_PAPERS = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
_HAIRLINE = 0.5


class Ink(NamedTuple):
    """How characters look."""

    weight: Weight
    size: float
    colour: str
    slant: bool = False

    @property
    def leading(self) -> float:
        """Distance of lines: looser for small running text than for large titles."""
        return self.size * (1.5 if self.size < 11 else 1.35)


class Sheet:
    """One document's measures. Distances grow with the body size: a theme changes sizes and keeps the rhythm."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.colours = theme.colours
        self.sizes = sizes = theme.sizes
        margins, colours = theme.margins, theme.colours
        self.paper = _PAPERS[theme.paper]
        self.left = margins.left * MILLIMETRE
        self.right = self.paper[0] - margins.right * MILLIMETRE
        self.top = margins.top * MILLIMETRE
        self.bottom = self.paper[1] - margins.bottom * MILLIMETRE
        self.width = self.right - self.left
        self.hairline = _HAIRLINE
        self.unit = sizes.body
        self.body = Ink("regular", sizes.body, colours.ink)
        self.lead = Ink("regular", round(sizes.body * 1.2, 2), colours.ink)
        self.note = Ink("regular", sizes.small, colours.muted)
        self.table = Ink("regular", sizes.table, colours.ink)
        self.table_head = Ink("regular", sizes.small, colours.muted)
        self.title = Ink("bold", sizes.title, colours.ink)
        self.subtitle = Ink("regular", sizes.heading, colours.muted)
        self.brand = Ink("bold", sizes.body, colours.accent)
        self.label = Ink("regular", sizes.small, colours.muted)
        self.figure = Ink("regular", round(sizes.body * 1.1, 2), colours.ink)
        self.lead_figure = Ink("bold", sizes.lead_figure, colours.accent)
        self.total = Ink("bold", max(sizes.heading, sizes.table * 1.2), colours.accent)
        self.headings = (
            Ink("bold", sizes.heading, colours.ink),
            Ink("bold", sizes.subheading, colours.ink),
            Ink("bold", sizes.body, colours.ink),
        )
        self.caption = Ink("regular", sizes.small, colours.ink)
        self.chapter = Ink("bold", sizes.chapter, colours.ink)


def strong(ink: Ink) -> Ink:
    return ink._replace(weight="bold")
