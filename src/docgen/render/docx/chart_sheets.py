"""The workbooks behind editable charts: the amounts a person changes, and formulas for what the drawing needs of them.

Word has no waterfall or tornado that other programs can read: both are stacked columns on an invisible one. The sheet
computes the stack from the amounts, so a changed amount moves all that follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.content.figures import ZERO, Axis, BarChart, LineChart, Swing, Tornado, Waterfall
from docgen.render.docx.chart_parts import signed
from docgen.render.docx.workbook import Cell, Formula, Sheet, letter, plain


def _columns(rows: Sequence[Sequence[Cell]], heads: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in heads)


# ---- waterfall ------------------------------------------------------------------------------------------------------
UP, DOWN, TOTAL = "+", "−", "Σ"
AMOUNT, FROM, TO, GROUND, STACK = 1, 3, 4, 5, 6
"""Columns of the waterfall's sheet; from STACK on gains, losses and totals above zero, below zero, then where the
labels stand."""


def waterfall_sheet(chart: Waterfall) -> Sheet:
    below = any(end < 0 for span in chart.spans() for end in span)
    rows = [_step_row(chart, place, below=below) for place in range(len(chart.steps))]
    stacks = (UP, DOWN, TOTAL) * (2 if below else 1)
    heads = ("", chart.axis.title, TOTAL, "from", "to", "0", *stacks, "label")
    plus = "+" if any(step.shown.startswith("+") for step in chart.steps) else ""
    general = ("General",) * (len(heads) - 2)
    return Sheet(heads, _columns(rows, heads), ("General", signed(chart.axis.code, plus), *general))


def _step_row(chart: Waterfall, place: int, *, below: bool) -> list[Cell]:
    """One step: its amount, where it starts and ends, and its parts above and below zero, each as a formula."""
    step, (start, end) = chart.steps[place], chart.spans()[place]
    row, level = place + 2, f"E{place + 1}" if place else "0"
    kind = 2 if step.total else 0 if step.value >= 0 else 1
    tests = (f"AND(C{row}<>1,B{row}>=0)", f"AND(C{row}<>1,B{row}<0)", f"C{row}=1")
    low, high = min(start, end), max(start, end)
    parts: list[Cell] = []
    stacks = [(f"MAX(D{row},E{row},0)-MAX(MIN(D{row},E{row}),0)", max(high, ZERO) - max(low, ZERO))]
    if below:
        stacks.append((f"MIN(D{row},E{row},0)-MIN(MAX(D{row},E{row}),0)", min(low, ZERO) - min(high, ZERO)))
    for text, size in stacks:
        parts += [Formula(f"IF({test},{text},0)", size if kind == at else ZERO) for at, test in enumerate(tests)]
    top = low if is_below(start, end) else high
    return [
        step.label,
        Formula(level, step.value) if step.total else step.value,
        Decimal(int(step.total)),
        Formula(f"IF(C{row}=1,0,{level})", start),
        Formula(f"IF(C{row}=1,{level},{level}+B{row})", end),
        Formula(f"MAX(MIN(D{row},E{row}),0)+MIN(MAX(D{row},E{row}),0)", max(low, ZERO) + min(high, ZERO)),
        *parts,
        Formula(f"IF(AND(E{row}<D{row},E{row}<0),MIN(D{row},E{row}),MAX(D{row},E{row}))", top),
    ]


def is_below(start: Decimal, end: Decimal) -> bool:
    """Whether a column goes down beneath zero, so that its amount stands below it."""
    return end < start and end < 0


# ---- lines and columns ----------------------------------------------------------------------------------------------
class LineColumns(NamedTuple):
    """Where things stand in the sheet of a line chart."""

    series: tuple[int, ...]
    band: tuple[int, int, int] | None
    marks: tuple[int, ...]


def line_sheet(chart: LineChart) -> tuple[Sheet, LineColumns]:
    """Series, then the band (low, high, the width between), then a column for each event, at the nearest place."""
    heads, columns = [""], [tuple[Cell, ...](chart.places)]
    for series in chart.series:
        heads.append(series.name)
        columns.append(series.values)
    own = tuple(range(1, len(columns)))
    band = None
    if chart.band:
        first = len(columns)
        band = (first, first + 1, first + 2)
        heads += [chart.band.low_name, chart.band.high_name, "↕"]
        columns += [chart.band.low, chart.band.high, _widths(chart, first)]
    marks = tuple(range(len(columns), len(columns) + len(chart.marks)))
    for mark in chart.marks:
        heads.append(mark.label)
        at = nearest(mark.at, len(chart.places))
        columns.append(tuple(chart.axis.high if place == at else None for place in range(len(chart.places))))
    codes = ("General", *(signed(chart.axis.code) for _ in heads[1:]))
    return Sheet(tuple(heads), tuple(columns), codes), LineColumns(own, band, marks)


def _widths(chart: LineChart, first: int) -> tuple[Cell, ...]:
    assert chart.band is not None
    low, high = letter(first), letter(first + 1)
    pairs = zip(chart.band.low, chart.band.high, strict=True)
    return tuple(Formula(f"{high}{row}-{low}{row}", top - base) for row, (base, top) in enumerate(pairs, start=2))


def nearest(at: Decimal, places: int) -> int:
    """The place of a chart of names an event between two of them goes to: half a place goes up."""
    return min(max(int(at + Decimal("0.5")), 0), max(places - 1, 0))


def bar_sheet(chart: BarChart) -> Sheet:
    """Series; where columns are stacked, the sum of each stack and the height it reaches above zero."""
    columns: list[tuple[Cell, ...]] = [chart.places, *(series.values for series in chart.series)]
    heads = ["", *(series.name for series in chart.series)]
    if chart.stacked and chart.totals:
        last = letter(len(chart.series))
        rows = [[series.values[place] or ZERO for series in chart.series] for place in range(len(chart.places))]
        columns.append(tuple(Formula(f"SUM(B{at}:{last}{at})", sum(row, ZERO)) for at, row in enumerate(rows, start=2)))
        columns.append(
            tuple(
                Formula(f'SUMIF(B{at}:{last}{at},">0")', sum((value for value in row if value > 0), ZERO))
                for at, row in enumerate(rows, start=2)
            )
        )
        heads += [TOTAL, "label"]
    return Sheet(tuple(heads), tuple(columns), ("General", *(signed(chart.axis.code) for _ in heads[1:])))


# ---- tornado --------------------------------------------------------------------------------------------------------
LEFT_LABEL, RIGHT_LABEL, BEFORE = 4, 5, 6
GROUND_PART, REST_ABOVE, REST_BELOW = 0, 5, 10
"""Parts of a bar above zero, outwards: the invisible ground, the part left of the base, the part right of it (each in
the fill of the low or of the high assumption), and an invisible rest that carries the right amount."""
LOW_PARTS, HIGH_PARTS = (1, 3, 6, 8), (2, 4, 7, 9)
"""Which parts have the fill of the low and of the high assumption; those from 6 on are the same below zero, outwards
again: right of the base, left of it, the rest."""


def tornado_sheet(chart: Tornado, scale: Axis) -> Sheet:
    """`scale` is the axis the bars are drawn on, to whose edges the invisible rests reach."""
    swings = chart.ranked()
    below = any(min(swing.low, swing.high, chart.base) <= 0 for swing in swings)
    rows = [_swing_row(swing, chart.base, scale, row, below=below) for row, swing in enumerate(swings, start=2)]
    names = (chart.low_name or "low", chart.high_name or "high")
    stack = ("0", *names, *names, "→", *((*names, *names, "←") if below else ()))
    heads = ("", *names, chart.base_label, "<", ">", *stack)
    code = signed(chart.axis.code)
    codes = ("General", code, code, code, code, code, *("General" for _ in stack))
    return Sheet(heads, _columns(rows, heads), codes)


class _Span(NamedTuple):
    """A stretch of a bar: where it starts and ends, as formulas and as amounts."""

    start: str
    end: str
    low: Decimal
    high: Decimal

    def above(self) -> tuple[str, Decimal]:
        """Its part above zero."""
        return f"MAX({self.end},0)-MAX({self.start},0)", max(self.high, ZERO) - max(self.low, ZERO)

    def below(self) -> tuple[str, Decimal]:
        """Its part below zero, as a negative amount."""
        return f"MIN({self.start},0)-MIN({self.end},0)", min(self.low, ZERO) - min(self.high, ZERO)


def _swing_row(swing: Swing, base: Decimal, scale: Axis, row: int, *, below: bool) -> list[Cell]:
    """Left part from the lower amount to the base, right part on to the higher one. Where both amounts lie on one side
    of the base, the part near it is the nearer amount's and the rest the other's."""
    b, c, d, e, f = (f"{column}{row}" for column in "BCDEF")
    low, high = min(swing.low, swing.high), max(swing.low, swing.high)
    start, middle, end = f"MIN({e},{d})", f"MEDIAN({e},{d},{f})", f"MAX({f},{d})"
    turn = sorted((low, base, high))[1]
    left = _Span(start, middle, min(low, base), turn)
    right = _Span(middle, end, turn, max(high, base))
    rises = swing.low <= swing.high
    rise, fall = (f"{b}<={c}", rises), (f"{b}>{c}", not rises)
    cells: list[Cell] = [
        swing.label,
        swing.low,
        swing.high,
        base,
        Formula(f"MIN({b},{c})", low),
        Formula(f"MAX({b},{c})", high),
        Formula(f"MAX({start},0)+MIN({end},0)", max(left.low, ZERO) + min(right.high, ZERO)),
        *_either(left.above(), rise, fall),
        *_either(right.above(), fall, rise),
        _rest_above(right, scale.high),
    ]
    if below:
        cells += [*_either(right.below(), fall, rise), *_either(left.below(), rise, fall), _rest_below(left, scale.low)]
    return cells


def _either(part: tuple[str, Decimal], *cases: tuple[str, bool]) -> Iterator[Formula]:
    """A part in the column of the case that holds, nothing in the other."""
    text, size = part
    return (Formula(f"IF({test},{text},0)", size if holds else ZERO) for test, holds in cases)


def _rest_above(bar: _Span, edge: Decimal) -> Formula:
    """From the right end of a bar to the edge of the scale."""
    text = f"IF({bar.end}>0,MAX({plain(edge)}-{bar.end},0),0)"
    return Formula(text, max(edge - bar.high, ZERO) if bar.high > 0 else ZERO)


def _rest_below(bar: _Span, edge: Decimal) -> Formula:
    text = f"IF({bar.start}<=0,MIN({plain(edge)}-{bar.start},0),0)"
    return Formula(text, min(edge - bar.low, ZERO) if bar.low <= 0 else ZERO)
