"""One figure everywhere: what a proposal prints is what the quotation and the value model print."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import pytest

from docgen.answers import price_json
from docgen.money import to_minor
from docgen.pipeline import prepare, produce
from docgen.reading import Workspace
from docgen.value_answers import value_json
from tests.conftest import SAMPLES, TODAY, need
from tests.safety.house import word_paragraphs

TOLD = ["huarui-erp", "homebody-crm"]


def paper(name: str, document: str, form: str) -> bytes:
    deal = SAMPLES / name / "deal.yaml"
    workspace = Workspace.for_deal(deal)
    facts = prepare(deal, workspace, TODAY).facts
    assert facts is not None
    return produce(facts, document, workspace, today=TODAY, formats=[form]).files[form]


def shown(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


def amounts(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*\.\d\d\b", text))


@pytest.mark.parametrize("name", TOLD)
def test_every_amount_of_the_quotation_is_on_the_proposal(name: str) -> None:
    quoted = amounts(paper(name, "quote", "txt").decode())
    proposed = amounts(paper(name, "proposal", "txt").decode())
    assert len(quoted) > 20
    assert quoted - proposed == set()


@pytest.mark.parametrize("name", TOLD)
def test_the_proposal_has_no_amount_that_neither_quotation_nor_value_model_has(name: str) -> None:
    deal = SAMPLES / name / "deal.yaml"
    facts = prepare(deal, Workspace.for_deal(deal), TODAY).facts
    assert facts is not None and facts.value is not None
    case = facts.value
    model = {shown(each) for each in re.findall(r"\d+\.\d+", str(value_json(facts, case)))}
    model |= {f"{worth:,.2f}" for _, worth in case.worth_of_benefits()}
    years = [line.full_year(x) for line in case.lines for x in ("conservative", "expected", "optimistic")]
    years += [case.full_year(x) for x in ("conservative", "expected", "optimistic")]
    model |= {f"{float(each):,.2f}" for each in years}
    flow = zip(case.model.benefit_flow("expected"), case.model.cost_flow("expected"), strict=True)
    model |= {f"{abs(to_minor(sum_, 2)):,.2f}" for sum_ in accumulate(gained - paid for gained, paid in flow)}
    by_kind: dict[str, list[Decimal]] = {}
    for line in price_json(facts)["lines"]:
        if not line["optional"]:
            sums = by_kind.setdefault(line["kind"], [Decimal(0)] * 3)
            for at, key in enumerate(("net", "tax", "gross")):
                sums[at] += Decimal(line[key])
    kinds = {f"{each:,.2f}" for sums in by_kind.values() for each in sums}
    kinds.add(shown(price_json(facts)["totals"]["tax"]))
    known = amounts(paper(name, "quote", "txt").decode()) | model | kinds
    assert amounts(paper(name, "proposal", "txt").decode()) - known == set()


@pytest.mark.parametrize("name", TOLD)
def test_the_value_models_figures_are_on_the_proposal(name: str) -> None:
    deal = SAMPLES / name / "deal.yaml"
    facts = prepare(deal, Workspace.for_deal(deal), TODAY).facts
    assert facts is not None and facts.value is not None
    answer = value_json(facts, facts.value)
    text = paper(name, "proposal", "txt").decode()
    for key in ("tbb", "npv", "tco", "cost_of_delay_month"):
        assert shown(answer[key]) in text, key


@pytest.mark.pages
@pytest.mark.parametrize("name", TOLD)
def test_word_and_pdf_of_a_proposal_say_the_same_amounts_and_text_the_data_of_its_pictures_too(name: str) -> None:
    need("pdftotext")
    word = amounts("\n".join(word_paragraphs(paper(name, "proposal", "docx"))))
    shown_ = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper(name, "proposal", "pdf"), capture_output=True, check=True
    )
    assert word == amounts(shown_.stdout.decode())
    assert word < amounts(paper(name, "proposal", "txt").decode())


@pytest.mark.parametrize("name", TOLD)
def test_the_full_samples_body_has_eight_to_ten_pages_and_a_summary_of_one(name: str) -> None:
    from docgen.pipeline import check

    deal = Path(SAMPLES / name / "deal.yaml")
    codes = {each.code for each in check(deal, Workspace.for_deal(deal), TODAY, "proposal", fill=True)}
    assert codes <= {"earlier_range", "final_value_estimate"}
