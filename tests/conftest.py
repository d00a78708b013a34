"""Switches and helpers every test may use."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
TODAY = dt.date(2026, 11, 22)
"""The day tests run on; it only decides what is expired."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the expected texts of the samples anew")


def need(*programs: str) -> None:
    """Skip the test, saying why, on a machine without one of these programs."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
