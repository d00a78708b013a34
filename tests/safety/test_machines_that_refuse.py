"""Folders nobody may read or write, a full disk under the output, an output nobody reads: one message, exit 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.safety.house import TODAY, deal, furnish, run
from tests.safety.rights import without_powers

RULES = {"approvals": [{"rule": "r", "when": "discount >= 0", "approver": "finance", "because": "always"}]}


def _held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr and "fault of its own" not in done.stderr
    assert all(each in done.stderr for each in words), done.stderr


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("quote", "deal.yaml"), ("out cannot be written: Permission denied", "--out")),
        (("make", "quote", "deal.yaml", "--out", "out/deeper"), ("cannot be written: Permission denied",)),
        (("build", "deals", "--jobs", "1"), ("Permission denied",)),
    ],
    ids=["quote", "a folder below", "build"],
)
def test_an_out_folder_nobody_may_write_is_one_message_and_old_papers_stay(
    tmp_path: Path, command: tuple[str, ...], words: tuple[str, ...]
) -> None:
    furnish(tmp_path, deal())
    (tmp_path / "deals").mkdir()
    furnish(tmp_path, deal()).rename(tmp_path / "deals" / "deal.yaml")
    furnish(tmp_path, deal())
    out = tmp_path / "out"
    out.mkdir()
    (out / "D-0-quote.docx").write_bytes(b"old")
    out.chmod(0o555)
    try:
        done = run(*command, cwd=tmp_path, prefix=without_powers())
    finally:
        out.chmod(0o755)
    _refused(done, *words)
    assert _held(out) == {"D-0-quote.docx": b"old"}


def test_a_deal_nobody_may_read_is_one_message(tmp_path: Path) -> None:
    path = furnish(tmp_path, deal())
    path.chmod(0)
    _refused(run("quote", "deal.yaml", cwd=tmp_path, prefix=without_powers()), "deal.yaml cannot be read")


@pytest.mark.parametrize("name", ["sellers.yaml", "approvals.yaml", "price_lists/test-list/list.yaml"])
def test_a_file_of_the_workspace_nobody_may_read_is_named(tmp_path: Path, name: str) -> None:
    furnish(tmp_path, deal())
    (tmp_path / name).chmod(0)
    _refused(run("quote", "deal.yaml", cwd=tmp_path, prefix=without_powers()), f"{name} cannot be read")


@pytest.mark.parametrize("name", ["price_lists", "templates", "price_lists/test-list"])
def test_a_folder_of_the_workspace_nobody_may_look_into_ends_in_a_message(tmp_path: Path, name: str) -> None:
    furnish(tmp_path, deal())
    (tmp_path / "templates" / "quote").mkdir(parents=True)
    (tmp_path / name).chmod(0)
    try:
        done = run("quote", "deal.yaml", cwd=tmp_path, prefix=without_powers())
    finally:
        (tmp_path / name).chmod(0o755)
    _refused(done)
    assert done.stderr.strip()


def test_a_yes_that_cannot_be_recorded_is_no_yes(tmp_path: Path) -> None:
    furnish(tmp_path, deal(), policies=RULES)
    tmp_path.chmod(0o555)
    try:
        done = run("approve", "deal.yaml", "--as", "finance", "--by", "Ann", cwd=tmp_path, prefix=without_powers())
    finally:
        tmp_path.chmod(0o755)
    _refused(done, "could not be recorded", "Permission denied")
    assert run("quote", "deal.yaml", "--final", cwd=tmp_path).returncode == 3


# ---- the output of the command itself -------------------------------------------------------------------------------
def _spoken(folder: Path, *args: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "docgen", "--today", TODAY.isoformat(), *args]
    return subprocess.run(command, cwd=folder, text=True, check=False, **streams)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [("price", "deal.yaml"), ("check", "deal.yaml", "--format", "json"), ("--help",)])
def test_a_full_disk_under_the_output_is_told_and_is_no_success(tmp_path: Path, command: tuple[str, ...]) -> None:
    furnish(tmp_path, deal())
    with Path("/dev/full").open("w") as full:
        done = _spoken(tmp_path, *command, stdout=full, stderr=subprocess.PIPE)
    _refused(done, "No space left on device")


def test_an_output_nobody_reads_any_more_ends_quietly(tmp_path: Path) -> None:
    furnish(tmp_path, deal())
    command = f"{sys.executable} -m docgen --today {TODAY} explain deal.yaml | true"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("asked", ["quote deal.yaml", "build . --jobs 1", "build . --jobs 2"])
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_nothing_about_the_papers(tmp_path: Path, closed: str, asked: str) -> None:
    furnish(tmp_path, {**deal(), "documents": ["quote"]})
    command = f"{sys.executable} -m docgen --today {TODAY} {asked} --format txt,docx {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    furnish(tmp_path / "again", {**deal(), "documents": ["quote"]})
    assert run("quote", "deal.yaml", "--format", "txt,docx", cwd=tmp_path / "again").returncode == 0
    papers = {name: data for name, data in _held(tmp_path / "out").items() if name != ".docgen-build.json"}
    assert papers == _held(tmp_path / "again" / "out")


def test_a_batch_whose_streams_are_closed_makes_its_papers(tmp_path: Path) -> None:
    furnish(tmp_path, {**deal(), "documents": ["quote"]})
    (tmp_path / "rows.csv").write_text("deal\nD-7\n,\n", "utf-8")
    command = f"{sys.executable} -m docgen --today {TODAY} batch deal.yaml rows.csv --format txt --jobs 1 >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "out" / "D-7" / "D-7-quote.txt").is_file()


def test_a_folder_removed_under_ones_feet_is_told(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    command = f"cd {here} && rmdir {here} && exec {sys.executable} -m docgen quote ../deal.yaml"
    env = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    _refused(done, "docgen cannot go on")
