"""What it ran on: no names of machines, no paths."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

from contenders import MODULES, NODE, present
from running import ROOT

_VERSIONS = ("docgen", "pydantic", "PyYAML", "reportlab", "jinja2", "docxtpl", "python-docx", "weasyprint", "typst")


def machine() -> list[str]:
    info = Path("/proc/cpuinfo")
    text = info.read_text("utf-8") if info.is_file() else ""
    model = next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, commit {commit()} · {platform.system()} {platform.machine()}, "
        f"{model or 'processor unknown'}, {os.cpu_count()} cores, {memory:.0f} GB; load before the run {load}",
        "",
        f"Python {platform.python_version()}; {', '.join(versions())}",
    ]


def commit() -> str:
    """The state of the source, "+" where it has changes that are not committed."""
    git = ["git", "-C", str(ROOT)]
    try:
        found = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
        changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "src"], capture_output=True).returncode
    except OSError:
        return "unknown"
    return (found or "unknown") + ("+" if found and changed else "")


def versions() -> list[str]:
    out = []
    for name in _VERSIONS:
        try:
            out.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    for name in filter(present, NODE):
        about = json.loads((MODULES / "node_modules" / name / "package.json").read_text("utf-8"))
        out.append(f"{name} {about['version']}")
    programs = {"node": ["node", "--version"], "soffice": ["soffice", "--version"]}
    for name, command in programs.items():
        if shutil.which(name):
            told = subprocess.run(command, capture_output=True, text=True).stdout.split()
            out.append(f"LibreOffice {told[1]}" if name == "soffice" and len(told) > 1 else f"Node {''.join(told)}")
    return out
