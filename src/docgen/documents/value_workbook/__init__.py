"""The monthly value model as a spreadsheet whose formulas live: inputs → timing → months → years → results.

A finance reader changes a blue figure, and every sheet follows; the figures docgen prints stand beside, to compare.
"""

from __future__ import annotations

import datetime as dt

from docgen.documents.value_workbook.inputs import inputs_sheet
from docgen.documents.value_workbook.months import monthly_sheet, timing_sheet, yearly_sheet
from docgen.documents.value_workbook.plan import Plan
from docgen.documents.value_workbook.results import results_sheet
from docgen.facts import Facts
from docgen.source.workbook import write_workbook
from docgen.value.case import ValueCase

__all__ = ["value_workbook"]


def value_workbook(facts: Facts, case: ValueCase, made_on: dt.datetime) -> bytes:
    """The bytes of the workbook, in the deal's first language."""
    plan = Plan(facts, case, facts.deal.language[0])
    pages = [results_sheet, inputs_sheet, *(() if plan.is_flows else (timing_sheet,)), monthly_sheet, yearly_sheet]
    title = f"{facts.deal.number} · {facts.deal.customer.name.get(plan.language)}"
    return write_workbook([page(plan) for page in pages], title=title, digits=case.digits, made_on=made_on)
