"""Value cases as people write them (tests/cases/value), run through files and the public door."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from docgen.answers import problem_json
from docgen.pipeline import prepare
from docgen.reading import Workspace
from docgen.value_answers import value_json

FOLDER = Path(__file__).parents[1] / "cases" / "value"
TODAY = dt.date(2026, 1, 15)
KEYS = {"name", "source", "reasoning", "value", "lines", "products", "deal", "expect"}
DEAL = {"deal": "D-1", "date": "2026-01-15", "price_list": "x", "language": "en", "customer": {"name": "ACME"}}
LIST = {"price_list": "x", "edition": "1", "currency": "CNY", "taxes": {"vat": "13%"}}


@dataclass(frozen=True)
class Case:
    topic: str
    name: str
    told: str
    deal: Mapping[str, Any]
    products: list[Any]
    expect: Mapping[str, Any]

    @property
    def id(self) -> str:
        return f"{self.topic}: {self.name}"


def read_cases(folder: Path = FOLDER) -> list[Case]:
    return [case for path in sorted(folder.glob("*.yaml")) for case in _cases_in(path)]


def _cases_in(path: Path) -> Iterator[Case]:
    for raw in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
        if set(raw) - KEYS or not {"name", "value", "expect"} <= set(raw) or not {"source", "reasoning"} & set(raw):
            raise ValueError(f"{path.name}: {raw.get('name')}: a case has {sorted(KEYS)}, not {sorted(raw)}")
        told = " · ".join(raw[key] for key in ("source", "reasoning") if key in raw)
        deal = {**DEAL, **raw.get("deal", {}), "value": raw["value"]}
        if "lines" in raw:
            deal["lines"] = raw["lines"]
        products = [{"name": p["sku"], "kind": "licence", "tax": "vat", **p} for p in raw.get("products", [])]
        yield Case(path.stem, raw["name"], told, deal, products, raw["expect"])


def valued(case: Case, folder: Path) -> dict[str, Any]:
    """The JSON of a case; where there is nothing to value only its problems."""
    return valued_deal(case.deal, folder, case.products)


def valued_deal(deal: Mapping[str, Any], folder: Path, products: list[Any] | None = None) -> dict[str, Any]:
    _write(folder / "price_lists" / "x" / "list.yaml", {**LIST, "products": products or []})
    _write(folder / "sellers.yaml", {"sellers": {"main": {"name": "Seller"}}})
    _write(folder / "approvals.yaml", {"approvals": []})
    _write(folder / "deal.yaml", deal)
    ready = prepare(folder / "deal.yaml", Workspace((folder,)), TODAY)
    if ready.facts is None or ready.facts.value is None:
        return {"problems": [problem_json(p) for p in ready.problems]}
    return value_json(ready.facts, ready.facts.value)


def _write(path: Path, data: Mapping[str, Any]) -> None:
    """JSON, which YAML reads as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")


def resolved(wanted: Any, found: Any) -> Any:
    """The expectation with every `~0.145` that is met replaced by the figure found."""
    if isinstance(wanted, Mapping):
        return {key: resolved(value, _part(found, key)) for key, value in wanted.items()}
    if isinstance(wanted, list):
        return [resolved(value, _part(found, str(index))) for index, value in enumerate(wanted)]
    if isinstance(wanted, str) and wanted.startswith("~") and isinstance(found, str):
        near = Decimal(wanted[1:])
        return found if Decimal(found).quantize(near, ROUND_HALF_UP) == near else wanted
    return wanted


def _part(found: Any, key: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(key)
    if isinstance(found, list) and key.isdigit() and int(key) < len(found):
        return found[int(key)]
    return None
