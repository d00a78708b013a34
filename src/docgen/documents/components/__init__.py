"""What words alone cannot make, by the name templates use: `::: slot price-table`. One module and one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from docgen.vocabulary import Audience

if TYPE_CHECKING:
    from docgen.content.blocks import Blocks
    from docgen.documents.page import Page

COMPONENTS: Mapping[str, str] = {
    "cover": "cover:cover",
    "contents": "cover:contents",
    "title": "opening:title_block",
    "key-figures": "opening:key_figures",
    "parties": "opening:parties",
    "alternatives": "alternatives:alternatives",
    "price-table": "price_table:price_table",
    "totals": "totals:totals",
    "optional-items": "price_table:optional_table",
    "payment-plan": "payment_plan:payment_plan",
    "bank-details": "payment_plan:bank_details",
    "signatures": "signatures:signatures",
    "page-break": "drafting:page_break",
    "goals": "story_goals:goals",
    "themes": "story_goals:themes",
    "impact-chain": "story_goals:impact_chain",
    "answer-counts": "story_requirements:answer_counts",
    "answers": "story_requirements:answers",
    "requirement-details": "story_requirements:requirement_details",
    "solution-contents": "story_solution:contents",
    "scope": "story_solution:scope",
    "gantt": "story_plan:gantt",
    "plan-table": "story_plan:plan_table",
    "team": "story_people:team",
    "profile": "story_people:profile",
    "method": "story_people:method",
    "references": "story_people:references",
    "risks": "story_people:risks",
    "evaluation-plan": "story_evaluation:evaluation_plan",
    "estimate": "story_evaluation:estimate",
    "bridge": "story_evaluation:bridge",
    "training": "story_people:training",
    "investment-and-return": "value_summary:investment_and_return",
    "benefit-summary": "value_summary:benefit_summary",
    "value-about": "value_headline:about",
    "value-headline": "value_headline:headline",
    "value-delay": "value_charts:delay",
    "value-benefits": "value_benefits:benefits",
    "value-investment": "value_tables:investment",
    "value-waterfall": "value_charts:waterfall",
    "value-years": "value_tables:years",
    "value-cumulative": "value_timeline:cumulative",
    "value-scenarios": "value_tables:scenarios",
    "value-bands": "value_timeline:bands",
    "value-tornado": "value_charts:tornado",
    "value-delivered": "value_benefits:delivered",
    "value-actual": "value_charts:actual",
    "value-measures": "value_benefits:measures",
    "value-method": "value_tables:method",
    "investment-table": "investment:investment_table",
    "contract-cover": "contract.pages:cover",
    "contract-key-terms": "contract.pages:key_terms",
    "contract-contents": "contract.pages:contents",
    "contract-body": "contract.pages:body",
    "deviations": "contract.deviations:deviations",
    "contract-approvals": "contract.asked:contract_approvals",
    "clause-list": "contract.deviations:clause_list",
    "profit-split": "profit_split:profit_split",
    "split-figures": "profit_split:split_figures",
    "partner-payments": "profit_split:partner_payments",
}
"""Module and function of each, imported when a paper is made: checking a template needs only the names. A module with
a dot stands beside this room, not in it."""


INTERNAL = frozenset(
    {"deviations", "contract-approvals", "clause-list", "profit-split", "split-figures", "partner-payments"}
)
"""Those that show cost, margin or what a partner keeps: only papers for the house may have them."""


def refusal(name: str, audience: Audience) -> tuple[str, dict[str, str]] | None:
    """Why a paper for these readers cannot have this component: a problem's code and its words."""
    if name not in COMPONENTS:
        return "unknown_slot", {"slot": name, "known": "\n".join(COMPONENTS)}
    if name in INTERNAL and audience != "internal":
        return "internal_slot", {"slot": name, "audience": audience}
    return None


def component(name: str) -> Callable[[Page], Blocks]:
    module, function = COMPONENTS[name].split(":")
    room = __name__.rpartition(".")[0] if "." in module else __name__
    found: Callable[[Page], Blocks] = getattr(import_module(f"{room}.{module}"), function)
    return found
