"""What other programs read: the stable JSON of prices, and the part of a deal a customer may have.

Amounts are strings with the currency's digits. What may leave the house is the literal allow-list in `customer_copy`:
a field nobody wrote there stays inside.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docgen.facts import Facts
from docgen.locales.problems import describe, dotted
from docgen.money import Exact, plain, to_minor
from docgen.pricing import Payment, Quote, QuoteLine, Step, Totals
from docgen.problems import Problem
from docgen.values import Text


# ---- docgen price --format json -------------------------------------------------------------------------------------
def price_json(facts: Facts) -> dict[str, Any]:
    """The whole quote with every step; internal: it holds cost and margin."""
    deal, quote = facts.deal, facts.quote
    is_resale = deal.partner is not None and deal.partner.mode == "resale"
    return {
        "deal": deal.deal,
        "revision": deal.revision,
        "currency": quote.currency,
        "date": deal.date.isoformat(),
        "price_list": facts.catalog.name,
        "lines": [_line(line, facts, is_resale) for line in quote.lines],
        "totals": _totals(quote.totals, quote.digits, is_resale),
        "taxes": [
            {
                "code": t.code,
                "rate": plain(t.rate),
                "base": _money(t.base, quote.digits),
                "tax": _money(t.tax, quote.digits),
            }
            for t in quote.taxes
        ],
        "payments": [_payment(p, quote.digits, deal.language[0]) for p in quote.payments],
        "alternatives": [
            {
                "name": each.called(deal.language[0]),
                "recommended": each.recommended,
                "totals": _totals(each.quote.totals, quote.digits, is_resale),
            }
            for each in facts.alternatives
        ],
        "approvals": approvals_json(facts),
        "problems": [problem_json(p) for p in facts.problems],
    }


def approvals_json(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "rule": a.rule,
            "approver": a.approver,
            "chain": a.chain,
            "step": a.step,
            "because": a.because.get(facts.deal.language[0]),
            "status": a.status,
            "broken_by": a.broken_by,
        }
        for a in facts.verdict.approvals
    ]


def problem_json(problem: Problem) -> dict[str, Any]:
    message, hint = describe(problem)
    place = problem.place
    return {
        "severity": problem.severity,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": dotted(problem),
        "code": problem.code,
        "message": message,
        "hint": hint,
    }


def _line(line: QuoteLine, facts: Facts, is_resale: bool) -> dict[str, Any]:
    own, digits = line.line, facts.quote.digits
    out: dict[str, Any] = {
        "line": line.number,
        "sku": own.sku,
        "name": own.name.get(facts.deal.language[0]),
        "kind": own.kind,
        "bundle": own.bundle,
        "optional": own.optional,
        "quantity": plain(own.quantity),
        "unit_price": None if line.unit_price is None else plain(line.unit_price),
        "periods": plain(own.periods, 12),
        "list": _money(line.list, digits),
        "steps": [_step(step, facts) for step in line.steps],
        "regular": _money(line.regular, digits),
        "customer": _money(line.customer, digits),
        "net": _money(line.net, digits),
        "tax_code": line.tax_code,
        "tax_rate": plain(line.tax_rate),
        "tax": _money(line.tax, digits),
        "gross": _money(line.gross, digits),
        "cost": _money(line.cost, digits),
        "from_month": own.from_month,
        "months": None if own.months is None else _whole_or_plain(own.months),
    }
    if is_resale:
        out["customer_tax"] = _money(line.customer_tax or Decimal(0), digits)
        out["customer_gross"] = _money(line.customer_gross or Decimal(0), digits)
    return out


def _step(step: Step, facts: Facts) -> dict[str, Any]:
    language = facts.deal.language[0]
    out: dict[str, Any] = {"name": step.name.get(language)}
    if step.because is not None:
        out["because"] = step.because.get(language)
    out |= {
        "lane": step.lane,
        "rate": None if step.rate is None else plain(step.rate, 12),
        "amount": _money(step.amount, facts.quote.digits),
        "source": facts.source_of(step.origin, step.path),
    }
    if step.beaten:
        out["beaten"] = [
            {"name": b.name.get(language), "rate": plain(b.rate, 12), "source": facts.source_of(b.origin, b.path)}
            for b in step.beaten
        ]
    return out


def _totals(totals: Totals, digits: int, is_resale: bool) -> dict[str, Any]:
    names = (
        "list",
        "regular",
        "customer",
        "net",
        "tax",
        "gross",
        "one_time",
        "recurring_month",
        "arr",
        "tcv",
        "cost",
        "margin",
    )
    out: dict[str, Any] = {name: _money(getattr(totals, name), digits) for name in names}
    out["margin_rate"] = plain(totals.margin_rate)
    out["discount"] = _money(totals.discount, digits)
    out["discount_rate"] = plain(totals.discount_rate)
    if is_resale:
        out["customer_tax"] = _money(totals.customer_tax, digits)
        out["customer_gross"] = _money(totals.customer_gross, digits)
    return out


def _payment(payment: Payment, digits: int, language: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": payment.name.get(language),
        "due": payment.due,
        "date": payment.date.isoformat() if payment.date else None,
        "share": None if payment.share is None else plain(payment.share),
        "amount": _money(payment.amount, digits),
    }
    if payment.days:
        out["days"] = payment.days
    if payment.interest:
        out["interest"] = _money(payment.interest, digits)
    return out


def _money(amount: Decimal, digits: int) -> str:
    return format(to_minor(amount, digits) + 0, "f")


def _whole_or_plain(value: Exact) -> Any:
    return int(value) if value == int(value) else plain(value, 12)


def _words(text: Text) -> Any:
    """A text as it was written: plain where it is the same in every language."""
    if text.zh == text.en or text.en is None or text.zh is None:
        return str(text) or text.en
    return {"zh-CN": text.zh, "en": text.en}


# ---- the customer's part of a deal ----------------------------------------------------------------------------------
def customer_copy(facts: Facts) -> dict[str, Any]:
    """What travels with a paper: parties, lines, money and terms as the customer sees them, and nothing else."""
    deal, quote = facts.deal, facts.quote
    digits = quote.digits
    shows = deal.show_discounts
    return {
        "deal": deal.deal,
        "revision": deal.revision,
        "title": _optional(deal.title),
        "date": deal.date.isoformat(),
        "valid_until": deal.offered_until.isoformat(),
        "currency": quote.currency,
        "seller": {key: _any(getattr(facts.seller, key)) for key in ("name", "address", "tax_id", "phone", "website")},
        "customer": {key: _any(getattr(deal.customer, key)) for key in ("name", "address", "tax_id")},
        **({"end_customer": _words(facts.end_customer)} if facts.end_customer is not None else {}),
        "lines": [_customer_line(line, digits, shows) for line in quote.lines],
        "totals": _customer_totals(quote, shows),
        "alternatives": [
            {
                "name": _optional(each.name),
                "recommended": each.recommended,
                "totals": _customer_totals(each.quote, shows),
            }
            for each in facts.alternatives
        ],
        "payments": [_payment(p, digits, deal.language[0]) for p in quote.payments],
        "terms": {key: _optional(getattr(deal.terms, key)) for key in ("delivery", "price")},
    }


def _customer_totals(quote: Quote, shows_discounts: bool) -> dict[str, Any]:
    totals, digits = quote.totals, quote.digits
    return {
        **({"list": _money(totals.list, digits)} if shows_discounts else {}),
        "net": _money(totals.customer_gross - totals.customer_tax, digits),
        "tax": _money(totals.customer_tax, digits),
        "gross": _money(totals.customer_gross, digits),
    }


def _customer_line(line: QuoteLine, digits: int, shows_discounts: bool) -> dict[str, Any]:
    own = line.line
    net, tax, gross = customer_figures(line)
    out: dict[str, Any] = {
        "sku": own.sku,
        "name": _words(own.name),
        "kind": own.kind,
        "bundle": own.bundle,
        "optional": own.optional,
        "quantity": plain(own.quantity),
        "unit": own.unit,
        "periods": plain(own.periods, 12),
    }
    if shows_discounts:
        out["unit_price"] = None if line.unit_price is None else plain(line.unit_price)
        out["list"] = _money(line.list, digits)
    return out | {
        "net": _money(net, digits),
        "tax_rate": plain(line.tax_rate),
        "tax": _money(tax, digits),
        "gross": _money(gross, digits),
    }


def customer_figures(line: QuoteLine) -> tuple[Decimal, Decimal, Decimal]:
    """Net, tax and gross as the customer pays them: before any partner's discount."""
    if line.customer_gross is None or line.customer_tax is None:
        return line.net, line.tax, line.gross
    return line.customer_gross - line.customer_tax, line.customer_tax, line.customer_gross


def _optional(text: Text | None) -> Any:
    return None if text is None else _words(text)


def _any(value: Any) -> Any:
    return _words(value) if isinstance(value, Text) else value
