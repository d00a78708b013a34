"""docgen: one deal file, every paper. The public verbs, imported when they are first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.pipeline import prepare, produce
    from docgen.problems import ProblemsFound
    from docgen.reading import Workspace

__all__ = ["ProblemsFound", "Workspace", "prepare", "produce"]

_ROOMS = {"prepare": "pipeline", "produce": "pipeline", "ProblemsFound": "problems", "Workspace": "reading"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"docgen has no {name}")
    from importlib import import_module

    return getattr(import_module(f"docgen.{_ROOMS[name]}"), name)
