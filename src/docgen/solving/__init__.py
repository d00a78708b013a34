"""Goal seek: the discounts that reach a net total, a margin, or the deepest point that asks nobody anew.

`solve(deal, catalog, rule_sets, goal)` gives up to three proposals. Each is a deal of its own, priced again by the same
engine that prices every quotation; that pricing is its proof.
"""

from docgen.solving.answer import answer_json, discount_as_written
from docgen.solving.goals import Goal, MarginGoal, NetGoal, NoApprovalGoal
from docgen.solving.proposals import Answer, Beyond, Edit, Proposal
from docgen.solving.solve import solve

__all__ = [
    "Answer",
    "Beyond",
    "Edit",
    "Goal",
    "MarginGoal",
    "NetGoal",
    "NoApprovalGoal",
    "Proposal",
    "answer_json",
    "discount_as_written",
    "solve",
]
