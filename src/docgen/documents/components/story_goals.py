"""Where the customer stands: goals, and the chain in which one person's trouble becomes another's."""

from __future__ import annotations

from docgen.content.blocks import Blocks, Cell, Column, Inlines, ListBlock, Paragraph, Row, Table, plain, stacked, strong
from docgen.deal.story import Pain, Story
from docgen.documents.components.price_table import DASH
from docgen.documents.page import Page
from docgen.values import Text


def story_of(page: Page) -> Story:
    return page.facts.deal.story or Story()


def goals(page: Page) -> Blocks:
    """What the customer wants to reach: one row a goal. A column nobody fills is not there."""
    found = story_of(page).initiatives
    if not found:
        return ()
    wanted, work = any(g.result for g in found), any(g.work for g in found)
    dated = any(g.deadline for g in found)
    columns = [("goal", 0.24), *([("wanted_result", 0.32)] if wanted else []), *([("work", 0.28)] if work else [])]
    columns += [("by_when", 0.16)] if dated else []
    rows = []
    for goal in found:
        cells = {
            "goal": stacked(strong(page.text(goal.name)), page.lines(goal.owner)),
            "wanted_result": page.lines(goal.result),
            "work": page.lines(goal.work),
            "by_when": plain(DASH if goal.deadline is None else page.short_day(goal.deadline)),
        }
        rows.append(Row(tuple(Cell(cells[key]) for key, _ in columns)))
    return (_table(page, columns, rows, "goal"),)


def themes(page: Page) -> Blocks:
    """The reasons for us, each with its proof, numbered so that people can speak of them."""
    items: list[Blocks] = []
    for theme in story_of(page).win_themes:
        items.append((Paragraph(stacked(strong(page.text(theme.claim)), page.lines(theme.proof))),))
    return (ListBlock(tuple(items), ordered=True),) if items else ()


def impact_chain(page: Page) -> Blocks:
    """Whose trouble comes from where, from the top down."""
    chain = story_of(page).impact_chain
    if not chain:
        return ()
    columns = [("role", 0.18), ("pain", 0.36), ("causes", 0.46)]
    return (_table(page, columns, [_link(page, link) for link in chain], "impact_chain"),)


def _link(page: Page, link: Pain) -> Row:
    return Row((Cell(strong(page.text(link.role))), Cell(page.lines(link.pain)), Cell(points(page, link.causes))))


def points(page: Page, texts: tuple[Text, ...]) -> Inlines:
    """Several texts in one cell, below one another."""
    return stacked(*(page.lines(each) for each in texts))


def _table(page: Page, columns: list[tuple[str, float]], rows: list[Row], title: str) -> Table:
    heads = tuple(Cell(page.head(key)) for key, _ in columns)
    return Table(tuple(Column(width) for _, width in columns), tuple(rows), heads, title=page.label(title))
