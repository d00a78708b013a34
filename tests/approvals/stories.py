"""Approval stories a price manager can read and extend; `tests/cases/approvals/README.md` tells how one is written.

A story is played through the real command line, on files in a folder of its own. Every scalar is read as text.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from docgen.locales.problems import _sentences
from tests.approvals import keys
from tests.conftest import ROOT
from tests.safety.house import call

FOLDER = Path(__file__).parents[1] / "cases" / "approvals"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Data = dict[str, Any]

LIST: Data = {
    "price_list": "x",
    "edition": "1",
    "currency": "CNY",
    "taxes": {"goods": "13%", "services": "6%"},
    "products": [
        {"sku": "LIC", "name": "Licence", "kind": "licence", "unit": "user", "price": "100", "tax": "goods"},
        {"sku": "SRV", "name": "Service", "kind": "service", "unit": "day", "price": "1000", "tax": "services"},
        {
            "sku": "SUB",
            "name": "Subscription",
            "kind": "subscription",
            "unit": "user",
            "per": "month",
            "price": "10",
            "tax": "services",
        },
    ],
}
"""The price list of every story, as far as it does not write its own keys."""
DEAL: Data = {
    "deal": "D-1",
    "language": "en",
    "date": "2026-11-20",
    "price_list": "x",
    "customer": {"name": "ACME"},
    "lines": [{"sku": "LIC", "quantity": "100", "discount": "25%", "because": "first customer"}],
}
"""The deal of every story, as far as it does not write its own keys: 100 × 100.00 at 25 % off."""
RULE: Data = {"chain": "price", "because": "policy"}
KEYS = {"name", "reasoning", "rules", "company", "roles", "price_list", "deal", "steps"}
DECISIONS = ("approve", "reject", "revoke")
VERBS = {
    *DECISIONS,
    "expect",
    "asked",
    "recorded",
    "change",
    "change_rules",
    "change_roles",
    "change_list",
    "papers",
    "final",
    "verify",
}


@dataclass(frozen=True)
class Story:
    topic: str
    name: str
    reasoning: str
    files: Mapping[str, Data]
    steps: Sequence[Mapping[str, Any]]

    @property
    def id(self) -> str:
        return f"{self.topic}: {self.name}"


def read_stories(folder: Path = FOLDER) -> list[Story]:
    return [story for path in sorted(folder.glob("*.yaml")) for story in _stories_in(path)]


def _stories_in(path: Path) -> Iterator[Story]:
    for raw in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
        verbs = {verb for step in raw.get("steps", []) for verb in step} - {"refused"}
        if set(raw) - KEYS or not {"name", "reasoning", "steps"} <= set(raw) or verbs - VERBS:
            raise ValueError(f"{path.name}: {raw.get('name')}: unknown {sorted(set(raw) - KEYS | verbs - VERBS)}")
        yield Story(path.stem, raw["name"], raw["reasoning"], _files(raw), raw["steps"])


def _files(raw: Data) -> dict[str, Data]:
    price_list = {**LIST, **raw.get("price_list", {}), "approvals": _rules(raw.get("rules", []))}
    if raw.get("company") == "packaged":
        company = yaml.load((ROOT / "approvals.yaml").read_text("utf-8"), yaml.BaseLoader)
    else:
        company = {"approvals": _rules(raw.get("company", [])), "roles": raw.get("roles", {})}
    return {"list": price_list, "company": company, "deal": {**copy.deepcopy(DEAL), **raw.get("deal", {})}}


def _rules(rules: Sequence[Data]) -> list[Data]:
    return [{**RULE, **rule} for rule in rules]


# ---- playing --------------------------------------------------------------------------------------------------------
class Stage:
    """The files of one story in a folder, and what its steps do to them."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.folder, self.files = folder, copy.deepcopy(dict(story.files))
        self._key_files = keys.write(folder / "keys")
        for name in self.files:
            self._write(name)

    def _write(self, name: str) -> None:
        path = {"list": "price_lists/x/list.yaml", "company": "approvals.yaml", "deal": "deal.yaml"}[name]
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        data = keys.filled_in(self.files[name]) if name == "company" else self.files[name]
        (self.folder / path).write_text(yaml.dump(data, Dumper=DUMPER, allow_unicode=True, sort_keys=False), "utf-8")
        (self.folder / "sellers.yaml").write_text("sellers: {main: {name: Seller}}\n", "utf-8")

    def docgen(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return call(*arguments, cwd=self.folder)

    def play(self, step: Mapping[str, Any]) -> str | None:
        """Do one step; what went otherwise than the story says, or None."""
        verb = next(key for key in step if key != "refused")
        what = step[verb]
        if verb in DECISIONS:
            return self._decide(verb, what, step.get("refused"))
        if verb.startswith("change"):
            self._change(verb, what)
            return None
        if verb == "asked":
            return "; ".join(_missing(what, {a["rule"]: a for a in self._asked()}, "asked")) or None
        if verb == "recorded":
            return "; ".join(_missing(what, self.recorded(), "recorded")) or None
        found = {"expect": self.statuses, "papers": self._papers, "final": self._final, "verify": self._verify}[verb]()
        wanted = {k: _worded(v) for k, v in what.items()} if isinstance(what, dict) else what
        return None if found == wanted else f"{verb}: expected {wanted}, found {found}"

    def _decide(self, verb: str, what: Mapping[str, str], refused: str | None) -> str | None:
        options = [
            part for name in ("as", "by", "rule", "comment") if name in what for part in (f"--{name}", what[name])
        ]
        if "key" in what:
            options += ["--key", str(self._key_files[what["key"]])]
        done = self.docgen(verb, "deal.yaml", *options)
        if refused is None:
            return None if done.returncode == 0 else f"{verb} exits with {done.returncode}: {done.stderr}"
        if done.returncode == 1 and sentence(refused).search(done.stderr):
            return None
        return f"{verb} should be refused with {refused}, exits with {done.returncode}: {done.stdout}{done.stderr}"

    def _change(self, verb: str, what: Any) -> None:
        name = {"change": "deal", "change_rules": "list", "change_roles": "company", "change_list": "list"}[verb]
        if verb == "change_rules":
            self.files["list"]["approvals"] = _rules(what)
        elif verb == "change_roles":
            self.files["company"]["roles"] = what
        else:
            for path, value in what.items():
                put(self.files[name], path, value)
        self._write(name)

    def statuses(self) -> dict[str, str]:
        done = self.docgen("approvals", "deal.yaml", "--format", "json")
        if done.returncode:
            return {"": done.stderr}
        asked = json.loads(done.stdout)
        return {
            a["rule"]: _worded(f"{a['status']} by {a['broken_by']}" if a["broken_by"] else a["status"]) for a in asked
        }

    def _asked(self) -> list[Data]:
        done = self.docgen("approvals", "deal.yaml", "--format", "json")
        found: list[Data] = json.loads(done.stdout) if done.returncode == 0 else []
        return found

    def recorded(self) -> dict[str, Data]:
        """The last entry about each rule."""
        record = yaml.load((self.folder / "deal.approvals.yaml").read_text("utf-8"), yaml.BaseLoader)
        return {entry["rule"]: entry for entry in record["approvals"]}

    def _papers(self) -> str:
        done = self.docgen("quote", "deal.yaml", "--format", "txt")
        if done.returncode:
            return done.stderr
        number = self.files["deal"]["deal"]
        return "draft" if "DRAFT" in (self.folder / f"out/{number}-quote.txt").read_text("utf-8") else "clear"

    def _final(self) -> str:
        return str(self.docgen("quote", "deal.yaml", "--format", "txt", "--final", "--out", "final").returncode)

    def _verify(self) -> str:
        return str(self.docgen("approvals", "deal.yaml", "--verify").returncode)


def _missing(wanted: Any, found: Any, at: str) -> Iterator[str]:
    """What a story names and the JSON has not; what a rule looked at is compared as a whole."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        if at.endswith(".looked_at") and set(found) != set(wanted):
            yield f"{at}: expected {sorted(wanted)}, found {sorted(found)}"
        for key, value in wanted.items():
            yield from _missing(value, found.get(key), f"{at}.{key}")
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, (own, other) in enumerate(zip(wanted, found, strict=True)):
            yield from _missing(own, other, f"{at}.{number}")
    elif wanted != ("null" if found is None else str(found)):
        yield f"{at}: expected {wanted}, found {found}"


def _worded(status: str) -> str:
    return status.replace("_", " ")


def put(data: Any, path: str, value: Any) -> None:
    """`lines.0.discount: 22%` into a tree; `null` takes the key away."""
    *way, last = path.split("/") if "/" in path else path.split(".")
    for key in way:
        data = data[int(key)] if isinstance(data, list) else data.setdefault(key, {})
    if value == "null":
        data.pop(int(last) if isinstance(data, list) else last)
    elif isinstance(data, list):
        data[int(last) : int(last) + 1] = [value]
    else:
        data[last] = value


@cache
def sentence(code: str) -> re.Pattern[str]:
    """The sentence of a problem, with anything where it mentions something."""
    message = _sentences("en")[code]["message"]
    return re.compile(".*".join(re.escape(part) for part in re.split(r"\{\w+\}", message)))
