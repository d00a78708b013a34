"""What the kinds of editable charts share: series of columns and lines, legends, the place of the plot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.content.blocks import Figure
from docgen.content.figures import ZERO, Axis
from docgen.render.docx.chart_parts import (
    AMOUNTS,
    CATEGORIES,
    NO_LABELS,
    NO_LINE,
    NO_MARKER,
    Frame,
    Label,
    Style,
    categories,
    cell_labels,
    filled,
    label_range,
    roomy,
    series_name,
    values,
)
from docgen.render.docx.workbook import Sheet
from docgen.render.docx.xml import ems
from docgen.render.drawing.scene import Fill

AXES = f'<c:axId val="{CATEGORIES}"/><c:axId val="{AMOUNTS}"/>'


class Plot(NamedTuple):
    """What differs from kind to kind: series with their axes, the sheet behind them, the height in points, a legend."""

    body: str
    sheet: Sheet
    height: float
    legend: str = ""


def one_series(sheet: Sheet, column: int, inside: str, *, after: str = "") -> str:
    """One series: its number, its name, then what the schema wants between name and amounts, then the amounts."""
    return (
        f'<c:ser><c:idx val="{column}"/><c:order val="{column}"/>{series_name(sheet, column)}{inside}'
        f"{categories(sheet)}{values(sheet, column)}{after}</c:ser>"
    )


def bar_series(sheet: Sheet, column: int, fill: Fill | None, labels: str = NO_LABELS, after: str = "") -> str:
    return one_series(sheet, column, f'{filled(fill)}<c:invertIfNegative val="0"/>{labels}', after=after)


def bar_group(series: Sequence[str], *, stacked: bool, gap: int, level: bool = False) -> str:
    kind, overlap = ("stacked", 100) if stacked else ("clustered", 0)
    return (
        f'<c:barChart><c:barDir val="{"bar" if level else "col"}"/><c:grouping val="{kind}"/>'
        f'<c:varyColors val="0"/>{"".join(series)}<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>{AXES}'
        "</c:barChart>"
    )


def line_group(series: Sequence[str]) -> str:
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(series)}'
        f'<c:marker val="1"/>{AXES}</c:lineChart>'
    )


def label_series(sheet: Sheet, column: int, texts: int, labels: Sequence[Label], style: Style) -> str:
    """An invisible line that carries labels printed from another column."""
    inside = f"{NO_LINE}{NO_MARKER}{cell_labels(style, labels)}"
    tail = '<c:smooth val="0"/>' + label_range(sheet, texts, {label.point: label.text for label in labels})
    return one_series(sheet, column, inside, after=tail)


def legend_at(style: Style, position: str, frame: tuple[float, float, float, float], hidden: Sequence[int] = ()) -> str:
    x, y, width, height = frame
    entries = "".join(f'<c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>' for at in hidden)
    return (
        f'<c:legend><c:legendPos val="{position}"/>{entries}<c:layout><c:manualLayout><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{width:.4f}"/>'
        f'<c:h val="{height:.4f}"/></c:manualLayout></c:layout><c:overlay val="1"/>'
        f"{style.words(style.pen.size, style.pen.ink)}</c:legend>"
    )


def legend_above(
    figure: Figure, style: Style, names: Sequence[str], width: float, height: float, hidden: Sequence[int]
) -> str:
    """On one line at the right edge, level with the title, or one line lower where the title needs the room."""
    needed = sum(ems(name) * style.pen.size + 30 for name in names)
    beside = ems(figure.title) * style.title_size * 1.1 + needed < width
    share = min(needed / width, 0.75)
    return legend_at(style, "t", (1 - share, 0.0 if beside else 16 / height, share, 14 / height), hidden)


def plot_frame(
    axis_room: float, width: float, height: float, top: float, right: float = 4.0, bottom: float = 18.0
) -> Frame:
    return Frame(
        axis_room / width,
        top / height,
        (width - axis_room - right) / width,
        (height - top - bottom) / height,
    )


def name_rows(names: Sequence[str], size: float, room: float) -> int:
    """How many lines the names below the columns need."""
    slot = room / max(len(names), 1) - 4
    return min(max((int(ems(name) * size / max(slot, 1)) + 1 for name in names), default=1), 3)


def line_series(sheet: Sheet, column: int, number: int, inside: str) -> str:
    """A line series; its number differs from its column where an area shows the same column."""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{series_name(sheet, column)}{inside}'
        f'{categories(sheet)}{values(sheet, column)}<c:smooth val="0"/></c:ser>'
    )


def deeper(axis: Axis, lowest: Iterable[Decimal], height: float, size: float) -> Axis:
    """Room below the deepest column for its amount, if there is a column that goes down beneath zero."""
    found = min(lowest, default=ZERO)
    return roomy(axis, found, height - 70, size * 1.6) if found < 0 else axis
