"""The monthly value model as a spreadsheet whose formulas live: inputs → timing → months → years → results.

A finance reader changes a blue figure, and every sheet follows; the figures docgen prints stand beside, to compare.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container

from docgen.documents.value_workbook.inputs import inputs_sheet
from docgen.documents.value_workbook.months import monthly_sheet, timing_sheet, yearly_sheet
from docgen.documents.value_workbook.plan import Plan
from docgen.documents.value_workbook.results import results_sheet
from docgen.facts import Facts
from docgen.source.workbook import write_workbook
from docgen.value.case import ValueCase
from docgen.value_answers import value_json

__all__ = ["MODEL", "model_files", "value_workbook"]

MODEL = ("json", "xlsx")
"""Formats of the model itself, written beside the papers as <deal>-value-model."""


def model_files(facts: Facts, formats: Container[str], made_on: dt.datetime) -> dict[str, bytes]:
    """The model as files of its own, for the house, in those of its formats that are wanted."""
    case = facts.value
    assert case is not None, "the manifest needs one"
    out: dict[str, bytes] = {}
    if "xlsx" in formats:
        out[f"{facts.deal.deal}-value-model.xlsx"] = value_workbook(facts, case, made_on)
    if "json" in formats:
        text = json.dumps(value_json(facts, case), ensure_ascii=False, indent=1) + "\n"
        out[f"{facts.deal.deal}-value-model.json"] = text.encode()
    return out


def value_workbook(facts: Facts, case: ValueCase, made_on: dt.datetime) -> bytes:
    """The bytes of the workbook, in the deal's first language."""
    plan = Plan(facts, case, facts.deal.language[0])
    pages = [results_sheet, inputs_sheet, *(() if plan.is_flows else (timing_sheet,)), monthly_sheet, yearly_sheet]
    title = f"{facts.deal.number} · {facts.deal.customer.name.get(plan.language)}"
    return write_workbook([page(plan) for page in pages], title=title, digits=case.digits, made_on=made_on)
