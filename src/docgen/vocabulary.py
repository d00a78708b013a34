"""Words deals and price lists share: kinds of products, scopes, payment parts, approval rules."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from docgen.values import (
    NUMERIC,
    PLAIN_TEXT,
    Amount,
    Days,
    Model,
    Share,
    Shorthand,
    Sku,
    Step,
    Text,
    Word,
    YesNo,
    one_of,
    parse_day,
)

Kind = Literal["licence", "subscription", "hardware", "service", "training", "maintenance", "custom", "bundle"]
KINDS: tuple[Kind, ...] = (
    "hardware",
    "licence",
    "subscription",
    "maintenance",
    "service",
    "training",
    "custom",
    "bundle",
)
"""In the order papers group them."""

Due = Literal["signing", "delivery", "go_live", "acceptance", "warranty_end"]
Role = Literal[
    "sales",
    "sales_manager",
    "sales_director",
    "finance",
    "legal",
    "general_manager",
    "services",
    "security",
    "operations",
]
ROLES: tuple[str, ...] = get_args(Role)
DUES: tuple[str, ...] = get_args(Due)
DocumentId = Word
Audience = Literal["customer", "partner", "internal"]
"""Who reads a paper."""
DueField = Annotated[
    str | dt.date,
    PlainValidator(lambda value: parse_due(value)),
    WithJsonSchema({"anyOf": [{"enum": list(get_args(Due))}, {"type": "string", "format": "date"}]}),
]


def parse_due(value: object) -> str | dt.date:
    """An event of the deal, or a day."""
    if isinstance(value, dt.date) or (isinstance(value, str) and value[:1].isdigit()):
        return parse_day(value)
    return str(one_of((*DUES, "a day as 2026-11-20"))(value))


def one_or_many(value: Any) -> Any:
    """A list may be written as its only item."""
    return [value] if isinstance(value, str) else value


T = TypeVar("T")
OneOrMany = Annotated[tuple[T, ...], BeforeValidator(one_or_many), Shorthand(type="string")]


def exactly_one(model: Any, *names: str) -> None:
    """Refuse a model in which not exactly one of `names` is given."""
    given = [name for name in names if getattr(model, name) is not None]
    if len(given) != 1:
        raise PydanticCustomError(
            "exactly_one", "exactly one", {"names": ", ".join(names), "given": ", ".join(given) or "none"}
        )


class Scope(Model):
    """Which lines something reaches: keys are joined by *and*, the items of one key by *or*; empty reaches all."""

    sku: OneOrMany[Sku] = ()
    family: OneOrMany[Word] = ()
    kind: OneOrMany[Kind] = ()

    @property
    def is_everything(self) -> bool:
        return not (self.sku or self.family or self.kind)

    @property
    def specificity(self) -> int:
        """sku before family before kind before all, as a number that grows with precision."""
        return 4 * bool(self.sku) + 2 * bool(self.family) + bool(self.kind)

    def reaches(self, sku: str | None, family: str | None, kind: str) -> bool:
        return (
            (not self.sku or sku in self.sku)
            and (not self.family or family in self.family)
            and (not self.kind or kind in self.kind)
        )

    def names(self, sku: str | None, family: str | None, kind: str) -> bool:
        """Whether it reaches the line by naming it, not by reaching everything."""
        return not self.is_everything and self.reaches(sku, family, kind)


class DaysAfter(Model):
    """Days after the event, or after the end of its month."""

    shorthand = NUMERIC
    days: Days
    counted_from: Literal["event", "end_of_month"] = Field("event", alias="from")

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: Any) -> Any:
        return {"days": value} if isinstance(value, str | int) else value


class PaymentPart(Model):
    """One part of a payment plan: a share of the total or an amount, due at an event or on a day."""

    name: Text
    share: Share | None = None
    amount: Amount | None = None
    due: DueField = "signing"
    days: DaysAfter = DaysAfter(days=0)

    @model_validator(mode="after")
    def _one_measure(self) -> PaymentPart:
        exactly_one(self, "share", "amount")
        return self


class ApprovalRule(Model):
    """Who must say yes, when, and why. `when` and `unless` are conditions in Jinja's expression syntax.

    approver   one role, or several; `quorum` says whether all of them, any one, or a number of people must agree
    looks_at   what the yes is bound to: names, and the groups lines, payment, terms; default: what the conditions name
    tolerance  how far a figure may move before the yes no longer holds: points of a rate, a share of anything else
    documents  the papers that wait for it; default: every paper
    """

    rule: Word
    when: Word
    unless: Word | None = None
    approver: Annotated[OneOrMany[Role], Field(min_length=1)]
    chain: Word = "price"
    step: Step = 1
    quorum: Annotated[str, Field(pattern=r"^(all|any|[1-9]\d?)$")] = "all"
    looks_at: OneOrMany[Word] = ()
    tolerance: dict[str, Share] = Field(default_factory=dict)
    because: Text
    documents: OneOrMany[DocumentId] = ()


class Member(Model):
    """One person who may speak for a role; `key`: her public key as OpenSSH writes it, `ssh-ed25519 AAAA…`."""

    shorthand = PLAIN_TEXT
    name: Text
    key: Annotated[str, Field(pattern=r"^ssh-ed25519 [0-9A-Za-z+/=]{60,80}( .*)?$")] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class RolePolicy(Model):
    """Who may speak for a role. Without members anybody may; `self_approval: false`: nobody for a deal of her own."""

    members: tuple[Member, ...] = ()
    self_approval: YesNo = True
    signed: YesNo = False


class Policies(Model):
    """approvals.yaml: the company's rules and roles, or the rules beside a price list."""

    approvals: tuple[ApprovalRule, ...] = ()
    roles: dict[Role, RolePolicy] = Field(default_factory=dict)

    @property
    def by_role(self) -> dict[str, RolePolicy]:
        return {str(role): policy for role, policy in self.roles.items()}
