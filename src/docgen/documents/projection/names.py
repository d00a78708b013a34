"""Every name a template may print or ask for, without any deal: what a company's letter is held against.

A test holds it against what `project` really gives. Codes of the deal file (`start`, `mode`) stand here only as
something to ask for: nobody reads them on a paper.
"""

from __future__ import annotations

from collections.abc import Mapping

_TEXTS = """
    number title date valid_until currency total total_in_words total_before_tax total_tax recommended end_customer
    customer.name customer.address customer.tax_id customer.contact.name customer.contact.title
    seller.name seller.address seller.tax_id seller.website seller.phone seller.email seller.about
    seller.bank.name seller.bank.account
    prepared_by.name prepared_by.title prepared_by.phone prepared_by.email
    terms.delivery terms.price terms.acceptance.days terms.acceptance.retests terms.acceptance.criteria
    terms.warranty.months terms.renewal.months terms.renewal.from terms.renewal.amount terms.renewal.uplift
    story.summary story.solution.summary story.solution.services story.solution.systems story.solution.applications
    story.solution.management story.plan.starts story.plan.ends story.plan.months story.plan.steps
    story.consent.by story.consent.date story.why_now.event story.why_now.deadline story.why_now.consequence
    story.answers.full story.answers.configuration story.answers.custom story.answers.partial story.answers.no
    story.answers.total story.answers.met story.answers.open
    value.tbb value.tco value.npv value.roi value.payback value.payback_go_live value.cost_of_delay value.horizon
    value.go_live value.rate value.convention value.maturity value.low value.high value.conservative value.optimistic
    value.enough value.delivered.plan value.delivered.actual value.delivered.variance
"""
PRINTED = frozenset(_TEXTS.split())
"""Texts and numbers."""

_SWITCHES = """
    taxed tax_inclusive recurring has_optional has_payments terms.acceptance.working_days terms.acceptance.deemed
    terms.warranty.start terms.renewal.mode story.team story.risks story.training
    value.pays value.is_estimate value.state value.ranges value.flows value.own value.quoted value.with_options
    value.taxed value.runs_on
"""
ASKED = frozenset(_SWITCHES.split())
"""What only decides: yes or no, and codes."""

_LINE = ("number sku name description note quantity unit_price discount net tax_rate starts ends", "is_part")

REPEATED: Mapping[str, tuple[str, str, str]] = {
    "lines": ("line", *_LINE),
    "optional_lines": ("line", *_LINE),
    "payments": ("payment", "name due share amount", ""),
    "alternatives": ("alternative", "name total", "recommended"),
    "terms.notes": ("note", "", ""),
    "story.goals": ("goal", "name result work deadline", ""),
    "story.people": ("person", "", ""),
    "story.themes": ("theme", "claim proof", ""),
    "story.scope.inside": ("item", "", ""),
    "story.scope.out": ("item", "", ""),
    "story.plan.milestones": ("milestone", "", ""),
    "story.assumptions": ("assumption", "", ""),
    "story.support": ("item", "", ""),
    "story.next_steps": ("step", "", ""),
    "story.references": ("reference", "customer title industry result", ""),
    "value.benefits": ("benefit", "", ""),
    "value.unquantified": ("item", "", ""),
    "value.assumptions": ("assumption", "", ""),
}
"""Lists: what one of them is called, its words, what only decides. Where an item has no words it is one itself."""


def groups(names: frozenset[str]) -> frozenset[str]:
    """What names stand under: `seller.bank` of `seller.bank.account`."""
    return frozenset(name[:at] for name in names for at, sign in enumerate(name) if sign == ".")
