"""The operators of one page: text, figures and marked content, each state change written only when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.render.fonts import Weight
from docgen.render.fonts.typeface import UNITS
from docgen.render.pdf.flow import Shape
from docgen.render.pdf.fonts import Codes
from docgen.render.pdf.paragraph import Run
from docgen.render.pdf.sheet import Ink

FONT_NAMES: Mapping[Weight, str] = {"regular": "/F1", "bold": "/F2"}
_SLANT = "0.2"
_ROUND = 0.5523
"""Where the handles of a quarter circle lie."""
_LINE = 0.6


def number(value: float) -> str:
    """A length in the file: hundredths of a point are finer than any printer."""
    return f"{round(value, 2):g}"


def rgb(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3g}" for place in (1, 3, 5))


class Stream:
    """Collects operators. Coordinates come measured from the top left corner and leave measured from the bottom."""

    def __init__(self, codes: Mapping[Weight, Codes], height: float) -> None:
        self._codes = codes
        self._height = height
        self._out: list[str] = []
        self._font = self._colour = ""
        self._ink: Ink | None = None
        self._marked: object = None

    def data(self) -> bytes:
        return "\n".join(self._out).encode("ascii")

    # ---- marked content
    def mark(self, owner: object, operator: str) -> None:
        """Words up to the next change belong to `owner`; None for nobody."""
        if owner is self._marked:
            return
        if self._marked is not None:
            self._out.append("EMC")
        if owner is not None:
            self._out.append(operator)
        self._marked = owner

    def is_marked(self, owner: object) -> bool:
        return self._marked is owner

    # ---- figures
    def shapes(self, shapes: Iterable[Shape], x: float, y: float) -> None:
        for shape in shapes:
            left, bottom = x + shape.x, self._height - y - shape.y - shape.height
            if shape.kind == "fill":
                self._paint(shape.colour)
                self._out.append(f"{left:.2f} {bottom:.2f} {shape.width:.2f} {shape.height:.2f} re f")
            else:
                self._out.append(f"{rgb(shape.colour)} RG {number(_LINE)} w")
                self._circle(left + shape.width / 2, bottom + shape.height / 2, shape.width / 2)

    def _paint(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._out.append(f"{rgb(colour)} rg")

    def _circle(self, x: float, y: float, radius: float) -> None:
        handle = radius * _ROUND
        corners = ((0, 1), (-1, 0), (0, -1), (1, 0))
        self._out.append(f"{number(x + radius)} {number(y)} m")
        from_x, from_y = 1, 0
        for to_x, to_y in corners:
            points = (
                x + radius * from_x + handle * to_x,
                y + radius * from_y + handle * to_y,
                x + radius * to_x + handle * from_x,
                y + radius * to_y + handle * from_y,
                x + radius * to_x,
                y + radius * to_y,
            )
            self._out.append(" ".join(map(number, points)) + " c")
            from_x, from_y = to_x, to_y
        self._out.append("s")

    # ---- pictures
    def draw(
        self, operators: Iterable[str], words: Iterable[tuple[Run, float, float]], scale: float, x: float, y: float
    ) -> None:
        """A picture in a frame of its own: x and y of its top left corner, measured from the bottom of the page."""
        self._out.append(f"q {scale:.4g} 0 0 {scale:.4g} {number(x)} {number(y)} cm")
        self._out.extend(operators)
        self._out.append("BT")
        self._font = self._colour = ""
        self._ink = None
        for run, left, base in words:
            self._show(run, f"1 0 0 1 {left:.2f} {-base:.2f} Tm")
        self._out.append("ET Q")
        self._font = self._colour = ""
        self._ink = None

    # ---- words
    def begin_text(self) -> None:
        self._out.append("BT")
        self._font, self._ink = "", None

    def end_text(self) -> None:
        self.mark(None, "")
        self._out.append("ET")

    def run(self, run: Run, x: float, y: float) -> None:
        """One run, its baseline `y` below the top of the page."""
        slant = _SLANT if run.ink.slant else "0"
        self._show(run, f"1 0 {slant} 1 {x + run.x:.2f} {self._height - y:.2f} Tm")

    def turned(self, run: Run, x: float, y: float, cosine: float, sine: float) -> None:
        """A run at an angle, starting at x and y from the bottom left corner."""
        matrix = " ".join(f"{part:.4g}" for part in (cosine, sine, -sine, cosine))
        self._show(run, f"{matrix} {number(x)} {number(y)} Tm")

    def _show(self, run: Run, matrix: str) -> None:
        ink = run.ink
        if ink is not self._ink:
            self._ink = ink
            font = f"{FONT_NAMES[ink.weight]} {number(ink.size)} Tf"
            if font != self._font:
                self._font = font
                self._out.append(font)
            self._paint(ink.colour)
        self._out.append(f"{matrix} {self._shown(run, ink)}")

    def _shown(self, run: Run, ink: Ink) -> str:
        codes = self._codes[ink.weight]
        if not run.gaps:
            return f"<{run.text.translate(codes)}> Tj"
        parts, start = [], 0
        for place, gap in run.gaps:
            parts.append(f"<{run.text[start : place + 1].translate(codes)}>{number(-gap * UNITS / ink.size)}")
            start = place + 1
        return f"[{''.join(parts)}<{run.text[start:].translate(codes)}>] TJ"
