"""docgen beside its peers, in one run: `make bench`. Prints Markdown; a full run also writes docs/benchmarks.md.

    bench.py            all of it: five to ten minutes
    bench.py --quick    few rounds, at most 2,000 lines: about a minute; writes nothing

Everything measured runs in processes of its own, interleaved round by round, so that a busy machine is busy for all.
Figures are medians. The peers are given the finished quotation as text: they price, check and translate nothing.
A peer that is not installed is left out, and the report says so.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "tools" / "bench_peers"
DEAL = ROOT / "samples" / "huarui-erp" / "deal.yaml"
CONTRACT = ROOT / "samples" / "contracts" / "mixed-bilingual" / "deal.yaml"
REPORT = ROOT / "docs" / "benchmarks.md"
FORMATS = {"docxtpl": "docx", "weasyprint": "pdf", "typst": "pdf", "reportlab": "pdf"}
DAY = "2026-11-20"

WHY = {
    "1 goal": "the floor is Python and what it imports (pydantic, click, jinja2, markdown-it); typst is one program.",
    "2 help": "half of it is importing click, the rest starting Python.",
    "2 check": "imports (pydantic, jinja2, PyYAML, our own), then pydantic building the grammar of the deal file.",
    "3": "most of a warm document is its words: templates filled by Jinja in a sandbox and read as Markdown.",
    "4": "pages are tagged, PDF/A-3a and PDF/UA-1, in Python; typst sets its tagged pages in Rust.",
    "5 docx": "the complete command also parses, checks and prices the lines; docxtpl is given finished text.",
    "5 pdf": "every cell is a tagged element of its own, made in Python; the command also reads and prices.",
    "6": "cause not found. With Python's usual collector composing stood at 2.9; what is left varies from run to run.",
    "7": "the C loader only makes strings; docgen keeps places, types each value and prices it in exact decimals.",
    "10": "the structure tree that tags need, and the deal's data as an attachment, are part of every file.",
}
"""Why a target is missed, printed only where it is."""


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds by the clock, seconds of the processor, and its peak in MB."""

    wall: float
    cpu: float
    peak: float
    printed: str = ""


# ---- running --------------------------------------------------------------------------------------------------------
def run(command: Sequence[str | Path]) -> Cost:
    """One child, waited for with its own usage. This process stays small: a child's peak begins with its parent's."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env.pop("SOURCE_DATE_EPOCH", None)
    with tempfile.TemporaryFile() as printed:
        begun = perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=printed, stderr=subprocess.STDOUT, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        wall = perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read().decode("utf-8", "replace")
    if child.returncode:
        raise SystemExit(f"{Path(command[1]).name} {' '.join(map(str, command[2:4]))} failed:\n{text[-2000:]}")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale, text)


def interleaved(jobs: dict[str, Sequence[str | Path]], rounds: int) -> dict[str, Cost]:
    """Every job once a round, after one round that only warms caches; the medians."""
    for command in jobs.values():
        run(command)
    seen: dict[str, list[Cost]] = {name: [] for name in jobs}
    for number in range(rounds):
        for name in list(jobs)[:: -1 if number % 2 else 1]:
            seen[name].append(run(jobs[name]))
    return {name: typical(costs) for name, costs in seen.items()}


def typical(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, what) for cost in costs) for what in ("wall", "cpu", "peak")))


def python(script: str, *rest: str | Path) -> list[str | Path]:
    return [sys.executable, PEERS / script, *rest]


def docgen(*rest: str | Path) -> list[str | Path]:
    """The installed command, as a person runs it."""
    return [Path(sys.executable).with_name("docgen"), "--workspace", ROOT, "--today", DAY, *rest]


# ---- the deals ------------------------------------------------------------------------------------------------------
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


# ---- the report -----------------------------------------------------------------------------------------------------
class Report:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.targets: list[list[str]] = []
        self.missed: list[str] = []

    def say(self, *lines: str) -> None:
        self.lines += lines

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.say("", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head))
        self.say(*("| " + " | ".join(row) + " |" for row in rows), "")

    def target(self, key: str, what: str, got: dict[str, float], must: str, goal: str) -> None:
        """`got`: measures that must all pass. `must` and `goal` read "≤ 0.6" or "≥ 2"; "" where there is none."""
        words = ", ".join(f"{value:.2f} {name}".strip() for name, value in got.items()) or "not measured"
        verdicts = [self._verdict(bound, got) for bound in (must, goal)]
        self.targets.append([key, what, words, must or "–", verdicts[0], goal or "–", verdicts[1]])
        for name, verdict in zip(("must", "goal"), verdicts, strict=True):
            reason = WHY.get(f"{key} {name}") or WHY.get(key)
            if verdict == "**no**" and reason and not any(each.startswith(f"- {key} ({what})") for each in self.missed):
                self.missed.append(f"- {key} ({what}), {name}: {reason}")

    @staticmethod
    def _verdict(bound: str, got: dict[str, float]) -> str:
        if not bound or not got:
            return "–"
        sign, limit = bound[0], float(bound[1:])
        met = all(value <= limit if sign == "≤" else value >= limit for value in got.values())
        return "yes" if met else "**no**"


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def row(name: str, cost: Cost) -> list[str]:
    return [name, seconds(cost.wall), seconds(cost.cpu), f"{cost.peak:.0f} MB"]


def against(mine: Cost, theirs: Sequence[Cost]) -> dict[str, float]:
    """The ratio by both measures; a target is met when both meet it."""
    return {
        "wall": mine.wall / sum(cost.wall for cost in theirs),
        "CPU": mine.cpu / sum(cost.cpu for cost in theirs),
    }


# ---- 1, 2: cold -----------------------------------------------------------------------------------------------------
def cold(report: Report, peers: Sequence[str], folder: Path, rounds: int) -> None:
    data, out = folder / "data.json", folder / "out"
    jobs = {
        f"docgen quote, {name}": docgen("quote", DEAL, "--out", out, *more)
        for name, more in {"both": (), "docx": ("--format", "docx"), "pdf": ("--format", "pdf")}.items()
    }
    jobs |= {peer: python(f"{peer}_quote.py", data, folder / f"{peer}.{FORMATS[peer]}") for peer in peers}
    jobs |= {"docgen --help": docgen("--help"), "docgen check": docgen("check", DEAL)}
    jobs |= {"python -c pass": [sys.executable, "-c", "pass"]}
    got = interleaved(jobs, rounds)
    report.say(
        "## Cold",
        "",
        f"One process each, {rounds} interleaved rounds, the 27-line quotation of "
        "`samples/huarui-erp`. docgen reads YAML, prices, reviews and writes; the peers are given finished text.",
    )
    report.table(["process", "wall", "CPU", "peak"], [row(name, cost) for name, cost in got.items()])
    both, nothing = got["docgen quote, both"], got["python -c pass"]
    for key, pair, must, goal in (
        ("1", ("docxtpl", "weasyprint"), "≤ 0.6", ""),
        ("1", ("docxtpl", "typst"), "", "≤ 0.9"),
    ):
        ratio = against(both, [got[peer] for peer in pair]) if set(pair) <= set(peers) else {}
        report.target(key, f"cold quote, both formats, against {' + '.join(pair)}", ratio, must, goal)
    for name, must, goal in (("docgen --help", "≤ 10", "≤ 5"), ("docgen check", "≤ 22", "≤ 12")):
        report.target(
            f"2 {name.split()[-1].strip('-')}",
            f"`{name}` against `python -c pass`",
            against(got[name], [nothing]),
            must,
            goal,
        )


# ---- 8: long papers -------------------------------------------------------------------------------------------------
def long_papers(report: Report, folder: Path, rounds: int) -> None:
    """The proposal with plan, impact chain and contents, the value statement with its charts, a contract in two
    languages: from the file, cold."""
    out = folder / "long"
    commands = {"proposal": ("proposal", DEAL), "value": ("value", DEAL), "contract": ("make", "contract", CONTRACT)}
    jobs = {
        f"docgen {name}, {form}": docgen(*command, "--out", out, "--format", form)
        for name, command in commands.items()
        for form in ("docx,pdf", "docx", "pdf")
    }
    got = interleaved(jobs, rounds)
    report.say(
        "## Long papers",
        "",
        f"One process each, {rounds} interleaved rounds: proposal and value statement of `samples/huarui-erp`, the "
        "contract of `samples/contracts/mixed-bilingual`.",
    )
    report.table(["process", "wall", "CPU", "peak"], [row(name, cost) for name, cost in got.items()])
    for name in commands:
        cost = got[f"docgen {name}, docx,pdf"]
        report.target("8", f"cold {name}, both formats", {"s wall": cost.wall, "s CPU": cost.cpu}, "≤ 2.5", "")


# ---- 9: many deals ---------------------------------------------------------------------------------------------------
def many(report: Report, folder: Path, rounds: int, deals: int) -> None:
    """The quotations of many deals in Word and PDF: one process, two, and once more with nothing changed."""
    home = folder / "many"
    home.mkdir()
    for number in range(deals):
        text = DEAL.read_text("utf-8").replace("D-2026-0117", f"D-2026-9{number:03}")
        (home / f"{number}.yaml").write_text(f"{text.rstrip()}\ndocuments: [quote]\n", "utf-8")
    seen: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for jobs in ("1", "2"):
            out = folder / f"many-{jobs}"
            shutil.rmtree(out, ignore_errors=True)
            seen.setdefault(jobs, []).append(run(docgen("build", home, "--out", out, "--jobs", jobs)))
        seen.setdefault("again", []).append(run(docgen("build", home, "--out", out, "--jobs", "2")))
    one, two, again = (typical(seen[each]) for each in ("1", "2", "again"))
    report.say("## Many deals", "", f"{deals} deals, their quotations in Word and PDF; {rounds} interleaved rounds.")
    report.table(
        ["docgen build", "wall", "CPU", "peak"],
        [row("--jobs 1", one), row("--jobs 2", two), row("again, nothing changed", again)],
    )
    report.target(
        "9", f"{deals} deals × 2 formats, times faster on two cores", {"wall": one.wall / two.wall}, "≥ 1.7", ""
    )
    report.target("9", "the same again, unchanged, as share of the time", {"wall": again.wall / two.wall}, "≤ 0.05", "")


# ---- 3, 4: warm -----------------------------------------------------------------------------------------------------
def warm(report: Report, peers: Sequence[str], folder: Path, rounds: int, count: int) -> None:
    data = folder / "data.json"
    jobs = {peer: python(f"{peer}_quote.py", data, folder / f"warm.{FORMATS[peer]}", str(count)) for peer in peers}
    jobs["docgen"] = python("docgen_steps.py", "warm", DEAL, str(count))
    times: dict[str, list[list[float]]] = {}
    for _ in range(rounds):
        for name, command in jobs.items():
            printed = json.loads(run(command).printed)
            for kind, each in printed.items() if isinstance(printed, dict) else [(name, printed)]:
                times.setdefault(f"docgen {kind}" if name == "docgen" else name, []).extend(each)
    got = {name: Cost(median(t[0] for t in each), median(t[1] for t in each), 0) for name, each in times.items()}
    report.say(
        "## Warm",
        "",
        f"The same quotation again and again in one process: {rounds} × {count} documents. `docgen docx` and "
        "`docgen pdf` begin with the priced deal and read templates, theme and house anew for each paper; `writer` "
        "begins with the composed document.",
    )
    report.table(
        ["per document", "wall", "CPU"],
        [[name, f"{cost.wall * 1000:.1f} ms", f"{cost.cpu * 1000:.1f} ms"] for name, cost in got.items()],
    )
    for key, kind, peer, must, goal in (
        ("3", "docx", "docxtpl", "≥ 2", "≥ 15"),
        ("4", "pdf", "weasyprint", "≥ 5", ""),
        ("4", "pdf", "typst", "", "≥ 2"),
    ):
        for mine in (kind, f"{kind} writer"):
            ratio = against(got[peer], [got[f"docgen {mine}"]]) if peer in got else {}
            report.target(key, f"warm {mine}, times faster than {peer}", ratio, must, goal)
    whole = got["docgen both, from the file"]
    report.say(f"From the deal file to both papers, warm: {1 / whole.cpu:.0f} quotations a CPU second.", "")


# ---- 5, 6, 7, 10: growth --------------------------------------------------------------------------------------------
def growth(report: Report, peers: Sequence[str], folder: Path, sizes: Sequence[int], rounds: int) -> None:
    peers = [peer for peer in peers if peer != "weasyprint"]
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
            for step, value in {**printed("steps", deal), **printed("yaml", deal, "5" if size <= 200 else "1")}.items():
                found.setdefault(step, []).append(value)
            jobs = {
                f"docgen {kind}": docgen("quote", deal, "--out", out, "--force", "--format", kind)
                for kind in ("docx", "pdf")
            }
            jobs |= {
                peer: python(f"{peer}_quote.py", data, folder / f"{size}-{peer}.{FORMATS[peer]}")
                for peer in peers
                if size < 10_000 or number < 2
            }
            for name, command in jobs.items():
                costs.setdefault(name, []).append(run(command))
        steps[size] = {step: median(values) for step, values in found.items()}
        whole[size] = {name: typical(each) for name, each in costs.items()}
        bulk[size] = {peer: (folder / f"{size}-{peer}.{FORMATS[peer]}").stat().st_size for peer in peers}
        bulk[size] |= {f"docgen {kind}": int(steps[size][f"{kind}_bytes"]) for kind in ("docx", "pdf")}
    _growth_tables(report, peers, sizes, steps, whole, bulk)
    _growth_targets(report, peers, sizes, steps, whole, bulk)


def printed(*command: str | Path) -> dict[str, float]:
    figures: dict[str, float] = json.loads(run(python("docgen_steps.py", *command)).printed)
    return figures


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
        "WeasyPrint is left out here: it takes minutes."
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


# ---- the machine ----------------------------------------------------------------------------------------------------
_VERSIONS = ("docgen", "pydantic", "PyYAML", "reportlab", "jinja2", "docxtpl", "python-docx", "weasyprint", "typst")


def machine() -> list[str]:
    """What it ran on; no names of machines, no paths."""
    info = Path("/proc/cpuinfo")
    text = info.read_text("utf-8") if info.is_file() else ""
    model = next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS if version(name))
    return [
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, commit {commit()} · {platform.system()} {platform.machine()}, "
        f"{model or 'processor unknown'}, {os.cpu_count()} cores, {memory:.0f} GB; load before the run {load}",
        "",
        f"Python {platform.python_version()}; {versions}",
    ]


def commit() -> str:
    """The state of the source, "+" where it has changes that are not committed."""
    git = ["git", "-C", str(ROOT)]
    try:
        found = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
        changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "src"], capture_output=True).returncode
    except OSError:
        return "unknown"
    return (found or "unknown") + ("+" if found and changed else "")


def version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def present(peer: str) -> bool:
    """Installed, and able to start: WeasyPrint also needs Pango from the system."""
    if find_spec(peer) is None:
        return False
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return not subprocess.run([sys.executable, "-c", f"import {peer}"], capture_output=True, env=env).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description="docgen beside its peers")
    parser.add_argument("--quick", action="store_true", help="few rounds, at most 2,000 lines; writes nothing")
    parser.add_argument("--out", type=Path, default=REPORT, help="where a full run writes its report")
    chosen = parser.parse_args()
    report = Report()
    about = machine()
    peers = [peer for peer in FORMATS if present(peer)]
    left_out = [peer for peer in FORMATS if peer not in peers]
    with tempfile.TemporaryDirectory(prefix="docgen-bench-") as name:
        folder = Path(name)
        run(python("docgen_steps.py", "data", DEAL, folder / "data.json"))
        if "docxtpl" in peers:
            run(python("docxtpl_quote.py", "template", folder))
        parts: list[Callable[[], Any]] = [
            lambda: cold(report, peers, folder, 3 if chosen.quick else 11),
            lambda: long_papers(report, folder, 3 if chosen.quick else 7),
            lambda: many(report, folder, 1 if chosen.quick else 3, 40 if chosen.quick else 200),
            lambda: warm(report, peers, folder, 1 if chosen.quick else 3, 5 if chosen.quick else 15),
            lambda: growth(
                report,
                peers,
                folder,
                (20, 200, 2_000) if chosen.quick else (20, 200, 2_000, 10_000),
                1 if chosen.quick else 3,
            ),
        ]
        for part in parts:
            part()
    text = finished(report, about, left_out, quick=chosen.quick)
    print(text)
    if not chosen.quick:
        chosen.out.write_text(text, "utf-8")


def finished(report: Report, about: Sequence[str], left_out: Sequence[str], *, quick: bool) -> str:
    """Targets first: that is what a reader comes for."""
    top = Report()
    top.say(
        "# Benchmarks",
        "",
        f"What `make bench` prints{', short run' if quick else ''}. {__doc__.split(chr(10) * 2)[2]}",
        "",
        *about,
        "",
    )
    if left_out:
        top.say(
            f"**Not installed, so not measured: {', '.join(left_out)}.** Targets that need them say so.",
            "",
        )
    top.say("## Targets", "", "A ratio given by wall and CPU meets its target when both do.")
    top.table(
        ["#", "what", "measured", "must", "met", "goal", "met"],
        [[key.split()[0], *rest] for key, *rest in report.targets],
    )
    top.say(
        "Not measured here: long papers (8) by the peers, which have no templates for them; Carbone, docxtemplater and "
        "easy-template-x, which need Node.",
        "",
    )
    if report.missed:
        top.say("Missed, and why:", "", *report.missed, "")
    return "\n".join([*top.lines, *report.lines]).rstrip() + "\n"


if __name__ == "__main__":
    main()
