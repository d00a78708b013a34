"""What is true of every deal: the words a fact can be, and how facts hang together. `contract.gather` makes them so;
tests hold every draft against this page, and the checks need it to know what can never happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from docgen.contract.kinds import ORDER
from docgen.deal.contract import ContractType, IntellectualProperty
from docgen.deal.terms import Forum, Liability, Warranty
from docgen.vocabulary import DUES


def _literal(model: type, name: str) -> tuple[str, ...]:
    return tuple(get_args(model.model_fields[name].annotation))  # type: ignore[attr-defined]


WORDS: Mapping[str, tuple[str, ...]] = {
    "contract.type": get_args(ContractType),
    "contract.types": get_args(ContractType),
    "contract.prevailing": ("zh-CN", "en"),
    "ip.owner": _literal(IntellectualProperty, "owner"),
    "ip.transfer_on": _literal(IntellectualProperty, "transfer_on"),
    "liability.basis": _literal(Liability, "basis"),
    "warranty.start": _literal(Warranty, "start"),
    "forum.kind": _literal(Forum, "kind"),
    "renewal.mode": ("none", "option", "auto"),
    "change.unit": ("day", "hour"),
    "fees.events": DUES,
}
"""Facts that can only be one of these words; of a list, its items."""

MIXED = ("licence", "saas", "development", "maintenance")
"""Types a deal's lines may ask for together; the others stand alone."""


def type_sets() -> tuple[tuple[str, ...], ...]:
    """Every set of types a contract can have."""
    sets: list[tuple[str, ...]] = [()]
    for kind in MIXED:
        sets += [(*each, kind) for each in sets]
    mixed = [tuple(sorted(each, key=ORDER.index)) for each in sets if len(each) > 1]
    return (*((kind,) for kind in ORDER), *mixed)


TRUTHS: tuple[str, ...] = (
    "data.personal or not data.sensitive",
    "data.personal or contract.type != 'dpa'",
    "contract.prevailing or not contract.bilingual",
    "(contract.prevailing and contract.prevailing_language)"
    " or not (contract.prevailing or contract.prevailing_language)",
    "(foreign and (customer.country != 'CN' or seller.country != 'CN'))"
    " or (not foreign and customer.country == 'CN' and seller.country == 'CN')",
    "foreign or not law.foreign",
    "(law.foreign and law.code != 'CN') or (not law.foreign and law.code == 'CN')",
    "not (acceptance.none and acceptance.days)",
    "sla.tier != 'none' or not (sla.uptime or sla.window or sla.cap or sla.credits)",
    "(term.ends and term.starts and term.months) or not term.ends",
    "not (term.starts and term.months) or term.ends",
    "(term.last_notice_day and term.ends and renewal.notice_days) or not term.last_notice_day",
    "not (term.ends and renewal.notice_days) or term.last_notice_day",
    "trial.days or 'trial' not in contract.types",
    "trial.days or not (trial.users or trial.convert or trial.environment or trial.ends or trial.starts)",
    "(trial.ends and trial.starts) or not (trial.ends or (trial.days and trial.starts))",
    "(fees.recurring and fees.yearly) or not (fees.recurring or fees.yearly)",
    "has.lines or not (has.licence or has.subscription or has.hardware or has.services or has.training"
    " or has.maintenance or has.custom or has.free or fees.recurring or fees.taxed)",
    "has.services or not project.person_days",
    "(forum.kind and forum.name) or not (forum.kind or forum.name or forum.seat or forum.language)",
    "channel.min_commitment or not channel.exclusive",
    "not channel.end_customer or"
    " ('trial' not in contract.types and 'nda' not in contract.types and 'dpa' not in contract.types)",
    "project.starts or not project.ends",
    "project.planned or not project.ends",
)
"""Conditions that hold of every deal the contract's own checks let through."""

EXACTLY_ONE: tuple[tuple[str, str, str], ...] = (("development", "ip_transfer", "result_licence"),)
"""In contracts of a type, exactly one of two clauses must stand: the contract's own checks refuse both and neither."""
