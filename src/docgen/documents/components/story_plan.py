"""How it is done: steps with the work of both sides, what they leave behind, and the payments they release."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Inlines,
    Row,
    Strong,
    Table,
    plain,
    quiet,
    stacked,
    strong,
    text_of,
)
from docgen.content.figures import Gantt, Key, Milestone, Task
from docgen.deal.planning import step_dates
from docgen.deal.story import PlanStep, Story
from docgen.documents.components.payment_plan import due_words
from docgen.documents.components.story_goals import points, story_of
from docgen.documents.page import Page
from docgen.period import add_months
from docgen.pricing import Payment
from docgen.telling.told import same_name

LONG_PLAN, QUARTER = 14, 3
"""Months of a plan up to which each has a column; a longer one has quarters."""


def gantt(page: Page) -> Blocks:
    """The plan over time, with what is reached when and what is then paid."""
    story = story_of(page)
    if not story.plan:
        return ()
    begins = min(step.start_month for step in story.plan)
    months = max(step.last_month for step in story.plan) - begins + 1
    each = 1 if months <= LONG_PLAN else QUARTER
    tasks = tuple(_task(page, step, begins) for step in story.plan)
    told = page.label("plan_alt", steps=str(len(tasks)), months=str(months))
    return (
        Gantt(
            title="",
            alt=told,
            data=plan_data(page),
            tasks=tasks,
            periods=tuple(_periods(page, story, begins, months, each)),
            months_each=each,
            milestones=tuple(_milestones(page, story, begins)),
            milestones_title=page.label("milestones_title"),
            legend=tuple(_legend(page, story)),
        ),
    )


def _task(page: Page, step: PlanStep, begins: int) -> Task:
    start, months = Decimal(step.start_month - begins), Decimal(step.months)
    return Task(page.text(step.name), start, months, page.label(f"bar_{step.owner}"), pale=step.owner == "customer")


def _periods(page: Page, story: Story, begins: int, months: int, each: int) -> Iterator[str]:
    """Months of the calendar where the plan is dated, else of the plan; the year where it changes."""
    year = None
    for first in range(begins, begins + months, each):
        if story.plan_starts is None:
            yield page.label("month_short", number=str(first))
            continue
        day = add_months(story.plan_starts, first - 1)
        yield page.month(day, year=day.year != year)
        year = day.year


def _milestones(page: Page, story: Story, begins: int) -> Iterator[Milestone]:
    """Each stands at the end of its step, with what it releases; a payment at signature where the step begins."""
    for step in story.plan:
        first, after = Decimal(step.start_month - begins), Decimal(step.last_month + 1 - begins)
        paid = [(page.text(each.name), each.due == "signing") for each in payments_of(page, step)]
        for name, at_once in paid:
            if at_once:
                yield Milestone(name, first, hollow=True)
        released = [name for name, at_once in paid if not at_once]
        names = [page.text(step.milestone)] if step.milestone is not None else []
        if names or released:
            yield Milestone(page.words.label("list_comma").join([*names, *released]), after, hollow=bool(released))


def _legend(page: Page, story: Story) -> Iterator[Key]:
    if any(step.owner == "customer" for step in story.plan):
        yield Key("bar", page.label("legend_ours"))
        yield Key("pale", page.label("legend_yours"))
    if any(step.milestone is not None for step in story.plan):
        yield Key("diamond", page.label("legend_milestone"))
    if any(payments_of(page, step) for step in story.plan):
        yield Key("hollow", page.label("legend_payment"))


def plan_data(page: Page) -> Table:
    """The plan as a small table, for who cannot see the picture."""
    steps = story_of(page).plan
    heads = tuple(Cell(page.head(key)) for key in ("step", "by_whom", "period_head", "milestone_head"))
    rows = tuple(
        Row(
            (
                Cell(page.lines(step.name)),
                Cell(plain(page.label(f"bar_{step.owner}"))),
                Cell(stacked(*(plain(line) for line in _when(page, step)))),
                Cell(page.lines(step.milestone)),
            )
        )
        for step in steps
    )
    return Table((Column(0.34), Column(0.16), Column(0.24), Column(0.26)), rows, heads, title=page.label("plan"))


def plan_table(page: Page) -> Blocks:
    """One row a step: when, who does what, what comes out, which payment falls due at its end."""
    steps = story_of(page).plan
    if not steps:
        return ()
    keys, widths = ("step", "duties", "deliverables", "milestone"), (0.21, 0.34, 0.2, 0.25)
    heads = tuple(Cell(page.head(key)) for key in keys)
    rows = tuple(Row(tuple(Cell(cell) for cell in _cells(page, step, index))) for index, step in enumerate(steps))
    return (Table(tuple(Column(width) for width in widths), rows, heads, title=page.label("plan")),)


def _cells(page: Page, step: PlanStep, index: int) -> tuple[Inlines, ...]:
    name = page.remarked(strong(page.text(step.name)), "story", "plan", index)
    return (
        stacked(name, *(quiet(line) for line in _when(page, step))),
        stacked(*_duties(page, step)),
        points(page, step.deliverables),
        stacked(*_end(page, step)),
    )


def _when(page: Page, step: PlanStep) -> Iterator[str]:
    first, last = str(step.start_month), str(step.last_month)
    yield page.label("month_one" if first == last else "month_span", first=first, last=last)
    story = page.facts.deal.story
    dates = None if story is None else step_dates(story, step)
    if dates is not None:
        yield f"{dates.first.isoformat()} – {dates.last.isoformat()}"


def _duties(page: Page, step: PlanStep) -> Iterator[Inlines]:
    """What each side does; who leads where nothing is said."""
    if step.seller is None and step.customer is None:
        yield plain(page.label(f"by_{step.owner}"))
    for key, duty in (("we_do", step.seller), ("you_do", step.customer)):
        if duty is not None:
            yield (Strong(plain(page.label(key))), *page.lines(duty))


def _end(page: Page, step: PlanStep) -> Iterator[Inlines]:
    """The milestone, how it is seen, and the payments that fall due with it, with their amounts."""
    if step.milestone is not None:
        yield strong(page.text(step.milestone))
    yield page.lines(step.acceptance)
    for payment in payments_of(page, step):
        yield plain(f"{page.text(payment.name)} {page.money(payment.amount)}")
        yield quiet(text_of(due_words(page, payment)))


def payments_of(page: Page, step: PlanStep) -> list[Payment]:
    """The payments of the plan that bear the name the step gives, in either language."""
    if step.payment is None:
        return []
    return [each for each in page.facts.quote.payments if same_name(each.name, step.payment)]
