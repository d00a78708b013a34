"""What proposal, value statement and deck tell; every part optional.

All of it is written for the customer's eyes, except for `confirmed` of a team member and `publish`-like marks, which
only checks look at.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.values import Day, Model, Months, MonthsOrZero, Sku, Text, Word, YesNo
from docgen.vocabulary import OneOrMany

Level = Literal["low", "medium", "high"]
Answer = Literal["full", "partial", "configuration", "custom", "no"]
SolutionPart = Literal["services", "systems", "applications", "management"]
Side = Literal["seller", "customer"]


class Initiative(Model):
    """A goal of the customer: what is to come of it, the work it takes, by when, and who answers for it."""

    name: Text
    result: Text | None = None
    work: Text | None = None
    deadline: Day | None = None
    owner: Text | None = None


class Pain(Model):
    """One link of the impact chain: whose pain, and what causes it. Written from the top down.

    reaches   the roles above that suffer from it; not written, the one before
    """

    role: Text
    pain: Text
    causes: tuple[Text, ...] = ()
    reaches: OneOrMany[Word] = ()


class Requirement(Model):
    """What the customer asks for and how we answer; `lines`: the SKUs that answer it."""

    id: Word
    text: Text
    priority: Literal["must", "should", "could"] = "must"
    answer: Answer | None = None
    why: Text | None = None
    lines: OneOrMany[Sku] = ()
    part: SolutionPart | None = None


class Solution(Model):
    """The solution in a few sentences, and in four parts."""

    summary: Text | None = None
    services: Text | None = None
    systems: Text | None = None
    applications: Text | None = None
    management: Text | None = None


class ScopeOfWork(Model):
    inside: tuple[Text, ...] = Field((), alias="in")
    out: tuple[Text, ...] = ()


class PlanStep(Model):
    """A step of the plan. Month 1 begins on the day of `plan_starts`.

    seller, customer   what each side does
    milestone          what is reached at its end, where it has a name
    acceptance         how it is seen that the step is done
    payment            the name of a payment of the payment plan that falls due at its end
    """

    id: Word
    name: Text
    start_month: MonthsOrZero
    months: Months
    owner: Literal["seller", "customer", "both"] = "both"
    seller: Text | None = None
    customer: Text | None = None
    deliverables: tuple[Text, ...] = ()
    milestone: Text | None = None
    acceptance: Text | None = None
    payment: Text | None = None

    @property
    def last_month(self) -> int:
        return self.start_month + self.months - 1


class TeamMember(Model):
    name: Text
    role: Text
    side: Side = "seller"
    duty: Text | None = None
    confirmed: YesNo = False


class Risk(Model):
    text: Text
    likelihood: Level = "medium"
    impact: Level = "medium"
    owner: Text | None = None
    answer: Text | None = None


class WinTheme(Model):
    """Why us: a claim, and what shows that it is true."""

    claim: Text
    proof: Text | None = None


class EvaluationStep(Model):
    """A step by which the customer decides; a proof of concept has criteria and, once done, a result."""

    step: Text
    who: Text | None = None
    date: Day | None = None
    decision: Word | None = None
    criteria: tuple[Text, ...] = ()
    result: Text | None = None


class Consent(Model):
    """The customer's yes to the evaluation plan."""

    by: Text
    date: Day


class Training(Model):
    """One course: who learns what, how long, where."""

    name: Text
    who: Text | None = None
    content: Text | None = None
    sessions: Text | None = None


class Story(Model):
    """plan_starts: the first day of the plan's month 1, without which the plan is not dated."""

    summary: Text | None = None
    initiatives: tuple[Initiative, ...] = ()
    impact_chain: tuple[Pain, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    solution: Solution = Solution()
    scope: ScopeOfWork = ScopeOfWork()
    plan_starts: Day | None = None
    plan: tuple[PlanStep, ...] = ()
    team: tuple[TeamMember, ...] = ()
    references: tuple[Word, ...] = ()
    risks: tuple[Risk, ...] = ()
    assumptions: tuple[Text, ...] = ()
    win_themes: tuple[WinTheme, ...] = ()
    support: tuple[Text, ...] = ()
    training: tuple[Training, ...] = ()
    evaluation_plan: tuple[EvaluationStep, ...] = ()
    evaluation_consent: Consent | None = None
    next_steps: tuple[Text, ...] = ()
