"""Tracked changes as Word writes them: around runs, at the ends of paragraphs, on rows, on looks."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from docgen.wordfile.names import W

Tag = Literal["ins", "del"]
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_HOLDERS = frozenset(f"{W}{name}" for name in ("hyperlink", "fldSimple", "smartTag", "sdt", "sdtContent", "customXml"))
_BEHIND_MARKS = (f"{W}sectPr", f"{W}pPrChange")


class Marker:
    """Makes the marks of one file, each with a number of its own. when: the time all of them bear."""

    def __init__(self, author: str, when: str, first: int) -> None:
        self._author = author
        self._when = when
        self._next = first

    def mark(self, tag: str) -> Element:
        found = Element(f"{W}{tag}", {f"{W}id": str(self.number()), f"{W}author": self._author})
        found.set(f"{W}date", self._when)
        return found

    def number(self) -> int:
        self._next += 1
        return self._next - 1

    # -- words --------------------------------------------------------------------------------------------------------
    def around(self, elements: Iterable[Element], tag: Tag) -> list[Element]:
        """Runs inside marks, as few as will do. What may not stand inside a mark, such as a link, has them inside."""
        out: list[Element] = []
        for element in elements:
            if element.tag == f"{W}r":
                if not out or out[-1].tag != f"{W}{tag}":
                    out.append(self.mark(tag))
                out[-1].append(deleted(element) if tag == "del" else element)
            elif element.tag in _HOLDERS:
                out.append(self._inside(element, tag))
            else:
                out.append(element)
        return out

    def _inside(self, element: Element, tag: Tag) -> Element:
        held = Element(element.tag, dict(element.attrib))
        held.extend(self.around(list(element), tag))
        return held

    def looks_changed(self, looks: Element | None, before: Element | None) -> Element:
        """Run properties that say how the run looked before."""
        new = Element(f"{W}rPr") if looks is None else copy.deepcopy(looks)
        change = self.mark("rPrChange")
        change.append(Element(f"{W}rPr") if before is None else copy.deepcopy(before))
        new.append(change)
        return new

    # -- paragraphs and rows ------------------------------------------------------------------------------------------
    def end(self, paragraph: Element, tag: Tag) -> None:
        """The paragraph's end as inserted or deleted."""
        properties = properties_of(paragraph)
        looks = properties.find(f"{W}rPr")
        if looks is None:
            looks = Element(f"{W}rPr")
            at = next((at for at, each in enumerate(properties) if each.tag in _BEHIND_MARKS), len(properties))
            properties.insert(at, looks)
        looks.insert(0, self.mark(tag))

    def set_changed(self, paragraph: Element, before: Sequence[Element]) -> None:
        """That the paragraph's properties were others before."""
        change = self.mark("pPrChange")
        SubElement(change, f"{W}pPr").extend(copy.deepcopy(each) for each in before)
        properties_of(paragraph).append(change)

    def row(self, row: Element, tag: Tag) -> None:
        """The whole row as inserted or deleted."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = Element(f"{W}trPr")
            row.insert(1 if row.find(f"{W}tblPrEx") is not None else 0, properties)
        properties.append(self.mark(tag))


def properties_of(paragraph: Element) -> Element:
    """The paragraph's properties, made where it has none."""
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found


def deleted(run: Element) -> Element:
    """A run whose words are deleted ones."""
    gone = copy.deepcopy(run)
    for each in gone.iter():
        each.tag = _DELETED.get(each.tag, each.tag)
    return gone
