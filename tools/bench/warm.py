"""Rows 3 and 4: the same quotation again and again in one process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from contenders import FORMATS, writing
from report import Report, against
from running import DEAL, Cost, python, run, typical


def warm(report: Report, peers: Sequence[str], folder: Path, rounds: int, count: int) -> None:
    data = folder / "data.json"
    able = [peer for peer in peers if peer != "libreoffice"]
    jobs = {peer: writing(peer, data, folder / f"warm.{FORMATS[peer]}", str(count)) for peer in able}
    jobs["docgen"] = python("docgen_steps.py", "warm", DEAL, str(count))
    times: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for name, command in jobs.items():
            found = json.loads(run(command)[1])
            for kind, each in found.items() if isinstance(found, dict) else [(name, found)]:
                costs = times.setdefault(f"docgen {kind}" if name == "docgen" else name, [])
                costs += [Cost(wall, cpu) for wall, cpu in each]
    got = {name: typical(costs) for name, costs in times.items()}
    report.say(
        "## Warm",
        "",
        f"The same quotation again and again in one process: {rounds} × {count} documents. `docgen docx` and "
        "`docgen pdf` begin with the priced deal and read templates, theme and house anew for each paper; `writer` "
        "begins with the composed document.",
    )
    report.table(
        ["per document", "wall", "least … most", "CPU"],
        [[name, ms(cost.wall), f"{ms(cost.least)} … {ms(cost.most)}", ms(cost.cpu)] for name, cost in got.items()],
    )
    for key, kind, peer, must, goal in (
        ("3", "docx", "docxtpl", "≥ 2", "≥ 15"),
        ("4", "pdf", "weasyprint", "≥ 5", ""),
        ("4", "pdf", "typst", "", "≥ 2"),
    ):
        for mine in (kind, f"{kind} writer"):
            ratio = against(got[peer], [got[f"docgen {mine}"]]) if peer in got else {}
            report.target(key, f"warm {mine}, times faster than {peer}", ratio, must, goal)
    each_second = 1 / got["docgen both, from the file"].cpu
    report.target(
        "9 warm", "quotations a CPU second, from the deal file to both papers, warm", {"": each_second}, "", "≥ 100"
    )


def ms(value: float) -> str:
    return f"{value * 1000:.1f} ms"
