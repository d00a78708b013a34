"""Word letters for tests, written part by part: what Word itself writes, no more of it than a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Figures7"><w:name w:val="Table Figure"/>'
    '<w:rPr><w:color w:val="AA0000"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Somebody Else"/></w:style>'
)
"""Normal, a style with a name of ours, and one that has an id of ours."""


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def control(tag: str, content: str, properties: str = "") -> str:
    """A content control around anything."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{escape(tag)}"/><w:id w:val="{sum(tag.encode())}"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def field(tag: str, look: str = "") -> str:
    """A plain-text control as Word makes one: with a placeholder."""
    placeholder = run("Click here", '<w:rStyle w:val="PlaceholderText"/>')
    own = f"<w:rPr>{look}</w:rPr>" if look else ""
    return (
        f'<w:sdt><w:sdtPr>{own}<w:tag w:val="{tag}"/><w:id w:val="7"/><w:placeholder><w:docPart w:val="X"/>'
        f"</w:placeholder><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{placeholder}</w:sdtContent></w:sdt>"
    )


def block(name: str) -> str:
    return control(f"block:{name}", p(run("here")))


def row(*cells: str) -> str:
    inner = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{each}</w:tc>' for each in cells)
    return f"<w:tr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def letter(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    section: str = "",
    main_type: str = f"{_TYPE}.document.main+xml",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx. parts: further ones below word/, by name, each a root's content; relations: id → kind and target, one
    that begins with `!` is outside; files: anything else in the zip."""
    section += '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'
    texts = {
        "document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>",
        "styles.xml": f"<w:styles {_NAMES}>{STYLES}</w:styles>",
        **{name: text.replace("NAMES", _NAMES) for name, text in (parts or {}).items()},
    }
    known = {"document.xml": main_type, "styles.xml": f"{_TYPE}.styles+xml"}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{known.get(name) or _type_of(name)}"/>' for name in texts
    )
    related = {"rId1": ("styles", "styles.xml"), **(relations or {})}
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{R}/{kind}" Target="{target.removeprefix("!")}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if target.startswith('!') else ''}/>"
        for identity, (kind, target) in related.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="x/bin"/>'
            f'<Default Extension="png" ContentType="image/png"/>{types}</Types>',
        )
        main = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
        )
        for name, text in texts.items():
            archive.writestr(f"word/{name}", text)
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _type_of(name: str) -> str:
    kind = name.removesuffix(".xml").rstrip("0123456789")
    return f"{_TYPE}.{kind}+xml"


def put(folder: Path, data: bytes, *, manifest: str = "", ending: str = "en.docx", name: str = "ours") -> Path:
    """A letter as the document `ours` of a workspace."""
    home = folder / "templates" / name
    home.mkdir(parents=True, exist_ok=True)
    text = f"document: {name}\ntitle: Our letter\nlanguages: [en, zh-CN]\n{manifest}"
    (home / "document.yaml").write_text(text, "utf-8")
    path = home / f"{name}.{ending}"
    path.write_bytes(data)
    return path
