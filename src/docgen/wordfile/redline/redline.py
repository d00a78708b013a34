"""Two files to one."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element

from docgen.wordfile.archive import Archive, open_archive
from docgen.wordfile.names import PACKAGE, W
from docgen.wordfile.redline.blocks import BLOCKS, merged_blocks, moved_names
from docgen.wordfile.redline.carried import Carried, Parts
from docgen.wordfile.redline.lines import Lines
from docgen.wordfile.redline.marks import Marker
from docgen.wordfile.xml import Tree, serialise

_NEW_YEAR_1980 = (1980, 1, 1, 0, 0, 0)


def redline(old: bytes, new: bytes, *, author: str, when: str) -> bytes:
    """One Word file whose tracked changes lead from `old` to `new`, both of them docgen's own. when: the time the
    changes bear, as Word writes it: `2026-11-30T00:00:00Z`. The same files give the same bytes."""
    before, after = _File(open_archive(old)), _File(open_archive(new))
    marker = Marker(author, when, _free_number(after.parts.body))
    moved = moved_names(before.parts.body, after.parts.body)
    carried = Carried(before.parts, after.parts, marker.number, moved)
    lines = Lines(marker, carried.adopt, carried.target)
    body = after.parts.body
    merged = merged_blocks(before.parts.body, body, lines)
    rest = [each for each in body if each.tag not in BLOCKS]
    body[:] = [*merged, *rest]
    return after.packed(before)


class _File:
    """One version: its archive, and the parts that are read or changed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = archive.tree(archive.main) or Tree(Element("none"))
        folder, _, name = archive.main.rpartition("/")
        self._names = {
            "body": archive.main,
            "numbering": next(iter(archive.beside("numbering")), ""),
            "styles": next(iter(archive.beside("styles")), ""),
            "relations": f"{folder}/_rels/{name}.rels",
        }
        self._trees = {"body": main, **{key: self._tree(key) for key in ("numbering", "styles", "relations")}}
        body = main.root.find(f"{W}body")
        self.parts = Parts(
            body if body is not None else Element(f"{W}body"), *(self._trees[key].root for key in list(self._names)[1:])
        )

    def _tree(self, key: str) -> Tree:
        found = self.archive.tree(self._names[key]) if self._names[key] else None
        empty = Element(f"{PACKAGE}Relationships" if key == "relations" else f"{W}{key}")
        return found if found is not None else Tree(empty)

    def packed(self, other: _File) -> bytes:
        """The file anew with its changed parts; every other part as it was."""
        changed = {
            self._names[key]: serialise(Tree(tree.root, {**tree.prefixes, **_missing(other._trees[key], tree)}))
            for key, tree in self._trees.items()
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for member in self.archive.zip.infolist():
                fixed = zipfile.ZipInfo(member.filename, _NEW_YEAR_1980)
                fixed.compress_type = zipfile.ZIP_DEFLATED
                fixed.external_attr = 0o644 << 16
                target.writestr(fixed, changed.get(member.filename) or self.archive.zip.read(member))
        return out.getvalue()


def _missing(other: Tree, mine: Tree) -> dict[str, str]:
    """Namespaces only the other version declares, under its prefixes where these are free."""
    taken = set(mine.prefixes.values())
    return {uri: prefix for uri, prefix in other.prefixes.items() if uri not in mine.prefixes and prefix not in taken}


def _free_number(body: Element) -> int:
    numbers = (each.get(f"{W}id", "") for each in body.iter())
    return max((int(each) for each in numbers if each.isdecimal()), default=0) + 1
