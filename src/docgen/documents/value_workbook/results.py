"""The first sheet: every headline figure with its formula, beside what docgen prints, and the three scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from docgen.documents.value_workbook.plan import (
    CONVENTION,
    FIRST_LINE,
    GO_LIVE,
    RATE,
    YEAR_0,
    Plan,
    formula,
    heads,
    text,
)
from docgen.money import to_minor
from docgen.source.workbook import Cell, Look, Sheet
from docgen.value.streams import SCENARIOS

Row = list[Cell | None]
FIRST = 5
"""Row of the first figure: TBB, then TCO and NPV below it."""
TBB, TCO, NPV = (f"$B${FIRST + step}" for step in range(3))
_COLUMNS = {"conservative": ("P", "E"), "expected": ("Q", "D"), "optimistic": ("R", "C")}
"""Columns of the inputs that a scenario takes: of the benefits, of the costs."""


def results_sheet(plan: Plan) -> Sheet:
    rows: list[Row] = [
        [text(f"{plan.facts.deal.number} · {plan.facts.deal.customer.name.get(plan.language)}", "title")],
        [text(plan.word("note_results"), "note")],
        [],
        heads([plan.word("figure"), plan.word("value"), plan.word("note_printed"), plan.word("formula")]),
        *_money(plan),
        *(_rates(plan) if plan.case.tells_rates else ()),
        *_paybacks(plan),
        *(() if plan.is_flows else _more(plan)),
    ]
    rows += () if plan.is_flows else [[], *_scenarios(plan)]
    return Sheet(plan.word("sheet_results"), rows, (48, 20, 22, 70), f"A{FIRST}")


def _row(plan: Plan, key: str, how: str, computed: Cell, printed: Cell | None, *, strong: bool = False) -> Row:
    return [text(plan.word(key), strong=strong), computed, printed, text(plan.word(how), "note")]


def _printed(value: Fraction | None, plan: Plan, look: Look) -> Cell:
    places = plan.case.digits if look == "amount" else 6
    return text(plan.word("never"), "note") if value is None else Cell(to_minor(value, places), look)


def _money(plan: Plan) -> Iterator[Row]:
    told = plan.case.figures()
    factor = plan.months(3)
    for key, column, amount in (("tbb", plan.benefit_total, told.tbb), ("tco", plan.cost_total, told.tco)):
        computed = formula(f"ROUND(SUMPRODUCT({plan.months(column)},{factor}),{plan.case.digits})")
        yield _row(plan, key, f"how_{key}", computed, Cell(amount, "amount"))
    yield _row(plan, "npv", "how_npv", formula(f"{TBB}-{TCO}", strong=True), Cell(told.npv, "amount"), strong=True)


# ---- rates ----------------------------------------------------------------------------------------------------------
def _rates(plan: Plan) -> Iterator[Row]:
    """Of years or of months, as the convention on the sheet of inputs says."""
    outcome = plan.case.expected
    if outcome.roi is not None:
        yield _row(plan, "roi", "how_roi", formula(f"{NPV}/{TCO}", "rate"), _printed(outcome.roi, plan, "rate"))
    by_year, by_month = _nets(plan)
    if outcome.irr.rate is None:
        note = text(plan.word(outcome.irr.note or "irr_none"), "note")
        yield _row(plan, "irr", "how_irr", note, None)
    else:
        guess = _guess(outcome.irr.rate)
        words = _chosen(plan, f"IRR({by_year},{guess[0]})", f"(1+IRR({by_month},{guess[1]}))^12-1")
        yield _row(plan, "irr", "how_irr", formula(words, "rate"), _printed(outcome.irr.rate, plan, "rate"))
    if outcome.mirr is not None:
        rate = plan.setting(RATE)
        monthly = f"((1+{rate})^(1/12)-1)"
        words = _chosen(plan, f"MIRR({by_year},{rate},{rate})", f"(1+MIRR({by_month},{monthly},{monthly}))^12-1")
        yield _row(plan, "mirr", "how_mirr", formula(words, "rate"), _printed(outcome.mirr, plan, "rate"))


def _nets(plan: Plan) -> tuple[str, str]:
    return plan.ref("yearly", "D", YEAR_0, plan.last_year), plan.months(plan.cost_total + 1)


def _chosen(plan: Plan, by_year: str, by_month: str) -> str:
    return f"IF({plan.setting(CONVENTION)}=1,{by_year},{by_month})"


def _guess(rate: Fraction) -> tuple[str, str]:
    """Where a spreadsheet begins its search, per year and per month, so that it ends at the one rate there is."""
    monthly = rate / 12 if rate > 0 else rate / 6
    return f"{to_minor(rate, 4):f}", f"{to_minor(max(monthly, Fraction(-9, 10)), 6):f}"


# ---- payback --------------------------------------------------------------------------------------------------------
def _paybacks(plan: Plan) -> Iterator[Row]:
    outcome, never = plan.case.expected, plan.word("never")
    for key, running, crossing, told in (
        ("payback", plan.cost_total + 2, plan.cost_total + 5, outcome.nominal),
        ("payback_discounted", plan.cost_total + 4, plan.cost_total + 6, outcome.discounted),
    ):
        last = plan.ref("monthly", running, plan.last_month)
        months = plan.months(crossing)
        signature = f'IF({last}<0,"{never}",IF(COUNT({months})=0,0,MAX({months})))'
        live = f'IF({last}<0,"{never}",MAX(0,{signature}-{plan.setting(GO_LIVE)}))'
        for point, words, value in (("signature", signature, told.signature), ("go_live", live, told.go_live)):
            printed = _printed(value, plan, "number")
            yield _row(plan, f"{key}_{point}", "how_payback", formula(words, "number"), printed)


# ---- delay, break-even, scenarios -----------------------------------------------------------------------------------
def _more(plan: Plan) -> Iterator[Row]:
    case = plan.case
    if case.cost_of_delay is not None:
        low, run = _benefit_column(plan, "P"), _benefit_column(plan, "T")
        computed = formula(f"SUMPRODUCT({low},{run})/12")
        yield _row(plan, "cost_of_delay", "how_delay", computed, _printed(case.cost_of_delay, plan, "amount"))
    even = case.break_even
    if even.adoption is not None:
        computed = formula(f"{TCO}/{TBB}", "rate")
        yield _row(
            plan, "break_even_adoption", "how_break_even_adoption", computed, _printed(even.adoption, plan, "rate")
        )
    if even.price is not None:
        amounts = plan.ref("inputs", "J", plan.first_cost, plan.first_cost + plan.prices - 1)
        worth = f"SUMPRODUCT({amounts},{amounts.replace('$J$', '$K$')})"
        computed = formula(f"SUM({amounts})*({worth}+{NPV})/{worth}")
        yield _row(plan, "break_even_price", "how_break_even_price", computed, _printed(even.price, plan, "amount"))


def _benefit_column(plan: Plan, column: str) -> str:
    return plan.ref("inputs", column, FIRST_LINE, FIRST_LINE + len(plan.lines) - 1)


def _cost_column(plan: Plan, column: str) -> str:
    return plan.ref("inputs", column, plan.first_cost, plan.first_cost + len(plan.costs) - 1)


def _product(plan: Plan, amounts: str, worth: str, there: bool) -> Cell:
    return formula(f"ROUND(SUMPRODUCT({amounts},{worth}),{plan.case.digits})" if there else "0")


def _scenarios(plan: Plan) -> Iterator[Row]:
    """All three at once: the ranges change amounts, never the timing."""
    yield heads([plan.word("scenario"), *(plan.word(scenario) for scenario in SCENARIOS)])
    first = FIRST + 3 + len([*(_rates(plan) if plan.case.tells_rates else ()), *_paybacks(plan), *_more(plan)]) + 2
    tbb: Row = [text(plan.word("tbb"))]
    tco: Row = [text(plan.word("tco"))]
    for scenario in SCENARIOS:
        gained, paid = _COLUMNS[scenario]
        worth = (_benefit_column(plan, "U"), _cost_column(plan, "K"))
        tbb.append(_product(plan, _benefit_column(plan, gained), worth[0], bool(plan.lines)))
        tco.append(_product(plan, _cost_column(plan, paid), worth[1], bool(plan.costs)))
    yield tbb
    yield tco
    yield [text(plan.word("npv"), strong=True), *(formula(f"{c}{first}-{c}{first + 1}", strong=True) for c in "BCD")]
    if plan.case.tells_rates and plan.case.expected.roi is not None:
        yield [
            text(plan.word("roi")),
            *(formula(f'IF({c}{first + 1}=0,"",{c}{first + 2}/{c}{first + 1})', "rate") for c in "BCD"),
        ]
