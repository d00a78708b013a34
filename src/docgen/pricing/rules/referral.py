"""Lane deal, before the deal's own discounts: thanks for a recommendation, as the price list's programme has it.

Referred, 5 %: 288,000.00 of licences and 100,000.00 of services give −14,400.00 and −5,000.00. With `maximum: 10000`
they share that by what is left on each: −7,422.68 and −2,577.32.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.catalog.programmes import ReferralProgramme
from docgen.configuration import ConfiguredLine
from docgen.deal import Deal
from docgen.deal.channel import Referral
from docgen.money import allocate
from docgen.pricing.book import Book, Priced
from docgen.pricing.quote import total
from docgen.problems import Path, Problem, problem, warning
from docgen.values import Text

_PATH: Path = ("referral",)


def referral_discount(lines: Sequence[Priced], book: Book) -> None:
    """Once for the deal. Above the maximum the lines that count share it; an optional line gets what room they leave,
    as if it alone were taken."""
    referral, programme = book.deal.referral, book.catalog.referral
    if referral is None:
        return
    book.problems += refusals(book.deal, referral, programme, book.catalog.name)
    if programme is None or not programme.holds_on(book.day):
        return
    rate = programme.referred if referral.by is not None else programme.referrer
    reached = [p for p in lines if _reaches(programme, p.line)]
    if not rate or not reached:
        book.problems.append(warning("referral_gives_nothing", *_PATH, name=_name(programme, book.deal)))
        return
    counted = [p for p in reached if not p.line.optional]
    wanted = {id(p): book.share(p.left, rate) for p in reached}
    room = _room(programme, total(wanted[id(p)] for p in counted), book)
    if room is not None and room < 0:
        given = book.round(programme.maximum or Decimal(0))
        parts = allocate(given, [p.left for p in counted], book.digits)
        wanted |= {id(p): part for p, part in zip(counted, parts, strict=True)}
        room = Decimal(0)
    because = _because(referral)
    for priced in reached:
        asked = wanted[id(priced)]
        amount = min(asked, room) if priced.line.optional and room is not None else asked
        is_rate = amount == book.share(priced.left, rate)
        priced.step(
            "deal", programme.name, -amount, "price_list", _PATH, rate=rate if is_rate else None, because=because
        )


def refusals(deal: Deal, referral: Referral, programme: ReferralProgramme | None, price_list: str) -> list[Problem]:
    """What stands against it: no programme, not in these days, or the customer recommending himself."""
    out = []
    other = referral.by or referral.of
    if other is not None and _names(other) & _names(deal.customer.name):
        out.append(
            problem("referral_of_oneself", *_PATH, "by" if referral.by else "of", name=other.get(deal.language[0]))
        )
    if programme is None:
        out.append(problem("referral_without_programme", *_PATH, price_list=price_list))
    elif not programme.holds_on(deal.date):
        span = f"{programme.first or '…'} to {programme.until or '…'}"
        name = _name(programme, deal)
        out.append(problem("referral_out_of_date", *_PATH, name=name, span=span, date=deal.date))
    return out


def _name(programme: ReferralProgramme, deal: Deal) -> str:
    return programme.name.get(deal.language[0])


def _room(programme: ReferralProgramme, given: Decimal, book: Book) -> Decimal | None:
    """What the maximum leaves; below zero it is passed."""
    return None if programme.maximum is None else book.round(programme.maximum) - given


def _reaches(programme: ReferralProgramme, line: ConfiguredLine) -> bool:
    if programme.on.is_everything:
        return line.takes_unnamed_rules
    return line.is_paid and programme.on.reaches(line.sku, line.family, line.kind)


def _names(text: Text) -> set[str]:
    return {name.casefold() for name in (text.zh, text.en) if name}


def _because(referral: Referral) -> Text:
    """Who sent whom, for the house only."""
    if referral.by is not None:
        zh, en = f"由{referral.by.get('zh-CN')}推荐", f"referred by {referral.by.get('en')}"
    else:
        other = referral.of or Text.of("?")
        zh, en = f"推荐了{other.get('zh-CN')}", f"referred {other.get('en')}"
    return Text.model_validate({"zh-CN": zh, "en": en})
