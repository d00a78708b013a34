"""Where everything stands in the value workbook: the rows and columns the sheets refer to each other by."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from docgen.facts import Facts
from docgen.locales.value import value_word
from docgen.source.workbook import Cell, Look
from docgen.value.benefits import BenefitLine
from docgen.value.case import ValueCase
from docgen.value.streams import Stream

SCENARIO, RATE, CONVENTION, GO_LIVE, HORIZON, CURRENCY = 4, 5, 6, 7, 8, 9
"""Rows of the settings on the sheet of inputs; their values stand in column B."""
FIRST_LINE = 13
"""Row of the first benefit, or of the first yearly flow."""
MONTH_0 = 5
"""Row of the signature on the sheets by month; above it the sums and the heads."""
YEAR_0 = 4
FIRST_STREAM = 4
"""Column of the first benefit on the sheets by month."""
BUILD_UP = 22
"""Column of the first quarter of build-up on the sheet of inputs."""


@dataclass(frozen=True)
class Plan:
    """A deal's case on its way to a workbook in one language."""

    facts: Facts
    case: ValueCase
    language: str

    def word(self, key: str, **values: object) -> str:
        return value_word(self.language, key, **values)

    @property
    def is_flows(self) -> bool:
        return bool(self.case.terms.flows)

    @property
    def lines(self) -> tuple[BenefitLine, ...]:
        return self.case.lines

    @property
    def costs(self) -> tuple[Stream, ...]:
        return self.case.model.costs

    @property
    def prices(self) -> int:
        """How many of the costs are the price; they come first."""
        return sum(stream.is_price for stream in self.costs)

    # -- rows and columns ---------------------------------------------------------------------------------------------
    @property
    def first_cost(self) -> int:
        return FIRST_LINE + len(self.lines) + 3

    @property
    def last_month(self) -> int:
        return MONTH_0 + self.case.model.horizon

    @property
    def last_year(self) -> int:
        return YEAR_0 + len(self.case.expected.years) - 1

    @cached_property
    def quarters(self) -> int:
        return max([1, *(len(line.benefit.build_up) for line in self.lines)])

    @cached_property
    def years_of_adoption(self) -> int:
        return max([1, *(len(line.benefit.adoption) for line in self.lines)])

    @property
    def benefit_total(self) -> int:
        return FIRST_STREAM + len(self.case.model.benefits)

    @property
    def cost_total(self) -> int:
        return self.benefit_total + len(self.costs) + 1

    # -- references ---------------------------------------------------------------------------------------------------
    def ref(self, sheet: str, column: int | str, row: int, until: int | None = None) -> str:
        """A cell of another sheet, or a column of it from `row` to `until`; never moving."""
        letter = column if isinstance(column, str) else letters(column)
        area = f"${letter}${row}" + ("" if until is None else f":${letter}${until}")
        return f"'{self.word(f'sheet_{sheet}')}'!{area}"

    def months(self, column: int, sheet: str = "monthly") -> str:
        """A column over all months."""
        return self.ref(sheet, column, MONTH_0, self.last_month)

    def setting(self, row: int) -> str:
        return self.ref("inputs", "B", row)


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def text(words: str, look: Look = "text", *, strong: bool = False) -> Cell:
    return Cell(words, look, strong=strong)


def given(value: str | int | Decimal | Fraction | None, look: Look) -> Cell | None:
    """A figure people may change; nothing where the deal states none."""
    return None if value is None else Cell(value, look, is_input=True)


def formula(words: str, look: Look = "amount", *, strong: bool = False) -> Cell:
    return Cell(None, look, formula=words, strong=strong)


def heads(words: list[str]) -> list[Cell | None]:
    return [Cell(each, "head") for each in words]
