"""The figures people read: each rounded once, half-up, to the currency's decimals, and such that they add up.

TBB and TCO are rounded, and NPV is their difference. Present values of the years sum to the NPV, those of the benefits
to TBB, those of the costs to TCO: the parts that rounding wronged most take the odd cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from docgen.money import to_minor
from docgen.value.model import Outcome


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row of the cash-flow table: `cumulative` runs over `net`, `cumulative_pv` over `pv`."""

    year: int
    benefit: Decimal
    cost: Decimal
    net: Decimal
    pv: Decimal
    cumulative: Decimal
    cumulative_pv: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """One scenario in money of the deal's currency."""

    tbb: Decimal
    tco: Decimal
    npv: Decimal
    years: tuple[YearRow, ...]


def figures(outcome: Outcome, digits: int) -> Figures:
    tbb, tco = to_minor(outcome.tbb, digits), to_minor(outcome.tco, digits)
    npv = tbb - tco
    years = outcome.years
    benefits = rounded_parts([y.benefit for y in years], digits)
    costs = rounded_parts([y.cost for y in years], digits)
    nets = [b - c for b, c in zip(benefits, costs, strict=True)]
    pvs = rounded_parts([y.pv for y in years], digits, npv)
    columns = zip(years, benefits, costs, nets, pvs, accumulate(nets), accumulate(pvs), strict=True)
    rows = tuple(YearRow(y.year, b, c, net, pv, total, total_pv) for y, b, c, net, pv, total, total_pv in columns)
    return Figures(tbb, tco, npv, rows)


def rounded_parts(parts: Sequence[Fraction], digits: int, total: Decimal | None = None) -> list[Decimal]:
    """Each part half-up, then the odd units to the parts that rounding wronged most, so that they sum to `total`
    (default: their rounded sum). Ties: the earlier part.

    1/3, 1/3, 1/3 to two decimals: 0.34, 0.33, 0.33.
    """
    whole = to_minor(sum(parts, Fraction(0)), digits) if total is None else total
    rounded = [to_minor(part, digits) for part in parts]
    unit = Decimal(1).scaleb(-digits)
    missing = int((whole - sum(rounded, Decimal(0))) / unit)
    sign = 1 if missing > 0 else -1
    wronged = sorted(range(len(parts)), key=lambda i: (-sign * (parts[i] - Fraction(rounded[i])), i))
    for i in wronged[: abs(missing)]:
        rounded[i] += sign * unit
    return rounded
