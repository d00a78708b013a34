"""The workbooks behind editable charts: the amounts a person changes, and formulas for what the drawing needs of them.

Word has no waterfall or tornado that other programs can read: both are stacked columns on an invisible one. The sheet
computes the stack from the amounts, so a changed amount moves all that follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.content.figures import ZERO, BarChart, LineChart, Swing, Tornado, Waterfall
from docgen.render.docx.chart_parts import signed
from docgen.render.docx.workbook import Cell, Formula, Sheet

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
    return Sheet(heads, tuple(zip(*rows, strict=True)), ("General", signed(chart.axis.code, plus), *general))


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
    from docgen.render.docx.workbook import letter

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
        from docgen.render.docx.workbook import letter

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


def tornado_sheet(chart: Tornado) -> Sheet:
    swings = chart.ranked()
    below = any(min(swing.low, swing.high, chart.base) < 0 for swing in swings)
    rows = [_swing_row(swing, chart, row, below=below) for row, swing in enumerate(swings, start=2)]
    names = (chart.low_name or "low", chart.high_name or "high")
    stack = ("0", *names, *names, "→", *((*names, *names, "←") if below else ()))
    heads = ("", *names, chart.base_label, "<", ">", *stack)
    code = signed(chart.axis.code)
    codes = ("General", code, code, code, code, code, *("General" for _ in stack))
    return Sheet(heads, tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in heads), codes)


def _swing_row(swing: Swing, chart: Tornado, row: int, *, below: bool) -> list[Cell]:
    """Left part from the lower amount to the base, right part on to the higher one; an amount beyond the base on the
    other side too has its part beside the nearer one."""
    b, c, d, e, f = (f"{column}{row}" for column in "BCDEF")
    low, high = min(swing.low, swing.high), max(swing.low, swing.high)
    middle = sorted((low, chart.base, high))[1]
    left, right = (min(low, chart.base), middle), (middle, max(high, chart.base))
    mid = f"MEDIAN({e},{d},{f})"
    spans = ((f"MIN({e},{d})", mid, left), (mid, f"MAX({f},{d})", right))
    rises = swing.low <= swing.high
    above: list[Cell] = []
    beneath: list[list[Cell]] = []
    for at, (start, end, span) in enumerate(spans):
        up = (f"MAX({end},0)-MAX({start},0)", max(span[1], ZERO) - max(span[0], ZERO))
        down = (f"MIN({start},0)-MIN({end},0)", min(span[0], ZERO) - min(span[1], ZERO))
        tests = (f"{b}<={c}", f"{b}>{c}") if at == 0 else (f"{b}>{c}", f"{b}<={c}")
        holds = (rises, not rises) if at == 0 else (not rises, rises)
        above += [
            Formula(f"IF({test},{up[0]},0)", up[1] if hold else ZERO) for test, hold in zip(tests, holds, strict=True)
        ]
        beneath.append(
            [
                Formula(f"IF({test},{down[0]},0)", down[1] if hold else ZERO)
                for test, hold in zip(tests, holds, strict=True)
            ]
        )
    return [
        swing.label,
        swing.low,
        swing.high,
        chart.base,
        Formula(f"MIN({b},{c})", low),
        Formula(f"MAX({b},{c})", high),
        _ground(f"MIN({e},{d})", f"MAX({f},{d})", left[0], right[1]),
        *above,
        _rest(f"MAX({f},{d})", right[1], chart.axis.high, up=True),
        *([*beneath[1], *beneath[0], _rest(f"MIN({e},{d})", left[0], chart.axis.low, up=False)] if below else []),
    ]


def _ground(start: str, end: str, low: Decimal, high: Decimal) -> Formula:
    """From zero to the nearer end of a bar that does not reach it."""
    return Formula(f"MAX({start},0)+MIN({end},0)", max(low, ZERO) + min(high, ZERO))


def _rest(end: str, value: Decimal, edge: Decimal, *, up: bool) -> Formula:
    """From the far end of a bar to the edge of the scale."""
    from docgen.render.docx.workbook import plain

    if up:
        return Formula(f"IF({end}>0,MAX({plain(edge)}-{end},0),0)", max(edge - value, ZERO) if value > 0 else ZERO)
    return Formula(f"IF({end}<0,MIN({plain(edge)}-{end},0),0)", min(edge - value, ZERO) if value < 0 else ZERO)


def amounts(row: Sequence[Cell]) -> list[Decimal]:
    """What the cells of a row come to, words left out."""
    return [cell.result if isinstance(cell, Formula) else cell for cell in row if isinstance(cell, Decimal | Formula)]
