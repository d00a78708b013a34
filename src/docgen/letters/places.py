"""Blocks into the places the filling left for them, with the relations their part then needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from docgen.content.blocks import Blocks
from docgen.letters.controls import TBL, P, is_empty
from docgen.letters.filling import HOLDERS, PLACE, close
from docgen.letters.opened import Relation
from docgen.render.docx.guests import Guests
from docgen.wordfile.names import R
from docgen.wordfile.xml import Tree, parse


@dataclass
class Placing:
    """The blocks of one letter by name, set by `guests`. `relations`: what has come to each part."""

    guests: Guests
    blocks: Mapping[str, Blocks]
    relations: dict[str, list[Relation]] = field(default_factory=dict)

    def into(self, part: str, tree: Tree) -> Tree:
        """The part with its places taken."""
        self._part, self._prefixes = part, dict(tree.prefixes)
        self._take(tree.root)
        return Tree(tree.root, self._prefixes)

    def elements(self, part: str, xml: str, prefixes: dict[str, str]) -> list[Element]:
        """What stands in a fragment; the part's `prefixes` get those it uses."""
        fragment = parse(xml.encode())
        for uri, prefix in fragment.prefixes.items():
            if uri not in prefixes and prefix and prefix not in prefixes.values():
                prefixes[uri] = prefix
        self._relate(part, fragment.root)
        return list(fragment.root)

    def _take(self, parent: Element) -> None:
        places = [child for child in parent if child.tag == PLACE]
        if not places:
            for child in parent:
                self._take(child)
            return
        out: list[Element] = []
        ours: set[int] = set()
        for child in parent:
            if child.tag == PLACE:
                xml = self.guests.blocks(self.blocks[child.get("block", "")], int(child.get("width", "0")))
                new = self.elements(self._part, xml, self._prefixes)
                ours |= {id(each) for each in new if each.tag == TBL}
                out += new
            else:
                self._take(child)
                out.append(child)
        parent[:] = self._parted(out, ours)
        if parent.tag in HOLDERS:
            close(parent)

    def _parted(self, elements: list[Element], ours: set[int]) -> list[Element]:
        """White below our tables: one that touched another would become part of it."""
        out: list[Element] = []
        for at, each in enumerate(elements):
            out.append(each)
            after = elements[at + 1] if at + 1 < len(elements) else None
            touches = each.tag == TBL and (id(each) in ours or (after is not None and id(after) in ours))
            if touches and (after is None or after.tag != P or not is_empty(after)) and not _is_gap(after):
                out += self.elements(self._part, self.guests.gap(), self._prefixes)
        return out

    def _relate(self, part: str, root: Element) -> None:
        """Links and charts of a fragment as relations of its part, under ids nothing else there has."""
        for node in root.iter():
            name = f"{R}id"
            identity = node.get(name, "")
            if identity in self.guests.links:
                node.set(name, self._relation(part, "hyperlink", self.guests.links[identity], outside=True))
            elif identity.startswith("rIdChart"):
                number = identity.removeprefix("rIdChart")
                node.set(name, self._relation(part, "chart", f"word/charts/chart{number}.xml"))

    def _relation(self, part: str, kind: str, target: str, *, outside: bool = False) -> str:
        there = self.relations.setdefault(part, [])
        for each in there:
            if (each.kind, each.target) == (kind, target):
                return each.identity
        there.append(Relation(f"rIdDocgen{len(there) + 1}", kind, target, outside))
        return there[-1].identity

    def relate(self, part: str, kind: str, target: str) -> str:
        """A further relation of a part to another; its id."""
        return self._relation(part, kind, target)


def _is_gap(element: Element | None) -> bool:
    """A paragraph without words that keeps tables apart already."""
    return element is not None and element.tag == P and is_empty(element)
