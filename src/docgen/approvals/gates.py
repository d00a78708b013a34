"""Gates: what must be true before a paper is final, beside approvals. Warnings in a draft, exit 3 with --final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from docgen.deal import Deal
from docgen.problems import Problem, problem, warning


def gates(deal: Deal, today: dt.date, document: str, least_stage: Decimal | None) -> Iterator[Problem]:
    """The offer still stands on `today`; the deal has reached the stage the document needs, where it states one. A
    quotation of nothing is an error: a deal may do without lines only for other papers."""
    if document == "quote" and not deal.lines and not deal.alternatives:
        yield problem("no_lines", "lines")
    if today > deal.offered_until:
        key = "valid_until" if deal.valid_until is not None else "date"
        yield warning("offer_expired", key, until=deal.offered_until)
    if least_stage is not None and deal.stage is not None and deal.stage < least_stage:
        yield warning("stage_too_early", "stage", document=document, least=least_stage, stage=deal.stage)
