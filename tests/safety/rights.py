"""Processes that may do no more than their files' rights say, also where the tests run as root."""

from __future__ import annotations

import os
import shutil

import pytest

_WITHOUT_POWERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def without_powers() -> tuple[str, ...]:
    """What to put before a command; skips the test where root cannot give up its powers."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may read and write anything, and setpriv is not there")
    return _WITHOUT_POWERS
