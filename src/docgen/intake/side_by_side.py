"""A contract whose two languages stand beside one another in a table, as paragraphs one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.intake.outline import is_chinese
from docgen.wordfile import Cell, Row, Table, WordFile
from docgen.wordfile.model import Block

_FEWEST = 3
"""Rows of such a table: two words beside their translation are a table like others."""


def one_below_the_other(file: WordFile) -> WordFile:
    """The file with such tables unfolded, the left cell of each row before the right one."""
    return replace(file, blocks=tuple(_blocks(file.blocks)))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table) and _is_two_languages(block):
            yield from (inner for row in block.rows for cell in row.cells for inner in cell.blocks)
        else:
            yield block


def _is_two_languages(table: Table) -> bool:
    """Whether most rows say one thing twice, in the same order of languages."""
    orders = [_order(row) for row in table.rows if row.text.strip()]
    return len(orders) >= _FEWEST and any(2 * orders.count(order) > len(orders) for order in ("zh en", "en zh"))


def _order(row: Row) -> str:
    said = [each for each in row.cells if any(sign.isalpha() for sign in each.text)]
    if len(said) != len(row.cells) or len(said) != 2:
        return ""
    return " ".join(map(_language, said))


def _language(cell: Cell) -> str:
    return "zh" if is_chinese(cell.text) else "en"
