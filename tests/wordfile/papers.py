"""Small Word files made by hand for these tests: a contract with numbered clauses, bookmarks and a table."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WHO = 'w:id="7" w:author="Customer lawyer (invented)" w:date="2026-12-01T09:30:00Z"'


def style(identity: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{more}</w:style>'


STYLES = "".join(
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        style(
            "Clause1",
            "Clause 1",
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>',
        ),
        style("Clause2", "Clause 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
        style("Clause3", "Clause 3", '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
        style("Loud", "Loud", "<w:rPr><w:b/><w:u w:val='single'/></w:rPr>", "character"),
    )
)


def level(at: int, text: str, form: str = "decimal", more: str = "", paragraph_style: str = "") -> str:
    link = f'<w:pStyle w:val="{paragraph_style}"/>' if paragraph_style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    )


def definition(identity: int, *levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )


def list_(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


NUMBERING = definition(
    1,
    level(0, "第%1条", paragraph_style="Clause1"),
    level(1, "%1.%2", paragraph_style="Clause2"),
    level(2, "(%3)", "lowerLetter", paragraph_style="Clause3"),
) + list_(1, 1)


def run(text: str, looks: str = "", tag: str = "t") -> str:
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def ins(text: str, who: str = WHO) -> str:
    return f"<w:ins {who}>{run(text)}</w:ins>"


def dele(text: str, who: str = WHO) -> str:
    return f"<w:del {who}>{run(text, tag='delText')}</w:del>"


_marks = iter(range(1, 100_000))


def p(content: str, style: str = "", bookmark: str = "", *, properties: str = "", end: str = "") -> str:
    """A paragraph; `content` is XML of runs, or plain words. `end`: `ins` or `del`, a tracked paragraph mark."""
    runs = content if content.startswith("<") or not content else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    mark = f"<w:rPr><w:{end} {WHO}/></w:rPr>" if end else ""
    number = next(_marks)
    around = (
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
        if bookmark
        else runs
    )
    return f"<w:p><w:pPr>{named}{properties}{mark}</w:pPr>{around}</w:p>"


def table(*rows: tuple[str, ...], track: Mapping[int, str] | None = None) -> str:
    """Rows of cells. track: the tracked `ins` or `del` of a row by its place."""
    out = []
    for at, cells in enumerate(rows):
        change = (track or {}).get(at)
        mark = f"<w:trPr><w:{change} {WHO}/></w:trPr>" if change else ""
        out.append(f"<w:tr>{mark}{''.join(f'<w:tc><w:tcPr/>{_cell(cell)}</w:tc>' for cell in cells)}</w:tr>")
    grid = "".join('<w:gridCol w:w="3000"/>' for _ in rows[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(out)}</w:tbl>"


def _cell(cell: str) -> str:
    return cell if cell.startswith("<w:p>") else p(cell)


def field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def docx(
    body: str,
    *,
    numbering: str = NUMBERING,
    styles: str = STYLES,
    parts: Mapping[str, tuple[str, str]] | None = None,
    main: str = "word/document.xml",
) -> bytes:
    """A Word file of that body. parts: more parts of the text by kind, as `comments`, each with its root's name and
    its content."""
    more = dict(parts or {})
    files = {
        main: f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NS}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NS}>{numbering}</w:numbering>",
        **{f"word/{kind}.xml": f"<w:{root} {NS}>{content}</w:{root}>" for kind, (root, content) in more.items()},
    }
    kinds = {"word/styles.xml": "styles", "word/numbering.xml": "numbering", main: "document.main"}
    kinds |= {f"word/{kind}.xml": kind for kind in more}
    types = "".join(f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in kinds.items())
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for at, kind in enumerate(("styles", "numbering", *more), start=1)
    )
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
    )
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        f'Target="{main}"/></Relationships>'
    )
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )
    return zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for name, text in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def through_libreoffice(data: bytes, folder: Path, kind: str = "docx") -> bytes:
    """The file as LibreOffice saves it."""
    (folder / "in").mkdir(exist_ok=True)
    source = folder / "in" / "paper.docx"
    source.write_bytes(data)
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", kind),
            *("--outdir", str(folder / "saved"), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = (folder / "saved" / f"paper.{kind}").read_bytes()
    shutil.rmtree(folder / "saved")
    return saved


# ---- the contract the tests speak of --------------------------------------------------------------------------------
FEES = "费用为人民币1,200,000.00元（大写：人民币壹佰贰拾万元整），甲方应在收到发票后30日内付款。"
LATE = "甲方逾期付款的，每逾期一日按应付未付款项的0.05%支付违约金，但累计不超过合同总额的10%。"
CAP = "乙方在本合同项下的累计赔偿责任，以甲方就引起索赔的服务在前12个月内已付的费用为限。"
CARVE = "前款限制不适用于人身伤害、故意或者重大过失造成的损失。"
SECRET = "双方对在履行本合同过程中知悉的对方商业秘密负有保密义务，期限为合同终止后5年。"
LAW = "本合同适用中华人民共和国法律，争议提交上海仲裁委员会仲裁。"
TABLE = (("款项", "比例", "金额"), ("首付款", "30%", "360,000.00"), ("验收款", "70%", "840,000.00"))


def contract(
    *,
    fees: str = p(FEES, "Clause2", "dg_fees_2"),
    late: str = p(LATE, "Clause2", "dg_fees_3"),
    payments: str = table(*TABLE),
    liability: str = p("责任限制", "Clause1", "dg_liability_cap_1")
    + p(CAP, "Clause2", "dg_liability_cap_2")
    + p(CARVE, "Clause2", "dg_liability_cap_3"),
    secrecy: str = p("保密", "Clause1", "dg_secrecy_1") + p(SECRET, "Clause2", "dg_secrecy_2"),
    law: str = p("适用法律", "Clause1", "dg_law_1") + p(LAW, "Clause2", "dg_law_2"),
    parts: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """The contract, any of its pieces in other words."""
    head = p("软件许可合同") + p("费用", "Clause1", "dg_fees_1")
    return docx(head + fees + late + payments + liability + secrecy + law, parts=parts)
