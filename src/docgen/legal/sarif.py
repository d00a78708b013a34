"""Findings as SARIF 2.1.0, the form code hosts and editors show beside the line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.legal import RULES
from docgen.locales.problems import describe
from docgen.problems import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(problems: Iterable[Problem], version: str) -> dict[str, Any]:
    """One run. A result's rule is `T09`, or the problem's own code where a file could not be read."""
    found = list(problems)
    rules = _rules(found)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {
        "name": "docgen",
        "version": version,
        "rules": rules,
    }
    results = [_result(each, index) for each in found]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def rule_of(problem: Problem) -> str:
    number = problem.code.split("_", 1)[0].upper()
    return number if number in dict(RULES) else problem.code


def _rules(found: list[Problem]) -> list[dict[str, Any]]:
    out = [_rule(number, rule.__doc__ or "") for number, rule in RULES]
    others = dict.fromkeys(rule_of(each) for each in found)
    return out + [
        _rule(each, f"{each}: the {_kind_of(each)} cannot be used as it is.")
        for each in others
        if each not in dict(RULES)
    ]


def _kind_of(code: str) -> str:
    return "Word letter" if "letter_" in code else "file"


def _rule(number: str, doc: str) -> dict[str, Any]:
    text = " ".join(doc.split()).partition(": ")[2] or doc
    text = text[:1].upper() + text[1:]
    return {
        "id": number,
        "name": number,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": f"{text} A finding that is meant is allowed with its reason: see docs/template-checks.md."},
    }


def _result(problem: Problem, index: dict[str, int]) -> dict[str, Any]:
    message, hint = describe(problem)
    rule = rule_of(problem)
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": problem.severity,
        "message": {"text": f"{message}. {hint[:1].upper()}{hint[1:]}." if hint else f"{message}."},
        "partialFingerprints": {"code/v1": problem.code},
    }
    if problem.place is not None:
        place = problem.place
        region = {"startLine": place.line, "startColumn": place.column}
        artifact = {"uri": place.file.lstrip("/")}
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return result
