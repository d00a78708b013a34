"""Rows 1, 2 and 8: one process for one paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from contenders import FORMATS, writing
from report import Report, against
from running import DEAL, ROOT, Command, docgen, interleaved, python, run

CONTRACT = ROOT / "samples" / "contracts" / "trial-plain" / "deal.yaml"
BILINGUAL = ROOT / "samples" / "contracts" / "mixed-bilingual" / "deal.yaml"


def quotations(report: Report, peers: Sequence[str], folder: Path, rounds: int) -> None:
    data, out = folder / "data.json", folder / "out"
    jobs: dict[str, Command] = {
        "docgen quote, both": docgen("quote", DEAL, "--out", out),
        "docgen quote, docx": docgen("quote", DEAL, "--out", out, "--format", "docx"),
        "docgen quote, pdf": docgen("quote", DEAL, "--out", out, "--format", "pdf"),
    }
    jobs |= {peer: writing(peer, data, folder / f"{peer}.{FORMATS[peer]}") for peer in peers}
    jobs |= {"docgen --help": docgen("--help"), "docgen check": docgen("check", DEAL)}
    jobs |= {"python -c pass": [python("")[0], "-c", "pass"]}
    got = interleaved(jobs, rounds)
    report.say(
        "## Cold",
        "",
        f"One process each, {rounds} interleaved rounds, the 27-line quotation of "
        "`samples/huarui-erp`. docgen reads YAML, prices, reviews and writes; the peers are given finished text.",
    )
    report.costs("process", got)
    both, nothing = got["docgen quote, both"], got["python -c pass"]
    for pair, must, goal in ((("docxtpl", "weasyprint"), "≤ 0.6", ""), (("docxtpl", "typst"), "", "≤ 0.9")):
        ratio = against(both, [got[peer] for peer in pair]) if set(pair) <= set(peers) else {}
        report.target("1", f"cold quote, both formats, against {' + '.join(pair)}", ratio, must, goal)
    for name, must, goal in (("docgen --help", "≤ 10", "≤ 5"), ("docgen check", "≤ 22", "≤ 12")):
        key = f"2 {name.split()[-1].strip('-')}"
        report.target(key, f"`{name}` against `python -c pass`", against(got[name], [nothing]), must, goal)


def long_papers(report: Report, peers: Sequence[str], folder: Path, rounds: int) -> None:
    """The proposal with its charts, plan and contents; a contract in one language; from the file, both formats. The
    peers set the same headings, paragraphs and tables, without charts, contents, references or numbering."""
    papers = {"proposal": DEAL, "contract": CONTRACT}
    out = folder / "long"
    jobs: dict[str, Command] = {}
    able = [peer for peer in ("docxtpl", "weasyprint", "typst") if peer in peers]
    run(python("docxtpl_long.py", "template", folder))
    for name, deal in papers.items():
        data = folder / f"{name}.json"
        run(python("docgen_steps.py", "words", deal, data, name))
        jobs[f"docgen {name}"] = docgen("make", name, deal, "--out", out, "--format", "docx,pdf")
        jobs |= {
            f"{peer} {name}": python(f"{peer}_long.py", data, folder / f"{name}-{peer}.{FORMATS[peer]}")
            for peer in able
        }
    jobs["docgen value"] = docgen("value", DEAL, "--out", out, "--format", "docx,pdf")
    jobs["docgen contract, two languages"] = docgen("make", "contract", BILINGUAL, "--out", out, "--format", "docx,pdf")
    got = interleaved(jobs, rounds)
    report.say(
        "## Long papers",
        "",
        f"One process each, {rounds} interleaved rounds, docgen in both formats: proposal and value statement of "
        "`samples/huarui-erp`, the contracts of `samples/contracts/trial-plain` and, clause by clause in two "
        "languages, `mixed-bilingual`. The peers are given the same headings, paragraphs and tables as finished text; "
        "they draw no charts and make no contents, numbering or references.",
    )
    report.costs("process", got)
    for name in papers:
        for pair, must, goal in ((("docxtpl", "weasyprint"), "≤ 1", ""), (("docxtpl", "typst"), "", "≤ 1")):
            ratio = against(got[f"docgen {name}"], [got[f"{p} {name}"] for p in pair]) if set(pair) <= set(able) else {}
            report.target("8", f"cold {name}, both formats, against {' + '.join(pair)}", ratio, must, goal)
