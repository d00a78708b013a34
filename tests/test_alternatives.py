"""Good, better, best: told in place, priced alike, shown side by side; nothing the customer may not see."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.answers import price_json
from docgen.facts import Facts
from docgen.pipeline import prepare, produce
from docgen.reading import Workspace
from tests.pricing.deals import bounded
from tests.safety.house import TODAY, call, catalog, deal, furnish, word_paragraphs

GOOD = {"name": "Good", "lines": [{"sku": "P-LIC", "quantity": 3}, {"sku": "P-SRV", "optional": True}]}
BETTER = {
    "name": {"zh-CN": "更好", "en": "Better"},
    "recommended": "true",
    "lines": [{"sku": "P-LIC", "quantity": 20, "discount": "5%"}, {"sku": "P-SET", "quantity": 2}],
}
BEST = {
    "name": "Best",
    "lines": [
        {"sku": "P-LIC", "quantity": 40, "discount": "30%", "because": "launch"},
        {"sku": "P-SET", "quantity": 5},
        {"custom": "Interface", "kind": "service", "price": 7000, "tax": "services"},
    ],
}


def three(**more: Any) -> dict[str, Any]:
    made = deal() | {"alternatives": [GOOD, BETTER, BEST]} | more
    del made["lines"]
    return made


def rule(name: str, when: str) -> dict[str, str]:
    return {"rule": name, "when": when, "approver": "finance", "because": "policy"}


def facts_of(path: Path) -> Facts:
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    return facts


def paper(path: Path, languages: tuple[str, ...] = ("en",), form: str = "txt") -> str:
    made = produce(facts_of(path), "quote", Workspace.for_deal(path), today=TODAY, languages=languages, formats=[form])
    return made.files[form].decode()


def rows_of(text: str) -> dict[str, list[str]]:
    """The cells of the comparison by what stands at the row's head."""
    lines = text[text.index("Alternatives") : text.index("Items:")].splitlines()
    return {line[:30].strip(): line[30:].split() for line in lines}


# ---- priced alike ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("index", range(3))
def test_an_alternative_costs_what_a_deal_of_its_lines_costs(tmp_path: Path, index: int) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    together = price_json(facts_of(furnish(tmp_path, three())))
    alone = price_json(facts_of(furnish(folder, deal() | {"lines": [GOOD, BETTER, BEST][index]["lines"]})))
    assert together["alternatives"][index]["totals"] == alone["totals"]


@bounded
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 60)), min_size=2, max_size=4), st.data())
def test_whichever_is_recommended_is_the_deal(tmp_path_factory: Any, asked: Any, data: Any) -> None:
    chosen = data.draw(st.integers(0, len(asked) - 1))
    alternatives = [
        {
            "name": f"a{i}",
            "recommended": str(i == chosen).lower(),
            "lines": [{"sku": "P-LIC", "quantity": q, "discount": f"{d}%"}],
        }
        for i, (q, d) in enumerate(asked)
    ]
    found = price_json(facts_of(furnish(tmp_path_factory.mktemp("a"), three(alternatives=alternatives))))
    assert [a["recommended"] for a in found["alternatives"]] == [i == chosen for i in range(len(asked))]
    assert found["alternatives"][chosen]["totals"] == found["totals"]


# ---- told in place --------------------------------------------------------------------------------------------------
def test_every_number_points_into_its_alternative(tmp_path: Path) -> None:
    path = furnish(tmp_path, three())
    written = path.read_text("utf-8").splitlines()
    step = price_json(facts_of(path))["lines"][0]["steps"][0]
    place = int(step["source"].rsplit(":", 1)[1])
    assert '"discount": "5%"' in written[place - 1]


def test_lines_of_an_alternative_may_stand_in_a_table_beside_the_deal(tmp_path: Path) -> None:
    path = furnish(tmp_path, three(alternatives=[GOOD, BETTER, BEST | {"lines": "best.csv"}]))
    (tmp_path / "best.csv").write_text("sku,quantity\nP-LIC,7\nP-LCI,1\n", "utf-8")
    found = [p for p in prepare(path, Workspace.for_deal(path), TODAY).problems if p.is_error]
    assert [(p.code, p.path) for p in found] == [("unknown_sku", ("alternatives", 2, "lines", 1, "sku"))]
    assert str(found[0].place).endswith("best.csv:3:1")


def test_a_broken_alternative_hides_no_mistake_of_the_next(tmp_path: Path) -> None:
    broken = [GOOD | {"nmae": "x"}, BETTER, BEST | {"lines": [{"sku": "P-LCI"}, {"sku": "P-LIC", "quantity": "1o"}]}]
    path = furnish(tmp_path, three(alternatives=broken))
    found = {(p.code, p.path) for p in prepare(path, Workspace.for_deal(path), TODAY).problems if p.is_error}
    assert found == {
        ("unknown_key", ("alternatives", 0, "nmae")),
        ("unknown_sku", ("alternatives", 2, "lines", 0, "sku")),
        ("not_a_number", ("alternatives", 2, "lines", 1, "quantity")),
    }


# ---- who must agree -------------------------------------------------------------------------------------------------
def test_approvals_are_those_of_the_recommended_and_what_another_needs_besides_is_a_warning(tmp_path: Path) -> None:
    rules = {"approvals": [rule("any", "discount > 1%"), rule("deep", "discount > 20%")]}
    facts = facts_of(furnish(tmp_path, three(), policies=rules))
    assert [a.rule for a in facts.verdict.approvals] == ["any"]
    warned = [(p.code, p.path, p.params["name"], p.params.get("rules")) for p in facts.problems if not p.is_error]
    assert ("alternative_needs_approval", ("alternatives", 2, "name"), "Best", "deep (finance)") in warned


def test_an_alternative_below_a_floor_is_named(tmp_path: Path) -> None:
    made = catalog()
    made["products"][0]["floor"] = "800"
    facts = facts_of(furnish(tmp_path, three(), price_list=made))
    found = [(p.path, p.params["skus"]) for p in facts.problems if p.code == "alternative_below_floor"]
    assert found == [(("alternatives", 2, "name"), "P-LIC")]


# ---- side by side ---------------------------------------------------------------------------------------------------
def test_the_paper_compares_alternatives_and_itemises_the_recommended_one(tmp_path: Path) -> None:
    path = furnish(tmp_path, three())
    totals = [a["totals"]["gross"] for a in price_json(facts_of(path))["alternatives"]]
    text = paper(path)
    compared = text[text.index("Alternatives") :].splitlines()
    row = next(line for line in compared if line.startswith("Total incl. tax"))
    assert row.split()[3:] == [f"{Decimal(t):,.2f}" for t in totals]
    assert "recommended" in text and "Items: Better (recommended)" in text
    below = text[text.index("Items: Better") :]
    assert "Interface" not in below and "product.name" in below


def test_cells_say_how_many_what_is_optional_and_what_is_missing(tmp_path: Path) -> None:
    rows = rows_of(paper(furnish(tmp_path, three())))
    assert rows["product.name"] == ["3", "users", "20", "users", "40", "users"]
    assert rows["part.name"] == ["optional", "4", "days", "10", "days"]
    assert rows["Interface"] == ["–", "–", "✓"]


@pytest.mark.parametrize("name", ["**A** {{ 1 }} {% if %}", "<b>&amp;</b>", "::: slot totals", "# head", "two\nlines"])
def test_a_name_is_never_markup(tmp_path: Path, name: str) -> None:
    path = furnish(tmp_path, three(alternatives=[GOOD, BETTER | {"name": name}]))
    files = produce(facts_of(path), "quote", Workspace.for_deal(path), today=TODAY, formats=["docx", "txt"]).files
    words = "\0".join(word_paragraphs(files["docx"]))
    shown = name.replace("\n", " ")
    assert name in words and f"Items: {shown} (recommended)" in words
    assert f"Items: {shown} (recommended)" in files["txt"].decode()


def test_a_product_of_which_one_has_several_is_counted_in_all(tmp_path: Path) -> None:
    one = BETTER | {"lines": [{"sku": "P-LIC"}]}
    rows = rows_of(paper(furnish(tmp_path, three(alternatives=[GOOD, one]))))
    assert rows["product.name"] == ["3", "users", "1", "user"]


def test_a_single_alternative_is_no_choice_and_is_not_compared(tmp_path: Path) -> None:
    text = paper(furnish(tmp_path, three(alternatives=[BETTER])))
    assert "recommended" not in text and "\nItems\n" in text


@pytest.mark.parametrize(("count", "tables"), [(4, [4]), (5, [2, 3]), (9, [3, 3, 3])])
def test_many_alternatives_are_divided_over_tables(tmp_path: Path, count: int, tables: list[int]) -> None:
    alternatives = [BETTER, *(GOOD | {"name": f"N{i}"} for i in range(1, count))]
    text = paper(furnish(tmp_path, three(alternatives=alternatives)))
    rows = [line for line in text.splitlines() if line.startswith("Net total")]
    assert [len(row.split()) - 2 for row in rows[: len(tables)]] == tables


def test_hidden_discounts_stay_hidden_in_the_comparison(tmp_path: Path) -> None:
    text = paper(furnish(tmp_path, three(show_discounts="false")))
    assert "List total" not in text and "Discount" not in text


def test_the_customers_copy_holds_the_customers_totals_of_each(tmp_path: Path) -> None:
    copy = json.loads(paper(furnish(tmp_path, three()), form="json"))
    assert [(a["name"], a["recommended"]) for a in copy["alternatives"]] == [
        ("Good", False),
        ({"zh-CN": "更好", "en": "Better"}, True),
        ("Best", False),
    ]
    assert all(set(a["totals"]) == {"list", "net", "tax", "gross"} for a in copy["alternatives"])


@pytest.mark.parametrize("command", ["price", "explain"])
def test_the_terminal_shows_them_side_by_side_and_marks_the_recommended(tmp_path: Path, command: str) -> None:
    furnish(tmp_path, three(language="en"))
    shown = call(command, "deal.yaml", cwd=tmp_path).stdout
    head = next(line for line in shown.splitlines() if line.startswith("alternative"))
    assert head.split() == ["alternative", "Good", "Better", "*", "Best"]
    names = {line.split("  ")[0] for line in shown.splitlines()}
    assert {"list", "discount", "net", "tax", "gross", "margin"} <= names


# ---- another than the recommended -----------------------------------------------------------------------------------
def test_another_alternative_can_be_looked_at_as_if_it_were_the_deal(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    furnish(tmp_path, three(), policies={"approvals": [rule("deep", "discount > 20%")]})
    furnish(folder, deal() | {"lines": BEST["lines"]})
    shown = json.loads(call("price", "--alternative", "Best", "--format", "json", cwd=tmp_path).stdout)
    alone = json.loads(call("price", "--format", "json", cwd=folder).stdout)
    assert (shown["totals"], shown["payments"]) == (alone["totals"], alone["payments"])
    assert [a["rule"] for a in shown["approvals"]] == ["deep"]
    assert "alternative_needs_approval" not in {p["code"] for p in shown["problems"]}
    table = call("price", "--alternative", "Best", cwd=tmp_path).stdout
    assert table.splitlines()[0].endswith(" · Best") and "lines, totals and payments above are of Best" in table


@pytest.mark.parametrize("name", ["更好", "Better"])
def test_an_alternative_goes_by_its_name_in_either_language(tmp_path: Path, name: str) -> None:
    furnish(tmp_path, three())
    shown = call("explain", "deal.yaml", "P-LIC", "--alternative", name, cwd=tmp_path)
    assert shown.returncode == 0 and "20 × " in shown.stdout


def test_an_unknown_alternative_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    furnish(tmp_path, three())
    told = call("price", "--alternative", "Bets", cwd=tmp_path)
    assert told.returncode == 1
    assert "there is no alternative Bets" in told.stderr and "did you mean Best?" in told.stderr
