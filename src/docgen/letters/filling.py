"""Every control of every part, in the order a reader meets them: text put in, blocks set, conditions decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from docgen.letters.controls import (
    CHECKBOX,
    CONTENT,
    ITEM,
    SDT,
    TBL,
    TC,
    TR,
    Control,
    P,
    control,
    is_empty,
    words_of,
)
from docgen.letters.measures import Widths
from docgen.letters.scope import Scope
from docgen.letters.tags import Tag, read_tag
from docgen.letters.words import blank_paragraph, put_text, put_tick
from docgen.wordfile.names import W

HOLDERS = tuple(f"{W}{name}" for name in ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment"))
"""What Word wants a paragraph at the end of."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A control that cannot be filled: a problem's code, the tag, the words near it."""

    code: str
    tag: str
    near: str


PLACE = "{docgen}place"
"""An element in the tree where blocks will stand: all must be known before the first is set, since they are numbered
together."""


def _place(tag: Tag, width: int) -> Element:
    return Element(PLACE, {"block": tag.name, "width": str(width)})


@dataclass
class Filling:
    """Fills one part after the other; `chinese`: the letter's language. Blocks get a `PLACE`. What cannot be filled is
    told in `troubles`, once for each control."""

    chinese: bool
    troubles: list[Trouble] = field(default_factory=list)
    _dropped: int = 0
    _near: str = ""
    _ids: int = 0

    def part(self, root: Element, scope: Scope, widths: Widths) -> None:
        self._widths = widths
        self._settle(root, scope)

    # -- walking ------------------------------------------------------------------------------------------------------
    def _settle(self, parent: Element, scope: Scope, *, inline: bool = False) -> None:
        """Fill what stands below an element."""
        out: list[Element] = []
        for child in parent:
            out += self._settled(child, scope, inline=inline or parent.tag == P)
        parent[:] = out
        if parent.tag in HOLDERS and not any(child.tag == PLACE for child in parent):
            close(parent)

    def _settled(self, child: Element, scope: Scope, *, inline: bool) -> Sequence[Element]:
        """What stands in a child's place."""
        if child.tag == SDT:
            return self._control(control(child, inside_paragraph=inline), scope)
        self._widths.enter(child)
        if child.tag == P:
            self._near = words_of(child)
            alone = self._block_alone(child)
            if alone is not None:
                return self._blocks(alone, child)
        before = self._dropped
        self._settle(child, scope, inline=inline and child.tag not in HOLDERS)
        self._widths.leave(child)
        gone = self._dropped > before
        if gone and ((child.tag == P and is_empty(child)) or (child.tag == TBL and child.find(f".//{TR}") is None)):
            return ()
        return (child,)

    def _control(self, found: Control, scope: Scope) -> Sequence[Element]:
        tag = read_tag(found.tag)
        if tag is None:
            self._settle(found.content, scope, inline=found.level == "inline")
            return (found.element,)
        if found.level != "inline":
            self._near = words_of(found.element) or self._near
        return {"text": self._text, "block": self._block, "if": self._if, "each": self._each}[tag.kind](
            tag, found, scope
        )

    # -- text ---------------------------------------------------------------------------------------------------------
    def _text(self, tag: Tag, found: Control, scope: Scope) -> Sequence[Element]:
        value = scope.value(tag.name)
        if found.has(CHECKBOX):
            put_tick(found, on=bool(value))
            return (found.element,)
        if value is None and not scope.is_of_item(tag.name):
            self._trouble("letter_empty", tag)
        elif found.has(f"{W}picture"):
            self._trouble("letter_picture", tag)
        else:
            put_text(found, "" if value is None else str(value), chinese=self.chinese)
        return (found.element,)

    # -- conditions and repetition ------------------------------------------------------------------------------------
    def _if(self, tag: Tag, found: Control, scope: Scope) -> Sequence[Element]:
        if _holds(scope.value(tag.name)) != tag.negated:
            return self._opened(found, scope)
        self._dropped += 1
        return _emptied_cells(found) if found.level == "cell" else ()

    def _each(self, tag: Tag, found: Control, scope: Scope) -> Sequence[Element]:
        if found.level == "cell":
            self._trouble("letter_repeats_cell", tag)
            return (found.element,)
        pattern = _pattern(found)
        out: list[Element] = []
        for number, inner in enumerate(scope.each(tag.name)):
            copy = deepcopy(pattern)
            if number:
                self._anew(copy)
            self._settle(copy, inner, inline=found.level == "inline")
            out += list(copy)
        if not out:
            self._dropped += 1
        return out

    def _opened(self, found: Control, scope: Scope) -> Sequence[Element]:
        """The content without its control."""
        self._settle(found.content, scope, inline=found.level == "inline")
        return list(found.content)

    def _anew(self, copy: Element) -> None:
        """A second copy of something: without bookmarks, and with ids of its own."""
        for node in list(copy.iter()):
            for child in list(node):
                if child.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                    node.remove(child)
            for name in [name for name in node.attrib if name.endswith(("}paraId", "}textId"))]:
                del node.attrib[name]
            if node.tag == f"{W}id" and f"{W}val" in node.attrib:
                self._ids += 1
                node.set(f"{W}val", str(1_500_000_000 + self._ids))

    # -- blocks -------------------------------------------------------------------------------------------------------
    def _block_alone(self, paragraph: Element) -> Control | None:
        """The block control a paragraph consists of, where it holds nothing else."""
        controls = [child for child in paragraph if child.tag == SDT]
        others = [child for child in paragraph if child.tag not in (SDT, f"{W}pPr")]
        if len(controls) != 1 or any(not is_empty(_paragraph_of(each)) for each in others):
            return None
        found = control(controls[0], inside_paragraph=True)
        tag = read_tag(found.tag)
        return found if tag is not None and tag.kind == "block" else None

    def _blocks(self, found: Control, paragraph: Element) -> Sequence[Element]:
        """Blocks in the place of a paragraph; one that ends a section stays for that."""
        tag = read_tag(found.tag)
        assert tag is not None
        place = _place(tag, self._widths.here)
        self._widths.leave(paragraph)
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            paragraph[:] = paragraph.findall(f"{W}pPr")
            return (place, paragraph)
        return (place,)

    def _block(self, tag: Tag, found: Control, scope: Scope) -> Sequence[Element]:
        if found.level in ("inline", "row"):
            self._trouble("letter_block_inline", tag)
            return (found.element,)
        if found.level == "block":
            return (_place(tag, self._widths.here),)
        cells = list(found.content.iter(TC))
        self._widths.enter(cells[0])
        cells[0][:] = [*cells[0].findall(f"{W}tcPr"), _place(tag, self._widths.here)]
        self._widths.leave(cells[0])
        return cells

    def _trouble(self, code: str, tag: Tag) -> None:
        self.troubles.append(Trouble(code, tag.raw, self._near))


def _holds(value: Any) -> bool:
    """What `if:` asks: whether there is something. A group holds where one of its facts does."""
    if isinstance(value, Mapping):
        return any(_holds(each) for each in value.values())
    return bool(value)


def _pattern(found: Control) -> Element:
    """What is repeated: the first item of Word's repeating section, or all of the content."""
    items = [node for node in found.content if node.tag == SDT and node.find(f"{W}sdtPr/{ITEM}") is not None]
    inner = items[0].find(CONTENT) if items else None
    return found.content if inner is None else inner


def _emptied_cells(found: Control) -> list[Element]:
    """Cells left out stay as empty ones: a row without them would lose its columns."""
    cells = list(found.content.iter(TC))
    for cell in cells:
        cell[:] = [*cell.findall(f"{W}tcPr"), blank_paragraph()]
    return cells


def _paragraph_of(element: Element) -> Element:
    paragraph = Element(P)
    paragraph.append(element)
    return paragraph


def close(holder: Element) -> None:
    """A paragraph at the end, where Word wants one."""
    if not any(child.tag in (P, SDT) for child in holder) or holder[-1].tag == TBL:
        holder.append(blank_paragraph())
