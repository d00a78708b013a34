"""A file with all its tracked changes accepted, or all rejected.

Paragraphs keep their pieces and so who changed them; what differs is which paragraphs there are. A paragraph whose end
is gone gives its words to the next one, which says how the whole looks, as in Word. Labels are those of the accepted
file in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from docgen.wordfile.model import Block, Change, Paragraph, Row, Table


class _View(NamedTuple):
    text: Callable[[Paragraph], str]
    is_gone: Callable[[Paragraph | Row], Change | None]


_VIEWS = {
    "accepted": _View(lambda paragraph: paragraph.text, lambda each: each.deleted),
    "rejected": _View(lambda paragraph: paragraph.text_before, lambda each: each.inserted),
}


def accepted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What is there when all changes are accepted; of each paragraph `text` is what it says."""
    return _seen(blocks, "accepted")


def rejected(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What was there before all changes; of each paragraph `text_before` is what it said."""
    return _seen(blocks, "rejected")


def _seen(blocks: Sequence[Block], name: Literal["accepted", "rejected"]) -> tuple[Block, ...]:
    view = _VIEWS[name]
    out: list[Block] = []
    waiting: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            out += [waiting] if waiting is not None else []
            waiting = None
            rows = tuple(_row(row, name) for row in block.rows if view.is_gone(row) is None)
            out += [Table(rows)] if rows else []
            continue
        whole = block if waiting is None else _joined(waiting, block, view.is_gone(waiting))
        waiting = None
        if view.is_gone(block) is None:
            out.append(whole)
        elif view.text(whole):
            waiting = whole
    return (*out, *([waiting] if waiting is not None else []))


def _row(row: Row, name: Literal["accepted", "rejected"]) -> Row:
    return replace(row, cells=tuple(replace(cell, blocks=_seen(cell.blocks, name)) for cell in row.cells))


def _joined(first: Paragraph, second: Paragraph, joint: Change | None) -> Paragraph:
    """Two paragraphs as one; the second's end, and so its look, is what is left."""
    return replace(
        second,
        pieces=first.pieces + second.pieces,
        joints=(*first.joints, *((joint,) if joint else ()), *second.joints),
        bookmarks=first.bookmarks + second.bookmarks,
        notes=first.notes + second.notes,
        boxed=first.boxed + second.boxed,
        unseen=first.unseen + second.unseen,
        reformatted=first.reformatted + second.reformatted,
        remarks=tuple(dict.fromkeys(first.remarks + second.remarks)),
    )
