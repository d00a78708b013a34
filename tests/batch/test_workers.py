"""A worker that dies costs a retry, not a paper; a build that dies costs nothing; no worker outlives it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from docgen.batch.executors import Alone, Crew, Lost, Processes, answers
from tests.batch.house import build, children, furnish_many, is_alive, numbered, outcomes, papers, until
from tests.safety.house import TODAY, call

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="workers are found in /proc")
MANY = [{"sku": "P-LIC", "quantity": 3, "note": f"line {number}"} for number in range(150)]


def _started(house: Path, *more: str) -> subprocess.Popen[str]:
    """A build of its own, of which nobody waits for the end."""
    command = [sys.executable, "-m", "docgen", "--today", TODAY.isoformat(), "build", "deals", *more]
    return subprocess.Popen(command, cwd=house, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    deals = (numbered(f"D-{number}", documents=["quote"], lines=MANY) for number in range(16))
    return furnish_many(tmp_path, *deals)


# ---- through the command line ---------------------------------------------------------------------------------------
@LINUX
def test_a_worker_killed_in_the_middle_costs_no_paper(many: Path) -> None:
    going = _started(many, "--jobs", "2", "--report", "r.json")
    until(lambda: papers(many / "out") if (many / "out").exists() else None)
    (victim, *_) = children(going.pid)
    os.kill(victim, signal.SIGKILL)
    _, said = going.communicate(timeout=120)
    assert going.returncode == 0, said
    assert len(papers(many / "out")) == 32
    report = json.loads((many / "r.json").read_text("utf-8"))
    assert set(outcomes(report).values()) == {"written"}
    call("build", "deals", "--out", "alone", "--jobs", 1, cwd=many)
    assert papers(many / "out") == papers(many / "alone")


@LINUX
def test_a_killed_build_leaves_whole_papers_and_no_worker_and_is_finished_by_the_next(many: Path) -> None:
    going = _started(many, "--jobs", "2")
    until(lambda: papers(many / "out") if (many / "out").exists() else None)
    workers = children(going.pid)
    going.kill()
    going.communicate()
    for name, data in papers(many / "out").items():
        if name.endswith(".docx"):
            assert zipfile.ZipFile(many / "out" / name).testzip() is None
        else:
            assert data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    until(lambda: not any(map(is_alive, workers)))
    done = call("build", "deals", "--jobs", 2, cwd=many)
    assert done.returncode == 0, done.stderr
    assert len(papers(many / "out")) == 32


@LINUX
def test_an_interrupt_ends_the_build_and_its_workers_without_a_traceback(many: Path) -> None:
    going = _started(many, "--jobs", "2")
    until(lambda: papers(many / "out") if (many / "out").exists() else None)
    workers = children(going.pid)
    going.send_signal(signal.SIGINT)
    _, said = going.communicate(timeout=60)
    assert going.returncode == 130
    assert "Traceback" not in said
    until(lambda: not any(map(is_alive, workers)))


def test_a_command_that_is_told_to_end_says_so_with_its_code(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote"]))
    for name, expected in (("SIGTERM", 143), ("SIGINT", 130)):
        code = (
            "import os, signal\nfrom docgen.source import output\n"
            f"def fsync(handle): os.kill(os.getpid(), signal.{name})\n"
            "output.os.fsync = fsync\nfrom docgen.cli.main import main\nmain()"
        )
        command = [sys.executable, "-c", code, "build", "deals", "--out", name]
        done = subprocess.run(command, cwd=house, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == expected, done.stderr
        assert "Traceback" not in done.stderr
        assert list((house / name).iterdir()) == [], "what it had begun was left"


def test_builds_of_one_folder_at_the_same_time_lose_no_entry_of_the_record(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, *(numbered(f"D-{number}", documents=["quote"]) for number in range(6)))
    going = [_started(house, "--format", name) for name in ("txt", "html", "json")]
    for each in going:
        _, said = each.communicate(timeout=120)
        assert each.returncode == 0, said
    record = json.loads((house / "out" / ".docgen.json").read_text("utf-8"))
    assert set(record) == set(papers(house / "out"))
    assert len(record) == 18


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_workers_gives_the_same_papers_and_the_same_words(tmp_path: Path, jobs: int) -> None:
    deals = [numbered(f"D-{number}", documents=["quote"]) for number in range(5)]
    house = furnish_many(tmp_path, *deals, numbered("D-9", date="x"))
    done, report = build(house, "--jobs", jobs)
    assert done.returncode == 1
    assert [each["deal"] for each in report["deals"]][:5] == [f"D-{number}" for number in range(5)]
    assert len(papers(house / "out")) == 5
    assert done.stderr.count("\n") == 1


# ---- orders and answers ---------------------------------------------------------------------------------------------
def deadly_for_three(order: int) -> int:
    if order == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return order * order


def faulty_for_three(order: int) -> int:
    if order == 3:
        raise ZeroDivisionError("three")
    return order * order


def test_an_order_that_kills_every_worker_is_told_and_all_others_are_answered() -> None:
    crew = Processes(2)
    try:
        found = dict(answers(deadly_for_three, range(12), crew))
    finally:
        crew.close()
    assert found.pop(3) == Lost(None)
    assert found == {order: order * order for order in range(12) if order != 3}


@pytest.mark.parametrize("crew", [Alone(), Processes(2)])
def test_a_fault_is_told_of_the_order_that_met_it(crew: Crew) -> None:
    try:
        found = dict(answers(faulty_for_three, range(8), crew))
    finally:
        crew.close()
    lost = found.pop(3)
    assert isinstance(lost, Lost)
    assert repr(lost.error) == "ZeroDivisionError('three')"
    assert found == {order: order * order for order in range(8) if order != 3}


def test_orders_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def orders() -> object:
        for number in range(1000):
            taken.append(number)
            yield number

    coming = answers(faulty_for_three, orders(), Alone())  # type: ignore[arg-type]
    for _ in range(3):
        next(coming)
    assert len(taken) <= 4
