"""The words of a story that templates may print: the customer's situation, our answer, the plan. An allow-list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.deal.planning import plan_dates
from docgen.deal.story import Story
from docgen.documents.page import Page
from docgen.references import Reference
from docgen.values import Text

ANSWERS = ("full", "configuration", "custom", "partial", "no")


def project_story(page: Page) -> Mapping[str, Any]:
    """Every key is there, with nothing in it where the deal tells nothing."""
    story = page.facts.deal.story or Story()
    solution, scope = story.solution, story.scope
    return {
        "summary": text(story.summary, page),
        "goals": [
            {
                "name": text(each.name, page),
                "result": text(each.result, page),
                "work": text(each.work, page),
                "deadline": None if each.deadline is None else page.day(each.deadline),
            }
            for each in story.initiatives
        ],
        "people": [text(each.role, page) for each in story.impact_chain],
        "themes": [{"claim": text(each.claim, page), "proof": text(each.proof, page)} for each in story.win_themes],
        "answers": _answers(story),
        "solution": {
            key: text(getattr(solution, key), page)
            for key in ("summary", "services", "systems", "applications", "management")
        },
        "scope": {"inside": texts(scope.inside, page), "out": texts(scope.out, page)},
        "plan": _plan(story, page),
        "team": bool(story.team),
        "risks": bool(story.risks),
        "assumptions": texts(story.assumptions, page),
        "support": texts(story.support, page),
        "training": bool(story.training),
        "next_steps": texts(story.next_steps, page),
        "consent": None
        if story.evaluation_consent is None
        else {"by": text(story.evaluation_consent.by, page), "date": page.day(story.evaluation_consent.date)},
    }


def _answers(story: Story) -> Mapping[str, int]:
    """How many requirements are answered in each way; `met`: with what the products can do as they are."""
    count = {answer: sum(each.answer == answer for each in story.requirements) for answer in ANSWERS}
    return {
        **count,
        "total": len(story.requirements),
        "met": count["full"] + count["configuration"],
        "open": sum(each.answer is None for each in story.requirements),
    }


def _plan(story: Story, page: Page) -> Mapping[str, Any] | None:
    """First and last day where the plan is dated, how long it takes, the milestones by name."""
    if not story.plan:
        return None
    dates = plan_dates(story)
    return {
        "starts": None if dates is None else page.day(dates.first),
        "ends": None if dates is None else page.day(dates.last),
        "months": max(step.last_month for step in story.plan) - min(step.start_month for step in story.plan) + 1,
        "steps": len(story.plan),
        "milestones": [text(step.milestone, page) for step in story.plan if step.milestone is not None],
    }


def project_references(page: Page) -> Sequence[Mapping[str, Any]]:
    return [_reference(each, page) for each in page.facts.references]


def _reference(each: Reference, page: Page) -> Mapping[str, Any]:
    return {
        "customer": text(each.customer, page),
        "title": text(each.title, page),
        "industry": text(each.industry, page),
        "result": text(each.result, page),
    }


def project_why_now(page: Page) -> Mapping[str, Any] | None:
    """The event, its day and what follows from waiting; nothing else of the opportunity."""
    why = page.facts.deal.opportunity.why_now
    if why is None or why.event is None:
        return None
    return {
        "event": sentence(why.event, page),
        "deadline": None if why.deadline is None else page.day(why.deadline),
        "consequence": sentence(why.consequence, page),
    }


def text(words: Text | None, page: Page) -> str | None:
    return None if words is None else words.get(page.language)


def texts(words: Sequence[Text], page: Page) -> list[str]:
    return [each.get(page.language) for each in words]


def sentence(words: Text | None, page: Page) -> str | None:
    """A sentence without its full stop: the template sets it, so that there is always one."""
    return None if words is None else words.get(page.language).rstrip("。. ")
