"""The sheet of inputs: settings, benefits with their ranges, costs; or a finance department's own flows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain

from docgen.deal.value import Benefit
from docgen.documents.value_workbook.plan import (
    BUILD_UP,
    FIRST_LINE,
    FIRST_STREAM,
    SCENARIO,
    Plan,
    formula,
    given,
    heads,
    letters,
    text,
)
from docgen.source.workbook import Cell, Look, Sheet
from docgen.value.benefits import BenefitLine, factors_of
from docgen.value.streams import Span, Stream
from docgen.value_answers import cost_name

Row = list[Cell | None]
_RANGE = ("low", "expected", "high")


def inputs_sheet(plan: Plan) -> Sheet:
    rows = [*_settings(plan), []]
    rows += _flows(plan) if plan.is_flows else [*_benefits(plan), [], *_costs(plan)]
    return Sheet(plan.word("sheet_inputs"), rows, (34, 18, *[13] * (BUILD_UP + plan.quarters + 8)), None)


def _settings(plan: Plan) -> list[Row]:
    terms, model = plan.case.terms, plan.case.model
    by_month = 2 if terms.discounting == "monthly_effective" else 1
    return [
        [text(plan.word("sheet_inputs"), "title")],
        [text(plan.word("note_inputs"), "note")],
        [],
        [text(plan.word("scenario")), given(2, "number")],
        [text(plan.word("discount_rate")), given(model.discounting.rate, "rate")],
        [text(plan.word("discounting")), given(by_month, "number")],
        [text(plan.word("go_live_month")), given(model.go_live, "number")],
        [text(plan.word("horizon")), Cell(model.horizon, "number")],
        [text(plan.word("currency")), text(plan.case.currency)],
    ]


def _flows(plan: Plan) -> list[Row]:
    rows: list[Row] = [
        [text(plan.word("flows"), strong=True)],
        heads([plan.word("year"), plan.word("net")]),
    ]
    return rows + [[Cell(year, "number"), given(flow, "amount")] for year, flow in enumerate(plan.case.terms.flows)]


# ---- benefits -------------------------------------------------------------------------------------------------------
def _benefits(plan: Plan) -> list[Row]:
    groups = [f"{plan.word(group)}: {plan.word(end)}" for group in ("baseline",) for end in _RANGE]
    groups += [plan.word("unit_value")]
    groups += [f"{plan.word(group)}: {plan.word(end)}" for group in ("improvement", "per_year") for end in _RANGE]
    groups += [plan.word(key) for key in ("recapture", "risk", "first_month")]
    groups += [f"{plan.word('full_year')}: {plan.word(end)}" for end in (*_RANGE, "chosen")]
    groups += [plan.word("full_run"), plan.word("present_share")]
    groups += [plan.word("build_up", number=number + 1) for number in range(plan.quarters)]
    groups += [plan.word("adoption", number=number + 1) for number in range(plan.years_of_adoption)]
    lines = [_benefit(plan, line, index) for index, line in enumerate(plan.lines)]
    return [
        [text(plan.word("benefits"), strong=True)],
        heads([plan.word("name"), plan.word("kind"), *groups]),
        *lines,
    ]


def _benefit(plan: Plan, line: BenefitLine, index: int) -> Row:
    benefit, row = line.benefit, FIRST_LINE + index
    factors = factors_of(benefit)
    baseline = factors.get("baseline") or (Span.of(benefit.baseline) if benefit.baseline else None)
    product = benefit.per_year is None and "baseline" in factors
    begins = formula(f"{plan.setting(7)}+1", "number") if benefit.start_month is None else given(line.begins, "number")
    stream = letters(FIRST_STREAM + index)
    return [
        text(benefit.name.get(plan.language)),
        text(plan.word(benefit.kind)),
        *_span(baseline, "amount"),
        given(Decimal(1) if benefit.unit_value is None else benefit.unit_value, "number") if product else None,
        *_span(factors.get("improvement"), "rate"),
        *_span(factors.get("per_year"), "amount"),
        given(benefit.recapture, "rate"),
        given(benefit.risk, "rate"),
        begins,
        *_full_year(row, product),
        formula(f"CHOOSE($B${SCENARIO},P{row},Q{row},R{row})"),
        formula(_full_run(plan, row), "rate"),
        formula(plan.ref("timing", stream, 4), "factor"),
        *_persisting(benefit, plan, row),
    ]


def _span(span: Span | None, look: Look) -> list[Cell | None]:
    return [None] * 3 if span is None else [given(end, look) for end in (span.low, span.expected, span.high)]


def _full_year(row: int, product: bool) -> list[Cell]:
    """Low and high are the least and most of all corners, since a negative baseline turns them round."""
    if not product:
        return [formula(f"{column}{row}") for column in "JKL"]
    corners = ",".join(f"{base}{row}*F{row}*{rate}{row}" for base in "CE" for rate in "GI")
    return [formula(f"MIN({corners})"), formula(f"D{row}*F{row}*H{row}"), formula(f"MAX({corners})")]


def _full_run(plan: Plan, row: int) -> str:
    last_quarter = letters(BUILD_UP + plan.quarters - 1)
    last_year = letters(BUILD_UP + plan.quarters + plan.years_of_adoption - 1)
    return f"M{row}*(1-N{row})*{last_quarter}{row}*{last_year}{row}"


def _persisting(benefit: Benefit, plan: Plan, row: int) -> list[Cell | None]:
    """Build-up and adoption, each filled up with its last entry, which persists."""
    blocks = ((benefit.build_up, plan.quarters, BUILD_UP), (benefit.adoption, plan.years_of_adoption, None))
    return list(
        chain.from_iterable(
            _entries(entries, length, BUILD_UP + plan.quarters if first is None else first, row)
            for entries, length, first in blocks
        )
    )


def _entries(entries: tuple[Decimal, ...], length: int, first: int, row: int) -> list[Cell | None]:
    stated = [given(share, "rate") for share in entries or (Decimal(1),)]
    more = [formula(f"{letters(first + at - 1)}{row}", "rate") for at in range(len(stated), length)]
    return [*stated, *more]


# ---- costs ----------------------------------------------------------------------------------------------------------
def _costs(plan: Plan) -> list[Row]:
    words = ["name", "kind", *_RANGE, "contingency", "spread", "after_month", "service_months", "chosen"]
    rows = [_cost(plan, stream, index) for index, stream in enumerate(plan.costs)]
    return [
        [text(plan.word("costs"), strong=True)],
        heads([*map(plan.word, words), plan.word("present_share")]),
        *rows,
    ]


def _cost(plan: Plan, stream: Stream, index: int) -> Row:
    row, spread = plan.first_cost + index, stream.spread
    assert spread is not None
    column = letters(plan.benefit_total + index)
    served = spread.how == "service"
    return [
        text(cost_name(stream, plan.language)),
        text(plan.word("price") if stream.is_price else plan.word(stream.kind)),
        *_span(stream.amount, "amount"),
        given(spread.share - 1, "rate"),
        text(plan.word(f"spread_{spread.how}")),
        None if spread.how == "yearly" else given(spread.after, "number"),
        given(Fraction(spread.months), "number") if served else None,
        formula(f"CHOOSE($B${SCENARIO},E{row},D{row},C{row})"),
        formula(plan.ref("timing", column, 4), "factor"),
    ]
