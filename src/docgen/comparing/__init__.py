"""What changed between two deals, as values: money, lines, terms, alternatives, approvals.

`compare(before, after)` reads two Facts and knows no file and no terminal; `answer` gives its stable JSON.
"""

from docgen.comparing.compare import answer, compare
from docgen.comparing.difference import AlternativeChange, Asked, Change, Difference, Figure, LineChange, Value

__all__ = ["AlternativeChange", "Asked", "Change", "Difference", "Figure", "LineChange", "Value", "answer", "compare"]
