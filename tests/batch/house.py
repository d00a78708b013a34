"""Many deals in a small house, and what a build says of them."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.safety.house import call, deal, furnish

Data = dict[str, Any]


def numbered(number: str, **keys: Any) -> Data:
    """A deal of the house with another number."""
    return deal() | {"deal": number} | keys


def write(path: Path, content: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return path


def furnish_many(folder: Path, *deals: Mapping[str, Any]) -> Path:
    """A workspace with one file in `deals/` for each deal, named after its number."""
    furnish(folder, {}).unlink()
    for each in deals:
        write(folder / "deals" / f"{each['deal']}.yaml", each)
    return folder


def build(house: Path, *more: object) -> tuple[subprocess.CompletedProcess[str], Data]:
    """`docgen build deals --format txt` in this process, and its JSON report."""
    report = house / "report.json"
    report.unlink(missing_ok=True)
    done = call("build", "deals", "--format", "txt", "--report", report, *more, cwd=house)
    return done, json.loads(report.read_text("utf-8")) if report.is_file() else {}


def outcomes(report: Data) -> dict[str, str]:
    """What became of each paper, by deal and document."""
    return {
        f"{each['deal']} {paper['document']}": paper["outcome"] for each in report["deals"] for paper in each["papers"]
    }


def papers(out: Path) -> dict[str, bytes]:
    """Every paper below a folder, by its path; docgen's own files are none."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def children(parent: int) -> list[int]:
    """Processes a process has started and that live, where the system tells."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(parent) and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(met: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something to come true; a test that waits in vain fails."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
