"""Review comments in the margin: text annotations a reader opens, drawn as a small speech bubble."""

from __future__ import annotations

import datetime as dt

from docgen.render.pdf.file import PaperFile, text
from docgen.render.pdf.flow import Strip
from docgen.render.pdf.sheet import Sheet
from docgen.render.pdf.stream import number, rgb
from docgen.render.pdf.structure import Spot, Structure

_WIDTH, _HEIGHT = 13.0, 11.0
_FLAGS = 4 + 8 + 16
"""Printed, and of the same size and upright however the page is shown, as PDF/A asks."""
_BUBBLE = (
    "1 11 m 12 11 l 12.6 11 13 10.6 13 10 c 13 4 l 13 3.4 12.6 3 12 3 c 6 3 l 3 0 l 3 3 l 1 3 l 0.4 3 0 3.4 0 4 c "
    "0 10 l 0 10.6 0.4 11 1 11 c f 1 1 1 rg 2.5 8 8 1 re 2.5 5.6 5.5 1 re f"
)


class Margin:
    """Writes the notes of one paper; they are dated as the paper is."""

    def __init__(self, file: PaperFile, structure: Structure, sheet: Sheet, date: dt.datetime) -> None:
        self.file, self.structure, self.sheet = file, structure, sheet
        self.date = (date.astimezone(dt.UTC) if date.tzinfo else date).strftime("D:%Y%m%d%H%M%SZ")
        self.colour = rgb(sheet.colours.draft)
        drawing = f"{self.colour} rg {_BUBBLE}".encode("ascii")
        box = f"/BBox[0 0 {number(_WIDTH)} {number(_HEIGHT)}]"
        self.face = file.stream(f"/Type/XObject/Subtype/Form{box}/Resources<<>>", drawing)

    def annotate(self, strip: Strip, top: float, page: int, pages: int) -> list[str]:
        """The notes of a strip, below one another; references to them."""
        paper, height = self.sheet.paper
        left = min(self.sheet.right + 8.0, paper - _WIDTH - 6.0)
        notes = []
        for place, note in enumerate(strip.notes):
            bottom = height - top - _HEIGHT - 1.5 - place * (_HEIGHT + 2.0)
            box = " ".join(map(number, (left, bottom, left + _WIDTH, bottom + _HEIGHT)))
            key = pages + self.structure.spot(note.element)
            reference = self.file.add(
                f"<</Type/Annot/Subtype/Text/Rect[{box}]/Name/Comment/F {_FLAGS}/C[{self.colour}]/Open false"
                f"/T{text(note.author)}/Contents{text(note.text)}/M({self.date})/CreationDate({self.date})"
                f"/AP<</N {self.face}>>/StructParent {key}>>"
            )
            note.element.kids.append(Spot(page, reference))
            notes.append(reference)
        return notes
