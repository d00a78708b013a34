"""Plain text for a terminal, for diffs, and for tests: every word of the document, nothing of its looks.

Columns line up as a terminal shows them, where a Chinese character is as wide as two Latin ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docgen.content.articles import is_pair
from docgen.content.blocks import (
    Align,
    Block,
    Captioned,
    Cell,
    Clause,
    Columns,
    Comment,
    Commented,
    Contents,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    TitleBlock,
    Together,
    text_of,
)
from docgen.content.remarks import commented_below

if TYPE_CHECKING:
    from docgen.render.theme import Look

WIDTH = 100
_GAP = 2
_NARROWEST = 6
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—%,.;:?!)]}")
_NEVER_LAST = frozenset("（《「『【〔〈“‘([{")


def write_text(document: Document, look: Look) -> bytes:
    """The paper as UTF-8 text with line feeds. The look has no say here."""
    document = commented_below(document)
    parts = [
        _lines(document.draft, WIDTH),
        _lines(document.draft_note, WIDTH),
        *_flow(document.blocks, WIDTH),
        _furniture(document),
    ]
    return ("\n\n".join("\n".join(line.rstrip() for line in part) for part in parts if part) + "\n").encode()


def _furniture(document: Document) -> list[str]:
    """What stands at the head and foot of pages, once, at the end: plain text is one page."""
    label = document.page_label.replace("{page}", "1").replace("{pages}", "1")
    rows = [" · ".join(word for word in pair if word) for pair in (document.running, (document.footer, label))]
    lines = [line for row in rows for line in _lines(row, WIDTH)]
    return ["-" * WIDTH, *lines] if lines else []


# ---- width and wrapping ---------------------------------------------------------------------------------------------
def display_width(text: str) -> int:
    """Columns the text takes: full-width characters two, marks that sit on others none."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pad(text: str, width: int, align: Align = "start") -> str:
    space = max(width - display_width(text), 0)
    if align == "end":
        return " " * space + text
    if align == "center":
        return " " * (space // 2) + text + " " * (space - space // 2)
    return text + " " * space


def _lines(text: str, width: int) -> list[str]:
    """Wrapped lines; a line feed is kept as a break."""
    return [line for part in text.split("\n") for line in _wrap(part, width)] if text else []


def _wrap(text: str, width: int) -> list[str]:
    """Break between words and between Chinese characters, never before a closing mark or after an opening one."""
    if display_width(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    used = 0
    for piece in _pieces(text):
        taken = display_width(piece)
        if line and used + display_width(piece.rstrip()) > width:
            lines.append(line)
            line, used = "", 0
        while taken > width and display_width(piece.rstrip()) > width:
            head, piece = _cut(piece, width)
            lines.append(head)
            taken = display_width(piece)
        line += piece
        used += taken
    return [*lines, line] if line else lines


def _pieces(text: str) -> Iterable[str]:
    """Stretches that must not be broken, each with the spaces after it."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    yield piece


def _may_break(before: str, after: str) -> bool:
    if before in _NEVER_LAST or after in _NEVER_FIRST or after == " ":
        return False
    return before == " " or _char_width(before) == 2 or _char_width(after) == 2


def _cut(text: str, width: int) -> tuple[str, str]:
    used = 0
    for at, char in enumerate(text):
        used += _char_width(char)
        if used > width and at:
            return text[:at], text[at:]
    return text, ""


# ---- inline ---------------------------------------------------------------------------------------------------------
def _words(content: Inlines) -> str:
    """The words; a link whose address is not what it says shows its address too."""
    out = []
    for node in content:
        said = text_of((node,))
        if isinstance(node, Link) and not node.url.startswith("#") and node.url.removeprefix("mailto:") != said:
            said = f"{said} <{node.url}>"
        out.append(said)
    return "".join(out)


# ---- blocks ---------------------------------------------------------------------------------------------------------
def _flow(blocks: Sequence[Block], width: int) -> list[list[str]]:
    """Each block as lines; blocks that are sets of blocks are opened."""
    parts: list[list[str]] = []
    before: Block | None = None
    for block in blocks:
        match block:
            case Clause() if isinstance(before, Clause) and is_pair(before, block):
                parts[-1] += _clause(block, width)
            case Together(inner):
                parts.extend(_flow(inner, width))
            case Columns(columns):
                for column in columns:
                    parts.extend(_flow(column, width))
            case Captioned(inner, kind, content):
                caption = _lines(f"{block.label}  {_words(content)}", width)
                parts.extend(
                    [caption, *_flow((inner,), width)] if kind == "table" else [*_flow((inner,), width), caption]
                )
            case Commented(inner, comments):
                parts.extend(_flow((inner,), width))
                parts.append([line for each in comments for line in _comment(each, width)])
            case _:
                parts.append(_block(block, width))
        before = block
    return [part for part in parts if part]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case TitleBlock():
            return _title(block, width)
        case KeyFigures():
            pairs = [(each.label, f"{each.value}  {each.note}".rstrip()) for each in block.figures]
            return _pairs(pairs, width)
        case Heading():
            return _underlined(f"{block.number} {text_of(block.content)}".strip(), "=-~"[block.level - 1], width)
        case Clause():
            return _clause(block, width)
        case Paragraph():
            return _lines(_words(block.content), width)
        case ListBlock():
            return _list(block, width)
        case Facts():
            facts = _pairs([(fact.label, _words(fact.value)) for fact in block.facts], width)
            return [*_lines(block.title, width), *facts]
        case Table():
            return _table(block, width)
        case SignatureBlock():
            return _signatures(block, width)
        case PageBreak():
            return ["* * *"]
        case Figure(title=title, alt=alt, data=data):
            return [*_lines(title, width), *_lines(alt, width), "", *_table(data, width)]
        case Cover():
            return _cover(block, width)
        case Contents():
            entries = [f"{'   ' * (entry.level - 1)}{entry.number} {entry.title}" for entry in block.entries]
            return [
                *_underlined(block.title, "=", width),
                *(line for entry in entries for line in _lines(entry, width)),
            ]
        case _:
            return [line for part in _flow((block,), width) for line in part]


def _title(block: TitleBlock, width: int) -> list[str]:
    return [*_lines(block.brand, width), *_underlined(block.title, "=", width), *_lines(block.subtitle, width)]


_EDGES = ((0, 8), (0, 8), (8, 14), (14, 21))
"""Where the number of a clause begins and where its words do, by level."""


def _clause(block: Clause, width: int) -> list[str]:
    """The number in a margin of its own, all lines of the words below one another."""
    start, edge = _EDGES[block.level - 1]
    number = " " * start + (f"{block.number} " if block.number else "")
    lines = _lines(_words(block.content), width - edge) or [""]
    return [f"{_pad(number, edge) if not at else ' ' * edge}{line}" for at, line in enumerate(lines)]


def _cover(block: Cover, width: int) -> list[str]:
    head = _title(TitleBlock(block.title, block.subtitle, block.brand), width)
    pairs = [pair for pair in (block.recipient, *block.facts) if any(pair)]
    return [*head, "", *_pairs(pairs, width), "", *_lines(block.notice, width)]


def _comment(comment: Comment, width: int) -> list[str]:
    """A review comment as a note below what it is about."""
    first, *others = _lines(f"{comment.author}: {comment.text}", width - 3)
    return [f">> {first}", *(f"   {line}" for line in others)]


def _underlined(text: str, sign: str, width: int) -> list[str]:
    lines = _lines(text, width)
    return [*lines, sign * max(map(display_width, lines), default=0)]


def _pairs(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Labels in a column, values beside them; a value without a label starts at the margin."""
    label_width = min(max((display_width(label) for label, _ in pairs), default=0), width // 3)
    out: list[str] = []
    for label, value in pairs:
        if not label:
            out.extend(_lines(value, width))
            continue
        left = _lines(label, label_width)
        right = _lines(value, width - label_width - _GAP)
        for at in range(max(len(left), len(right))):
            name = left[at] if at < len(left) else ""
            out.append(_pad(name, label_width + _GAP) + (right[at] if at < len(right) else ""))
    return out


def _list(block: ListBlock, width: int) -> list[str]:
    out: list[str] = []
    for number, item in enumerate(block.items, start=block.start):
        sign = f"{number}. " if block.ordered else "- "
        parts = _flow(item, width - len(sign))
        lines = [line for part in parts for line in part] or [""]
        out.append(sign + lines[0])
        out.extend(" " * len(sign) + line for line in lines[1:])
    return out


def _signatures(block: SignatureBlock, width: int) -> list[str]:
    out: list[str] = []
    for side in block.signatories:
        labels = [label for label in (side.seal, *side.blanks) if label]
        longest = max(map(display_width, labels), default=0)
        rule = "_" * max(min(30, width - longest - _GAP), 3)
        lines = [f"{_pad(label, longest + _GAP)}{rule}" for label in labels]
        out += [*([""] if out else []), *_lines(side.title, width), *_lines(side.name, width), *lines]
    return out


# ---- tables ---------------------------------------------------------------------------------------------------------
def _table(block: Table, width: int) -> list[str]:
    """Aligned columns, a rule under the head and above a total; a long cell wraps within its column."""
    grid = _grid(block, width // 2 if block.role == "summary" else width, width)
    whole = sum(grid) + _GAP * (len(grid) - 1)
    aligns = [column.align for column in block.columns]
    out = [*_row(Row(block.head), grid, aligns), "-" * whole] if block.head else []
    for row in block.rows:
        if row.role == "total":
            out.append("-" * whole)
        out.extend(_row(row, grid, aligns))
    margin = " " * (width - whole) if block.role == "summary" else ""
    return [margin + line for line in out]


def _grid(block: Table, wanted: int, most: int) -> list[int]:
    """Column widths: figures get what they need and are never broken; columns of words share the rest."""
    count = len(block.columns)
    words = [at for at, column in enumerate(block.columns) if column.align == "start"] or list(range(count))
    grid = [_needed(block, at, most // 3) for at in range(count)]
    left = wanted - _GAP * (count - 1) - sum(width for at, width in enumerate(grid) if at not in words)
    whole = sum(block.columns[at].width for at in words) or 1.0
    passed, edge = 0.0, 0
    for at in words:
        passed += block.columns[at].width
        end = round(left * passed / whole)
        grid[at] = max(end - edge, _NARROWEST)
        edge = end
    return grid


def _needed(block: Table, at: int, most: int) -> int:
    """The widest line of a column, its head's included; cells over several columns do not count."""
    cells = (_cell_at(cells, at) for cells in (block.head, *(row.cells for row in block.rows)))
    lines = (line for cell in cells if cell for line in _words(cell.content).split("\n"))
    return min(max(map(display_width, lines), default=1), most)


def _cell_at(cells: Sequence[Cell], column: int) -> Cell | None:
    at = 0
    for cell in cells:
        if at == column and cell.span == 1:
            return cell
        at += cell.span
    return None


def _row(row: Row, grid: Sequence[int], aligns: Sequence[Align]) -> list[str]:
    """One row as the lines its tallest cell needs."""
    cells: list[list[str]] = []
    at = 0
    for cell in row.cells:
        width = sum(grid[at : at + cell.span]) + _GAP * (cell.span - 1)
        align = cell.align or (aligns[at] if cell.span == 1 and at < len(aligns) else "start")
        cells.append(_cell(cell, width, align))
        at += cell.span
    height = max(map(len, cells), default=0)
    gap = " " * _GAP
    blanks = [" " * display_width(lines[0]) for lines in cells]
    return [
        gap.join(lines[line] if line < len(lines) else blank for lines, blank in zip(cells, blanks, strict=True))
        for line in range(height)
    ]


def _cell(cell: Cell, width: int, align: Align) -> list[str]:
    indent = "  " * cell.indent
    lines = _lines(_words(cell.content), max(width - len(indent), 2)) or [""]
    return [_pad(indent + line, width, align) for line in lines]
