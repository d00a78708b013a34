"""The head of a paper: its title, the figures a reader looks for first, who sells and who buys."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.blocks import (
    Blocks,
    Columns,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    TitleBlock,
    plain,
    stacked,
    strong,
)
from docgen.deal.channel import Partner
from docgen.deal.people import Person
from docgen.documents.audience import reseller
from docgen.documents.page import Page, one_line
from docgen.values import Text


def title_block(page: Page) -> Blocks:
    deal = page.facts.deal
    title = " ".join(dict.fromkeys(page.title.get(x) for x in page.languages))
    return (TitleBlock(title, page.text(deal.title), one_line(page.facts.seller.name.get(page.language))),)


def key_figures(page: Page) -> Blocks:
    """Number, date, validity, total: what a finance reader must find within five seconds."""
    deal, totals = page.facts.deal, page.facts.quote.totals
    label = "total_gross" if totals.customer_tax else "total_plain"
    return (
        KeyFigures(
            (
                KeyFigure(page.label("number"), deal.number),
                KeyFigure(page.label("date"), page.day(deal.date)),
                KeyFigure(page.label("valid_until"), page.day(deal.offered_until)),
                KeyFigure(page.label(label), page.money(totals.customer_gross), _chosen(page), lead=True),
            )
        ),
    )


def _chosen(page: Page) -> str:
    """Of several alternatives the one whose total this is."""
    offers = page.facts.alternatives
    return next((page.text(each.name) for each in offers if each.recommended), "") if len(offers) > 1 else ""


def parties(page: Page) -> Blocks:
    """Who buys from us and we; on a paper for the house about a resale, the customer and the partner."""
    buyer = Facts(tuple(_customer(page)), page.label(page.buyer))
    partner = reseller(page.facts.deal)
    if page.audience == "internal" and partner is not None:
        return (Columns(((buyer,), (Facts(tuple(_partner(page, partner)), page.label("partner")),))),)
    return (Columns(((buyer,), (Facts(tuple(_seller(page)), page.label("seller")),))),)


def _customer(page: Page) -> Iterator[Fact]:
    """Of a contact only name and title: their part in the decision stays in the house."""
    customer = page.facts.deal.customer
    yield _name(page, customer.name)
    yield from _text(page, "address", customer.address)
    yield from _plain(page, "tax_id", customer.tax_id)
    if customer.contacts:
        yield Fact(page.label("contact"), plain(_person(page, customer.contacts[0])))
    yield from _text(page, "end_customer", page.facts.end_customer)


def _partner(page: Page, partner: Partner) -> Iterator[Fact]:
    yield _name(page, partner.name)
    yield from _text(page, "address", partner.address)
    yield from _plain(page, "tax_id", partner.tax_id)
    yield from _plain(page, "tier", partner.tier)


def _seller(page: Page) -> Iterator[Fact]:
    seller, by = page.facts.seller, page.facts.deal.prepared_by
    yield _name(page, seller.name)
    yield from _text(page, "address", seller.address)
    yield from _plain(page, "tax_id", seller.tax_id)
    if by is None:
        yield from _plain(page, "phone", seller.phone)
        yield from _plain(page, "email", seller.email)
    else:
        reached = [line for line in (by.phone, by.email) if line]
        yield Fact(page.label("prepared_by"), stacked(plain(_person(page, by)), *(plain(line) for line in reached)))


def _person(page: Page, person: Person) -> str:
    comma = "，" if page.language == "zh-CN" else ", "
    return comma.join(filter(None, (page.text(person.name), page.text(person.title))))


def _name(page: Page, name: Text) -> Fact:
    first, *rest = dict.fromkeys(name.get(x) for x in page.languages)
    return Fact("", stacked(strong(first), *(plain(other) for other in rest)))


def _text(page: Page, key: str, text: Text | None) -> Iterator[Fact]:
    if text is not None:
        yield Fact(page.label(key), page.lines(text))


def _plain(page: Page, key: str, value: str | None) -> Iterator[Fact]:
    if value:
        yield Fact(page.label(key), plain(value))
