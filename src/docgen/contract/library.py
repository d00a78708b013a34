"""The clause library as legal keeps it: a card and texts for each clause, terms, statutes, and the book that says what
kinds of contracts there are. Read from templates/clauses and templates/contract; values only, no files here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from docgen.contract.facts import ContractFacts
from docgen.deal.contract import ContractType
from docgen.values import Count, Day, Model, Text, Word, YesNo
from docgen.vocabulary import OneOrMany, Role

Absence = Literal["required", "omit_clause", "default", "say_none"]
ValueKind = Literal["days", "months", "years", "hours", "count", "rate", "text", "amount"]
ClauseKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,27}$")]
STANDARD = "standard"


class Variant(Model):
    """Another text of a clause. The first whose `when` is true is taken, else the standard text; a deal may name one.

    position  `fallback`: agreed only with the approvers, and a deviation; `standard`: the normal text for such a deal
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    when: Word | None = None
    approver: OneOrMany[Role] = ()
    position: Literal["fallback", "standard"] = "fallback"
    because: Text | None = None


class Variable(Model):
    """A value a text prints that a deal may not state, or a value of the clause's own (no dot in its name).

    absent    required: a visible mark in a draft, refused by a final paper · omit_clause: the clause is left out ·
              default: `value` · say_none: the words for nothing
    range     least and most that need nobody; outside, `approver` must agree
    """

    absent: Absence | None = None
    value: Text | Word | None = None
    kind: ValueKind | None = None
    range: tuple[Word, Word] | None = None
    approver: OneOrMany[Role] = ()
    name: Text | None = None

    @model_validator(mode="after")
    def _own_values_are_default(self) -> Variable:
        if self.absent is None:
            object.__setattr__(self, "absent", "default")
        return self


class Fixed(Model):
    """A number that stands in the text on purpose."""

    text: Word
    because: Text


class Allowed(Model):
    """A finding of the checks that is meant."""

    rule: Word
    because: Text
    text: Word | None = None


class Change(Model):
    version: Word
    date: Day
    note: Text
    by: Word | None = None


class ClauseCard(Model):
    """clause.yaml: what a clause is, where it belongs, and who owns its words.

    must, may  types that always hold it, and those that do where `when` is true
    unless     where this is true no type must hold it, and `when` decides for all
    """

    clause: ClauseKey
    version: Word
    order: Count
    must: OneOrMany[ContractType] = ()
    may: OneOrMany[ContractType] = ()
    unless: Word | None = None
    when: Word | None = None
    approver: OneOrMany[Role] = ()
    annex: YesNo = False
    conspicuous: YesNo = False
    cuad: tuple[Count, ...] = ()
    legal: tuple[Word, ...] = ()
    owner: Role = "legal"
    review_by: Day | None = None
    variants: tuple[Variant, ...] = ()
    variables: dict[Word, Variable] = Field(default_factory=dict)
    fixed: tuple[Fixed, ...] = ()
    allow: tuple[Allowed, ...] = ()
    changes: tuple[Change, ...] = ()

    @model_validator(mode="after")
    def _variants_have_names_of_their_own(self) -> ClauseCard:
        names = [STANDARD, *(each.name for each in self.variants)]
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            raise PydanticCustomError("variant_twice", "variant_twice", {"value": twice})
        return self

    def variant(self, name: str) -> Variant | None:
        return next((each for each in self.variants if each.name == name), None)


class Term(Model):
    """A defined term: how each language writes it, what it means, and other forms the text may use."""

    zh: Word = Field(alias="zh-CN")
    en: Word
    definition: Text
    forms: dict[Literal["zh-CN", "en"], tuple[Word, ...]] = Field(default_factory=dict)
    allow: tuple[Allowed, ...] = ()

    def called(self, language: str) -> str:
        return self.zh if language == "zh-CN" else self.en


class Statute(Model):
    """A provision a text names: data with a day of review, never prose in code."""

    zh: Word = Field(alias="zh-CN")
    en: Word
    as_of: Day
    review_by: Day
    source: Text

    def called(self, language: str) -> str:
        return self.zh if language == "zh-CN" else self.en


class TypeCard(Model):
    """One kind of contract: its title, what the sides are called on the cover, the law's list it must answer."""

    title: Text
    buyer: Text
    supplier: Text
    duties: tuple[Word, ...] = ()


class LawCard(Model):
    name: Text
    country: Word
    default_for: tuple[Word, ...] = ()


class ForumCard(Model):
    """A court or arbitration commission legal has agreed to; `country` says whether it is abroad."""

    name: Text
    country: Word = "CN"


class RegionCard(Model):
    """A place where data may lie. `listed`: one of the catalogue, which needs nobody."""

    name: Text
    country: Word
    listed: YesNo = True


class Book(Model):
    """templates/contract/contract.yaml: types, laws, fora, regions, what the sides are called, forbidden words.
    `goods`: how a licence contract is called that sells hardware and no software."""

    sides: dict[Literal["buyer", "supplier", "partner"], Text]
    types: dict[ContractType, TypeCard]
    mixed: Text
    goods: TypeCard | None = None
    laws: dict[Word, LawCard]
    fora: tuple[ForumCard, ...] = ()
    regions: dict[Word, RegionCard] = Field(default_factory=dict)
    holidays: tuple[Day, ...] = ()
    duties: dict[Word, Text] = Field(default_factory=dict)
    cuad: dict[Word, Text] = Field(default_factory=dict)
    forbidden: tuple[dict[str, Any], ...] = ()

    def kind_of(self, facts: ContractFacts) -> TypeCard | None:
        """What a contract of one type is called, and its sides; None for one of several."""
        types, has = facts.contract.types, facts.has
        if len(types) != 1:
            return None
        sells_goods = types == ("licence",) and has.hardware and not has.licence
        return self.goods if sells_goods and self.goods is not None else self.types.get(types[0])  # type: ignore[call-overload]


@dataclass(frozen=True)
class ClauseText:
    """One text of a clause in one language: its file as a person would type it, and what stands in it."""

    shown: str
    language: str
    variant: str
    source: str


@dataclass(frozen=True)
class Clause:
    """A clause: its card, and its texts by variant and language."""

    card: ClauseCard
    shown: str
    texts: Mapping[tuple[str, str], ClauseText] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.card.clause

    def text(self, variant: str, language: str) -> ClauseText | None:
        return self.texts.get((variant, language))


@dataclass(frozen=True)
class Library:
    """Everything legal keeps, clauses by key in the order contracts have them."""

    book: Book
    clauses: Mapping[str, Clause]
    terms: Mapping[str, Term]
    statutes: Mapping[str, Statute]
    terms_shown: str = "_terms.yaml"
    book_shown: str = "contract.yaml"

    @cached_property
    def in_order(self) -> tuple[Clause, ...]:
        return tuple(sorted(self.clauses.values(), key=lambda each: (each.card.order, each.key)))

    def law(self, code: str | None, country: str) -> tuple[str, LawCard | None]:
        """The law a deal names, else the one its seller's country takes by default."""
        if code is None:
            code = next((name for name, law in self.book.laws.items() if country in law.default_for), country)
        return code, self.book.laws.get(code)


def overdue(statute: Statute, today: dt.date) -> bool:
    return today > statute.review_by
