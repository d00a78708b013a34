"""docgen beside its peers, in one run: `make bench`. Prints Markdown; a full run also writes docs/benchmarks.md.

    tools/bench            all of it: about fifteen minutes
    tools/bench --quick    few rounds, at most 2,000 lines: some two minutes; writes nothing

Everything measured runs in processes of its own, interleaved round by round, so that a busy machine is busy for all.
Figures are medians. The peers are given the finished quotation as text: they price, check and translate nothing.
A peer that is not installed is left out, and the report says so.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cold import long_papers, quotations
from contenders import FORMATS, install_node_peers, present
from growth import growth
from machine import machine
from many import builds
from report import Report
from running import DEAL, ROOT, python, run
from warm import warm

REPORT = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(description="docgen beside its peers")
    parser.add_argument("--quick", action="store_true", help="few rounds, at most 2,000 lines; writes nothing")
    parser.add_argument("--out", type=Path, default=REPORT, help="where a full run writes its report")
    chosen = parser.parse_args()
    install_node_peers()
    about, peers = machine(), [peer for peer in FORMATS if present(peer)]
    with tempfile.TemporaryDirectory(prefix="docgen-bench-") as name:
        report = measured(Path(name), peers, quick=chosen.quick)
    text = finished(report, about, [peer for peer in FORMATS if peer not in peers], quick=chosen.quick)
    print(text)
    if not chosen.quick:
        chosen.out.write_text(text, "utf-8")


def measured(folder: Path, peers: Sequence[str], *, quick: bool) -> Report:
    report = Report()
    run(python("docgen_steps.py", "data", DEAL, folder / "data.json"))
    if "docxtpl" in peers:
        run(python("docx_templates.py", folder))
        run(python("docxtpl_quote.py", folder / "data.json", folder / "docxtpl.docx"))
    quotations(report, peers, folder, 3 if quick else 11)
    long_papers(report, peers, folder, 3 if quick else 7)
    builds(report, folder, 1 if quick else 3, 40 if quick else 200)
    warm(report, peers, folder, 1 if quick else 3, 5 if quick else 15)
    growth(report, peers, folder, (20, 200, 2_000) if quick else (20, 200, 2_000, 10_000), 1 if quick else 3)
    return report


def finished(report: Report, about: Sequence[str], left_out: Sequence[str], *, quick: bool) -> str:
    """Targets first: that is what a reader comes for."""
    top = Report()
    top.say(
        "# Benchmarks", "", f"What `make bench` prints{', short run' if quick else ''}. {__doc__.split(chr(10) * 2)[2]}"
    )
    top.say("", *about, "")
    if left_out:
        top.say(f"**Not installed, so not measured: {', '.join(left_out)}.** Targets that need them say so.", "")
    top.say("## Targets", "", "A ratio given by wall and CPU meets its target when both do.")
    rows = sorted(report.targets, key=lambda row: int(row[0].split()[0]))
    heads = ["#", "what", "measured", "must", "met", "goal", "met"]
    top.table(heads, [[key.split()[0], *rest] for key, *rest in rows])
    if report.missed:
        top.say("Missed, and why:", "", *report.missed, "")
    return "\n".join([*top.lines, *report.lines]).rstrip() + "\n"


if __name__ == "__main__":
    main()
