"""Row 9: many deals in one build, on one core and on two, and once more with nothing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from report import Report
from running import DEAL, Cost, docgen, run, typical


def builds(report: Report, folder: Path, rounds: int, deals: int) -> None:
    home = folder / "many"
    home.mkdir()
    for number in range(deals):
        text = DEAL.read_text("utf-8").replace("D-2026-0117", f"D-2026-9{number:03}")
        (home / f"{number}.yaml").write_text(f"{text.rstrip()}\ndocuments: [quote]\n", "utf-8")
    seen: dict[str, list[Cost]] = {"--jobs 1": [], "--jobs 2": [], "again, nothing changed": []}
    for _ in range(rounds):
        for jobs in ("1", "2"):
            out = folder / f"many-{jobs}"
            shutil.rmtree(out, ignore_errors=True)
            seen[f"--jobs {jobs}"].append(run(docgen("build", home, "--out", out, "--jobs", jobs))[0])
        seen["again, nothing changed"].append(run(docgen("build", home, "--out", out, "--jobs", "2"))[0])
    got = {name: typical(costs) for name, costs in seen.items()}
    one, two, again = got.values()
    report.say("## Many deals", "", f"{deals} deals, their quotations in Word and PDF; {rounds} interleaved rounds.")
    report.costs("docgen build", got)
    what = f"{deals} deals × 2 formats, times faster on two cores"
    report.target("9 scales", what, {"wall": one.wall / two.wall}, "≥ 1.7", "")
    report.target("9", "the same again, unchanged, as share of the time", {"wall": again.wall / two.wall}, "≤ 0.05", "")
