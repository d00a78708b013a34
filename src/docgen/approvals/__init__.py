"""Who must say yes before a paper leaves the house, and why; and who has."""

from docgen.approvals.names import NAMES
from docgen.approvals.review import Approval, Verdict, check_rules, review

__all__ = ["NAMES", "Approval", "Verdict", "check_rules", "review"]
