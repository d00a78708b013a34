"""The words of a Word file, ours or one that Word or LibreOffice saved since."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from docgen.render.spoken import NotReadable, Spoken

_MOST = 256 * 1024 * 1024
"""Bytes of all parts; a paper of 10,000 lines has about 20 MB."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError),
    *(ValueError, RecursionError, ElementTree.ParseError),
)
_BODY = re.compile(r"word/(?:document|footnotes|endnotes|comments)\.xml")
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_PICTURES = re.compile(r"word/charts/chart\d*\.xml")
_GONE = (f"{_W}del", f"{_W}moveFrom", _FALLBACK)
"""What tracked changes took away, and what only older programs show."""
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "‑"}
_SIGNS |= {f"{_DRAWN}blip": " [picture] ", "{urn:schemas-microsoft-com:vml}imagedata": " [picture] "}
"""A picture is seen to be there, whatever it shows."""
_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")


def spoken_docx(data: bytes) -> Spoken:
    """Custom properties; body, notes and comments in their order, then what stands at the head and foot of pages, and
    apart what stands in charts; these sorted, since programs number those parts as they like."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST:
                raise NotReadable(f"it unfolds to more than {_MOST >> 20} MB")
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
        body = [line for name in sorted(parts) if _BODY.fullmatch(name) for line in _paragraphs(_tree(parts[name]))]
        around = {line for name in parts if _AROUND.fullmatch(name) for line in _paragraphs(_tree(parts[name]))}
        says = _properties(parts)
        charts = [tuple(_of_chart(_tree(parts[name]))) for name in parts if _PICTURES.fullmatch(name)]
    except _BROKEN as error:
        raise NotReadable(f"it is no Word file: {str(error)[:120]}") from None
    return Spoken(says, (*body, *sorted(around)), tuple(line for chart in sorted(charts) for line in chart))


def _tree(part: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in part:
        raise NotReadable("it declares a document type of its own")
    return ElementTree.fromstring(part)


def _properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    if "docProps/custom.xml" not in parts:
        return {}
    return {each.get("name", ""): "".join(each.itertext()) for each in _tree(parts["docProps/custom.xml"])}


def _of_chart(root: ElementTree.Element) -> Iterator[str]:
    """Words and values of a native chart."""
    for node in root.iter():
        if node.tag in (f"{_CHART}v", f"{_DRAWN}t") and node.text and node.text.strip():
            yield " ".join(node.text.split())


def _paragraphs(root: ElementTree.Element) -> Iterator[str]:
    """Each paragraph that says anything; those inside frames and shapes after the one they are anchored to."""
    reader = _Reader()
    reader.read(root)
    yield from (line for words in reader.done if (line := " ".join("".join(words).split())))


class _Reader:
    """Walks a part and collects words; results of fields that count pages are passed over."""

    def __init__(self) -> None:
        self.done: list[list[str]] = []
        self._words: list[list[str]] = []
        self._fields: list[tuple[str, bool]] = []

    def read(self, node: ElementTree.Element) -> None:
        tag = node.tag
        if tag in _GONE:
            return
        if tag == f"{_W}p":
            words: list[str] = []
            self.done.append(words)
            self._words.append(words)
        if tag == f"{_W}fldSimple":
            self._fields.append((node.get(f"{_W}instr", ""), True))
        self._leaf(node)
        for child in node:
            self.read(child)
        if tag == f"{_W}fldSimple":
            self._fields.pop()
        if tag == f"{_W}p":
            self._end(self._words.pop(), node)

    def _end(self, words: list[str], paragraph: ElementTree.Element) -> None:
        """A line of the contents ends with the page it leads to, in a field or without one."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").lower().startswith(("toc", "contents")):
            words[:] = [re.sub(r"\s\d+\s*$", "", "".join(words))]

    def _leaf(self, node: ElementTree.Element) -> None:
        tag = node.tag
        if tag == f"{_W}fldChar":
            self._field(node.get(f"{_W}fldCharType", ""))
        elif tag == f"{_W}instrText" and self._fields:
            code, shows = self._fields[-1]
            self._fields[-1] = (code + (node.text or ""), shows)
        elif self._words and not any(shows and _PAGES.match(code) for code, shows in self._fields):
            if tag == f"{_W}t":
                self._words[-1].append(node.text or "")
            elif tag in _SIGNS:
                self._words[-1].append(_SIGNS[tag])

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(("", False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif kind == "end" and self._fields:
            self._fields.pop()
