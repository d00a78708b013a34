"""The report CI systems show: one test case for each paper, one for a deal that has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docgen.batch.reports import Report
from docgen.batch.results import BuiltDeal, BuiltPaper
from docgen.locales.problems import describe, dotted
from docgen.problems import Problem


def junit_report(report: Report) -> str:
    left = report.left_problems if report.check else []
    suites = [*(_suite(deal) for deal in report.deals), *(_left_suite(left) for _ in left[:1])]
    tests = sum(len(deal.papers) or 1 for deal in report.deals) + len(left)
    failures = sum(_failures(deal) for deal in report.deals) + len(left)
    errors = sum(deal.is_fault for deal in report.deals)
    head = f'tests="{tests}" failures="{failures}" errors="{errors}" time="{report.seconds:.3f}"'
    body = "\n".join(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="docgen build" {head}>\n{body}\n</testsuites>\n'


def _suite(deal: BuiltDeal) -> str:
    count = f'tests="{len(deal.papers) or 1}" failures="{_failures(deal)}" errors="{int(deal.is_fault)}"'
    cases = "\n".join(_cases(deal))
    return f'<testsuite name={_attribute(deal.file)} {count} time="{deal.seconds:.3f}">\n{cases}\n</testsuite>'


def _left_suite(left: Sequence[Problem]) -> str:
    """For a check, a paper no deal makes any more is as bad as a stale one."""
    cases = "".join(
        f'<testcase classname="left over" name={_attribute(each.params["file"])} time="0">'
        f"{_failure([each])}</testcase>\n"
        for each in left
    )
    count = f'tests="{len(left)}" failures="{len(left)}" errors="0"'
    return f'<testsuite name="left over" {count} time="0">\n{cases}</testsuite>'


def _cases(deal: BuiltDeal) -> Iterator[str]:
    if not deal.papers:
        yield _case(deal, "deal", deal.seconds, _fault(deal) + _failure(deal.problems))
    for paper in deal.papers:
        yield _case(deal, paper.document, paper.seconds, _of_paper(paper) + _said(paper))


def _case(deal: BuiltDeal, name: str, seconds: float, inside: str) -> str:
    about = (
        f'classname={_attribute(deal.file)} name={_attribute(name)} file={_attribute(deal.file)} time="{seconds:.3f}"'
    )
    return f"<testcase {about}>{inside}</testcase>" if inside else f"<testcase {about}/>"


def _failures(deal: BuiltDeal) -> int:
    if not deal.papers:
        return int(deal.has_failed and not deal.is_fault)
    return sum(paper.outcome in ("failed", "stale") for paper in deal.papers)


def _fault(deal: BuiltDeal) -> str:
    return '<error message="docgen met a fault of its own"/>' if deal.is_fault else ""


def _of_paper(paper: BuiltPaper) -> str:
    if paper.outcome == "stale":
        return f'<failure message="stale">{_text(", ".join(paper.files))} would be written anew</failure>'
    return _failure(paper.problems) if paper.outcome == "failed" else ""


def _failure(problems: Iterable[Problem]) -> str:
    lines = [_line(each) for each in problems if each.is_error]
    return f"<failure message={_attribute(lines[0])}>{_text(chr(10).join(lines))}</failure>" if lines else ""


def _said(paper: BuiltPaper) -> str:
    lines = [*paper.files, *(_line(each) for each in paper.problems if not each.is_error)]
    return f"<system-out>{_text(chr(10).join(lines))}</system-out>" if lines else ""


def _line(problem: Problem) -> str:
    message, hint = describe(problem)
    path = f"{dotted(problem)}: " if problem.path else ""
    return f"{problem.place or ''}: {problem.severity}: {path}{message}{f' → {hint}' if hint else ''}"


def _text(value: str) -> str:
    return escape("".join(char if char.isprintable() or char in "\n\t" else "?" for char in value))


def _attribute(value: str) -> str:
    return quoteattr(_text(value).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
