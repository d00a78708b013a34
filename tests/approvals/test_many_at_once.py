"""Decisions given at the same moment lose nothing, and a process that is killed leaves a whole record."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.source.chain import broken_links
from docgen.vocabulary import ROLES
from tests.approvals.stories import Stage, Story, _files

RULES = [
    {"rule": f"{role}-{n}", "when": "discount > 20%", "approver": role, "chain": f"{role}-{n}"}
    for role in ROLES[:5]
    for n in range(4)
]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(Story("", "", "", _files({"rules": RULES}), ()), tmp_path)


def _approve(stage: Stage, rule: str, by: str, starts: Any = None) -> None:
    if starts is not None:
        starts.wait()
    role = rule.rsplit("-", 1)[0]
    done = stage.docgen("approve", "deal.yaml", "--as", role, "--by", by, "--rule", rule)
    os._exit(done.returncode)


def _started(*what: Any) -> BaseProcess:
    """A process of its own, forked so that it begins where this one is: a fresh interpreter is slow to start."""
    process = multiprocessing.get_context("fork").Process(target=_approve, args=what)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads, from Python 3.12 on
        process.start()
    return process


def _record(stage: Stage) -> dict[str, Any]:
    found = yaml.load((stage.folder / "deal.approvals.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict) and not list(broken_links(found))
    return found


def test_twenty_people_at_once_lose_nothing(stage: Stage) -> None:
    starts = multiprocessing.get_context("fork").Event()
    running = [_started(stage, rule["rule"], f"Person {n}", starts) for n, rule in enumerate(RULES)]
    starts.set()
    for each in running:
        each.join(60)
    assert [each.exitcode for each in running] == [0] * 20
    assert stage.statuses() == {rule["rule"]: "valid" for rule in RULES}
    assert stage.play({"verify": "0"}) is None
    assert {entry["by"] for entry in _record(stage)["approvals"]} == {f"Person {n}" for n in range(20)}


def test_twenty_people_at_once_about_one_rule_lose_nothing(stage: Stage) -> None:
    starts = multiprocessing.get_context("fork").Event()
    running = [_started(stage, RULES[0]["rule"], f"Person {n}", starts) for n in range(20)]
    starts.set()
    for each in running:
        each.join(60)
    said = {entry["by"] for entry in _record(stage)["approvals"]}
    assert said and [each.exitcode for each in running] == [0] * 20
    assert stage.statuses()[RULES[0]["rule"]] == "valid"


def test_a_process_that_is_killed_at_any_moment_leaves_a_whole_record(stage: Stage) -> None:
    chance, written = random.Random(7), 1
    began = time.monotonic()
    _started(stage, RULES[0]["rule"], "First").join(60)
    lasted = time.monotonic() - began
    for rule in RULES[1:]:
        process = _started(stage, rule["rule"], f"Second {written}")
        time.sleep(lasted * chance.uniform(0.3, 1.1))
        process.kill()
        process.join(60)
        entries = _record(stage)["approvals"]
        assert written <= len(entries) <= written + 1 and entries[0]["by"] == "First"
        written = len(entries)
    done = stage.docgen("approve", "deal.yaml", "--as", "legal", "--by", "Third")
    assert done.returncode == 0, done.stderr


def test_a_process_killed_before_the_record_takes_its_place_leaves_the_old_one(stage: Stage) -> None:
    """The worst moment, made certain: the new record is written beside the old one, and then the process dies."""
    assert stage.docgen("approve", "deal.yaml", "--as", "legal", "--by", "First").returncode == 0
    record = stage.folder / "deal.approvals.yaml"
    before = record.read_bytes()
    dies = "import os, signal, pathlib; pathlib.Path.replace = lambda *a: os.kill(os.getpid(), signal.SIGKILL); "
    start = "from docgen.__main__ import main; main()"
    killed = subprocess.run(
        [sys.executable, "-c", dies + start, "reject", "deal.yaml", "--as", "legal", "--by", "Second"],
        cwd=stage.folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert record.read_bytes() == before
    done = stage.docgen("reject", "deal.yaml", "--as", "legal", "--by", "Second")
    assert done.returncode == 0, done.stderr
    assert stage.play({"verify": "0"}) is None
