"""The sheet around the body: its size and margins, the running head, the foot, a draft's mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docgen.content.articles import has_clauses
from docgen.content.blocks import Document
from docgen.render.docx.context import Context
from docgen.render.docx.inline import field, paragraph, text_run
from docgen.render.docx.numbering import WORD
from docgen.render.docx.xml import DECLARATION, attribute, ems, has_chinese

if TYPE_CHECKING:
    from docgen.render.theme import Theme

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATION}"'
_DRAWING = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}
_TWIPS_A_MILLIMETRE = 1440 / 25.4
HEAD_AT = 0.4
"""Where the running head begins, as a share of the margin above the text."""
_SLOT = re.compile(r"\{(pages?)\}")


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, the unit of everything on Word's page."""
    return round(millimetres * _TWIPS_A_MILLIMETRE)


def text_height(theme: Theme) -> int:
    return _PAPERS[theme.paper][1] - twips(theme.margins.top) - twips(theme.margins.bottom)


def text_width(theme: Theme) -> int:
    return _PAPERS[theme.paper][0] - twips(theme.margins.left) - twips(theme.margins.right)


def section(theme: Theme, *, after_cover: bool = False) -> str:
    """The section: an own first page, so the running head starts on page 2; behind a cover there is no need of one."""
    heads = (("header", "default", "rIdHeader"), ("header", "first", "rIdHeaderFirst"))
    feet = (("footer", "default", "rIdFooter"), ("footer", "first", "rIdFooterFirst"))
    kept = 1 if after_cover else 2
    return _section(theme, [*heads[:kept], *feet[:kept]], "" if after_cover else "<w:titlePg/>")


def cover_section(theme: Theme) -> str:
    """The section of the cover: one page, with neither head nor foot but a draft's mark."""
    return _section(theme, [("header", "default", "rIdHeaderFirst"), ("footer", "default", "rIdFooterFirst")], "")


def _section(theme: Theme, references: Sequence[tuple[str, str, str]], first: str) -> str:
    width, height = _PAPERS[theme.paper]
    edge = theme.margins
    top, bottom, left, right = (twips(each) for each in (edge.top, edge.bottom, edge.left, edge.right))
    named = "".join(f'<w:{kind}Reference w:type="{on}" r:id="{identity}"/>' for kind, on, identity in references)
    return (
        f'<w:sectPr>{named}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" '
        f'w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{round(top * HEAD_AT)}" '
        f'w:footer="{round(bottom * 0.45)}" w:gutter="0"/>{first}<w:docGrid w:linePitch="312"/></w:sectPr>'
    )


def header(document: Document, context: Context, *, first: bool) -> str:
    """The head of page 1 holds nothing, or a draft's note; the running head is for the pages after it."""
    style = context.house.paragraph("Header")
    left, right = ("", "") if first else document.running
    mark = watermark(document, context.theme, 1 if first else 2) if document.draft else ""
    lines = []
    if document.draft_note and not (first and context.covered):
        note = text_run(document.draft_note, context)
        lines.append(paragraph(context.house.paragraph("Draft Note") or style, mark + note))
        mark = ""
    if left or right or not lines:
        lines.append(_two_sided(style, "Header", mark + text_run(left, context), text_run(right, context), context))
    return _part("hdr", "".join(lines))


def footer(document: Document, context: Context, *, first: bool = False) -> str:
    style = context.house.paragraph("Footer")
    if first and context.covered:
        return _part("ftr", paragraph(style, ""))
    label = _page_label(document.page_label, context)
    lines, numbered = _foot(document, context.theme)
    return _part(
        "ftr",
        "".join(
            _two_sided(style, "Footer", text_run(line, context), label if place == numbered else "", context)
            for place, line in enumerate(lines)
        ),
    )


def _foot(document: Document, theme: Theme) -> tuple[list[str], int]:
    """The lines of the foot, and which the page's number stands on: the first that leaves it room, else its own. On
    papers without clauses the one line stays a paragraph, which Word breaks."""
    lines = document.footer.split("\n")
    if len(lines) == 1 and not has_clauses(document.blocks):
        return lines, 0
    room = text_width(theme) / 20 / theme.sizes.small - ems(document.page_label) - 1
    numbered = next((place for place, line in enumerate(lines) if ems(line) < room), len(lines))
    return ([*lines, ""] if numbered == len(lines) else lines), numbered


def roomy(document: Document, theme: Theme) -> Theme:
    """The theme with the margin a foot of several lines needs."""
    more = (len(_foot(document, theme)[0]) - 1) * theme.sizes.small * 1.4 * 20 / _TWIPS_A_MILLIMETRE
    if not more:
        return theme
    margins = theme.margins.model_copy(update={"bottom": theme.margins.bottom + more})
    return theme.model_copy(update={"margins": margins})


def _part(root: str, content: str) -> str:
    return f"{DECLARATION}<w:{root} {NAMESPACES} {_DRAWING}>{content}</w:{root}>"


def _two_sided(style: str, name: str, left: str, right: str, context: Context) -> str:
    """Left words, right words: one tab stop at the right margin, whatever stops the house's style has."""
    if not right:
        return paragraph(style, left)
    width = text_width(context.theme)
    stops = {int(stop): "clear" for stop in context.house.tabs(name)} | {width: "right"}
    tabs = "".join(f'<w:tab w:val="{stops[at]}" w:pos="{at}"/>' for at in sorted(stops))
    same = set(stops.values()) == {"right"} and context.house.tabs(name)
    properties = "" if same else f"<w:tabs>{tabs}</w:tabs>"
    return paragraph(style, f"{left}<w:r><w:tab/></w:r>{right}", properties=properties)


def _page_label(label: str, context: Context) -> str:
    """The label's words, with real page number fields where {page} and {pages} stand."""
    pieces = _SLOT.split(label)
    return "".join(
        field("PAGE" if piece == "page" else "NUMPAGES", "<w:r><w:t>1</w:t></w:r>")
        if odd % 2
        else text_run(piece, context)
        for odd, piece in enumerate(pieces)
    )


_WORD_ART = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" '
    'shapetype="t"/></v:shapetype>'
)
"""Word's own definition of plain word art (shape type 136): Word recognises it by its number."""


def watermark(document: Document, theme: Theme, number: int) -> str:
    """The draft's mark across the page, behind the words, pale enough to read through.

    Named as Word names its own, so its menu (Design, Watermark) finds it. `number` tells one header's from another's.
    """
    width = text_width(theme) / 20 * 0.9
    height = min(width / max(ems(document.draft), 1) * (1.05 if has_chinese(document.draft) else 0.8), 120)
    return (
        f'<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{_WORD_ART}<v:shape id="PowerPlusWaterMarkObject{number}" '
        f'o:spid="_x0000_s20{48 + number}" type="#_x0000_t136" alt="{attribute(document.draft)}" '
        f'style="position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;rotation:315;'
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
        f'fillcolor="{theme.colours.draft}" stroked="f"><v:fill opacity=".1"/><v:textpath style="font-family:'
        f'&quot;{attribute(theme.fonts.word_cjk)}&quot;;font-size:1pt" string="{attribute(document.draft)}"/>'
        "</v:shape></w:pict></w:r>"
    )
