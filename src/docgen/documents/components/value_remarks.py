"""What a reviewer of a value statement should look at: estimates, figures nobody answers for, ranges that are left."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import Blocks, Comment, Commented, Inlines, Remarked, Together
from docgen.deal.value import Benefit, Cost
from docgen.documents.components.value_writing import case_of
from docgen.documents.page import Page
from docgen.locales.value import value_word

AUTHOR = "docgen"
AGREED = ("agreed", "proven", "delivered")
"""Statuses of a line whose owner has said yes."""


def about_figures(page: Page, blocks: Blocks) -> Blocks:
    """The headline with what is to be said about the whole: that it is an estimate, that a range was left."""
    found = tuple(_comments(page))
    return (Commented(Together(blocks), found) if found else Together(blocks),)


def _comments(page: Page) -> Iterator[Comment]:
    case = case_of(page)
    if case.maturity in ("initial", "refined"):
        maturity = value_word(page.language, f"maturity_{case.maturity}")
        yield _comment(page, "remark_estimate", maturity=maturity)
    for each in page.facts.problems:
        if each.code == "earlier_range":
            said = {name: str(each.params[name]) for name in ("date", "low", "high", "paper")}
            figure = page.words.label(f"earlier_{each.params['figure']}")
            yield _comment(page, "remark_earlier", figure=figure, now=str(each.params["amount"]), **said)


def about_line(page: Page, line: Benefit | Cost, content: Inlines) -> Inlines:
    """Words of a line, with what it lacks beside them."""
    found = tuple(_lacks(page, line))
    return (Remarked(content, found),) if found else content


def _lacks(page: Page, line: Benefit | Cost) -> Iterator[Comment]:
    if line.owner is None:
        yield _comment(page, "remark_owner")
    if line.evidence is None:
        yield _comment(page, "remark_evidence")
    if isinstance(line, Benefit) and line.status not in AGREED:
        yield _comment(page, "remark_status", status=value_word(page.language, f"status_{line.status}"))


def _comment(page: Page, key: str, **values: str) -> Comment:
    return Comment(value_word(page.language, key, **values), AUTHOR)
