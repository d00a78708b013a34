"""What other programs read: the stable JSON of prices, and the part of a deal a customer may have.

Amounts are strings with the currency's digits. What may leave the house is the literal allow-list in `customer_copy`:
a field nobody wrote there stays inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.facts import Facts
from docgen.locales.problems import because, describe, dotted
from docgen.money import Exact, plain, to_minor
from docgen.pricing import Payment, Quote, QuoteLine, Step, Totals
from docgen.problems import Problem
from docgen.records import Kept
from docgen.values import Text

if TYPE_CHECKING:
    from docgen.pricing.losers import Loser


# ---- docgen price --format json -------------------------------------------------------------------------------------
def price_json(facts: Facts) -> dict[str, Any]:
    """The whole quote with every step; internal: it holds cost and margin."""
    from docgen.pricing.losers import Losers

    deal, quote = facts.deal, facts.quote
    losers = Losers(quote, deal, facts.catalog)
    is_resale = deal.partner is not None and deal.partner.mode == "resale"
    return {
        "deal": deal.deal,
        "revision": deal.revision,
        "currency": quote.currency,
        "date": deal.date.isoformat(),
        "price_list": facts.catalog.name,
        "lines": [_line(line, losers.of(line), facts, is_resale) for line in quote.lines],
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
        "partner": _partner(facts),
        "renewal": _renewal(facts),
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
            "given": [{"role": g.role, "by": g.by, "at": g.at, "status": g.status} for g in a.given],
        }
        for a in facts.verdict.approvals
    ]


def record_json(file: Path, kept: Kept) -> dict[str, Any]:
    """docgen approvals --verify: every recorded decision with what proves it."""
    return {
        "file": file.as_posix(),
        "is_good": kept.is_good,
        "entries": [
            {
                "number": entry.number,
                "decision": entry.decision,
                "rule": entry.rule,
                "role": entry.role,
                "by": entry.by,
                "at": entry.at,
                "comment": entry.comment,
                "counts": kept.record.is_intact,
                "proof": proof,
                "key": entry.key,
            }
            for entry, proof in kept.proofs
        ],
        "problems": [problem_json(p) for p in kept.problems],
    }


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


def _line(line: QuoteLine, losers: Sequence[Loser], facts: Facts, is_resale: bool) -> dict[str, Any]:
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
        "steps": [_step(step, losers, facts) for step in line.steps],
        "not_taken": [_loser(loser, facts) for loser in losers],
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


def _step(step: Step, losers: Sequence[Loser], facts: Facts) -> dict[str, Any]:
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
    beaten = [_loser(loser, facts) for loser in losers if (loser.lane, loser.beaten_by) == (step.lane, step.path)]
    return out | ({"beaten": beaten} if beaten else {})


def _loser(loser: Loser, facts: Facts) -> dict[str, Any]:
    """A rule that gave the line nothing, and why; `beaten` under a step are those the step won against."""
    out: dict[str, Any] = {
        "name": loser.name.get(facts.deal.language[0]),
        "lane": loser.lane,
        "rate": None if loser.rate is None else plain(loser.rate, 12),
    }
    if loser.price is not None:
        out["price"] = plain(loser.price)
    return out | {
        "why": because(loser.why, loser.params),
        "source": facts.source_of(loser.origin, loser.path),
    }


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
    out["credit"] = _money(totals.credit, digits)
    if is_resale:
        out["customer_tax"] = _money(totals.customer_tax, digits)
        out["customer_gross"] = _money(totals.customer_gross, digits)
    return out


def _renewal(facts: Facts) -> dict[str, Any] | None:
    """What the recurring lines cost after the term, where the deal says."""
    renewal = facts.quote.renewal
    if renewal is None:
        return None
    return {
        "mode": renewal.mode,
        "from": renewal.starts.isoformat(),
        "months": renewal.months,
        "net": _money(renewal.net, facts.quote.digits),
        "uplift": None if renewal.uplift is None else plain(renewal.uplift),
    }


def near_misses_json(facts: Facts) -> list[dict[str, Any]]:
    """Other quantities and terms that would cost less, as `docgen price` tells them."""
    from docgen.pricing.near_misses import near_misses

    digits, language = facts.quote.digits, facts.deal.language[0]
    return [
        {
            "line": miss.line.number,
            "what": miss.what,
            "now": plain(miss.now, 12),
            "then": plain(miss.then),
            "because": miss.because.get(language),
            "total": _money(miss.total, digits),
            "change": _money(miss.change, digits),
            "each_now": plain(miss.each[0], 6),
            "each_then": plain(miss.each[1], 6),
            "line_alone": miss.alone,
        }
        for miss in near_misses(facts.deal, facts.catalog, facts.quote)
    ]


def _partner(facts: Facts) -> dict[str, Any] | None:
    """The internal profit split of a partner deal."""
    partner, share, digits = facts.deal.partner, facts.quote.partner, facts.quote.digits
    if partner is None or share is None:
        return None
    amounts = ("sells", "buys", "profit", "rebate", "commission", "earns")
    return {
        "name": partner.name.get(facts.deal.language[0]),
        "tier": partner.tier,
        "mode": partner.mode,
        **{name: _money(getattr(share, name), digits) for name in amounts},
        "rebate_rate": plain(share.rebate_rate),
        "commission_rate": plain(share.commission_rate),
    }


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
