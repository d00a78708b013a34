"""Who pays what when: parts that sum exactly to the total.

A plan splits the one-time gross plus the recurring amounts billed upfront; other recurring amounts become dated rows of
their own. Each part is rounded half-up, the last takes the remainder: 1,370,000.01 at 30/60/10 % is 411,000.00,
822,000.01, 137,000.00.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.catalog import Catalog
from docgen.deal import Deal
from docgen.deal.model import Instalments
from docgen.money import ONE, ZERO, Exact, plain, share_of, to_minor
from docgen.period import add_months, month_end
from docgen.pricing.names import FULL_PAYMENT, INSTALMENT
from docgen.pricing.quote import Payment, QuoteLine, total
from docgen.problems import Path, Problem, problem
from docgen.values import Text
from docgen.vocabulary import PaymentPart

STANDARD_PLAN = "standard"
_MONTHS = {"yearly": 12, "quarterly": 3, "monthly": 1}


@dataclass(frozen=True, slots=True)
class _Plan:
    parts: Sequence[PaymentPart]
    path: Path


def plan_payments(
    deal: Deal, catalog: Catalog, lines: Sequence[QuoteLine], digits: int
) -> tuple[tuple[Payment, ...], list[Problem]]:
    """Payments on the customer's gross, plan first, then the recurring periods by date."""
    counted = [line for line in lines if line.counts]
    is_later = deal.billing != "upfront"
    later = [line for line in counted if is_later and line.line.is_recurring]
    first = [line for line in counted if not (is_later and line.line.is_recurring)]
    amount = total(line.payable for line in first)
    problems: list[Problem] = []
    if isinstance(deal.payment, Instalments):
        rows = annuity(amount, deal.payment, digits)
    else:
        plan, problems = _chosen_plan(deal, catalog)
        rows, more = _split(amount, plan, digits)
        problems += more
    return (*rows, *_periods(later, deal, digits)), problems


def _chosen_plan(deal: Deal, catalog: Catalog) -> tuple[_Plan | None, list[Problem]]:
    if isinstance(deal.payment, tuple):
        return _Plan(deal.payment, ("payment",)), []
    name = deal.payment if isinstance(deal.payment, str) else STANDARD_PLAN
    if name in catalog.payment_plans:
        return _Plan(catalog.payment_plans[name], ("payment",)), []
    if deal.payment is None:
        return None, []
    known = "\n".join(catalog.payment_plans)
    return None, [problem("unknown_plan", "payment", plan=name, price_list=catalog.name, known=known)]


def _split(amount: Decimal, plan: _Plan | None, digits: int) -> tuple[list[Payment], list[Problem]]:
    if amount == 0:
        return [], []
    if plan is None or not plan.parts:
        return [Payment(FULL_PAYMENT, "signing", None, ONE, amount)], []
    shares = [part.share for part in plan.parts]
    problems = check_parts(plan.parts, plan.path)
    amounts = _amounts(amount, plan.parts, digits)
    if None in shares and not problems and (total(amounts) != amount or min(amounts) < 0):
        problems.append(
            Problem(
                "payments_not_total",
                plan.path,
                {"sum": str(total(amounts)), "total": str(amount)},
                depends=(("lines",), ("discounts",)),
            )
        )
    return [_payment(part, a) for part, a in zip(plan.parts, amounts, strict=True)], problems


def check_parts(parts: Sequence[PaymentPart], path: Path) -> list[Problem]:
    """Shares sum to 100 %; shares and amounts may be mixed only if the shares leave room for the amounts."""
    shares = [part.share for part in parts if part.share is not None]
    if len(shares) == len(parts):
        summed = total(shares)
        if summed != 1:
            return [problem("shares_not_whole", *path, sum=f"{plain(summed * 100)}%")]
    elif total(shares) >= 1:
        return [problem("shares_leave_no_room", *path)]
    return []


def _amounts(amount: Decimal, parts: Sequence[PaymentPart], digits: int) -> list[Decimal]:
    """Each share half-up; where all are shares the last takes the remainder."""
    out = [
        to_minor(p.amount, digits) if p.amount is not None else share_of(amount, p.share or ZERO, digits) for p in parts
    ]
    if all(p.share is not None for p in parts):
        out[-1] = amount - total(out[:-1])
    return out


def _payment(part: PaymentPart, amount: Decimal) -> Payment:
    on_day = isinstance(part.due, dt.date)
    date = _after(part.due, part) if isinstance(part.due, dt.date) else None
    return Payment(
        part.name,
        "date" if on_day else str(part.due),
        date,
        part.share,
        amount,
        days=0 if on_day else part.days.days,
        from_month_end=part.days.counted_from == "end_of_month",
    )


def _after(day: dt.date, part: PaymentPart) -> dt.date:
    """`End of month + 45` goes to the month's end first."""
    start = month_end(day) if part.days.counted_from == "end_of_month" else day
    return start + dt.timedelta(days=part.days.days)


# ---- recurring periods ----------------------------------------------------------------------------------------------
def _periods(lines: Sequence[QuoteLine], deal: Deal, digits: int) -> list[Payment]:
    """One row per billing date over all recurring lines, in advance; each line's gross by its months.

    1,322,839.30 over three years: 440,946.43, 440,946.43, 440,946.44.
    """
    due: dict[dt.date, Fraction] = {}
    size = _MONTHS.get(deal.billing, 12)
    for (begins, since, numerator, denominator), amount in _by_term(lines).items():
        months = Fraction(numerator, denominator)
        for index, length in enumerate(_lengths(months, size)):
            day = add_months(begins, since + index * size)
            due[day] = due.get(day, Fraction(0)) + amount * length / months
    rows = [(day, to_minor(amount, digits)) for day, amount in sorted(due.items())]
    rest = ZERO
    if rows:
        rest = total(line.payable for line in lines) - total(amount for _, amount in rows[:-1])
        rows[-1] = (rows[-1][0], rest)
    if rows and rest < 0:
        rows = _level(list(due.items()), digits)
    return [
        Payment(RECURRING[deal.billing], "date", day, None, amount, recurring=True) for day, amount in rows if amount
    ]


def _by_term(lines: Sequence[QuoteLine]) -> dict[tuple[dt.date, int, int, int], Fraction]:
    """What is payable for each first day, month begun in, and months (a fraction): many lines share few of them."""
    found: dict[tuple[dt.date, int, int, int], Decimal] = {}
    for each in lines:
        own = each.line
        if own.starts is not None and own.months is not None:
            key = (own.anchor or own.starts, own.from_month or 0, *own.months.as_integer_ratio())
            found[key] = found.get(key, ZERO) + each.payable
    return {key: Fraction(amount) for key, amount in found.items()}


def _level(due: list[tuple[dt.date, Fraction]], digits: int) -> list[tuple[dt.date, Decimal]]:
    """For amounts of hardly a cent a row: the running sum is rounded, so no row is ever negative."""
    out, passed, told = [], Fraction(0), ZERO
    for day, amount in sorted(due):
        passed += amount
        out.append((day, to_minor(passed, digits) - told))
        told += out[-1][1]
    return out


def _lengths(months: Fraction, size: int) -> list[Fraction]:
    whole, rest = divmod(months, size)
    return [Fraction(size)] * int(whole) + ([rest] if rest else [])


def _text(zh: str, en: str) -> Text:
    return Text.model_validate({"zh-CN": zh, "en": en})


RECURRING = {
    "yearly": _text("年度费用", "Yearly fee"),
    "quarterly": _text("季度费用", "Quarterly fee"),
    "monthly": _text("月度费用", "Monthly fee"),
    "upfront": _text("服务费用", "Service fee"),
}


# ---- step financing -------------------------------------------------------------------------------------------------
def annuity(principal: Decimal, terms: Instalments, digits: int) -> list[Payment]:
    """Level monthly payments P·i / (1 − (1+i)^−n), i the yearly nominal rate over 12; the last one adjusts.

    120,000.00 at 6 % in 12: i = 0.5 %, eleven of 10,327.97 and one of 10,327.99; of it 3,935.66 interest.
    """
    n, i = terms.instalments, Fraction(terms.rate) / 12
    exact: Exact = Fraction(principal) / n if i == 0 else Fraction(principal) * i / (1 - (1 + i) ** -n)
    level = to_minor(exact, digits)
    balance, rows = principal, []
    for number in range(1, n + 1):
        interest = share_of(balance, i, digits)
        amount = balance + interest if number == n else level
        balance += interest - amount
        due = terms.first if number == 1 else "monthly"
        rows.append(Payment(INSTALMENT, due, None, None, amount, number=number, interest=interest))
    return rows
