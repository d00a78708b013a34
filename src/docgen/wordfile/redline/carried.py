"""What the old file's paragraphs need in the new file: lists, styles, links. What it has already is used as it is."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from docgen.wordfile.names import PACKAGE, R, W, val
from docgen.wordfile.redline.atoms import text_of
from docgen.wordfile.xml import Tree, serialise

_PICTURES = ("drawing", "pict", "object", "commentReference")
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "sectPr", *_PICTURES))
_OF_STYLES = ("pStyle", "rStyle", "tblStyle")
_WAS, _LONGEST_NAME = "_was", 40
"""What tells the bookmark of a paragraph that goes from that of the same one where it comes."""
_OWN_NAMES = ("nsid", "tmpl", "styleLink", "pStyle")


@dataclass
class Parts:
    """The parts of one file a paragraph may speak of; an empty part where the file has none."""

    body: Element
    numbering: Element
    styles: Element
    relations: Element


@dataclass
class Carried:
    """Makes elements of the old file fit for the new one. number: the next free number for marks; moved: bookmarks of
    paragraphs that go here and come there."""

    old: Parts
    new: Parts
    number: Callable[[], int]
    moved: frozenset[str] = frozenset()
    _lists: dict[str, str] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)
    _bookmarks: dict[str, str | None] = field(default_factory=dict)
    _style_ids: set[str] = field(default_factory=set)
    _kept_names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._style_ids = set(_by_id(self.new.styles, "style", "styleId"))
        self._kept_names = frozenset(each.get(f"{W}name", "") for each in self.new.body.iter(f"{W}bookmarkStart"))
        self._lists = _same_lists(self.old, self.new)

    def adopt(self, element: Element) -> Element:
        """A copy of an old element that may stand in the new file. Pictures and comments stay out."""
        out = copy.deepcopy(element)
        self._without(out)
        for each in out.iter():
            name = each.tag.removeprefix(W)
            if name == "numId":
                each.set(f"{W}val", self._list(each.get(f"{W}val", "0")))
            elif name in _OF_STYLES:
                self._style(each.get(f"{W}val", ""))
            elif name == "hyperlink":
                self._hyperlink(each)
            elif name == "instrText":
                each.text = self._code(each.text or "")
        return out

    def target(self, link: Element) -> str:
        """Where a link of the new file, or an adopted one, leads."""
        found = _by_id(self.new.relations, "Relationship", "Id", PACKAGE, "").get(link.get(f"{R}id", ""))
        return link.get(f"{W}anchor", "") if found is None else found.get("Target", "")

    def _without(self, parent: Element) -> None:
        for child in list(parent):
            if child.tag in _LEFT_OUT or child.tag.endswith("}AlternateContent"):
                parent.remove(child)
            elif child.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._bookmark(parent, child)
            else:
                self._without(child)

    def _bookmark(self, parent: Element, mark: Element) -> None:
        """A bookmark keeps its name only where the new file has none of it; that of a moved paragraph gets another."""
        identity, name = mark.get(f"{W}id", ""), self._name(mark.get(f"{W}name", ""))
        if mark.tag == f"{W}bookmarkStart" and identity not in self._bookmarks:
            self._bookmarks[identity] = None if name in self._kept_names else str(self.number())
        kept = self._bookmarks.get(identity)
        if kept is None:
            parent.remove(mark)
            return
        mark.set(f"{W}id", kept)
        if name:
            mark.set(f"{W}name", name)

    def _name(self, name: str) -> str:
        return f"{name[: _LONGEST_NAME - len(_WAS)]}{_WAS}" if name in self.moved else name

    def _code(self, code: str) -> str:
        """The code of a field: a reference to a moved paragraph names the one that goes."""
        return re.sub(r"\w+", lambda found: self._name(found[0]), code)

    # -- one by one ---------------------------------------------------------------------------------------------------
    def _hyperlink(self, link: Element) -> None:
        if link.get(f"{R}id"):
            link.set(f"{R}id", self._link(link.get(f"{R}id", "")))
        if link.get(f"{W}anchor"):
            link.set(f"{W}anchor", self._name(link.get(f"{W}anchor", "")))

    def _link(self, identity: str) -> str:
        if identity not in self._links:
            old = _by_id(self.old.relations, "Relationship", "Id", PACKAGE, "").get(identity)
            self._links[identity] = f"rIdOld{len(self._links) + 1}"
            if old is not None:
                attributes = {**old.attrib, "Id": self._links[identity]}
                SubElement(self.new.relations, f"{PACKAGE}Relationship", attributes)
        return self._links[identity]

    def _style(self, identity: str) -> None:
        """The style and those it is made of, where the new file lacks them."""
        if identity in self._style_ids:
            return
        self._style_ids.add(identity)
        found = _by_id(self.old.styles, "style", "styleId").get(identity)
        if found is None:
            return
        mine = copy.deepcopy(found)
        for name in ("basedOn", "link", "next"):
            self._style(val(mine, name) or identity)
        for each in mine.iter(f"{W}numId"):
            each.set(f"{W}val", self._list(each.get(f"{W}val", "0")))
        self.new.styles.append(mine)

    def _list(self, number: str) -> str:
        if number not in self._lists:
            self._lists[number] = self._copied_list(number)
        return self._lists[number]

    def _copied_list(self, number: str) -> str:
        found = _by_id(self.old.numbering, "num", "numId").get(number)
        if found is None:
            return number if number == "0" else "0"
        abstract = _by_id(self.old.numbering, "abstractNum", "abstractNumId").get(val(found, "abstractNumId") or "")
        mine, definition = copy.deepcopy(found), _free(self.new.numbering, "abstractNum", "abstractNumId")
        mine.set(f"{W}numId", _free(self.new.numbering, "num", "numId"))
        for each in mine.findall(f"{W}abstractNumId"):
            each.set(f"{W}val", definition)
        if abstract is not None:
            self.new.numbering.insert(_before_lists(self.new.numbering), _renamed(abstract, definition))
        self.new.numbering.insert(_behind_lists(self.new.numbering), mine)
        return mine.get(f"{W}numId", "")


def _by_id(root: Element, name: str, key: str, space: str = W, own: str = W) -> dict[str, Element]:
    return {each.get(f"{own}{key}", ""): each for each in root.findall(f"{space}{name}")}


def _free(root: Element, name: str, key: str) -> str:
    return str(max((int(each) for each in _by_id(root, name, key) if each.isdecimal()), default=0) + 1)


def _before_lists(root: Element) -> int:
    return next((at for at, each in enumerate(root) if each.tag == f"{W}num"), len(root))


def _behind_lists(root: Element) -> int:
    return max((at + 1 for at, each in enumerate(root) if each.tag == f"{W}num"), default=len(root))


def _renamed(abstract: Element, identity: str) -> Element:
    """A definition of its own: what ties it to styles and to other files' lists stays behind."""
    mine = copy.deepcopy(abstract)
    mine.set(f"{W}abstractNumId", identity)
    for parent in list(mine.iter()):
        for name in _OWN_NAMES:
            for each in parent.findall(f"{W}{name}"):
                parent.remove(each)
    return mine


# ---- lists that are in both -----------------------------------------------------------------------------------------
def _same_lists(old: Parts, new: Parts) -> dict[str, str]:
    """Lists of the old file that are lists of the new one: written alike, with paragraphs in common."""
    old_kinds, new_kinds = dict(_kinds(old.numbering)), dict(_kinds(new.numbering))
    old_words, new_words = _members(old.body), _members(new.body)
    found = {"0": "0"}
    for number, words in old_words.items():
        alike = [each for each in new_words if old_kinds.get(number) == new_kinds.get(each)]
        best = max(alike, key=lambda each: (_shared(words, new_words[each]), each == number), default=None)
        if best is not None and _shared(words, new_words[best]):
            found[number] = best
    return found


def _members(body: Element) -> dict[str, Counter[str]]:
    """The paragraphs of every list, by their words."""
    out: dict[str, Counter[str]] = {}
    for paragraph in body.iter(f"{W}p"):
        number = val(paragraph.find(f"{W}pPr/{W}numPr"), "numId")
        if number is not None:
            out.setdefault(number, Counter())[text_of(paragraph)] += 1
    return out


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """The share of paragraphs two lists have in common."""
    return (one & other).total() / (one | other).total()


def _kinds(numbering: Element) -> Iterator[tuple[str, bytes]]:
    """How each list is written, without the numbers files give to lists."""
    definitions = _by_id(numbering, "abstractNum", "abstractNumId")
    for number, element in _by_id(numbering, "num", "numId").items():
        whole = Element("list")
        whole.extend(copy.deepcopy(each) for each in element if each.tag != f"{W}abstractNumId")
        abstract = definitions.get(val(element, "abstractNumId") or "")
        if abstract is not None:
            whole.append(_renamed(abstract, ""))
        yield number, serialise(Tree(whole))
