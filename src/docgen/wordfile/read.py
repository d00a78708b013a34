"""The bytes of a .docx to what it says."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docgen.problems import Place, Problem
from docgen.wordfile.archive import Archive, Refused, open_archive
from docgen.wordfile.blocks import Reader
from docgen.wordfile.model import Remark, WordFile
from docgen.wordfile.names import PACKAGE, W
from docgen.wordfile.numbering import Lists, read_lists
from docgen.wordfile.styles import Styles

_DOUBTS = (
    ("altChunk", "word_part_unread"),
    ("live", "word_live_field"),
    ("bound", "word_bound_control"),
    ("twofold", "word_twofold"),
    ("speaking", "word_numbers_speak"),
)
"""What a reader of the file must know, since its words may not be all that Word shows."""
_NOT_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_word(data: bytes, shown: str) -> WordFile | Problem:
    """What a Word file says, or why it cannot be read. `shown`: the file's name as the user gave it."""
    try:
        return _read(open_archive(data), shown)
    except Refused as refused:
        return refused.problem(shown)


def _read(archive: Archive, shown: str) -> WordFile:
    root = archive.root(archive.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise Refused("not_a_word_file")
    styles = Styles(_first(archive, "styles"))
    notes = dict(_notes(archive, styles))
    reader = Reader(styles, read_lists(_first(archive, "numbering")), notes)
    blocks = reader.blocks(body)
    doubts = [*reader.unread, *(["speaking"] if reader.lists.speaking else [])]
    told = [
        Problem(code, (), {"file": shown}, "warning", place=Place(shown)) for doubt, code in _DOUBTS if doubt in doubts
    ]
    return WordFile(blocks, tuple(_remarks(archive, styles)), tuple(_properties(archive)), tuple(told))


def _first(archive: Archive, kind: str) -> Element | None:
    return next((archive.root(name) for name in archive.beside(kind)), None)


def _text(element: Element, styles: Styles) -> str:
    """The words of a note or a comment, its paragraphs one below the other."""
    blocks = Reader(styles, Lists({}, {}), {}).blocks(element)
    return "\n".join(block.text for block in blocks).strip()


def _notes(archive: Archive, styles: Styles) -> Iterator[tuple[str, str]]:
    for kind in ("footnote", "endnote"):
        root = _first(archive, f"{kind}s")
        for note in () if root is None else root.findall(f"{W}{kind}"):
            if note.get(f"{W}type") not in _NOT_NOTES:
                yield f"{kind} {note.get(f'{W}id')}", _text(note, styles)


def _remarks(archive: Archive, styles: Styles) -> Iterator[Remark]:
    root = _first(archive, "comments")
    for each in () if root is None else root.findall(f"{W}comment"):
        who, when = each.get(f"{W}author", ""), each.get(f"{W}date", "")
        yield Remark(each.get(f"{W}id", ""), who, when, _text(each, styles))


def _properties(archive: Archive) -> Iterator[tuple[str, str]]:
    """The custom properties: what docgen stamped on the paper, for one."""
    relations = archive.root("_rels/.rels")
    for each in () if relations is None else relations.findall(f"{PACKAGE}Relationship"):
        if each.get("Type", "").endswith("/custom-properties"):
            root = archive.root(each.get("Target", "").lstrip("/"))
            for entry in () if root is None else root:
                yield entry.get("name", ""), "".join(entry.itertext())
