"""docgen watch builds, and again whenever something is saved."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.house import furnish_many, numbered, until, write
from tests.safety.house import TODAY


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return furnish_many(tmp_path, numbered("D-1", documents=["quote"]), numbered("D-2", documents=["quote"]))


@pytest.fixture
def watching(house: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-u", "-m", "docgen", "--today", TODAY.isoformat(), "watch", "deals", "--format", "txt"]
    log = (house / "log").open("w", encoding="utf-8")
    going = subprocess.Popen(command, cwd=house, text=True, stdout=log, stderr=subprocess.STDOUT)
    until(lambda: "waiting for the next save" in _log(house))
    yield going
    going.kill()
    going.wait()
    log.close()


def _log(house: Path) -> str:
    return (house / "log").read_text("utf-8")


def _paper(house: Path, number: str) -> str:
    return (house / "out" / f"{number}-quote.txt").read_text("utf-8")


def test_a_saved_deal_a_new_one_and_a_saved_price_list_are_built(house: Path, watching: subprocess.Popen[str]) -> None:
    assert "D-1-quote.txt" in _log(house) and "D-2-quote.txt" in _log(house)
    write(house / "deals" / "D-1.yaml", numbered("D-1", documents=["quote"], title="Another title"))
    until(lambda: "Another title" in _paper(house, "D-1"))
    write(house / "deals" / "more" / "D-3.yaml", numbered("D-3", documents=["quote"]))
    until((house / "out" / "D-3-quote.txt").is_file)
    prices = house / "price_lists" / "test-list" / "list.yaml"
    prices.write_text(prices.read_text("utf-8").replace("1000", "7777"), "utf-8")
    until(lambda: all("7,777.00" in _paper(house, number) for number in ("D-1", "D-2", "D-3")))


def test_files_that_make_a_folder_a_workspace_are_noticed_when_they_come(
    house: Path, watching: subprocess.Popen[str]
) -> None:
    for name in ("templates", "templates/_house"):
        (house / name).mkdir()
    (house / "templates" / "_house" / "theme.yaml").write_text("nothing: known\n", "utf-8")
    until(lambda: "theme.yaml:1:1: error" in _log(house))


def test_a_mistake_is_told_and_its_correction_built(house: Path, watching: subprocess.Popen[str]) -> None:
    write(house / "deals" / "D-1.yaml", numbered("D-1", documents=["quote"], date="soon"))
    until(lambda: "deals/D-1.yaml:" in _log(house) and "2 deals, 1 failed" in _log(house))
    write(house / "deals" / "D-1.yaml", numbered("D-1", documents=["quote"], title="Corrected"))
    until(lambda: "Corrected" in _paper(house, "D-1"))


def test_an_interrupt_ends_it_quietly(house: Path, watching: subprocess.Popen[str]) -> None:
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) == 0
    assert "Traceback" not in _log(house) and "Aborted" not in _log(house)
