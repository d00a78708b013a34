"""What deals reach of the clause library: samples, the matrix, duties of the law, the catalogue of clauses."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from tests.conftest import ROOT, SAMPLES, TODAY
from tests.legal.library import run, written

from docgen.contract.names import comparable, flat
from docgen.legal.bench import Bench
from docgen.legal.conditions import of_card, worth
from docgen.legal.coverage import Coverage, cover
from docgen.legal.desk import lay_out
from docgen.legal.duties import categories, duties
from docgen.legal.house_facts import EXACTLY_ONE, TRUTHS, WORDS
from docgen.legal.pairs import pairwise
from docgen.legal.papers import contract_paper
from docgen.legal.specimens import Specimen, specimens
from docgen.pipeline import prepare
from docgen.reading import Workspace

WORKSPACE = Workspace((ROOT,))


@cache
def bench() -> Bench:
    found = lay_out(WORKSPACE, dt.date(2026, 11, 30)).bench
    assert found is not None
    return found


@cache
def matrix() -> tuple[Specimen, ...]:
    return tuple(specimens(bench().library))


@cache
def sound() -> tuple[Specimen, ...]:
    return tuple(each for each in matrix() if not each.problems)


@cache
def reached_by_the_matrix() -> Coverage:
    return cover(bench(), [each.draft for each in sound()])


def sample_deals() -> list[Path]:
    return sorted(SAMPLES.rglob("deal.yaml"))


# ---- the matrix -----------------------------------------------------------------------------------------------------
def test_every_two_options_of_two_factors_meet() -> None:
    factors = {"a": ("1", "2", "3"), "b": ("x", "y"), "c": ("p", "q", "r", "s"), "d": ("t", "u")}
    rows = pairwise(factors)
    for (i, one), (j, other) in combinations(enumerate(factors.values()), 2):
        assert {(a, b) for a in one for b in other} <= {(row[i], row[j]) for row in rows}
    assert len(rows) < 20
    assert rows == pairwise(factors)


def test_the_matrix_reaches_every_branch_variant_table_and_clause_in_and_out() -> None:
    """No exceptions: a branch no deal of the matrix reaches gets one, under `together` in factors.yaml."""
    missed = [f"{each.place} {each.kind} {each.what}" for each in reached_by_the_matrix().missed]
    assert missed == []
    assert len(reached_by_the_matrix().goals) > 1500


def test_few_deals_of_the_matrix_are_refused_by_the_contracts_own_checks() -> None:
    refused = [each for each in matrix() if each.problems]
    assert {problem.code for each in refused for problem in each.problems} <= {
        "results_twice_or_never",
        "foreign_law_at_home",
    }
    assert len(refused) < len(matrix()) / 8


def test_the_deals_that_bring_something_new_are_worded_in_both_languages() -> None:
    reached: set[object] = set()
    papers = 0
    for each in sound():
        new = cover(bench(), [each.draft]).reached - reached
        if len(new) > 20:
            reached |= new
            papers += 1
            for language in ("zh-CN", "en"):
                assert contract_paper(each.facts, WORKSPACE, (language,)).blocks
    assert papers > 15


# ---- what the checks take for granted -------------------------------------------------------------------------------
@pytest.mark.parametrize("truth", TRUTHS)
def test_what_the_checks_take_for_true_of_every_deal_is_true_of_every_draft(truth: str) -> None:
    condition = of_card(truth)
    for each in sound():
        assert worth(condition, comparable(flat(each.draft.facts))) is not False, each.name
        assert worth(condition, comparable(flat(each.draft.facts))), each.name


def test_facts_are_no_other_words_than_the_checks_know() -> None:
    for each in sound():
        facts = flat(each.draft.facts)
        for name, words in WORDS.items():
            said = facts[name] if isinstance(facts[name], tuple) else (facts[name],)
            assert set(said) <= {*words, None}, (each.name, name)


def test_of_two_clauses_that_exclude_one_another_exactly_one_is_in() -> None:
    for kind, one, other in EXACTLY_ONE:
        drafts = [each.draft for each in sound() if kind in each.draft.facts.contract.types]
        assert drafts
        assert all(draft.has(one) != draft.has(other) for draft in drafts)


def test_samples_are_as_the_checks_think_of_deals() -> None:
    seen = 0
    for path in sample_deals():
        facts = prepare(path, Workspace.for_deal(path), TODAY, document="contract").facts
        if facts is not None and facts.draft is not None and facts.draft.facts.contract.types:
            seen += 1
            values = comparable(flat(facts.draft.facts))
            untrue = [truth for truth in TRUTHS if not worth(of_card(truth), values)]
            assert untrue == [], path
    assert seen > 20


# ---- the command ----------------------------------------------------------------------------------------------------
def test_coverage_tells_what_samples_alone_reach_and_what_they_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "deal.yaml").write_text((SAMPLES / "contracts/nda-mutual/deal.yaml").read_text("utf-8"), "utf-8")
    result = run(ROOT, "templates", "coverage", "--samples", str(tmp_path), "--format", "json")
    told = json.loads(result.stdout)
    assert (told["samples"], told["matrix"], result.exit_code) == (1, 0, 0)
    assert 0 < told["reached_by_samples"] == told["reached"] < told["goals"]
    missed = {(each["clause"], each["kind"], each["what"]) for each in told["missed"]}
    assert ("fees", "in", "in the contract") in missed
    assert ("nda_purpose", "in", "in the contract") not in missed
    by_clause = {each["clause"]: each for each in told["clauses"]}
    assert by_clause["fees"]["reached"] == 1, "it was left out, and nothing else of it was reached"
    assert by_clause["confidentiality"]["reached"] > 1


def test_coverage_with_the_matrix_names_the_branch_a_clause_of_ones_own_leaves_unreached(tmp_path: Path) -> None:
    text = "{% if contract.number == 'C-1' %}双方应当遵守。{% endif %}双方应当合作。"
    other = "{% if contract.number == 'C-1' %}The Parties shall observe this. {% endif %}The Parties shall co-operate."
    written({"clauses": [{"clause": "odd_branch", "zh-CN": text, "en": other}]}, tmp_path)
    result = run(tmp_path, "templates", "coverage", "--samples", str(tmp_path), "--matrix")
    lines = result.stdout.splitlines()
    unreached = [line.rpartition("/")[2] for line in lines if "not reached" in line]
    assert unreached == [
        "zh-CN.md:3:1: not reached: if contract.number == 'C-1'",
        "en.md:3:1: not reached: if contract.number == 'C-1'",
    ]
    assert lines[-1].startswith("with ")
    assert result.exit_code == 1


# ---- duties ---------------------------------------------------------------------------------------------------------
def test_every_duty_the_law_lays_on_a_type_is_always_answered() -> None:
    wanted = [each for each in duties(bench()) if each.wanted]
    assert len(wanted) > 80
    assert [(each.type, each.duty) for each in wanted if each.answer != "always"] == []


def test_data_processing_answers_all_of_pipl_21_and_gdpr_28() -> None:
    of_dpa = {each.duty: each for each in duties(bench()) if each.type == "dpa"}
    for duty in (*(f"P21.{n}" for n in range(1, 7)), *(f"G28{letter}" for letter in "abcdefgh")):
        assert of_dpa[duty].wanted
        assert "annex_dpa" in of_dpa[duty].clauses or of_dpa[duty].clauses


def test_all_41_categories_are_named_and_the_unanswered_ones_are_known() -> None:
    found = list(categories(bench()))
    assert [each.number for each in found] == [str(n) for n in range(1, 42)]
    gaps = {each.name for each in found if not (each.clauses or each.pages)}
    assert gaps == {"Rofr/Rofo/Rofn", "Revenue/Profit Sharing"}


def test_the_table_of_duties_marks_gaps_and_is_there_as_json() -> None:
    text = run(ROOT, "templates", "coverage", "--duties").stdout
    assert text.splitlines()[-1] == "0 gaps"
    told = json.loads(run(ROOT, "templates", "coverage", "--duties", "--format", "json").stdout)
    assert {"type", "duty", "name", "wanted", "answer", "gap", "clauses"} == set(told["duties"][0])
    assert len(told["cuad"]) == 41


# ---- the catalogue --------------------------------------------------------------------------------------------------
TYPES = ("licence", "saas", "development", "maintenance", "trial", "reseller", "nda", "dpa")
PAGES = {"title_cover", "signature"}
"""In every contract, and made by code."""


def catalogue() -> dict[str, dict[str, str]]:
    rows = yaml.safe_load((ROOT / "tests/cases/catalogue.yaml").read_text("utf-8"))
    return {key: dict(zip(TYPES, cells.split(), strict=True)) for key, cells in rows.items()}


@pytest.mark.parametrize("key", sorted(set(catalogue()) - PAGES))
def test_a_clause_must_or_may_stand_where_the_catalogue_has_it(key: str) -> None:
    card = bench().library.clauses[key].card
    for kind, cell in catalogue()[key].items():
        one_of_two = any(kind == of and key in pair for of, *pair in EXACTLY_ONE)
        assert (kind in card.must) == (cell == "M" and not one_of_two), kind
        assert (kind in (*card.must, *card.may)) == (cell in "Mo"), kind
