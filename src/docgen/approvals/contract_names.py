"""What approval rules may ask of a contract. Where no contract is wanted every name is None, and no rule is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.values import Text

if TYPE_CHECKING:
    from docgen.contract import Draft


class ContractName(NamedTuple):
    """A name, in words for `docgen approvals --names`, and how it is found."""

    name: str
    zh: str
    en: str
    value: Callable[[Draft], Any]


def _count(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _listed_forum(draft: Draft) -> bool | None:
    """Whether the court or commission is on legal's list, in either language."""
    forum = draft.facts.forum.name
    if forum is None:
        return None
    return any(_same(forum, listed.name) for listed in draft.library.book.fora)


def _same(one: Text, other: Text) -> bool:
    return bool({one.zh, one.en} & {other.zh, other.en} - {None})


def _listed_region(draft: Draft) -> bool | None:
    data = draft.own.data
    if data is None or data.residency is None:
        return None
    region = draft.library.book.regions.get(data.residency)
    return region is not None and region.listed


def _tail(draft: Draft) -> Fraction:
    """Share of the gross total that falls due only at acceptance or when the warranty ends."""
    quote = draft.sides.quote
    gross = quote.totals.customer_gross
    late = sum(p.amount for p in quote.payments if p.due in ("acceptance", "warranty_end") and not p.recurring)
    return Fraction(late) / Fraction(gross) if gross else Fraction(0)


def _warranty_tail(draft: Draft) -> Fraction:
    quote = draft.sides.quote
    gross = quote.totals.customer_gross
    late = sum(p.amount for p in quote.payments if p.due == "warranty_end" and not p.recurring)
    return Fraction(late) / Fraction(gross) if gross else Fraction(0)


def _change_rate(draft: Draft) -> Fraction | None:
    rate = draft.facts.change.rate
    return None if rate is None else Fraction(rate.amount)


CONTRACT_NAMES: tuple[ContractName, ...] = (
    ContractName("contract_type", "合同类型", "type of the contract", lambda d: d.facts.contract.type),
    ContractName(
        "clause_deviations",
        "偏离标准条款的数目",
        "number of clauses that deviate from the standard",
        lambda d: Fraction(len(d.deviations)),
    ),
    ContractName(
        "special_terms", "特别条款数", "number of special terms", lambda d: Fraction(len(d.own.special_terms))
    ),
    ContractName(
        "late_rate", "逾期付款每日违约金率", "late payment, rate per day", lambda d: d.facts.late.rate_per_day
    ),
    ContractName("acceptance_days", "验收天数", "days for acceptance", lambda d: _count(d.facts.acceptance.days)),
    ContractName(
        "acceptance_deemed",
        "逾期视为通过验收",
        "whether silence is acceptance",
        lambda d: d.facts.acceptance.deemed if d.has("acceptance") else None,
    ),
    ContractName("warranty_months", "质保月数", "months of warranty", lambda d: _count(d.facts.warranty.months)),
    ContractName("tail_share", "验收及质保后付款占比", "share due at acceptance or later", _tail),
    ContractName("warranty_tail_share", "质保期满付款占比", "share due when the warranty ends", _warranty_tail),
    ContractName("sla_tier", "服务水平档次", "service level tier", lambda d: d.facts.sla.tier),
    ContractName("uptime", "承诺可用率", "promised availability", lambda d: d.facts.sla.uptime),
    ContractName("credit_cap", "服务抵扣上限", "cap of service credits", lambda d: d.facts.sla.cap),
    ContractName(
        "personal_data", "处理个人信息", "whether personal data are processed", lambda d: d.facts.data.personal
    ),
    ContractName(
        "sensitive_data", "处理敏感个人信息", "whether sensitive data are processed", lambda d: d.facts.data.sensitive
    ),
    ContractName(
        "region_listed", "数据存放地在目录内", "whether the place of data is in the catalogue", _listed_region
    ),
    ContractName(
        "foreign_law", "适用域外法律", "whether another law than China's governs", lambda d: d.facts.law.foreign
    ),
    ContractName(
        "foreign_element", "具有涉外因素", "whether a party or the currency is foreign", lambda d: d.facts.foreign
    ),
    ContractName("forum_listed", "争议解决机构在目录内", "whether the court or commission is listed", _listed_forum),
    ContractName(
        "renewal_mode", "续期方式", "how the term is renewed: none, option, auto", lambda d: d.facts.renewal.mode
    ),
    ContractName("renewal_months", "续期月数", "months of a renewal", lambda d: _count(d.facts.renewal.months)),
    ContractName(
        "notice_days", "续期通知天数", "days of notice against renewal", lambda d: _count(d.facts.renewal.notice_days)
    ),
    ContractName("price_cap", "价格涨幅上限", "cap on price increases", lambda d: d.facts.price_protection.cap),
    ContractName(
        "price_cap_years", "价格保护年数", "years of price protection", lambda d: _count(d.facts.price_protection.years)
    ),
    ContractName("change_rate", "变更人天单价", "price of a day of changes", _change_rate),
    ContractName("ip_owner", "成果归属", "who owns the results", lambda d: d.facts.ip.owner),
    ContractName(
        "ip_on_delivery",
        "交付即转让成果",
        "whether results pass on delivery",
        lambda d: d.facts.ip.owner == "customer" and d.facts.ip.transfer_on == "delivery",
    ),
    ContractName("source_code", "交付源代码", "whether source code is handed over", lambda d: d.facts.ip.source_code),
    ContractName(
        "escrow", "源代码托管", "whether source code is held in escrow", lambda d: d.facts.escrow_agent is not None
    ),
    ContractName("best_price", "最惠价格", "whether best-price treatment is promised", lambda d: d.facts.flags.mfn),
    ContractName("free_termination", "任意解除权", "whether the customer may end at will", lambda d: d.facts.flags.tfc),
    ContractName("insurance", "保险要求", "whether insurance is required", lambda d: d.facts.flags.insurance),
    ContractName("affiliates", "关联方使用", "whether affiliates may use", lambda d: d.facts.flags.affiliates),
    ContractName("exclusive", "独家经销", "whether a partner is exclusive", lambda d: d.facts.channel.exclusive),
    ContractName(
        "trial_converts",
        "试用期满自动转付费",
        "whether a trial turns into a paid term",
        lambda d: d.facts.trial.convert,
    ),
)


def contract_values(draft: Draft | None) -> Iterator[tuple[str, Any]]:
    """Every name's value for one contract; None for all where there is none, which deviates from nothing."""
    for each in CONTRACT_NAMES:
        nothing = Fraction(0) if each.name == "clause_deviations" else None
        yield each.name, nothing if draft is None else each.value(draft)


CLAUSES = "clauses"
"""The group of what departs from the standard: each deviation under a name of its own."""


def clause_group(draft: Draft | None) -> dict[str, str]:
    """Each deviation, as a yes to it is kept: `clauses.liability_cap.variant` = joint@1.0."""
    if draft is None:
        return {}
    out: dict[str, str] = {}
    for each in draft.deviations:
        version = draft.library.clauses[each.clause].card.version if each.clause in draft.library.clauses else ""
        name = f"{CLAUSES}.{each.clause}.{each.kind}"
        number = sum(1 for known in out if known.partition(" ")[0] == name) + 1
        out[f"{name} ({number})" if number > 1 else name] = f"{each.now or each.was}@{version}".rstrip("@")
    return out
