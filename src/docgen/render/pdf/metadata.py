"""What the file says about itself: information dictionary, XMP, colour space, attachments, bookmarks.

PDF/A-3a and PDF/UA-1 are claimed in the XMP, which must agree with the information dictionary word for word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from docgen.content.blocks import Attachment, Document
from docgen.render.pdf.colour import srgb_profile
from docgen.render.pdf.file import PaperFile, name, text
from docgen.render.pdf.flow import Target
from docgen.render.pdf.stream import number

_PRODUCER = "docgen"
_UA_SCHEMA = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def escape(value: str) -> str:
    """Text inside an XML element. (The standard library's own costs as much to import as a page to write.)"""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _utc(moment: dt.datetime) -> dt.datetime:
    """A moment without a zone is meant in UTC; the machine's own zone never matters."""
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def information(document: Document) -> str:
    """The information dictionary, the document's own properties included."""
    moment = _utc(document.date).strftime("D:%Y%m%d%H%M%SZ")
    entries = {
        "Title": document.title,
        "Author": document.author,
        "Subject": document.subject,
        "Creator": _PRODUCER,
        "Producer": _PRODUCER,
        "CreationDate": moment,
        "ModDate": moment,
    }
    own = {key: value for key, value in document.properties.items() if key not in entries}
    return "<<" + "".join(name(key) + text(value) for key, value in {**entries, **own}.items() if value) + ">>"


def xmp(document: Document) -> bytes:
    """The same as XML, and the standards the file follows. An empty property is left out: PDF/A refuses it."""
    moment = _utc(document.date).strftime("%Y-%m-%dT%H:%M:%SZ")
    local = '<rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt>'
    languages = "".join(f"<rdf:li>{escape(tag)}</rdf:li>" for tag in document.languages)
    properties = [
        ("dc:format", "application/pdf"),
        ("dc:title", document.title and local % escape(document.title)),
        ("dc:creator", document.author and f"<rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq>"),
        ("dc:description", document.subject and local % escape(document.subject)),
        ("dc:language", f"<rdf:Bag>{languages}</rdf:Bag>"),
        ("pdf:Producer", _PRODUCER),
        ("xmp:CreatorTool", _PRODUCER),
        ("xmp:CreateDate", moment),
        ("xmp:ModifyDate", moment),
        ("pdfaid:part", "3"),
        ("pdfaid:conformance", "A"),
        ("pdfuaid:part", "1"),
    ]
    body = "".join(f"<{key}>{value}</{key}>" for key, value in properties if value)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        f' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">{body}</rdf:Description>{_UA_SCHEMA}</rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    )
    return packet.encode("utf-8")


def catalog(
    document: Document,
    file: PaperFile,
    structure: str,
    pages: Sequence[str],
    targets: Sequence[tuple[Target, int, float]],
) -> dict[str, str]:
    """Entries of the document catalogue, the objects behind them stored in the file."""
    profile = file.stream("/N 3", srgb_profile())
    entries = {
        "Lang": text(document.languages[0] if document.languages else "zh-CN"),
        "MarkInfo": "<</Marked true>>",
        "Metadata": file.stream("/Type/Metadata/Subtype/XML", xmp(document), packed=True),
        "OutputIntents": f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
        f"/DestOutputProfile {profile}>>]",
        "StructTreeRoot": structure,
        "ViewerPreferences": "<</DisplayDocTitle true>>",
    }
    names = _names(document.attachments, file, pages, targets, entries)
    if names:
        entries["Names"] = f"<<{names}>>"
    listed = [each for each in targets if each[0].level >= 0]
    if listed:
        entries["Outlines"] = _bookmarks(file, pages, listed)
    return entries


def _names(
    attachments: Sequence[Attachment],
    file: PaperFile,
    pages: Sequence[str],
    targets: Sequence[tuple[Target, int, float]],
    entries: dict[str, str],
) -> str:
    """Named places and attached files; the files are also named in the catalogue, as PDF/A-3 wants."""
    names = ""
    if targets:
        places = {target.anchor: f"[{pages[page]}/XYZ 0 {number(height)} null]" for target, page, height in targets}
        ordered = "".join(text(anchor) + places[anchor] for anchor in sorted(places))
        names += f"/Dests<</Names[{ordered}]>>"
    if attachments:
        files = {attachment.name: _attach(attachment, file) for attachment in attachments}
        entries["AF"] = f"[{' '.join(files.values())}]"
        ordered = "".join(f"{text(key)}{files[key]}" for key in sorted(files))
        names += f"/EmbeddedFiles<</Names[{ordered}]>>"
    return names


def _attach(attachment: Attachment, file: PaperFile) -> str:
    kind = name(attachment.media_type)
    data = file.stream(f"/Type/EmbeddedFile/Subtype{kind}/Params<</Size {len(attachment.data)}>>", attachment.data)
    about = f"/Desc{text(attachment.description)}" if attachment.description else ""
    title = text(attachment.name)
    return file.add(f"<</Type/Filespec/F{title}/UF{title}{about}/AFRelationship/Source/EF<</F {data}/UF {data}>>>>")


def _bookmarks(file: PaperFile, pages: Sequence[str], targets: Sequence[tuple[Target, int, float]]) -> str:
    """The outline: each heading under the nearest higher one before it."""
    first = file.reserve(len(targets) + 1)
    parents, children = [-1] * len(targets), [[] for _ in range(len(targets) + 1)]  # type: list[int], list[list[int]]
    open_: list[int] = []
    orders: list[int] = []
    for place, (target, _, _) in enumerate(targets):
        del open_[target.level :]
        parents[place] = open_[-1] if open_ else -1
        orders.append(len(children[parents[place]]))
        children[parents[place]].append(place)
        open_.append(place)

    def link(place: int) -> str:
        return f"{first + 1 + place} 0 R"

    def family(place: int) -> str:
        kids = children[place]
        return f"/First {link(kids[0])}/Last {link(kids[-1])}/Count {len(kids)}" if kids else ""

    bodies = [f"<</Type/Outlines{family(-1)}>>"]
    for place, (target, page, height) in enumerate(targets):
        siblings, order = children[parents[place]], orders[place]
        before = f"/Prev {link(siblings[order - 1])}" if order else ""
        after = f"/Next {link(siblings[order + 1])}" if order + 1 < len(siblings) else ""
        goal = f"/Dest[{pages[page]}/XYZ 0 {number(height)} null]"
        around = f"/Parent {link(parents[place])}{before}{after}{family(place)}"
        bodies.append(f"<</Title{text(target.title)}{around}{goal}>>")
    file.fill(first, [body.encode("latin-1") for body in bodies])
    return f"{first} 0 R"
