"""Running what is measured: every process for itself, round by round, and what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).resolve().parent / "peers"
DEAL = ROOT / "samples" / "huarui-erp" / "deal.yaml"
DAY = "2026-11-20"

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Cost:
    """What processes took, the median of their rounds: seconds by the clock, seconds of the processor, peak in MB.
    `least` and `most`: the quickest and slowest round by the clock."""

    wall: float
    cpu: float
    peak: float = 0.0
    least: float = 0.0
    most: float = 0.0


def run(command: Command) -> tuple[Cost, str]:
    """One child and what it printed. This process stays small: a child's peak begins with its parent's."""
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
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale), text


def printed(script: str, *rest: str | Path) -> dict[str, float]:
    """The figures a script prints as JSON."""
    figures: dict[str, float] = json.loads(run(python(script, *rest))[1])
    return figures


def interleaved(jobs: Mapping[str, Command], rounds: int) -> dict[str, Cost]:
    """Every job once a round, after one round that only warms caches."""
    for command in jobs.values():
        run(command)
    seen: dict[str, list[Cost]] = {name: [] for name in jobs}
    for number in range(rounds):
        for name in list(jobs)[:: -1 if number % 2 else 1]:
            seen[name].append(run(jobs[name])[0])
    return {name: typical(costs) for name, costs in seen.items()}


def typical(costs: Sequence[Cost]) -> Cost:
    wall, cpu, peak = (median(getattr(cost, what) for cost in costs) for what in ("wall", "cpu", "peak"))
    return Cost(wall, cpu, peak, min(cost.wall for cost in costs), max(cost.wall for cost in costs))


def python(script: str, *rest: str | Path) -> list[str | Path]:
    return [sys.executable, PEERS / script, *rest]


def docgen(*rest: str | Path) -> list[str | Path]:
    """The installed command, as a person runs it."""
    return [Path(sys.executable).with_name("docgen"), "--workspace", ROOT, "--today", DAY, *rest]
