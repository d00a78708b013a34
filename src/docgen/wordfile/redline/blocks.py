"""Two bodies, or two cells, as one: paragraphs and tables aligned, what only one has marked as a whole."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal
from xml.etree.ElementTree import Element

from docgen.rewording import Item, Pairing, pair_in_order, similarity, with_neighbours
from docgen.rewording.pairing import ALIKE
from docgen.wordfile.names import W, val
from docgen.wordfile.redline.atoms import text_of
from docgen.wordfile.redline.lines import Lines, compared_properties, properties_key
from docgen.wordfile.redline.marks import Tag, properties_of

CLAUSE = "dg_"
"""How the bookmarks of a contract's clauses begin."""
_TABLE, _CONTROL = f"{W}tbl", f"{W}sdt"
BLOCKS = (f"{W}p", _TABLE, _CONTROL)
State = Literal["come", "gone", "kept"]
_ENDS: Mapping[State, Tag | None] = {"come": "ins", "gone": "del", "kept": None}


@dataclass(slots=True)
class Entry:
    """A block of the result. old, new: its versions, None where it has none. end: what becomes of the paragraph's end,
    where that is not what becomes of the paragraph. set_as: properties its end had before, where other than its own."""

    old: Element | None
    new: Element | None
    end: Tag | Literal["own"] | None = "own"
    whole: bool = False
    set_as: Element | None = None
    set_to: Element | None = None

    @property
    def state(self) -> State:
        return "come" if self.old is None else "gone" if self.new is None else "kept"

    @property
    def is_paragraph(self) -> bool:
        block = self.new if self.new is not None else self.old
        return block is not None and block.tag == f"{W}p"


def merged_blocks(old: Iterable[Element], new: Iterable[Element], lines: Lines) -> list[Element]:
    """The blocks of a container with tracked changes."""
    before = [each for each in old if each.tag in BLOCKS]
    after = [each for each in new if each.tag in BLOCKS]
    return [_written(each, lines) for each in _closed(_entries(before, after))]


def moved_names(old: Iterable[Element], new: Iterable[Element]) -> frozenset[str]:
    """Clauses that are in both but in another order: they go here and come there, and both have a bookmark."""
    before, after = ([each for each in blocks if each.tag in BLOCKS] for blocks in (old, new))
    kept = {i for i, _ in _paired(before, after)}
    there = frozenset(name for block in after for name in _item(block).names)
    return there & frozenset(name for i, block in enumerate(before) if i not in kept for name in _item(block).names)


# ---- which block became which ---------------------------------------------------------------------------------------
def _entries(old: Sequence[Element], new: Sequence[Element]) -> list[Entry]:
    pairs = _paired(old, new)
    out: list[Entry] = []
    at_old = at_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        out += [Entry(each, None) for each in old[at_old:i]]
        out += [Entry(None, each) for each in new[at_new:j]]
        out += [Entry(old[i], new[j], whole=_is_anew(old[i], new[j]))] if i < len(old) and j < len(new) else []
        at_old, at_new = i + 1, j + 1
    return out


def _paired(old: Sequence[Element], new: Sequence[Element]) -> list[tuple[int, int]]:
    """Pairs in order. Tables and content controls (the table of contents is one) keep their places whatever stands in
    them: two tables that touch are one in Word."""
    found = pair_in_order([_item(each) for each in old], [_item(each) for each in new])
    pairs = [(i, j) for i, j in found.pairs if old[i].tag == new[j].tag]
    for kind in (_TABLE, _CONTROL):
        gone, come = _left(old, kind, {i for i, _ in pairs}), _left(new, kind, {j for _, j in pairs})
        pairs = list(with_neighbours(Pairing(tuple(pairs), frozenset(), gone, come)).pairs)
    return pairs


def _left(blocks: Sequence[Element], kind: str, taken: set[int]) -> tuple[int, ...]:
    return tuple(at for at, each in enumerate(blocks) if each.tag == kind and at not in taken)


def _item(block: Element) -> Item:
    """Names of clauses alone count: those of headings go by their order on the paper."""
    if block.tag != f"{W}p":
        return Item(f"{block.tag} {text_of(block)}")  # never taken for a paragraph of the same words
    names = (each.get(f"{W}name", "") for each in block.iter(f"{W}bookmarkStart"))
    return Item(text_of(block), frozenset(name for name in names if name.startswith(CLAUSE)))


def _is_anew(old: Element, new: Element) -> bool:
    """Whether a clause has kept its name but hardly a word: then all its words go and come."""
    return old.tag == f"{W}p" and similarity(text_of(old), text_of(new)) < ALIKE


# ---- the end of a container -----------------------------------------------------------------------------------------
def _closed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Stretches between tables and controls, each closed: neither the last paragraph of a container nor one before a
    table can lose its end, since nothing stands behind it that its words could join."""
    stretch: list[Entry] = []
    for each in entries:
        if each.is_paragraph:
            stretch.append(each)
            continue
        yield from (*_ended(stretch), each)
        stretch = []
    yield from _ended(stretch)


def _ended(stretch: list[Entry]) -> list[Entry]:
    """The change goes to the ends before, or the last old and the last new paragraph become one."""
    tail = len(list(takewhile(lambda each: each.state != "kept", reversed(stretch))))
    kept, ending = stretch[: len(stretch) - tail], stretch[len(stretch) - tail :]
    gone = [each for each in ending if each.state == "gone"]
    come = [each for each in ending if each.state == "come"]
    if gone and come:
        return [*kept, *gone[:-1], *come[:-1], Entry(gone[-1].old, come[-1].new, whole=True)]
    if kept and ending:
        kept[-1].end = "del" if gone else "ins"
        last = ending[-1]
        last.end = None
        last.set_as, last.set_to = (last.old, kept[-1].new) if gone else (kept[-1].old, last.new)
    return stretch


# ---- out ------------------------------------------------------------------------------------------------------------
def _written(entry: Entry, lines: Lines) -> Element:
    if not entry.is_paragraph:
        return _table(entry, lines) if _there(entry.new, entry.old).tag == _TABLE else _control(entry, lines)
    if entry.old is not None and entry.new is not None:
        out = lines.merged(entry.old, entry.new, whole=entry.whole)
        if entry.end in ("ins", "del"):
            out = copy.deepcopy(out)
    else:
        out = lines.inserted(entry.new) if entry.new is not None else lines.deleted(_there(entry.old))
    end = _ENDS[entry.state] if entry.end == "own" else entry.end
    if end is not None:
        lines.marker.end(out, end)
    if entry.set_as is not None and entry.set_to is not None:
        _set_end(out, lines.adopt(entry.set_as), entry.set_to, lines)
    return out


def _there(*versions: Element | None) -> Element:
    found = next((each for each in versions if each is not None), None)
    assert found is not None, "an entry has a version"
    return found


def _set_end(out: Element, before: Element, after: Element, lines: Lines) -> None:
    """The end of this paragraph closes another one in the other version: it is set like that one there."""
    old, new = compared_properties(before), compared_properties(after)
    properties = properties_of(out)
    for each in compared_properties(out):
        properties.remove(each)
    for at, each in enumerate(new):
        properties.insert(at, copy.deepcopy(each))
    if properties_key(old) != properties_key(new):
        lines.marker.set_changed(out, old)


# ---- controls and tables --------------------------------------------------------------------------------------------
def _control(entry: Entry, lines: Lines) -> Element:
    """A content control with its content merged, or the whole content inserted or deleted."""
    tag: Tag = "ins" if entry.old is None else "del"
    base = copy.deepcopy(entry.new) if entry.new is not None else lines.adopt(_there(entry.old))
    old = entry.old.find(f"{W}sdtContent") if entry.old is not None and entry.new is not None else None
    for held in base.findall(f"{W}sdtContent"):
        held[:] = list(_whole_blocks(held, tag, lines)) if old is None else merged_blocks(old, held, lines)
    return base


def _table(entry: Entry, lines: Lines) -> Element:
    if entry.old is None or entry.new is None:
        tag: Tag = "ins" if entry.old is None else "del"
        return _whole_table(
            copy.deepcopy(entry.new) if entry.new is not None else lines.adopt(_there(entry.old)), tag, lines
        )
    old, new = entry.old.findall(f"{W}tr"), entry.new.findall(f"{W}tr")
    rows = with_neighbours(pair_in_order(*([Item(text_of(row)) for row in side] for side in (old, new))))
    pairs = [(i, j) for i, j in rows.pairs if _shape(old[i]) == _shape(new[j])]
    out = Element(f"{W}tbl")
    out.extend(each for each in entry.new if each.tag != f"{W}tr")
    at_old = at_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        out.extend(_whole_row(lines.adopt(each), "del", lines) for each in old[at_old:i])
        out.extend(_whole_row(copy.deepcopy(each), "ins", lines) for each in new[at_new:j])
        out.extend([_row(old[i], new[j], lines)] if i < len(old) and j < len(new) else [])
        at_old, at_new = i + 1, j + 1
    return out


def _shape(row: Element) -> list[tuple[str | None, str | None]]:
    """Cells by how many columns they span and whether they go on from above."""
    properties = (cell.find(f"{W}tcPr") for cell in row.findall(f"{W}tc"))
    return [(val(each, "gridSpan"), val(each, "vMerge")) for each in properties]


def _row(old: Element, new: Element, lines: Lines) -> Element:
    cells = iter(old.findall(f"{W}tc"))
    out = Element(f"{W}tr", dict(new.attrib))
    out.extend(_cell(next(cells), each, lines) if each.tag == f"{W}tc" else each for each in new)
    return out


def _cell(old: Element, new: Element, lines: Lines) -> Element:
    out = Element(f"{W}tc")
    out.extend(each for each in new if each.tag not in BLOCKS)
    out.extend(merged_blocks(old, new, lines))
    return out


def _whole_table(table: Element, tag: Tag, lines: Lines) -> Element:
    out = Element(f"{W}tbl")
    out.extend(_whole_row(each, tag, lines) if each.tag == f"{W}tr" else each for each in table)
    return out


def _whole_row(row: Element, tag: Tag, lines: Lines) -> Element:
    out = Element(f"{W}tr", dict(row.attrib))
    for each in row:
        if each.tag == f"{W}tc":
            cell = Element(f"{W}tc")
            cell.extend(_whole_blocks(each, tag, lines))
            out.append(cell)
        else:
            out.append(each)
    lines.marker.row(out, tag)
    return out


def _whole_blocks(cell: Element, tag: Tag, lines: Lines) -> Iterator[Element]:
    for each in cell:
        if each.tag == _TABLE:
            yield _whole_table(each, tag, lines)
        elif each.tag == f"{W}p":
            out = lines.inserted(each) if tag == "ins" else lines.whole_deleted(each)
            lines.marker.end(out, tag)
            yield out
        else:
            yield each
