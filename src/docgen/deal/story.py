"""What proposal, value statement and deck tell; every part optional."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.values import Day, Model, Months, MonthsOrZero, Sku, Text, Word, YesNo
from docgen.vocabulary import OneOrMany

Level = Literal["low", "medium", "high"]


class Initiative(Model):
    name: Text
    result: Text | None = None
    work: Text | None = None
    deadline: Day | None = None


class Pain(Model):
    """One link of the impact chain: whose pain, and what causes it."""

    role: Text
    pain: Text
    causes: tuple[Text, ...] = ()


class Requirement(Model):
    id: Word
    text: Text
    priority: Literal["must", "should", "could"] = "must"
    answer: Literal["full", "partial", "configuration", "custom", "no"] | None = None
    why: Text | None = None
    lines: OneOrMany[Sku] = ()
    part: Literal["services", "systems", "applications", "management"] | None = None


class Solution(Model):
    services: Text | None = None
    systems: Text | None = None
    applications: Text | None = None
    management: Text | None = None


class ScopeOfWork(Model):
    inside: tuple[Text, ...] = Field((), alias="in")
    out: tuple[Text, ...] = ()


class PlanStep(Model):
    id: Word
    name: Text
    start_month: MonthsOrZero
    months: Months
    owner: Literal["seller", "customer", "both"] = "both"
    deliverables: tuple[Text, ...] = ()
    payment: Text | None = None


class TeamMember(Model):
    name: Text
    role: Text
    confirmed: YesNo = False


class Risk(Model):
    text: Text
    likelihood: Level = "medium"
    impact: Level = "medium"
    owner: Text | None = None
    answer: Text | None = None


class WinTheme(Model):
    claim: Text
    proof: Text | None = None


class EvaluationStep(Model):
    step: Text
    who: Text | None = None
    date: Day | None = None
    decision: Word | None = None
    criteria: tuple[Text, ...] = ()
    result: Text | None = None


class Story(Model):
    summary: Text | None = None
    initiatives: tuple[Initiative, ...] = ()
    impact_chain: tuple[Pain, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    solution: Solution = Solution()
    scope: ScopeOfWork = ScopeOfWork()
    plan: tuple[PlanStep, ...] = ()
    team: tuple[TeamMember, ...] = ()
    references: tuple[Word, ...] = ()
    risks: tuple[Risk, ...] = ()
    assumptions: tuple[Text, ...] = ()
    win_themes: tuple[WinTheme, ...] = ()
    evaluation_plan: tuple[EvaluationStep, ...] = ()
    next_steps: tuple[Text, ...] = ()
