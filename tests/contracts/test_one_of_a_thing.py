"""Where a deal says one of a thing, English papers name it in the singular; what the deal says itself stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from docgen.documents.in_number import in_number
from docgen.pipeline import prepare, produce
from tests.conftest import TODAY
from tests.contracts.samples import WORKSPACE, deal_of

ONES = {
    "language": "en",
    "lines": [
        {"custom": {"en": "An interface checked every 1 days"}, "kind": "custom", "price": "9000", "tax": "services"},
    ],
    "payment": [{"name": {"en": "All"}, "share": "100%", "due": "signing", "days": "1"}],
    "terms": {
        "acceptance": {"days": "1", "unit": "working_days", "deemed": "true", "retests": "1"},
        "warranty": {"months": "1", "start": "acceptance"},
        "renewal": {"mode": "auto", "months": "1", "notice_days": "1"},
    },
    "contract": {
        "type": "development",
        "change": {"rate": "100", "reply_days": "1"},
        "data": {"personal": "true", "regions": ["CN"], "breach_hours": "1", "return_days": "1"},
        "values": {"termination_cause": {"cure_days": "1"}},
        "with": ["data_return", "data_security"],
    },
}  # fmt: skip


@pytest.mark.parametrize("document", ["contract", "quote"])
def test_one_day_one_month_and_one_hour_are_not_plural(document: str, tmp_path: Path) -> None:
    deal = yaml.load(deal_of("development-supplier").read_text("utf-8"), yaml.BaseLoader) | ONES
    (tmp_path / "deal.yaml").write_text(yaml.dump(deal, allow_unicode=True), "utf-8")
    ready = prepare(tmp_path / "deal.yaml", WORKSPACE, TODAY, document=document)
    assert ready.facts is not None and not ready.has_errors, ready.problems
    text = produce(ready.facts, document, WORKSPACE, today=TODAY, formats=["txt"]).files["txt"].decode()
    text = " ".join(text.split())
    assert "1 day after signing" in text and re.search(r"1 month from (the day of )?a", text, re.I)
    assert "every 1 days" in text
    assert set(re.findall(r"\b1 (?:\w+[ -])?(?:days|months|hours|years)\b", text)) == {"1 days"}
    assert text.count("1 days") == text.count("every 1 days")


@pytest.mark.parametrize(
    ("words", "values", "agreeing"),
    [
        ("within \ue0000\ue001 days.", ["1"], "within \ue0000\ue001 day."),
        ("within \ue0000\ue001 days.", ["11"], "within \ue0000\ue001 days."),
        ("\ue0000\ue001 months' notice", ["1"], "\ue0000\ue001 month's notice"),
        ("\ue0000\ue001 person-days of work", ["1"], "\ue0000\ue001 person-day of work"),
        (
            "\ue0000\ue001 [[term:working_day|Working Days]] after",
            ["1"],
            "\ue0000\ue001 [[term:working_day|Working Day]] after",
        ),
        ("of \ue0000\ue001 users for \ue0001\ue001 days", ["1", "30"], "of \ue0000\ue001 user for \ue0001\ue001 days"),
        ("Clause \ue0000\ue001, days", ["1"], "Clause \ue0000\ue001, days"),
    ],
)
def test_a_noun_agrees_with_the_figure_before_it(words: str, values: list[str], agreeing: str) -> None:
    assert in_number(words, values, "en") == agreeing
    assert in_number(words, values, "zh-CN") == words
