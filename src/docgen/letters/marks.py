"""What a draft shows of being one: a line at the head of the letter, the mark across every page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docgen.content.blocks import Document
from docgen.letters.controls import P
from docgen.letters.measures import sections
from docgen.letters.opened import OpenedLetter
from docgen.letters.places import Placing
from docgen.wordfile.names import OFFICE, WORD, R, W, is_on
from docgen.wordfile.xml import Tree

NEW_HEADER = "word/header_docgen.xml"


def mark(letter: OpenedLetter, document: Document, trees: dict[str, Tree], placing: Placing) -> None:
    """Put the note and the marks into the parts; a section without a head gets one that holds nothing else."""
    if document.draft_note:
        _note(letter.main, trees, placing)
    if not document.draft:
        return
    body = trees[letter.main].root
    settings = letter.named("settings")
    both = settings in trees and is_on(trees[settings].root, "evenAndOddHeaders") is True
    missing = _missing(body, both=both)
    if missing:
        trees[NEW_HEADER] = Tree(Element(f"{W}hdr"), {WORD: "w", OFFICE: "r"})
        identity = placing.relate(letter.main, "header", NEW_HEADER)
        for section, kind in missing:
            section.insert(0, Element(f"{W}headerReference", {f"{W}type": kind, f"{R}id": identity}))
    heads = [name for name in sorted(trees) if trees[name].root.tag == f"{W}hdr"]
    for number, name in enumerate(heads, 1):
        _watermark(name, number, trees, placing)


def _note(main: str, trees: dict[str, Tree], placing: Placing) -> None:
    tree = trees[main]
    prefixes = dict(tree.prefixes)
    note = placing.elements(main, placing.guests.draft_note(), prefixes)
    body = tree.root.find(f"{W}body")
    assert body is not None
    body[:] = [*note, *body]
    trees[main] = Tree(tree.root, prefixes)


def _missing(body: Element, *, both: bool) -> list[tuple[Element, str]]:
    """Sections and the kinds of head they would show none for. A section takes what it lacks from the one before."""
    return list(_lacking(body, both=both))


def _lacking(body: Element, *, both: bool) -> Iterator[tuple[Element, str]]:
    had: set[str] = set()
    for section in sections(body):
        had |= {each.get(f"{W}type", "default") for each in section.findall(f"{W}headerReference")}
        wanted = ["default"]
        wanted += ["first"] if is_on(section, "titlePg") else []
        wanted += ["even"] if both else []
        for kind in wanted:
            if kind not in had:
                had.add(kind)
                yield section, kind


def _watermark(name: str, number: int, trees: dict[str, Tree], placing: Placing) -> None:
    """Into the head's first paragraph, so that the head gets no higher."""
    tree = trees[name]
    prefixes = dict(tree.prefixes)
    (paragraph,) = placing.elements(name, placing.guests.watermark(number), prefixes)
    first = tree.root.find(P)
    if first is None:
        tree.root.insert(0, paragraph)
    else:
        first.extend(list(paragraph))
    trees[name] = Tree(tree.root, prefixes)
