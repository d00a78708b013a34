"""Content controls of a part: their tags, where they stand, and the words nearby that tell a person which one it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from docgen.wordfile.names import W, val

SDT, CONTENT, P, R, TBL, TR, TC = (f"{W}{name}" for name in ("sdt", "sdtContent", "p", "r", "tbl", "tr", "tc"))
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
ITEM = f"{_W15}repeatingSectionItem"
CHECKBOX = f"{_W14}checkbox"
Level = Literal["inline", "block", "row", "cell"]
_LEVELS: dict[str, Level] = {R: "inline", P: "block", TBL: "block", TR: "row", TC: "cell"}
_NEAR = 60
"""Characters of the words near a control."""


@dataclass(frozen=True, slots=True)
class Control:
    """A content control. `level`: what its content is made of."""

    element: Element
    properties: Element | None
    content: Element
    level: Level

    @property
    def tag(self) -> str:
        return val(self.properties, "tag") or ""

    def has(self, name: str) -> bool:
        """Whether it is of a kind: a full name, or one of Word's own."""
        return self.properties is not None and self.properties.find(name) is not None


def control(element: Element, *, inside_paragraph: bool) -> Control:
    content = element.find(CONTENT)
    if content is None:
        content = Element(CONTENT)
        element.append(content)
    return Control(element, element.find(f"{W}sdtPr"), content, _level(content, inside_paragraph))


def _level(content: Element, inside_paragraph: bool) -> Level:
    if inside_paragraph:
        return "inline"
    for node in content.iter():
        if node.tag in _LEVELS:
            return _LEVELS[node.tag]
    return "block"


def tagged(root: Element) -> Iterator[tuple[str, str]]:
    """The tag of every control, in order, with the words near it."""
    yield from _tagged(root, "")


def _tagged(parent: Element, near: str) -> Iterator[tuple[str, str]]:
    """Words near a control are its paragraph's, else its own, else those of what stands before it."""
    for child in parent:
        if child.tag == SDT:
            tag = val(child.find(f"{W}sdtPr"), "tag") or ""
            if tag:
                yield tag, near or words_of(child)
        own = words_of(child) if child.tag == P else near
        yield from _tagged(child, own)


def words_of(element: Element) -> str:
    """The words below an element, shortened."""
    text = " ".join("".join(_pieces(element)).split())
    return text if len(text) <= _NEAR else f"{text[:_NEAR].rstrip()} …"


def _pieces(element: Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag in (f"{W}tab", f"{W}br", P):
            yield " "


def is_empty(paragraph: Element) -> bool:
    """Whether a paragraph holds nothing a reader or Word would miss."""
    kept = ("t", "drawing", "pict", "object", "sectPr", "fldSimple", "fldChar", "sym", "br", "tab", "sdt", "ptab")
    tags = {f"{W}{name}" for name in kept}
    return not any(node.tag in tags and (node.tag != f"{W}t" or node.text) for node in _beyond_properties(paragraph))


def _beyond_properties(paragraph: Element) -> Iterator[Element]:
    for child in paragraph:
        if child.tag == f"{W}pPr":
            yield from child.iter(f"{W}sectPr")
        else:
            yield from child.iter()
