"""The checks of the clause library: cases a lawyer can extend, docgen's own library, no rule without a case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT
from tests.legal.library import CASES, findings, run, written

from docgen.legal import RULES

SOURCES = ROOT / "src" / "docgen" / "legal"


@cache
def library(path: Path) -> Mapping[str, Any]:
    return dict(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))


@cache
def found_in(path: Path) -> dict[str, list[str]]:
    """What lint finds in the library of a case file, by clause; `""`: beside the clauses."""
    out: dict[str, list[str]] = {}
    with TemporaryDirectory() as folder:
        for each in findings(written(library(path), Path(folder))):
            file = Path(each["file"])
            clause = file.parent.name if file.parent.parent.name == "clauses" else ""
            place = f"{each['code']} {file.name}:{each['line']}:{each['column']}"
            out.setdefault(clause, []).append(place)
    return out


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        for case in library(path)["clauses"]:
            yield pytest.param(path, case["clause"], case.get("expect", []), id=f"{path.stem}: {case['clause']}")
        if "expect" in library(path):
            yield pytest.param(path, "", library(path)["expect"], id=f"{path.stem}: beside the clauses")


@pytest.mark.parametrize(("path", "clause", "expected"), list(cases()))
def test_lint_finds_what_the_case_says_and_nothing_else(path: Path, clause: str, expected: list[str]) -> None:
    assert sorted(found_in(path).get(clause, [])) == sorted(expected)


def test_no_case_file_finds_anything_nobody_expects() -> None:
    for path in sorted(CASES.glob("*.yaml")):
        named = {case["clause"] for case in library(path)["clauses"]} | {""}
        assert set(found_in(path)) <= named


def codes() -> set[str]:
    """Every code the sources of the checks yield."""
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    return set(re.findall(r"\"(t\d\d_\w+|lint_allows_nothing)\"", sources))


ELSEWHERE = {
    "t01_unknown_projected",
    "t01_only_decides",  # templates of other papers
    "t02_unused_fact",  # docgen's own facts against docgen's own library
    "t13_printed_plainly",  # nothing a library says can bring it about, unless docgen is at fault
    "t18_changed_silently",
    "t18_not_accepted",  # a story, not a case
}
"""Findings shown in test_templates_lint.py."""


def test_every_finding_has_a_case() -> None:
    expected = [case.values[2] for case in cases()]
    assert codes() - {each.split()[0] for found in expected for each in found} == ELSEWHERE


def test_every_finding_has_a_sentence_and_a_way_out() -> None:
    sentences = yaml.safe_load((ROOT / "src/docgen/locales/problems.en.yaml").read_text("utf-8"))
    assert len(codes()) > 80
    assert [
        code for code in codes() if not (sentences.get(code, {}).get("message") and sentences[code].get("hint"))
    ] == []


def test_every_rule_is_there_and_has_a_case_it_catches_and_one_it_leaves_alone() -> None:
    assert [number for number, _ in RULES] == [f"T{n:02}" for n in range(1, 21)]
    for number, _ in RULES:
        own = [case.values[2] for case in cases() if case.values[0].stem.startswith(number.lower())]
        assert any(own), f"{number} has no bad example"
        assert [] in own, f"{number} has no good example"


# ---- docgen's own library -------------------------------------------------------------------------------------------
def test_the_packaged_library_is_clean() -> None:
    result = run(ROOT, "templates", "lint")
    assert result.stdout.splitlines()[-1].startswith("112 clauses, 2 letters: no findings"), result.stderr
    assert result.exit_code == 0


def test_a_year_later_the_packaged_library_is_due_for_review() -> None:
    result = run(ROOT, "templates", "lint", "--format", "json", "templates/clauses/fees", today="2028-01-01")
    assert [each["code"] for each in json.loads(result.stdout)] == ["t17_clause_overdue"]
    assert result.exit_code == 0
    assert run(ROOT, "templates", "lint", "--strict", "templates/clauses/fees", today="2028-01-01").exit_code == 1
