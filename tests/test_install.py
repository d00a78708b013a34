"""`pip install .` alone gives a working docgen: fonts, templates and price lists travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEN_LINES = (ROOT / "samples" / "ten-lines" / "deal.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked into a folder of its own as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    site = folder / "site"
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(site)
    return site


def docgen(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed copy from a folder far from the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-c", "from docgen.__main__ import main; main()", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_an_installed_docgen_writes_a_quotation_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(TEN_LINES, "utf-8")
    done = docgen(installed, tmp_path, "quote", "deal.yaml")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").glob("*-quote.*")) == [
        "D-2026-0150-quote.docx",
        "D-2026-0150-quote.pdf",
    ]


def test_an_installed_docgen_has_its_price_lists_and_documents(installed: Path, tmp_path: Path) -> None:
    listed = docgen(installed, tmp_path, "list").stdout
    assert all(name in listed for name in ("quote", "erp-cn", "crm-us", "cloud-cn"))


def test_an_installed_docgen_makes_a_workspace_that_works(installed: Path, tmp_path: Path) -> None:
    assert docgen(installed, tmp_path, "init", "sales").returncode == 0
    assert docgen(installed, tmp_path / "sales", "new").returncode == 0
    checked = docgen(installed, tmp_path / "sales", "check", "deal.yaml")
    assert checked.returncode == 0, checked.stderr
