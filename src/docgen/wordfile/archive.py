"""The zip of a Word file somebody sent: opened with care, refused with a reason.

Nothing is unpacked to disk or followed. A part is read up to a limit, so a small file cannot unfold into a large one.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from docgen.problems import Place, Problem
from docgen.wordfile.names import PACKAGE
from docgen.wordfile.xml import Tree, XmlRefused, parse

LARGEST_PART = 24 * 1024 * 1024
"""Bytes of one part of text, unpacked; a contract of a thousand pages has about 10 MB."""
MOST_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)
"""What reading a broken zip may raise."""


class Refused(Exception):  # noqa: N818 - an answer, caught in `read`
    """The file is not one we read: the problem says why."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def problem(self, shown: str) -> Problem:
        return Problem(self.code, (), {"file": shown, **self.params}, place=Place(shown))


@dataclass(frozen=True)
class Archive:
    """The parts of a Word file. `main`: the name of the part that holds the text."""

    zip: zipfile.ZipFile
    main: str

    def tree(self, name: str) -> Tree | None:
        """A part as a tree; None where the file has no such part."""
        try:
            data = self.data(name)
            return None if data is None else parse(data)
        except XmlRefused as error:
            raise Refused("word_broken", reason=f"{name}: {error}") from error

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None where the file has no such part."""
        try:
            with self.zip.open(name) as stream:
                data = stream.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except _BROKEN as error:
            raise Refused("word_broken", reason=f"{name} is damaged") from error
        if len(data) > LARGEST_PART:
            raise Refused("word_too_large", limit=f"{LARGEST_PART // 1024 // 1024} MB")
        return data

    def root(self, name: str) -> Element | None:
        tree = self.tree(name)
        return None if tree is None else tree.root

    def beside(self, kind: str) -> list[str]:
        """The parts of one kind the text refers to: `styles`, `numbering`, `header` …"""
        return [self._target(each) for each in self.relations() if each.get("Type", "").endswith(f"/{kind}")]

    def relations(self) -> list[Element]:
        """What the text refers to."""
        folder, name = posixpath.split(self.main)
        root = self.root(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        return [] if root is None else root.findall(f"{PACKAGE}Relationship")

    def _target(self, relation: Element) -> str:
        return _joined(posixpath.dirname(self.main), relation.get("Target", ""))


def open_archive(data: bytes) -> Archive:
    """The archive, or `Refused`."""
    if data.startswith(_OLE):
        raise Refused("word_locked" if b"E\0n\0c\0r\0y\0p\0t\0e\0d" in data else "word_old_format")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except _BROKEN as error:
        raise Refused("not_a_word_file") from error
    if len(parts) > MOST_PARTS:
        raise Refused("word_broken", reason=f"it has more than {MOST_PARTS} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("word_locked")
    found = Archive(archive, "")
    main = _main_part(found)
    if main is None or main not in archive.namelist():
        raise Refused("not_a_word_file")
    return Archive(archive, main)


def _main_part(archive: Archive) -> str | None:
    root = archive.root("_rels/.rels")
    relations = [] if root is None else root.findall(f"{PACKAGE}Relationship")
    targets = (each.get("Target", "") for each in relations if each.get("Type", "").endswith("/officeDocument"))
    return next((_joined("", target) for target in targets), None)


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
