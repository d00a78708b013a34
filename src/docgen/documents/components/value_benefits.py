"""Benefits of a value statement: how each is counted, how it will be measured, and in the end what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from docgen.content.blocks import Blocks, Cell, Inlines, Row, plain, quiet, stacked, strong
from docgen.deal.value import AmountRange, Benefit, RateRange
from docgen.documents.components.price_table import DASH
from docgen.documents.components.value_writing import Shape, case_of, exact, table, word
from docgen.documents.page import Page
from docgen.money import ZERO, to_minor
from docgen.value.benefits import BenefitLine
from docgen.value.case import ValueCase

ONE = Decimal(1)


# ---- benefits -------------------------------------------------------------------------------------------------------
def benefits(page: Page) -> Blocks:
    """One row a benefit: how a year of it is counted, what of it counts, who answers for it. A factor that is 100 % in
    every line has no column."""
    case = case_of(page)
    if not case.lines:
        return ()
    factors = [
        key for key in ("recapture", "adoption", "risk") if any(_matters(line.benefit, key) for line in case.lines)
    ]
    shapes = [Shape("what_benefit", 0.38)]
    shapes += [_share(key) for key in factors]
    shapes += [Shape("full_run_year", 0.14, figures=True), Shape("pv", 0.14, figures=True)]
    shapes += [Shape("owner_evidence", 0.28 if page.is_bilingual else 0.21)]
    years, worths = case.full_years(), [worth for _, worth in case.worth_of_benefits()]
    rows = [
        Row(
            (
                Cell(_counted(page, case, line, index)),
                *(Cell(plain(_factor(page, line.benefit, key))) for key in factors),
                Cell(plain(page.amount(year))),
                Cell(plain(page.amount(worth))),
                Cell(_answers(page, line.benefit)),
            )
        )
        for index, (line, year, worth) in enumerate(zip(case.lines, years, worths, strict=True))
    ]
    whole = (page.amount(sum(years, ZERO)), page.amount(case.figures().tbb))
    cells = (Cell(strong(word(page, "tbb")), span=1 + len(factors)), *(Cell(strong(each)) for each in whole), Cell())
    return table(page, shapes, [*rows, Row(cells, "subtotal")], word(page, "benefits"))


def _share(key: str) -> Shape:
    """Adoption may have a step for each year."""
    return Shape("adoption_short", 0.105, figures=True) if key == "adoption" else Shape(key, 0.08, figures=True)


def _matters(benefit: Benefit, key: str) -> bool:
    match key:
        case "recapture":
            return benefit.recapture != ONE
        case "adoption":
            return any(share != ONE for share in benefit.adoption)
        case _:
            return benefit.risk != ZERO


def _factor(page: Page, benefit: Benefit, key: str) -> str:
    match key:
        case "recapture":
            return page.exact_rate(benefit.recapture)
        case "adoption":
            return _steps(page, benefit.adoption) or page.exact_rate(ONE)
        case _:
            return page.exact_rate(-benefit.risk) if benefit.risk else DASH


def _counted(page: Page, case: ValueCase, line: BenefitLine, index: int) -> Inlines:
    """The name, what the baseline counts, and the sum a reader can do again."""
    benefit = line.benefit
    told = [quiet(page.text(benefit.driver)), quiet(_formula(page, case, line))]
    if any(share != ONE for share in benefit.build_up):
        shares = _steps(page, benefit.build_up)
        told.append(quiet(f"{word(page, 'ramp')} {shares}"))
    if benefit.start_month is not None:
        told.append(quiet(word(page, "begins", month=str(benefit.start_month))))
    name = page.remarked(strong(page.text(benefit.name)), "value", "benefits", index)
    return stacked(name, *told)


def _formula(page: Page, case: ValueCase, line: BenefitLine) -> str:
    """`86,000,000 × 6% × 15% (10%–20%) = 774,000.00`, or the amount a year as it is stated."""
    benefit, year = line.benefit, _rounded(page, case, line.stream.amount.expected)
    if benefit.per_year is not None or benefit.baseline is None or benefit.improvement is None:
        between = _between(page, benefit.per_year)
        return word(page, "a_year_stated", amount=year) + (f" ({between})" if between else "")
    counted = benefit.baseline.expected
    factors = [page.number(counted) if benefit.unit is None else page.quantity(counted, benefit.unit)]
    if benefit.unit_value is not None:
        is_rate = abs(benefit.unit_value) < 1
        factors.append(page.exact_rate(benefit.unit_value) if is_rate else page.number(benefit.unit_value))
    return f"{' × '.join([*factors, _improved(page, benefit.improvement)])} = {year}"


def _rounded(page: Page, case: ValueCase, amount: Fraction) -> str:
    """An amount without the cents of a whole one, in the small print of a formula."""
    return page.number(to_minor(amount, case.digits))


def _steps(page: Page, shares: Sequence[Decimal]) -> str:
    """`25, 50, 100%`: one step after another."""
    return ", ".join(page.exact_rate(share) for share in shares).replace("%, ", ", ")


def _improved(page: Page, improvement: RateRange) -> str:
    between = _between(page, improvement)
    return page.exact_rate(improvement.expected) + (f" ({between})" if between else "")


def _between(page: Page, span: AmountRange | RateRange | None) -> str:
    """`10%–20%`; nothing for a figure that is no range."""
    if span is None or (span.low is None and span.high is None):
        return ""
    write = page.exact_rate if isinstance(span, RateRange) else page.number
    low, high = (write(span.expected if end is None else end) for end in (span.low, span.high))
    return f"{low.removesuffix('%')}–{high}"


def _answers(page: Page, line: Benefit) -> Inlines:
    """Who answers for it, what shows it, and how far it is agreed."""
    status = quiet(word(page, f"status_{line.status}"))
    return stacked(page.lines(line.owner), page.lines(line.evidence or line.source), status)


# ---- afterwards -----------------------------------------------------------------------------------------------------
def measures(page: Page) -> Blocks:
    """What will be measured, from where and how far, and who does it."""
    case = case_of(page)
    owner = 0.22 if page.is_bilingual else 0.16
    shapes = (Shape("name", 0.27), Shape("what_measured", 0.33), Shape("baseline_head", 0.12, figures=True),
              Shape("improvement_agreed", 0.12, figures=True), Shape("owner", owner))  # fmt: skip
    rows = [
        Row(
            (
                Cell(page.lines(each.name)),
                Cell(page.lines(each.measure)),
                Cell(plain(DASH if each.baseline is None else page.number(each.baseline.expected))),
                Cell(plain(_target(page, case, line))),
                Cell(page.lines(each.owner) or plain(DASH)),
            )
        )
        for line in case.lines
        for each in [line.benefit]
        if each.measure is not None
    ]
    return table(page, shapes, rows, word(page, "what_measured")) if rows else ()


def _target(page: Page, case: ValueCase, line: BenefitLine) -> str:
    improvement = line.benefit.improvement
    return (
        exact(page, case, line.stream.amount.expected) if improvement is None else page.exact_rate(improvement.expected)
    )


def delivered(page: Page) -> Blocks:
    """Plan and what came of it, each benefit in each of its years."""
    case = case_of(page)
    if not case.delivered:
        return ()
    shapes = (Shape("name", 0.34), Shape("by_year", 0.1), Shape("plan", 0.17, figures=True),
              Shape("actual", 0.17, figures=True), Shape("variance", 0.22, figures=True))  # fmt: skip
    rows = []
    for each in case.delivered:
        name = plain(page.text(each.line.benefit.name) if each.year == 1 else "")
        year = word(page, "year_number", number=str(each.year))
        varied = exact(page, case, each.variance) + (f" ({page.rate(each.rate)})" if each.rate is not None else "")
        amounts = (exact(page, case, each.plan), exact(page, case, each.actual), varied)
        rows.append(Row((Cell(name), Cell(plain(year)), *(Cell(plain(amount)) for amount in amounts))))
    return table(page, shapes, [*rows, _whole(page, case)], word(page, "variance"))


def _whole(page: Page, case: ValueCase) -> Row:
    plan, actual = case.planned_and_actual()
    varied = page.amount(actual - plan) + (
        f" ({page.rate(Fraction(actual - plan) / abs(Fraction(plan)))})" if plan else ""
    )
    amounts = (page.amount(plan), page.amount(actual), varied)
    return Row((Cell(strong(word(page, "total")), span=2), *(Cell(strong(each)) for each in amounts)), "subtotal")
