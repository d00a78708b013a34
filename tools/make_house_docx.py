"""Make the house's reference document for Word from the theme: `templates/_house/house.docx`.

Run it after a change of theme.yaml: `python tools/make_house_docx.py`. The same theme gives the same bytes. The file
holds a page that shows every style; a designer may open it in Word, change the styles, and save it: papers use the
styles by name and take nothing else from that page. It is written part by part and not with python-docx, whose
default document brings 800 KB of styles, theme fonts and a compatibility mode that nobody wants in a quotation.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import yaml

from docgen.content.blocks import (
    Break,
    Cell,
    Column,
    Columns,
    Document,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
    plain,
    quiet,
)
from docgen.render.docx.blocks import closed_flow
from docgen.render.docx.context import Context, Place
from docgen.render.docx.house import open_house
from docgen.render.docx.numbering import WORD, bullet_definition, list_of, ordered_definition
from docgen.render.docx.package import pack, write_zip
from docgen.render.docx.page import text_width, twips
from docgen.render.docx.styles import Style, character_style, colour, half_points, identity, paragraph_style
from docgen.render.docx.tables import table_look
from docgen.render.docx.xml import DECLARATION, attribute, escape
from docgen.render.theme import Theme

HOUSE = Path(__file__).resolve().parent.parent / "templates" / "_house"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHINESE_NAMES = {
    "Microsoft YaHei": "微软雅黑",
    "SimSun": "宋体",
    "SimHei": "黑体",
    "KaiTi": "楷体",
    "FangSong": "仿宋",
    "DengXian": "等线",
}
_PANOSE = {"Microsoft YaHei": "020B0503020204020204"}


def paragraph_styles(theme: Theme) -> list[Style]:
    """Every paragraph style a paper uses. Leading is a least height, so a bigger font never loses its head."""
    size, ink = theme.sizes, theme.colours
    small, table = size.small * 1.4, size.table * 1.4
    width = text_width(theme)
    return [
        Style(
            "Title",
            size.title,
            ink.ink,
            True,
            space=(0, 2),
            leading=size.title * 1.46,
            keep_next=True,
            tab=width,
            following="Subtitle",
        ),
        Style(
            "Subtitle",
            size.subheading,
            ink.muted,
            space=(0, 7),
            leading=size.subheading * 1.4,
            keep_next=True,
            following="Body Text",
        ),
        *(
            Style(
                f"heading {level}",
                points,
                colour,
                True,
                space=space,
                leading=points * 1.46,
                keep_next=True,
                keep_lines=True,
                outline=level - 1,
                following="Body Text",
            )
            for level, points, colour, space in (
                (1, size.heading, ink.ink, (10, 3)),
                (2, size.subheading, ink.ink, (12, 4)),
                (3, size.body, ink.muted, (8, 3)),
            )
        ),
        Style("Body Text", space=(2, 5)),
        Style("Lead", size.subheading + 0.5, space=(0, 8), leading=(size.subheading + 0.5) * 1.6),
        Style("Note", size.small, ink.muted, space=(0, 5), leading=small),
        Style("Amount", size.table, space=(0, 2), leading=table, align="right"),
        Style("Key Label", size.small, ink.muted, space=(0, 1), leading=small, keep_next=True),
        Style("Key Value", size.subheading, ink.ink, leading=size.lead_figure * 1.35, exact=True),
        Style("Key Lead", size.lead_figure, ink.accent, True, leading=size.lead_figure * 1.35, exact=True),
        Style("Key Note", size.small, ink.muted, leading=small),
        Style("Table Head", size.small, ink.muted, leading=small, keep_next=True),
        Style("Table Text", size.table, leading=table),
        Style("Table Figure", align="right", based="Table Text"),
        Style("Table Group", bold=True, space=(5, 0), keep_next=True, based="Table Text"),
        Style("Table Subtotal", bold=True, based="Table Text"),
        Style(
            "Table Total", size.heading, ink.accent, True, space=(1, 1), leading=size.heading * 1.46, based="Table Text"
        ),
        Style("Table Gap", 1, space=(0, 7), leading=1, exact=True),
        Style("Fact Title", size.small, ink.muted, space=(0, 2), leading=small, keep_next=True),
        Style("Fact Value", size.table, space=(0, 3), leading=table + 1, contextual=True),
        Style("List Bullet", space=(0, 2), number=1),
        Style("List Number", space=(0, 2), number=2),
        Style("header", size.small, ink.muted, space=(0, 7), leading=small, tab=width),
        Style("footer", size.small, ink.muted, leading=small, tab=width),
        Style("Draft Note", size.small, ink.draft, True, leading=small),
    ]


def character_styles(theme: Theme) -> list[Style]:
    size, ink = theme.sizes, theme.colours
    return [
        Style("Strong", bold=True),
        Style("Emphasis", italic=True),
        Style("Quiet", size.small, ink.muted),
        Style("Brand", size.table, ink.accent, True),
        Style("Fact Label", colour=ink.muted),
        Style("Hyperlink", colour=ink.accent, underline=True),
    ]


def table_style(name: str, theme: Theme, order: int, head: str = "") -> str:
    borders, margins = table_look(name, theme)
    row = f"<w:tcPr><w:tcBorders>{head}</w:tcBorders></w:tcPr>"
    first = f'<w:tblStylePr w:type="firstRow">{row}</w:tblStylePr>' if head else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identity(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="{order}"/><w:qFormat/><w:tblPr>{borders}{margins}'
        f"</w:tblPr>{first}</w:style>"
    )


def table_styles(theme: Theme) -> str:
    head = f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{colour(theme.colours.ink)}"/>'
    others = ("Docgen Summary", "Docgen Key Figures", "Docgen Layout")
    return table_style("Docgen Lines", theme, 60, head) + "".join(
        table_style(name, theme, order) for order, name in enumerate(others, start=61)
    )


def styles(theme: Theme) -> str:
    size, fonts = theme.sizes, theme.fonts
    latin, cjk = attribute(fonts.word_latin), attribute(fonts.word_cjk)
    points = half_points(size.body)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{latin}" w:eastAsia="{cjk}" w:hAnsi="{latin}" '
        f'w:cs="{latin}"/><w:sz w:val="{points}"/>'
        f'<w:szCs w:val="{points}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        "<w:widowControl/><w:kinsoku/><w:wordWrap/><w:overflowPunct/>"
        f'<w:spacing w:before="0" w:after="0" w:line="{round(size.body * 1.5 * 20)}" w:lineRule="atLeast"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    hidden = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
        'w:defQFormat="0" w:count="376"/>'
    )
    roots = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:rPr>'
        f'<w:color w:val="{colour(theme.colours.ink)}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name '
        'w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority '
        'w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top '
        'w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" '
        'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    own = "".join(paragraph_style(style, order) for order, style in enumerate(paragraph_styles(theme), start=2))
    marks = "".join(character_style(style, order) for order, style in enumerate(character_styles(theme), start=40))
    body = f"{defaults}{hidden}{roots}{own}{marks}{table_styles(theme)}"
    return f'{DECLARATION}<w:styles xmlns:w="{WORD}">{body}</w:styles>'


def numbering() -> str:
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{WORD}">{bullet_definition(1, "ListBullet")}'
        f"{ordered_definition(2, 'ListNumber')}{list_of(1, 1)}{list_of(2, 2)}</w:numbering>"
    )


def settings() -> str:
    """Compatibility mode 15 is today's Word; anything less opens with a warning in the title bar."""
    word = "http://schemas.microsoft.com/office/word"
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{DECLARATION}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        f'<w:useFELayout/>{modes}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(theme: Theme) -> str:
    """A Chinese font's Chinese name is what a Chinese system knows it by."""
    lines = []
    for name in dict.fromkeys((theme.fonts.word_latin, theme.fonts.word_cjk)):
        other = _CHINESE_NAMES.get(name)
        alternative = f'<w:altName w:val="{other}"/>' if other else ""
        panose = f'<w:panose1 w:val="{_PANOSE[name]}"/>' if name in _PANOSE else ""
        charset = "86" if other else "00"
        lines.append(
            f'<w:font w:name="{attribute(name)}">{alternative}{panose}<w:charset w:val="{charset}"/>'
            '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        )
    return f'{DECLARATION}<w:fonts xmlns:w="{WORD}">{"".join(lines)}</w:fonts>'


_SAMPLE = Document(
    "house",
    (
        KeyFigures(
            (
                KeyFigure("Docgen Key Figures", "D-2026-0001"),
                KeyFigure("日期 Date", "2026-01-31"),
                KeyFigure("总价 Total", "CNY 123,456.00", lead=True),
            )
        ),
        Columns(
            (
                (Facts((Fact("Label", plain("Docgen Layout")), Fact("标签", plain("值"))), "Facts 事实"),),
                (Facts((Fact("Label", plain("Value")),), "Facts 事实"),),
            )
        ),
        Table(
            (Column(0.6), Column(0.4, "end")),
            (
                Row((Cell(plain("Docgen Lines"), span=2),), "group"),
                Row((Cell((*plain("产品 Product"), Break(), *quiet("Quiet 说明"))), Cell(plain("100,000.00")))),
                Row((Cell(plain("小计 Subtotal")), Cell(plain("100,000.00"))), "subtotal"),
            ),
            (Cell(plain("表头 Head")), Cell(plain("金额 Amount"))),
        ),
        Table(
            (Column(0.6), Column(0.4, "end")),
            (
                Row((Cell(plain("Docgen Summary")), Cell(plain("100,000.00")))),
                Row((Cell(plain("总价 Total")), Cell(plain("123,456.00"))), "total"),
            ),
            role="summary",
        ),
    ),
    ("zh-CN",),
    dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
)


def specimen(theme: Theme, tables: str) -> str:
    """One paragraph in every style, named by the style, and every table style in use, for a designer to see."""
    lines = [
        f'<w:p><w:pPr><w:pStyle w:val="{identity(style.name)}"/></w:pPr><w:r><w:t>{escape(style.name)} 样式 '
        "123,456.00</w:t></w:r></w:p>"
        for style in paragraph_styles(theme)
        if style.name != "Table Gap"
    ]
    marks = [
        f'<w:p><w:r><w:rPr><w:rStyle w:val="{identity(style.name)}"/></w:rPr><w:t>{escape(style.name)} 样式</w:t>'
        "</w:r></w:p>"
        for style in character_styles(theme)
    ]
    body = "".join([*lines, *marks, tables])
    paper = (12240, 15840) if theme.paper == "Letter" else (11906, 16838)
    edge = theme.margins
    section = (
        f'<w:sectPr><w:pgSz w:w="{paper[0]}" w:h="{paper[1]}"/><w:pgMar w:top="{twips(edge.top)}" '
        f'w:right="{twips(edge.right)}" w:bottom="{twips(edge.bottom)}" w:left="{twips(edge.left)}" w:header="567" '
        'w:footer="567" w:gutter="0"/>'
        '<w:docGrid w:linePitch="312"/></w:sectPr>'
    )
    return f'{DECLARATION}<w:document xmlns:w="{WORD}"><w:body>{body}{section}</w:body></w:document>'


def house_docx(theme: Theme) -> bytes:
    """The whole file. Its sample tables are set by the writer itself, in the styles just made."""
    bare = _package(theme, "")
    tables = closed_flow(_SAMPLE.blocks, Context(_SAMPLE, open_house(bare), theme), Place(text_width(theme)))
    return _package(theme, tables)


def _package(theme: Theme, tables: str) -> bytes:
    parts = {"styles": styles(theme), "numbering": numbering(), "settings": settings(), "fontTable": font_table(theme)}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{name}+xml"/>' for name in sorted(parts)
    )
    files = {f"word/{name}.xml": text for name, text in parts.items()}
    files["word/document.xml"] = specimen(theme, tables)
    files["[Content_Types].xml"] = (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>{types}</Types>'
    )
    files["_rels/.rels"] = relations([("officeDocument", "word/document.xml")])
    files["word/_rels/document.xml.rels"] = relations([(name, f"{name}.xml") for name in sorted(parts)])
    return write_zip([(name, pack(files[name].encode())) for name in sorted(files)])


def relations(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def main() -> None:
    arguments = argparse.ArgumentParser(description="Make the reference document for Word from the theme.")
    arguments.add_argument("--theme", type=Path, default=HOUSE / "theme.yaml")
    arguments.add_argument("--out", type=Path, default=HOUSE / "house.docx")
    chosen = arguments.parse_args()
    theme = Theme.model_validate(yaml.safe_load(chosen.theme.read_text(encoding="utf-8")) or {})
    chosen.out.write_bytes(house_docx(theme))


if __name__ == "__main__":
    main()
