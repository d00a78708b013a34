"""The classic case, worked out by a person with a spreadsheet (`second.py`), beside what docgen says of the sample."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.facts import Facts
from docgen.locales.problems import describe
from docgen.pipeline import prepare
from docgen.reading import Workspace
from docgen.value.case import ValueCase
from docgen.value_answers import value_json
from tests.conftest import SAMPLES
from tests.value.second import answer, rate_of_return

DEAL = SAMPLES / "homebody-crm" / "deal.yaml"
PRICE = [(600_000, 0, 0), (800_000, 0, 0), (2_000_000, 0, 0), (36 * 12_000, 10, 36)]
"""Hardware, software and services at signature; hosting for 36 months after month 9: signed on 18 December 2026, the
service from 1 October 2027 begins in month 10."""


def written() -> dict[str, Any]:
    section: dict[str, Any] = yaml.load(DEAL.read_text("utf-8"), yaml.BaseLoader)["value"]
    return section


def facts_of(path: Path = DEAL) -> Facts:
    facts = prepare(path, Workspace.for_deal(DEAL), dt.date(2026, 11, 22)).facts
    assert facts is not None
    return facts


@pytest.fixture(scope="module")
def case() -> ValueCase:
    found = facts_of().value
    assert found is not None
    return found


@pytest.mark.parametrize("scenario", ["conservative", "expected", "optimistic"])
def test_each_scenario_is_that_of_the_spreadsheet(scenario: Any, case: ValueCase) -> None:
    wanted, told, outcome = answer(written(), scenario, PRICE), case.figures(scenario), case.scenarios[scenario]
    assert (told.tbb, told.tco, told.npv) == (wanted["tbb"], wanted["tco"], wanted["npv"])
    assert outcome.roi == wanted["roi"]
    rate = rate_of_return(written(), scenario, PRICE)
    assert outcome.irr.rate is not None
    assert rate is not None
    assert abs(outcome.irr.rate - rate) < Fraction(1, 10**30)


@pytest.mark.parametrize("scenario", ["conservative", "expected", "optimistic"])
def test_payback_counts_from_signature_and_from_go_live(scenario: Any, case: ValueCase) -> None:
    wanted, outcome = answer(written(), scenario, PRICE), case.scenarios[scenario]
    for told, months in ((outcome.nominal, wanted["nominal"]), (outcome.discounted, wanted["discounted"])):
        assert told.signature == months
        assert told.go_live == months - 9


def test_the_figures_a_reader_remembers(case: ValueCase) -> None:
    """Worked out by hand: the three one-time amounts, 27 months of hosting within the horizon, the project team."""
    first = case.figures().years[0]
    assert first.cost == Decimal(3_400_000) + Decimal(250_000) * Decimal("1.10")
    assert case.figures().years[1].cost == 3 * 12_000 + 44_000
    assert case.figures().years[3].cost == 12 * 12_000 + 44_000
    assert case.figures().years[3].benefit == Decimal("1187500") + 900_000 + 1_050_000 + 630_000
    assert case.cost_of_delay is not None
    assert case.cost_of_delay * 12 == 950_000 + 450_000 + 900_000 + 360_000


def test_the_final_price_below_the_earlier_range_is_flagged_and_nothing_else() -> None:
    (told,) = (describe(p)[0] for p in facts_of().problems)
    assert told.startswith("investment is 3,400,000.00, outside the range 3,500,000 to 4,000,000 said on 2026-08-14")


def test_a_full_year_below_what_was_said_is_flagged_too(tmp_path: Path) -> None:
    """With half of the better yield expected, a full year is 3,317,500 and no longer 3.5 to 4.5 million."""
    text = DEAL.read_text("utf-8").replace("{low: 1%, expected: 2%, high: 3%}", "{low: 1%, expected: 1%, high: 3%}")
    deal = tmp_path / "deal.yaml"
    deal.write_text(text, "utf-8")
    told = [p.params for p in facts_of(deal).problems if p.code == "earlier_range"]
    assert [(p["figure"], p["amount"]) for p in told] == [("investment", "3,400,000.00"), ("benefits", "3,317,500.00")]


def test_the_refined_model_lacks_nothing_of_its_maturity(case: ValueCase) -> None:
    assert case.gates == ()


def test_the_answer_is_the_same_every_time() -> None:
    first, second = facts_of(), facts_of()
    assert first.value is not None
    assert second.value is not None
    assert value_json(first, first.value) == value_json(second, second.value)


def test_a_deal_without_value_loads_nothing_of_it() -> None:
    import subprocess
    import sys

    script = (
        "import sys, datetime as dt; from pathlib import Path; from docgen.pipeline import prepare;"
        "from docgen.reading import Workspace; deal = Path(sys.argv[1]);"
        "prepare(deal, Workspace.for_deal(deal), dt.date(2026, 11, 22));"
        "print([m for m in sys.modules if m.startswith(('docgen.value.', 'docgen.deal.value', 'openpyxl'))])"
    )
    quiet = SAMPLES / "ten-lines" / "deal.yaml"
    told = subprocess.run([sys.executable, "-c", script, str(quiet)], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
