"""What a change means in the house: which field of the deal stood there, and who must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.comparing.returned.findings import Figure, Finding, Owners, Sources
from docgen.comparing.returned.passages import key_of
from docgen.rewording import changed_figures

_DIGITS = re.compile(r"[^0-9.%‰]")


@dataclass(frozen=True, slots=True)
class Teller:
    sources: Sources
    owners: Owners

    def told(self, finding: Finding) -> Finding:
        """The finding with figures, fields and approvers."""
        printed = list(self._printed(finding))
        figures = tuple(Figure(old, new, _field(old, printed)) for old, new in changed_figures(finding.edits))
        gone = [path for value, path in printed if _count(value, finding.old) > _count(value, finding.new)]
        fields = [figure.field for figure in figures if figure.field]
        return replace(
            finding,
            figures=figures,
            fields=tuple(dict.fromkeys([*fields, *gone])) if finding.edits else (),
            approvers=self.owners.get(finding.spot.key, self.owners.get("", ())),
        )

    def _printed(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """Values printed in this very paragraph, then those of its clause."""
        yield from self.sources.get(finding.spot.anchor, ())
        for anchor, values in self.sources.items():
            if anchor != finding.spot.anchor and finding.spot.key and key_of(anchor) == finding.spot.key:
                yield from values


def _field(figure: str, printed: list[tuple[str, str]]) -> str:
    """The field whose printed value is this figure, with or without the sign of the currency."""
    exact = (path for value, path in printed if value == figure)
    digits = _DIGITS.sub("", figure)
    alike = (path for value, path in printed if digits and _DIGITS.sub("", value) == digits)
    return next(exact, "") or next(alike, "")


def _count(value: str, text: str) -> int:
    """How often a value stands in a text: `30` is not in `30%` or `1,300`."""
    before = r"(?<![\d.,])" if value[:1].isdigit() else ""
    after = r"(?![\d%‰]|[.,]\d)" if value[-1:].isdigit() else ""
    return len(re.findall(f"{before}{re.escape(value)}{after}", text)) if value else 0
