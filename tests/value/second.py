"""The value model once more, as a person with a spreadsheet would fill it: month after month, straight from the words
of the deal file. It shares no code with docgen and is written to be read, not to be fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

FIFTY = Context(prec=50)


def number(text: Any) -> Fraction:
    """`12%` or `1234.5`."""
    text = str(text)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def end(figure: Any, which: str) -> Fraction:
    if isinstance(figure, Mapping):
        return number(figure.get(which, figure["expected"]))
    return number(figure)


Columns = tuple[list[Fraction], list[Fraction]]


def month_columns(value: Mapping[str, Any], scenario: str, price: Sequence[Any] = ()) -> Columns:
    """Benefits and costs by month. `price`: (amount, first month, months) with months 0 for what is paid once."""
    good = {"conservative": "low", "expected": "expected", "optimistic": "high"}[scenario]
    bad = {"conservative": "high", "expected": "expected", "optimistic": "low"}[scenario]
    if value.get("flows"):
        flows = [number(f) for f in value["flows"]]
        net = [flows[0]] + [flow / 12 for flow in flows[1:] for _ in range(12)]
        return [f if f > 0 else Fraction(0) for f in net], [-f if f < 0 else Fraction(0) for f in net]
    horizon, live = int(value.get("horizon_months", 36)), int(value.get("go_live_month", 0))
    gained, paid = [Fraction(0)] * (horizon + 1), [Fraction(0)] * (horizon + 1)
    for b in value.get("benefits", ()):
        if "per_year" in b:
            year = end(b["per_year"], good)
        else:
            year = end(b["baseline"], good) * number(b.get("unit_value", 1)) * end(b["improvement"], good)
        start = int(b.get("start_month", live + 1))
        for m in range(start, horizon + 1):
            quarter, y = (m - start) // 3, (m - start) // 12
            amount = year / 12 * number(b.get("recapture", 1)) * (1 - number(b.get("risk", 0)))
            if b.get("build_up"):
                amount *= number((b["build_up"] + [b["build_up"][-1]] * 200)[quarter])
            if b.get("adoption"):
                amount *= number((b["adoption"] + [b["adoption"][-1]] * 50)[y])
            gained[m] += amount
    for amount, first, months in price:
        if not months:
            paid[0] += Fraction(amount)
        for m in range(first, first + months):
            if m <= horizon:
                paid[m] += Fraction(amount) / months
    for part in value.get("investment", ()) if value.get("investment") != "quote" else ():
        if int(part["month"]) <= horizon:
            paid[int(part["month"])] += end(part["amount"], bad)
    for c in value.get("costs", ()):
        more = 1 + number(c.get("contingency", 0))
        paid[0] += end(c.get("initial", 0), bad) * more
        for m in range(1, horizon + 1):
            paid[m] += end(c.get("per_year", 0), bad) * more / 12
    return gained, paid


def factor(value: Mapping[str, Any], month: int) -> Fraction:
    """What one unit of money of a month is worth at signature."""
    rate = number(value["discount_rate"])
    if value.get("discounting", "annual_end") == "annual_end":
        years = 0
        while 12 * years < month:
            years += 1
        return 1 / (1 + rate) ** years
    if month % 12 == 0:
        return 1 / (1 + rate) ** (month // 12)
    return Fraction(decimal(1 + rate) ** (Decimal(-month) / 12))


def decimal(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / Decimal(x.denominator)


def cents(x: Fraction) -> Decimal:
    """Half a cent goes away from zero."""
    whole = (abs(x) * 100 + Fraction(1, 2)).__floor__()
    return Decimal(whole if x >= 0 else -whole).scaleb(-2)


def payback(column: Sequence[Fraction]) -> Fraction | None:
    """Reads the running sum downwards and keeps the last place where it comes up from below zero."""
    running, result = Fraction(0), Fraction(0)
    for month, flow in enumerate(column):
        before, running = running, running + flow
        if month and before < 0 <= running:
            result = month - 1 + (-before) / flow
    return None if running < 0 else result


def irr(value: Mapping[str, Any], net: Sequence[Fraction]) -> Decimal | None:
    """Tries rates from −99 % to 10,000 % in small steps and looks where the present value changes its sign."""
    yearly = value.get("discounting", "annual_end") == "annual_end"
    flows = [decimal(f) for f in net]
    if yearly:
        flows = [flows[0]] + [sum(flows[1 + 12 * y : 13 + 12 * y], Decimal(0)) for y in range((len(flows) + 10) // 12)]

    def worth(rate: Decimal) -> Decimal:
        step = 1 / (1 + rate) if yearly else (1 + rate) ** (Decimal(-1) / 12)
        total = Decimal(0)
        for flow in reversed(flows):
            total = total * step + flow
        return total

    grid = [Decimal(i) / 100 - 1 for i in range(1, 300)] + [Decimal(2) * Decimal("1.1") ** i for i in range(42)]
    found = [(a, b) for a, b in pairwise(grid) if (worth(a) > 0) != (worth(b) > 0)]
    if len(found) != 1:
        return None
    low, high = found[0]
    falls = worth(low) > 0
    for _ in range(120):
        middle = (low + high) / 2
        if (worth(middle) > 0) == falls:
            low = middle
        else:
            high = middle
    return low


def answer(value: Mapping[str, Any], scenario: str = "expected", price: Sequence[Any] = ()) -> dict[str, Any]:
    with localcontext(FIFTY):
        gained, paid = month_columns(value, scenario, price)
        months = range(len(gained))
        factors = [factor(value, m) for m in months]
        tbb = sum((gained[m] * factors[m] for m in months), Fraction(0))
        tco = sum((paid[m] * factors[m] for m in months), Fraction(0))
        return {
            "tbb": cents(tbb),
            "tco": cents(tco),
            "npv": cents(tbb) - cents(tco),
            "exact_npv": tbb - tco,
            "roi": (tbb - tco) / tco if tco > 0 else None,
            "nominal": payback([gained[m] - paid[m] for m in months]),
            "discounted": payback([(gained[m] - paid[m]) * factors[m] for m in months]),
        }


def rate_of_return(value: Mapping[str, Any], scenario: str = "expected", price: Sequence[Any] = ()) -> Fraction | None:
    with localcontext(FIFTY):
        gained, paid = month_columns(value, scenario, price)
        found = irr(value, [g - p for g, p in zip(gained, paid, strict=True)])
        return None if found is None else Fraction(found)
