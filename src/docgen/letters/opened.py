"""A letter's file read: the parts a paper may have, and a word on everything else.

Only parts of known kinds are taken, so nothing a company did not mean to send travels along. What would run, fetch,
or hide something is refused; what is merely left over from work on the letter stays behind, and is told.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from docgen.problems import Place, Problem
from docgen.wordfile.archive import Archive, Refused, open_archive
from docgen.wordfile.names import PACKAGE, WORD, W
from docgen.wordfile.xml import Tree

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TREES = ("styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes")
_AS_THEY_ARE = ("theme", "fontTable", "image", "font")
_LEFT = {
    "comments": "review comments",
    "commentsExtended": "review comments",
    "commentsIds": "review comments",
    "commentsExtensible": "review comments",
    "customXml": "data of another program (custom XML)",
    "attachedTemplate": "the template it was made from",
    "mailMergeSource": "a mail merge",
    "mailMergeHeaderSource": "a mail merge",
    "recipientData": "a mail merge",
}
"""Kinds of parts that stay behind, and what the user is told."""
_SILENTLY = (
    "webSettings", "stylesWithEffects", "printerSettings", "people", "thumbnail", "attachedToolbars",
    "keyMapCustomizations", "glossaryDocument",
)  # fmt: skip
_RUNS = {
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "an ActiveX control",
    "aFChunk": "another document",
    "subDocument": "another document",
    "chart": "a chart",
    "chartEx": "a chart",
    "diagramData": "SmartArt",
}
_TRACKED = tuple(
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange",
        "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
    )
)  # fmt: skip
_FETCHES = re.compile(
    r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE|IMPORT|MACROBUTTON|RD|MERGEFIELD)\b", re.IGNORECASE
)
_SAFE_LINKS = ("http://", "https://", "mailto:", "#")
_BEHIND = tuple(
    f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "dataBinding", "placeholder")
)
_OF_SETTINGS = (
    "attachedTemplate", "linkStyles", "mailMerge", "attachedSchema", "saveThroughXslt", "updateFields", "docVars",
)  # fmt: skip
_DATA_BINDING = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to. `target`: a part's name, or an address where it leads outside."""

    identity: str
    kind: str
    target: str
    outside: bool = False


@dataclass(frozen=True)
class OpenedLetter:
    """A letter as its file has it. trees: its text and what that is set with; others: pictures, fonts, the theme;
    types: content types; relations: by part. warnings: what stays behind."""

    shown: str
    main: str
    trees: Mapping[str, Tree]
    others: Mapping[str, bytes]
    types: Mapping[str, str]
    relations: Mapping[str, tuple[Relation, ...]]
    warnings: tuple[Problem, ...] = field(default=())

    def named(self, kind: str) -> str | None:
        """The part of a kind the text refers to: `styles`, `numbering`."""
        return next((each.target for each in self.relations[self.main] if each.kind == kind), None)

    @property
    def texts(self) -> tuple[str, ...]:
        """The parts that hold words, the letter's body first."""
        plain = {self.named(kind) for kind in ("styles", "numbering", "settings")}
        return (self.main, *sorted(name for name in self.trees if name != self.main and name not in plain))


def open_letter(data: bytes, shown: str) -> OpenedLetter | tuple[Problem, ...]:
    """The letter, or everything that speaks against its file."""
    try:
        archive = open_archive(data)
        reader = _Reader(archive, shown)
        reader.read()
    except Refused as refused:
        return (refused.problem(shown),)
    if reader.refused:
        return tuple(reader.problem("letter_refused", what) for what in dict.fromkeys(reader.refused))
    left = [replace(reader.problem("letter_left", what), severity="warning") for what in dict.fromkeys(reader.left)]
    return OpenedLetter(
        shown, archive.main, reader.trees, reader.others, _content_types(archive), reader.relations, tuple(left)
    )


class _Reader:
    """Follows the text's references to the parts that are kept."""

    def __init__(self, archive: Archive, shown: str) -> None:
        self.archive = archive
        self.shown = shown
        self.trees: dict[str, Tree] = {}
        self.others: dict[str, bytes] = {}
        self.relations: dict[str, tuple[Relation, ...]] = {}
        self.refused: list[str] = []
        self.left: list[str] = []

    def problem(self, code: str, what: str) -> Problem:
        return Problem(code, (), {"file": self.shown, "what": what}, origin="template", place=Place(self.shown))

    def read(self) -> None:
        if "macroEnabled" in _content_types(self.archive).get(self.archive.main, ""):
            self.refused.append("macros")
        self._tree(self.archive.main)
        if self.trees[self.archive.main].root.find(f"{W}body") is None:
            raise Refused("not_a_word_file")
        if not any(each.kind == "styles" for each in self.relations[self.archive.main]):
            raise Refused("word_broken", reason="it has no styles")

    def _tree(self, name: str) -> None:
        tree = self.archive.tree(name)
        if tree is None:
            raise Refused("word_broken", reason=f"it lacks {name}")
        tree = Tree(tree.root, {uri: prefix for uri, prefix in tree.prefixes.items() if prefix} | {WORD: "w"})
        self.trees[name] = tree
        self._look_through(tree.root)
        self._follow(name)

    def _follow(self, name: str) -> None:
        kept = [each for each in _relations_of(self.archive, name) if self._is_kept(each)]
        self.relations[name] = tuple(kept)
        for each in kept:
            if each.outside or each.target in self.trees or each.target in self.others:
                continue
            if each.kind in _TREES:
                self._tree(each.target)
            else:
                data = self.archive.data(each.target)
                if data is None:
                    raise Refused("word_broken", reason=f"it lacks {each.target}")
                self.others[each.target] = data
                self._follow(each.target)

    def _is_kept(self, relation: Relation) -> bool:
        if relation.kind in _LEFT:
            if relation.kind != "customXml" or self._holds_data(relation.target):
                self.left.append(_LEFT[relation.kind])
            return False
        if relation.kind in _SILENTLY:
            return False
        if relation.kind == "hyperlink":
            if relation.outside and not relation.target.lower().startswith(_SAFE_LINKS):
                self.refused.append(f"a link to {relation.target[:80]}")
            return relation.outside
        if relation.outside:
            self.refused.append(f"a reference to something outside of it ({relation.kind}: {relation.target[:80]})")
            return False
        if relation.kind in (*_TREES, *_AS_THEY_ARE):
            return True
        self.refused.append(_RUNS.get(relation.kind, f"a part of a kind docgen does not know ({relation.kind})"))
        return False

    def _holds_data(self, part: str) -> bool:
        """Word leaves an empty list of sources in nearly every file."""
        root = self.archive.root(part)
        return root is not None and (len(root) > 0 or bool((root.text or "").strip()))

    def _look_through(self, root: Element) -> None:
        """Refuse tracked changes and fields that fetch; take what belongs to parts that stay behind."""
        if any(node.tag in _TRACKED for node in root.iter()):
            self.refused.append("tracked changes: accept or reject them first")
        for codes in _field_codes(root):
            found = _FETCHES.match(codes)
            if found:
                self.refused.append(f"a {found[1].upper()} field, which fetches something")
        _strip(root)


def _field_codes(root: Element) -> Iterator[str]:
    """The code of every field, however many runs it is cut into."""
    open_codes: list[str] = []
    for node in root.iter():
        if node.tag == f"{W}fldSimple":
            yield node.get(f"{W}instr", "")
        elif node.tag == f"{W}instrText" and open_codes:
            open_codes[-1] += node.text or ""
        elif node.tag == f"{W}fldChar":
            if node.get(f"{W}fldCharType") == "begin":
                open_codes.append("")
            elif open_codes:
                yield open_codes[-1]
                if node.get(f"{W}fldCharType") == "end":
                    open_codes.pop()


def _strip(parent: Element) -> None:
    """Take marks of comments, bindings to data and the like; in settings what leads outside."""
    gone = (*_BEHIND, _DATA_BINDING)
    if parent.tag == f"{W}settings":
        gone = tuple(f"{W}{name}" for name in _OF_SETTINGS)
    for child in list(parent):
        if child.tag in gone:
            parent.remove(child)
        else:
            _strip(child)


# ---- the package ----------------------------------------------------------------------------------------------------
def _relations_of(archive: Archive, part: str) -> Iterator[Relation]:
    folder, name = posixpath.split(part)
    root = archive.root(posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in () if root is None else root.findall(f"{PACKAGE}Relationship"):
        kind, target = each.get("Type", ""), each.get("Target", "")
        if kind.startswith("http://purl.oclc.org/ooxml/"):
            raise Refused("letter_strict")
        outside = each.get("TargetMode") == "External"
        if not outside:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        yield Relation(each.get("Id", ""), kind.rpartition("/")[2], target, outside)


def _content_types(archive: Archive) -> dict[str, str]:
    """The content type of every part of the file."""
    root = archive.root("[Content_Types].xml")
    if root is None:
        raise Refused("not_a_word_file")
    defaults = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in root.iter(f"{_TYPES}Default")
    }
    own = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in root.iter(f"{_TYPES}Override")}
    names = archive.zip.namelist()
    return {name: own.get(name) or defaults.get(name.rpartition(".")[2].lower(), "") for name in names}
