"""Which words bind: the clauses a deal's contract holds, and why."""

from docgen.contract.draft import Deviation, Draft, draft
from docgen.contract.gather import gather
from docgen.contract.library import Library
from docgen.contract.sides import Sides

__all__ = ["Deviation", "Draft", "Library", "Sides", "draft", "gather"]
