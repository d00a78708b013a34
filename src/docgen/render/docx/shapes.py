"""Plans and diagrams as a group of Word's own shapes: boxes hold their words, lines and bars can be moved.

The same drawing as in the PDF, item by item. Word wraps the words of a box itself; single labels stand in frames
without border, a little wider than the words, because the reader's fonts may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.content.blocks import Figure
from docgen.render.docx.xml import attribute, escape
from docgen.render.drawing import draw
from docgen.render.drawing.lettering import width as wide
from docgen.render.drawing.scene import Area, Box, Dot, Item, Line, Points, Scene, Words

if TYPE_CHECKING:
    from docgen.render.docx.context import Context

_POINT = 12700
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SLACK = 1.15
"""How much wider a label's frame is than its words."""
_INSET = 7.0


def shapes(block: Figure, context: Context, room: float) -> tuple[str, float, float]:
    """The group, and its width and height in points."""
    scene = draw(block, context.theme, room)
    group = "".join(_item(item, context) for item in scene.items)
    return _group(group, scene), scene.width, scene.height


def alternatives(drawing: str, alt: str) -> str:
    """The drawing for programs that know shapes (Word 2010 and later), the sentence for those that do not."""
    return (
        f'<mc:AlternateContent xmlns:mc="{_CHOICE}"><mc:Choice xmlns:wpg="{_GROUP}" Requires="wpg">{drawing}'
        "</mc:Choice>"
        f'<mc:Fallback><w:t xml:space="preserve">{escape(alt)}</w:t></mc:Fallback></mc:AlternateContent>'
    )


def _group(inside: str, scene: Scene) -> str:
    size = f'cx="{_emu(scene.width)}" cy="{_emu(scene.height)}"'
    child = f'<a:chOff x="0" y="0"/><a:chExt {size}/>'
    return (
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_GROUP}">'
        f'<wpg:wgp xmlns:wpg="{_GROUP}" xmlns:wps="{_SHAPE}">'
        f'<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>{child}</a:xfrm></wpg:grpSpPr>'
        f"{inside}</wpg:wgp></a:graphicData></a:graphic>"
    )


def _emu(points: float) -> int:
    return round(points * _POINT)


def _item(item: Item, context: Context) -> str:
    match item:
        case Words():
            return _label(item, context)
        case Line():
            return _line(item, context)
        case Area():
            return _shape(_geometry(item.points), _bounds(item.points), _fill(item), "", context)
        case Dot(x, y, radius, fill, stroke):
            box = (x - radius, y - radius, 2 * radius, 2 * radius)
            look = _solid(fill) + _edge(stroke, 1.2)
            return _shape('<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', box, look, "", context)
        case Box():
            words = "".join(_paragraph(*each, "start", context) for each in item.paragraphs)
            return _shape(_geometry(item.area.points), _bounds(item.area.points), _fill(item.area), words, context)


# ---- shapes ---------------------------------------------------------------------------------------------------------
def _shape(
    geometry: str,
    box: tuple[float, float, float, float],
    look: str,
    words: str,
    context: Context,
    *,
    inset: float = _INSET,
    upright: str = "t",
    wrap: str = "square",
) -> str:
    x, y, width, height = box
    number = context.number()
    text = f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>" if words else ""
    margin = _emu(inset if words else 0)
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{number}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
        f'<a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>{geometry}{look}'
        f'</wps:spPr>{text}<wps:bodyPr wrap="{wrap}" lIns="{margin}" tIns="{round(margin * 0.75)}" rIns="{margin}" '
        f'bIns="0" anchor="{upright}"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _bounds(points: Points) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _geometry(points: Points, *, closed: bool = True) -> str:
    """A plain rectangle or diamond by name, anything else by its points."""
    left, top, width, height = _bounds(points)
    if closed and len(points) == 4:
        square = points[0] == (left, top) and points[2] == (left + width, top + height)
        return f'<a:prstGeom prst="{"rect" if square else "diamond"}"><a:avLst/></a:prstGeom>'
    steps = "".join(
        f'<a:{"lnTo" if place else "moveTo"}><a:pt x="{_emu(x - left)}" y="{_emu(y - top)}"/>'
        f"</a:{'lnTo' if place else 'moveTo'}>"
        for place, (x, y) in enumerate(points)
    )
    end = "<a:close/>" if closed else ""
    kind = "" if closed else ' fill="none"'
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{_emu(width)}" h="{_emu(height)}"{kind}>{steps}{end}</a:path></a:pathLst></a:custGeom>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>' if colour else "<a:noFill/>"


def _edge(colour: str, width: float) -> str:
    return f'<a:ln w="{_emu(width)}">{_solid(colour)}</a:ln>' if colour else "<a:ln><a:noFill/></a:ln>"


def _fill(area: Area) -> str:
    inside = _solid(area.fill)
    if area.hatch:
        inside = (
            f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{area.hatch.lstrip("#")}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{area.fill.lstrip("#")}"/></a:bgClr></a:pattFill>'
        )
    return inside + _edge(area.stroke, 0.6)


def _line(line: Line, context: Context) -> str:
    dash = f'<a:prstDash val="{"sysDash" if line.dash[0] >= 2 else "sysDot"}"/>' if line.dash else ""
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if line.arrow else ""
    look = f'<a:noFill/><a:ln w="{_emu(line.width)}">{_solid(line.colour)}{dash}<a:round/>{head}</a:ln>'
    return _shape(_geometry(line.points, closed=False), _bounds(line.points), look, "", context)


# ---- words ----------------------------------------------------------------------------------------------------------
def _label(words: Words, context: Context) -> str:
    room = wide(words.text, words.size, bold=words.bold) * _SLACK + 4
    shift = {"start": 0.0, "middle": room / 2, "end": room}[words.anchor]
    box = (words.x - shift, words.y - 1.25 * words.size, room, 1.75 * words.size)
    text = _paragraph(words.text, words.size, words.colour, words.bold, words.anchor, context)
    rect = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape(
        rect, box, "<a:noFill/><a:ln><a:noFill/></a:ln>", text, context, inset=0.0, upright="ctr", wrap="none"
    )


def _paragraph(text: str, size: float, colour: str, bold: bool, anchor: str, context: Context) -> str:
    """One paragraph set tight; the type named directly, since a style would bring its own spacing."""
    fonts = context.theme.fonts
    align = {"middle": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}.get(anchor, '<w:jc w:val="left"/>')
    half = round(size * 2)
    line = round(size * 1.34 * 20)
    latin, cjk = attribute(fonts.word_latin), attribute(fonts.word_cjk)
    hint = ' w:hint="eastAsia"' if context.chinese else ""
    return (
        f'<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        f'{align}</w:pPr><w:r><w:rPr><w:rFonts{hint} w:ascii="{latin}" w:eastAsia="{cjk}" w:hAnsi="{latin}" '
        f'w:cs="{latin}"/>'
        f'{"<w:b/><w:bCs/>" if bold else ""}<w:color w:val="{colour.lstrip("#")}"/><w:sz w:val="{half}"/>'
        f'<w:szCs w:val="{half}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )
