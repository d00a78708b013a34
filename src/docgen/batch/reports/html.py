"""The report for people: one page that needs nothing else, calm on a screen and on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from docgen.batch.reports import Report
from docgen.batch.results import BuiltDeal, BuiltPaper, Summary
from docgen.locales.problems import describe, dotted
from docgen.problems import Problem

_STYLE = """
:root{color-scheme:light;--ink:#1f2937;--quiet:#6b7280;--rule:#e5e7eb;--bad:#b42318;--warn:#92610a;--good:#27603f}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI","Microsoft YaHei",
"Noto Sans SC",sans-serif}
main{max-width:62rem;margin:0 auto;padding:3rem 1.5rem 5rem}
h1{font-size:1.5rem;font-weight:600;margin:0}
h2{font-size:1rem;font-weight:600;margin:2.6rem 0 .2rem}
p{margin:.2rem 0}
.quiet,th{color:var(--quiet)}
.figures{display:flex;flex-wrap:wrap;gap:.6rem 2.6rem;margin:1.6rem 0 0;padding:0;list-style:none}
.figures b{display:block;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
table{border-collapse:collapse;width:100%;margin:.4rem 0 0}
th{font-weight:400;text-align:left;font-size:.85rem}
td,th{padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
.figure{text-align:right;font-variant-numeric:tabular-nums;padding-right:0}
th:nth-child(1){width:30%}th:nth-child(2){width:14%}th:nth-child(3){width:12%}th:nth-child(5){width:8%}
a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:.2em}
a:hover{text-decoration-color:currentColor}
ul.found{margin:.5rem 0 0;padding:0;list-style:none}
ul.found li{margin:.35rem 0;padding-left:.8rem;border-left:2px solid var(--rule)}
code{font:13px/1.5 ui-monospace,"SFMono-Regular",Consolas,monospace;color:var(--quiet);overflow-wrap:anywhere}
@media(max-width:40rem){main{padding:1.5rem 1rem}td,th{padding-right:.5rem}}
@media print{main{max-width:none;padding:0}tr,li{break-inside:avoid}}
"""
_LOOKS = {"written": "good", "unchanged": "quiet", "stale": "warn", "failed": "bad"}


def html_report(report: Report, beside: Path) -> str:
    """The whole page; links lead from the folder `beside` to the papers."""
    left = "".join(_found(each) for each in report.left_problems)
    parts = [f'<section><h2>Left over</h2><ul class="found">{left}</ul></section>'] if left else []
    body = "\n".join([*parts, *(_deal(each, report, beside) for each in _worst_first(report.deals))])
    title = "docgen build: " + _verdict(report)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body><main>\n{_head(report)}\n{body}\n</main></body></html>\n"
    )


def _worst_first(deals: tuple[BuiltDeal, ...]) -> list[BuiltDeal]:
    """What somebody must look at stands at the top."""
    return sorted(deals, key=lambda deal: (not deal.has_failed, not any(p.outcome == "stale" for p in deal.papers)))


def _verdict(report: Report) -> str:
    summary = report.summary
    stale, failed = summary.outcomes["stale"], summary.failed_deals
    told = [f"{failed} of {summary.deals} deals failed"] * bool(failed) + [f"{stale} papers are stale"] * bool(stale)
    told += [f"left over: {_count(len(report.left_over), 'file')}"] * bool(report.left_over)
    return ", ".join(told) or "all papers are as they should be"


def _head(report: Report) -> str:
    summary = report.summary
    bad = summary.failed_deals or summary.outcomes["stale"] or report.left_over
    what = "compared, nothing written" if report.check else "written"
    about = f"{', '.join(report.formats)} · {what} · as of {report.today.isoformat()}"
    return (
        f'<h1>Papers of {_count(summary.deals, "deal")}</h1><p class="{"bad" if bad else "good"}">'
        f'{escape(_verdict(report))}</p><p class="quiet">{escape(about)}</p>{_figures(report, summary)}'
    )


def _figures(report: Report, summary: Summary) -> str:
    known = [(name, summary.outcomes[name]) for name in ("written", "unchanged", "stale", "failed")]
    cells = [("papers", str(summary.papers)), *((name, str(number)) for name, number in known if number)]
    cells += [("drafts", str(summary.drafts))] * bool(summary.drafts)
    cells += [(f"seconds, {_count(report.workers, 'worker')}", f"{report.seconds:.1f}")]
    return '<ul class="figures">' + "".join(f"<li><b>{value}</b>{escape(name)}</li>" for name, value in cells) + "</ul>"


def _deal(deal: BuiltDeal, report: Report, beside: Path) -> str:
    heads = '<tr><th>paper</th><th>outcome</th><th>state</th><th>files</th><th class="figure">seconds</th></tr>'
    rows = "".join(_row(paper, report, beside) for paper in deal.papers)
    table = f"<table>{heads}{rows}</table>" if rows else ""
    found = "".join(_found(each) for each in deal.told())
    listed = f'<ul class="found">{found}</ul>' if found else ""
    head = f"<h2>{escape(deal.number or '?')}</h2><p><code>{escape(deal.file)}</code></p>"
    return f"<section>{head}{table}{listed}</section>"


def _row(paper: BuiltPaper, report: Report, beside: Path) -> str:
    seconds = f"{paper.seconds:.2f}" if paper.seconds else ""
    files = " · ".join(_links(paper, report, beside))
    return (
        f'<tr><td>{escape(paper.document)}</td><td class="{_LOOKS[paper.outcome]}">{paper.outcome}</td>'
        f"<td>{escape(paper.state if paper.outcome != 'failed' else '')}</td><td>{files}</td>"
        f'<td class="figure">{seconds}</td></tr>'
    )


def _links(paper: BuiltPaper, report: Report, beside: Path) -> Iterator[str]:
    for name in paper.files:
        target = Path(os.path.relpath((report.out / name).absolute(), beside)).as_posix()
        shown = Path(name).suffix.removeprefix(".")
        there = (report.out / name).is_file()
        yield (
            f'<a href="{escape(quote(os.fsencode(target)))}" title="{escape(name)}">{shown}</a>'
            if there
            else escape(shown)
        )


def _found(problem: Problem) -> str:
    message, hint = describe(problem)
    look = "bad" if problem.is_error else "warn"
    path = f"{dotted(problem)}: " if problem.path else ""
    way = f' <span class="quiet">{escape(hint)}</span>' if hint else ""
    place = f"<code>{escape(str(problem.place))}</code><br>" if problem.place else ""
    return f'<li>{place}<span class="{look}">{problem.severity}</span> {escape(path + message)}{way}</li>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
