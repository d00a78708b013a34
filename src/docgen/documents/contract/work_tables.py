"""How the contract is carried out: milestones, steps from the first payment to the tail, scope, service levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.content.blocks import Blocks, Cell, Column, Inlines, ListBlock, Paragraph, Row, Table, plain, stacked
from docgen.contract.draft import Draft
from docgen.contract.understood import SUPPORT_LEVELS
from docgen.deal.planning import step_dates
from docgen.deal.story import PlanStep
from docgen.documents.components.payment_plan import due_words
from docgen.documents.components.story_plan import payments_of
from docgen.documents.page import Page
from docgen.pricing import Payment
from docgen.values import Text

_EVENTS = ("signing", "delivery", "go_live", "acceptance", "warranty_end")
"""A contract's steps, in the order they come."""


def milestones(draft: Draft, page: Page) -> Blocks:
    """The plan's steps with outputs, acceptance and the payment that falls due with each."""
    story = page.facts.deal.story
    if story is None or not story.plan:
        return ()
    rows = tuple(Row(tuple(Cell(cell) for cell in _milestone(page, step))) for step in story.plan)
    columns = (Column(0.08), Column(0.22), Column(0.2), Column(0.26), Column(0.24))
    heads = tuple(Cell(page.head(key)) for key in ("step_id", "step", "period_head", "deliverables", "milestone"))
    return (Table(columns, rows, heads, title=page.label("plan")),)


def _milestone(page: Page, step: PlanStep) -> Iterator[Inlines]:
    story = page.facts.deal.story
    assert story is not None
    yield plain(step.id)
    yield page.lines(step.name)
    dates = step_dates(story, step)
    when = page.label("month_span", first=str(step.start_month), last=str(step.last_month))
    yield plain(f"{dates.first.isoformat()} – {dates.last.isoformat()}" if dates is not None else when)
    yield stacked(*(page.lines(each) for each in step.deliverables))
    paid = (plain(f"{page.text(each.name)} {page.money(each.amount)}") for each in payments_of(page, step))
    yield stacked(page.lines(step.milestone), page.lines(step.acceptance), *paid)


def execution(draft: Draft, page: Page) -> Blocks:
    """From signature to the last payment: what happens, and what is paid then."""
    payments = [each for each in page.facts.quote.payments if not each.recurring]
    events = [event for event in _EVENTS if _happens(event, draft, payments)]
    rows = tuple(_step(page, number, event, payments) for number, event in enumerate(events, 1))
    columns = (Column(0.06, "center"), Column(0.3), Column(0.64))
    heads = tuple(Cell(page.head(key)) for key in ("no", "step", "payment"))
    return (Table(columns, rows, heads, title=page.label("execution")),)


def _happens(event: str, draft: Draft, payments: Iterable[Payment]) -> bool:
    if any(each.due == event for each in payments) or event == "signing":
        return True
    has = draft.facts.has
    return {
        "delivery": has.licence or has.hardware,
        "go_live": has.services,
        "acceptance": draft.has("acceptance"),
        "warranty_end": draft.has("warranty") and not has.subscription,
    }[event]


def _step(page: Page, number: int, event: str, payments: Iterable[Payment]) -> Row:
    due = [each for each in payments if each.due == event]
    paid = [stacked(plain(f"{page.text(each.name)} {page.money(each.amount)}"), due_words(page, each)) for each in due]
    named = page.per_language(lambda w: w.event(event))
    return Row((Cell(plain(str(number))), Cell(plain(named)), Cell(stacked(*paid) or plain("–"))))


# ---- scope ----------------------------------------------------------------------------------------------------------
def scope_in(draft: Draft, page: Page) -> Blocks:
    story = page.facts.deal.story
    return _points(page, story.scope.inside if story is not None else ())


def scope_out(draft: Draft, page: Page) -> Blocks:
    story = page.facts.deal.story
    return _points(page, story.scope.out if story is not None else ())


def _points(page: Page, texts: Iterable[Text]) -> Blocks:
    items = tuple((Paragraph(page.lines(text)),) for text in texts)
    return (ListBlock(items),) if items else (Paragraph(page.each("nothing_listed")),)


# ---- service levels -------------------------------------------------------------------------------------------------
def sla_credits(draft: Draft, page: Page) -> Blocks:
    """Credits by what was reached: below 99.5 % 5 % of the month's fee."""
    sla = page.facts.deal.terms.sla
    if sla is None or not sla.credits:
        return ()
    steps = sorted(sla.credits, key=lambda each: -each.below)
    rows = tuple(
        Row(
            (
                Cell(plain(page.label("below_rate", rate=page.exact_rate(each.below)))),
                Cell(plain(page.exact_rate(each.credit))),
            )
        )
        for each in steps
    )
    heads = (Cell(page.head("availability_reached")), Cell(page.head("credit_of_period")))
    return (Table((Column(0.5), Column(0.5, "end")), rows, heads, title=page.label("service_credits")),)


def support_levels(draft: Draft, page: Page) -> Blocks:
    """Levels of faults with the times promised; the deal's own words go before the house's tier."""
    own = draft.own.support
    given = own.response if own is not None else {}
    rows = []
    for level in SUPPORT_LEVELS:
        said = given.get(level)
        answer = page.lines(said) if said is not None else page.each(f"response_{level}")
        rows.append(Row((Cell(page.each(f"fault_{level}")), Cell(page.each(f"means_{level}")), Cell(answer))))
    heads = tuple(Cell(page.head(key)) for key in ("fault_level", "fault_means", "response_time"))
    return (Table((Column(0.14), Column(0.5), Column(0.36)), tuple(rows), heads, title=page.label("support_levels")),)
