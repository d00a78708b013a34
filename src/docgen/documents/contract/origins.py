"""Where the values a contract prints come from: by clause, each as printed with the path of the deal that says it; and
who must agree when a clause is changed. What a customer changed in a returned contract is told by these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.answers import customer_figures
from docgen.contract.draft import Chosen, Draft
from docgen.contract.names import deal_path, kinds
from docgen.documents.contract.marks import TABLE
from docgen.documents.contract.printed import Shown, context
from docgen.documents.contract.wording import anchor
from docgen.documents.page import Page

_PRINTED = re.compile(r"\{\{\s*([a-z_][a-z0-9_.]*)\s*(\|\s*in_words\s*)?\}\}")
Printed = tuple[str, str]
"""A value as printed, and the path of the deal it came from, with dots."""


def sources(draft: Draft, page: Page) -> Mapping[str, tuple[Printed, ...]]:
    """Values by the anchor of their clause's title, in all the languages of the paper."""
    return {
        anchor(each.key, 1): tuple(
            dict.fromkeys(found for language in page.languages for found in _of_clause(draft, each, page, language))
        )
        for each in draft.chosen
    }


def owners(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    """Roles that must agree to a change of a clause; legal to all that is free text."""
    return {"": ("legal",), **{key: each.card.approver or ("legal",) for key, each in draft.library.clauses.items()}}


def _of_clause(draft: Draft, chosen: Chosen, page: Page, language: str) -> Iterator[Printed]:
    text = chosen.clause.text(chosen.variant, language)
    if text is None:
        return
    known = context(draft, chosen, language)
    for name, in_words in _PRINTED.findall(text.source):
        value = _value(known, name)
        if value is not None and not isinstance(value, bool | Mapping | tuple):
            said = value.in_words if in_words and isinstance(value, Shown) else str(value)
            yield said, ".".join(map(str, _path(chosen, name)))
    for table in TABLE.findall(text.source):
        yield from _of_table(table, page)


def _value(known: Mapping[str, Any], name: str) -> Any:
    value: Any = known
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _path(chosen: Chosen, name: str) -> tuple[str | int, ...]:
    return deal_path(name) if name in kinds() else ("contract", "values", chosen.key, name)


def _of_table(table: str, page: Page) -> Iterator[Printed]:
    if table == "payments":
        for index, part in enumerate(page.facts.quote.payments):
            yield page.amount(part.amount), f"payment.{index}"
            if part.share is not None:
                yield page.exact_rate(part.share), f"payment.{index}.share"
            yield str(part.days), f"payment.{index}.days"
    elif table in ("fees", "items"):
        for line in page.facts.quote.counted:
            where = ".".join(map(str, line.line.path))
            yield page.quantity(line.line.quantity, line.line.unit), f"{where}.quantity"
            if table == "fees":
                for amount in customer_figures(line):
                    yield page.amount(amount), where
