"""What approval rules ask of a contract: who must agree, why, and where deal and clauses say it.

Only figures a contract says itself are shown. Rules of the price desk (discount, margin, floors) are counted, so that
nobody takes the list for all there is, and none of their figures is on the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.approvals import Approval
from docgen.approvals.contract_names import CONTRACT_NAMES
from docgen.approvals.names import MONEY, NAMES, RATES
from docgen.content.blocks import Blocks, Cell, Column, Inlines, Paragraph, Row, Table, plain, quiet, stacked, strong
from docgen.contract.draft import Chosen, Draft
from docgen.contract.names import deal_path
from docgen.documents.contract.deviations import clause_title
from docgen.documents.contract.marks import marks_of
from docgen.documents.page import Page
from docgen.expressions import Comparison
from docgen.problems import Path

SAID: Mapping[str, str] = {
    "liability_cap": "liability.cap",
    "payment_days": "table:payments",
    "upfront_share": "table:payments",
    "term_months": "term.months",
    "contract_type": "contract.type",
    "clause_deviations": "contract.type",
    "special_terms": "table:special_terms",
    "late_rate": "late.rate_per_day",
    "acceptance_days": "acceptance.days",
    "acceptance_deemed": "acceptance.deemed",
    "warranty_months": "warranty.months",
    "tail_share": "table:payments",
    "warranty_tail_share": "table:payments",
    "sla_tier": "sla.tier",
    "uptime": "sla.uptime",
    "credit_cap": "sla.cap",
    "personal_data": "data.personal",
    "sensitive_data": "data.sensitive",
    "region_listed": "data.residency",
    "foreign_law": "law.name",
    "foreign_element": "customer.country",
    "forum_listed": "forum.name",
    "renewal_mode": "renewal.mode",
    "renewal_months": "renewal.months",
    "notice_days": "renewal.notice_days",
    "price_cap": "price_protection.cap",
    "price_cap_years": "price_protection.years",
    "change_rate": "change.rate",
    "ip_owner": "ip.owner",
    "ip_on_delivery": "ip.transfer_on",
    "source_code": "ip.source_code",
    "escrow": "escrow_agent",
    "best_price": "flags.mfn",
    "free_termination": "flags.tfc",
    "insurance": "flags.insurance",
    "affiliates": "flags.affiliates",
    "exclusive": "channel.exclusive",
    "trial_converts": "trial.convert",
}
"""Names of rules that ask for what a contract says: the fact its clauses say it with, or their table. What is not named
here is the price desk's."""
_KIND = "contract.type"
"""No clause says it: it decides which there are."""
_TABLES: Mapping[str, Path] = {"table:payments": ("payment",), "table:special_terms": ("contract", "special_terms")}
_WORDS: Mapping[str, Mapping[str, str]] = {
    **{each.name: {"zh-CN": each.zh, "en": each.en} for each in NAMES},
    **{each.name: {"zh-CN": each.zh, "en": each.en} for each in CONTRACT_NAMES},
}


def contract_approvals(page: Page) -> Blocks:
    """One row each: what of the contract, why, its figures, where they are said, and who must agree."""
    draft = page.facts.draft
    assert draft is not None, "asked for before: see `audience.unmet`"
    asked = [each for each in page.facts.verdict.approvals if not each.origin.startswith("clause ")]
    of_contract = [each for each in asked if _is_of_contract(each)]
    out: list[Paragraph | Table] = []
    if of_contract:
        out.append(_table(page, draft, of_contract))
    else:
        out.append(Paragraph(page.each("none_asked")))
    if len(of_contract) < len(asked):
        out.append(Paragraph(page.each("asked_of_prices", count=str(len(asked) - len(of_contract)))))
    return tuple(out)


def _is_of_contract(approval: Approval) -> bool:
    """One that only papers of a contract wait for, or that looks at what the contract says."""
    return "contract" in approval.documents or any(each.name in SAID for each in approval.figures)


def _table(page: Page, draft: Draft, approvals: list[Approval]) -> Table:
    rows = tuple(_row(page, draft, each) for each in approvals)
    keys = ("clause_key", "asked_why", "deviation_now", "asked_where", "deviation_who")
    columns = (Column(0.18), Column(0.23), Column(0.19), Column(0.24), Column(0.16))
    return Table(columns, rows, tuple(Cell(page.head(key)) for key in keys), title=page.label("asked_head"))


def _row(page: Page, draft: Draft, approval: Approval) -> Row:
    figures = _figures(approval)
    facts = list(dict.fromkeys(SAID[name] for name in figures))
    clauses = dict.fromkeys(each.key for fact in facts if fact != _KIND for each in _saying(draft, fact, page.language))
    because = page.lines(approval.because)
    return Row(
        (
            Cell(
                stacked(*(line for key in clauses for line in (plain(clause_title(page, draft, key)), quiet(key))))
                or plain("–")
            ),
            Cell(stacked(because, quiet(approval.rule))),
            Cell(stacked(*(_figure(page, name, held) for name, held in figures.items())) or plain("–")),
            Cell(stacked(*(line for fact in facts for line in _place(page, fact))) or plain("–")),
            Cell(strong(approval.approver)),
        )
    )


# ---- figures --------------------------------------------------------------------------------------------------------
def _figures(approval: Approval) -> Mapping[str, list[Comparison]]:
    """What the rule holds against its limits, by name. The kind of contract is told only where nothing else is."""
    found: dict[str, list[Comparison]] = {}
    for each in approval.figures:
        if each.name in SAID:
            found.setdefault(each.name, []).append(each)
    return {name: held for name, held in found.items() if SAID[name] != _KIND or len(found) == 1}


def _figure(page: Page, name: str, held: list[Comparison]) -> Inlines:
    called = " / ".join(dict.fromkeys(_WORDS[name][language] for language in page.languages))
    shown = _value(page, name, held[0].figure)
    limits = [_limit(page, each) for each in held if each.operator]
    if not limits:
        return plain(page.words.label("asked_figure", name=called, figure=shown))
    together = page.words.label("list_comma").join(limits)
    return plain(page.words.label("asked_limit", name=called, figure=shown, limit=together))


def _limit(page: Page, each: Comparison) -> str:
    return page.words.label(f"limit_{each.operator}", bound=_value(page, each.name, each.bound))


def _value(page: Page, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return page.words.label("yes" if value else "no_answer")
    if not isinstance(value, Fraction):
        return str(value)
    if name in RATES:
        return page.exact_rate(value) if (value * 10_000).denominator == 1 else page.rate(value)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return page.money(number) if name in MONEY else page.number(number)


# ---- where it is said -----------------------------------------------------------------------------------------------
def _place(page: Page, fact: str) -> Iterator[Inlines]:
    """The key of the deal, and the line of its file that says it or would say it."""
    path = _TABLES.get(fact) or deal_path(fact)
    place = page.facts.sources["deal"].place(path)
    yield plain(".".join(map(str, path)))
    yield quiet(f"{place.file.rsplit('/', 1)[-1]}:{place.line}")


def _saying(draft: Draft, fact: str, language: str) -> list[Chosen]:
    """The clauses that print a fact or its table; else those that are here, or in this text, because of it; else those
    whose words turn on it."""
    named = rf"(?<![\w.]){re.escape(fact)}(?![\w.])"
    for found in (
        [each for each in draft.chosen if _has_table(_text(each, language), fact)],
        [each for each in draft.chosen if re.search(rf"\{{\{{[^}}]*{named}", _text(each, language))],
        [each for each in draft.chosen if re.search(named, _conditions(each))],
        [each for each in draft.chosen if re.search(rf"\{{%[^%]*{named}", _text(each, language))],
    ):
        if found:
            return found
    return []


def _has_table(text: str, fact: str) -> bool:
    return fact in _TABLES and any(f"{mark.kind}:{mark.key}" == fact for mark in marks_of(text))


def _text(each: Chosen, language: str) -> str:
    text = each.clause.text(each.variant, language)
    return text.source if text is not None else ""


def _conditions(each: Chosen) -> str:
    """Why the clause is in, and why in this variant."""
    variant = each.clause.card.variant(each.variant)
    chosen = variant.when if variant is not None and variant.when is not None else ""
    return f"{each.since if each.why == 'when' else ''} {chosen}"
