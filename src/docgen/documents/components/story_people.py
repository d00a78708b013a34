"""Who does it, how we work, what others gained, what may go wrong: team, method, references, risks, training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
    plain,
    quiet,
    strong,
)
from docgen.deal.story import TeamMember
from docgen.documents.components.price_table import DASH
from docgen.documents.components.story_goals import story_of
from docgen.documents.page import Page
from docgen.references import Reference


def team(page: Page) -> Blocks:
    """Ours first, then the customer's, where both are named."""
    members = story_of(page).team
    if not members:
        return ()
    sides = [(side, [(i, m) for i, m in enumerate(members) if m.side == side]) for side in ("seller", "customer")]
    sides = [(side, people) for side, people in sides if people]
    told = any(each.duty for each in members)
    widths = (0.2, 0.26, 0.54) if told else (0.4, 0.6)
    heads = tuple(Cell(page.head(key)) for key in ("member", "team_role", "duty")[: len(widths)])
    rows: list[Row] = []
    for side, people in sides:
        if len(sides) > 1:
            rows.append(Row((Cell(strong(page.label(f"side_{side}")), span=len(widths)),), "group"))
        rows += [_member(page, each, index, len(widths)) for index, each in people]
    return (Table(tuple(Column(w) for w in widths), tuple(rows), heads, title=page.label("member")),)


def _member(page: Page, each: TeamMember, index: int, width: int) -> Row:
    name = page.remarked(page.lines(each.name), "story", "team", index)
    cells = (name, page.lines(each.role), page.lines(each.duty))
    return Row(tuple(Cell(cell) for cell in cells[:width]))


def profile(page: Page) -> Blocks:
    """The figures a house is known by; its words stand in the template."""
    found = page.facts.seller.profile
    if found is None or len(found.figures) < 2:
        return ()
    return (KeyFigures(tuple(KeyFigure(page.text(each.label), page.text(each.value)) for each in found.figures[:5])),)


def method(page: Page) -> Blocks:
    """Steps of our way of working: what both sides do, and what comes out."""
    steps = page.facts.seller.method
    if not steps:
        return ()
    keys = [("method_step", 0.17), ("we_work", 0.34)]
    keys += [("you_work", 0.26)] if any(each.customer for each in steps) else []
    keys += [("output", 0.24)] if any(each.output for each in steps) else []
    rows = []
    for each in steps:
        cells = {
            "method_step": strong(page.text(each.step)),
            "we_work": page.lines(each.seller),
            "you_work": page.lines(each.customer),
            "output": page.lines(each.output),
        }
        rows.append(Row(tuple(Cell(cells[key]) for key, _ in keys)))
    return (_table(page, keys, rows, "method_step"),)


def references(page: Page) -> Blocks:
    """Each story with its heading and six steps."""
    return tuple(
        block for number, each in enumerate(page.facts.references, 1) for block in _reference(page, each, number)
    )


def _reference(page: Page, each: Reference, number: int) -> Iterator[Block]:
    steps = ("situation", "problem", "reason_for_change", "capability", "solution", "result", "result_source")
    told = [(step, getattr(each, step)) for step in steps if getattr(each, step) is not None]
    about = filter(None, (page.text(each.customer), page.text(each.industry), page.text(each.size)))
    rows = [Row((Cell(strong(page.words.label("list_comma").join(about)), span=2),), "group")]
    rows += [Row((Cell(quiet(page.label(f"ref_{step}"))), Cell(page.lines(text)))) for step, text in told]
    yield Heading(2, plain(page.text(each.title)), f"reference-{number}")
    yield Table((Column(0.16), Column(0.84)), tuple(rows), title=page.text(each.title))


def risks(page: Page) -> Blocks:
    """The register: how likely, how grave, who answers for it, what is done."""
    found = story_of(page).risks
    if not found:
        return ()
    keys = [("risk", 0.29), ("likelihood", 0.11), ("impact", 0.1)]
    keys += [("risk_owner", 0.14)] if any(each.owner for each in found) else []
    keys += [("response", 0.36)]
    rows = []
    for index, each in enumerate(found):
        cells = {
            "risk": page.remarked(page.lines(each.text), "story", "risks", index),
            "likelihood": plain(page.label(f"level_{each.likelihood}")),
            "impact": plain(page.label(f"level_{each.impact}")),
            "risk_owner": page.lines(each.owner),
            "response": page.lines(each.answer) or plain(DASH),
        }
        rows.append(Row(tuple(Cell(cells[key]) for key, _ in keys)))
    return (_table(page, keys, rows, "risk"),)


def training(page: Page) -> Blocks:
    """The courses: for whom, what, how long."""
    found = story_of(page).training
    if not found:
        return ()
    rows = tuple(
        Row(
            (
                Cell(strong(page.text(each.name))),
                Cell(page.lines(each.who)),
                Cell(page.lines(each.content)),
                Cell(page.lines(each.sessions)),
            )
        )
        for each in found
    )
    keys = [("course", 0.2), ("participants", 0.21), ("course_content", 0.37), ("sessions", 0.22)]
    return (_table(page, keys, rows, "course"),)


def _table(page: Page, keys: Sequence[tuple[str, float]], rows: Sequence[Row], title: str) -> Table:
    heads = tuple(Cell(page.head(key)) for key, _ in keys)
    return Table(tuple(Column(width) for _, width in keys), tuple(rows), heads, title=page.label(title))
