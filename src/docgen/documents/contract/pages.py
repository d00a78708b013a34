"""A contract's pages: cover, key terms, articles with the signatures behind them, annexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from docgen.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Contents,
    Cover,
    Inlines,
    Paragraph,
    Row,
    Signatory,
    SignatureBlock,
    Table,
    Together,
    plain,
    quiet,
    stacked,
    strong,
)
from docgen.contract.draft import Draft
from docgen.contract.facts import PartyFacts
from docgen.documents.contract.body import worded
from docgen.documents.contract.printed import amount_words, money
from docgen.documents.page import Page, one_line
from docgen.values import Text

_CHINA = "CN"


def _draft(page: Page) -> Draft:
    assert page.facts.draft is not None, "asked for before: see `audience.unmet`"
    return page.facts.draft


def cover(page: Page) -> Blocks:
    """What it is, between whom, number, date and version; at the foot what binds only when signed."""
    draft = _draft(page)
    facts = draft.facts
    sides = [
        f"{_side_in(language, draft, which)}  {one_line(party.name.get(language))}"
        for which, party in _parties(draft)
        for language in page.languages
    ]
    return (
        Cover(
            _stacked(page, draft.title),
            _stacked(page, page.facts.deal.title),
            one_line(page.facts.seller.name.get(page.language)),
            (page.label("between"), "\n".join(sides)),
            (
                (page.label("contract_number"), facts.contract.number),
                (page.label("sign_date"), page.day(facts.contract.sign_date) if facts.contract.sign_date else "　"),
                (page.label("version"), str(page.facts.deal.revision)),
            ),
            page.per_language(lambda w: w.label("binds_when_signed")),
        ),
    )


def _parties(draft: Draft) -> tuple[tuple[str, PartyFacts], ...]:
    return ("buyer", draft.facts.customer), ("supplier", draft.facts.seller)


def _side(page: Page, draft: Draft, which: str) -> str:
    """`甲方（被许可方）`, `Customer (Licensee)`."""
    return " / ".join(_side_in(language, draft, which) for language in page.languages)


def _side_in(language: str, draft: Draft, which: str) -> str:
    called: Text = getattr(draft.facts, which)
    kind = draft.library.book.kind_of(draft.facts)
    if kind is None or kind.buyer == kind.supplier:
        return called.get(language)
    opening, closing = ("（", "）") if language == "zh-CN" else (" (", ")")
    role: Text = getattr(kind, which)
    return f"{called.get(language)}{opening}{role.get(language)}{closing}"


def _stacked(page: Page, text: Text | None) -> str:
    return "" if text is None else "\n".join(dict.fromkeys(one_line(text.get(x)) for x in page.languages))


# ---- key terms ------------------------------------------------------------------------------------------------------
def key_terms(page: Page) -> Blocks:
    """The terms a reader looks for first, on one page; they go before the articles."""
    rows = tuple(Row((Cell(strong(label)), Cell(value))) for label, value in _key_terms(page) if value)
    return (Table((Column(0.26), Column(0.74)), rows, title=page.label("key_terms")),)


def _key_terms(page: Page) -> Iterator[tuple[str, Inlines]]:
    draft = _draft(page)
    facts = draft.facts
    yield page.label("contract_number"), plain(facts.contract.number)
    for which, party in _parties(draft):
        yield _side(page, draft, which), _party(page, party)
    yield page.label("project_name"), page.lines(facts.contract.project)
    if draft.has("fees") and facts.has.lines:
        yield page.label("contract_price_taxed" if facts.fees.taxed else "contract_price"), _price(page, draft)
        yield page.label("quotation_number"), plain(f"{facts.contract.quote}  {page.day(facts.contract.quote_date)}")
    if facts.trial.days is not None and "trial" in facts.contract.types:
        yield page.label("trial_term"), _span(page, facts.trial.starts, facts.trial.ends)
    else:
        yield page.label(_term_label(draft)), _term(page, draft)
    yield page.label("liability_cap"), _liability(page, draft)
    yield page.label("governing_law"), page.lines(facts.law.name)
    if facts.forum.name is not None:
        yield page.label("forum"), page.lines(facts.forum.name)


def _party(page: Page, party: PartyFacts) -> Inlines:
    return stacked(
        page.lines(party.name), quiet(page.text(party.address)), quiet(_labelled(page, "tax_id", party.tax_id)),
        quiet(_labelled(page, _represented(party), page.text(party.legal_representative))),
    )  # fmt: skip


def _represented(party: PartyFacts) -> str:
    """What is before the name of who acts for it: only Chinese law knows the office of legal representative."""
    return "legal_representative" if party.country == _CHINA else "represented_by"


def _labelled(page: Page, key: str, value: str | None) -> str:
    return f"{page.label(key)}  {value}" if value else ""


def _price(page: Page, draft: Draft) -> Inlines:
    total = draft.facts.fees.total
    figures = (plain(money(total.amount, total.currency, x)) for x in page.languages)
    words_ = (quiet(amount_words(total, x)) for x in page.languages)
    return stacked(*dict.fromkeys(figures), *dict.fromkeys(words_))


def _term_label(draft: Draft) -> str:
    """A perpetual licence has no term: what is stated is that of the maintenance beside it."""
    has, types = draft.facts.has, draft.facts.contract.types
    if "reseller" in types:
        return "resale_term"
    return "maintenance_term" if has.maintenance and not has.subscription else "contract_term"


def _term(page: Page, draft: Draft) -> Inlines:
    term = draft.facts.term
    return _span(page, term.starts, term.ends) if draft.facts.fees.recurring or not draft.facts.has.lines else ()


def _span(page: Page, first: dt.date | None, last: dt.date | None) -> Inlines:
    if first is None or last is None:
        return ()
    if page.is_bilingual:
        return plain(f"{first.isoformat()} – {last.isoformat()}")
    return plain(page.label("term_span", first=page.day(first), last=page.day(last)))


def _liability(page: Page, draft: Draft) -> Inlines:
    """How much each side answers for, and of what; nothing where the deal leaves it to the clause."""
    liability = draft.facts.liability
    if not draft.has("liability_cap"):
        return ()
    if liability.basis == "amount" and liability.amount is not None:
        amount = liability.amount
        return stacked(*dict.fromkeys(plain(money(amount.amount, amount.currency, x)) for x in page.languages))
    if liability.cap is None or draft.facts.contract.type in ("trial", "dpa"):
        return ()
    return page.each(f"cap_of_{liability.basis}", rate=page.exact_rate(liability.cap))


def contents(page: Page) -> Blocks:
    """Articles and annexes."""
    return (Contents(page.label("contents"), levels=1),)


# ---- body -----------------------------------------------------------------------------------------------------------
def body(page: Page) -> Blocks:
    """Articles, signatures, annexes."""
    draft = _draft(page)
    words = worded(draft, page)
    return (*words.articles, _signatures(page, draft), *words.annexes)


def _signatures(page: Page, draft: Draft) -> Block:
    """Both sides' seals and signatures, after the words that nothing follows; who is abroad signs without a seal."""
    blanks = tuple(page.label(key) for key in ("signed_by", "name_title", "sign_date"))
    sides = tuple(
        Signatory(
            _side(page, draft, which),
            page.text(party.name),
            blanks,
            page.label("seal_here") if party.country == _CHINA else "",
        )
        for which, party in _parties(draft)
    )
    return Together((Paragraph(page.each("no_text_follows"), "note", keep_with_next=True), SignatureBlock(sides)))
