"""A build that is killed at any moment, again and again, leaves whole papers; and several at once do not mix.

DOCGEN_THOROUGH=1 kills 500 times.
"""

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

import pytest

from docgen.batch.cache import NAME as CACHE
from docgen.source.output import RECORD, write_papers
from tests.conftest import SAMPLES
from tests.pricing.deals import THOROUGH
from tests.safety.house import call, deal, furnish

KILLS = 500 if THOROUGH else 50
DEALS = ("deals/one.yaml", "deals/two.yaml")
TITLES = ("First title", "Second title", "Third title")
QUOTE = ("quote", *DEALS, "--format", "docx,pdf,txt,html,json")
BUILD = ("build", "deals", "--jobs", "1", "--format", "docx,pdf,txt,html,json")


def _titled(folder: Path, title: str) -> None:
    """Two deals of one title; a new title changes every paper."""
    (folder / "deals").mkdir(exist_ok=True)
    for number, name in enumerate(DEALS, 1):
        furnish(folder, deal() | {"deal": f"D-{number}", "title": title}).rename(folder / name)


def _papers(folder: Path) -> dict[str, bytes]:
    if not (folder / "out").is_dir():
        return {}
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir() if not path.name.startswith(".")}


@pytest.fixture(params=[QUOTE, BUILD], ids=["quote", "build"])
def command(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture
def whole(tmp_path: Path, command: tuple[str, ...]) -> dict[str, dict[str, bytes]]:
    """By title, every paper as it is when nobody is killed."""
    made = {}
    for number, title in enumerate(TITLES):
        folder = tmp_path / str(number)
        folder.mkdir()
        _titled(folder, title)
        assert call(*command, cwd=folder).returncode == 0
        made[title] = _papers(folder)
    return made


def _called(command: tuple[str, ...], folder: Path) -> None:
    os._exit(call(*command, cwd=folder).returncode)


def _started(command: tuple[str, ...], folder: Path) -> BaseProcess:
    """Forked, so that it begins to write at once."""
    process = multiprocessing.get_context("fork").Process(target=_called, args=(command, folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads, from Python 3.12 on
        process.start()
    return process


def test_kills_at_any_moment_leave_whole_papers_and_the_next_command_is_right(
    tmp_path: Path, command: tuple[str, ...], whole: dict[str, dict[str, bytes]]
) -> None:
    folder, chance = tmp_path / "killed", random.Random(11)
    folder.mkdir()
    _titled(folder, TITLES[0])
    began = time.monotonic()
    _started(command, folder).join(120)
    lasted = time.monotonic() - began
    assert _papers(folder) == whole[TITLES[0]]
    killed = 0
    for number in range(KILLS):
        _titled(folder, chance.choice(TITLES))
        process = _started(command, folder)
        time.sleep(lasted * chance.uniform(0.0, 1.1))
        process.kill()
        process.join(120)
        killed += process.exitcode == -signal.SIGKILL
        torn = [name for name, data in _papers(folder).items() if data not in [whole[title][name] for title in TITLES]]
        assert torn == [], f"after kill {number}"
    assert killed > KILLS // 3, "most builds were over before they were killed"
    _titled(folder, TITLES[1])
    done = call(*command, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert _papers(folder) == whole[TITLES[1]]
    hidden = {path.name for path in (folder / "out").glob(".*")}
    assert hidden <= {RECORD, CACHE}, "what the killed had begun was left"


@pytest.mark.parametrize("moment", [1, 2, 3, 4])
def test_killed_between_two_papers_twice_no_paper_counts_as_edited(tmp_path: Path, moment: int) -> None:
    """The worst moments, made certain: the process dies when the n-th file is about to take its place."""
    out = tmp_path / "out"
    assert write_papers(out, {"a.docx": b"1", "a.pdf": b"1", "a.txt": b"1"}) == []
    for version in (b"2", b"3"):
        dies = (
            "import os, pathlib\nreal, calls = pathlib.Path.replace, []\n"
            "def dying(self, target):\n"
            f"    calls.append(1)\n    if len(calls) == {moment}: os.kill(os.getpid(), 9)\n"
            "    return real(self, target)\n"
            "pathlib.Path.replace = dying\nfrom docgen.source.output import write_papers\n"
            f"write_papers(pathlib.Path({str(out)!r}), {{n: {version!r} for n in ('a.docx', 'a.pdf', 'a.txt')}})"
        )
        assert subprocess.run([sys.executable, "-c", dies], check=False).returncode == -signal.SIGKILL
        assert {path.read_bytes() for path in out.glob("a.*")} <= {b"1", b"2", b"3"}
    assert write_papers(out, {"a.docx": b"4", "a.pdf": b"4", "a.txt": b"4"}) == []
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != RECORD} == {
        "a.docx": b"4", "a.pdf": b"4", "a.txt": b"4"
    }  # fmt: skip


def test_eight_at_once_into_one_folder_leave_the_papers_of_one(
    tmp_path: Path, command: tuple[str, ...], whole: dict[str, dict[str, bytes]]
) -> None:
    folder = tmp_path / "crowded"
    folder.mkdir()
    _titled(folder, TITLES[2])
    running = [_started(command, folder) for _ in range(8)]
    for each in running:
        each.join(240)
    assert [each.exitcode for each in running] == [0] * 8
    assert _papers(folder) == whole[TITLES[2]]
    assert not list((folder / "out").glob(".docgen-paper-*"))


def test_the_samples_are_killed_while_proposals_are_written(tmp_path: Path) -> None:
    deals = [str(SAMPLES / name / "deal.yaml") for name in ("homebody-crm", "qinghe-alternatives")]
    command = ("proposal", *deals, "--format", "docx,pdf", "--out", str(tmp_path / "out"))
    assert call(*command, cwd=tmp_path).returncode == 0
    right, chance = _papers(tmp_path), random.Random(5)
    for _ in range(6):
        for path in (tmp_path / "out").iterdir():
            path.unlink()
        process = _started(command, tmp_path)
        time.sleep(chance.uniform(0.05, 1.5))
        process.kill()
        process.join(120)
        assert all(data == right[name] for name, data in _papers(tmp_path).items())
    assert call(*command, "--force", cwd=tmp_path).returncode == 0
    assert _papers(tmp_path) == right
