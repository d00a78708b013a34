"""What must be true before a paper is final, beside approvals: told with the key to change, and the figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from docgen.approvals.gates import gates
from docgen.deal import Deal
from docgen.problems import Problem, problem, warning

DATE = dt.date(2026, 11, 20)


def told(document: str = "quote", today: dt.date = DATE, least: str | None = None, **keys: Any) -> list[Problem]:
    lines = [{"sku": "A", "quantity": "1"}]
    data = {"deal": "D", "date": str(DATE), "price_list": "x", "customer": {"name": "A"}, "lines": lines, **keys}
    return list(gates(Deal.model_validate(data), today, document, None if least is None else Decimal(least)))


def test_a_quotation_of_nothing_is_an_error_and_another_paper_is_not() -> None:
    assert told(lines=[]) == [problem("no_lines", "lines")]
    assert told("proposal", lines=[]) == []
    assert told(lines=[], alternatives=[{"name": "a", "recommended": "true", "lines": [{"sku": "A"}]}]) == []


def test_an_offer_stands_on_its_last_day() -> None:
    assert told(valid_until="2026-11-20", today=DATE) == []
    assert told(valid_days="30", today=dt.date(2026, 12, 20)) == []


@pytest.mark.parametrize(
    ("keys", "key"), [({"valid_until": "2026-12-01"}, "valid_until"), ({"valid_days": "11"}, "date")]
)
def test_an_offer_that_ended_names_the_key_that_says_so(keys: dict[str, str], key: str) -> None:
    expired = warning("offer_expired", key, until="2026-12-01")
    assert told(today=dt.date(2026, 12, 2), **keys) == [expired]


def test_a_paper_waits_for_its_stage_where_the_deal_states_one() -> None:
    early = warning("stage_too_early", "stage", document="contract", least="6", stage="5.5")
    assert told("contract", least="6", stage="5.5") == [early]
    assert told("contract", least="6", stage="6") == told("contract", least="6") == told("contract", stage="1") == []
