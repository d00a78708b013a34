"""How the parts of a value statement write words, spans and the amounts of charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from docgen.content.blocks import Blocks, Cell, Column, Inlines, Row, Table, plain, quiet, stacked
from docgen.content.figures import Axis, axis
from docgen.documents.page import Page
from docgen.locales.dates import format_months
from docgen.locales.numbers import format_quantity, format_rounded
from docgen.locales.value import value_word
from docgen.money import Exact, to_minor
from docgen.value.case import ValueCase
from docgen.value.streams import Stream
from docgen.value_answers import cost_name

GROUPS = {
    "hardware": "part_hardware",
    "licence": "part_software", "subscription": "part_software", "maintenance": "part_software",
    "software": "part_software",
    "service": "part_services", "training": "part_services", "custom": "part_services", "services": "part_services",
    "internal": "part_internal",
}  # fmt: skip
"""Part of the investment each kind of cost belongs to; what is not named is `part_other`."""
PARTS = ("part_hardware", "part_software", "part_services", "part_internal", "part_other")


def case_of(page: Page) -> ValueCase:
    """The value model of a paper that has one."""
    case = page.facts.value
    assert case is not None, "asked for before: see `unmet`"
    return case


# ---- words ----------------------------------------------------------------------------------------------------------
def word(page: Page, key: str, **values: str) -> str:
    """A word of the value model on one line, in all languages of the paper."""
    return " ".join(dict.fromkeys(value_word(language, key, **values) for language in page.languages))


def head(page: Page, key: str, ink: Callable[[str], Inlines] = plain) -> Inlines:
    """A word of a table: the second language below the first, paler."""
    first, *rest = dict.fromkeys(value_word(language, key) for language in page.languages)
    return stacked(ink(first), *(quiet(each) for each in rest))


def in_line(page: Page, key: str) -> Inlines:
    """The same with the second language behind the first."""
    first, *rest = dict.fromkeys(value_word(language, key) for language in page.languages)
    return (*plain(first), *(each for other in rest for each in (*plain(" "), *quiet(other))))


def months(page: Page, span: Exact) -> str:
    """To one decimal, as everywhere: `25.3 months`; on a bilingual paper the figure once: `25.3 个月 / months`."""
    first, *rest = (format_months(to_minor(span, 1), language) for language in page.languages)
    return " / ".join([first, *(each.partition(" ")[2] for each in rest)])


def plain_months(page: Page, span: Exact) -> str:
    return format_quantity(to_minor(span, 1), page.language)


def span_of(page: Page, span: Fraction | None) -> str:
    """A payback, or that there is none."""
    return word(page, "not_in_horizon") if span is None else months(page, span)


def exact(page: Page, case: ValueCase, amount: Fraction) -> str:
    """An exact amount as the model's JSON rounds it."""
    return page.amount(to_minor(amount, case.digits))


def named(page: Page, stream: Stream) -> str:
    """What a cost or benefit is called."""
    if stream.name is not None:
        return page.text(stream.name)
    return " ".join(dict.fromkeys(cost_name(stream, language) for language in page.languages))


# ---- tables ---------------------------------------------------------------------------------------------------------
class Shape(NamedTuple):
    """A column: the word of its head, its share of the width, and whether it holds figures."""

    key: str
    width: float
    figures: bool = False


def table(page: Page, shapes: Iterable[Shape], rows: Iterable[Row], title: str) -> Blocks:
    kept = tuple(shapes)
    columns = tuple(Column(each.width, "end" if each.figures else "start") for each in kept)
    return (Table(columns, tuple(rows), tuple(Cell(head(page, each.key)) for each in kept), title=title),)


def figures_table(page: Page, keys: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """The table behind a picture: what it is about, then its amounts to the last decimal."""
    wide = 0.4
    columns = (Column(wide), *(Column((1 - wide) / (len(keys) - 1), "end") for _ in keys[1:]))
    heads = tuple(Cell(plain(word(page, key))) for key in keys)
    body = tuple(Row((Cell(plain(name)), *(Cell(plain(each)) for each in amounts))) for name, amounts in rows)
    return Table(columns, body, heads, title=word(page, keys[-1]))


# ---- amounts of charts ----------------------------------------------------------------------------------------------
LARGE = 100_000
"""From here on a chart counts in thousands, a Chinese one in ten thousands."""
VERY_LARGE = 1_000_000


class Unit(NamedTuple):
    """What a chart counts in: amounts are divided by ten to the `power` exactly, and shown with `places` decimals."""

    power: int
    places: int
    title: str
    language: str

    def of(self, amount: Decimal) -> Decimal:
        return amount.scaleb(-self.power)

    def shown(self, amount: Decimal) -> str:
        return format_rounded(self.of(amount), self.language, self.places)

    def axis(self, amounts: Iterable[Decimal], *, zero: bool = True) -> Axis:
        """A scale in this unit; that of large amounts needs no decimals."""
        places = 0 if self.power else self.places
        scale = axis(
            [self.of(each) for each in amounts],
            lambda value: format_rounded(value, self.language, places),
            self.title,
            code=_code(self.places),
            zero=zero,
        )
        return replace(scale, tick_code=_code(places))


def _code(places: int) -> str:
    """The number format a spreadsheet writes so many decimals with."""
    return f"#,##0.{'0' * places}" if places else "#,##0"


def unit_of(page: Page, case: ValueCase, amounts: Iterable[Decimal]) -> Unit:
    """Thousands, or ten thousands in Chinese, where the amounts are large; a bilingual paper counts in thousands."""
    largest = max((abs(each) for each in amounts), default=Decimal(0))
    language = "en" if page.is_bilingual else page.language
    key = ("unit_yuan" if case.currency == "CNY" else "unit") + ("_large" if largest >= LARGE else "_small")
    title = value_word(language, key, currency=case.currency)
    if largest < LARGE:
        return Unit(0, case.digits if largest < 1000 else 0, title, language)
    if language == "zh-CN":
        return Unit(4, 1, title, language)
    return Unit(3, 0 if largest >= VERY_LARGE else 1, title, language)
