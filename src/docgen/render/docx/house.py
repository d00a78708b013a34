"""The house's reference document: its styles are found by name, its unchanging parts travel as they are.

A designer or a company may bring another reference document, saved by Word itself. Only the parts a paper needs are
taken from it, so a letterhead's templates, macros, custom data and outside references never reach a customer.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple

from docgen.render.docx.numbering import Lists, read_lists
from docgen.render.docx.package import Part, pack, read_zip
from docgen.render.docx.xml import DECLARATION, attribute, unescape
from docgen.render.theme import HouseBroken

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/"
_KEPT = ("styles", "settings", "fontTable", "theme")
STYLE = re.compile(r"<w:style\b([^>]*)>(.*?)</w:style>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_NAME = re.compile(r'<w:name\s+w:val="([^"]*)"')
_NUM_ID = re.compile(r'<w:numId\s+w:val="(\d+)"')
_TAB = re.compile(r'<w:tab\b[^>]*w:pos="(-?\d+)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*?)/?>")
_TYPE = re.compile(r"<(?:\w+:)?(Default|Override)\b([^>]*?)/?>")
_OUTSIDE = re.compile(
    r"<w:attachedTemplate\b[^>]*/>|<w:mailMerge\b.*?</w:mailMerge>|<w:(footnotePr|endnotePr)\b.*?</w:\1>|"
    r"<w:attachedSchema\b[^>]*/>|<w:saveThroughXslt\b[^>]*/>|<w:updateFields\b[^>]*/>",
    re.DOTALL,
)


class Relation(NamedTuple):
    kind: str
    target: str
    identity: str
    outside: bool


class Style(NamedTuple):
    """What the writer needs to know of a style: its id, still escaped; the list it numbers; the tab stops it sets."""

    identity: str
    number: str
    tabs: tuple[str, ...]


class House(NamedTuple):
    """parts: what is copied, name → packed bytes. types: their content types. relations: kind and name of those the
    body refers to. numbering: the list definitions as text, since every ordered list of a paper adds one."""

    parts: dict[str, Part]
    types: dict[str, str]
    relations: tuple[tuple[str, str], ...]
    styles: dict[tuple[str, str], Style]
    numbering: str
    lists: Lists

    def paragraph(self, name: str) -> str:
        """The style's id, or "" for Normal where this house has no such style."""
        return self._identity("paragraph", name)

    def character(self, name: str) -> str:
        return self._identity("character", name)

    def table(self, name: str) -> str:
        return self._identity("table", name)

    def tabs(self, name: str) -> tuple[str, ...]:
        style = self.styles.get(("paragraph", name.casefold()))
        return style.tabs if style else ()

    def _identity(self, kind: str, name: str) -> str:
        style = self.styles.get((kind, name.casefold()))
        return style.identity if style else ""


@lru_cache(maxsize=8)
def open_house(data: bytes) -> House:
    """Parse the reference document once for all papers written with it."""
    try:
        return _open(read_zip(data))
    except KeyError as error:
        raise HouseBroken(f"the Word reference document lacks {error}") from error


def _open(source: dict[str, Part]) -> House:
    main = _main_part(source)
    named = {relation.kind: _resolve(main, relation) for relation in _relations(source, main) if not relation.outside}
    if named.get("styles") not in source:
        raise HouseBroken("the Word reference document has no styles")
    parts: dict[str, Part] = {}
    relations = []
    for kind in _KEPT:
        if (name := named.get(kind, "")) in source:
            relations.append((kind, name))
            _keep(source, name, parts, cut=kind == "settings")
    styles = read_styles(_text(source, named["styles"]))
    numbering = _text(source, named["numbering"]) if named.get("numbering") in source else ""
    if numbering:
        _whole(named["numbering"], numbering.encode())
    lists = lists_of(numbering, styles)
    return House(parts, _content_types(source, parts), tuple(relations), styles, numbering, lists)


def _text(source: dict[str, Part], name: str) -> str:
    try:
        text = source[name].unpack().decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise HouseBroken("the Word reference document is not written in UTF-8, as Word writes") from error
    if _STRICT in text:
        raise HouseBroken('the Word reference document is saved as "Strict Open XML": save it as an ordinary .docx')
    return text


def _main_part(source: dict[str, Part]) -> str:
    for relation in _relations(source, ""):
        if relation.kind == "officeDocument":
            return _resolve("", relation)
    raise HouseBroken("the Word reference document is not a Word file")


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(source: dict[str, Part], part: str) -> list[Relation]:
    name = _relations_name(part)
    if name not in source:
        return []
    found = []
    for match in _RELATION.finditer(_text(source, name)):
        values = dict(_ATTRIBUTE.findall(match.group(1)))
        kind = values.get("Type", "").rpartition("/")[2]
        found.append(
            Relation(
                kind, unescape(values.get("Target", "")), values.get("Id", ""), values.get("TargetMode") == "External"
            )
        )
    return found


def _resolve(part: str, relation: Relation) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.target)).lstrip("/")


def _keep(source: dict[str, Part], name: str, parts: dict[str, Part], *, cut: bool) -> None:
    """Keep a part and what it embeds (fonts, a theme's pictures); the settings lose all they refer to."""
    if name in parts:
        return
    parts[name] = source[name]
    _whole(name, source[name].unpack())  # damage shows now, not in Word
    if cut:
        text = _text(source, name)
        cleaned = _OUTSIDE.sub("", text)
        if cleaned != text:
            parts[name] = pack(cleaned.encode())
        return
    inside = [each for each in _relations(source, name) if not each.outside and _resolve(name, each) in source]
    if inside:
        lines = "".join(
            f'<Relationship Id="{each.identity}" Type="{OFFICE}/{each.kind}" '
            f'Target="/{attribute(_resolve(name, each))}"/>'
            for each in inside
        )
        xml = f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'
        parts[_relations_name(name)] = pack(xml.encode())
        for each in inside:
            _keep(source, _resolve(name, each), parts, cut=False)


def _whole(name: str, data: bytes) -> None:
    """A part that Word could not read would make every paper unreadable."""
    if not name.endswith(".xml"):
        return
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise HouseBroken(f"its part {name} declares a document type of its own")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise HouseBroken(f"its part {name} is not whole: {error}") from error


def read_styles(text: str) -> dict[tuple[str, str], Style]:
    """Word writes its built-in names in English whatever the user's language; case is not significant."""
    found: dict[tuple[str, str], Style] = {}
    for match in STYLE.finditer(text):
        values = dict(_ATTRIBUTE.findall(match.group(1)))
        name = _NAME.search(match.group(2))
        if name and "w:styleId" in values:
            number = _NUM_ID.search(match.group(2))
            style = Style(values["w:styleId"], number.group(1) if number else "", tuple(_TAB.findall(match.group(2))))
            found[values.get("w:type", "paragraph"), unescape(name.group(1)).casefold()] = style
    return found


def lists_of(numbering: str, styles: dict[tuple[str, str], Style]) -> Lists:
    """The lists of a numbering part, those its list styles number first."""
    return read_lists(numbering, _number(styles, "list bullet"), _number(styles, "list number"))


def _number(styles: dict[tuple[str, str], Style], name: str) -> str:
    style = styles.get(("paragraph", name))
    return style.number if style else ""


def _content_types(source: dict[str, Part], parts: dict[str, Part]) -> dict[str, str]:
    """The content type of every part kept, relationship parts apart (they have a type of their own)."""
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for kind, attributes in _TYPE.findall(_text(source, "[Content_Types].xml")):
        values = dict(_ATTRIBUTE.findall(attributes))
        if kind == "Default":
            defaults[values["Extension"].lower()] = values["ContentType"]
        else:
            overrides[unescape(values["PartName"]).lstrip("/")] = values["ContentType"]
    return {
        name: overrides.get(name) or defaults.get(name.rpartition(".")[2].lower(), "application/octet-stream")
        for name in parts
        if not name.endswith(".rels")
    }
