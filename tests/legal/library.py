"""Small clause libraries as files: a workspace of its own, which docgen's library stands behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result
from tests.conftest import ROOT

from docgen.cli.main import cli

CASES = ROOT / "tests" / "cases" / "templates"
TODAY = "2026-11-30"
SOUND = {"zh-CN": "双方应当遵守本合同。", "en": "The Parties shall observe this Agreement."}
TITLES = {"zh-CN": "样例", "en": "Sample"}


def run(workspace: Path, *args: str, today: str = TODAY) -> Result:
    return CliRunner().invoke(cli, ["--workspace", str(workspace), "--today", today, *args], catch_exceptions=False)


def written(library: Mapping[str, Any], folder: Path) -> Path:
    """The library's files in a workspace."""
    clauses = folder / "templates" / "clauses"
    clauses.mkdir(parents=True)
    for number, case in enumerate(library.get("clauses", ())):
        _clause(case, clauses / case["clause"], 5000 + number)
    for name, key in (("_terms.yaml", "terms"), ("_law.yaml", "law")):
        if key in library:
            _dump(clauses / name, library[key])
    if "roles" in library:
        _dump(folder / "approvals.yaml", {"approvals": [], "roles": library["roles"]})
    if "book" in library:
        book = yaml.load((ROOT / "templates/contract/contract.yaml").read_text("utf-8"), yaml.BaseLoader)
        _dump(folder / "templates" / "contract" / "contract.yaml", _laid_over(book, library["book"]))
    return folder


def _clause(case: Mapping[str, Any], folder: Path, order: int) -> None:
    card = {
        "clause": case["clause"],
        "version": "1.0",
        "order": str(order),
        "must": ["licence"],
        "owner": "legal",
        "review_by": "2027-11-30",
        "changes": [{"version": "1.0", "date": "2026-11-30", "note": "First version"}],
        **case.get("card", {}),
    }
    _dump(folder / "clause.yaml", {key: value for key, value in card.items() if value not in (None, "")})
    texts = {name: case[name] for name in SOUND if name in case} | dict(case.get("texts", {}))
    for name in SOUND if set(texts) <= set(SOUND) or "zh-CN" in case or "en" in case else ():
        texts.setdefault(name, SOUND[name])
    for name in case.get("lacks", ()):
        texts.pop(name)
    for name, text in texts.items():
        title = "" if case.get("whole") == "true" else f"# {TITLES[name.split('.')[0]]}\n\n"
        (folder / f"{name}.md").write_text(f"{title}{text.rstrip()}\n", "utf-8")


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {k: _laid_over(below[k], v) for k, v in above.items() if isinstance(v, Mapping) and k in below}
    return {**below, **above, **both}


def _dump(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")


def findings(workspace: Path, *args: str) -> list[dict[str, Any]]:
    """What lint finds in a workspace's own library."""
    result = run(workspace, "templates", "lint", "--format", "json", *args)
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found
