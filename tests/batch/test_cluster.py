"""The work list on a Dask cluster: the same papers as on this machine, though a worker is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.house import furnish_many, is_alive, numbered, papers, until
from tests.conftest import ROOT
from tests.safety.house import TODAY, call, run

pytestmark = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="distributed is not installed")
MANY = [{"sku": "P-LIC", "quantity": 3, "note": f"line {number}"} for number in range(120)]


class Cluster:
    """What the cluster said of itself, and its process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        self.address: str = said["address"]
        self.workers: list[int] = said["workers"]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Workers that stand in another folder than who asks them."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.batch.local_cluster"],
        cwd=tmp_path_factory.mktemp("cluster"),
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    cluster = Cluster(process)
    yield cluster
    assert process.stdin is not None
    process.stdin.close()
    process.wait(60)
    until(lambda: not any(map(is_alive, cluster.workers)))


def test_a_cluster_writes_the_papers_this_machine_writes_and_tells_the_same(tmp_path: Path, cluster: Cluster) -> None:
    good = (numbered(f"D-{number}", documents=["quote"]) for number in range(4))
    house = furnish_many(tmp_path, *good, numbered("D-9", date="x"))
    far = run("build", "deals", "--scheduler", cluster.address, "--report", "far.json", cwd=house)
    near = call("build", "deals", "--out", "near", "--jobs", "1", cwd=house)
    assert far.returncode == near.returncode == 1
    assert far.stderr == near.stderr
    assert far.stderr.startswith("deals/D-9.yaml:")
    assert papers(house / "out") == papers(house / "near")
    assert json.loads((house / "far.json").read_text("utf-8"))["workers"] == 2


def test_a_batch_runs_on_a_cluster(tmp_path: Path, cluster: Cluster) -> None:
    house = furnish_many(tmp_path, numbered("PATTERN", documents=["quote"]))
    rows = "".join(f"R-{number},{number + 1}\n" for number in range(6))
    (house / "rows.csv").write_text("deal,lines.0.quantity\n" + rows + "R-9,x\n", "utf-8")
    words = ("batch", "deals/PATTERN.yaml", "rows.csv", "--format", "txt")
    done = run(*words, "--scheduler", cluster.address, cwd=house)
    assert done.stderr.startswith("rows.csv:8:2: error: lines.0.quantity")
    assert len(papers(house / "out")) == 12


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_a_worker_of_the_cluster_killed_in_the_middle_costs_no_paper(tmp_path: Path, cluster: Cluster) -> None:
    deals = (numbered(f"D-{number}", documents=["quote"], lines=MANY) for number in range(16))
    house = furnish_many(tmp_path, *deals)
    command = [sys.executable, "-m", "docgen", "--today", TODAY.isoformat(), "build", "deals"]
    going = subprocess.Popen(
        [*command, "--scheduler", cluster.address], cwd=house, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until(lambda: papers(house / "out") if (house / "out").exists() else None)
    os.kill(cluster.workers[0], signal.SIGKILL)
    said, told = going.communicate(timeout=180)
    assert going.returncode == 0, told
    assert "16 deals   16 papers in out" in said
    call("build", "deals", "--out", "near", "--jobs", "1", cwd=house)
    assert papers(house / "out") == papers(house / "near")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tls://127.0.0.1:9", "http://127.0.0.1:9", "here"])
def test_a_scheduler_that_does_not_answer_is_said_not_to(tmp_path: Path, address: str) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote"]))
    done = run("build", "deals", "--scheduler", address, cwd=house)
    assert done.returncode == 2
    assert f"no scheduler answers at {address}" in done.stderr
    assert "Traceback" not in done.stderr
