"""The parts of one Word file, put together: the house's own as they are, the paper's made anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.content.blocks import Document
from docgen.render.docx import properties
from docgen.render.docx.blocks import closed_flow
from docgen.render.docx.context import Context, Place
from docgen.render.docx.house import OFFICE, RELATIONS, House, open_house
from docgen.render.docx.inline import link_relation
from docgen.render.docx.package import Part, pack, write_zip
from docgen.render.docx.page import NAMESPACES, footer, header, roomy, section, text_width
from docgen.render.docx.xml import DECLARATION, attribute

if TYPE_CHECKING:
    from docgen.render.theme import Look

_BODY = "word/document.xml"
_COMMENTS = "word/comments.xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OWN_TYPES = {
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    _BODY: f"{_WORD}.document.main+xml",
    _COMMENTS: f"{_WORD}.comments+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footer2.xml": f"{_WORD}.footer+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/header2.xml": f"{_WORD}.header+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
}
_FURNITURE = (
    ("rIdHeader", "header", "header1.xml"),
    ("rIdHeaderFirst", "header", "header2.xml"),
    ("rIdFooter", "footer", "footer1.xml"),
    ("rIdFooterFirst", "footer", "footer2.xml"),
    ("rIdNumbering", "numbering", "numbering.xml"),
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def write_docx(document: Document, look: Look) -> bytes:
    """The paper as a Word file. The same document and look give the same bytes on every machine."""
    house = open_house(look.house_docx)
    context = Context(document, house, roomy(document, look.theme))
    if document.numbered or document.chapters:
        from docgen.render.docx.apparatus import long_paper

        long_paper(context)
    texts = _own_parts(document, context)
    parts = dict(house.parts) | {name: _packed(text) for name, text in texts.items() if name != _BODY}
    parts[_BODY] = pack(texts[_BODY].encode())
    charts: dict[str, str] = {}
    if context.charts:
        from docgen.render.docx.figures import chart_parts, chart_types

        parts |= {name: pack(data) for name, data in chart_parts(context.charts).items()}
        charts = chart_types(len(context.charts))
    parts |= _fixed_parts(house, charts, custom=bool(document.properties), comments=bool(context.comments))
    if context.long is not None:
        parts |= context.long.styles()
    first = ("[Content_Types].xml", "_rels/.rels")
    return write_zip([(name, parts[name]) for name in (*first, *sorted(parts.keys() - set(first)))])


def _own_parts(document: Document, context: Context) -> dict[str, str]:
    """The body comes first: it finds out which links and lists the other parts must declare."""
    theme = context.theme
    body = closed_flow(document.blocks, context, Place(text_width(theme)))
    if context.long is not None:
        from docgen.render.docx.apparatus import numbered_pages

        body = numbered_pages(body, context)
    texts = {
        _BODY: f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{section(theme, after_cover=context.covered)}"
        "</w:body></w:document>",
        "word/header1.xml": header(document, context, first=False),
        "word/header2.xml": header(document, context, first=True),
        "word/footer1.xml": footer(document, context),
        "word/footer2.xml": footer(document, context, first=True),
        "word/numbering.xml": context.numbering.xml(context.house.numbering),
        "word/_rels/document.xml.rels": _document_relations(context),
        "docProps/core.xml": properties.core(document),
    }
    if document.properties:
        texts["docProps/custom.xml"] = properties.custom(document.properties)
    if context.comments:
        from docgen.render.docx.apparatus import comments_part

        texts[_COMMENTS] = comments_part(context)
    return texts


def _document_relations(context: Context) -> str:
    own = [_relation(identity, f"{OFFICE}/{kind}", target) for identity, kind, target in _FURNITURE]
    kept = [
        _relation(f"rIdHouse{number}", f"{OFFICE}/{kind}", f"/{name}")
        for number, (kind, name) in enumerate(context.house.relations, start=1)
    ]
    links = [link_relation(identity, url) for url, identity in context.links.items()]
    charts = [
        _relation(f"rIdChart{number}", f"{OFFICE}/chart", f"charts/chart{number}.xml")
        for number in range(1, len(context.charts) + 1)
    ]
    remarks = [_relation("rIdComments", f"{OFFICE}/comments", "comments.xml")] if context.comments else []
    return _relations([*own, *kept, *links, *charts, *remarks])


def _relations(lines: list[str]) -> str:
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{attribute(target)}"/>'


@lru_cache(maxsize=64)
def _packed(text: str) -> Part:
    """Small parts are much the same from paper to paper: feet, lists, relations."""
    return pack(text.encode())


def _fixed_parts(house: House, charts: dict[str, str], *, custom: bool, comments: bool) -> dict[str, Part]:
    """Parts that are the same for every paper of a house, as long as it has no charts; deflated once."""
    absent = {name for name, there in (("docProps/custom.xml", custom), (_COMMENTS, comments)) if not there}
    types = {name: kind for name, kind in _OWN_TYPES.items() if name not in absent} | house.types | charts
    overrides = "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(types[name])}"/>' for name in sorted(types)
    )
    content = (
        f'{DECLARATION}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    roots = [
        _relation("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        _relation("rId2", _PACKAGE, "docProps/core.xml"),
        _relation("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
    ]
    if custom:
        roots.append(_relation("rId4", f"{OFFICE}/custom-properties", "docProps/custom.xml"))
    return {
        "[Content_Types].xml": _packed(content),
        "_rels/.rels": _packed(_relations(roots)),
        "docProps/app.xml": _packed(properties.APP),
    }
