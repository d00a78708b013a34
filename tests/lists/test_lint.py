"""What lint finds in price lists, as cases a price manager can extend, and that no rule is without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.answers import problem_json
from docgen.lists.files import lint_editions
from docgen.problems import Problem
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "cases" / "lint"
RULES = ROOT / "src" / "docgen" / "lists"
HEAD = {"price_list": "x", "edition": "1", "currency": "CNY", "taxes": {"vat": "13%"}}
KEYS = {"name", "reasoning", "price_list", "editions", "expect"}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader):
            assert {"name", "expect"} <= set(case) <= KEYS, f"{path.name}: {case.get('name')}"
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def written(case: Mapping[str, Any], folder: Path) -> list[Path]:
    """The case's editions as files, one folder each."""
    paths = []
    for number, given in enumerate(case.get("editions") or [case["price_list"]]):
        products = [{"name": p["sku"], "kind": "licence", **p} for p in given.get("products", [])]
        path = folder / "price_lists" / "x" / str(number) / "list.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(
            yaml.safe_dump({**HEAD, **given, "products": products}, allow_unicode=True, sort_keys=False), "utf-8"
        )
        paths.append(path)
    return paths


def told(problem: Problem) -> dict[str, str]:
    as_json = problem_json(problem)
    return {
        **problem.params,
        "code": problem.code,
        "at": ".".join(str(key) for key in problem.path),
        "severity": problem.severity,
        "hint": as_json["hint"],
    }


@pytest.mark.parametrize("case", list(cases()))
def test_lint_finds_what_the_case_says_and_nothing_else(case: Mapping[str, Any], tmp_path: Path) -> None:
    found = [told(p) for linted in lint_editions(written(case, tmp_path)) for p in linted.problems]
    wanted = list(case["expect"])
    assert sorted(each["code"] for each in found) == sorted(each["code"] for each in wanted)
    for each in wanted:
        matching = [one for one in found if each.items() <= {k: one.get(k, "") for k in each}.items()]
        assert matching, f"{each} is not among {[one for one in found if one['code'] == each['code']]}"
        found.remove(matching[0])


def codes_of_rules() -> set[str]:
    """Every code the sources of lint yield."""
    sources = "\n".join(path.read_text("utf-8") for path in [*RULES.glob("lint/*.py"), RULES / "files.py"])
    return set(re.findall(r"(?:problem|warning|_told|tell)\(\s*\"(\w+)\"", sources))


def test_every_finding_has_a_case() -> None:
    in_cases = {each["code"] for case in cases() for each in case.values[0]["expect"]}
    assert codes_of_rules() - in_cases == set()


def test_every_finding_has_a_sentence_and_a_way_out() -> None:
    codes = codes_of_rules()
    assert len(codes) > 50
    sentences = yaml.safe_load((ROOT / "src" / "docgen" / "locales" / "problems.en.yaml").read_text("utf-8"))
    lacking = [code for code in codes if not (sentences.get(code, {}).get("message") and sentences[code].get("hint"))]
    assert lacking == []


def test_a_finding_stands_at_the_line_and_column_of_the_value(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(
        "price_list: x\ncurrency: CNY\ntaxes: {vat: 13%}\nproducts:\n"
        "  - sku: A\n    name: Financials\n    kind: licence\n    price: 100\n    floor: 101\n",
        "utf-8",
    )
    (linted,) = lint_editions([path])
    assert [(p.code, p.place.line, p.place.column) for p in linted.problems if p.place] == [("floor_above_list", 9, 12)]


def test_a_list_that_cannot_be_read_as_written_tells_that_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("price_list: x\ncurrency: CNY\nfamilies: {f: {name: F}}\nproducts: [{sku: A, prise: 1}]\n", "utf-8")
    (linted,) = lint_editions([path])
    assert "unknown_key" in {p.code for p in linted.problems}
    assert "family_without_products" not in {p.code for p in linted.problems}


@pytest.mark.parametrize("name", ["erp-cn", "crm-us", "cloud-cn"])
def test_the_packaged_lists_are_clean(name: str) -> None:
    (linted,) = lint_editions([ROOT / "price_lists" / name / "list.yaml"])
    assert linted.problems == ()
    assert linted.allowed
