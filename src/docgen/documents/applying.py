"""The documents a deal gets when nobody names any: all that its facts allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.documents.audience import unmet
from docgen.documents.manifest import Manifest, manifests, read_manifest
from docgen.documents.needs import NEEDS
from docgen.facts import Facts


def applying(facts: Facts, folders: Sequence[Path]) -> tuple[str, ...]:
    """Documents that may be made unasked, by name: what they need is there, and they have something to tell. Papers of
    the house are never among them. One whose manifest is broken is, so that it is told."""
    return tuple(_applying(facts, folders))


def _applying(facts: Facts, folders: Sequence[Path]) -> Iterator[str]:
    for name, folder in sorted(manifests(folders).items()):
        manifest = read_manifest(folder).model
        if manifest is None or applies(manifest, facts):
            yield name


def applies(manifest: Manifest, facts: Facts) -> bool:
    """Whether a deal gets this document unasked. Where the manifest does not say what that takes, one of the sections
    that wait for something must have it; a letter, which has no sections, is then made only when asked for."""
    if manifest.audience == "internal" or any(True for _ in unmet(manifest, facts)):
        return False
    if manifest.build_needs:
        return all(NEEDS[need](facts) for need in manifest.build_needs)
    if not manifest.parts:
        return False
    waiting = [part for part in manifest.parts if part.needs]
    return not waiting or any(all(NEEDS[need](facts) for need in part.needs) for part in waiting)
