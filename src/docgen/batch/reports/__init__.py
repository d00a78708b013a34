"""A build as a report: a page for people, JUnit for CI, JSON for programs. A new kind is one module and one line here.

Reports say how long things took, so unlike papers they differ from run to run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.batch.results import BuiltDeal, Summary, left_over_problem
from docgen.problems import Place, Problem
from docgen.source.output import write_file
from docgen.source.workspace import shown_path


@dataclass(frozen=True, slots=True)
class Report:
    """A finished build. `check`: nothing was written, only compared. `left_over`: papers no deal makes any more."""

    deals: tuple[BuiltDeal, ...]
    out: Path
    today: dt.date
    formats: tuple[str, ...]
    check: bool
    seconds: float
    workers: int
    left_over: tuple[str, ...] = ()

    @property
    def summary(self) -> Summary:
        return Summary.of(self.deals)

    @property
    def left_problems(self) -> list[Problem]:
        return [left_over_problem(name, self.out, is_error=self.check) for name in self.left_over]


def _html(report: Report, beside: Path) -> str:
    from docgen.batch.reports.html import html_report

    return html_report(report, beside)


def _junit(report: Report, beside: Path) -> str:
    from docgen.batch.reports.junit import junit_report

    return junit_report(report)


def _json(report: Report, beside: Path) -> str:
    from docgen.batch.reports.json import json_report

    return json_report(report)


REPORTS: Mapping[str, Callable[[Report, Path], str]] = {".html": _html, ".xml": _junit, ".json": _json}
"""By the ending of the file; the folder it stands in, for links."""


def write_report(report: Report, file: Path) -> list[Problem]:
    """Write it as the file's name says; why not, if it cannot be."""
    text = REPORTS[file.suffix.lower()](report, file.absolute().parent)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text.encode("utf-8", "replace"))
    except OSError as error:
        shown = shown_path(file)
        reason = error.strerror or type(error).__name__
        return [Problem("cannot_write", params={"file": shown, "reason": reason}, place=Place(shown))]
    return []
