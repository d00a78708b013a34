"""What the data of a contract get wrong, whatever its words: dates out of order, a forum abroad without reason, …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from docgen.contract.at_odds import at_odds
from docgen.contract.dates import is_working_day
from docgen.contract.draft import Draft
from docgen.contract.facts import Money
from docgen.contract.understood import not_understood
from docgen.currencies import minor_digits
from docgen.problems import Path, Problem, problem, warning
from docgen.texts import held
from docgen.values import Text


def check(draft: Draft) -> Iterator[Problem]:
    """Everything CHECKS find."""
    if draft.facts.contract.types:
        for each in CHECKS:
            yield from each(draft)


def _foreign_law(draft: Draft) -> Iterator[Problem]:
    """Parties may choose another law only where something of the deal lies abroad (Foreign-Related Civil Relations
    Law, art. 3 and its interpretation)."""
    facts = draft.facts
    if facts.law.foreign and not facts.foreign:
        yield problem("foreign_law_at_home", "terms", "governing_law", law=facts.law.name.get("en"))


def _foreign_forum(draft: Draft) -> Iterator[Problem]:
    """A dispute without a foreign element cannot be sent abroad (Civil Procedure Law, Arbitration Law)."""
    forum = draft.facts.forum
    if forum.name is None or draft.facts.foreign:
        return
    for listed in draft.library.book.fora:
        same = {listed.name.zh, listed.name.en} & {forum.name.zh, forum.name.en} - {None}
        if same and listed.country != "CN":
            yield problem("forum_abroad_at_home", "terms", "forum", "name", forum=forum.name.get("en"))


def _arbitration_commission(draft: Draft) -> Iterator[Problem]:
    """`the court` and `arbitration` exclude each other; an arbitration agreement needs a named commission."""
    forum = draft.facts.forum
    if forum.name is None:
        return
    said = f"{forum.name.zh} {forum.name.en}"
    arbitrates = any(word in said for word in ("仲裁", "Arbitration", "Arbitral"))
    judges = any(word in said for word in ("法院", "Court"))
    if forum.kind == "arbitration" and judges and not arbitrates:
        yield problem("arbitration_names_court", "terms", "forum", "name", forum=forum.name.get("en"))
    if forum.kind == "court" and arbitrates:
        yield problem("court_names_arbitration", "terms", "forum", "name", forum=forum.name.get("en"))


def _dates_in_order(draft: Draft) -> Iterator[Problem]:
    """Signature, effect, start of services and milestones follow one another."""
    paper, term = draft.facts.contract, draft.facts.term
    if paper.sign_date and paper.effective and paper.effective < paper.sign_date:
        yield warning(
            "effective_before_signature", "contract", "effective", day=paper.effective, signed=paper.sign_date
        )
    begins = paper.effective or paper.sign_date
    if begins and term.starts and term.starts < begins:
        path, unsaid = _where_start_is_said(draft)
        yield warning("starts_before_effect", *path, day=term.starts, effective=begins, unsaid=unsaid)
    project = draft.facts.project
    if begins and project.starts and project.starts < begins:
        yield warning("plan_before_effect", "story", "plan_starts", day=project.starts, effective=begins)


def _where_start_is_said(draft: Draft) -> tuple[Path, str]:
    """A line's own day or the deal's. Where neither says one, services start on the deal's date: then the day that does
    not go with it, and what is missing."""
    starts = draft.facts.term.starts
    for each in draft.sides.quote.counted:
        if each.line.is_recurring and each.line.line.starts == starts:
            return (*each.line.path, "starts"), ""
    if draft.sides.deal.starts is not None:
        return ("starts",), ""
    return ("contract", "effective" if draft.own.effective else "sign_date"), "starts"


def _notice_in_time(draft: Draft) -> Iterator[Problem]:
    """A renewal whose last day for notice lies before the term begins cannot be refused."""
    term = draft.facts.term
    if term.last_notice_day and term.starts and term.last_notice_day < term.starts:
        yield problem("notice_before_start", "terms", "renewal", "notice_days", day=term.last_notice_day)


def _signed_on_working_day(draft: Draft) -> Iterator[Problem]:
    day: dt.date | None = draft.facts.contract.sign_date
    if day is not None and not is_working_day(day, draft.library.book.holidays):
        yield warning("signed_on_weekend", "contract", "sign_date", day=day)


def _copies(draft: Draft) -> Iterator[Problem]:
    """Both sides get the same number of copies."""
    copies = draft.facts.contract.copies
    if copies < 2 or copies % 2:
        yield problem("copies_uneven", "contract", "copies", copies=copies)


def _prevailing(draft: Draft) -> Iterator[Problem]:
    """Only a contract in two languages has one that prevails, and it is one of them."""
    named = draft.own.prevailing
    if named is not None and named not in draft.sides.deal.language:
        yield problem("prevailing_not_written", "contract", "prevailing", language=named)


def _in_every_language(draft: Draft) -> Iterator[Problem]:
    """What only the contract says, in each of its languages: else one version would speak the other's. The reason of a
    special term is for the house."""
    for path, text in held(draft.own, Text, ("contract",)):
        for language in draft.sides.deal.language:
            said = text.zh if language == "zh-CN" else text.en
            if said is None and path[-1] != "reason":
                yield warning("contract_text_unsaid", *path, language=language)


def _tax_ids(draft: Draft) -> Iterator[Problem]:
    """A Chinese unified social credit code has 18 places."""
    customer = draft.facts.customer
    if customer.country == "CN" and customer.tax_id is not None and len(customer.tax_id) not in (15, 18, 20):
        yield warning("tax_id_length", "customer", "tax_id", value=customer.tax_id)


def _one_way_of_results(draft: Draft) -> Iterator[Problem]:
    """Source code goes to a customer who owns the results, or by a flag legal has seen."""
    types = draft.facts.contract.types
    if "development" in types and draft.has("ip_transfer") == draft.has("result_licence"):
        yield problem("results_twice_or_never", "contract", "ip")


def _exclusive_needs_minimum(draft: Draft) -> Iterator[Problem]:
    channel = draft.facts.channel
    if channel.exclusive and channel.min_commitment is None:
        yield problem("exclusive_without_minimum", "contract", "channel", "exclusive")


def _trial(draft: Draft) -> Iterator[Problem]:
    if "trial" in draft.facts.contract.types and not draft.facts.trial.days:
        yield problem("trial_without_days", "contract")


def _uptime(draft: Draft) -> Iterator[Problem]:
    """Credits need an availability they are measured against."""
    sla = draft.facts.sla
    if sla.tier != "none" and sla.credits and sla.uptime is None:
        yield warning("credits_without_uptime", "terms", "sla")


def _retention(draft: Draft) -> Iterator[Problem]:
    liability = draft.facts.liability
    if liability.basis == "amount" and liability.amount is None and liability.cap is None:
        yield problem("liability_without_amount", "terms", "liability")


def _payable(draft: Draft) -> Iterator[Problem]:
    """Amounts only a contract names: printed to the coin, or not at all."""
    facts = draft.facts
    named: tuple[tuple[Money | None, Path], ...] = (
        (facts.liability.amount, ("terms", "liability", "amount")),
        (facts.change.rate, ("contract", "change", "rate")),
        (facts.channel.min_commitment, ("contract", "channel", "min_commitment")),
    )
    for money, path in named:
        if money is not None and not money.is_payable:
            decimals = str(minor_digits(money.currency))
            yield problem("too_many_decimals", *path, value=str(money.amount), hint=decimals)


CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    _foreign_law,
    _foreign_forum,
    _arbitration_commission,
    _dates_in_order,
    _notice_in_time,
    _signed_on_working_day,
    _copies,
    _prevailing,
    _in_every_language,
    _tax_ids,
    _one_way_of_results,
    _exclusive_needs_minimum,
    _trial,
    _uptime,
    _retention,
    _payable,
    at_odds,
    not_understood,
)
