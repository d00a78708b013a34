"""The findings as JSON: stable keys for other programs."""

from __future__ import annotations

from typing import Any

from docgen.comparing.returned.findings import Finding, Returned, Spot
from docgen.wordfile import Change


def returned_json(returned: Returned) -> dict[str, Any]:
    return {
        "unchanged": returned.is_unchanged,
        "silent": returned.silent,
        "findings": [_finding(each) for each in returned.findings],
        "comments": [
            {**_spot(each.spot), "author": each.author, "date": each.date, "text": each.text, "about": each.about}
            for each in returned.remarks
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.replace(" ", "_"),
        **_spot(finding.spot),
        "within": finding.within or None,
        "how": finding.how,
        "by": [_change(each) for each in finding.by],
        "old": finding.old or None,
        "new": finding.new or None,
        "edits": [{"old": each.old, "new": each.new} for each in finding.edits if each.is_change],
        "figures": [
            {"old": each.old or None, "new": each.new or None, "field": each.field or None} for each in finding.figures
        ],
        "fields": list(finding.fields),
        "approvers": list(finding.approvers),
        "now_after": finding.now_after or None,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "clause": spot.key or None,
        "number": spot.number or None,
        "title": spot.title or None,
        "anchor": spot.anchor or None,
        "behind": spot.after,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"author": change.author, "date": change.date or None}
