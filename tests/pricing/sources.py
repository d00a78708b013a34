"""Where a step, or a rule that gave nothing, says it comes from: the file and line at which the rule really stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Way = tuple[str | int, ...]
AUTOMATIC = ("volume", "term", "promotion")


def misplaced(found: Mapping[str, Any], folder: Path) -> list[str]:
    """Every `source` of a case's JSON that points at something else than the rule it speaks of."""
    files = {name: _File(folder / name) for name in ("deal.yaml", "price_lists/x/list.yaml")}
    out = []
    for line in found.get("lines", ()):
        for told in (*line["steps"], *line["not_taken"]):
            name, _, number = str(told["source"]).rpartition(":")
            ways = files[name].at(int(number)) if name in files else []
            if not any(_is_of(told, line, name, way, files[name].data) for way in ways):
                out.append(f"{told['lane']} {told['name']} of line {line['line']} points at {told['source']}, {ways}")
    return out


class _File:
    """A YAML file, and which of its values stand on which line."""

    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        self.data = yaml.load(text, yaml.BaseLoader)
        self._ways: dict[int, list[Way]] = {}
        for way, line in _places(yaml.compose(text, yaml.BaseLoader), ()):
            self._ways.setdefault(line, []).append(way)

    def at(self, line: int) -> list[Way]:
        return self._ways.get(line, [])


def _places(node: Any, way: Way) -> Iterator[tuple[Way, int]]:
    yield way, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*way, key.value), key.start_mark.line + 1
            yield from _places(value, (*way, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _places(value, (*way, index))


def value_at(data: Any, way: Way) -> Any:
    for key in way:
        data = data[key]
    return data


def _is_of(told: Mapping[str, Any], line: Mapping[str, Any], file: str, way: Way, data: Any) -> bool:
    """Whether a place is that of the rule a step or loser names."""
    value = value_at(data, way)
    lane, root, is_list = told["lane"], way[:1], file.endswith("list.yaml")
    if lane in AUTOMATIC:
        return is_list and root == ("discounts",) and len(way) == 2 and _called(value) >= {told["name"]}
    if lane == "deal" and root == ("discounts",):
        return not is_list and len(way) == 2 and _called(value) >= {told["name"]}
    if lane == "contract":
        return is_list and root == ("contract_prices",) and len(way) == 2 and _agrees(value, told, line)
    if lane in ("list", "tier"):
        is_here = len(way) == 2 or (lane == "tier" and way[2:] == ("tiers",))
        return is_list and is_here and way[0] == "products" and value_at(data, way[:2])["sku"] == line["sku"]
    return (is_list, way[0] if way else "") in _PLACES[lane] and _fits(lane, way, line)


_PLACES: Mapping[str, tuple[tuple[bool, str], ...]] = {
    "bundle": ((True, "bundles"),),
    "negotiated": ((False, "lines"), (False, "alternatives")),
    "deal": ((True, "referral"),),
    "partner": ((True, "partner_tiers"), (False, "partner")),
    "tax": ((True, "taxes"),),
}


def _fits(lane: str, way: Way, line: Mapping[str, Any]) -> bool:
    if lane == "tax":
        return way == ("taxes", line["tax_code"])
    if lane == "partner":
        return len(way) == 2
    if lane == "negotiated":
        return way[-1] in ("discount", "free_months", "upgrade")
    return True


def _called(value: Any) -> set[str]:
    name = value.get("name") if isinstance(value, dict) else None
    return set(name.values()) if isinstance(name, dict) else {name} if isinstance(name, str) else set()


def _agrees(value: Any, told: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    """The agreed price of this product; of several the very one a loser names."""
    return value["sku"] == line["sku"] and Decimal(value["price"]) == Decimal(told.get("price", value["price"]))
