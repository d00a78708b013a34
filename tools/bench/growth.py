"""Rows 5, 6, 7 and 10: quotations of 20 to 10,000 lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from contenders import FORMATS, writing
from report import Report
from running import DEAL, Command, Cost, docgen, printed, python, run, typical

_SKUS = ("SV-STD", "SV-SEN", "TR-KEY", "HW-PDA", "E3-HR", "SV-MIG", "TR-USR", "HW-SW24", "E3-BI", "SV-GOL")


def grown(lines: int) -> str:
    """A deal of so many lines: every fifth negotiated and reasoned, every tenth with a note, as in the samples."""
    head, _, _ = DEAL.read_text("utf-8").partition("\nlines:")
    out = [head, "lines:"]
    for number in range(lines):
        line = f"  - {{sku: {_SKUS[number % 10]}, quantity: {1 + number % 47}"
        if number % 5 == 0:
            line += f", discount: {1 + number % 9}%, because: 与第 {number + 1} 批合同单价对齐"
        if number % 10 == 3:
            line += f", note: {{zh-CN: 第 {number + 1} 批交付, en: Delivery lot {number + 1}}}"
        out.append(line + "}")
    return "\n".join(out) + "\n"


def growth(report: Report, peers: Sequence[str], folder: Path, sizes: Sequence[int], rounds: int) -> None:
    peers = [peer for peer in peers if peer not in ("weasyprint", "libreoffice")]
    steps: dict[int, dict[str, float]] = {}
    whole: dict[int, dict[str, Cost]] = {}
    bulk: dict[int, dict[str, int]] = {}
    for size in sizes:
        deal, data, out = folder / f"{size}.yaml", folder / f"{size}.json", folder / f"out{size}"
        deal.write_text(grown(size), "utf-8")
        run(python("docgen_steps.py", "data", deal, data))
        again = max(rounds, 5) if size <= 200 else rounds
        found: dict[str, list[float]] = {}
        costs: dict[str, list[Cost]] = {}
        for number in range(again):
            for step, value in {
                **printed("docgen_steps.py", "steps", deal),
                **printed("docgen_steps.py", "yaml", deal, "5" if size <= 200 else "1"),
            }.items():
                found.setdefault(step, []).append(value)
            jobs: dict[str, Command] = {
                f"docgen {kind}": docgen("quote", deal, "--out", out, "--force", "--format", kind)
                for kind in ("docx", "pdf")
            }
            jobs |= {
                peer: writing(peer, data, folder / f"{size}-{peer}.{FORMATS[peer]}")
                for peer in peers
                if size < 10_000 or number < 2
            }
            for name, command in jobs.items():
                costs.setdefault(name, []).append(run(command)[0])
        steps[size] = {step: median(values) for step, values in found.items()}
        whole[size] = {name: typical(each) for name, each in costs.items()}
        bulk[size] = {peer: (folder / f"{size}-{peer}.{FORMATS[peer]}").stat().st_size for peer in peers}
        bulk[size] |= {f"docgen {kind}": int(steps[size][f"{kind}_bytes"]) for kind in ("docx", "pdf")}
    _growth_tables(report, peers, sizes, steps, whole, bulk)
    _growth_targets(report, peers, sizes, steps, whole, bulk)


_STEPS = {
    "yaml": "PyYAML's C loader alone",
    "yaml_quiet": "the same, collector as in the command",
    "price": "load + validate + price + review",
    "compose": "compose",
    "docx": "docx writer",
    "pdf": "pdf writer",
}
_YAML = {"yaml": "", "yaml_quiet": ", the loader's collector as quiet as docgen's"}
Figures = dict[int, dict[str, float]]
Costs = dict[int, dict[str, Cost]]
Bytes = dict[int, dict[str, int]]


def _growth_tables(
    report: Report, peers: Sequence[str], sizes: Sequence[int], steps: Figures, whole: Costs, bulk: Bytes
) -> None:
    heads = [f"{size:,} lines" for size in sizes]
    report.say(
        "## Growth",
        "",
        "CPU seconds of the steps inside docgen, all imported and fonts read before; collector as in the command.",
    )
    report.table(
        ["step", *heads], [[name, *(f"{steps[size][step]:.3f}" for size in sizes)] for step, name in _STEPS.items()]
    )
    names = ["docgen docx", "docgen pdf", *peers]
    report.say(
        "CPU seconds and peak memory of complete cold processes. docgen's read, check and price the YAML file as well. "
        "WeasyPrint and LibreOffice are left out here: they take minutes."
    )
    report.table(
        ["process", *heads],
        [[name, *(f"{whole[s][name].cpu:.2f} s, {whole[s][name].peak:.0f} MB" for s in sizes)] for name in names],
    )
    report.say("Sizes of the files in KB.")
    report.table(["file", *heads], [[name, *(f"{bulk[size][name] / 1000:,.0f}" for size in sizes)] for name in names])


def _growth_targets(
    report: Report, peers: Sequence[str], sizes: Sequence[int], steps: Figures, whole: Costs, bulk: Bytes
) -> None:
    most = sizes[-1]
    lines = f"{most:,} lines"
    for kind, peer, must, goal in (
        ("docx", "docxtpl", "≤ 1", ""),
        ("docx", "carbone", "", "≤ 1"),
        ("pdf", "reportlab", "≤ 1", ""),
        ("pdf", "typst", "", "≤ 0.3"),
    ):
        mine, theirs = whole[most][f"docgen {kind}"], whole[most].get(peer)
        ratio = {"CPU": mine.cpu / theirs.cpu} if theirs else {}
        report.target(f"5 {kind}", f"{lines}, complete {kind} command against {peer}", ratio, must, goal)
        alone = steps[most]["compose"] + steps[most][kind]
        ratio = {"CPU": alone / theirs.cpu} if theirs else {}
        report.target(f"5 {kind}", f"{lines}, compose and write {kind} against {peer}", ratio, must, goal)
    if "typst" in peers:
        memory = {"memory": whole[most]["docgen pdf"].peak / whole[most]["typst"].peak}
        report.target("5 pdf", f"{lines}, peak memory of the pdf command against typst", memory, "", "≤ 0.25")
    if len(sizes) == 4:
        first, middle, last = sizes[1:]
        for step in ("price", "compose", "docx", "pdf"):
            late = (steps[last][step] - steps[middle][step]) / (last - middle)
            early = (steps[middle][step] - steps[first][step]) / (middle - first)
            report.target(
                "6",
                f"CPU a line, {middle:,}–{last:,} against {first}–{middle:,}: {_STEPS[step]}",
                {"": late / early},
                "≤ 1.3",
                "≤ 1.1",
            )
    ratio = {f"CPU{where}": steps[most]["price"] / steps[most][key] for key, where in _YAML.items()}
    report.target(
        "7", f"{lines}, load + validate + price + review against PyYAML's C loader alone", ratio, "≤ 1.5", "≤ 0.5"
    )
    if "typst" in peers:
        for size, must, goal in ((sizes[0], "≤ 1", "≤ 0.7"), (most, "≤ 0.3", "≤ 0.15")):
            ratio = {"size": bulk[size]["docgen pdf"] / bulk[size]["typst"]}
            report.target("10", f"size of the PDF against typst, {size:,} lines", ratio, must, goal)
