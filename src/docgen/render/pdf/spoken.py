"""The words of a PDF, ours or one that another program saved since."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.render.spoken import NotReadable, Spoken, lines_of

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_IN_MEMORY = re.compile(r"(?:stream )?<[^>]* at 0x[^>]*>:? ?")
_PICTURE = "[picture]"
"""What it shows nobody can say, but that it is there: words may be written in it, or lie under it."""
_DEEPEST = 8
"""Drawings inside drawings that are followed."""
_WIDEST = 512
"""Codes one range may span; a larger one is not of a font."""


def spoken_pdf(data: bytes) -> Spoken:
    """The information dictionary; the text of each page in the order it is drawn, notes on it included."""
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            says = {str(key).removeprefix("/"): str(value) for key, value in pdf.docinfo.items()}
            lines = [line for page in pdf.pages for line in _page(page)]
    except (PdfError, PasswordError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        raise NotReadable(f"it is no PDF that can be read: {_reason(error)}") from None
    return Spoken(says, tuple(lines))


def _reason(error: Exception) -> str:
    """Without the place in memory at which the bytes lay."""
    return _IN_MEMORY.sub("", str(error))[:120]


def _page(page: Any) -> Iterator[str]:
    """What is drawn, and what somebody put on top of it with another program."""
    yield from _drawn(page, page.get("/Resources", {}))
    for note in page.get("/Annots", ()):
        kind = str(note.get("/Subtype", ""))
        if kind not in ("/Link", "/Popup") and str(note.get("/FT", "")) != "/Sig":
            yield from lines_of(str(note.get("/Contents", ""))) or (f"[{kind.strip('/').lower()}]",)


def _drawn(content: Any, resources: Any, depth: int = 0) -> Iterator[str]:
    from pikepdf import parse_content_stream

    pen = _Pen({str(name): _character_map(font) for name, font in dict(resources.get("/Font", {})).items()})
    forms = dict(resources.get("/XObject", {}))
    for operands, operator in parse_content_stream(content):
        yield from pen.follow(str(operator), operands)
        form = forms.get(str(operands[0])) if str(operator) == "Do" else None
        kind = str(form.get("/Subtype", "")) if form is not None else ""
        if form is not None and kind == "/Form" and depth < _DEEPEST:
            yield from _drawn(form, form.get("/Resources", resources), depth + 1)
        elif kind == "/Image" or str(operator) == "INLINE IMAGE":
            yield _PICTURE
    yield from pen.lift()


class _Pen:
    """Writes the words of one content stream, a line for each baseline."""

    def __init__(self, fonts: Mapping[str, Mapping[bytes, str] | None]) -> None:
        self._fonts = fonts
        self._font: Mapping[bytes, str] | None = None
        self._baseline = self._line = ""

    def follow(self, operator: str, operands: Any) -> Iterator[str]:
        """Carry out one operator; a line that is finished by it comes back."""
        if operator == "Tf":
            self._font = self._fonts.get(str(operands[0]))
        elif operator in ("Tm", "Td", "TD", "T*", "BT"):
            yield from self._moved(str(operands[5]) if operator == "Tm" else f"{operator}{operands}")
        elif operator in ("Tj", "'", '"'):
            self._line += _shown(operands[-1], self._font)
        elif operator == "TJ":
            self._line += "".join(_shown(each, self._font) for each in operands[0])

    def _moved(self, baseline: str) -> Iterator[str]:
        if baseline != self._baseline:
            yield from self.lift()
            self._baseline = baseline
        elif self._line:
            self._line += " "

    def lift(self) -> Iterator[str]:
        yield from lines_of(self._line)
        self._line = ""


def _shown(text: Any, font: Mapping[bytes, str] | None) -> str:
    """Two bytes a character, as the composite fonts of a paper have them; what another program wrote with a font of its
    own is at least seen to be there. Between the words of a TJ stand numbers."""
    from pikepdf import String

    codes = bytes(text) if isinstance(text, String) else b""
    if font is None:
        return codes.decode("latin-1")
    return "".join(font.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _character_map(font: Any) -> dict[bytes, str] | None:
    """Code to text, from the font's own map; None where it has none."""
    if "/ToUnicode" not in font:
        return None
    found: dict[bytes, str] = {}
    for kind, block in _BLOCK.findall(font["/ToUnicode"].read_bytes()):
        if kind == b"bfchar":
            found.update((_bytes(code), _text(char)) for code, char in _PAIR.findall(block))
        else:
            for first, last, char in _RANGE.findall(block):
                found.update(_range(first, last, char))
    return found


def _range(first: bytes, last: bytes, char: bytes) -> Iterator[tuple[bytes, str]]:
    start, point = int(first, 16), ord(_text(char)[-1:] or " ")
    for step in range(min(int(last, 16) - start + 1, _WIDEST)):
        yield (start + step).to_bytes(len(first) // 2, "big"), chr(point + step)


def _bytes(code: bytes) -> bytes:
    return bytes.fromhex(code.decode("ascii"))


def _text(char: bytes) -> str:
    return _bytes(char).decode("utf-16-be", "replace")
