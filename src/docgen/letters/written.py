"""The parts of a letter as one Word file again, with docgen's stamps; the same parts give the same bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from docgen.content.blocks import Document
from docgen.letters.opened import OpenedLetter, Relation
from docgen.render.docx import properties
from docgen.render.docx.figures import chart_parts, chart_types
from docgen.render.docx.guests import Guests
from docgen.render.docx.house import OFFICE, RELATIONS
from docgen.render.docx.package import pack, write_zip
from docgen.render.docx.xml import DECLARATION, attribute
from docgen.wordfile.xml import Tree, serialise

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_STAMPS = {
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def write_letter(
    letter: OpenedLetter,
    document: Document,
    trees: Mapping[str, Tree],
    guests: Guests,
    added: Mapping[str, Sequence[Relation]],
) -> bytes:
    """`trees`: the parts as they were filled; `added`: relations that came to them."""
    relations = {name: [*letter.relations.get(name, ()), *added.get(name, ())] for name in {*letter.relations, *added}}
    parts = {name: serialise(tree) for name, tree in trees.items()} | dict(letter.others)
    types = {name: letter.types.get(name) or f"{_WORD}.header+xml" for name in parts}
    types[letter.main] = f"{_WORD}.document.main+xml"
    styles = letter.named("styles")
    assert styles is not None, "asked for when the letter was opened"
    parts[styles] = guests.styles().encode()
    _number(letter, guests, parts, types, relations[letter.main])
    charts = guests.charts
    parts |= chart_parts(charts)
    types |= chart_types(len(charts))
    parts |= {
        "docProps/app.xml": properties.APP.encode(),
        "docProps/core.xml": properties.core(document).encode(),
        "docProps/custom.xml": properties.custom(document.properties).encode(),
    }
    types |= _STAMPS
    parts |= {_beside(name): _relations(each) for name, each in relations.items() if each}
    parts["_rels/.rels"] = _roots(letter.main)
    parts["[Content_Types].xml"] = _content(types)
    first = ("[Content_Types].xml", "_rels/.rels")
    return write_zip([(name, pack(parts[name])) for name in (*first, *sorted(parts.keys() - set(first)))])


def _number(
    letter: OpenedLetter, guests: Guests, parts: dict[str, bytes], types: dict[str, str], relations: list[Relation]
) -> None:
    """The lists; a letter that had none gets a part for them."""
    numbering, name = guests.numbering(), letter.named("numbering")
    if not numbering:
        return
    if name is None:
        name = posixpath.join(posixpath.dirname(letter.main), "numbering.xml")
        types[name] = f"{_WORD}.numbering+xml"
        relations.append(Relation("rIdDocgenLists", "numbering", name))
    parts[name] = numbering.encode()


def _beside(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(relations: Sequence[Relation]) -> bytes:
    lines = "".join(_relation(each) for each in relations)
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'.encode()


def _relation(each: Relation) -> str:
    target, mode = (each.target, ' TargetMode="External"') if each.outside else (f"/{each.target}", "")
    identity, target = attribute(each.identity), attribute(target)
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{each.kind}" Target="{target}"{mode}/>'


def _roots(main: str) -> bytes:
    roots = (
        ("rId1", f"{OFFICE}/officeDocument", main),
        ("rId2", _CORE, "docProps/core.xml"),
        ("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ("rId4", f"{OFFICE}/custom-properties", "docProps/custom.xml"),
    )
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{attribute(target)}"/>'
        for identity, kind, target in roots
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'.encode()


def _content(types: Mapping[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(types[name])}"/>' for name in sorted(types)
    )
    return (
        f'{DECLARATION}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()
