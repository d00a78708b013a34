"""What pricing produces: every line with its waterfall, the totals, the taxes, the payments. Frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.configuration import ConfiguredLine
from docgen.money import ZERO, Exact
from docgen.problems import Path, Problem
from docgen.values import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: `amount` in the deal's currency, negative when it lowers the price.

    rate    of what was left on the line, where the step is a rate; None for amounts and tiers
    origin  and path: the file ("deal", "price_list") and the place of the rule that made it
    """

    name: Text
    lane: str
    amount: Decimal
    origin: str
    path: Path
    rate: Exact | None = None
    because: Text | None = None


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A priced line; all amounts in the deal's currency, of the whole term. list + steps = net, to the cent.

    credit    what an upgrade credits for the product it replaces: one of the steps, and no discount
    paid_out  what of the net goes to a partner after the sale, rebate or commission; `cost` holds it
    """

    line: ConfiguredLine
    unit_price: Decimal | None
    list: Decimal
    steps: tuple[Step, ...]
    regular: Decimal
    customer: Decimal
    net: Decimal
    tax_code: str | None
    tax_rate: Decimal
    tax: Decimal
    gross: Decimal
    cost: Decimal
    paid_out: Decimal = ZERO
    credit: Decimal = ZERO
    below_floor: bool = False
    customer_tax: Decimal | None = None
    customer_gross: Decimal | None = None

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def payable(self) -> Decimal:
        """Gross as the customer pays it: in a resale deal the price before the partner's discount."""
        return self.gross if self.customer_gross is None else self.customer_gross

    @property
    def counts(self) -> bool:
        """Whether the line enters the totals."""
        return not self.line.optional

    @property
    def discount_rate(self) -> Fraction:
        """1 − customer / list, exact; 0 where the list is 0."""
        return rate_of(self.list, self.customer)

    @property
    def conceded_rate(self) -> Fraction:
        """The discount rate before an upgrade's credit: what somebody gave away."""
        return rate_of(self.list, self.customer + self.credit)


@dataclass(frozen=True, slots=True)
class TaxLine:
    code: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: due at an event or on a date, gross. `recurring`: a later period of a subscription;
    `number`: which instalment it is, counted from 1."""

    name: Text
    due: str
    date: dt.date | None
    share: Exact | None
    amount: Decimal
    days: int = 0
    from_month_end: bool = False
    recurring: bool = False
    interest: Decimal = ZERO
    number: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the lines that count; `recurring_month` and `arr` look at the last month of the longest term."""

    list: Decimal
    regular: Decimal
    customer: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    one_time: Decimal
    recurring_month: Decimal
    arr: Decimal
    tcv: Decimal
    cost: Decimal
    customer_tax: Decimal
    customer_gross: Decimal
    credit: Decimal = ZERO

    @property
    def discount(self) -> Decimal:
        return self.list - self.customer

    @property
    def discount_rate(self) -> Fraction:
        return rate_of(self.list, self.customer)

    @property
    def conceded_rate(self) -> Fraction:
        """The discount rate before credits of upgrades: what somebody gave away."""
        return rate_of(self.list, self.customer + self.credit)

    @property
    def margin(self) -> Decimal:
        return self.net - self.cost

    @property
    def margin_rate(self) -> Fraction:
        return Fraction(self.margin) / Fraction(self.net) if self.net else Fraction(0)


@dataclass(frozen=True, slots=True)
class RenewalPrice:
    """What the recurring lines cost after the term: for `months` from `starts` on, before tax. `customer`: the same as
    the customer pays it, where a partner sells, and tax included where the list's prices hold it."""

    mode: str
    starts: dt.date
    months: int
    net: Decimal
    customer: Decimal
    uplift: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """What a partner earns, before tax. He sells at the customer's price and buys at our net; in a referral both are
    the same, and he gets the commission."""

    sells: Decimal
    buys: Decimal
    rebate: Decimal
    rebate_rate: Decimal
    commission: Decimal
    commission_rate: Decimal

    @property
    def profit(self) -> Decimal:
        return self.sells - self.buys

    @property
    def earns(self) -> Decimal:
        return self.profit + self.rebate + self.commission


@dataclass(frozen=True, slots=True)
class Quote:
    """A deal, priced. What else the reader must know stands in `problems`."""

    currency: str
    digits: int
    tax_inclusive: bool
    lines: tuple[QuoteLine, ...]
    totals: Totals
    taxes: tuple[TaxLine, ...]
    payments: tuple[Payment, ...]
    problems: tuple[Problem, ...] = ()
    partner: PartnerShare | None = None
    renewal: RenewalPrice | None = None

    @property
    def counted(self) -> Iterator[QuoteLine]:
        return (line for line in self.lines if line.counts)

    @property
    def optional(self) -> tuple[QuoteLine, ...]:
        return tuple(line for line in self.lines if not line.counts)

    def parts_of(self, heading: QuoteLine) -> tuple[QuoteLine, ...]:
        return tuple(line for line in self.lines if line.line.bundle == heading.number)


def rate_of(full: Decimal, reduced: Decimal) -> Fraction:
    """1 − reduced / full, exact; 0 of nothing. In whole numbers: of a long deal it is asked for every line."""
    if not full:
        return Fraction(0)
    (all_of, whole), (left, part) = full.as_integer_ratio(), reduced.as_integer_ratio()
    return Fraction(all_of * part - left * whole, all_of * part)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
