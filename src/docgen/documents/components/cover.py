"""The first pages of a long paper: its cover and its contents."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import Blocks, Contents, Cover
from docgen.documents.page import Page, one_line
from docgen.values import Text


def cover(page: Page) -> Blocks:
    """What it is, about what, from whom, for whom; at the foot its number and date, and who may read it."""
    facts, deal = page.facts, page.facts.deal
    customer = page.text(deal.customer.name)
    return (
        Cover(
            " ".join(dict.fromkeys(page.title.get(x) for x in page.languages)),
            _stacked(page, deal.title),
            one_line(facts.seller.name.get(page.language)),
            (page.label("for_customer"), _stacked(page, deal.customer.name)),
            tuple(_particulars(page)),
            page.label("confidential", customer=customer),
        ),
    )


def _particulars(page: Page) -> Iterator[tuple[str, str]]:
    deal = page.facts.deal
    yield page.label("number"), deal.number
    yield page.label("date"), page.day(deal.date)
    yield page.label("version"), str(deal.revision)
    if deal.prepared_by is not None:
        yield page.label("prepared_by"), page.text(deal.prepared_by.name)


def _stacked(page: Page, text: Text | None) -> str:
    """One language below the other."""
    if text is None:
        return ""
    return "\n".join(dict.fromkeys(one_line(text.get(language)) for language in page.languages))


def contents(page: Page) -> Blocks:
    return (Contents(page.label("contents")),)
