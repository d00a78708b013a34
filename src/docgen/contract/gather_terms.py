"""The commercial terms of a contract as facts: acceptance, liability, service level, data, results, ways out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from docgen.contract import facts as f
from docgen.contract.dates import end_of_term
from docgen.contract.library import Library
from docgen.contract.sides import CHINA, Sides
from docgen.deal import Deal
from docgen.deal.contract import Contract
from docgen.pricing import Quote
from docgen.values import Text

_EU = frozenset({
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "EU", "EEA",
})  # fmt: skip
"""Where GDPR holds."""
LANGUAGE_NAMES = {"zh-CN": {"zh-CN": "中文", "en": "Chinese"}, "en": {"zh-CN": "英文", "en": "English"}}


def acceptance_facts(deal: Deal) -> f.AcceptanceFacts:
    terms = deal.terms.acceptance
    if terms is None:
        return f.AcceptanceFacts(False, None, True, True, None, None)
    working = terms.unit == "working_days"
    return f.AcceptanceFacts(
        terms.days == 0, terms.days or None, working, terms.deemed, terms.retests, open_ended(terms.criteria)
    )


def liability_facts(deal: Deal, quote: Quote) -> f.LiabilityFacts:
    liability = deal.terms.liability
    if liability is None:
        counted = tuple(quote.counted)
        recurring = bool(counted) and all(line.line.is_recurring for line in counted)
        return f.LiabilityFacts(None, "fees_12m" if recurring else "total", None, None, ())
    amount = f.Money(liability.amount, quote.currency) if liability.amount is not None else None
    return f.LiabilityFacts(
        rate(liability.cap), liability.basis, amount, rate(liability.super_cap), tuple(liability.carve_outs)
    )


def sla_facts(deal: Deal) -> f.SlaFacts:
    sla = deal.terms.sla
    if sla is None or sla.tier == "none":
        return f.SlaFacts("none", None, None, None, False)
    return f.SlaFacts(sla.tier, rate(sla.uptime), sla.window, rate(sla.cap), bool(sla.credits))


def data_facts(own: Contract, library: Library, customer_country: str, seller_country: str) -> f.DataFacts:
    """Whose law concerns the persons: the regions the deal names, else the sides' own countries."""
    data = own.data
    if data is None:
        dpa = own.type == "dpa"
        home = CHINA in (customer_country, seller_country)
        return f.DataFacts(dpa, False, dpa and home, False, None, None, False, None, None, None, None, None)
    regions = {region.upper() for region in data.regions} or {customer_country, seller_country}
    eu = bool(regions & _EU)
    named = library.book.regions.get(data.residency) if data.residency else None
    residency = named.name if named else Text.of(data.residency) if data.residency else None
    return f.DataFacts(
        personal=data.personal or data.sensitive or own.type == "dpa",
        sensitive=data.sensitive,
        cn=CHINA in regions,
        eu=eu,
        residency=residency,
        breach_hours=data.breach_hours,
        subprocessors=bool(data.subprocessors),
        export_route=data.export_route,
        return_days=data.return_days,
        subjects=data.subjects,
        kinds=data.kinds,
        purpose=data.purpose,
    )


def change_facts(own: Contract, quote: Quote) -> f.ChangeFacts:
    change = own.change
    if change is None:
        return f.ChangeFacts(None, "day", None)
    rate = f.Money(change.rate, quote.currency) if change.rate is not None else None
    return f.ChangeFacts(rate, change.unit, change.reply_days)


def trial_facts(deal: Deal, own: Contract) -> f.TrialFacts:
    trial = own.trial
    if trial is None:
        return f.TrialFacts(None, None, False, None, None, None)
    starts = deal.starts or own.effective
    ends = starts + dt.timedelta(days=trial.days - 1) if starts is not None else None
    return f.TrialFacts(trial.days, trial.users, trial.convert, trial.environment, starts, ends)


def channel_facts(sides: Sides, own: Contract) -> f.ChannelFacts:
    channel = own.channel
    if channel is None:
        return f.ChannelFacts(None, False, None, None, None, False, sides.end_customer)
    amount = f.Money(channel.min_commitment, sides.quote.currency) if channel.min_commitment is not None else None
    return f.ChannelFacts(
        channel.territory,
        channel.exclusive,
        amount,
        rate(channel.discount),
        channel.registration_days,
        channel.sub_resellers,
        sides.end_customer,
    )


def forum_facts(deal: Deal) -> f.ForumFacts:
    forum = deal.terms.forum
    if forum is None:
        return f.ForumFacts(None, None, None, None)
    language = Text.model_validate(LANGUAGE_NAMES[forum.language]) if forum.language in LANGUAGE_NAMES else None
    return f.ForumFacts(
        forum.kind, forum.name, forum.seat, language or (Text.of(forum.language) if forum.language else None)
    )


def project_facts(deal: Deal, quote: Quote, own: Contract) -> f.ProjectFacts:
    story = deal.story
    days = [line.line.quantity for line in quote.counted if line.line.kind == "service" and line.line.unit == "day"]
    starts = story.plan_starts if story is not None else None
    last = max((step.last_month for step in story.plan), default=0) if story is not None else 0
    ends = end_of_term(starts, last) if starts is not None and last else None
    named = story.team if story is not None else ()
    person = next((each.name for each in named if each.side == "seller"), None)
    return f.ProjectFacts(
        planned=bool(story is not None and story.plan),
        scope=bool(story is not None and (story.scope.inside or story.scope.out)),
        person_days=sum(days, Decimal(0)) if days else None,
        starts=starts,
        ends=ends,
        key_person=person,
        performance=own.performance,
    )


def rate(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def open_ended(text: Text | None) -> Text | None:
    """A sentence without its full stop, which the clause sets."""
    if text is None:
        return None
    words: Iterable[tuple[str, str | None]] = (("zh-CN", text.zh), ("en", text.en))
    return Text.model_validate({name: said.rstrip("。. ；;") for name, said in words if said})
