"""What the law wants pointed out is pointed out, and a contract speaks only of what the deal has."""

from __future__ import annotations

import pytest

from docgen.legal.readback import placed
from tests.contracts.samples import paper


def _text(name: str) -> str:
    return paper(name, "txt").decode()


def _pressed(name: str) -> str:
    return "".join(_text(name).split())


@pytest.mark.parametrize(
    ("name", "clause", "words"),
    [
        ("licence-domestic", "ip_indemnity", "全部责任与救济"),
        ("licence-domestic", "acceptance", "视为验收通过"),
        ("licence-domestic", "payment_plan", "不得以抵销为由扣减"),
        ("development-joint", "delay_damages", "不得就同一迟延另行请求赔偿"),
        ("saas-special-terms", "renewal", "届满后自动续期"),
        ("licence-american", "acceptance", "acceptance is deemed given"),
    ],
)
def test_a_term_that_cuts_the_customers_rights_is_bold_and_underlined_and_its_clause_is_not(
    name: str, clause: str, words: str
) -> None:
    places = [place for place in placed(paper(name, "docx")) if place.key == clause and place.number > 1]
    cutting = [place for place in places if words in place.words]
    assert cutting and all(not place.plain_words for place in cutting)
    assert any(place.plain_words for place in places)


def test_a_paper_shows_no_asterisks_where_a_paragraph_is_pointed_out() -> None:
    assert "**" not in _text("licence-domestic") + _text("licence-american")


def test_in_a_chinese_list_of_clauses_only_the_first_says_of_which_contract_it_is() -> None:
    text = _pressed("licence-domestic")
    assert "继续有效：本合同第5条、第6条、" in text
    assert "、本合同第" not in text


def test_a_payment_plan_explains_the_events_it_names_and_no_others() -> None:
    text = _pressed("saas-european")
    assert "“Go-live”means" in text
    assert "“Acceptance”means" not in text and "“Endofwarranty”means" not in text
    assert "“Acceptance”means" in _pressed("licence-american")


def test_a_trial_shows_no_term_of_purchase_beside_its_products() -> None:
    text = _text("trial-convert")
    assert "20 users" in text and "12 months ·" not in text


def test_who_has_its_seat_in_china_seals_and_others_only_sign() -> None:
    assert "（盖章）" in _text("licence-domestic") and "法定代表人  叶青" in _text("licence-domestic")
    american = _text("licence-american")
    assert "Represented by  Avery Cole" in american
    assert "Seal " not in american and "Legal representative" not in american
