"""A deal that tells everything a proposal may tell, and ways to take parts of it away."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen.documents.manifest import Manifest, find_manifest
from docgen.facts import Facts
from docgen.pipeline import Papers, prepare, produce
from docgen.reading import Workspace
from tests.safety.house import TODAY, deal, furnish, sellers

STORY: dict[str, Any] = {
    "summary": "The situation in a few sentences.",
    "win_themes": [{"claim": "One plan for both plants", "proof": "Shown on 14 October with real orders."}],
    "initiatives": [{"name": "Deliver on time", "owner": "Production", "deadline": "2027-09-30"}],
    "impact_chain": [
        {"role": "Managing director", "pain": "Margin falls"},
        {"role": "Finance director", "pain": "Stock grows", "causes": ["Safety stock by habit"]},
        {"role": "Production manager", "pain": "Plans change daily"},
        {"role": "IT manager", "pain": "Systems apart", "reaches": ["Finance director", "Production manager"]},
    ],
    "requirements": [
        {"id": "R1", "text": "One set of books", "answer": "full", "lines": ["P-LIC"], "part": "applications"},
        {"id": "R2", "text": "An interface", "answer": "custom", "why": "Built in ten days"},
        {"id": "R3", "text": "A portal", "answer": "no", "why": "Not before next year"},
    ],
    "solution": {"summary": "Software and people.", "applications": "Modules for all."},
    "scope": {"in": ["Both plants"], "out": ["The portal"]},
    "plan_starts": "2027-01-04",
    "plan": [
        {
            "id": "P1",
            "name": "Blueprint",
            "start_month": 1,
            "months": 2,
            "seller": "Workshops",
            "payment": "payment.first",
        },
        {
            "id": "P2",
            "name": "Go-live",
            "start_month": 3,
            "months": 4,
            "milestone": "All live",
            "payment": "payment.rest",
        },
    ],
    "team": [{"name": "Xu Li", "role": "Project lead", "confirmed": "true"}],
    "references": ["cookware-2025"],
    "risks": [{"text": "Data are poor", "owner": "Both", "answer": "Clean them first"}],
    "assumptions": ["The plant opens in June"],
    "support": ["Twelve months of warranty"],
    "training": [{"name": "Key users", "who": "Eight people"}],
    "next_steps": ["Meeting on 1 December"],
}
VALUE: dict[str, Any] = {
    "maturity": "proven",
    "discount_rate": "10%",
    "go_live_month": 6,
    "benefits": [
        {
            "id": "stock",
            "name": "Less stock",
            "per_year": 900000,
            "owner": "Finance director",
            "evidence": "Accounts of 2025",
            "status": "agreed",
        }
    ],
}
WHY = {"event": "A new plant opens", "deadline": "2027-06-30", "consequence": "Orders will be late"}
PROFILE = {
    "about": "A house of consultants.",
    "figures": [{"label": "Founded", "value": "2009"}, {"label": "People", "value": "120"}],
}
METHOD = [{"step": "Start", "seller": "Sets up the team", "output": "Charter"}]


def told_deal() -> dict[str, Any]:
    """A deal with a story, a value model, a reason to act now."""
    made = deal(lambda field: field)
    return {
        **made,
        "stage": "6",
        "opportunity": {"expected_close": "2026-12-20", "why_now": copy.deepcopy(WHY)},
        "value": copy.deepcopy(VALUE),
        "story": copy.deepcopy(STORY),
    }


def told_sellers() -> dict[str, Any]:
    made = sellers()
    made["sellers"]["main"] |= {"profile": PROFILE, "method": METHOD}
    return made


def house(folder: Path, the_deal: dict[str, Any], profiles: dict[str, Any] | None = None) -> tuple[Path, Workspace]:
    path = furnish(folder, json.dumps(the_deal), profiles=profiles or told_sellers())
    return path, Workspace.for_deal(path)


def facts_of(path: Path, workspace: Workspace) -> Facts:
    ready = prepare(path, workspace, TODAY)
    assert ready.facts is not None and not ready.has_errors, ready.problems
    return ready.facts


def proposal(
    folder: Path, the_deal: dict[str, Any], formats: Sequence[str] = ("txt",), document: str = "proposal", **more: Any
) -> Papers:
    path, workspace = house(folder, the_deal, more.pop("profiles", None))
    return produce(facts_of(path, workspace), document, workspace, today=TODAY, formats=formats, **more)


def text_of(papers: Papers) -> str:
    return papers.files["txt"].decode()


def manifest(folder: Path, document: str = "proposal") -> Manifest:
    found, problems = find_manifest(document, Workspace.for_deal(folder / "deal.yaml").template_folders())
    assert found is not None, problems
    return found.manifest
