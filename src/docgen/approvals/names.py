"""The names approval rules may look at, and what each is worth for a deal. One entry, one name.

Rates are exact fractions; free units, free months and included parts count into the discount, the credit of an upgrade
does not. A value the deal does not state is None, and a rule that looks at it is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from docgen.approvals.contract_names import CONTRACT_NAMES, contract_values
from docgen.deal import Deal
from docgen.pricing import Payment, Quote, QuoteLine
from docgen.vocabulary import KINDS, PaymentPart

if TYPE_CHECKING:
    from docgen.contract import Draft


@dataclass(frozen=True, slots=True)
class Name:
    """A name, in words for `docgen approvals --names`, and how it is found."""

    name: str
    zh: str
    en: str
    value: Callable[[Deal, Quote], Any]


def _priced(quote: Quote) -> list[QuoteLine]:
    return [line for line in quote.lines if line.line.role != "heading"]


def _worst_line(deal: Deal, quote: Quote) -> Fraction:
    """Optional lines are looked at too; included parts are not lines anyone discounted."""
    discounted = [line for line in _priced(quote) if line.line.role != "included" and line.list]
    worst = min(discounted, key=lambda line: (line.customer + line.credit) / line.list, default=None)
    return worst.conceded_rate if worst is not None else Fraction(0)


def _partner_discount(deal: Deal, quote: Quote) -> Fraction:
    totals = quote.totals
    if deal.partner is None or deal.partner.mode != "resale" or not totals.customer:
        return Fraction(0)
    return Fraction(sum(-s.amount for line in quote.counted for s in line.steps if s.lane == "partner")) / Fraction(
        totals.customer
    )


def _upfront_share(deal: Deal, quote: Quote) -> Fraction:
    """Share of the gross total paid at signing. A share of the plan counts as it was agreed, not as its cents fell:
    30 % of 1,000.01 are 300.00, and still 30 %. All of it where nothing is quoted."""
    if not quote.lines:
        return Fraction(1)
    gross = quote.totals.customer_gross
    planned = Fraction(sum(p.amount for p in quote.payments if not p.recurring))
    paid = sum(_planned(p, planned) for p in quote.payments if p.due == "signing")
    return Fraction(paid) / Fraction(gross) if gross else Fraction(0)


def _planned(part: Payment, whole: Fraction) -> Fraction:
    return Fraction(part.amount) if part.share is None or part.recurring else Fraction(part.share) * whole


def _margin(deal: Deal, quote: Quote) -> Fraction:
    """All of it where nothing is quoted: a value study or a confidentiality agreement is not below a limit."""
    return quote.totals.margin_rate if quote.lines else Fraction(1)


def _payment_days(deal: Deal, quote: Quote) -> Fraction:
    """The longest time given after an event or a billing date."""
    parts = deal.payment if isinstance(deal.payment, tuple) else ()
    given = [part.days.days for part in parts if isinstance(part, PaymentPart)]
    return Fraction(max((*given, *(p.days for p in quote.payments)), default=0))


def _custom_share(deal: Deal, quote: Quote) -> Fraction:
    net = quote.totals.net
    custom = sum(line.net for line in quote.counted if line.line.product is None)
    return Fraction(custom) / Fraction(net) if net else Fraction(0)


def _term_months(deal: Deal, quote: Quote) -> Fraction:
    terms: dict[object, Fraction] = {}
    for line in quote.counted:
        if line.line.months:
            key = line.line.path if line.line.from_month is not None else line.number
            terms[key] = terms.get(key, Fraction(0)) + line.line.months
    return max(terms.values(), default=Fraction(0))


def _liability_cap(deal: Deal, quote: Quote) -> Fraction | None:
    liability = deal.terms.liability
    return Fraction(liability.cap) if liability is not None and liability.cap is not None else None


def _quote_strategy(deal: Deal, quote: Quote) -> str | None:
    strategy = deal.opportunity.quote_strategy
    return None if strategy is None else strategy.in_every_language


def _conditions_met(deal: Deal, quote: Quote) -> Fraction | None:
    conditions = deal.opportunity.purchase_conditions
    return None if conditions is None else Fraction(len(conditions.met))


def _count_of(kind: str) -> Callable[[Deal, Quote], Fraction]:
    return lambda deal, quote: Fraction(sum(1 for line in quote.counted if line.line.kind == kind))


NAMES: tuple[Name, ...] = (
    Name(
        "discount",
        "总折扣率：1 − 客户价 / 目录价",
        "discount on the whole deal: 1 − customer price / list",
        lambda d, q: q.totals.conceded_rate,
    ),
    Name("line_discount", "折扣最深的一行的折扣率", "discount of the worst line", _worst_line),
    Name("margin", "毛利率：毛利 / 净额", "margin / net", _margin),
    Name("partner_discount", "渠道折扣率", "partner discount / customer price", _partner_discount),
    Name("upfront_share", "签约时付款占含税总额的比例", "share of the gross total paid at signing", _upfront_share),
    Name("custom_share", "定制行占净额的比例", "share of custom lines in the net", _custom_share),
    Name("liability_cap", "责任上限占其基数的比例", "liability cap, of its basis", _liability_cap),
    Name("net", "净额", "net total", lambda d, q: Fraction(q.totals.net)),
    Name("tcv", "合同总值", "total contract value", lambda d, q: Fraction(q.totals.tcv)),
    Name(
        "below_floor",
        "低于底价的行数",
        "number of lines below their floor",
        lambda d, q: Fraction(sum(line.below_floor for line in q.lines)),
    ),
    Name("term_months", "最长的服务期（月）", "longest term in months", _term_months),
    Name("payment_days", "最长账期（天）", "longest days of credit", _payment_days),
    Name("stage", "商机阶段", "selling stage", lambda d, q: Fraction(d.stage) if d.stage is not None else None),
    Name("quote_strategy", "报价策略", "the quote strategy, in words", _quote_strategy),
    Name("conditions_met", "已满足的购买条件数（共六项）", "purchase conditions that are met, of six", _conditions_met),
    Name("strategic", "战略客户", "whether the customer is strategic", lambda d, q: d.customer.strategic),
    *(Name(f"{kind}_lines", f"{kind} 类行数", f"number of {kind} lines", _count_of(kind)) for kind in KINDS),
)

KNOWN = frozenset((*(name.name for name in NAMES), *(name.name for name in CONTRACT_NAMES)))
RATES = frozenset(
    (
        "discount",
        "line_discount",
        "margin",
        "partner_discount",
        "upfront_share",
        "custom_share",
        "liability_cap",
        "late_rate",
        "tail_share",
        "warranty_tail_share",
        "uptime",
        "credit_cap",
        "price_cap",
    )
)
"""Names that are rates: a tolerance of them is in points."""
MONEY = frozenset(("net", "tcv", "change_rate"))


def values_of(deal: Deal, quote: Quote, draft: Draft | None = None) -> Mapping[str, Any]:
    """Every name's value for one deal and its contract, where one is wanted; `lines` makes the rows for sum(), max(),
    count() when a rule asks for them."""
    values = {name.name: name.value(deal, quote) for name in NAMES} | dict(contract_values(draft))
    return {**values, "lines": cache(lambda: [_Row(line) for line in _priced(quote) if line.counts])}


_FIELDS: Mapping[str, Callable[[QuoteLine], Any]] = {
    "sku": lambda line: line.line.sku,
    "kind": lambda line: line.line.kind,
    "family": lambda line: line.line.family,
    "quantity": lambda line: Fraction(line.line.quantity),
    "list": lambda line: Fraction(line.list),
    "net": lambda line: Fraction(line.net),
    "gross": lambda line: Fraction(line.gross),
    "cost": lambda line: Fraction(line.cost),
    "discount": lambda line: line.conceded_rate,
    "months": lambda line: line.line.months,
}
LINE_FIELDS = tuple(_FIELDS)


class _Row(Mapping[str, Any]):
    """A line as rules see it; a field is worked out when a rule asks for it."""

    __slots__ = ("line",)

    def __init__(self, line: QuoteLine) -> None:
        self.line = line

    def __getitem__(self, name: str) -> Any:
        return _FIELDS[name](self.line)

    def get(self, name: str, default: Any = None) -> Any:
        """As every mapping's, without an exception for each line."""
        field = _FIELDS.get(name)
        return default if field is None else field(self.line)

    def __contains__(self, name: object) -> bool:
        return name in _FIELDS

    def __iter__(self) -> Iterator[str]:
        return iter(_FIELDS)

    def __len__(self) -> int:
        return len(_FIELDS)
