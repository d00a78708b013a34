"""The workspace as it was at a revision: the door to git.

Git is asked for names and files alone; nothing is checked out, fetched or changed.
"""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path

PARTS = ("templates", "price_lists", "sellers.yaml", "approvals.yaml", "samples")
"""What a workspace is made of."""
_FOR_GIT_ALONE = "GIT_"
"""Variables git sets for its own hooks; they would point it at another repository."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of the repository a workspace lies in. name: as it was asked for; prefix: the way to the workspace."""

    workspace: Path
    name: str
    commit: str
    prefix: str

    @property
    def short(self) -> str:
        return self.commit[:10]

    def copy(self, into: Path) -> None:
        """Lay the workspace as it was then into a folder."""
        tree = f"{self.commit}:{self.prefix}"
        there = _git(self.workspace, "ls-tree", "--name-only", "-z", tree).decode().split("\0")
        parts = [name for name in PARTS if name in there]
        if parts:
            packed = _git(self.workspace, "archive", "--format=zip", tree, *parts)
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(into)


def find_revision(workspace: Path, name: str) -> Revision | Problem:
    """The revision by any name git knows, or why there is none."""
    shown = shown_path(workspace)
    try:
        prefix = _git(workspace, "rev-parse", "--show-prefix").decode().strip()
    except FileNotFoundError:
        return Problem("no_git", (), {}, place=Place(shown))
    except subprocess.CalledProcessError:
        return Problem("not_under_git", (), {"folder": shown}, place=Place(shown))
    try:
        found = _git(workspace, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except subprocess.CalledProcessError:
        return Problem("unknown_revision", (), {"revision": name}, place=Place(shown))
    return Revision(workspace, name, found.decode().strip(), prefix)


def _git(folder: Path, *arguments: str) -> bytes:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(_FOR_GIT_ALONE)}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment, timeout=120
    )
    return done.stdout
