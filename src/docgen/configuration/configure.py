"""configure(deal, catalog): the deal's lines with their products, bundles and ramps laid out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from docgen.catalog import Catalog, Product
from docgen.configuration.bundles import take
from docgen.configuration.dependencies import violations
from docgen.configuration.lines import ConfiguredLine
from docgen.deal.model import Deal, Line
from docgen.money import plain
from docgen.period import add_months, last_day, months_between
from docgen.problems import Path, Problem, problem
from docgen.values import Text

DEFAULT_TERM = 12
"""Months, where neither line nor deal nor product says a term."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The quote's lines in order, headings before their parts."""

    lines: tuple[ConfiguredLine, ...]
    problems: tuple[Problem, ...] = ()


def configure(deal: Deal, catalog: Catalog) -> Configuration:
    """Lay out the lines of a deal."""
    work = _Configurator(deal, catalog)
    for index, line in enumerate(deal.lines):
        work.add(line, ("lines", index))
    work.problems += violations(work.lines, catalog, deal.date)
    return Configuration(tuple(work.lines), tuple(work.problems))


class _Configurator:
    """Collects lines and problems while the deal is walked once."""

    def __init__(self, deal: Deal, catalog: Catalog) -> None:
        self.deal = deal
        self.catalog = catalog
        self.lines: list[ConfiguredLine] = []
        self.problems: list[Problem] = []

    def add(self, line: Line, path: Path) -> None:
        if line.custom is not None:
            self._custom(line, line.custom, path)
            return
        product = self._product(line.sku or "", path)
        if product is None:
            return
        if product.kind == "bundle":
            self._bundle(line, product, path)
        elif line.options:
            self.problems.append(problem("options_without_bundle", *path, "options", sku=line.sku))
        elif line.ramp:
            self._ramp(line, product, path)
        else:
            self._put(line, product, path, line.quantity)

    def _product(self, sku: str, path: Path) -> Product | None:
        product = self.catalog.product(sku, self.deal.date)
        if product is not None:
            return product
        if sku in self.catalog.by_sku:
            self.problems.append(problem("price_not_valid", *path, "sku", sku=sku, date=self.deal.date))
        else:
            known = "\n".join(self.catalog.by_sku)
            self.problems.append(
                problem("unknown_sku", *path, "sku", sku=sku, price_list=self.catalog.name, known=known)
            )
        return None

    # -- single lines -------------------------------------------------------------------------------------------------
    def _put(self, line: Line, product: Product, path: Path, quantity: Decimal) -> ConfiguredLine:
        starts, ends, months = self._term(line, product, path)
        placed = ConfiguredLine(
            number=len(self.lines) + 1,
            path=path,
            line=line,
            product=product,
            name=product.name,
            kind=product.kind,
            unit=product.unit,
            quantity=Decimal(1) if product.percent_of else quantity,
            optional=line.optional,
            starts=starts,
            ends=ends,
            months=months,
            discount=line.discount,
            because=line.because,
        )
        self.lines.append(placed)
        return placed

    def _custom(self, line: Line, name: Text, path: Path) -> None:
        for key in ("options", "ramp", "term_months", "starts", "ends", "free_months", "upgrade"):
            if getattr(line, key):
                self.problems.append(problem("not_for_custom", *path, key, key=key))
        self.lines.append(
            ConfiguredLine(
                number=len(self.lines) + 1,
                path=path,
                line=line,
                product=None,
                name=name,
                kind=line.kind or "custom",
                unit=line.unit or "item",
                quantity=line.quantity,
                optional=line.optional,
                discount=line.discount,
                because=line.because,
            )
        )

    def _term(self, line: Line, product: Product, path: Path) -> tuple[dt.date | None, dt.date | None, Fraction | None]:
        """First day, last day and months of a recurring line; nothing for a one-time one."""
        if product.per is None:
            for key in ("term_months", "starts", "ends", "free_months", "ramp"):
                if getattr(line, key):
                    self.problems.append(problem("not_recurring", *path, key, key=key, sku=product.sku))
            return None, None, None
        starts = line.starts or self.deal.starts or self.deal.date
        if line.ends is not None:
            if line.term_months is not None:
                self.problems.append(problem("ends_and_term", *path, "ends"))
            if line.ends < starts:
                self.problems.append(problem("ends_before_start", *path, "ends", ends=line.ends, starts=starts))
                return starts, starts, Fraction(1)
            months = months_between(starts, line.ends, self.catalog.proration)
        else:
            months = Fraction(line.term_months or self.deal.term_months or product.min_term_months or DEFAULT_TERM)
        ramp = 0 if line.term_months else sum(segment.months for segment in line.ramp)
        self._check_term(line, product, Fraction(ramp) if ramp else months, path)
        return starts, line.ends or last_day(starts, int(months)), months

    def _check_term(self, line: Line, product: Product, months: Fraction, path: Path) -> None:
        at = (*path, "term_months") if line.term_months else path
        if product.min_term_months and months < product.min_term_months and line.ends is None:
            self.problems.append(
                problem("term_too_short", *at, sku=product.sku, months=months, least=product.min_term_months)
            )
        if line.free_months >= months:
            self.problems.append(problem("all_months_free", *path, "free_months", free=line.free_months, months=months))

    # -- ramps --------------------------------------------------------------------------------------------------------
    def _ramp(self, line: Line, product: Product, path: Path) -> None:
        """Segments follow one another, each a line of its own."""
        first = len(self.lines)
        whole = self._put(line, product, path, line.quantity)
        if whole.months is None or whole.starts is None:
            return
        del self.lines[first]
        total = sum(segment.months for segment in line.ramp)
        if (line.term_months or line.ends) and Fraction(total) != whole.months:
            self.problems.append(problem("ramp_not_term", *path, "ramp", sum=total, months=plain(whole.months, 4)))
        begun = 0
        for segment in line.ramp:
            starts = add_months(whole.starts, begun)
            self.lines.append(
                replace(
                    whole,
                    number=len(self.lines) + 1,
                    quantity=segment.quantity,
                    months=Fraction(segment.months),
                    from_month=begun,
                    anchor=whole.starts,
                    starts=starts,
                    ends=last_day(starts, segment.months),
                    discount=segment.discount or line.discount,
                    because=segment.because or line.because,
                )
            )
            begun += segment.months

    # -- bundles ------------------------------------------------------------------------------------------------------
    def _bundle(self, line: Line, product: Product, path: Path) -> None:
        bundle = self.catalog.bundles.get(product.sku)
        if bundle is None:  # reported by the checks of the price list
            return
        if line.ramp:
            self.problems.append(problem("not_for_bundle", *path, "ramp", key="ramp"))
        heading = ConfiguredLine(
            number=len(self.lines) + 1,
            path=path,
            line=line,
            product=product,
            name=product.name,
            kind="bundle",
            unit=product.unit,
            quantity=line.quantity,
            role="heading",
            optional=line.optional,
            discount=line.discount,
            because=line.because,
        )
        self.lines.append(heading)
        taken, problems = take(bundle, line, path, self.deal.language[0])
        self.problems += problems
        for option, quantity in taken:
            part = self._product(option.sku, path)
            if part is not None:
                self._part(heading, part, quantity, included=option.included)

    def _part(self, heading: ConfiguredLine, part: Product, quantity: Decimal, *, included: bool) -> None:
        """A part runs for the term of the heading's line, or its own; what is wrong with it is told of the heading."""
        starts, ends, months = (None, None, None)
        if part.per is not None:
            starts, ends, months = self._term(heading.line.model_copy(update={"ramp": ()}), part, heading.path)
        self.lines.append(
            replace(
                heading,
                number=len(self.lines) + 1,
                product=part,
                name=part.name,
                kind=part.kind,
                unit=part.unit,
                quantity=Decimal(1) if part.percent_of else quantity,
                role="included" if included else "part",
                bundle=heading.number,
                starts=starts,
                ends=ends,
                months=months,
                discount=None,
                because=None,
            )
        )
