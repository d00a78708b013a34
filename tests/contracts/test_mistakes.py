"""What the data of a contract can get wrong, in cases a lawyer can read: tests/cases/contract/mistakes.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.pipeline import prepare
from docgen.reading import Workspace
from tests.conftest import ROOT, TODAY

CASES: list[dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "cases" / "contract" / "mistakes.yaml").read_text("utf-8"), yaml.BaseLoader
)
DEAL: dict[str, Any] = {
    "deal": "D-1",
    "date": "2026-11-23",
    "price_list": "cloud-cn",
    "seller": "main",
    "starts": "2027-01-01",
    "term_months": "12",
    "customer": {"name": "甲"},
    "lines": [{"sku": "CLD-USER", "quantity": "10"}],
    "contract": {},
}


def told(deal: dict[str, Any], folder: Path, lacks: Sequence[str] = ()) -> dict[str, str]:
    """Codes of what docgen says of a deal's contract, each with its key; what pricing says is left out."""
    path = folder / "deal.yaml"
    path.write_text(
        yaml.dump({**{k: v for k, v in DEAL.items() if k not in lacks}, **deal}, allow_unicode=True), "utf-8"
    )
    workspace = Workspace.for_deal(path, ROOT)
    found = prepare(path, workspace, TODAY, document="contract").problems
    return {each.code: ".".join(map(str, each.path)) for each in found}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["case"]) for case in CASES])
def test_a_mistake_is_told_at_its_key_and_a_sound_deal_is_left_alone(case: dict[str, Any], tmp_path: Path) -> None:
    found = told(case["deal"], tmp_path, case.get("lacks", ()))
    if "none" in case:
        assert found == {}
    else:
        assert found.items() >= case["problems"].items()


def test_every_check_of_a_contracts_data_has_a_case() -> None:
    from docgen.contract import at_odds, checks

    source = "\n".join(Path(str(each.__file__)).read_text("utf-8") for each in (checks, at_odds))
    codes = {line.split('"')[1] for line in source.split("yield ") if line.startswith(("problem(", "warning("))}
    shown = {code for case in CASES for code in case.get("problems", {})}
    assert codes - shown == {"plan_before_effect"}, "a plan needs a story: see the switches"
