"""A short run of what `make fuzz` does for minutes: broken files, random templates and conditions raise nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

TARGETS = ("deals", "lists", "tables", "templates", "markdown", "conditions", "records", "word", "papers")


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_raised_for_a_handful_of_broken_examples(target: str) -> None:
    command = [sys.executable, "tools/fuzz.py", target, "--seconds", "0", "--examples", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{target}: 1 rounds of 40 examples, nothing found")
