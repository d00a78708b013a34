"""Pieces every editable chart is put together from: fills, words, references into its workbook, axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from docgen.content.figures import Axis, Tick
from docgen.render.docx.workbook import Formula, Sheet, plain
from docgen.render.docx.xml import attribute, ems, escape
from docgen.render.drawing.scene import Fill, Pen
from docgen.render.theme import Theme

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
CATEGORIES, AMOUNTS = 111111111, 222222222
"""The numbers that tie series to axes; the schema wants them without a sign."""
_LABELS_EXT = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_RANGE_EXT = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_LEVEL, _UNBROKEN = ' rot="0" vert="horz"', ' wrap="none"'


class Style:
    """The theme in the words of a chart part."""

    def __init__(self, theme: Theme) -> None:
        self.pen = Pen(theme)
        latin, cjk = attribute(theme.fonts.word_latin), attribute(theme.fonts.word_cjk)
        self._fonts = f'<a:latin typeface="{latin}"/><a:ea typeface="{cjk}"/><a:cs typeface="{latin}"/>'
        self.title_size = theme.sizes.table

    def run(self, tag: str, size: float, colour: str, *, bold: bool = False) -> str:
        """Properties of words; `tag` is defRPr, rPr or endParaRPr."""
        weight = f'b="{int(bold)}"'
        return f'<a:{tag} sz="{round(size * 100)}" {weight}>{solid(colour)}{self._fonts}</a:{tag}>'

    def words(self, size: float, colour: str, *, bold: bool = False, body: str = "") -> str:
        """`body`: what holds for the whole of the words: level ones, never turned, or ones that never wrap."""
        default = self.run("defRPr", size, colour, bold=bold)
        return f"<c:txPr><a:bodyPr{body}/><a:lstStyle/><a:p><a:pPr>{default}</a:pPr><a:endParaRPr/></a:p></c:txPr>"


# ---- fills and lines ------------------------------------------------------------------------------------------------
def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def filled(fill: Fill | None) -> str:
    """Shape properties of a column: tone, hatching or nothing at all."""
    if fill is None:
        return "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    inside = solid(fill.fill)
    if fill.hatch:
        inside = (
            f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{fill.hatch.lstrip("#")}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{fill.fill.lstrip("#")}"/></a:bgClr></a:pattFill>'
        )
    edge = f'<a:ln w="7620">{solid(fill.stroke)}</a:ln>' if fill.stroke else "<a:ln><a:noFill/></a:ln>"
    return f"<c:spPr>{inside}{edge}</c:spPr>"


def stroked(colour: str, width: float, dash: tuple[float, ...] = ()) -> str:
    kind = "" if not dash else f'<a:prstDash val="{"sysDash" if dash[0] >= 2 else "sysDot"}"/>'
    return f'<c:spPr><a:ln w="{round(width * 12700)}" cap="flat">{solid(colour)}{kind}<a:round/></a:ln></c:spPr>'


NO_LINE = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'


# ---- references -----------------------------------------------------------------------------------------------------
def series_name(sheet: Sheet, column: int) -> str:
    head = escape(sheet.heads[column])
    return (
        f"<c:tx><c:strRef><c:f>{sheet.head(column)}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{head}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def categories(sheet: Sheet) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(str(cell))}</c:v></c:pt>' for place, cell in enumerate(sheet.columns[0])
    )
    return (
        f"<c:cat><c:strRef><c:f>{sheet.body(0)}</c:f><c:strCache>"
        f'<c:ptCount val="{sheet.rows}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def amount(sheet: Sheet, column: int, row: int) -> Decimal | None:
    """What a cell comes to; None for an empty one."""
    cell = sheet.columns[column][row]
    if isinstance(cell, Formula):
        return cell.result
    return cell if isinstance(cell, Decimal) else None


def values(sheet: Sheet, column: int) -> str:
    found = [(row, amount(sheet, column, row)) for row in range(sheet.rows)]
    points = "".join(f'<c:pt idx="{row}"><c:v>{plain(value)}</c:v></c:pt>' for row, value in found if value is not None)
    return (
        f"<c:val><c:numRef><c:f>{sheet.body(column)}</c:f><c:numCache>"
        f"<c:formatCode>{escape(sheet.codes[column])}</c:formatCode>"
        f'<c:ptCount val="{sheet.rows}"/>{points}</c:numCache></c:numRef></c:val>'
    )


# ---- labels ---------------------------------------------------------------------------------------------------------
def shows(*, value: bool = False, name: bool = False) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(name)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


NO_LABELS = f"<c:dLbls>{shows()}</c:dLbls>"


def value_labels(style: Style, code: str, position: str, colour: str, hidden: Sequence[int] = ()) -> str:
    """Each amount at its column, printed by the number format; none at the columns in `hidden`."""
    gone = "".join(f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>' for at in hidden)
    return (
        f'<c:dLbls>{gone}<c:numFmt formatCode="{attribute(code)}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'{style.words(style.pen.small, colour)}<c:dLblPos val="{position}"/>{shows(value=True)}</c:dLbls>'
    )


def name_label(
    style: Style,
    point: int,
    position: str,
    colour: str,
    *,
    bold: bool = False,
    shift: float = 0.0,
    code: str = "",
) -> str:
    """The series named at one of its points; `shift` moves the name down by a share of the chart's height, `code`
    prints the amount behind the name."""
    moved = (
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{shift:.4f}"/></c:manualLayout></c:layout>' if shift else ""
    )
    words = style.words(style.pen.size, colour, bold=bold, body=_UNBROKEN)
    form = f'<c:numFmt formatCode="{attribute(code)}" sourceLinked="0"/>' if code else ""
    apart = "<c:separator> </c:separator>" if code else ""
    ext = f'<c:extLst><c:ext uri="{_LABELS_EXT}" xmlns:c15="{C15}"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{point}"/>{moved}{form}<c:spPr><a:noFill/></c:spPr>{words}'
        f'<c:dLblPos val="{position}"/>{shows(name=True, value=bool(code))}{apart}</c:dLbl>{shows()}{ext}</c:dLbls>'
    )


class Label(NamedTuple):
    """A label that prints another cell: which point, the words, where it stands."""

    point: int
    text: str
    position: str
    bold: bool = False


def cell_labels(style: Style, labels: Sequence[Label]) -> str:
    """Labels that follow cells of the workbook; programs that do not know how show the words as they are now."""
    lines = "".join(_cell_label(style, label) for label in labels)
    ext = (
        f'<c:extLst><c:ext uri="{_LABELS_EXT}" xmlns:c15="{C15}"><c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
    )
    return f"<c:dLbls>{lines}{shows()}{ext}</c:dLbls>"


def _cell_label(style: Style, label: Label) -> str:
    run = style.run("rPr", style.pen.size, style.pen.ink, bold=label.bold)
    field = (
        f'<a:fld id="{{A0000000-0000-4000-8000-{label.point:012X}}}" type="CELLRANGE">{run}<a:pPr/>'
        f"<a:t>{escape(label.text)}</a:t></a:fld>"
    )
    ext = (
        f'<c:extLst><c:ext uri="{_LABELS_EXT}" xmlns:c15="{C15}"><c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
    )
    return (
        f'<c:dLbl><c:idx val="{label.point}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>{field}</a:p></c:rich></c:tx>'
        f'<c:spPr><a:noFill/></c:spPr><c:dLblPos val="{label.position}"/>{shows()}{ext}</c:dLbl>'
    )


def label_range(sheet: Sheet, column: int, texts: Mapping[int, str]) -> str:
    """Which cells the labels of a series print."""
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in sorted(texts.items()))
    cache = f'<c15:dlblRangeCache><c:ptCount val="{sheet.rows}"/>{points}</c15:dlblRangeCache>'
    return (
        f'<c:extLst><c:ext uri="{_RANGE_EXT}" xmlns:c15="{C15}"><c15:datalabelsRange>'
        f"<c15:f>{sheet.body(column)}</c15:f>{cache}</c15:datalabelsRange></c:ext></c:extLst>"
    )


# ---- axes and titles ------------------------------------------------------------------------------------------------
class Frame(NamedTuple):
    """The inner plot as shares of the chart."""

    x: float
    y: float
    width: float
    height: float

    def layout(self) -> str:
        return (
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{self.x:.4f}"/><c:y val="{self.y:.4f}"/><c:w val="{self.width:.4f}"/>'
            f'<c:h val="{self.height:.4f}"/></c:manualLayout></c:layout>'
        )


def title(style: Style, words: tuple[str, float, str, bool], x: float = 0.0, y: float = 0.0) -> str:
    """One line at a place of the chart: (text, size, colour, bold)."""
    text, size, colour, bold = words
    paragraphs = (
        f'<a:p><a:pPr algn="l">{style.run("defRPr", size, colour, bold=bold)}</a:pPr>'
        f"<a:r>{style.run('rPr', size, colour, bold=bold)}<a:t>{escape(text)}</a:t></a:r></a:p>"
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/>{paragraphs}</c:rich></c:tx><c:layout>'
        f'<c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>'
        '</c:manualLayout></c:layout><c:overlay val="1"/></c:title>'
    )


def category_axis(style: Style, position: str, *, skip: int = 1, named: str = "", turned: bool = False) -> str:
    """`skip`: every which name is printed, the program decides how; without one they are level and wrap. Names stand at
    the edge, wherever zero is."""
    pen = style.pen
    order = "maxMin" if turned else "minMax"
    line = NO_LINE if turned else stroked(pen.zero, 0.75)
    skips = f'<c:tickLblSkip val="{skip}"/><c:tickMarkSkip val="{skip}"/>' if skip > 1 else ""
    return (
        f'<c:catAx><c:axId val="{CATEGORIES}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{position}"/>{named}<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{line}{style.words(pen.small, pen.ink if turned else pen.muted, body='' if skip > 1 else _LEVEL)}"
        f'<c:crossAx val="{AMOUNTS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="60"/>{skips}<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def unit(style: Style, axis: Axis, y: float) -> str:
    """The unit of the scale, level above its upper end; `y` as a share of the chart's height."""
    return title(style, (axis.title, style.pen.small, style.pen.muted, False), 0.0, y) if axis.title else ""


def roomy(axis: Axis, lowest: Decimal, plot: float, need: float) -> Axis:
    """The scale, one step longer downwards where `need` points for a label below the lowest amount are not there."""
    room = float((lowest - axis.low) / (axis.high - axis.low)) * plot
    return axis if room >= need else replace(axis, ticks=(Tick(axis.low - axis.step, ""), *axis.ticks))


def amount_axis(
    style: Style, axis: Axis, position: str, *, named: str = "", between: bool = True, far: bool = False
) -> str:
    """The scale with its quiet grid. `between`: columns stand between the marks, lines on them. `far`: the axis stands
    at the other end of the names."""
    pen = style.pen
    return (
        f'<c:valAx><c:axId val="{AMOUNTS}"/><c:scaling><c:orientation val="minMax"/><c:max val="{plain(axis.high)}"/>'
        f'<c:min val="{plain(axis.low)}"/></c:scaling><c:delete val="0"/><c:axPos val="{position}"/>'
        f"<c:majorGridlines>{stroked(pen.grid, 0.5)}</c:majorGridlines>{named}"
        f'<c:numFmt formatCode="{attribute(signed(axis.tick_code or axis.code))}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"{NO_LINE}{style.words(pen.small, pen.muted)}"
        f'<c:crossAx val="{CATEGORIES}"/><c:crosses val="{"max" if far else "autoZero"}"/>'
        f'<c:crossBetween val="{"between" if between else "midCat"}"/><c:majorUnit val="{plain(axis.step)}"/></c:valAx>'
    )


def signed(code: str, plus: str = "") -> str:
    """A number format with a true minus sign, and a plus where it is wanted."""
    return code if ";" in code else f'{plus}{code};"−"{code};{code}'


def tick_room(axis: Axis, size: float) -> float:
    return max(ems(tick.label) for tick in axis.ticks) * size + 6
