"""The report for programs. Keys stay; new ones may come.

    {"version": 1, "today": day, "check": false, "seconds": 2.3, "workers": 2,
     "summary": {"deals", "failed_deals", "papers", "drafts", "written", "unchanged", "stale", "failed"},
     "deals": [{"file", "deal", "seconds", "fault", "problems": [problem],
                "papers": [{"document", "outcome", "state", "files", "seconds", "problems": [problem]}]}],
     "left_over": [file]}

A problem is written as by `docgen check --format json`.
"""

from __future__ import annotations

import json
from typing import Any

from docgen.answers import problem_json
from docgen.batch.reports import Report
from docgen.batch.results import BuiltDeal, BuiltPaper


def json_report(report: Report) -> str:
    summary = report.summary
    data = {
        "version": 1,
        "today": report.today.isoformat(),
        "check": report.check,
        "seconds": round(report.seconds, 3),
        "workers": report.workers,
        "summary": {
            "deals": summary.deals,
            "failed_deals": summary.failed_deals,
            "papers": summary.papers,
            "drafts": summary.drafts,
            **{each: summary.outcomes[each] for each in ("written", "unchanged", "stale", "failed")},
        },
        "deals": [_deal(each) for each in report.deals],
        "left_over": list(report.left_over),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _deal(deal: BuiltDeal) -> dict[str, Any]:
    return {
        "file": deal.file,
        "deal": deal.number,
        "seconds": round(deal.seconds, 3),
        "fault": deal.is_fault,
        "problems": [problem_json(each) for each in deal.problems],
        "papers": [_paper(each) for each in deal.papers],
    }


def _paper(paper: BuiltPaper) -> dict[str, Any]:
    return {
        "document": paper.document,
        "outcome": paper.outcome,
        "state": paper.state,
        "files": list(paper.files),
        "seconds": round(paper.seconds, 3),
        "problems": [problem_json(each) for each in paper.problems],
    }
