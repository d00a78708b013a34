"""How it is done: steps with the work of both sides, what they leave behind, and the payments they release."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import Blocks, Cell, Column, Inlines, Row, Strong, Table, plain, quiet, stacked, strong
from docgen.deal.story import PlanStep
from docgen.documents.components.story_goals import points, story_of
from docgen.documents.page import Page
from docgen.documents.planning import step_dates
from docgen.pricing import Payment
from docgen.values import LANGUAGES, Text


def plan_table(page: Page) -> Blocks:
    """One row a step: when, who does what, what comes out, which payment falls due at its end."""
    steps = story_of(page).plan
    if not steps:
        return ()
    keys, widths = ("step", "duties", "deliverables", "milestone"), (0.19, 0.36, 0.23, 0.22)
    heads = tuple(Cell(page.head(key)) for key in keys)
    rows = tuple(Row(tuple(Cell(cell) for cell in _cells(page, step))) for step in steps)
    return (Table(tuple(Column(width) for width in widths), rows, heads, title=page.label("plan")),)


def _cells(page: Page, step: PlanStep) -> tuple[Inlines, ...]:
    return (
        stacked(strong(page.text(step.name)), *(quiet(line) for line in _when(page, step))),
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
        yield " – ".join(dict.fromkeys(f"{day:%Y-%m}" for day in dates))


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


def payments_of(page: Page, step: PlanStep) -> list[Payment]:
    """The payments of the plan that bear the name the step gives, in either language."""
    if step.payment is None:
        return []
    return [each for each in page.facts.quote.payments if same_name(each.name, step.payment)]


def same_name(one: Text, other: Text) -> bool:
    return bool({one.get(x) for x in LANGUAGES} & {other.get(x) for x in LANGUAGES})
