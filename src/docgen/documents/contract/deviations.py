"""The sheet that goes with a contract draft, for the house: what is not standard, and every clause's version."""

from __future__ import annotations

from docgen.content.blocks import Blocks, Cell, Column, Inlines, Paragraph, Row, Table, plain, quiet, stacked, strong
from docgen.contract.draft import Deviation, Draft
from docgen.documents.contract.wording import title_of
from docgen.documents.page import Page


def _draft(page: Page) -> Draft:
    assert page.facts.draft is not None, "asked for before: see `audience.unmet`"
    return page.facts.draft


def deviations(page: Page) -> Blocks:
    """One row each: what, the standard, this contract, why, and who must agree."""
    draft = _draft(page)
    rows = tuple(_row(page, draft, each) for each in draft.deviations)
    if not rows:
        return (Paragraph(page.each("no_deviations")),)
    heads = tuple(
        Cell(page.head(key))
        for key in ("clause_key", "deviation_head", "deviation_was", "deviation_now", "deviation_who")
    )
    columns = (Column(0.24), Column(0.16), Column(0.14), Column(0.28), Column(0.18))
    return (Table(columns, rows, heads, title=page.label("deviation_head")),)


def _row(page: Page, draft: Draft, each: Deviation) -> Row:
    because = quiet(page.text(each.because)) if each.because is not None else ()
    return Row(
        (
            Cell(stacked(plain(clause_title(page, draft, each.clause)), quiet(each.clause))),
            Cell(stacked(plain(page.label(f"deviation_{each.kind}")), _which(each))),
            Cell(plain(each.was or "–")),
            Cell(stacked(plain(each.now or "–"), because)),
            Cell(strong(", ".join(each.approvers))),
        )
    )


def _which(each: Deviation) -> Inlines:
    """The name of the clause's own value that left its range, as the deal writes it."""
    return quiet(str(each.path[-1])) if each.kind == "value" else ()


def clause_title(page: Page, draft: Draft, key: str) -> str:
    """The title of a clause of this contract in the paper's languages; the key of one that is not in it."""
    chosen = next((each for each in draft.chosen if each.key == key), None)
    if chosen is None:
        return key
    return " / ".join(dict.fromkeys(title_of(chosen, x) for x in page.languages))


def clause_list(page: Page) -> Blocks:
    """Every clause of the contract with its version, its variant, and why it is in."""
    draft = _draft(page)
    rows = tuple(
        Row(
            (
                Cell(plain(clause_title(page, draft, each.key))),
                Cell(plain(each.key)),
                Cell(plain(each.clause.card.version)),
                Cell(plain(page.label("variant_standard") if each.variant == "standard" else each.variant)),
                Cell(plain(page.label(f"why_{each.why}", since=each.since))),
            )
        )
        for each in draft.chosen
    )
    heads = tuple(
        Cell(page.head(key)) for key in ("annex_name", "clause_key", "clause_version", "clause_variant", "clause_why")
    )
    columns = (Column(0.3), Column(0.22), Column(0.1), Column(0.14), Column(0.24))
    return (Table(columns, rows, heads, title=page.label("clause_key")),)
