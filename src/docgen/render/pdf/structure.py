"""The structure tree: what a screen reader walks through. Built with the layout from the block tree.

An element holds other elements and, once painted, the marks of its words: (page, number on the page). The tree is
written as text straight into the file, one short object an element, so that 10,000 table lines stay cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docgen.render.pdf.file import PaperFile


class Mark(NamedTuple):
    """Words on a page."""

    page: int
    number: int


class Spot(NamedTuple):
    """A link's active area: the page it is on and the reference to its annotation."""

    page: int
    annotation: str


class Element:
    """One node: a kind (P, TD …), its kids in reading order, and further dictionary entries."""

    __slots__ = ("entries", "kids", "kind", "number")

    def __init__(self, kind: str, parent: Element | None = None, entries: str = "") -> None:
        self.kind = kind
        self.entries = entries
        self.kids: list[Element | Mark | Spot] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def is_plain(self) -> bool:
        """Whether its words on one page are all there is in it, as in nearly every table cell."""
        return len(self.kids) == 1 and type(self.kids[0]) is Mark


class Structure:
    """The tree of one document and the marks on its pages."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._pages: list[list[Element]] = []
        self._spots: list[Element] = []

    def open_page(self) -> None:
        self._pages.append([])

    def mark(self, element: Element) -> int:
        """The number of the next words on the current page, which belong to `element`."""
        owners = self._pages[-1]
        element.kids.append(Mark(len(self._pages) - 1, len(owners)))
        owners.append(element)
        return len(owners) - 1

    def spot(self, element: Element) -> int:
        """How many links came before: their keys in the tree of parents follow those of the pages."""
        self._spots.append(element)
        return len(self._spots) - 1

    def write(self, file: PaperFile, pages: list[str], first_spot: int) -> str:
        """Write the tree; return the reference to its root."""
        elements = _prune(self.root)
        first = file.reserve(len(elements))
        for place, element in enumerate(elements):
            element.number = first + place
        parents = [
            f"{page}[{' '.join([f'{owner.number} 0 R' for owner in owners])}]"
            for page, owners in enumerate(self._pages)
            if owners
        ]
        parents += [f"{first_spot + place} {owner.number} 0 R" for place, owner in enumerate(self._spots)]
        tree = file.add(f"<</Nums[{' '.join(parents)}]>>")
        root = file.add(
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree {tree}"
            f"/ParentTreeNextKey {first_spot + len(self._spots)}>>"
        )
        file.fill(first, self._bodies(root, pages))
        return root

    def _bodies(self, root: str, pages: list[str]) -> Iterator[bytes]:
        pending: list[tuple[Element, str]] = [(self.root, root)]
        while pending:  # in the same order as `_prune` numbered them
            element, parent = pending.pop()
            if element.is_plain():
                page, number = element.kids[0]  # type: ignore[misc]
                yield f"<</S/{element.kind}/P {parent}/Pg {pages[page]}{element.entries}/K {number}>>".encode("latin-1")
                continue
            yield _body(element, parent, pages).encode("latin-1")
            own = f"{element.number} 0 R"
            pending.extend((kid, own) for kid in reversed(element.kids) if isinstance(kid, Element))


def _prune(root: Element) -> list[Element]:
    """All elements in reading order, those that came out empty taken off (an empty table cell is still a cell)."""
    found: list[Element] = []
    pending = [root]
    while pending:
        element = pending.pop()
        found.append(element)
        if element.is_plain():
            continue
        inner = [kid for kid in element.kids if isinstance(kid, Element)]
        if any(not kid.kids and kid.kind not in ("TD", "TH") for kid in inner):
            element.kids = [
                kid for kid in element.kids if not isinstance(kid, Element) or kid.kids or kid.kind in ("TD", "TH")
            ]
            inner = [kid for kid in element.kids if isinstance(kid, Element)]
        inner.reverse()
        pending.extend(inner)
    return found


def _body(element: Element, parent: str, pages: list[str]) -> str:
    """The dictionary of one element. Its page is the page of its first words; words elsewhere name theirs."""
    home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), -1)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, Spot):
            kids.append(f"<</Type/OBJR/Pg {pages[kid.page]}/Obj {kid.annotation}>>")
        elif kid.page == home:
            kids.append(str(kid.number))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid.page]}/MCID {kid.number}>>")
    inner = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
    page = f"/Pg {pages[home]}" if home >= 0 else ""
    return f"<</S/{element.kind}/P {parent}{page}{element.entries}/K {inner}>>"
