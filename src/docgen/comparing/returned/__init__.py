"""What a customer changed in a contract before he sent it back: clause by clause, tracked or not.

The draft we sent and the file that came back are both read as Word files; see `docgen.wordfile`. Where a changed figure
came from and who must agree is told by whoever knows: `sources` and `owners`.
"""

from docgen.comparing.returned.answer import returned_json
from docgen.comparing.returned.compare import compare_returned
from docgen.comparing.returned.findings import Figure, Finding, Noted, Owners, Returned, Sources, Spot

__all__ = [
    "Figure",
    "Finding",
    "Noted",
    "Owners",
    "Returned",
    "Sources",
    "Spot",
    "compare_returned",
    "returned_json",
]
