"""Pricing cases a price manager can read and extend; `tests/cases/pricing/README.md` tells how one is written.

Every scalar is read as text: an expected `120.00` is these six characters, and no number passes through a float.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from docgen.answers import near_misses_json, price_json, problem_json
from docgen.pipeline import prepare
from docgen.reading import Workspace

FOLDER = Path(__file__).parents[1] / "cases" / "pricing"
TODAY = dt.date(2026, 1, 15)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

LIST: Mapping[str, Any] = {"price_list": "x", "edition": "1", "currency": "CNY", "taxes": {"vat": "13%"}}
"""Head of a case's price list, as far as the case does not write its own."""
DEAL: Mapping[str, Any] = {"deal": "D-1", "date": "2026-01-15", "price_list": "x", "customer": {"name": "ACME"}}
"""Head of a case's deal, as far as the case does not write its own."""
KEYS = {"name", "source", "reasoning", "price_list", "deal", "expect", "xfail"}


@dataclass(frozen=True)
class Case:
    topic: str
    name: str
    reasoning: str
    price_list: Mapping[str, Any]
    deal: Mapping[str, Any]
    expect: Mapping[str, Any]
    xfail: str | None = None

    @property
    def id(self) -> str:
        return f"{self.topic}: {self.name}"


def read_cases(folder: Path = FOLDER) -> list[Case]:
    return [case for path in sorted(folder.glob("*.yaml")) for case in _cases_in(path)]


def _cases_in(path: Path) -> Iterator[Case]:
    for raw in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
        unknown = set(raw) - KEYS
        if (
            unknown
            or not {"name", "price_list", "deal", "expect"} <= set(raw)
            or not {"source", "reasoning"} & set(raw)
        ):
            raise ValueError(f"{path.name}: {raw.get('name')}: a case has {sorted(KEYS)}, not {sorted(raw)}")
        told = raw.get("reasoning") or raw["source"]
        price_list, deal = {**LIST, **raw["price_list"]}, {**DEAL, **raw["deal"]}
        # a product of a case is a licence called as its SKU, unless the case says more
        products = [{"name": p["sku"], "kind": "licence", **p} for p in price_list.get("products", [])]
        yield Case(
            path.stem, raw["name"], told, {**price_list, "products": products}, deal, raw["expect"], raw.get("xfail")
        )


def priced(case: Case, folder: Path) -> dict[str, Any]:
    """The JSON of the case, through files and the public door; where nothing can be priced only its problems."""
    _write(folder / "price_lists" / "x" / "list.yaml", case.price_list)
    _write(folder / "sellers.yaml", {"sellers": {"main": {"name": "Seller"}}})
    _write(folder / "approvals.yaml", {"approvals": []})
    _write(folder / "deal.yaml", case.deal)
    with chdir(folder):  # places are told from here: `deal.yaml:7`
        ready = prepare(folder / "deal.yaml", Workspace((folder,)), TODAY)
        if ready.facts is None:
            return {"problems": [problem_json(p) for p in ready.problems]}
        found = price_json(ready.facts)
    return found | ({"near_misses": near_misses_json(ready.facts)} if "near_misses" in case.expect else {})


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(dict(data), Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8")


# ---- comparing ------------------------------------------------------------------------------------------------------
def differences(expect: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """What the case wants and the JSON does not have. A case that names no problems wants no errors."""
    wanted = dict(expect)
    problems = wanted.pop("problems", None)
    told = [{"code": p} if isinstance(p, str) else p for p in problems or []]
    out = list(_different(wanted, found, ""))
    codes = sorted(p["code"] for p in found["problems"] if problems is not None or p["severity"] == "error")
    if codes != sorted(p["code"] for p in told):
        out.append(f"problems: expected {sorted(p['code'] for p in told)}, found {codes}")
        return out
    by_code = {p["code"]: p for p in found["problems"]}
    return [*out, *(d for p in told for d in _different(p, by_code[p["code"]], f"problems.{p['code']}"))]


def _different(wanted: Any, found: Any, at: str) -> Iterator[str]:
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            where = f"{at}.{key}" if at else key
            if isinstance(found, list) and key.isdigit() and int(key) < len(found):
                yield from _different(value, found[int(key)], f"{at}[{key}]")
            elif isinstance(found, Mapping) and key in found:
                yield from _different(value, found[key], where)
            elif value != "absent":
                yield f"{where}: expected {value}, found nothing"
    elif isinstance(wanted, list):
        if not isinstance(found, list) or len(wanted) != len(found):
            yield f"{at}: expected {len(wanted)} items, found {_text(found)}"
            return
        for index, value in enumerate(wanted):
            yield from _different(value, found[index], f"{at}[{index}]")
    elif wanted != _text(found):
        yield f"{at}: expected {wanted}, found {_text(found)}"


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
