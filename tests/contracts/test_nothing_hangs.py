"""Words that lead in to a table lead to one: where the deal gives it no rows a draft says so, and a final waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.facts import Facts
from docgen.pipeline import prepare, produce
from docgen.problems import ProblemsFound
from tests.conftest import TODAY
from tests.contracts.samples import WORKSPACE, deal_of


def _facts(folder: Path, base: str, **contract: Any) -> Facts:
    deal = yaml.load(deal_of(base).read_text("utf-8"), yaml.BaseLoader)
    deal.update(contract.pop("deal", {}))
    deal["contract"] = {**deal.get("contract", {}), **contract}
    (folder / "deal.yaml").write_text(yaml.dump(deal, allow_unicode=True), "utf-8")
    ready = prepare(folder / "deal.yaml", WORKSPACE, TODAY, document="contract")
    assert ready.facts is not None and not ready.has_errors, ready.problems
    return ready.facts


def _made(facts: Facts) -> tuple[str, dict[str, list[str]]]:
    """The text, and where a final contract waits, by the clause that does."""
    papers = produce(facts, "contract", WORKSPACE, today=TODAY, formats=["txt"])
    waits: dict[str, list[str]] = {}
    for each in papers.facts.verdict.gates:
        if each.code == "contract_gap":
            waits.setdefault(str(each.params["clause"]), []).append(".".join(map(str, each.path)))
    return papers.files["txt"].decode(), waits


@pytest.mark.parametrize(
    ("wish", "place", "mark"),
    [
        ("special_terms", "contract.special_terms", "【待补：特别条款】"),
        ("service_credit", "terms.sla.credits", "【待补：服务抵扣】"),
    ],
)
def test_a_clause_wished_for_without_what_it_lists_shows_a_mark(
    wish: str, place: str, mark: str, tmp_path: Path
) -> None:
    text, waits = _made(_facts(tmp_path, "saas-plain", **{"with": [wish]}))
    assert mark in text and place in waits[wish]


def test_a_deal_of_optional_lines_only_has_no_price_and_no_plan_of_payments(tmp_path: Path) -> None:
    lines = [{"sku": "CLD-USER", "quantity": "5", "optional": "true"}]
    text, waits = _made(_facts(tmp_path, "saas-plain", type="saas", deal={"lines": lines, "payment": []}))
    assert "0.00" not in text and "lines" in waits["annex_items"]


def test_a_deal_of_free_lines_says_that_nothing_is_to_be_paid(tmp_path: Path) -> None:
    lines = [{"sku": "CLD-USER", "quantity": "5", "discount": "100%", "because": "示例"}]
    text, _ = _made(_facts(tmp_path, "saas-plain", deal={"lines": lines, "payment": []}))
    assert "合同价款为零，甲方无须付款。" in text and "按下列计划" not in text


def test_a_wish_that_needs_another_clause_is_told_at_the_wish(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        _made(_facts(tmp_path, "saas-plain", **{"with": ["audit"]}, variants={"audit": "dpa"}))
    told = {(each.code, each.path, Path(each.place.file).name) for each in found.value.problems if each.place}
    assert told == {("wish_lacks_clause", ("contract", "variants", "audit"), "deal.yaml")}
