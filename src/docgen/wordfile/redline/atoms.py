"""A paragraph as the units that are compared: words and figures, and whole things such as a field or a link.

Words are cut as `docgen.rewording` cuts them, whatever runs they are written in; each remembers how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from docgen.rewording import tokens
from docgen.wordfile.names import W
from docgen.wordfile.xml import Tree, serialise

_MARKS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd")
_WEIGHTLESS = frozenset(f"{W}{name}" for name in _MARKS)
_THING = "\ufffc" * 9
"""What stands for a thing without words when it is asked how much lies between two changes: not little."""
Key = tuple[str, ...]
LINK = "link"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of one look. looks: run properties; None: the paragraph's own."""

    text: str
    looks: Element | None

    @property
    def key(self) -> tuple[str, bytes]:
        return self.text, looks_key(self.looks)


@dataclass(slots=True)
class Atom:
    """A unit. fragments: its words, for text; elements: what it is made of, for a thing; inside: the words of a link,
    which stays the same link with other words. before: marks without width (bookmarks) that stand before it."""

    key: Key
    fragments: tuple[Fragment, ...] = ()
    elements: tuple[Element, ...] = ()
    before: list[Element] = field(default_factory=list)
    inside: str = ""

    @property
    def look_keys(self) -> tuple[tuple[str, bytes], ...]:
        return tuple(each.key for each in self.fragments)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph's atoms, and the marks behind the last one."""

    atoms: tuple[Atom, ...]
    behind: tuple[Element, ...] = ()


def shown(key: Key) -> str:
    """What a reader sees of an atom."""
    return key[1] if key[0] == "text" else _THING


def looks_key(looks: Element | None) -> bytes:
    return b"" if looks is None or not len(looks) else serialise(Tree(looks))


def line_of(paragraph: Element, target: Callable[[Element], str]) -> Line:
    """The units of a paragraph. `target`: where a link leads."""
    reader = _Reader(target)
    for child in paragraph:
        if child.tag != f"{W}pPr":
            reader.take(child)
    return reader.done()


class _Reader:
    def __init__(self, target: Callable[[Element], str]) -> None:
        self._target = target
        self._atoms: list[Atom] = []
        self._words: list[Fragment] = []
        self._marks: list[tuple[int, Element]] = []
        self._field: list[Element] = []
        self._depth = 0

    def take(self, child: Element) -> None:
        if child.tag in _WEIGHTLESS:
            self._marks.append((sum(len(each.text) for each in self._words), child))
        elif child.tag == f"{W}r":
            self._run(child)
        elif child.tag == f"{W}hyperlink":
            self._thing((LINK, self._target(child)), child, inside=text_of(child))
        else:
            self._thing((child.tag, text_of(child)), child)

    def done(self) -> Line:
        for each in self._field:
            self._thing(("open field", *_codes([each])), each)
        behind = self._flush()
        return Line(tuple(self._atoms), behind)

    # -- runs ---------------------------------------------------------------------------------------------------------
    def _run(self, run: Element) -> None:
        kinds = [each.get(f"{W}fldCharType") for each in run.findall(f"{W}fldChar")]
        if self._depth or "begin" in kinds:
            self._field.append(run)
            self._depth += kinds.count("begin") - kinds.count("end")
            if not self._depth:
                whole, self._field = self._field, []
                self._thing(("field", *_codes(whole), text_of(*whole)), *whole)
            return
        looks = run.find(f"{W}rPr")
        for part in run:
            self._part(part, looks)

    def _part(self, part: Element, looks: Element | None) -> None:
        text = _as_text(part)
        if text is not None:
            self._words += [Fragment(text, looks)] if text else []
        elif part.tag != f"{W}rPr":
            alone = Element(f"{W}r")
            alone.extend([looks, part] if looks is not None else [part])
            self._thing((part.tag, *_description(part)), alone)

    def _thing(self, key: Key, *elements: Element, inside: str = "") -> None:
        before = self._flush()
        self._atoms.append(Atom(key, elements=elements, before=list(before), inside=inside))

    def _flush(self) -> tuple[Element, ...]:
        """The words so far as atoms; the marks that stand behind all of them."""
        words, self._words = self._words, []
        marks, self._marks = self._marks, []
        at = 0
        for token in tokens("".join(each.text for each in words)):
            before = [mark for place, mark in marks if at <= place < at + len(token)]
            self._atoms.append(Atom(("text", token), _cut(words, at, at + len(token)), before=before))
            at += len(token)
        return tuple(mark for place, mark in marks if place >= at)


def _cut(words: Iterable[Fragment], start: int, end: int) -> tuple[Fragment, ...]:
    out: list[Fragment] = []
    at = 0
    for each in words:
        piece = each.text[max(0, start - at) : max(0, end - at)]
        if piece and at < end:
            out.append(Fragment(piece, each.looks))
        at += len(each.text)
    return tuple(out)


def _as_text(part: Element) -> str | None:
    """Words, tabs and forced line breaks; None for everything else."""
    if part.tag == f"{W}t":
        return part.text or ""
    if part.tag == f"{W}tab":
        return "\t"
    return "\n" if part.tag == f"{W}br" and not part.attrib else None


def _codes(runs: Iterable[Element]) -> tuple[str, ...]:
    """The codes of fields, and how they begin and end."""
    parts = (each for run in runs for each in run.iter() if each.tag in (f"{W}instrText", f"{W}fldChar"))
    return tuple((each.text or "").strip() or each.get(f"{W}fldCharType", "") for each in parts)


def _description(part: Element) -> tuple[str, ...]:
    """What tells one picture or sign from another."""
    told = [each.get("descr", "") or each.get("name", "") for each in part.iter() if each.tag.endswith("}docPr")]
    return (*told, *sorted(part.attrib.values()))


def text_of(*elements: Element) -> str:
    return "".join(each.text or "" for element in elements for each in element.iter(f"{W}t"))
