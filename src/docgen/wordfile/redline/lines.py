"""Two versions of a paragraph as one with tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from docgen.rewording.words import stretches
from docgen.wordfile.names import W
from docgen.wordfile.redline.atoms import Atom, Fragment, Line, line_of, looks_key, shown
from docgen.wordfile.redline.marks import Marker, Tag, properties_of
from docgen.wordfile.xml import Tree, serialise

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_COMPARED = frozenset(f"{W}{name}" for name in ("rPr", "sectPr", "pPrChange"))
Target = Callable[[Element], str]


class Lines:
    """Merges the paragraphs of one file. adopt: an element of the old file as it may stand in the new one; target:
    where a link leads."""

    def __init__(self, marker: Marker, adopt: Callable[[Element], Element], target: Target) -> None:
        self.marker = marker
        self.adopt = adopt
        self._target = target

    # -- one version --------------------------------------------------------------------------------------------------
    def inserted(self, new: Element) -> Element:
        """A paragraph only the new version has; its end is left to the caller."""
        return self._whole(copy.deepcopy(new), "ins")

    def deleted(self, old: Element) -> Element:
        """A paragraph only the old version has; its end is left to the caller."""
        return self.whole_deleted(self.adopt(old))

    def whole_deleted(self, adopted: Element) -> Element:
        """The same of a paragraph that was made fit for the new file already."""
        return self._whole(adopted, "del")

    def _whole(self, paragraph: Element, tag: Tag) -> Element:
        content = [each for each in paragraph if each.tag != f"{W}pPr"]
        properties = [each for each in paragraph if each.tag == f"{W}pPr"]
        out = Element(f"{W}p")
        out.extend([*properties, *self.marker.around(content, tag)])
        return out

    # -- both ---------------------------------------------------------------------------------------------------------
    def merged(self, old: Element, new: Element, *, whole: bool = False) -> Element:
        """Both in one. `whole`: all old words go and all new ones come, though some may be alike."""
        adopted = self.adopt(old)
        before, after = line_of(adopted, self._target), line_of(new, self._target)
        old_properties = compared_properties(adopted)
        same_set = properties_key(old_properties) == properties_key(compared_properties(new))
        if same_set and _alike(before, after):
            return new
        out = Element(f"{W}p")
        out.append(copy.deepcopy(properties_of(new)))
        rows = _instead(before.atoms, after.atoms) if whole else self._rows(before, after)
        out.extend(self._content(rows, after))
        if not same_set:
            self.marker.set_changed(out, old_properties)
        return out

    def _content(self, rows: Iterable[tuple[str, Sequence[Atom]]], after: Line) -> Iterator[Element]:
        for tag, atoms in rows:
            yield from self._written(atoms, tag)
        yield from after.behind

    def _rows(self, before: Line, after: Line) -> Iterator[tuple[str, Sequence[Atom]]]:
        """Stretches of atoms with what becomes of them: kept "", deleted or inserted."""
        old_keys, new_keys = [each.key for each in before.atoms], [each.key for each in after.atoms]
        for each in stretches(old_keys, new_keys, shown):
            old, new = before.atoms[each.old], after.atoms[each.new]
            if each.alike:
                yield from self._kept(old, new)
            else:
                yield from _instead(old, new)

    def _kept(self, old: Sequence[Atom], new: Sequence[Atom]) -> Iterator[tuple[str, Sequence[Atom]]]:
        """Atoms that say the same. Where they look otherwise, the change of looks is tracked too."""
        for one, other in zip(old, new, strict=True):
            if one.inside != other.inside:
                yield "", (self._other_words(one, other),)
            elif one.look_keys == other.look_keys:
                yield "", (other,)
            elif len(one.fragments) == 1 == len(other.fragments):
                yield "", (self._other_look(one.fragments[0], other),)
            else:
                yield from _instead((one,), (other,))

    def _other_words(self, one: Atom, other: Atom) -> Atom:
        """The same link with other words."""
        before, after = (line_of(each.elements[0], self._target) for each in (one, other))
        link = Element(other.elements[0].tag, dict(other.elements[0].attrib))
        link.extend(self._content(self._rows(before, after), after))
        return replace(other, elements=(link,))

    def _other_look(self, before: Fragment, atom: Atom) -> Atom:
        looks = self.marker.looks_changed(atom.fragments[0].looks, before.looks)
        return Atom(atom.key, (Fragment(atom.fragments[0].text, looks),), before=atom.before)

    # -- out ----------------------------------------------------------------------------------------------------------
    def _written(self, atoms: Sequence[Atom], tag: str) -> Iterator[Element]:
        """Atoms as elements of a paragraph; of deleted ones the bookmarks stay out, the new version has its own."""
        for marks, elements in _grouped(atoms):
            if tag == "":
                yield from (*marks, *elements)
            elif tag == "ins":
                yield from (*marks, *self.marker.around(elements, "ins"))
            else:
                yield from self.marker.around(elements, "del")


def _instead(old: Sequence[Atom], new: Sequence[Atom]) -> Iterator[tuple[str, Sequence[Atom]]]:
    """One stretch in the place of another. Bookmarks stand before both, so they are there whatever becomes of it."""
    if new:
        yield "", (Atom(("marks",), before=new[0].before),)
    yield "del", old
    yield "ins", [replace(each, before=[]) if at == 0 else each for at, each in enumerate(new)]


def _grouped(atoms: Sequence[Atom]) -> Iterator[tuple[list[Element], list[Element]]]:
    """Marks and the elements behind them, text of one look in one run."""
    marks: list[Element] = []
    fragments: list[Fragment] = []
    elements: list[Element] = []
    for atom in atoms:
        if atom.before and (fragments or elements):
            yield marks, [*elements, *_runs(fragments)]
            marks, fragments, elements = [], [], []
        marks = [*marks, *atom.before]
        if atom.elements:
            elements += [*_runs(fragments), *(copy.deepcopy(each) for each in atom.elements)]
            fragments = []
        fragments += atom.fragments
    yield marks, [*elements, *_runs(fragments)]


def _runs(fragments: Iterable[Fragment]) -> Iterator[Element]:
    waiting: list[Fragment] = []
    for each in fragments:
        if waiting and looks_key(waiting[-1].looks) != looks_key(each.looks):
            yield _run(waiting)
            waiting = []
        waiting.append(each)
    if waiting:
        yield _run(waiting)


def _run(fragments: Sequence[Fragment]) -> Element:
    run = Element(f"{W}r")
    if fragments[0].looks is not None:
        run.append(copy.deepcopy(fragments[0].looks))
    for piece in _pieces("".join(each.text for each in fragments)):
        if piece in "\t\n":
            SubElement(run, f"{W}tab" if piece == "\t" else f"{W}br")
        else:
            SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = piece
    return run


def _pieces(text: str) -> Iterator[str]:
    """The text divided at tabs and forced breaks, these included."""
    words = ""
    for char in text:
        if char in "\t\n":
            yield from filter(None, (words,))
            yield char
            words = ""
        else:
            words += char
    yield from filter(None, (words,))


# ---- properties -----------------------------------------------------------------------------------------------------
def compared_properties(paragraph: Element) -> list[Element]:
    """What a paragraph is set like: style, numbering, indents. Not its own end and not its section."""
    properties = paragraph.find(f"{W}pPr")
    return [] if properties is None else [each for each in properties if each.tag not in _NOT_COMPARED]


def properties_key(properties: Iterable[Element]) -> tuple[bytes, ...]:
    return tuple(serialise(Tree(each)) for each in properties)


def _alike(before: Line, after: Line) -> bool:
    one, other = ([(each.key, each.look_keys, each.inside) for each in line.atoms] for line in (before, after))
    return one == other
