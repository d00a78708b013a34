"""Where the customer stands: goals, and the chain in which one person's trouble becomes another's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Inlines,
    ListBlock,
    Paragraph,
    Row,
    Table,
    plain,
    stacked,
    strong,
)
from docgen.content.figures import Diagram, Edge, Node
from docgen.deal.story import Pain, Story
from docgen.documents.components.price_table import DASH
from docgen.documents.page import Page
from docgen.values import LANGUAGES, Text


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
    for index, goal in enumerate(found):
        cells = {
            "goal": stacked(
                page.remarked(strong(page.text(goal.name)), "story", "initiatives", index), page.lines(goal.owner)
            ),
            "wanted_result": page.lines(goal.result),
            "work": page.lines(goal.work),
            "by_when": plain(DASH if goal.deadline is None else page.short_day(goal.deadline)),
        }
        rows.append(Row(tuple(Cell(cells[key]) for key, _ in columns)))
    return (_table(page, columns, rows, "goal"),)


def themes(page: Page) -> Blocks:
    """The reasons for us, each with its proof, numbered so that people can speak of them."""
    items: list[Blocks] = []
    for index, theme in enumerate(story_of(page).win_themes):
        claim = page.remarked(strong(page.text(theme.claim)), "story", "win_themes", index)
        items.append((Paragraph(stacked(claim, page.lines(theme.proof))),))
    return (ListBlock(tuple(items), ordered=True),) if items else ()


def impact_chain(page: Page) -> Blocks:
    """Whose trouble comes from where, drawn: the causes above, whom they reach in the end below."""
    chain = story_of(page).impact_chain
    if len(chain) < 2:
        return (_chain_table(page, chain),) if chain else ()
    nodes = tuple(_node(page, link, number) for number, link in enumerate(chain))
    edges = tuple(
        Edge(str(number), str(above)) for number, link in enumerate(chain) for above in reached(chain, number, link)
    )
    told = page.label("impact_chain_alt", first=page.text(chain[0].role), count=str(len(chain)))
    return (Diagram(title="", alt=told, data=_chain_table(page, chain), nodes=nodes, edges=edges),)


def _node(page: Page, link: Pain, number: int) -> Node:
    label = page.words.label  # of the first language: a box has little room, and both say the same
    lines = (
        label("chain_pain", text=page.text(link.pain)),
        *(label("chain_cause", text=page.text(cause)) for cause in link.causes),
    )
    return Node(str(number), page.text(link.role), lines, lead=number == 0)


def reached(chain: Sequence[Pain], number: int, link: Pain) -> Iterator[int]:
    """Whom a link reaches: those above it that it names, else the one before; nobody above the first."""
    if not link.reaches:
        yield from [number - 1] if number else []
    for above in range(number):
        if {chain[above].role.get(language) for language in LANGUAGES} & set(link.reaches):
            yield above


def _chain_table(page: Page, chain: Sequence[Pain]) -> Table:
    columns = [("role", 0.18), ("pain", 0.36), ("causes", 0.46)]
    return _table(page, columns, [_link(page, link) for link in chain], "impact_chain")


def _link(page: Page, link: Pain) -> Row:
    return Row((Cell(strong(page.text(link.role))), Cell(page.lines(link.pain)), Cell(points(page, link.causes))))


def points(page: Page, texts: tuple[Text, ...]) -> Inlines:
    """Several texts in one cell, below one another."""
    return stacked(*(page.lines(each) for each in texts))


def _table(page: Page, columns: list[tuple[str, float]], rows: list[Row], title: str) -> Table:
    heads = tuple(Cell(page.head(key)) for key, _ in columns)
    return Table(tuple(Column(width) for _, width in columns), tuple(rows), heads, title=page.label(title))
