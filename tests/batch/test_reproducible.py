"""One set of papers, one digest: over folders, zones, locales, hash seeds, users and numbers of processes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.batch.house import papers
from tests.conftest import ROOT
from tests.safety.house import TODAY

FORMATS = "docx,pdf,xlsx,txt"
SAMPLE_DEALS = ("homebody-crm", "ten-lines", "xingchen-cloud")
NOBODY = 65534
ELSEWHERE: dict[str, dict[str, Any]] = {
    "one process": {"jobs": 1},
    "three processes": {"jobs": 3},
    "the far east": {"env": {"TZ": "Pacific/Kiritimati", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}},
    "the far west": {"env": {"TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"}},
    "a Turkish keyboard": {"env": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "random"}},
    "another folder": {"folder": "另一个 folder/ein Ordner", "jobs": 2},
    "a strict umask": {"umask": 0o077},
    "another user": {"user": NOBODY, "env": {"USER": "x", "LOGNAME": "x", "PYTHONDONTWRITEBYTECODE": "1"}},
}


def _workspace(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("price_lists", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("sellers.yaml", "approvals.yaml"):
        shutil.copyfile(ROOT / name, folder / name)
    for name in SAMPLE_DEALS:
        shutil.copytree(ROOT / "samples" / name, folder / "deals" / name)
    return folder


def _built(
    folder: Path,
    home: Path,
    jobs: int = 2,
    env: Mapping[str, str] | None = None,
    python: str = sys.executable,
    **how: Any,
) -> dict[str, str]:
    """The digest of every paper, made in a process of its own."""
    command = [python, "-m", "docgen", "--today", TODAY.isoformat(), "build", "deals", "--jobs", str(jobs)]
    done = subprocess.run(
        [*command, "--format", FORMATS],
        cwd=folder,
        env={**os.environ, "HOME": str(home), **(env or {})},
        capture_output=True,
        text=True,
        timeout=180,
        **how,
    )
    assert done.returncode == 0, done.stderr
    return {name: hashlib.sha256(data).hexdigest() for name, data in papers(folder / "out").items()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("here")
    found = _built(_workspace(folder / "workspace"), folder)
    assert {name.rsplit(".", 1)[1] for name in found} == set(FORMATS.split(","))
    return found


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_same_deals_give_the_same_bytes(tmp_path: Path, reference: dict[str, str], where: str) -> None:
    how = dict(ELSEWHERE[where])
    folder = _workspace(tmp_path / how.pop("folder", "workspace"))
    if "user" in how:
        _give_away(tmp_path, how)
    assert _built(folder, tmp_path, **how) == reference


def _give_away(folder: Path, how: dict[str, Any]) -> None:
    """Let somebody else work there, with a Python he may start."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    for each in (folder, *folder.rglob("*")):
        os.chown(each, NOBODY, NOBODY)
    for each in folder.parents:
        if each.stat().st_uid == 0 and each.name.startswith(("pytest-", "popen-")):
            each.chmod(0o755)
    how |= {"group": NOBODY, "extra_groups": []}
    how["env"] |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    who = {key: how[key] for key in ("user", "group", "extra_groups")}
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        probe = [python, "-c", "import docgen.documents.compose, docgen.render.pdf, openpyxl"]
        try:
            done = subprocess.run(probe, cwd=folder, env={**os.environ, **how["env"]}, capture_output=True, **who)
        except OSError:
            continue
        if done.returncode == 0:
            how["python"] = python
            return
    pytest.skip("this Python is not for everybody")
