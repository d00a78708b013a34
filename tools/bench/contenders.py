"""The peers: which are here, what they write, and how each is asked for one document or for many.

All are given finished text. LibreOffice turns the Word file of docxtpl into a PDF. docxtemplater and Carbone run on
Node; `make bench` installs them beside the virtual environment where npm is found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from running import PEERS, ROOT, Command, python

FORMATS = {
    "docxtpl": "docx",
    "docxtemplater": "docx",
    "carbone": "docx",
    "weasyprint": "pdf",
    "typst": "pdf",
    "reportlab": "pdf",
    "libreoffice": "pdf",
}
NODE = ("docxtemplater", "carbone")
MODULES = ROOT / ".venv" / "bench-node"


def present(peer: str) -> bool:
    """Installed, and able to start: WeasyPrint also needs Pango from the system."""
    if peer == "libreoffice":
        return shutil.which("soffice") is not None
    if peer in NODE:
        return (MODULES / "node_modules" / peer).is_dir()
    if find_spec(peer) is None:
        return False
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return not subprocess.run([sys.executable, "-c", f"import {peer}"], capture_output=True, env=env).returncode


def install_node_peers() -> None:
    """What peers/package.json names, where npm is there; without a network they are simply left out."""
    if shutil.which("npm") is None or all(map(present, NODE)):
        return
    MODULES.mkdir(parents=True, exist_ok=True)
    shutil.copy(PEERS / "package.json", MODULES)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=MODULES, capture_output=True)


def writing(peer: str, data: Path, out: Path, *count: str) -> Command:
    """One document, or one and then `count` warm ones whose times are printed. LibreOffice writes beside its source."""
    if peer == "libreoffice":
        profile = f"-env:UserInstallation={(data.parent / 'libreoffice').as_uri()}"
        source = data.parent / "docxtpl.docx"
        return ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out.parent / "converted", source]
    if peer in NODE:
        return ["node", PEERS / "node_quote.js", MODULES, peer, data, out, *count]
    return python(f"{peer}_quote.py", data, out, *count)
