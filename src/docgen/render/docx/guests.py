"""Blocks set in a Word file that is not ours: its styles where it has one of the name we use, ours brought along else.

The host's own styles, lists and bookmarks are never changed. What comes along gets ids that are free: styles, lists,
bookmarks, drawings. Body text is the host's Normal, so that a table's note does not look like another company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docgen.content.blocks import Block, Document
from docgen.render.docx.blocks import flow
from docgen.render.docx.context import ChartPart, Context, Place
from docgen.render.docx.house import STYLE, House, Style, lists_of, open_house, read_styles
from docgen.render.docx.inline import paragraph, text_run
from docgen.render.docx.package import pack
from docgen.render.docx.page import NAMESPACES, watermark
from docgen.render.docx.xml import attribute

if TYPE_CHECKING:
    from docgen.render.theme import Look

_PART = "word/styles.xml"
_STAY = frozenset({"normal", "body text", "default paragraph font", "normal table", "no list", "header", "footer"})
"""Styles that are never brought: a host without them wants its own Normal there."""
_USED = re.compile(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"')
_REFERS = re.compile(r'<w:(basedOn|next|link) w:val="([^"]*)"/>')
_DRAWN = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_SHADES = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


@dataclass(frozen=True)
class Host:
    """What guests must know of the file they come to. styles, numbering: those parts, `w:` as their prefix; "" for
    none. bookmarks: names in use; numbers: up to which ids of bookmarks and drawings are in use."""

    styles: str
    numbering: str = ""
    bookmarks: frozenset[str] = frozenset()
    numbers: int = 0


class Guests:
    """The guests of one file. Everything is asked for first; the parts they add are made when all are there."""

    def __init__(self, document: Document, look: Look, host: Host) -> None:
        """`document`: every block that will be asked for, in order, so that numbers and references are right."""
        ours = open_house(look.house_docx)
        self._document = document
        self._host = host
        self._own = read_styles(host.styles)
        self._brought = _brought(_part(ours), host.styles)
        styles = dict(self._own)
        styles |= {key: guest.style for key, guest in self._brought.items()}
        house = House(
            {_PART: pack(host.styles.encode())}, {}, (("styles", _PART),), styles, host.numbering,
            lists_of(host.numbering, self._own),
        )  # fmt: skip
        self._context = Context(document, house, look.theme)
        self._context.reserve(host.bookmarks, host.numbers)
        self._fragments: list[str] = []

    def blocks(self, blocks: Sequence[Block], width: int) -> str:
        """Blocks as a part's root around them; `width` of the column they stand in, in twentieths of a point."""
        return self._wrapped(flow(blocks, self._context, Place(width)))

    def draft_note(self) -> str:
        """The line that says what the paper is and what it lacks."""
        style = self._context.house.paragraph("Draft Note")
        words = text_run(self._document.draft_note, self._context)
        return self._wrapped(paragraph(style, words, properties='<w:spacing w:after="160"/>'))

    def watermark(self, number: int) -> str:
        """The draft's mark, a paragraph that holds nothing else; `number`: which header it is for."""
        return self._wrapped(paragraph("", watermark(self._document, self._context.theme, number)))

    def gap(self) -> str:
        """What stands between two tables."""
        style = self._context.house.paragraph("Table Gap")
        return self._wrapped(paragraph(style, ""))

    def _wrapped(self, xml: str) -> str:
        self._fragments.append(xml)
        return f"<w:body {NAMESPACES} {_DRAWN} {_SHADES}>{xml}</w:body>"

    # -- what they bring ----------------------------------------------------------------------------------------------
    @property
    def links(self) -> dict[str, str]:
        """Outside addresses by the id their links bear."""
        return {identity: url for url, identity in self._context.links.items()}

    @property
    def charts(self) -> Sequence[ChartPart]:
        """Charts in order: the first bears the id rIdChart1."""
        return self._context.charts

    def styles(self) -> str:
        """The host's styles part with those the guests use."""
        house = self._context.house
        guests = {guest.style.identity: guest for guest in self._brought.values()}
        used = _reached(_USED.findall("".join(self._fragments)), guests)
        house.parts[_PART] = pack(_with(self._host.styles, [guests[each].xml for each in used]).encode())
        parts = house.parts if self._context.long is None else self._context.long.styles(leaded=False)
        return parts[_PART].unpack().decode()

    def numbering(self) -> str:
        """The host's numbering part with the guests' lists; as it was where they have none."""
        if "<w:numId " not in "".join(self._fragments):
            return self._host.numbering
        return self._context.numbering.xml(self._host.numbering)


# ---- styles that come along -----------------------------------------------------------------------------------------
class _Guest(NamedTuple):
    style: Style
    xml: str


def _part(house: House) -> str:
    name = next(name for kind, name in house.relations if kind == "styles")
    return house.parts[name].unpack().decode().removeprefix("\ufeff")


@lru_cache(maxsize=32)
def _brought(ours: str, hosts: str) -> dict[tuple[str, str], _Guest]:
    """Every style of ours the host has none of the same name for, under an id that is free there."""
    own, host = read_styles(ours), read_styles(hosts)
    taken = {style.identity.casefold() for style in host.values()}
    named: dict[str, str] = {}
    for key, style in own.items():
        if key in host:
            named[style.identity] = host[key].identity
        elif key[1] in _STAY:
            named[style.identity] = ""
        else:
            free = style.identity if style.identity.casefold() not in taken else f"Docgen{style.identity}"
            named[style.identity] = free
    written = {read.identity: (key, read) for key, read in own.items()}
    out = {}
    for match in STYLE.finditer(ours):
        for read in read_styles(match[0]).values():
            key, style = written[read.identity]
            if key not in host and key[1] not in _STAY:
                xml = _settled(match[0], style.identity, named)
                out[key] = _Guest(style._replace(identity=named[style.identity], number=""), xml)
    return out


def _settled(xml: str, identity: str, named: dict[str, str]) -> str:
    """A style as it can live in the host: its id and those it refers to, no list, no indent of the host's Normal."""
    xml = xml.replace(f'w:styleId="{identity}"', f'w:styleId="{named[identity]}"', 1)
    xml = re.sub(r"<w:numPr>.*?</w:numPr>", "", xml, flags=re.DOTALL)
    if 'w:val="Normal"' in xml and "<w:ind " not in xml:
        xml = re.sub(r"(<w:spacing\b[^>]*/>)", r'\1<w:ind w:left="0" w:right="0" w:firstLine="0"/>', xml, count=1)
        if "<w:jc " not in xml and "<w:pPr>" in xml:
            left = '<w:jc w:val="left"/>'
            at = xml.find("<w:outlineLvl")
            at = at if at >= 0 else xml.index("</w:pPr>")
            xml = f"{xml[:at]}{left}{xml[at:]}"

    def refer(match: re.Match[str]) -> str:
        other = named.get(match[2], "")
        return f'<w:{match[1]} w:val="{attribute(other)}"/>' if other else ""

    return _REFERS.sub(refer, xml)


def _reached(used: Iterable[str], guests: dict[str, _Guest]) -> list[str]:
    """The ids of brought styles in use, with those they are based on, in the order of the house."""
    found: set[str] = set()
    waiting = list(used)
    while waiting:
        each = waiting.pop()
        if each in guests and each not in found:
            found.add(each)
            waiting += [other for _, other in _REFERS.findall(guests[each].xml)]
    return [each for each in guests if each in found]


def _with(styles: str, added: Sequence[str]) -> str:
    return styles.replace("</w:styles>", "".join(added) + "</w:styles>")
