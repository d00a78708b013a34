"""What clauses may speak about: one deal as its contract tells it. Every word of a clause's text and every condition is
held against these classes, without any deal: a name that does not stand here is a problem of the template.

Values keep their kind until they are printed: days are `date`, money is `Money`, rates are `Fraction`, counts `int`,
words of the deal `Text`. None: the deal does not state it; the clause says what its absence means.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.currencies import minor_digits
from docgen.values import Text


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in the deal's currency."""

    amount: Decimal
    currency: str

    def __bool__(self) -> bool:
        return bool(self.amount)

    @property
    def is_payable(self) -> bool:
        """Whether it has no more decimals than its currency has coins for."""
        return self.amount == round(self.amount, minor_digits(self.currency))


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One side. `country`: ISO code; bank and account where money is paid to it."""

    name: Text
    country: str
    address: Text | None = None
    tax_id: str | None = None
    legal_representative: Text | None = None
    phone: str | None = None
    email: str | None = None
    contact: Text | None = None
    bank: Text | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The contract itself. `types`: the types whose clauses it holds; `bilingual`: in two languages."""

    number: str
    type: str
    types: tuple[str, ...]
    quote: str
    quote_date: dt.date
    bilingual: bool
    prevailing: str | None
    prevailing_language: Text | None
    sign_date: dt.date | None
    effective: dt.date | None
    place: Text | None
    copies: int
    copies_each: int
    project: Text | None
    main: str | None


@dataclass(frozen=True, slots=True)
class HasFacts:
    """What is bought, by kind."""

    lines: bool
    licence: bool
    subscription: bool
    hardware: bool
    services: bool
    training: bool
    maintenance: bool
    custom: bool
    free: bool


@dataclass(frozen=True, slots=True)
class FeesFacts:
    """The amounts of the quote as the buyer pays them. `one_tax_rate`: where there is only one. `events`: after which
    events of the contract the plan lets payments fall due, not on days it states."""

    total: Money
    net: Money
    tax: Money
    taxed: bool
    tax_inclusive: bool
    one_tax_rate: Fraction | None
    recurring: bool
    yearly: Money | None
    upfront_share: Fraction
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Of services over time: first and last day, length, and the last day on which a notice is in time."""

    starts: dt.date | None
    months: int | None
    ends: dt.date | None
    last_notice_day: dt.date | None


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    mode: str
    months: int | None
    notice_days: int | None
    uplift: Fraction | None


@dataclass(frozen=True, slots=True)
class LateFacts:
    rate_per_day: Fraction | None
    cap: Fraction | None


@dataclass(frozen=True, slots=True)
class PriceProtectionFacts:
    cap: Fraction | None
    years: int | None


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """`working_days`: whether `days` are working days; `deemed`: silence is acceptance; `none`: nothing is accepted."""

    none: bool
    days: int | None
    working_days: bool
    deemed: bool
    retests: int | None
    criteria: Text | None


@dataclass(frozen=True, slots=True)
class WarrantyFacts:
    months: int | None
    start: str


@dataclass(frozen=True, slots=True)
class LiabilityFacts:
    """`cap` in percent of the basis, `total` or `fees_12m`; with basis `amount` the amount itself."""

    cap: Fraction | None
    basis: str
    amount: Money | None
    super_cap: Fraction | None
    carve_outs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlaFacts:
    """`tier`: "none" without a promise of availability."""

    tier: str
    uptime: Fraction | None
    window: str | None
    cap: Fraction | None
    credits: bool


@dataclass(frozen=True, slots=True)
class SupportFacts:
    tier: str
    hours: Text | None


@dataclass(frozen=True, slots=True)
class DataFacts:
    """`cn`, `eu`: whether persons there are concerned, so that PIPL or GDPR wants its clauses."""

    personal: bool
    sensitive: bool
    cn: bool
    eu: bool
    residency: Text | None
    breach_hours: int | None
    subprocessors: bool
    export_route: Text | None
    return_days: int | None
    subjects: Text | None
    kinds: Text | None
    purpose: Text | None


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """The price of changes: money for one `unit` of work, how many days an answer takes."""

    rate: Money | None
    unit: str
    reply_days: int | None


@dataclass(frozen=True, slots=True)
class IpFacts:
    """`owner` of results: supplier, customer or joint; `transfer_on`: full_payment or delivery."""

    owner: str
    transfer_on: str
    source_code: bool


@dataclass(frozen=True, slots=True)
class TrialFacts:
    days: int | None
    users: int | None
    convert: bool
    environment: Text | None
    starts: dt.date | None
    ends: dt.date | None


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    territory: Text | None
    exclusive: bool
    min_commitment: Money | None
    discount: Fraction | None
    registration_days: int | None
    sub_resellers: bool
    end_customer: Text | None


@dataclass(frozen=True, slots=True)
class LawFacts:
    """`code`: ISO code of the country whose law governs; `foreign`: another than China's."""

    code: str
    name: Text
    foreign: bool


@dataclass(frozen=True, slots=True)
class ForumFacts:
    """`kind`: court or arbitration."""

    kind: str | None
    name: Text | None
    seat: Text | None
    language: Text | None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Work to be done. `person_days`: of all service lines counted in days."""

    planned: bool
    scope: bool
    person_days: Decimal | None
    starts: dt.date | None
    ends: dt.date | None
    key_person: Text | None
    performance: Text | None


@dataclass(frozen=True, slots=True)
class FlagFacts:
    mfn: bool
    publicity: bool
    audit: bool
    insurance: bool
    non_solicit: bool
    affiliates: bool
    tfc: bool


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """Everything, by the names clauses use. `buyer` and `supplier` are what the sides are called: 甲方, 乙方."""

    buyer: Text
    supplier: Text
    customer: PartyFacts
    seller: PartyFacts
    contract: PaperFacts
    has: HasFacts
    fees: FeesFacts
    term: TermFacts
    renewal: RenewalFacts
    late: LateFacts
    price_protection: PriceProtectionFacts
    acceptance: AcceptanceFacts
    warranty: WarrantyFacts
    liability: LiabilityFacts
    sla: SlaFacts
    support: SupportFacts
    data: DataFacts
    change: ChangeFacts
    ip: IpFacts
    escrow_agent: Text | None
    trial: TrialFacts
    channel: ChannelFacts
    law: LawFacts
    forum: ForumFacts
    project: ProjectFacts
    flags: FlagFacts
    delivery: Text | None
    foreign: bool
    """Whether anything about the deal lies outside China: a party's country, or the currency."""
    currency: str
    special_terms: bool
    third_party: bool
