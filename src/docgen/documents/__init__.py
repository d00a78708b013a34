"""Facts in, neutral content out: the one room that knows both business and paper."""

from docgen.documents.compose import compose
from docgen.documents.manifest import Manifest, find_manifest, manifests

__all__ = ["Manifest", "compose", "find_manifest", "manifests"]
