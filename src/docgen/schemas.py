"""JSON Schemas of the files people write, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from docgen.catalog import Catalog
from docgen.deal import Deal
from docgen.values import SECTION, Section
from docgen.vocabulary import Policies

_MODELS: dict[str, type[BaseModel]] = {"deal": Deal, "price-list": Catalog, "approvals": Policies}


def schema(kind: str) -> dict[str, Any]:
    """The schema of `deal`, `price-list` or `approvals`; sections with a grammar of their own are folded in."""
    model = _MODELS[kind]
    found = model.model_json_schema(by_alias=True, mode="validation")
    definitions = found.setdefault("$defs", {})
    for info in model.model_fields.values():
        section = next((m for m in info.metadata if isinstance(m, Section)), None)
        if section is not None:
            own = section.model.model_json_schema(by_alias=True, mode="validation")
            definitions |= own.pop("$defs", {})
            definitions[section.name] = own
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_linked(found)}


def _linked(node: Any) -> Any:
    """Every place of a section becomes a reference to its definition."""
    if isinstance(node, list):
        return [_linked(item) for item in node]
    if not isinstance(node, dict):
        return node
    if SECTION in node:
        return {"$ref": f"#/$defs/{node[SECTION]}"}
    return {key: _linked(value) for key, value in node.items()}
