"""The sheets by month and by year: timing of each line, money by month with its running sums, the cash-flow table."""

from __future__ import annotations

from docgen.documents.value_workbook.plan import (
    BUILD_UP,
    CONVENTION,
    FIRST_LINE,
    FIRST_STREAM,
    MONTH_0,
    RATE,
    YEAR_0,
    Plan,
    formula,
    heads,
    letters,
    text,
)
from docgen.source.workbook import Cell, Sheet
from docgen.value.streams import Stream
from docgen.value_answers import cost_name

Row = list[Cell | None]


def _names(plan: Plan) -> tuple[list[str], list[str]]:
    benefits = [line.benefit.name.get(plan.language) for line in plan.lines] or [plan.word("flows")]
    return benefits[: len(plan.case.model.benefits)], [cost_name(stream, plan.language) for stream in plan.costs]


# ---- timing ---------------------------------------------------------------------------------------------------------
def timing_sheet(plan: Plan) -> Sheet:
    """Which share of each line's amount falls into each month, and what one unit of it is worth at signature."""
    benefits, costs = _names(plan)
    columns = range(FIRST_STREAM, FIRST_STREAM + len(benefits) + len(costs))
    worth: Row = [text(plan.word("present_share"), strong=True), None, None]
    for column in columns:
        area = f"{letters(column)}{MONTH_0}:{letters(column)}{plan.last_month}"
        worth.append(formula(f"SUMPRODUCT({area},$C${MONTH_0}:$C${plan.last_month})", "factor", strong=True))
    rows: list[Row] = [
        [text(plan.word("sheet_timing"), "title")],
        [text(plan.word("note_timing"), "note")],
        heads([plan.word("month"), plan.word("year"), plan.word("factor"), *benefits, *costs]),
        worth,
    ]
    rows += [_timing_row(plan, row) for row in range(MONTH_0, plan.last_month + 1)]
    return Sheet(plan.word("sheet_timing"), rows, (18, 8, 12, *[14] * len(columns)), f"D{MONTH_0}")


def _timing_row(plan: Plan, row: int) -> Row:
    first = [formula(plan.ref("monthly", column, row).replace("$", ""), "number") for column in "AB"]
    benefits = [formula(_benefit_share(plan, index, row), "factor") for index in range(len(plan.lines))]
    costs = [formula(_cost_share(plan, stream, index, row), "factor") for index, stream in enumerate(plan.costs)]
    return [*first, formula(plan.ref("monthly", "C", row).replace("$", ""), "factor"), *benefits, *costs]


def _benefit_share(plan: Plan, index: int, row: int) -> str:
    """Nothing before the first month, then a twelfth × recapture × (1 − risk) × build-up of the quarter × adoption."""
    line = FIRST_LINE + index
    quarters, years = plan.quarters, plan.years_of_adoption

    def entry(first: int, length: int, months: int) -> str:
        block = f"'{plan.word('sheet_inputs')}'!${letters(first)}${line}:${letters(first + length - 1)}${line}"
        return f"INDEX({block},1,MIN({length},INT(($A{row}-{begins})/{months})+1))"

    begins, recapture, risk = (plan.ref("inputs", column, line) for column in "OMN")
    build_up, adoption = entry(BUILD_UP, quarters, 3), entry(BUILD_UP + quarters, years, 12)
    return f"IF($A{row}<{begins},0,{recapture}*(1-{risk})*{build_up}*{adoption}/12)"


def _cost_share(plan: Plan, stream: Stream, index: int, row: int) -> str:
    line = plan.first_cost + index
    contingency, after, months = (plan.ref("inputs", column, line) for column in "FHI")
    how = stream.spread.how if stream.spread else "once"
    share = {
        "once": f"IF($A{row}={after},1,0)",
        "yearly": f"IF($A{row}>0,1/12,0)",
        "service": f"IF($A{row}>0,MAX(0,MIN($A{row},{after}+{months})-MAX($A{row}-1,{after}))/{months},0)",
    }[how]
    return f"(1+{contingency})*{share}"


# ---- money by month -------------------------------------------------------------------------------------------------
def monthly_sheet(plan: Plan) -> Sheet:
    """Money in and out in each month, the net, its running sums, and the months in which they rise to zero."""
    benefits, costs = _names(plan)
    after = ["net", "cumulative", "pv", "cumulative_pv", "crossing", "crossing_pv"]
    names = [*benefits, plan.word("benefit_total"), *costs, plan.word("cost_total"), *map(plan.word, after)]
    rows: list[Row] = [
        [text(plan.word("sheet_monthly"), "title")],
        [],
        heads([plan.word("month"), plan.word("year"), plan.word("factor"), *names]),
        _sums(plan),
    ]
    rows += [_month(plan, row) for row in range(MONTH_0, plan.last_month + 1)]
    return Sheet(plan.word("sheet_monthly"), rows, (10, 8, 12, *[16] * len(names)), f"D{MONTH_0}")


def _sums(plan: Plan) -> Row:
    out: Row = [text(plan.word("total"), strong=True), None, None]
    for column in range(FIRST_STREAM, plan.cost_total + 4):
        area = f"{letters(column)}{MONTH_0}:{letters(column)}{plan.last_month}"
        is_running = column == plan.cost_total + 2
        out.append(None if is_running else formula(f"SUM({area})", strong=True))
    return out


def _month(plan: Plan, row: int) -> Row:
    total, paid = plan.benefit_total, plan.cost_total
    rate, yearly = plan.setting(RATE), f"{plan.setting(CONVENTION)}=1"
    net, running, pv, running_pv = (letters(paid + step) for step in (1, 2, 3, 4))
    return [
        Cell(row - MONTH_0, "number"),
        formula(f"ROUNDUP(A{row}/12,0)", "number"),
        formula(f"IF({yearly},(1+{rate})^-B{row},(1+{rate})^-(A{row}/12))", "factor"),
        *_benefit_money(plan, row),
        formula(_across(FIRST_STREAM, total - 1, row), strong=True),
        *_cost_money(plan, row),
        formula(_across(total + 1, paid - 1, row), strong=True),
        formula(f"{letters(total)}{row}-{letters(paid)}{row}"),
        formula(_running(net, running, row)),
        formula(f"{net}{row}*C{row}"),
        formula(_running(pv, running_pv, row)),
        *(formula(_crossing(column, row), "number") for column in (running, running_pv)),
    ]


def _across(first: int, last: int, row: int) -> str:
    return f"SUM({letters(first)}{row}:{letters(last)}{row})" if last >= first else "0"


def _benefit_money(plan: Plan, row: int) -> list[Cell]:
    if plan.is_flows:
        return [formula(f"MAX(0,{_flow(plan, row)})")]
    return [
        formula(f"{plan.ref('inputs', 'S', FIRST_LINE + index)}*{_share(plan, FIRST_STREAM + index, row)}")
        for index in range(len(plan.lines))
    ]


def _cost_money(plan: Plan, row: int) -> list[Cell]:
    if plan.is_flows:
        return [formula(f"MAX(0,-({_flow(plan, row)}))")]
    return [
        formula(f"{plan.ref('inputs', 'J', plan.first_cost + index)}*{_share(plan, plan.benefit_total + index, row)}")
        for index in range(len(plan.costs))
    ]


def _share(plan: Plan, column: int, row: int) -> str:
    return plan.ref("timing", column, row)


def _flow(plan: Plan, row: int) -> str:
    flows = plan.ref("inputs", "B", FIRST_LINE, FIRST_LINE + len(plan.case.terms.flows) - 1)
    return f"INDEX({flows},1)" if row == MONTH_0 else f"INDEX({flows},B{row}+1)/12"


def _running(flow: str, total: str, row: int) -> str:
    """The running sum; a spreadsheet counts in binary fractions, so dust far below a cent is rounded away."""
    return f"ROUND({flow}{row},6)" if row == MONTH_0 else f"ROUND({total}{row - 1}+{flow}{row},6)"


def _crossing(column: str, row: int) -> str:
    """Where the running sum rises to zero in this month: the month before it and a straight line inside."""
    if row == MONTH_0:
        return '""'
    before, now = f"{column}{row - 1}", f"{column}{row}"
    return f'IF(AND({before}<0,{now}>=0),A{row - 1}-{before}/({now}-{before}),"")'


# ---- money by year --------------------------------------------------------------------------------------------------
def yearly_sheet(plan: Plan) -> Sheet:
    """The cash-flow table: each year the sum of its months; year 0 is the signature."""
    words = ["year", "benefit_total", "cost_total", "net", "pv", "cumulative", "cumulative_pv"]
    rows: list[Row] = [
        [text(plan.word("sheet_yearly"), "title")],
        [],
        heads([plan.word(word) for word in words]),
    ]
    rows += [_year(plan, row) for row in range(YEAR_0, plan.last_year + 1)]
    total: Row = [text(plan.word("total"), strong=True)]
    total += [formula(f"SUM({column}{YEAR_0}:{column}{plan.last_year})", strong=True) for column in "BCDE"]
    return Sheet(plan.word("sheet_yearly"), [*rows, total], (10, *[18] * 6), f"B{YEAR_0}")


def _year(plan: Plan, row: int) -> Row:
    def of_months(column: int) -> Cell:
        return formula(f"SUMIF({plan.months(2)},A{row},{plan.months(column)})")

    def running(flow: str, total: str) -> Cell:
        return formula(f"{flow}{row}" if row == YEAR_0 else f"{total}{row - 1}+{flow}{row}")

    return [
        Cell(row - YEAR_0, "number"),
        of_months(plan.benefit_total),
        of_months(plan.cost_total),
        formula(f"B{row}-C{row}"),
        of_months(plan.cost_total + 3),
        running("D", "F"),
        running("E", "G"),
    ]
