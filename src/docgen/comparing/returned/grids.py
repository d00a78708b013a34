"""Tables of our draft and of the file that came back, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.comparing.returned.findings import Finding, How, Spot
from docgen.comparing.returned.passages import Grid, even, notes_come
from docgen.rewording import Item, Pairing, edits, pair, pair_in_order, with_neighbours
from docgen.wordfile import Cell, Change, Paragraph, Row, Table
from docgen.wordfile.model import paragraphs

Placed = tuple[tuple[int, int], Finding]
Then = Mapping[str, Change | None]
"""Rows as they were before all tracked changes, by their words, each with its own deletion."""


def compare_grids(
    ours: Sequence[Grid], theirs: Sequence[Grid], before: Sequence[Grid], passages: Pairing
) -> Iterator[Placed]:
    """What changed in the tables, each with its place in the draft. passages: which passage became which."""
    now = pair([each.item for each in ours], [each.item for each in theirs])
    then = {even(_text_before(row)): row.deleted for grid in before for row in grid.table.rows}
    for i, j in now.pairs:
        place = (ours[i].at - 1, 0)
        yield from ((place, found) for found in _rows(ours[i].spot, ours[i].table, theirs[j].table, then))
        if _is_moved(ours[i], theirs[j], passages):
            yield place, Finding("moved", ours[i].spot, _outline(ours[i].table), now_after=theirs[j].spot.number)
    for i in now.gone:
        for row in _filled(ours[i].table):
            yield (ours[i].at - 1, 0), _gone(ours[i].spot, row, then)
    for j in now.come:
        for row in _filled(theirs[j].table):
            yield (theirs[j].at - 1, 0), _come(theirs[j].spot, row)


def _is_moved(mine: Grid, new: Grid, passages: Pairing) -> bool:
    """Whether a table stands below other words: neither below those it stood below, nor below the last of those above
    it that kept their place."""
    stayed = [each for each in passages.pairs if each not in passages.moved]
    return all(_host(mine.at, dict(pairs)) != _below(new.at, pairs) for pairs in (passages.pairs, stayed))


def _host(at: int, partners: Mapping[int, int]) -> int:
    return next((i for i in range(at - 1, -1, -1) if i in partners), -1)


def _below(at: int, pairs: Sequence[tuple[int, int]]) -> int:
    """The passage of ours below which a table of theirs stands."""
    partner = {j: i for i, j in pairs}
    return next((partner[j] for j in range(at - 1, -1, -1) if j in partner), -1)


def _outline(table: Table) -> str:
    return _told(table.rows[0]) if table.rows else ""


def _rows(spot: Spot, ours: Table, theirs: Table, then: Then) -> Iterator[Finding]:
    one, other = _filled(ours), _filled(theirs)
    rows = with_neighbours(pair_in_order(_items(one), _items(other)))
    for i, j in rows.pairs:
        yield from _cells(spot, ours, one[i], other[j])
    yield from (_gone(spot, one[i], then) for i in rows.gone)
    yield from (_come(spot, other[j]) for j in rows.come)


def _items(rows: Sequence[Row]) -> list[Item]:
    return [Item(even(row.text)) for row in rows]


def _filled(table: Table) -> list[Row]:
    return [row for row in table.rows if row.text.strip()]


def _cells(spot: Spot, ours: Table, one: Row, other: Row) -> Iterator[Finding]:
    for text, by in notes_come(_paragraphs(one), _paragraphs(other)):
        yield Finding("note", spot, new=text, within=_name(one), by=by)
    if len(one.cells) != len(other.cells):
        if even(one.text) != even(other.text):
            yield _reworded(spot, _name(one), even(one.text), even(other.text), one.cells, other.cells)
        return
    for at, (mine, new) in enumerate(zip(one.cells, other.cells, strict=True)):
        if even(mine.text) != even(new.text):
            within = ", ".join(filter(None, (_name(one), _head(ours, one, at))))
            yield _reworded(spot, within, even(mine.text), even(new.text), (mine,), (new,))


def _reworded(
    spot: Spot, within: str, old: str, new: str, ours: Sequence[Cell], theirs: Sequence[Cell]
) -> Finding:  # fmt: skip
    by = _changes(theirs)
    before = even("\t".join(_cell_before(cell) for cell in theirs))
    mine = even("\t".join(cell.text for cell in ours))
    how: How = "silent" if not by else "tracked" if before == mine else "both"
    return Finding("cell", spot, old, new, within, edits(old, new), how=how, by=by)


def _gone(spot: Spot, row: Row, then: Then) -> Finding:
    by = then.get(even(row.text))
    return Finding(
        "row deleted",
        spot,
        old=_told(row),
        within=_name(row),
        how="tracked" if by else "silent",
        by=(by,) if by else (),
    )


def _come(spot: Spot, row: Row) -> Finding:
    by = ((row.inserted,) if row.inserted else ()) or _changes(row.cells)
    how: How = "tracked" if row.inserted or (by and not even(_text_before(row))) else "silent"
    return Finding("row added", spot, new=_told(row), within=_name(row), how=how, by=by)


def _paragraphs(row: Row) -> list[Paragraph]:
    return [each for cell in row.cells for each in paragraphs(cell.blocks)]


# ---- words of rows --------------------------------------------------------------------------------------------------
def _told(row: Row) -> str:
    return " | ".join(even(cell.text) for cell in row.cells)


def _name(row: Row) -> str:
    """The first words of a row, which say what it is about."""
    return next((even(cell.text) for cell in row.cells if cell.text.strip()), "")


def _head(table: Table, row: Row, at: int) -> str:
    """The head of a column, where the table has one above this row."""
    first = table.rows[0] if table.rows else row
    if row is first or len(first.cells) != len(row.cells):
        return ""
    return even(first.cells[at].text)


def _text_before(row: Row) -> str:
    return "\t".join(_cell_before(cell) for cell in row.cells)


def _cell_before(cell: Cell) -> str:
    return "\n".join(each.text_before for each in paragraphs(cell.blocks))


def _changes(cells: Sequence[Cell]) -> tuple[Change, ...]:
    found = (change for cell in cells for each in paragraphs(cell.blocks) for change in each.changes)
    return tuple(dict.fromkeys(found))
