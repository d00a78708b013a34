"""The sides and what they list: parties, invoices, banks, addresses for notices, data, annexes, special terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.content.blocks import (
    Blocks,
    Cell,
    Column,
    Columns,
    Fact,
    Facts,
    Inlines,
    Paragraph,
    Row,
    Table,
    plain,
    strong,
)
from docgen.contract.draft import Draft
from docgen.contract.facts import PartyFacts
from docgen.documents.contract.gaps import NOTICE, mark
from docgen.documents.contract.wording import title_of
from docgen.documents.page import Page
from docgen.values import Text

_WHO = ("address", "country", "tax_id", "legal_representative", "contact", "phone", "email")
_INVOICE = ("tax_id", "address", "phone", "bank", "account")


def parties(draft: Draft, page: Page) -> Blocks:
    return _sides(draft, page, _WHO)


def notices(draft: Draft, page: Page) -> Blocks:
    """Where letters reach each side; what is not said stands open in a draft."""
    return _sides(draft, page, NOTICE, gaps=True)


def invoice(draft: Draft, page: Page) -> Blocks:
    """What a VAT invoice needs of both."""
    return _sides(draft, page, _INVOICE)


def _sides(draft: Draft, page: Page, keys: Iterable[str], *, gaps: bool = False) -> Blocks:
    facts = draft.facts
    both = ((facts.buyer, facts.customer), (facts.supplier, facts.seller))
    columns = tuple((Facts(tuple(_party(page, party, keys, gaps)), page.text(side)),) for side, party in both)
    return (Columns(columns),)


def _party(page: Page, party: PartyFacts, keys: Iterable[str], gaps: bool) -> Iterator[Fact]:
    yield Fact("", strong(page.text(party.name)))
    for key in keys:
        value: Text | str | None = getattr(party, key)
        if key == "country":
            value = None
        shown = page.lines(value) if isinstance(value, Text) else plain(value or "")
        if shown or gaps:
            yield Fact(page.label(key), shown or mark(page, key))


def bank(draft: Draft, page: Page) -> Blocks:
    seller = draft.facts.seller
    if seller.bank is None:
        return ()
    facts = (
        Fact(page.label("account_name"), page.lines(seller.name)),
        Fact(page.label("bank"), page.lines(seller.bank)),
        Fact(page.label("account"), plain(seller.account or "")),
    )
    return (Facts(facts),)


# ---- data -----------------------------------------------------------------------------------------------------------
def subprocessors(draft: Draft, page: Page) -> Blocks:
    data = draft.own.data
    return _listed(page, data.subprocessors if data is not None else (), "subprocessor")


def third_party(draft: Draft, page: Page) -> Blocks:
    return _listed(page, draft.own.third_party, "third_party_part")


def _listed(page: Page, texts: Iterable[Text], head: str) -> Blocks:
    rows = tuple(Row((Cell(plain(str(n))), Cell(page.lines(text)))) for n, text in enumerate(texts, 1))
    if not rows:
        return (Paragraph(page.each("nothing_listed")),)
    heads = (Cell(page.head("no")), Cell(page.head(head)))
    return (Table((Column(0.08, "center"), Column(0.92)), rows, heads, title=page.label(head)),)


def data_particulars(draft: Draft, page: Page) -> Blocks:
    """What is processed: whose data, of which kinds, what for, how long, where."""
    data, term = draft.facts.data, draft.facts.term
    period: Inlines = page.each("period_of_contract")
    trial = draft.facts.trial
    if trial.starts is not None and trial.ends is not None:
        period = plain(f"{page.day(trial.starts)} – {page.day(trial.ends)}")
    elif term.starts is not None and term.ends is not None:
        period = plain(f"{page.day(term.starts)} – {page.day(term.ends)}")
    rows = [
        ("data_subjects", _or_gap(page, data.subjects, "data_subjects")),
        ("data_kinds", _or_gap(page, data.kinds, "data_kinds")),
        ("data_sensitive", page.each("yes" if data.sensitive else "no_answer")),
        ("data_purpose", page.lines(data.purpose) or page.each("purpose_of_contract")),
        ("data_method", page.each("method_of_contract")),
        ("data_period", period),
        ("data_place", _or_gap(page, data.residency, "data_place")),
    ]
    cells = tuple(Row((Cell(page.each(key)), Cell(value))) for key, value in rows)
    return (Table((Column(0.28), Column(0.72)), cells, title=page.label("data_particulars")),)


def _or_gap(page: Page, text: Text | None, name: str) -> Inlines:
    return page.lines(text) if text is not None else mark(page, name)


_MEASURES = (
    "access",
    "encryption",
    "separation",
    "logging",
    "backup",
    "patching",
    "testing",
    "people",
    "incident",
    "deletion",
)


def security_measures(draft: Draft, page: Page) -> Blocks:
    """What protects data, measure by measure; the words stand with the labels, where both languages are."""
    rows = tuple(Row((Cell(page.each(f"measure_{key}")), Cell(page.each(f"measure_{key}_how")))) for key in _MEASURES)
    heads = (Cell(page.head("measure")), Cell(page.head("measure_how")))
    return (Table((Column(0.24), Column(0.76)), rows, heads, title=page.label("measure")),)


# ---- the paper ------------------------------------------------------------------------------------------------------
def special_terms(draft: Draft, page: Page) -> Blocks:
    """Numbered amendments; who asked for them and why stays in the house."""
    rows = tuple(
        Row((Cell(plain(str(n))), Cell(page.lines(each.text)))) for n, each in enumerate(draft.own.special_terms, 1)
    )
    if not rows:
        return ()
    heads = (Cell(page.head("no")), Cell(page.head("special_term")))
    return (Table((Column(0.08, "center"), Column(0.92)), rows, heads, title=page.label("special_term")),)


def annexes(draft: Draft, page: Page) -> Blocks:
    """The list of annexes with their versions."""
    rows = tuple(
        Row(
            (
                Cell(plain(page.per_language(lambda w, n=n: w.label("annex_number", number=str(n))))),
                Cell(plain(" / ".join(dict.fromkeys(title_of(each, x) for x in page.languages)))),
                Cell(plain(each.clause.card.version)),
            )
        )
        for n, each in enumerate(draft.annexes, 1)
    )
    if not rows:
        return ()
    heads = tuple(Cell(page.head(key)) for key in ("annex_head", "annex_name", "version"))
    return (Table((Column(0.2), Column(0.62), Column(0.18, "end")), rows, heads, title=page.label("annex_head")),)
